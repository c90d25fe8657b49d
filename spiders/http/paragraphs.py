"""The words of a piece of HTML, a paragraph a line, as they stand there: only white space is put in order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from monitor.model.characters import LIGATURES
from spiders.http.characters import whole_characters
from spiders.http.errors import PageError
from spiders.http.hidden import hidden

_BREAKS = (
    "address article aside blockquote br caption dd details dialog div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr legend li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_UNSEEN = (
    "script style noscript template svg iframe head select textarea object audio video canvas datalist del s strike"
)
BREAKS = frozenset(_BREAKS.split())
"""Elements that begin and end a paragraph."""
UNSEEN = frozenset(_UNSEEN.split())
"""Elements whose words nobody reads: code, what stands in for a film or for scripts, what is struck out."""
NEVER_SAID = ("template", "del", "s", "strike")
"""Those of them whose words other readers of HTML take for the page's own."""
CELLS = frozenset(("td", "th"))
NOTHING = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
"""Soft hyphens and characters without width, which no reader sees."""
FORMATTING = re.compile(
    r"</?(?:abbr|acronym|b|big|code|em|font|i|ins|label|mark|q|s|small|span|strike|strong|sub|sup|tt|u)\b[^<>]*>", re.I
)
"""Tags that change how words look. Where nobody closes them each one nests in the one before."""
MAX_DEPTH = 2048
"""Levels of nested elements that libxml2 (2.14) reads of a page. It drops the rest silently."""
TOO_DEEP = "Excessive depth"


def normalised(text: str) -> str:
    """One line of text in NFC, with plain single spaces and ligatures as letters; quotation marks and dashes stay."""
    plain = unicodedata.normalize("NFC", whole_characters(text)).translate(LIGATURES)
    return " ".join(NOTHING.sub("", plain).split())


def parsed(html: str) -> Any:
    """The root of a page or fragment; None where it holds nothing. Of a page that is nested too deeply the tags that
    only format are left out. Raises PageError if that is not enough, because its end would be missing."""
    root, whole = _parsed(html, huge=True)
    if not whole:
        root, whole = _parsed(FORMATTING.sub("", html), huge=True)
    if not whole:
        raise PageError("invalid", f"its elements are nested deeper than {MAX_DEPTH} levels, so its end cannot be read")
    return root


def shallow(html: str) -> str:
    """The same HTML for a reader with the parser's usual limit of 256 levels: beyond it without formatting tags."""
    return html if _parsed(html, huge=False)[1] else FORMATTING.sub("", html)


def shown_only(html: str) -> str:
    """The same HTML without what nobody is shown, and with every folded part open, for another reader of HTML."""
    root, _ = _parsed(html, huge=True)
    if root is None or not (_opened(root) or any(next(root.iter(tag), None) is not None for tag in NEVER_SAID)):
        return html
    etree.strip_elements(root, *NEVER_SAID, with_tail=False)
    return str(etree.tostring(root, encoding="unicode", method="html"))


def _opened(root: Any) -> bool:
    """Make templates of what is never shown, and show what is folded; whether there is any of either."""
    never, folded = hidden(root)
    for element in never:
        element.tag = "template"
    for element in folded:
        element.attrib.pop("hidden", None)
        element.attrib.pop("style", None)
    return bool(never or folded)


def _parsed(html: str, *, huge: bool) -> tuple[Any, bool]:
    """The root, and whether it holds all that there is."""
    if not html.strip():
        return None, True
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=huge)
    root = etree.fromstring(whole_characters(html).encode("utf-8", "replace"), parser)
    return root, not any(TOO_DEEP in error.message for error in parser.error_log)


def paragraphs(node: Any, unseen: Set[str] = UNSEEN) -> list[str]:
    """The paragraphs inside an element, without what is `unseen` or never shown; a list's items begin with "- "."""
    if node is None:
        return []
    lines: list[list[str]] = [[]]
    never, _ = hidden(node)
    walker = etree.iterwalk(node, events=("start", "end"))
    for event, element in walker:
        if element.tag in BREAKS:
            lines.append(["- "] if event == "start" and element.tag == "li" else [])
        if event == "start":
            _enter(walker, element, lines[-1], gone=element.tag in unseen or element in never)
        elif element is not node:
            lines[-1].append(element.tail or "")
    return [text for line in lines if (text := normalised("".join(line))) not in ("", "-")]


def _enter(walker: Any, element: Any, line: list[str], *, gone: bool) -> None:
    if gone:
        walker.skip_subtree()
        return
    line.append(" " if element.tag in CELLS else "")
    line.append(element.text or "")


def paragraphs_of(html: str) -> list[str]:
    """The paragraphs of a piece of HTML, or of plain text."""
    return paragraphs(parsed(html))
