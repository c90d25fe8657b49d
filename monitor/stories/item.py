"""A publication as the rules of stories need it: a letter, or a page that speaks of one. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from monitor.coverage import Coverage
from monitor.model import KINDS, Fact, Kind, Letter, Record, Voice, to_json, watched_pages
from monitor.model.sources import OFSTED, telling
from monitor.stories.days import day_of, visit_of

KEPT = ("visit_dates", "letter_date", "judgement_previous")
"""The facts that a story keeps from a page, to show contradictions between sources."""
QUOTED_WORDS = 8
"""Fewer words in quotation marks may be a turn of phrase, not a quotation."""
MOST_QUOTES = 40
_QUOTED = re.compile(r"[“\"]([^“”\"]{20,800})(?:[”\"]|$)", re.M)
_OUT_TODAY = re.compile(r"\b(?:published|released|issued) (?:today|this (?:morning|afternoon))\b", re.I)
_TELLS = re.compile(
    r"\b(?:latest|new|this|their|its) (?:ofsted )?(?:inspection|report|letter|visit)\b"
    r"|\b(?:report|letter) (?:said|says|found|finds|notes|noted|praises|praised)\b"
    r"|\b(?:ofsted|inspectors) (?:also )?(?:said|say|found|note|noted|write|wrote|highlighted|praised)\b",
    re.I,
)
"""Words of a page that tells what a report says, not that there was one some day."""


@dataclass(frozen=True, slots=True)
class StoryItem:
    """One record in one council's stories. `visits` are (first, last) days on site, `letters` the days that a
    letter bears or came out on, all ISO 8601; `item` names the agenda item that it belongs to; `passages` are its
    quotations, a letter's own sentences. `tells`: it says what some report says; `seen` is the day on which it
    was first seen, for pages without a date."""

    urn: str
    source: str
    target: str
    record: Kind
    key: str
    url: str = ""
    title: str = ""
    place: str = ""
    kind: str | None = None
    visits: tuple[tuple[str, str], ...] = ()
    letters: tuple[str, ...] = ()
    published: str | None = None
    meeting: str | None = None
    seen: str | None = None
    sha256: str | None = None
    item: str | None = None
    people: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    tells: bool = False
    inadequate: bool = False
    facts: tuple[Fact, ...] = ()

    @property
    def name(self) -> str:
        """A short name, made from what the record is and from nothing that changes."""
        return _name(self.source, self.target, self.record, self.key)

    @property
    def voice(self) -> Voice:
        """Whose words it is."""
        return telling(self.record, self.source).voice

    @property
    def of_committee(self) -> bool:
        """True for part of a committee's agenda."""
        return KINDS[self.record].item is not None

    @property
    def letter(self) -> bool:
        """True for Ofsted's own publication."""
        return self.source == OFSTED

    @property
    def day(self) -> str:
        """The day of its place in a story; empty if no day is known."""
        return (self.meeting if self.record == Kind.ITEM else None) or self.published or self.meeting or self.seen or ""

    @property
    def order(self) -> tuple[str, bool, str]:
        """The order of publication: Ofsted first on each day, pages without a date last."""
        return self.published or self.day or "9999", not self.letter, self.name


def name_of(record: Record) -> str:
    """The name of a record's piece, the same in the stories of every council."""
    return _name(record.source, record.target, record.kind, record.key)


@lru_cache(maxsize=8192)
def _name(source: str, target: str, kind: str, key: str) -> str:
    called = watched_pages.called(source, target)
    return sha256("|".join((called, target, kind, key)).encode()).hexdigest()[:8]


def of_letter(record: Record, letter: Letter | None, urn: str, seen: str | None = None) -> StoryItem:
    """The item of a record whose document is a letter, Ofsted's own or a copy; `letter` is None until it is read."""
    visits = _visit(letter.inspection_start, letter.inspection_end) if letter else ()
    own = record.source == OFSTED
    dates = (letter.letter_date if letter else None, record.published if own else None)
    return StoryItem(
        **_common(record, urn, seen),
        kind=_known(letter.kind if letter else _labelled(record)),
        visits=visits,
        letters=tuple(dict.fromkeys(filter(None, dates))),
        people=(letter.lead_inspector,) if letter and letter.lead_inspector else (),
        passages=sentences(letter) if letter else (),
        tells=True,
        inadequate=bool(letter and "inadequate" in letter.judgements.values()),
        facts=tuple(_dates_of(letter)) if letter else (),
    )


def of_page(record: Record, coverage: Coverage, urn: str, seen: str | None = None) -> StoryItem:
    """Make the item of a page from what the reader found in it. `urn` is one of the councils that the page is about."""
    text = "\n".join((record.title, record.text or ""))
    facts = (*coverage.facts, *coverage.inferred)
    return StoryItem(
        **_common(record, urn, seen),
        kind=_known(coverage.kind),
        visits=tuple(dict.fromkeys((*coverage.visits, *_visits(facts, record.published)))),
        letters=tuple(dict.fromkeys((*coverage.letters, *_letter_days(facts, text, record.published)))),
        people=tuple(dict.fromkeys(_people(coverage.facts))),
        passages=tuple(_quotations(text)),
        tells=bool(_TELLS.search(text)),
        facts=tuple(f for f in coverage.facts if f.field in KEPT),
    )


def _visits(facts: Iterable[Fact], published: str | None) -> Iterator[tuple[str, str]]:
    """Visits by their facts, also those without a year."""
    stated = (visit_of(f.value, published) for f in facts if f.field == "visit_dates")
    yield from (visit for visit in stated if visit)


def _letter_days(facts: Iterable[Fact], text: str, published: str | None) -> Iterator[str]:
    """The days of a letter or its publication, also those without a year, or stated as today."""
    stated = (day_of(f.value, published) for f in facts if f.field in ("letter_date", "report_published"))
    yield from (day for day in stated if day)
    if published and _OUT_TODAY.search(text):
        yield published[:10]


def _common(record: Record, urn: str, seen: str | None) -> dict[str, Any]:
    fields = record.fields
    return {
        "urn": urn,
        "source": record.source,
        "target": record.target,
        "record": record.kind,
        "key": record.key,
        "url": record.url,
        "title": record.title,
        "place": str(fields.get("committee") or ""),
        "published": record.published[:10] if record.published else None,
        "meeting": str(fields["meeting_date"])[:10] if fields.get("meeting_date") else None,
        "seen": seen[:10] if seen else None,
        "sha256": record.sha256,
        "item": f"{record.source}/{record.target}/{record.item}" if record.item else None,
    }


def _visit(start: str | None, end: str | None) -> tuple[tuple[str, str], ...]:
    return ((start, max(start, end or start)),) if start else ()


def _known(kind: str | None) -> str | None:
    return None if kind in (None, "unknown", "other") else kind


def _labelled(record: Record) -> str | None:
    """The kind that Ofsted's link names, for a letter that could not be read. Its "inspection" may be of any kind."""
    label = str(record.fields.get("report_type", ""))
    return label if label in ("monitoring_visit", "focused_visit", "jtai", "area_send") else None


def sentences(letter: Letter) -> tuple[str, ...]:
    parts = (letter.summary, letter.findings, letter.strengths, letter.themes, letter.improvements)
    return tuple(dict.fromkeys(quote.text for quotes in (*parts, letter.priority_actions) for quote in quotes))


def _dates_of(letter: Letter) -> Iterator[Fact]:
    """A letter's own dates as facts, with its words."""
    start, dated = letter.evidence.get("inspection_start"), letter.evidence.get("letter_date")
    if letter.inspection_start and start:
        yield Fact("visit_dates", [letter.inspection_start, letter.inspection_end], start.text)
    if letter.letter_date and dated:
        yield Fact("letter_date", letter.letter_date, dated.text)


def _people(facts: Iterable[Fact]) -> Iterator[str]:
    for fact in facts:
        values = fact.value if isinstance(fact.value, list) else [fact.value]
        for value in values if fact.field in ("person", "inspector", "lead_inspector") else ():
            name = value.get("name") if isinstance(value, dict) else value
            if isinstance(name, str):
                yield name


def _quotations(text: str) -> Iterator[str]:
    found = (" ".join(m[1].split()) for m in _QUOTED.finditer(text))
    long = [q for q in found if len(q.split()) >= QUOTED_WORDS]
    yield from dict.fromkeys(long[:MOST_QUOTES])


def to_row(piece: StoryItem) -> dict[str, Any]:
    """Turn an item into JSON. A letter's sentences are stored with its reading, not here."""
    row: dict[str, Any] = to_json(piece) | {"facts": [to_json(f) for f in piece.facts]}
    return row | {"passages": []} if piece.sha256 and piece.letter else row


def from_row(row: Mapping[str, Any], passages: tuple[str, ...] | None = None) -> StoryItem:
    """Make the item that `to_row` wrote, with a letter's sentences put back."""
    parts = dict(row)
    for name in ("letters", "people", "passages"):
        parts[name] = tuple(parts[name])
    parts["visits"] = tuple((first, last) for first, last in parts["visits"])
    parts["facts"] = tuple(Fact(**fact) for fact in parts["facts"])
    parts["record"] = Kind.named(parts["record"])
    return StoryItem(**parts | ({"passages": passages} if passages is not None else {}))
