"""A data folder with a configuration for the local site of `benchmarks.site`, and the command on it."""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from benchmarks.cost import Cost, clean_env, cost_of
from benchmarks.site import ENTRIES, ROOT, Running, running

CONFIG = """\
[http]
delay = 0
contact = "benchmark@localhost"
[watch]
registry = "councils.csv"
[sources.ofsted]
base_url = "{base_url}"
[[channels]]
name = "printed"
kind = "console"
"""
PAGES = 150
WATCHED = """\
[data]
dir = "pages"
[http]
delay = 0
contact = "benchmark@localhost"
[sources.ofsted]
enabled = false
"""
PAGE = """\
[[sources.page]]
name = "{urn}"
url = "{base_url}/provider/44/{urn}"
selector = "ol.timeline"
schedule = "0 7 * * *"
"""


@dataclass(frozen=True)
class Place:
    """A folder of its own, and the site that its configurations name: councils, or their pages as watched pages."""

    folder: Path
    site: Running
    councils: int

    @property
    def config(self) -> Path:
        return self.folder / "config.toml"

    @property
    def pages(self) -> Path:
        """A configuration that watches the councils' pages one by one, as urlwatch does."""
        return self.folder / "pages.toml"

    @property
    def env(self) -> dict[str, str]:
        """What the measured commands run with."""
        return clean_env(self.folder)

    def crawl(self, *options: str) -> Cost:
        """`ofsted-watch crawl`, and what it asked of the site."""
        return self._crawl(self.config, *options)

    def crawl_pages(self) -> Cost:
        """The same over the watched pages."""
        return self._crawl(self.pages)

    def _crawl(self, config: Path, *options: str) -> Cost:
        return self.cost_of([sys.executable, "-m", "monitor", "--config", str(config), "crawl", *options])

    def urns(self) -> list[str]:
        """The councils whose pages are watched one by one."""
        with (self.folder / "councils.csv").open(encoding="utf-8", newline="") as table:
            return [row["ofsted_urn"] for row in islice(csv.DictReader(table), PAGES)]

    def bare(self) -> Cost:
        """A plain Scrapy spider over the same pages."""
        table = str(self.folder / "councils.csv")
        return self.cost_of([sys.executable, "-m", "benchmarks.bare", self.site.base_url, table], ROOT)

    def cost_of(self, command: Sequence[str], folder: Path | None = None, **env: str) -> Cost:
        """Any command, and what it asked of the site."""
        self.site.reset()
        cost = cost_of(command, folder or self.folder, {**self.env, **env})
        return replace(cost, requests=self.site.counts().get("requests", 0))


@contextmanager
def place(councils: int = 153, entries: int = ENTRIES) -> Iterator[Place]:
    """A place whose site has so many councils with so many reports each. All of it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-bench-") as name:
        folder = Path(name)
        with running(folder / "councils.csv", councils, entries) as site:
            (folder / "config.toml").write_text(CONFIG.format(base_url=site.base_url), encoding="utf-8")
            made = Place(folder, site, councils)
            pages = (PAGE.format(urn=urn, base_url=site.base_url) for urn in made.urns())
            made.pages.write_text(WATCHED + "".join(pages), encoding="utf-8")
            yield made
