"""Writes the site: the pages that are due, and into all others what moves while they stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.config.file import Config
from monitor.site import frame, health, inert, picture, search
from monitor.site.frame import Frame
from monitor.site.output import Output
from monitor.site.page import Page
from monitor.site.pages import all_extras, all_pages
from monitor.site.picture import Picture
from monitor.store import Store


@dataclass(frozen=True, slots=True)
class Built:
    """A build: how many pages there are, how many of them were made, how many files were written and removed."""

    pages: int
    made: int
    written: int
    removed: int

    @property
    def changed(self) -> bool:
        """Whether any page reads differently now, but for its moving parts."""
        return bool(self.made or self.removed)


def write(store: Store, config: Config, folder: Path, now: datetime, *, scheduled: bool) -> Built:
    """Read the store and bring a folder up to date; `scheduled` as in `Picture`. Raises StoreError, OSError."""
    built = pages_of(picture.load(store, config, now, scheduled=scheduled), folder)
    _index(folder, built)
    return built


def pages_of(seen: Picture, folder: Path) -> Built:
    """Write the pages and files that are due, each replaced whole, while the store is open. Raises OSError."""
    pages = list(all_pages(seen))
    live = {page.path[0] for page in pages if page.path}
    shell = Frame(seen.title, health.strip(seen), live)
    output = Output(folder, f"{frame.maker()} {seen.title} {sorted(live & {n for n, _ in frame.NAVIGATION})}")
    made = sum([_put(output, shell, page) for page in pages])
    for extra in all_extras(seen):
        if output.is_due(extra.name, extra.fingerprint):
            output.write(extra.name, extra.make())
    removed = output.finish()
    return Built(len(pages), made, output.written, len(removed))


def _index(folder: Path, built: Built) -> None:
    """Keep the search's index, where Pagefind is there to make it and a letter to be found."""
    if not (search.available() and any(folder.glob(search.LETTERS))):
        search.remove(folder)
    elif built.changed or not (folder / search.FOLDER / search.ENTRY).is_file():
        search.index(folder)


def _put(output: Output, shell: Frame, page: Page) -> bool:
    """Write a page and its twin where they are due, or only its moving parts; whether it was made anew."""
    twin = f"{page.name.removesuffix('.html')}.json"
    if not output.is_due(page.name, page.fingerprint):
        output.change(page.name, lambda html: shell.with_parts(html, page))
        output.keep(twin)
        return False
    content: Mapping[str, Any] = page.make()
    output.write(page.name, shell.html(page, content))
    if "json" in content:
        output.write(twin, inert.to_json(content["json"]))
    return True
