"""The registry of councils of a configuration: the built-in table or another one, with the file's corrections."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from monitor.councils.registry import Council, Registry, RegistryError, UnknownCouncil
from monitor.councils.table import changed


def registry_of(path: Path, raw: dict[str, Any]) -> tuple[Registry | None, list[str]]:
    """The registry that the file names, with its corrections, and the faults of both."""
    watch = raw.get("watch")
    file = watch.get("registry") if isinstance(watch, dict) else None
    usable = isinstance(file, str) and file.isprintable()  # if not, the model says so, with the key
    try:
        registry = Registry.load(path.parent / str(file) if file and usable else None)
    except RegistryError as error:
        return None, [f"watch.registry: {error}"]
    changes: dict[str, Council] = {}
    lines = []
    for name, cells in _rows(raw.get("councils")):
        try:
            old = registry.get(name)
            changes[old.name] = changed(changes.get(old.name, old), cells)
        except RegistryError as error:
            lines.append(f"councils.{name}.{error}")
        except UnknownCouncil:
            continue  # the model says so, with the key
    return (registry.replaced(changes) if changes else registry), lines


def _rows(table: Any) -> Iterator[tuple[str, dict[str, str]]]:
    for name, cells in table.items() if isinstance(table, dict) else ():
        if isinstance(cells, dict):
            yield name, {column: text for column, text in cells.items() if isinstance(text, str)}
