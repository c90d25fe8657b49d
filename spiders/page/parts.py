"""The part of a page that somebody watches: its paragraphs, or the entries of a list. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cssselect.parser import SelectorError
from parsel import Selector

from spiders.articles.addresses import canonical, tidy
from spiders.articles.dates import iso
from spiders.http.addresses import joined
from spiders.http.errors import PageError
from spiders.http.paragraphs import normalised, paragraphs, parsed

MOST = 500
"""Entries of one list; a list that is longer is cut, and that is said."""
ADDRESSES = ("::attr(href)", "::attr(src)")


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of a list: `key` is what the page's owner tells it by."""

    key: str
    url: str
    title: str
    published: str | None
    text: str


def text_of(html: str, options: Mapping[str, Any]) -> list[str]:
    """The paragraphs of the selected part. Raises PageError if there is no such part, or nothing in it."""
    lines = [line for part in _selected(html, options) for line in paragraphs(part.root)]
    if not lines:
        raise PageError("invalid", f"what the selector {_named(options)} finds holds no text")
    return lines


def entries_of(html: str, url: str, options: Mapping[str, Any]) -> tuple[list[Part], str | None]:
    """The list's entries, the first of each key, and a remark. Raises PageError if there is none with a key."""
    items, key = str(options["items"]), str(options.get("key") or "a::attr(href)")
    found = [item for part in _selected(html, options) for item in _css(part, items)]
    if not found:
        raise PageError("invalid", f"no item matches {items!r} in {_named(options)}: the page was rebuilt")
    parts = [part for item in found if (part := _entry(item, url, key)) is not None]
    if not parts:
        raise PageError("invalid", f"none of {len(found)} items has a key by {key!r}: the page was rebuilt")
    unique: dict[str, Part] = {}
    for part in parts:
        unique.setdefault(part.key, part)
    return list(unique.values())[:MOST], "; ".join(_remarks(len(found) - len(parts), len(unique))) or None


def _remarks(keyless: int, unique: int) -> Iterator[str]:
    if keyless:
        yield f"{keyless} items without a key were left out"
    if unique > MOST:
        yield f"of {unique} entries the first {MOST} were read"


def _entry(item: Selector, url: str, key: str) -> Part | None:
    given = normalised(_css(item, key).get() or "")
    if not given:
        return None
    links = [tidy(joined(url, href)) for href in _css(item, "a::attr(href)").getall() if joined(url, href)]
    address = joined(url, given) if key.endswith(ADDRESSES) else ""
    name = canonical(address) if address else given
    lines = paragraphs(item.root)
    titles = [" ".join(paragraphs(link.root)) for link in _css(item, "a")]
    title = next(filter(None, titles), "") or next(iter(lines), name)
    times = (iso(time) for time in _css(item, "time::attr(datetime)").getall())
    return Part(name, (links or [url])[0], title[:300], next(filter(None, times), None), "\n".join(lines))


def _selected(html: str, options: Mapping[str, Any]) -> list[Selector]:
    root = parsed(html)
    found = list(_css(Selector(root=root), str(options.get("selector") or "body"))) if root is not None else []
    if not found:
        raise PageError("invalid", f"nothing on the page matches the selector {_named(options)}: it was rebuilt")
    return found


def _css(part: Selector, selector: str) -> Any:
    try:
        return part.css(selector)
    except (ValueError, SelectorError) as error:
        raise PageError("invalid", f"{selector!r} is no CSS selector: {error}") from error


def _named(options: Mapping[str, Any]) -> str:
    return repr(str(options.get("selector") or "body"))
