"""Labels beside the bubbles of a map: none covers another or the line that ties another one to its bubble, if possible."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

GAPS = (1.0, 5.0, 11.0, 19.0, 30.0, 45.0)  # points between a bubble and its label
ANGLES = 16  # directions in which a label may lie
ROUNDS = 6  # in which each label looks for a better place; most lie still after three
# What a place costs, in square points: covering another label, another bubble or the own one, a point of a line inside a
# label, and each point of distance from the own bubble.
LABEL, OTHER, OWN, CROSSED, DISTANCE = 50.0, 2.0, 1.0, 60.0, 6.0
TIED = 5.0  # points: a label that lies nearer to its bubble needs no line
CLEAR = 6.0  # points that a label should keep from other bubbles, so that it is not taken for their name
STEPS = 8  # points of a line that are looked at


class Boxes(NamedTuple):
    """Labels: their middles and their sizes, each n × 2, in points."""

    places: Floats
    sizes: Floats


class Circles(NamedTuple):
    """Bubbles: their centres, n × 2, and radii, in points."""

    centres: Floats
    radii: Floats

    def of(self, numbers: npt.NDArray[np.int64]) -> Circles:
        """Some of them."""
        return Circles(self.centres[numbers], self.radii[numbers])


def beside(bubbles: Circles, sizes: Floats, *, room: Floats) -> tuple[Floats, Mask]:
    """The middle of the label of each bubble, and whether it covers no other label or its line, nor is its own line covered.

    Each label in turn takes the place around its bubble that costs least, given all others; those of large bubbles go first, or
    last if that leaves more of them free.
    """
    first = np.argsort(-bubbles.radii, kind="stable")
    found = []
    for order in (first, first[::-1]):
        places = _in_turn(bubbles, sizes, room, order=order)
        found.append((places, _free(Boxes(places, sizes), bubbles)))
        if found[-1][1].all():
            break
    return max(found, key=lambda way: int(way[1].sum()))


def _in_turn(bubbles: Circles, sizes: Floats, room: Floats, *, order: npt.NDArray[np.int64]) -> Floats:
    candidates = [_candidates(bubbles, n, sizes[n], room) for n in range(len(sizes))]
    places = np.full_like(bubbles.centres, np.nan)
    for _ in range(ROUNDS):
        before = places.copy()
        for n in order.tolist():
            others = np.flatnonzero(np.isfinite(places[:, 0]) & (np.arange(len(places)) != n))
            own = Boxes(candidates[n], np.broadcast_to(sizes[n], candidates[n].shape))
            cost = _cost(own, bubbles, n, Boxes(places[others], sizes[others]), others)
            places[n] = candidates[n][np.argmin(cost)]
        if np.array_equal(before, places):
            break
    return places


def ties(labels: Boxes, bubbles: Circles) -> Floats:
    """Where the line from the middle of each bubble to its label begins and ends, n × 2 × 2; the same point where they touch."""
    end = np.clip(bubbles.centres, labels.places - labels.sizes / 2, labels.places + labels.sizes / 2)
    apart = np.linalg.norm(end - bubbles.centres, axis=1) > bubbles.radii + TIED
    return np.stack([np.where(apart[:, None], bubbles.centres, end), end], axis=1)


def _candidates(bubbles: Circles, n: int, size: Floats, room: Floats) -> Floats:
    """Middles of a label on its bubble and around it, moved into the room."""
    angles = np.arange(ANGLES) * 2 * np.pi / ANGLES
    ways, centre = np.column_stack([np.cos(angles), np.sin(angles)]), bubbles.centres[n]
    around = [centre + ways * (bubbles.radii[n] + gap + size / 2 * np.abs(ways)) for gap in GAPS]
    return np.asarray(np.clip(np.concatenate([centre[None], *around]), size / 2, np.maximum(room - size / 2, size / 2)))


def _cost(own: Boxes, bubbles: Circles, n: int, labels: Boxes, others: npt.NDArray[np.int64]) -> Floats:
    """What each place of one label costs; bubbles count as squares of their area."""
    own_bubble = bubbles.of(np.full(len(own.places), n))
    other = np.arange(len(bubbles.radii)) != n
    radii = bubbles.radii + np.where(other, CLEAR, 0)
    squares = Boxes(bubbles.centres, np.repeat(np.sqrt(np.pi) * radii[:, None], 2, axis=1))
    lines, other_lines = ties(own, own_bubble), ties(labels, bubbles.of(others))
    crossed = _inside(lines, labels).sum(axis=1) + _inside(other_lines, own).sum(axis=0)
    beyond = np.maximum(np.abs(own.places - bubbles.centres[n]) - own.sizes / 2, 0)
    return np.asarray(
        _shared(own, squares) @ np.where(other, OTHER, OWN)
        + LABEL * _shared(own, labels).sum(axis=1)
        + CROSSED * crossed
        + DISTANCE * np.linalg.norm(beyond, axis=1)
    )


def _free(labels: Boxes, bubbles: Circles) -> Mask:
    others = ~np.eye(len(labels.places), dtype=bool)
    covered, crossed = (_shared(labels, labels) > 0) & others, (_inside(ties(labels, bubbles), labels) > 0) & others
    return np.asarray(~(covered | crossed).any(axis=1))


def _shared(one: Boxes, other: Boxes) -> Floats:
    """The area that each box of one shares with each of the other."""
    apart = np.abs(one.places[:, None] - other.places[None])
    sizes, others = one.sizes[:, None], other.sizes[None]
    sides = np.clip((sizes + others) / 2 - apart, 0, np.minimum(sizes, others))
    return np.asarray(sides[..., 0] * sides[..., 1])


def _inside(lines: Floats, boxes: Boxes) -> npt.NDArray[np.int64]:
    """How many points of each line lie in each box; a line without length has none."""
    drawn = np.flatnonzero((lines[:, 0] != lines[:, 1]).any(axis=1))
    begin, end = lines[drawn, None, 0], lines[drawn, None, 1]
    x, y = np.moveaxis(begin + np.linspace(0, 1, STEPS)[:, None] * (end - begin), 2, 0)[..., None]
    (left, low), (right, high) = (boxes.places - boxes.sizes / 2).T, (boxes.places + boxes.sizes / 2).T
    found = np.zeros((len(lines), len(boxes.places)), dtype=np.int64)
    found[drawn] = ((x > left) & (x < right) & (y > low) & (y < high)).sum(axis=1)
    return found
