"""Where the reference data come from, and the licence that has to be printed with a figure."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Source:
    """A publication: its title, who published it, the year that it describes, and the file in which it was read."""

    title: str
    publisher: str
    year: str
    read_in: str = ""

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"

    @property
    def dated(self) -> str:
        """Publisher and title with the year, said once: many titles say it themselves."""
        return str(self) if self.year in self.title else f"{self} ({self.year})"


@dataclass(frozen=True, slots=True)
class Table:
    """One of the files: its title, and its source where it has one for all rows."""

    name: str
    title: str
    source: Source | None

    @property
    def path(self) -> Path:
        """The CSV file."""
        return FOLDER / f"{self.name}.csv"


@dataclass(frozen=True, slots=True)
class Sources:
    """What `sources.toml` says. `licence` is one line to print with any figure; `measures` are the publications of the
    measures in `context.csv`, by their names."""

    licence: str
    licence_url: str
    tables: dict[str, Table]
    measures: dict[str, Source]


@cache
def sources() -> Sources:
    """Return the sources of all tables and measures, and the licence line."""
    raw = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))
    known = {name: Source(**row) for name, row in raw["sources"].items()}
    tables = {name: Table(name, row["title"], known.get(row["source"])) for name, row in raw["tables"].items()}
    measures = {name: known[row["source"]] for name, row in raw["measures"].items()}
    return Sources(raw["licence"], raw["licence_url"], tables, measures)
