"""The words of a piece of HTML, a paragraph a line, as they stand there: only white space is put in order."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from spiders.http.characters import whole_characters

_BREAKS = (
    "address article aside blockquote br caption dd details dialog div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_UNSEEN = "script style noscript template svg iframe head select textarea object"
BREAKS = frozenset(_BREAKS.split())
"""Elements that begin and end a paragraph."""
UNSEEN = frozenset(_UNSEEN.split())
CELLS = frozenset(("td", "th"))
NOTHING = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
"""Soft hyphens and characters without width, which no reader sees."""
PARSER = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True, "huge_tree": False}


def normalised(text: str) -> str:
    """One line of text in NFC, every kind of space one plain space; quotation marks and dashes stay as they are."""
    return " ".join(NOTHING.sub("", unicodedata.normalize("NFC", whole_characters(text))).split())


def parsed(html: str) -> Any:
    """The root of a page or fragment; None where it holds nothing."""
    return etree.fromstring(whole_characters(html).encode(), etree.HTMLParser(**PARSER)) if html.strip() else None


def paragraphs(node: Any) -> list[str]:
    """The paragraphs inside an element, without what is not shown; a list's items begin with "- "."""
    if node is None:
        return []
    lines: list[list[str]] = [[]]
    walker = etree.iterwalk(node, events=("start", "end"))
    for event, element in walker:
        if element.tag in BREAKS:
            lines.append(["- "] if event == "start" and element.tag == "li" else [])
        if event == "start":
            _enter(walker, element, lines[-1])
        elif element is not node:
            lines[-1].append(element.tail or "")
    return [text for line in lines if (text := normalised("".join(line))) not in ("", "-")]


def _enter(walker: Any, element: Any, line: list[str]) -> None:
    if element.tag in UNSEEN:
        walker.skip_subtree()
        return
    line.append(" " if element.tag in CELLS else "")
    line.append(element.text or "")


def paragraphs_of(html: str) -> list[str]:
    """The paragraphs of a piece of HTML, or of plain text."""
    return paragraphs(parsed(html))
