"""Compares names of councils as people write them: without case, punctuation and "London Borough of"."""

from __future__ import annotations

import re
import unicodedata

_ALNUM = re.compile(r"[^\W_]+")
_PREFIX = re.compile(
    r"(?:the |council of the |(?:(?:london|royal|metropolitan) )?borough of |lb (?:of )?|city of |county of )+"
)
_SUFFIX = re.compile(
    r"(?: (?:council|city of|county of|city|borough|metropolitan|district|unitary|authority|corporation|mbc|mdc))+\Z"
)
_PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc`", "'")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\x02", "-")
    | dict.fromkeys("\xad\u200b\u2060\ufeff", "")
    | {"&": " and "}
)
"""Replaces typographic apostrophes and dashes (U+0002 is PDFium's hyphen at a line's end), drops what is invisible."""


def plain(text: str) -> str:
    """Return the text with one kind of apostrophe, dash and space, "&" as "and", "St." as "St". Case is kept."""
    return re.sub(r"\b([Ss][Tt])\.", r"\1", unicodedata.normalize("NFKC", text).translate(_PLAIN))


def name_key(name: str) -> str:
    """Reduce a name to what people agree on, without case, punctuation and typography: "St. Helens" → "st helens"."""
    if not name.isascii() or "&" in name:
        name = plain(name)
    return " ".join(_ALNUM.findall(name.casefold().replace("'", "").replace(".", "")))


def shorter_keys(key: str) -> list[str]:
    """The key, then that without "council", "borough" … at its end, then without "city of" … at its beginning."""
    whole, bare = key, _SUFFIX.sub("", key)
    key, bare = key.removeprefix("the "), bare.removeprefix("the ")
    return [whole, key, bare, _PREFIX.sub("", key, count=1), _PREFIX.sub("", bare, count=1)]
