"""Every page and file of the site, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from monitor.site import calendars, council, councils, data, england, health, letters, meetings, moves, search, waits
from monitor.site.frame import STATIC, static
from monitor.site.page import Extra, Page
from monitor.site.picture import Picture

MAKERS = (england, councils, council, letters, moves, waits, meetings, search, data, health)


def all_pages(picture: Picture) -> Iterator[Page]:
    """The pages; that of health is last, for it says how the rest stands."""
    for maker in MAKERS:
        yield from maker.pages(picture)
    base = f"{urlsplit(picture.address or '').path}/"
    yield Page(("404.html",), "missing.html.j2", "Not found", (), dict, base=base)


def all_extras(picture: Picture) -> Iterator[Extra]:
    """The files beside the pages."""
    yield from england.pictures(picture)
    yield from calendars.files(picture)
    yield from data.feeds(picture)
    yield from data.database(picture)
    for name in STATIC:
        yield Extra(name, static(name), partial(static, name))
