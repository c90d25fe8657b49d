"""Parses Ofsted's two kinds of page: the list of councils, and one council's reports. Pure functions.

They read class names and labels, never positions. What they cannot read is a problem with its place; nothing is left
out silently. The markup is the old server-rendered layout, which council pages still use (August 2026).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from spiders.http.errors import PageError
from spiders.ofsted.entries import Entry, has_class, read_entries, text_of
from spiders.ofsted.labels import iso_date

NO_REPORTS = "there are no reports"
URN = re.compile(r"\bURN:\s*(\w+)")
NOT_REPORTS = ("opened", "closed", "registered", "predecessor", "successor")


@dataclass(frozen=True, slots=True)
class Row:
    """A council in the listing. `latest` is its "Latest report" as an ISO date, None if the row has none."""

    urn: str
    href: str
    name: str
    latest: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the search: the total that it states, the rows read, and the rows that could not be read."""

    total: int
    rows: tuple[Row, ...]
    received: int
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """A council's page: its name and URN, its publications, its faults (`problems`) and oddities (`notes`)."""

    urn: str
    name: str
    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


PARSER = {"encoding": "utf-8", "remove_comments": True, "remove_pis": True}
FILES = ("/file/", "/provider/files/")


def parse_listing(text: str) -> Listing:
    """Parse a page of search results. Raises PageError if it has no count of results. Rows that cannot be read are
    problems."""
    _, classes = _page(text)
    count = "".join(map(text_of, classes["results-count"][:1])).replace(",", "")
    if not count.isdigit():
        raise PageError("invalid", "the search page has no count of results")
    rows, problems = [], []
    found = classes["search-result"]
    for number, item in enumerate(found, 1):
        row = _row(item)
        if isinstance(row, Row):
            rows.append(row)
        else:
            problems.append(f"row {number} {row}")
    return Listing(int(count), tuple(rows), len(found), tuple(problems))


def _row(item: Any) -> Row | str:
    """The row, or what is wrong with it."""
    links = [a for a in item.iter("a") if "/provider/" in (a.get("href") or "")]
    name = text_of(links[0]) if links else ""
    facts = dict(_fact(li) for li in item.iter("li"))
    urn, latest = facts.get("urn"), facts.get("latest report")
    if not urn or not links:
        return f'("{name}") has no {"URN" if links else "link"}'
    day = iso_date(latest) if latest else None
    if latest and not day:
        return f'({name}) has a "Latest report" that is no date: "{latest}"'
    return Row(urn, links[0].get("href"), name, day)


def _fact(li: Any) -> tuple[str, str]:
    label, _, value = text_of(li).partition(":")
    return label.casefold(), value.strip()


def parse_provider(text: str, url: str) -> Provider:
    """Parse a council's page. Raises PageError if it is no such page, or lists nothing without saying so."""
    root, classes = _page(text)
    heading = " ".join(map(text_of, classes["title-block__heading"]))
    urn = URN.search(" ".join(map(text_of, classes["title-block__subheading"])))
    if not heading or urn is None:
        raise PageError("invalid", "the page has no heading with a council's name and URN")
    if not classes["provider--la"]:
        raise PageError("invalid", "the page is not laid out as a local authority's")
    links = classes["publication-link"]
    if not links and NO_REPORTS not in text_of(root).casefold():
        raise PageError("invalid", "no report was found on the page, and it does not say that there are none")
    entries, problems, notes = read_entries(links, url)
    return Provider(urn[1], heading, entries, (*problems, *_strays(root, links, classes["event"])), notes)


def _strays(root: Any, links: list[Any], events: list[Any]) -> list[str]:
    """Signs of a publication on the page that the parser did not read."""
    files = {a for a in root.iter("a") if any(part in (a.get("href") or "") for part in FILES)}
    strays = files.difference(links)
    problems = [f"{len(strays)} links to files are not laid out as reports"] if strays else []
    for event in events:
        linked = any(has_class(a, "publication-link") for a in event.iter("a"))
        if not linked and not _marks_the_register(event):
            problems.append(f'an entry has no link: "{text_of(event)[:80]}"')
    return problems


def _marks_the_register(event: Any) -> bool:
    """Return True if an entry says "Opened", "Closed" and the like, which have no report."""
    days = [node for node in (event, *event.iterancestors()) if has_class(node, "timeline__day")]
    return any(has_class(day, f"timeline__day--{word}") for day in days[:1] for word in NOT_REPORTS)


def _page(text: str) -> tuple[Any, defaultdict[str, list[Any]]]:
    """The page's root, and its elements by class in the page's order. One pass costs less than a query for each
    class."""
    root = etree.fromstring(text.encode(), etree.HTMLParser(**PARSER))
    if root is None:
        raise PageError("invalid", "the page holds no HTML")
    classes: defaultdict[str, list[Any]] = defaultdict(list)
    for node in root.iter():
        for name in (node.get("class") or "").split():
            classes[name].append(node)
    return root, classes
