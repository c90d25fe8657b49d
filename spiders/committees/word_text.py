"""The plain text of fragments of HTML that Word made: a paragraph a line.

Only tags end a paragraph; lines are wrapped anywhere inside. No-break spaces are spaces, and a bullet ("·" and nine
no-break spaces) is a bullet and a space.
"""

from __future__ import annotations

import re
from html import unescape

from spiders.topics import may_concern

BLOCKS = ("address", "blockquote", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre",
          "section", "table", "tr", "ul")  # fmt: skip
DROPPED = ("script", "style", "head", "title")
INLINE = re.compile(r"</?(?:a|b|em|font|i|o:p|s|small|span|strong|sub|sup|u)\b[^>]*>", re.I)
TAG = re.compile(r"<[^>]*>")


def paragraphs(html: str) -> str:
    """The text of a fragment, its paragraphs joined by newlines; empty ones are left out."""
    if not html.strip():
        return ""
    from bs4 import BeautifulSoup, Comment  # a look that finds nothing new does not need it, and it takes a while

    soup = BeautifulSoup(html, "lxml")
    for thing in [*soup(DROPPED), *soup.find_all(string=lambda found: isinstance(found, Comment))]:
        thing.extract()
    for text in soup.find_all(string=True):
        text.replace_with(" ".join(re.split(r"\s+", str(text))))
    for tag in soup(BLOCKS):
        tag.insert_before("\n")
        tag.append("\n")
    for tag in soup(("td", "th")):
        tag.append(" ")
    for tag in soup("br"):
        tag.replace_with("\n")
    lines = (" ".join(line.split()) for line in soup.get_text().split("\n"))
    return "\n".join(line for line in lines if line.strip("·•- "))


def may_hold(html: str) -> bool:
    """Whether a fragment may concern an inspection, told without parsing it: nearly all of them do not."""
    return bool(html.strip()) and may_concern(" ".join(unescape(TAG.sub(" ", INLINE.sub("", html))).split()))


def plain_title(text: str) -> str:
    """A title that was encoded twice, XML's own encoding being undone already; spaces collapsed."""
    return " ".join(unescape(unescape(text)).split())
