"""A document that arrived damaged is held like a missing one, its validators are not kept, and it is asked for anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.letters.failures import DAMAGED
from monitor.model import Document, Letter
from monitor.store import Store, records, sources
from tests.making import SHA_A, SHA_B, closed, letter, record
from tests.watch.looking import Watched

BROKEN = Document(SHA_A, 1000, "application/pdf", etag='"7"', last_modified="Tue, 14 May 2024 09:00:00 GMT")
WHOLE = replace(BROKEN, sha256=SHA_B)
GOOD = letter(sha256=SHA_B, judgements={"in_care": "good"}, inspection_start="2024-03-11")


def unreadable(why: str) -> Letter:
    return Letter("unknown", SHA_A, 0, problems=[why])


@pytest.fixture(params=DAMAGED)
def watched(request: pytest.FixtureRequest, store: Store) -> Watched:
    found = Watched(store, broken=unreadable(f"{request.param} (3)"), whole=GOOD)
    found.told(closed("80461", record("1", document=None), cursor="2024-05-01"))
    found.now -= timedelta(hours=20)
    return found


def test_a_new_report_waits_for_its_document_and_is_told_with_what_it_says(watched: Watched) -> None:
    look = closed("80461", record("2", document=BROKEN), record("1", document=None), cursor="2024-05-15")
    held = watched.crawl(look)
    assert [e.kind for e in held.events] == ["source.failing"]
    assert "is listed, but the file" in str(held.health.broken["80461"].words)
    assert sources.cursors(watched.store, "ofsted")["80461"] is None
    [kept] = [s for s in records.records(watched.store, "ofsted") if s.record.key == "2"]
    assert (kept.state, kept.record.document) == ("pending", None)
    watched.now -= timedelta(hours=23)
    told = watched.crawl(closed("80461", record("2", document=WHOLE), record("1", document=None)))
    assert [e.kind for e in told.events] == ["report.published", "source.recovered"]
    assert told.events[0].document is not None
    assert told.events[0].document.sha256 == SHA_B


def test_one_that_stays_damaged_is_told_after_hours_and_asked_for_in_each_look(watched: Watched) -> None:
    look = closed("80461", record("2", document=BROKEN), record("1", document=None), cursor="2024-05-15")
    watched.crawl(look)
    told = watched.crawl(look)
    assert [e.kind for e in told.events] == ["report.published"]
    assert "its document could not be had: the file" in str(told.events[0].after)
    assert [e.kind for _ in range(2) for e in watched.crawl(look).events] == ["source.recovered"]
    assert sources.cursors(watched.store, "ofsted")["80461"] is None
    later = watched.crawl(closed("80461", record("2", document=WHOLE), record("1", document=None)))
    assert [e.kind for e in later.events] == ["report.replaced"]


def test_a_damaged_copy_of_a_known_document_changes_nothing(store: Store) -> None:
    watched = Watched(store, broken=unreadable(DAMAGED[0]), whole=GOOD)
    assert watched.told(closed("80461", record("1", document=WHOLE))) == []
    seen = watched.crawl(closed("80461", record("1", document=BROKEN), cursor="2024-05-15"))
    assert [e.kind for e in seen.events] == ["source.failing"]
    [kept] = records.records(store, "ofsted")
    assert kept.record.document == WHOLE


@pytest.mark.parametrize("why", ["the file is protected by a password", "the file holds no text, only pictures"])
def test_what_was_published_as_it_is_is_told_at_once(store: Store, why: str) -> None:
    watched = Watched(store, broken=unreadable(why))
    watched.told(closed("80461", record("1", document=None)))
    assert watched.told(closed("80461", record("2", document=BROKEN), record("1", document=None))) == [
        ("report.published", "2")
    ]
