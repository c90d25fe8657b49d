"""Makes characters harmless that nobody sees and that change what people read. Pure.

A title may hold a mark that reverses the rest of the line ("dooG" is shown as "Good"), characters without width that
hide a word from every search, terminal codes, or a NUL, which databases and XML refuse. Everything that is read from a
site goes through here once, on its way from the crawl. A letter's words lose the same characters when its pages are
read.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

INVISIBLE = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001"
    "\U000e0020-\U000e007f"
)
"""Unicode's format characters (Cf): directions, joiners, soft hyphens, tags. A table, for asking each of a million
characters for its category takes a third of a second."""
CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029"
"""Control characters but tab and line end, and the two other separators of lines."""
_INVISIBLE, _CONTROLS = re.compile(f"[{INVISIBLE}]"), re.compile(f"\r(?=\n)|[{CONTROLS}]")
_ANY = re.compile(f"[{INVISIBLE}{CONTROLS}]")
_ESCAPED = ("\\u", "\\b", "\\f", "\\r")
"""How a line of JSON writes control characters and halves of characters, which it may not hold as such."""
LIGATURES = dict(enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"), start=0xFB00))
"""Type for two or three letters, for `str.translate`. PDFs have it, and pages into which people paste from PDFs."""
AS_GIVEN = frozenset(("key", "cursor", "source", "target", "run", "etag", "last_modified", "sha256"))
"""Keys of an item whose values name something and are never read."""


def harmless(text: str) -> str:
    """The text without invisible characters; a control character is a space."""
    return _CONTROLS.sub(" ", _INVISIBLE.sub("", text)) if _ANY.search(text) else text


def harmless_address(url: str) -> str:
    """The address, which leads to the same place, with such characters in per cents."""
    return _ANY.sub(lambda found: quote(found[0]), url)


def harmless_item(raw: dict[str, Any], line: str) -> dict[str, Any]:
    """Return a crawl's item, whose JSON is `line`, with every text made harmless. A lone half of a character
    ("&#55357;"), which nothing can store, is replaced."""
    if not any(escaped in line for escaped in _ESCAPED) and not _ANY.search(line):
        return raw
    return {_of(key): _value(_of(key), value) for key, value in raw.items()}


def _value(key: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_value(key, part) for part in value]
    if isinstance(value, dict):
        return {_of(name): _value(_of(name), part) for name, part in value.items()}
    if not isinstance(value, str):
        return value
    whole = _whole(value)
    return whole if key in AS_GIVEN else harmless_address(whole) if key == "url" else harmless(whole)


def _of(key: str) -> str:
    return harmless(_whole(key))


def _whole(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
