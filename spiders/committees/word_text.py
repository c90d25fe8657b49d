"""Turns fragments of HTML that Word made into plain text, a paragraph a line.

Only tags end a paragraph; Word wraps lines anywhere. No-break spaces become spaces, and a bullet ("·" and nine no-break
spaces) becomes a bullet and a space.
"""

from __future__ import annotations

import re
from html import unescape

from spiders.http.paragraphs import shallow, shown_only
from spiders.topics import may_concern

BLOCKS = ("address", "blockquote", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre",
          "section", "table", "tr", "ul")  # fmt: skip
DROPPED = ("script", "style", "head", "title")
INLINE = re.compile(r"</?(?:a|b|em|font|i|o:p|s|small|span|strong|sub|sup|u)\b[^>]*>", re.I)
TAG = re.compile(r"<[^>]*>")


def paragraphs(html: str) -> str:
    """Return the text of a fragment, its paragraphs joined by newlines, without empty ones."""
    if not html.strip():
        return ""
    from bs4 import BeautifulSoup, Comment  # a look that finds nothing new does not need it, and it takes a while

    soup = BeautifulSoup(shallow(shown_only(html)), "lxml")
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
    """Return True if a fragment may concern an inspection. It does not parse the fragment: nearly all concern none."""
    return bool(html.strip()) and may_concern(" ".join(unescape(TAG.sub(" ", INLINE.sub("", html))).split()))


def plain_title(text: str) -> str:
    """Decode a title that was encoded twice (the XML parser has undone its own encoding), and collapse spaces."""
    return " ".join(unescape(unescape(text)).split())
