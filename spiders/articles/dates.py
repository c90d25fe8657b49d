"""When an article was published, by what its page says: structured data first.

A day is "2024-05-13"; a time carries a zone, that of England where the page names none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

from monitor.model import english_dates
from monitor.model.english_dates import MONTH_START, ORDINAL
from spiders.http.paragraphs import paragraphs

ENGLAND = ZoneInfo("Europe/London")
IN_PATH = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")
DAY = re.compile(r"^\d{4}-\d\d-\d\d$")
WRITTEN = re.compile(
    rf"^(?:posted|published|date|issued)\b\D{{0,25}}(\d{{1,2}}){ORDINAL} ({MONTH_START})[a-z]*,? (\d{{4}})\b", re.I
)
"""A line of its own such as "Posted on: Monday 13 May 2024"."""
METAS = ("article:published_time", "datePublished", "dcterms.issued", "DC.date.issued", "pubdate", "dcterms.date")


def iso(text: str | None) -> str | None:
    """A date or time in ISO 8601 or RFC 822 as ISO 8601; None if it is neither."""
    text = (text or "").strip()
    try:
        if DAY.match(text):
            return date.fromisoformat(text).isoformat()
        return _zoned(datetime.fromisoformat(text))
    except ValueError:
        return _rfc822(text)


def _rfc822(text: str) -> str | None:
    try:
        return _zoned(parsedate_to_datetime(text)) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _zoned(at: datetime) -> str:
    return (at if at.tzinfo else at.replace(tzinfo=ENGLAND)).isoformat(timespec="seconds")


def published(root: Any, url: str) -> str | None:
    """The page's own date of publication: JSON-LD, meta elements, <time>, the address, a line that says it.
    A page that says none has none: a guess from the markup takes a footer's date for it."""
    found = (iso(text) for text in _said(root))
    return next((day for day in found if day), None) or in_path(url) or _written(root)


def _written(root: Any) -> str | None:
    lines = (line for line in paragraphs(root) if len(line) < 80)
    found = next((match for line in lines if (match := WRITTEN.match(line))), None)
    return english_dates.iso(*found.groups()) if found else None


def in_path(url: str) -> str | None:
    """The day in an address such as …/2017/06/14/title/."""
    found = IN_PATH.search(url)
    try:
        return date(*map(int, found.groups())).isoformat() if found else None
    except ValueError:
        return None


def _said(root: Any) -> Iterator[str]:
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        yield from _published_in(_json(script.text or ""))
    for name in METAS:
        for key in ("property", "name", "itemprop"):
            yield from (meta.get("content") or "" for meta in root.iterfind(f".//meta[@{key}='{name}']"))
    for place in (".//article", ".//main", "."):
        for part in root.iterfind(place):
            yield from (time.get("datetime") or "" for time in part.iterfind(".//time[@datetime]"))


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
