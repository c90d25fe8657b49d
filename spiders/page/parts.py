"""The part of a page that somebody watches: its paragraphs, or the entries of a list. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cssselect.parser import SelectorError
from parsel import Selector

from spiders.articles.addresses import canonical, in_full, tidy
from spiders.articles.written_dates import iso
from spiders.counts import counted
from spiders.http.addresses import base_of, joined
from spiders.http.errors import PageError, beginning
from spiders.http.paragraphs import normalised, paragraphs, parsed
from spiders.page.noise import is_tally
from spiders.page.passing import hide_cookie_notes

MAX_ENTRIES = 500
"""Entries of one list; a list that is longer is cut, and that is said."""
MAX_TITLE_CHARACTERS = 300
ADDRESSES = ("::attr(href)", "::attr(src)")
COUNTER = re.compile(r"\b\d[\d,.]*(?=[kKmM]?\s(?:views?|reads?|downloads?|comments?|replies|shares?|likes?|votes?)\b)")
"""What a list counts about an entry and does not say in it."""


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of a list: `key` is what the page's owner tells it by, `full` the same with all that may be noise."""

    key: str
    full: str
    url: str
    title: str
    published: str | None
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its words, a paragraph a line."""
        return "\n".join(self.lines)


def text_of(html: str, options: Mapping[str, Any]) -> list[str]:
    """The paragraphs of the selected part. Raises PageError if there is no such part, or nothing in it."""
    root = parsed(html)
    lines = [line for part in _selected(root, options) for line in paragraphs(part.root)]
    if not lines:
        raise _refused(f"what the selector {_named(options)} finds holds no text", root)
    return [line for line in lines if not is_tally(line)] or lines


def entries_of(html: str, url: str, options: Mapping[str, Any]) -> tuple[list[Part], str | None]:
    """The list's entries, the first of each key, and a remark. Raises PageError if there is none with a key."""
    items, key = str(options["items"]), str(options.get("key") or "a::attr(href)")
    root = parsed(html)
    found = [item for part in _selected(root, options) for item in _css(part, items)]
    if not found:
        raise _refused(f"no item matches {items!r} in {_named(options)}: the page was rebuilt", root)
    base = base_of(root, url)
    looked = found[: 2 * MAX_ENTRIES]
    parts = [part for item in looked if (part := _entry(item, base, key)) is not None]
    if not parts:
        raise _refused(f"of {counted(len(found), 'item')} none has a key by {key!r}: the page was rebuilt", root)
    unique: dict[str, Part] = {}
    for part in _told_apart(parts):
        unique.setdefault(part.key, part)
    remarks = _remarks(len(looked) - len(parts), max(len(unique), len(found) if len(found) > len(looked) else 0))
    return list(unique.values())[:MAX_ENTRIES], "; ".join(remarks) or None


def _told_apart(parts: list[Part]) -> list[Part]:
    """The entries, those with one key and several titles by their keys in full: there the noise is what names them."""
    titles: dict[str, set[str]] = {}
    for part in parts:
        titles.setdefault(part.key, set()).add(part.title)
    return [replace(part, key=part.full) if len(titles[part.key]) > 1 else part for part in parts]


def _remarks(keyless: int, entries: int) -> Iterator[str]:
    if keyless:
        yield counted(keyless, "item without a key was left out", "items without a key were left out")
    if entries > MAX_ENTRIES:
        yield f"of {entries} entries the first {MAX_ENTRIES} were read"


def _entry(item: Selector, base: str, key: str) -> Part | None:
    given = normalised(_css(item, key).get() or "")
    if not given:
        return None
    links = [tidy(address) for href in _css(item, "a::attr(href)").getall() if (address := joined(base, href))]
    address = joined(base, given) if key.endswith(ADDRESSES) else ""
    name, full = (canonical(address), in_full(address)) if address else (given, given)
    said = (line for line in paragraphs(item.root) if not is_tally(line))
    lines = tuple(COUNTER.sub("…", line).removeprefix("- " * (not n)) for n, line in enumerate(said))
    titles = [" ".join(paragraphs(link.root)) for link in _css(item, "a")]
    title = next(filter(None, titles), "") or next(iter(lines), name)
    times = (iso(time) for time in _css(item, "time::attr(datetime)").getall())
    url = next(iter(links), base)
    return Part(name, full, url, title[:MAX_TITLE_CHARACTERS], next(filter(None, times), None), lines)


def _selected(root: Any, options: Mapping[str, Any]) -> list[Selector]:
    selector = str(options.get("selector") or "body")
    found = list(_css(Selector(root=root), selector)) if root is not None else []
    if not found:
        raise _refused(f"nothing on the page matches the selector {selector!r}: it was rebuilt", root)
    for part in found:
        hide_cookie_notes(part.root)
    return found


def _css(part: Selector, selector: str) -> Any:
    try:
        return part.css(selector)
    except (ValueError, SelectorError) as error:
        raise PageError("invalid", f"{selector!r} is no CSS selector: {error}") from error


def _named(options: Mapping[str, Any]) -> str:
    return repr(str(options.get("selector") or "body"))


def _refused(reason: str, root: Any) -> PageError:
    return PageError("invalid", f"{reason}; {beginning(chr(10).join(paragraphs(root)))}")
