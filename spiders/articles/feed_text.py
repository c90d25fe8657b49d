"""The text of an RSS or Atom feed from its bytes: whether it is one, without what feedparser fails on. Pure.

feedparser (6.0) takes an empty body and a challenge page for a feed without entries, so the root is looked at first.
"""

from __future__ import annotations

import re

from spiders.counts import counted
from spiders.http.characters import whole_references
from spiders.http.charsets import DECLARATION, decode_xml
from spiders.http.errors import PageError, beginning

ROOT = re.compile(
    r"\s*+(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>[]*>)\s*)*+<(?:[\w.-]+:)?(?i:rss|feed|rdf)[\s>]", re.S
)  # nothing is tried twice, whatever a body holds; a document type with entities of its own is none
START = re.compile(r"<(?:\?xml\s|(?:[\w.-]+:)?(?:rss|feed|RDF)[\s>])")
PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
MAX_JUNK = 4096
"""Characters before a feed that are left out: warnings of PHP, a document type with entities of its own."""
MAX_BYTES = 5_000_000
"""Of a feed; the largest seen have a tenth of it."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML does not allow, and that Word leaves in texts all the same."""
REFERENCE = re.compile(r"&#(x[\da-f]+|\d+);", re.I)


def is_feed(body: bytes, charset: str | None = None) -> bool:
    """Whether a body's root is one of a feed's. `charset` is that of the answer's header."""
    return _without_junk(decode_xml(body, [charset]).text)[0] is not None


def readable(body: bytes, path: str, charset: str | None) -> tuple[str, list[str]]:
    """The feed's text without its declaration, and what was odd. Raises PageError for a body that feedparser would
    read as something else."""
    if not body.strip():
        raise PageError("invalid", f"{path} is empty")
    found = decode_xml(body, [charset])
    feed, junk = _without_junk(found.text)
    if feed is None:
        raise PageError(
            "invalid", f"{path} is not a feed: its root is neither rss, feed nor RDF; {beginning(found.text)}"
        )
    if len(body) > MAX_BYTES:
        raise PageError("invalid", f"{path} is larger than {MAX_BYTES} bytes, which no newsroom's feed is")
    plain, impossible = _legal(feed)
    odd = [
        *([found.remark] if found.remark else []),
        *([_left_out(junk, "before the feed")] if junk else []),
        *([_left_out(impossible, "that XML does not allow")] if impossible else []),
    ]
    return DECLARATION.sub("", plain), odd


def _left_out(number: int, which: str) -> str:
    return counted(number, f"character {which} was left out", f"characters {which} were left out")


def _legal(text: str) -> tuple[str, int]:
    """A text without characters that XML does not allow, written as such or as references, and how many there were.
    feedparser gives up a feed for one of them."""
    lost = 0

    def checked(found: re.Match[str]) -> str:
        nonlocal lost
        number = _number(found[1])
        legal = (
            number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
        )
        lost += not legal
        return found[0] if legal else ""

    plain = CONTROLS.sub("", text)
    mended = REFERENCE.sub(checked, whole_references(plain.encode("utf-8", "replace")).decode())
    return mended, lost + len(text) - len(plain)


def _number(reference: str) -> int:
    """The number of a character reference; that of no character where it has too many digits."""
    digits, base = (reference[1:], 16) if reference[0] in "xX" else (reference, 10)
    return int(digits, base) if len(digits) <= 10 else 0x110000


def _without_junk(text: str) -> tuple[str | None, int]:
    """The feed in a text, without what stands before it; None where the text is none. And how much stood before it."""
    if ROOT.match(text):
        return text, 0
    starts = (found.start() for found in START.finditer(text, 0, MAX_JUNK))
    start = next((start for start in starts if ROOT.match(text, start)), None)
    if start is None or PAGE.search(text, 0, start):
        return None, 0
    return text[start:], start
