"""The replica's pages as the records that the spiders yield, and a plain reading of them for `benchmarks.stories`.

The reading here is a stand-in that knows the replica's own sentences, so that what is measured is the joining
and not the reading: `benchmarks.stories` says how to measure with the program's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from html import unescape
from typing import Any
from urllib.request import urlopen

from scrapy.http import Response

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.model import Document, Kind, Record
from monitor.model.sources import telling
from spiders.http.xml import xml_root
from spiders.moderngov.service import Meeting, read_meeting

Event = dict[str, Any]
DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
VISIT = re.compile(rf"(?:from|on) ({DAY})(?: to ({DAY}))?")
LETTER = re.compile(rf"(?:dated|published on|Letter of|Report of) ({DAY})")
KINDS = {
    "focused_visit": r"focused visit",
    "jtai": r"joint (?:targeted area )?inspection|jtai",
    "area_send": r"\bsend\b|local area partnership",
    "monitoring_visit": r"monitoring (?:visit|inspection)",
    "ilacs": r"ilacs|judged them|inspectors made these judgements|overall grade",
}
LAYERS = {"moderngov": ("moderngov", None), "news": ("newsroom", "article"), "press": ("press", "article")}


@dataclass(frozen=True)
class Page:
    """A page, when it came out, whose it is, and the letter that it is about, as the replica knows it."""

    record: Record
    day: str
    urn: str
    file_id: str | None

    @property
    def seed(self) -> bool:
        """Whether it is one of the five real texts, whose letters the corpus does not have."""
        return self.file_id is None


def pages(events: Sequence[Event]) -> list[Page]:
    """Every page of the councils' side, with the documents of the agenda items."""
    with ThreadPoolExecutor(8) as pool:
        meetings = _meetings(events, pool)
        articles = pool.map(_article, (e for e in events if e["layer"] in ("news", "press")))
        found = [page for e in _joinable(events) for page in _of_item(e, meetings)]
        papers = pool.map(_with_document, (p for p in found if p.record.kind == Kind.DOCUMENT))
        return [*(p for p in found if p.record.kind != Kind.DOCUMENT), *papers, *articles]


def _joinable(events: Sequence[Event]) -> Iterator[Event]:
    """The committees' events. Minutes that are a PDF say nothing by themselves: their item alone tells which letter
    they are about, so those whose item is older than these events are left out."""
    ours = [e for e in events if e["layer"] == "moderngov"]
    items = {(e["slug"], e["item_id"]) for e in ours if e["event"] == "agenda_item"}
    return (e for e in ours if e["form"] != "pdf" or (e["slug"], e["item_id"]) in items)


def _get(url: str) -> bytes:
    with urlopen(url, timeout=30) as answer:
        body: bytes = answer.read()
        return body


def _meetings(events: Iterable[Event], pool: ThreadPoolExecutor) -> dict[tuple[str, str], Meeting]:
    wanted = {(e["slug"], str(e["meeting_id"])): e["url"] for e in events if e["layer"] == "moderngov"}

    def one(key: tuple[str, str]) -> tuple[tuple[str, str], Meeting]:
        url = f"{wanted[key].rsplit('/', 1)[0]}/mgWebService.asmx/GetMeeting?lMeetingId={key[1]}"
        meeting = read_meeting(xml_root(Response(url, body=_get(url)), ("meeting",)), key[1])
        assert meeting, url
        return key, meeting

    return dict(pool.map(one, wanted))


def _of_item(event: Event, meetings: dict[tuple[str, str], Meeting]) -> Iterator[Page]:
    meeting = meetings[event["slug"], str(event["meeting_id"])]
    item = next(x for x in meeting.items if x.key == str(event["item_id"]))
    fields = {
        "committee": meeting.committee,
        "meeting": meeting.key,
        "meeting_date": event["meeting_date"],
        "item": item.key,
    }
    kind = Kind.ITEM if event["event"] == "agenda_item" else Kind.MINUTES
    body = item.agenda if kind is Kind.ITEM else item.minutes or item.decision
    yield _page(event, "moderngov", kind, item.key, item.title, _plain(body), fields, published=None)
    for paper in item.documents if kind is Kind.ITEM else ():
        yield _page(dict(event, url=paper.url), "moderngov", Kind.DOCUMENT, paper.key, paper.title, None, fields)


def _with_document(page: Page) -> Page:
    body = _get(page.record.url)
    document = Document(sha256(body).hexdigest(), len(body), "application/pdf")
    return replace(page, record=replace(page.record, document=document))


def _article(event: Event) -> Page:
    html = _get(event["url"]).decode()
    body = re.search(r'<div class="article-body">(.*?)</div>', html, re.S)
    assert body, event["url"]
    source = LAYERS[event["layer"]][0]
    key = event["url"].split("//", 1)[1].partition("/")[2]
    dated = None if "/willispalmer/" in event["url"] else event["date"]
    return _page(event, source, Kind.ARTICLE, key, event["title"], _plain(body[1]), {}, published=dated)


def _page(
    event: Event, source: str, kind: Kind, key: str, title: str, text: str | None, fields: dict[str, Any],
    published: str | None = None,
) -> Page:  # fmt: skip
    target = event["url"].split("/press/")[1].split("/")[0] if source == "press" else event["urn"]
    record = Record(source, target, kind, key, event["url"], title, published, dict(fields), text=text)
    return Page(record, event["date"], event["urn"], event["file_id"])


def _plain(html: str) -> str:
    lines = re.split(r"</?(?:p|li|div|br)\b[^>]*>", html)
    return "\n".join(filter(None, (" ".join(unescape(re.sub(r"<[^>]+>", "", x)).split()) for x in lines)))


def program_reading() -> Callable[[Record, str], Coverage]:
    """What a page says, as the program reads it."""
    from monitor.coverage.reading import read

    registry = Registry.load()

    def reading(record: Record, urn: str) -> Coverage:
        where = telling(record.kind, record.source).voice
        own = None if record.source == "press" else registry.by_urn(urn)
        return read(
            record.text or "", title=record.title, published=record.published, own=own, registry=registry, where=where
        )

    return reading


def stand_in(record: Record, urn: str) -> Coverage:
    """What a page says, by the replica's own sentences."""
    text = "\n".join((record.title, record.text or ""))
    visits = ((m[1], m[2] or m[1]) for m in VISIT.finditer(text) if not text[: m.start()].endswith("published "))
    letters = (_iso(m[1]) for m in LETTER.finditer(text))
    days = tuple((_iso(first), _iso(last)) for first, last in visits)
    return Coverage(True, "as the truth has it", (urn,), _kind(record.title) or _kind(text), days, tuple(letters))


def _kind(text: str) -> str | None:
    return next((kind for kind, words in KINDS.items() if re.search(words, text, re.I)), None)


def _iso(day: str) -> str:
    return datetime.strptime(day, "%d %B %Y").date().isoformat()  # noqa: DTZ007 - a day has no zone
