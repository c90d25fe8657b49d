"""Text that came from elsewhere, made harmless before any channel lays it out. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import quote, urlsplit

URL_LIMIT = 2000
URL_CHARACTERS = "%/:?#[]@!$&'()*+,;=~-._"
UNPRINTABLE = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
"""Unicode's controls (terminal sequences, line ends), formats (bidirectional overrides, zero widths,
soft hyphens), private-use bullets, lone surrogates and line separators."""

WITH_ARTICLE = {"City of": "the", "East Riding of": "the", "Isle of": "the", "Isles of": "the Council of the"}
"""How names of councils begin, and what stands before them in a sentence; the Isles of Scilly would be many."""


def one_line(text: object, limit: int | None = None) -> str:
    """`text` on one line without anything unprintable, cut to `limit` characters."""
    whole = unicodedata.normalize("NFC", str(text)) if text is not None else ""
    shown = whole if whole.isprintable() else "".join(map(_printable, whole))
    words = " ".join(shown.split())
    return words if limit is None else cut(words, limit)


def _printable(character: str) -> str:
    category = unicodedata.category(character)
    if category not in UNPRINTABLE:
        return character
    return "" if category == "Cf" else " "


def printable(text: str) -> str:
    """`text` with a space for each control character, which a terminal obeys; lines stay lines."""
    return text if text.isprintable() else "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, ended after a word with an ellipsis where it was longer."""
    if len(text) <= limit:
        return text
    short = text[: limit - 1]
    at_word = short.rpartition(" ")[0]
    return (at_word if len(at_word) > limit // 2 else short).rstrip(" ,;:-") + "…"


def upper_first(text: str) -> str:
    """`text` with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """`text` as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def safe_url(url: object) -> str | None:
    """`url` when it is a web address that any channel can show as a link, else None."""
    if not isinstance(url, str) or len(url) > URL_LIMIT or re.search(r"[\x00-\x20\x7f]", url.strip()):
        return None
    address = "".join(quote(c, safe=URL_CHARACTERS, errors="replace") for c in url.strip())
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc else None


def council(name: object) -> str:
    """A council's name as it stands inside a sentence: "Devon", "the Isle of Wight"."""
    said = one_line(name, 60)
    return " ".join([*(article for begins, article in WITH_ARTICLE.items() if said.startswith(begins)), said])


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 area", "3 areas"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(names: Sequence[str], limit: int = 4, noun: str = "other") -> str:
    """A list in words: "Devon, Brent and 3 other councils", where `noun` is "other council"."""
    rest = len(names) - limit
    if rest > 1:
        return f"{', '.join(names[:limit])} and {count(rest, noun)}"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def ordinal(number: int) -> str:
    """ "second", "third", … in words as far as people say them, then "12th", "21st"."""
    words = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    return words[number] if 0 < number < len(words) else place(number)


def place(number: int) -> str:
    """A place in an order, in figures: "1st", "12th", "21st", "112th"."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number:,}{ending}"
