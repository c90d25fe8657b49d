"""Halves of characters. "&#55357;&#56832;" in a feed (JavaScript and .NET write so) is an emoji cut in two."""

from __future__ import annotations

import re

REFERENCES = re.compile(rb"(?:&#(?:0*5[5-7]\d{3}|[xX]0*[dD][89a-fA-F][\da-fA-F]{2});)+")
"""One or more numeric references of which some may be halves."""
HALF = re.compile("[\ud800-\udfff]")


def whole_characters(text: str) -> str:
    """The text with two halves that belong together as one character, and U+FFFD for a half that is alone."""
    if not HALF.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def whole_references(body: bytes) -> bytes:
    """The same XML with references that a parser takes: feedparser fails on a half, and lxml refuses the document."""
    return REFERENCES.sub(_whole, body)


def _whole(found: re.Match[bytes]) -> bytes:
    numbers = found.group().decode("ascii").removesuffix(";").lower().split(";")
    text = "".join(chr(int(n[3:], 16) if n[2] == "x" else int(n[2:])) for n in numbers)
    return "".join(f"&#{ord(character)};" for character in whole_characters(text)).encode("ascii")
