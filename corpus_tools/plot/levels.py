"""The levels of administration, from the top down."""

from __future__ import annotations

LEVELS = ("national", "province", "city", "county", "township", "school", "enterprise", "association")
