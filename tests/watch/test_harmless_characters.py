"""Characters that nobody sees, in titles, names and texts of sites: none of them leaves by any way out, and what a page
says is quoted letter for letter otherwise."""

from __future__ import annotations

import json
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.coverage.pages import Reader
from monitor.crawl.child import closed_targets
from monitor.letters.words import clean
from monitor.model import Event, Poll, Record, to_json
from monitor.model.characters import harmless, harmless_address
from monitor.store import Store, records
from soak.shown import ways_out
from tests.making import NOON
from tests.watch.looking import follow
from tests.watch.test_dates_of_every_size import DEVON, REGISTRY
from tests.watch.test_windows import NEWS, looked

HIDDEN = ("Cc", "Cf", "Zl", "Zp")
HOSTILE = [
    "\u202eevil\u202c", "\u2066a\u2069", "\u200b", "\u200f", "\u061c", "\ufeff", "\u00ad", "\u2060", "\x00", "\x1b[31m",
    "\x85", "\x9b", "\u2028", "\u2029", "\U000e0041", "\ufffa", "\u180e", "\r", "\x7f", "\ud83d", "\u202a", "\u206a",
]  # fmt: skip


def hidden(text: str) -> list[str]:
    return [hex(ord(c)) for c in text if unicodedata.category(c) in HIDDEN and c not in "\t\n"]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(part)


@st.composite
def spoilt(draw: st.DrawFn, text: str) -> str:
    """A text with hostile characters between its own."""
    places = draw(st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from(HOSTILE)), min_size=1, max_size=6))
    for at, character in sorted(places, reverse=True):
        text = text[:at] + character + text[at:]
    return text


def line(item: object) -> str:
    return json.dumps(to_json(item))


def crawl(source: str, kind: str, day: int, *found: tuple[str, str, str, dict[str, Any]]) -> list[Any]:
    """What the crawl's lines are to the core."""
    at = (NOON + timedelta(days=day)).isoformat()
    made = [
        Record(source, DEVON, kind, key, f"https://x.example/{key}\u202e", title, "2024-05-14", fields, text=text)
        for key, title, text, fields in found
    ]  # fmt: skip
    poll = Poll("r", source, DEVON, at, at, "ok", False, detail="an \u202eodd\u202c remark")
    return list(closed_targets([*map(line, made), line(poll)]))


def told(source: str, kind: str, title: str, text: str, fields: dict[str, Any]) -> tuple[list[Event], list[str]]:
    """The events of a new record, and the texts that the store keeps."""
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        pages = Reader(REGISTRY, source, {DEVON})
        follow(store, crawl(source, kind, 0, ("old", "Ofsted", NEWS, {})), NOON, source=source, pages=pages)
        later, new = NOON + timedelta(days=1), ("new", title, text, fields)
        events = follow(store, crawl(source, kind, 1, new), later, source=source, pages=pages).events
        kept = [to_json(stored.record) for stored in records.records(store, source)]
    return list(events), [text for record in kept for text in texts(record)]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from([("newsroom", "article"), ("moderngov", "item"), ("press", "article")]))
def test_no_way_out_shows_what_nobody_sees(data: st.DataObject, place: tuple[str, str]) -> None:
    title, text = data.draw(spoilt("Ofsted publishes letter of focused visit")), data.draw(spoilt(NEWS))
    committee = data.draw(spoilt("Children's Scrutiny"))
    events, kept = told(*place, title, text, {"committee": committee, "status": "Confirmed", "meeting": "1"})
    assert [found for text in kept if (found := hidden(text))] == []
    for event in events:
        assert [found for text in texts(to_json(event)) if (found := hidden(text))] == []
    for way, shown in ways_out(events) if events else ():
        assert hidden(shown.replace("\r\n", "\n")) == [], way


def test_what_is_quoted_stands_in_the_text_and_a_hidden_character_hides_no_news() -> None:
    words = NEWS.replace("focused visit", "focu\u200bsed vi\u00adsit")
    events, kept = told("newsroom", "article", "Ofsted\u202e publishes letter", words, {})
    [event] = events
    assert event.title == "Ofsted publishes letter"
    assert NEWS in kept
    assert event.facts
    assert all(fact.quote in NEWS for fact in event.facts)


def test_keys_and_cursors_stay_as_the_site_has_them() -> None:
    made = Record("newsroom", DEVON, "article", "guid\u200b1", "https://x.example/\u202e1", "A\u200bB", None, {})
    [closed] = closed_targets([line(made), line(looked(cursor='["A\u200bB"]').poll)])
    [record] = closed.records
    assert (record.key, record.url, record.title) == ("guid\u200b1", "https://x.example/%E2%80%AE1", "AB")
    assert closed.poll.cursor == '["A\u200bB"]'


def test_a_text_that_earlier_versions_kept_with_them_is_no_change(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        pages = Reader(REGISTRY, "page.plan", {DEVON})
        for day, text in enumerate(("Our\u200e plan of May", "Our plan of May", "Our plan of June")):
            at = (NOON + timedelta(days=day)).isoformat()
            page = Record("page.plan", "plan", "page", "page", "https://x.example/", "Plan", fields={"text": text})
            closed = looked(page, target="plan")
            found = follow(store, [closed], NOON + timedelta(days=day), source="page.plan", pages=pages)
            assert [e.kind for e in found.events] == (["page.changed"] if day == 2 else []), at


def test_every_character_without_a_shape_is_found_and_no_other() -> None:
    for number in range(sys.maxunicode + 1):
        character = chr(number)
        category = unicodedata.category(character)
        if category in HIDDEN and character not in "\t\n":
            assert harmless(character) in ("", " "), hex(number)
            assert unicodedata.category(harmless_address(character)[:1] or "?") not in HIDDEN
        elif category[0] in "LNSPM":
            assert harmless(character) == character or 0x13430 <= number <= 0x1345F, hex(number)


def test_a_letters_words_lose_the_same() -> None:
    for character in HOSTILE:
        assert hidden(clean(f"Overall eff{character}ectiveness")) == [], hex(ord(character[0]))
