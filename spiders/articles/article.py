"""What an article's page says: title, day and main text, by trafilatura (2.3.1; on article pages only).

Its output changes between releases, so its version is pinned; a differently extracted text of the same article is
silent (the core calls it reworded). It takes half a second to import and is imported when the first page is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from spiders.articles.dates import PageDates, published
from spiders.articles.leads import BESIDE, missing, standfirst
from spiders.articles.lines import tidied
from spiders.http.errors import PageError, where
from spiders.http.paragraphs import normalised, paragraphs, parsed, shallow, shown_only

ENDINGS = (" | ", " - ", " \u2013 ", " \u2014 ")
"""What stands between an article's title and its site's name in <title>."""


MIN_EXTRACTED = 500
"""Characters below which trafilatura's own fallback has been seen to run everything together."""

ROW, RULE, CELLS = re.compile(r"\|(.*)\|"), re.compile(r"[-:|\s]*"), re.compile(r"\s*\|\s*")
"""A row of a table in trafilatura's text, the line that it draws below the heads, and what it draws between cells."""
MAX_CHARACTERS = 5_000_000
MIN_PARAGRAPH = 30
"""Characters that at least one paragraph of an article has; a menu has none."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article's page: `dates` of appearance, paragraphs without the title; `truncated` by a registration wall."""

    title: str
    dates: PageDates
    lines: tuple[str, ...]
    truncated: bool = False

    def with_lead(self, summary: str) -> Article:
        """The same with the sentences of the feed's summary that the page has not, before its text."""
        lead = missing(summary, (self.title, *self.lines))
        return replace(self, lines=(lead, *self.lines)) if lead else self


def read_article(html: str, url: str) -> Article:
    """The article on a page. Raises PageError if none is found there."""
    if len(html) > MAX_CHARACTERS:
        raise PageError("invalid", f"{where(url)} is larger than {MAX_CHARACTERS} characters, which no article is")
    root = parsed(html)
    title = next(_titles(root), "") if root is not None else ""
    lines, truncated = tidied(main_text(html, root), title)
    if not title or not (truncated or any(len(line) >= MIN_PARAGRAPH for line in lines)):
        raise PageError("invalid", f"{where(url)} has no {'text of an article' if title else 'title'}")
    return Article(title, published(root, url), (*standfirst(root, title, lines), *lines), truncated)


def main_text(html: str, root: Any) -> list[str]:
    """The paragraphs of the page's main text, verbatim. Of a few sentences trafilatura makes one lump with all that
    is around them, so a short text is taken from the page's one <article>, if it has one."""
    from trafilatura import extract

    whole = shallow(shown_only(html))
    text = extract(whole, output_format="txt", include_comments=False, include_tables=True, deduplicate=False) or ""
    if len(text) < MIN_EXTRACTED and root is not None and len(articles := root.findall(".//article")) == 1:
        return paragraphs(articles[0], BESIDE)
    return [line for raw in text.splitlines() if (line := normalised(_without_rules(raw)))]


def _without_rules(line: str) -> str:
    """A row of a table without the bars that trafilatura draws between its cells, which stand on no page."""
    row = ROW.fullmatch(line.strip())
    return line if row is None else "" if RULE.fullmatch(row[1]) else CELLS.sub(" ", row[1])


def as_text(title: str, lines: tuple[str, ...] | list[str]) -> str:
    """The article as a record carries it: its title, then a paragraph a line."""
    return "\n".join((title, *lines))


def _titles(root: Any) -> Iterator[str]:
    """The page's title, the best place first: the heading of the article, what it tells other sites, <title>."""
    for path in (".//article//h1", ".//main//h1"):
        yield from _headings(root, path)
    for name in ("og:title", "twitter:title"):
        found = [normalised(meta.get("content") or "") for meta in root.iterfind(f".//meta[@property='{name}']")]
        yield from filter(None, found)
    yield from _headings(root, ".//h1")
    yield from filter(None, (_without_site(normalised(t.text or "")) for t in root.iterfind(".//title")))


def _headings(root: Any, path: str) -> Iterator[str]:
    return filter(None, (" ".join(paragraphs(heading)) for heading in root.iterfind(path)))


def _without_site(title: str) -> str:
    cut = max((title.rfind(mark) for mark in ENDINGS), default=-1)
    return title[:cut] if cut > 0 else title
