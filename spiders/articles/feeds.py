"""RSS and Atom by feedparser, from bytes: what a feed lists, or why it is none. Pure.

Seen in councils' feeds (2020 to 2026): a byte order mark, entities encoded twice, HTML with status 200 where there
is no feed, a post's comments feed in place of the newsroom's, an empty body, and excerpts that look like articles.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from spiders.articles.addresses import canonical, tidy
from spiders.articles.feed_text import readable
from spiders.articles.lines import is_whole, tidied
from spiders.articles.written_dates import iso
from spiders.http.addresses import joined
from spiders.http.errors import PageError, beginning, where
from spiders.http.paragraphs import normalised, paragraphs_of

MAX_ENTRIES = 500
"""Of a feed that lists its whole archive the newest so many are read."""
COMMENTS = re.compile(r"^\s*comments (on|for)\b", re.I)
TAG = re.compile(r"</?[a-zA-Z][^>]*>")
IN_A_TAG = re.compile(r"<time\b[^>]*\bdatetime=[\"']([^\"'<>]+)", re.I)
"""How Drupal writes a date where its template for pages is used for its feed."""
FIGURES = re.compile(r"\d+")
MIN_TEASER = 30
"""Characters of a teaser that can be the beginning of an article; a counter of comments is shorter."""
WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `body` is the article's text where the feed has it whole, else empty; `dated` as it was written;
    `guid` what the feed itself tells it by; `linked`: it has an address of its own, which `url` is, else the site's."""

    url: str
    title: str
    published: str | None = None
    dated: str | None = None
    updated: str | None = None
    summary: str = ""
    body: tuple[str, ...] = ()
    truncated: bool = False
    guid: str = ""
    linked: bool = True


@dataclass(frozen=True, slots=True)
class ListingPage:
    """What a window on what is new shows: its entries in their order, a digest of what they are called, and what is odd
    about it. `opens_all`: nothing but titles is known, so every entry has to be opened."""

    entries: tuple[Entry, ...]
    digest: str
    note: str | None = None
    opens_all: bool = False


def parse_feed(body: bytes, url: str, charset: str | None = None) -> ListingPage:
    """A feed from its bytes; the note has what is left out or odd. Raises PageError, "invalid", for what is none."""
    import feedparser  # type: ignore[import-untyped]

    path = where(url)
    text, odd = readable(body, path, charset)
    source = io.BytesIO(text.encode())
    found = feedparser.parse(source, sanitize_html=False, resolve_relative_uris=False)
    title = normalised(found.feed.get("title") or "")
    if COMMENTS.match(title):
        raise PageError("invalid", f'{path} is the feed of the comments on an article ("{title[:80]}")')
    entries, lost = _entries(found, url)
    if not entries:
        left_out = f" ({'; '.join(lost)})" if lost else ""
        raise PageError("invalid", f"{path} is a feed without entries{left_out}; {beginning(text)}")
    broken = [f"{path} is not well-formed XML ({found.bozo_exception})"] if found.bozo else []
    return ListingPage(entries, _digest(entries), "; ".join([*odd, *broken, *lost]) or None)


def _entries(found: Any, url: str) -> tuple[tuple[Entry, ...], list[str]]:
    """The entries, and what was left out. Whatever fails on one of them costs that entry alone."""
    atom = (found.get("version") or "").startswith("atom")
    home = joined(url, found.feed.get("link") or "") or url
    entries, nameless, failed = list[Entry](), 0, list[Exception]()
    for raw in found.entries:
        try:
            entry = _entry(raw, url if atom else home, home)
        except Exception as error:  # noqa: BLE001 - it is counted and said
            failed.append(error)
            continue
        entries += [entry] if entry else []
        nameless += entry is None
    return _newest(entries), [*_left_out(len(entries), nameless, failed)]


def _newest(entries: list[Entry]) -> tuple[Entry, ...]:
    if len(entries) <= MAX_ENTRIES:
        return tuple(entries)
    return tuple(sorted(entries, key=lambda e: e.published or e.updated or "", reverse=True)[:MAX_ENTRIES])


def _left_out(found: int, nameless: int, failed: list[Exception]) -> Iterator[str]:
    if found > MAX_ENTRIES:
        yield f"of {found} entries the newest {MAX_ENTRIES} are read"
    if nameless:
        yield f"entries without address and guid that were left out: {nameless}"
    if failed:
        yield f"entries that could not be read: {len(failed)} (first: {failed[0]})"


def _entry(raw: Any, base: str, home: str) -> Entry | None:
    """An entry; None without address and guid, for there is nothing to tell it by. A relative link counts from
    xml:base (feedparser joins it), else from the channel's link in RSS and the feed's address in Atom."""
    guid = normalised(raw.get("id") or "")
    link = _link(raw, guid, base)
    if not (link or guid):
        return None
    title, summary = _line(raw.get("title") or ""), _line(raw.get("summary") or "")
    full = [line for content in raw.get("content") or () for line in paragraphs_of(content.get("value") or "")]
    body, truncated = tidied(full, title)
    whole = is_whole(full, summary) and bool(body)
    return Entry(
        link or tidy(home), title, _time(raw, "published"), raw.get("published"), _time(raw, "updated"),
        summary, tuple(body) if whole else (), truncated and whole, guid, bool(link),
    )  # fmt: skip


def _link(raw: Any, guid: str, base: str) -> str:
    """The entry's own address; "" where it has none. A guid that is no address does not become one."""
    given = (raw.get("link") or "").strip().replace("&amp;", "&")  # some sites encode it twice
    if not given or (raw.get("guidislink") and given == guid and not given.startswith((*WEB, "/"))):
        return ""
    link = joined(base, given)
    return tidy(link) if link.startswith(WEB) else ""


def _line(text: str) -> str:
    """Words of a title or summary: tags taken off, and entities decoded also where they were encoded twice."""
    text = " ".join(paragraphs_of(text)) if TAG.search(text) else unescape(text)
    return normalised(TAG.sub(" ", unescape(text)))


def _time(raw: Any, name: str) -> str | None:
    """A time with the zone it was given in."""
    if name not in raw:  # asked for all the same, feedparser would give another time
        return None
    marked = IN_A_TAG.search(raw[name] or "")
    return iso(marked[1] if marked else raw[name])


def described(entry: Entry) -> str:
    """All that a feed says of an entry but its guid: its address, title, times, text. Figures in a teaser count for
    nothing, nor does one that is too short to be the beginning of an article."""
    teaser = FIGURES.sub("", entry.summary) if len(entry.summary) >= MIN_TEASER else ""
    return "\n".join((canonical(entry.url), entry.title, entry.dated or "", entry.updated or "", teaser, *entry.body))


def _digest(entries: tuple[Entry, ...]) -> str:
    """The same for the same entries in any order."""
    return hashlib.sha256("\n".join(sorted(map(described, entries))).encode("utf-8", "replace")).hexdigest()[:16]
