"""Whether a data folder without a database is a new beginning, or one that has got lost.

A volume that is not mounted, a path that is mistyped, a file that was deleted: a program that begins anew there says
nothing of what was published meanwhile, and sends nothing that was owed. So where a database was before, a new one
waits for a person's word. What was before is remembered by a marker beside the configuration, by what else lies in
the folder, and by this process.
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
    signs = [] if anew or has_database(folder / NAME) else list(_signs(folder, configuration, must_exist))
    if signs:
        raise NoStoreError(
            f"{folder / NAME}: there is no database, and there was one: {signs[0]}. Is the volume mounted, the path "
            f"right? Put a backup back with `ofsted-watch restore`, or begin anew with `{WORD}`: what was published "
            "or owed meanwhile is then told to nobody"
        )
    store = Store(folder, anew=anew)
    with suppress(OSError):  # in a container the configuration's folder is read-only; there `data.must_exist` says it
        marker(configuration).write_text(f"{folder.resolve()}\n", encoding="utf-8")
    return store


def _signs(folder: Path, configuration: Path, must_exist: bool) -> Iterator[str]:
    if must_exist:
        yield f"{configuration} says so (data.must_exist)"
    if (mark := marker(configuration)).exists():
        yield f"{mark} says so"
    for kept in ("documents/??", f"{FOLDER}/*.db"):
        if any(folder.glob(kept)):
            yield f"{folder} has {kept.partition('/')[0]}"
