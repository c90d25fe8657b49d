"""Tells whether a data folder without a database is new, or has lost its database.

A volume may not be mounted, a path mistyped, a file deleted. A program that started anew there would say nothing of
what was published meanwhile, and send nothing that was owed. So where a database was before, a new one is made only if
a person says so. That there was one is known from a marker beside the configuration, from what else lies in the folder,
and from this process itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from monitor.store.backups import FOLDER
from monitor.store.database import NAME, Store
from monitor.store.explain import NoStoreError
from monitor.store.opening import has_database

WORD = "ofsted-watch crawl --new-data"


def marker(configuration: Path) -> Path:
    """The file that remembers, beside a configuration, that it had a database."""
    return configuration.with_name(f".{configuration.name}.data")


def opened(folder: Path, configuration: Path, *, must_exist: bool = False, anew: bool = False) -> Store:
    """The store of a configuration, made if this is the beginning, or if a person says so (`anew`). `must_exist`: the
    configuration says that there is a database. Raises NoStoreError where there was one and is none now."""
    if not anew:
        must_not_be_lost(folder, configuration, must_exist=must_exist)
    store = Store(folder, anew=anew)
    with suppress(OSError):  # in a container the configuration's folder is read-only; there `data.must_exist` says it
        marker(configuration).write_text(f"{folder.resolve()}\n", encoding="utf-8")
    return store


def must_not_be_lost(folder: Path, configuration: Path, *, must_exist: bool = False) -> None:
    """Raise NoStoreError where there was a database and is none now; say nothing where none was ever made."""
    signs = [] if has_database(folder / NAME) else list(_signs(folder, configuration, must_exist))
    if signs:
        raise NoStoreError(
            f"{folder / NAME}: there is no database, and there was one: {signs[0]}. Is the volume mounted, the path "
            f"right? Put a backup back with `ofsted-watch restore`, or begin anew with `{WORD}`: what was published "
            "or owed meanwhile is then told to nobody"
        )


def _signs(folder: Path, configuration: Path, must_exist: bool) -> Iterator[str]:
    if must_exist:
        yield f"{configuration} says so (data.must_exist)"
    if (mark := marker(configuration)).exists():
        yield f"{mark} says so"
    for kept in ("documents/??", f"{FOLDER}/*.db"):
        if any(folder.glob(kept)):
            yield f"{folder} has {kept.partition('/')[0]}"
