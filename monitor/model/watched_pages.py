"""The names of the pages that an operator watches: `[[sources.page]]`.

All of them are targets of one source, so that one crawl looks at them; people, commands and events call each of them
"page.NAME".
"""

from __future__ import annotations

from monitor.model.sources import PAGE


def called(source: str, target: str) -> str:
    """What an event or a command calls the source of a target: "page.NAME" for a page, else the source."""
    return f"{PAGE}.{target}" if source == PAGE and target else source


def split(name: str) -> tuple[str, str | None]:
    """The source that a name means, and the one page of it: ("page", "NAME") for "page.NAME"."""
    source, dot, page = name.partition(".")
    return (source, page) if source == PAGE and dot else (name, None)
