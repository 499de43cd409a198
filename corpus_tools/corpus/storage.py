"""Where raw files and corpora lie: in a folder of this machine, or under a URL of any store that fsspec knows.

A place is a ``pathlib.Path``, or for a URL a ``upath.UPath``, which answers to the same calls; what the two do not have in
common stands here. Without a URL neither package is imported; every command imports this module, which therefore imports late.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from corpus_tools.errors import ConfigError, MissingPackageError, StoreError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

# Questions put to a store at the same time.
AT_ONCE = 16


def place(folder: str | Path) -> Path:
    """A folder or file by its path or URL; ``file:`` URLs are paths.

    Raises MissingPackageError where a package for such URLs is not installed, ConfigError for a URL of no known kind.
    """
    if is_local(folder) or "://" not in str(folder):
        return Path(folder)
    address = urlsplit(str(folder))
    if address.scheme in ("file", "local"):
        from urllib.request import url2pathname

        return Path(url2pathname(address.path))
    return _remote(folder, address.scheme)


def _remote(folder: str | Path, scheme: str) -> Path:
    try:
        from fsspec.registry import known_implementations
        from upath import UPath
    except ImportError:
        raise MissingPackageError(f"{scheme}:// addresses", "corpus-tools[remote]") from None
    try:
        # What others write must be seen at once.
        path = UPath(str(folder), **{**getattr(folder, "storage_options", {}), "use_listings_cache": False})
        path.fs  # noqa: B018 - imports the package for this kind of store
    except ImportError:
        raise MissingPackageError(
            f"{scheme}:// addresses", known_implementations[scheme]["class"].partition(".")[0]
        ) from None
    except ValueError as error:
        raise ConfigError(f"{folder}: {error}") from None
    return cast(Path, path)


def is_local(path: str | Path) -> bool:
    """Say whether a place is a folder of this machine, which other machines may share."""
    return isinstance(path, Path)


def in_one_process(path: Path) -> bool:
    """Say whether no other process can see a place."""
    return getattr(path, "protocol", "") == "memory"


def system(path: Path) -> Any:
    """The fsspec file system of a remote place."""
    return cast(Any, path).fs


def name(path: Path) -> str:
    """What the file system of a remote place calls it."""
    return cast(str, cast(Any, path).path)


def openable(path: Path) -> Any:
    """What readers of Parquet take: the path of a local file, else an open one."""
    return path if is_local(path) else path.open("rb")


def each(place: Path, ask: Callable[[Item], Answer], items: Iterable[Item]) -> list[Answer]:
    """What ``ask`` says of each item: one after the other, or where a store answers late many at the same time."""
    if is_local(place):
        return [ask(item) for item in items]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(ask, items))


def make_folder(path: Path) -> None:
    """Make a folder; remote stores make theirs with the files."""
    if is_local(path) and not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync(path.parent)


def sync(folder: Path) -> None:
    """Have the names in a folder of this machine outlast a loss of power, where its system can promise that."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def put(source: Path, target: Path) -> None:
    """Copy a local file to a remote place: on object stores whole or not at all."""
    _in_its_folder(system(target).put_file, str(source), target)


def exists(path: Path) -> bool:
    """Whether a file or folder is there; StoreError where a store cannot tell, which fsspec would take for a no."""
    return path.exists() if is_local(path) else _told(path) is not None


def is_folder(path: Path) -> bool:
    """Whether it is a folder that is there; StoreError as for :func:`exists`."""
    return path.is_dir() if is_local(path) else (_told(path) or {}).get("type") == "directory"


def _told(path: Path) -> Mapping[str, Any] | None:
    try:
        told: Mapping[str, Any] = system(path).info(name(path))
    except FileNotFoundError:
        return None
    except Exception as error:  # packages of stores have errors of their own
        raise StoreError(f"{path} cannot be looked at: {error}") from error
    return told


def move(source: Path, target: Path) -> None:
    """Bring a file to another place of its store, a remote one by a copy; nothing is done where it was moved before."""
    if not exists(source):
        return
    if is_local(source):
        make_folder(target.parent)
        source.replace(target)
    else:
        _in_its_folder(system(source).cp_file, name(source), target)
        system(source).rm_file(name(source))


def _in_its_folder(write: Callable[[str, str], Any], source: str, target: Path) -> None:
    try:
        write(source, name(target))
    except FileNotFoundError:  # a store with real folders
        system(target).makedirs(name(target.parent), exist_ok=True)
        write(source, name(target))


def remove_tree(folder: Path) -> None:
    """Remove a folder with all that is in it; what cannot be removed stays."""
    if is_local(folder):
        shutil.rmtree(folder, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            system(folder).rm(name(folder), recursive=True)
