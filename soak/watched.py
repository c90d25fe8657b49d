"""The program's configuration for watching the replica: all its sources, and the councils' addresses there."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

from monitor.config.file import Config, load
from monitor.councils.registry import BUILT_IN

PRESS = """sites = [
  {{name = "Community Care", url = "{address}/press/communitycare/feed"}},
  {{name = "WillisPalmer", url = "{address}/press/willispalmer/", listing = true}},
  {{name = "The Leveller", url = "{address}/press/leveller/", listing = true}},
]"""
SOURCES = ["ofsted", "moderngov", "cmis", "newsroom", "press", "govuk"]
CONFIG = """
[data]
dir = "data"
[http]
contact = "soak@localhost"
delay = 0
timeout = 10
max_bytes = 5_000_000
[watch]
registry = "councils.csv"
councils = {councils}
[sources.ofsted]
base_url = "{address}/reports"
[sources.moderngov]
[sources.cmis]
[sources.newsroom]
[sources.press]
{press}
[sources.govuk]
base_url = "{address}/govuk"
"""
Row = dict[str, str]


def press(address: str) -> str:
    """The press as a configuration has it, at an address of the replica."""
    return PRESS.format(address=address)


def at(address: str, row: Row) -> Row:
    """What the councils' table has to say of a council for its committees (CMIS where it has that, else ModernGov) and
    its newsroom to be at an address of the replica."""
    system = "CMIS" if row["committee_system"] == "CMIS" else "ModernGov"
    return {
        "committee_system": system,
        "committee_base_url": f"{address}/{system.lower()}/{row['slug']}",
        "committee_alt_urls": "",
        "news_feed_url": f"{address}/news/{row['slug']}/feed",
    }


def write_table(folder: Path, cells: Callable[[Row], Row]) -> list[Row]:
    """Write the councils' table as councils.csv, with these cells for each row; the rows as they are written."""
    with BUILT_IN.open(encoding="utf-8", newline="") as file:
        rows = [row | cells(row) for row in csv.DictReader(file)]
    with (folder / "councils.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return rows


def configure(
    folder: Path, address: str, *councils: str, cells: Callable[[Row], Row] | None = None, more: str = ""
) -> Config:
    """A configuration for the replica at an address, where all councils are watched, or only those that are named.
    `cells`: where each council's sites are, if not there; `more`: further lines."""
    write_table(folder, cells or partial(at, address))
    path = folder / "config.toml"
    path.write_text(
        CONFIG.format(address=address, councils=json.dumps(councils or "all"), press=PRESS.format(address=address))
        + more,
        encoding="utf-8",
    )
    return load(path)


def clock_of(day: date) -> Callable[[], datetime]:
    """A clock that stands at noon of a day."""
    return lambda: datetime.combine(day, time(12), UTC)
