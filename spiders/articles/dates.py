"""When an article was published, by what its page says: structured data first.

A day is "2024-05-13"; a time carries a zone, that of England where the page names none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from monitor.model.english_dates import iso as english_iso
from spiders.articles.written_dates import iso
from spiders.http.paragraphs import paragraphs

IN_PATH = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")
WRITTEN = re.compile(r"^(?:posted|published|date|issued)\b\D{0,25}?(?P<day>(?:[a-z]+day,? )?\d{1,4}\D.{4,24})$", re.I)
"""A line of its own such as "Posted on: Monday 13 May 2024"."""
BESIDE = ("footer", "aside", "nav")
"""Parts of a page that are not about its article."""
METAS = ("article:published_time", "datePublished", "dcterms.issued", "DC.date.issued", "pubdate", "dcterms.date")


@dataclass(frozen=True, slots=True)
class PageDates:
    """When a page came out: `stated` to programs by its data, `marked` in the article's own part or in its address, and
    `inferred` from what stands somewhere on it, such as a date in the foot."""

    stated: str | None = None
    marked: str | None = None
    inferred: str | None = None


def published(root: Any, url: str) -> PageDates:
    """The page's own dates of publication: JSON-LD and meta elements; <time> in the article, the address; a <time>
    elsewhere, a line that says it. Of a page that has none of them nothing is guessed."""
    stated, marked = _first(_data(root)), _first(_own_times(root)) or in_path(url)
    if stated or marked:
        return PageDates(stated, marked)
    return PageDates(inferred=_first(_said_by(root.iterfind(".//time"))) or _written(root))


def _first(found: Iterable[str]) -> str | None:
    return next((day for text in found if (day := iso(text))), None)


def _written(root: Any) -> str | None:
    lines = (line for line in paragraphs(root) if len(line) < 80)
    return _first(found["day"] for line in lines if (found := WRITTEN.match(line)))


def in_path(url: str) -> str | None:
    """The day in an address such as …/2017/06/14/title/."""
    found = IN_PATH.search(url)
    return english_iso(*found.groups()[::-1]) if found else None


def _data(root: Any) -> Iterator[str]:
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        yield from _published_in(_json(script.text or ""))
    for name in METAS:
        for key in ("property", "name", "itemprop"):
            yield from (meta.get("content") or "" for meta in root.iterfind(f".//meta[@{key}='{name}']"))


def _own_times(root: Any) -> Iterator[str]:
    """The times in the article's own part: not in its foot, nor in what stands beside it or is another article's."""
    own = next((part for name in ("article", "main") if (part := root.find(f".//{name}")) is not None), None)
    times = own.iterfind(".//time") if own is not None else ()
    return _said_by(time for time in times if next(time.iterancestors(*BESIDE), None) is None)


def _said_by(times: Iterable[Any]) -> Iterator[str]:
    """What each <time> says to programs, then what it says to people."""
    for time in times:
        yield time.get("datetime") or ""
        yield "".join(time.itertext())


def _json(text: str) -> Any:
    """Sites write broken JSON here now and then, which says nothing; the page has other places to look."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _published_in(value: Any) -> Iterator[str]:
    """Every datePublished, of the thing itself before the things inside it."""
    if isinstance(value, list):
        for one in value:
            yield from _published_in(one)
    elif isinstance(value, dict):
        if isinstance(day := value.get("datePublished"), str):
            yield day
        yield from _published_in(value.get("@graph"))
