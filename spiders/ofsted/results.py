"""Parses a page of Ofsted's search: councils with the date of their latest report. Pure functions.

A row is what surrounds a link to a provider's page. Its facts are read by their labels, wherever they stand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from spiders.ofsted.days import first_day
from spiders.ofsted.markup import has_class, is_furniture, main_of, parsed, refused, spaced, text_of
from spiders.ofsted.names import ADDRESS, URN, bare
from spiders.remarks import Remarks

LATEST = re.compile(r"\blatest (?:inspection )?(?:report|inspection|publication)\b(?: published)?\s*:?\s*(.*)", re.I)
NEXT_FACT = re.compile(r"\s*\b(?:URN|Category|Rating|Type|Region|Address|Status)\b\s*:.*", re.I)
OF = re.compile(r"\b(?:of|out of|total(?: of)?:?)\s+([\d,]+)", re.I)
NOUN = r"(?:search )?(?:results?|providers?|councils?|matches|records?|(?:local )?authorit(?:y|ies))"
COUNTED = re.compile(rf"\bof\s+([\d,]+)\s+{NOUN}\b|([\d,]+)\s+{NOUN}\b|\b{NOUN}\s*(?:found)?\s*[:(]\s*([\d,]+)", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """A council in the listing. `latest` is its "Latest report" as an ISO date, None if the row has none; `unread` is
    a "Latest report" that is no date."""

    urn: str
    href: str
    name: str
    latest: str | None
    unread: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the search: the total that it states (None if it states none), the rows read, how many rows came,
    those that could not be read (`lost`), and oddities (`notes`)."""

    total: int | None
    rows: tuple[Row, ...]
    received: int
    lost: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def parse_listing(text: str) -> Listing:
    """Parse a page of search results. Raises PageError if it has neither rows nor a count of results."""
    root = parsed(text)
    main, remarks = main_of(root), Remarks()
    items = _items(main)
    total = _count(main, items, remarks)
    if not items and total is None:
        raise refused("the search page has no count of results and no council", root)
    read = [_row(item, remarks) for item in items]
    lost = tuple(f"row {n} {row}" for n, row in enumerate(read, 1) if isinstance(row, str))
    return Listing(total, tuple(r for r in read if isinstance(r, Row)), len(items), lost, remarks.sentences())


def _items(main: Any) -> list[Any]:
    """The rows by their class; else what surrounds each link to a provider, and their like beside them."""
    if named := [node for node in main.iter() if has_class(node, "search-result")]:
        return named
    links = {a: found[1] for a in main.iter("a") if not is_furniture(a) and (found := _address(a))}
    holds: defaultdict[Any, set[str]] = defaultdict(set)
    for link, urn in links.items():
        for up in (link, *link.iterancestors()):
            holds[up].add(urn)
    rows = list(dict.fromkeys(_widest(link, holds) for link in links))
    places = {(row.tag, row.getparent()) for row in rows}
    return [n for n in main.iter() if n in rows or ((n.tag, n.getparent()) in places and URN.search(spaced(n)))]


def _address(link: Any) -> re.Match[str] | None:
    return ADDRESS.search(link.get("href") or "")


def _widest(link: Any, holds: dict[Any, set[str]]) -> Any:
    """The largest element around a link that holds no other council, and is no list of rows."""
    row = link
    for up in link.iterancestors():
        if len(holds[up]) > 1 or up.tag in ("main", "body", "html", "table", "tbody"):
            break
        row = up if up.tag not in ("ol", "ul") or up.getparent() is None else row
        if up.tag in ("ol", "ul"):
            break
    return row


def _count(main: Any, items: list[Any], remarks: Remarks) -> int | None:
    """The total that the page states: by its class, else by words such as "153 results"."""
    stated = " ".join(text_of(node) for node in main.iter() if has_class(node, "results-count"))
    words = stated or _outside(main, items)
    number = words if stated.replace(",", "").isdigit() else _number(words, alone=bool(stated))
    if number is None:
        remarks.say("the search page has no count of results")
        return None
    if number != stated:
        remarks.say(f'the search page counts its results as "{stated[:80] or number}"')
    return int(number.replace(",", ""))


def _number(words: str, *, alone: bool) -> str | None:
    """The total in words: "153 results", "1 to 100 of 153 results"; in a place of its own also a number `alone`."""
    if found := COUNTED.search(words) or (OF.search(words) if alone else None):
        return next(group for group in found.groups() if isinstance(group, str))
    numbers: list[str] = re.findall(r"\d[\d,]*", words)
    return numbers[0] if alone and len(numbers) == 1 else None


def _outside(main: Any, items: list[Any]) -> str:
    """The words of a page outside its rows."""
    rows = set(items)

    def words(node: Any) -> str:
        inner = "" if node in rows else (node.text or "") + "".join(words(child) for child in node)
        return f"{inner} {node.tail or ''}"

    return " ".join(words(main).split())


def _row(item: Any, remarks: Remarks) -> Row | str:
    """The row, or what is wrong with it."""
    link = next((a for a in item.iter("a") if _address(a)), None)
    if link is None:
        return f'("{spaced(item)[:80]}") has no link to a council\'s page'
    name, marked = bare(spaced(link))
    urn, said = _address(link)[1], URN.search(spaced(item))  # type: ignore[index]
    if said and said[1] != urn:
        return f"({name}) has the URN {said[1]} and leads to the page of {urn}"
    latest = _latest(item)
    day = first_day(latest) if latest else None
    unread = latest if latest and not day else None
    _remark(remarks, name, marked=marked, urn=bool(said), unread=unread)
    return Row(urn, link.get("href"), name, day, unread)


def _remark(remarks: Remarks, name: str, *, marked: bool, urn: bool, unread: str | None) -> None:
    if marked:
        remarks.add("names with their status", name)
    if not urn:
        remarks.add("rows without a URN", name)
    if unread:
        remarks.add('rows whose "Latest report" is no date', f'{name}: "{unread[:80]}"')


def _latest(item: Any) -> str:
    """The words after "Latest report": of its line if it has one, else up to the next label."""
    lines = [spaced(node) for node in item.iter("li", "p", "dd", "td")]
    for words in (*lines, spaced(item)):
        if found := LATEST.search(words):
            return NEXT_FACT.sub("", found[1])
    return ""
