"""RSS and Atom by feedparser, from bytes: what a feed lists, or why it is none. Pure.

Seen in councils' feeds (2020 to 2026): a byte order mark, entities encoded twice, HTML with status 200 where there
is no feed, a post's comments feed in place of the newsroom's, an empty body, and excerpts that look like articles.
feedparser (6.0) takes an empty body and a challenge page for a feed without entries, so the root is looked at first.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import re
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from spiders.articles.addresses import tidy
from spiders.articles.dates import iso
from spiders.articles.lines import is_whole, tidied
from spiders.http.addresses import joined
from spiders.http.characters import whole_references
from spiders.http.errors import PageError
from spiders.http.paragraphs import normalised, paragraphs_of

ROOT = re.compile(
    rb"\A\s*+(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>[]*>)\s*)*+<(?:rss|feed|rdf:RDF|RDF)[\s>]", re.S
)  # nothing is tried twice, whatever a body holds; a document type with entities of its own is refused
MOST_BYTES = 5_000_000
"""Of a feed; the largest seen have a tenth of it."""
DECLARED = re.compile(rb"\A\s*<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)")
COMMENTS = re.compile(r"^\s*comments (on|for)\b", re.I)
TAG = re.compile(r"</?[a-zA-Z][^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `body` is the article's text where the feed has it whole, else empty; `dated` as it was written."""

    url: str
    title: str
    published: str | None = None
    dated: str | None = None
    updated: str | None = None
    summary: str = ""
    body: tuple[str, ...] = ()
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's entries in its order, a digest of what they are called, and what is odd about it."""

    entries: tuple[Entry, ...]
    digest: str
    note: str | None = None


def is_feed(body: bytes) -> bool:
    """Whether a body's root is one of a feed's."""
    return bool(ROOT.match(_without_bom(body)))


def parse_feed(body: bytes, path: str) -> Feed:
    """A feed from its bytes. Raises PageError, "invalid", for what is no newsroom's feed."""
    import feedparser  # type: ignore[import-untyped]

    _refuse(body, path)
    found = feedparser.parse(io.BytesIO(whole_references(body)), sanitize_html=False, resolve_relative_uris=False)
    title = normalised(found.feed.get("title") or "")
    if COMMENTS.match(title):
        raise PageError("invalid", f'{path} is the feed of the comments on an article ("{title[:80]}")')
    entries = tuple(entry for raw in found.entries if (entry := _entry(raw)) is not None)
    if not entries:
        raise PageError("invalid", f"{path} is a feed without entries")
    note = f"{path} is not well-formed XML ({found.bozo_exception})" if found.bozo else None
    return Feed(entries, _digest(found.entries), note)


def _refuse(body: bytes, path: str) -> None:
    """Raise PageError for a body that feedparser would read as something else, or guess at."""
    if not body.strip():
        raise PageError("invalid", f"{path} is empty")
    if not is_feed(body):
        raise PageError("invalid", f"{path} is not a feed: its root is neither rss, feed nor RDF")
    if len(body) > MOST_BYTES:
        raise PageError("invalid", f"{path} is larger than {MOST_BYTES} bytes, which no newsroom's feed is")
    declared = DECLARED.match(_without_bom(body))
    charset = declared[1].decode("ascii") if declared else "utf-8"
    try:
        text = body.decode(charset)
    except (UnicodeDecodeError, LookupError) as error:
        raise PageError("invalid", f"{path} does not decode as {charset}, which it declares") from error
    if "\ufffd" in text:
        raise PageError("invalid", f"{path} holds characters that were lost in decoding (U+FFFD)")


def _entry(raw: Any) -> Entry | None:
    """An entry; None without an address, for there is nothing to tell it by."""
    link = joined("", raw.get("link") or "")
    if not link.startswith(("http://", "https://")):
        return None
    title, summary = _line(raw.get("title") or ""), _line(raw.get("summary") or "")
    full = [line for content in raw.get("content") or () for line in paragraphs_of(content.get("value") or "")]
    body, truncated = tidied(full, title)
    whole = is_whole(full, summary) and bool(body)
    return Entry(
        tidy(link), title, _time(raw, "published"), raw.get("published"), _time(raw, "updated"),
        summary, tuple(body) if whole else (), truncated and whole,
    )  # fmt: skip


def _line(text: str) -> str:
    """Words of a title or summary: tags taken off, and entities decoded also where they were encoded twice."""
    text = " ".join(paragraphs_of(text)) if TAG.search(text) else unescape(text)
    return normalised(TAG.sub(" ", unescape(text)))


def _time(raw: Any, name: str) -> str | None:
    """A time with the zone it was given in; feedparser's reading of it, in UTC, where its form is an odd one."""
    if name not in raw:  # asked for all the same, feedparser would give another time in its place
        return None
    found, parts = iso(raw[name]), raw.get(f"{name}_parsed")
    if found or not parts:
        return found
    try:
        return datetime.fromtimestamp(timegm(parts), UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError, OSError):  # beyond the calendar
        return None


def _digest(entries: list[Any]) -> str:
    """What the entries are called, in any order: ids, titles and times, not counters and teasers."""
    names = ("id", "link", "title", "updated")
    lines = sorted("\t".join(str(e[name]) for name in names if name in e) for e in entries)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:16]


def _without_bom(body: bytes) -> bytes:
    return body.removeprefix(codecs.BOM_UTF8)
