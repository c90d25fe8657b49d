"""Turns a CMIS page into lines, with the links to documents in each. Pure.

The classes of real pages are not known well, and those that are mislead: the status of a meeting stands in a
`Value Venue`. So the readers of this package see words, the elements that end a line, and where links lead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html  # type: ignore[import-untyped]

from spiders.cmis.links import DOCUMENT, on_site
from spiders.committees.refusals import refused
from spiders.committees.word_text import plain_title
from spiders.http.addresses import base_of, joined
from spiders.http.paragraphs import BREAKS, CELLS, UNSEEN

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"))
BLOCKS = BREAKS | CELLS | {"body"}
"""Elements that begin and end a line."""
DROPPED = (etree.Comment, etree.ProcessingInstruction, "title", *UNSEEN)


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a document, with its words; `address` is "" if the link is no address."""

    title: str
    address: str


@dataclass(slots=True)
class Line:
    """The words between two ends of a line, text node by text node. `element` is the block that they stand in."""

    element: Any
    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words of the line, joined by single spaces."""
        return " ".join(self.parts)

    @property
    def style(self) -> tuple[str, str]:
        """How the block is marked up. Two lines of the same style are the same kind of thing."""
        return self.element.tag, self.element.get("class") or ""

    @property
    def is_heading(self) -> bool:
        """Whether the block is a heading."""
        return self.element.tag in HEADINGS


def parsed(text: str, url: str) -> Any:
    """Parse a page. Raises PageError for text that is no HTML."""
    try:
        tree = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    except (ValueError, etree.ParserError) as error:
        raise refused(url, f"HTML ({error})", text) from error
    if (base := base_of(tree, url)) != url:  # DotNetNuke writes one
        for link in tree.iter("a"):
            link.set("href", joined(base, link.get("href") or ""))
    etree.strip_elements(tree, *DROPPED, with_tail=False)
    return tree


def lines_of(tree: Any, url: str) -> list[Line]:
    """Return the lines of a page, those without words and links left out."""
    return [line for line in _lines(tree, url) if line.parts or line.links]


def _lines(tree: Any, url: str) -> Iterator[Line]:
    blocks, line = [tree], Line(tree)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_block = element.tag in BLOCKS
        if is_block:
            yield line
            if event == "start":
                blocks.append(element)
            else:
                blocks.pop()
            line = Line(blocks[-1])
        if event == "start" and element.tag == "a" and DOCUMENT.search(element.get("href") or ""):
            line.links.append(_link(element, url))
        text = element.text if event == "start" else element.tail
        if words := " ".join((text or "").split()):
            line.parts.append(words)
    yield line


def _link(element: Any, url: str) -> Link:
    title = plain_title(element.text_content()) or plain_title(element.get("title") or "")
    return Link(title, on_site(url, element.get("href")))
