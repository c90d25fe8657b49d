"""Writes the site: the pages that are due, and into all others the strip of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.site import frame, health, inert
from monitor.site.frame import Frame
from monitor.site.output import Output
from monitor.site.page import Page
from monitor.site.pages import all_extras, all_pages
from monitor.site.picture import Picture


@dataclass(frozen=True, slots=True)
class Built:
    """A build: how many pages there are, how many of them were made, how many files were written and removed."""

    pages: int
    made: int
    written: int
    removed: int

    @property
    def changed(self) -> bool:
        """Whether any page reads differently now, but for its strip."""
        return bool(self.made or self.removed)


def build(picture: Picture, folder: Path) -> Built:
    """Bring a folder up to date. Each file is replaced whole. Raises OSError."""
    pages = list(all_pages(picture))
    live = {page.path[0] for page in pages if page.path}
    shell = Frame(picture.title, health.strip(picture), live)
    output = Output(folder, f"{frame.maker()} {picture.title} {sorted(live & {n for n, _ in frame.NAVIGATION})}")
    made = sum([_put(output, shell, page) for page in pages])
    for extra in all_extras(picture):
        if output.is_due(extra.name, extra.fingerprint):
            output.write(extra.name, extra.make())
    removed = output.finish()
    return Built(len(pages), made, output.written, len(removed))


def _put(output: Output, shell: Frame, page: Page) -> bool:
    """Write a page and its twin where they are due, or only its strip; whether it was made anew."""
    twin = f"{page.name.removesuffix('.html')}.json"
    due = output.is_due(page.name, page.fingerprint)
    if not due:
        output.write(page.name, shell.with_strip(output.read(page.name), page))
        output.keep(twin)
        return False
    content: Mapping[str, Any] = page.make()
    output.write(page.name, shell.html(page, content))
    if "json" in content:
        output.write(twin, inert.to_json(content["json"]))
    return True
