"""Sources that show a window on what is new, from a crawl's polls to what is told: baseline, news, breakages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.coverage.pages import Reader
from monitor.crawl import window_job
from monitor.crawl.listing_job import Order
from monitor.crawl.targets import TargetSpec
from monitor.model import Event, Http, Outcome, Poll, Record, to_json
from monitor.model.event import Subject
from monitor.model.reach import Depth, Reach
from monitor.model.state import PolledTarget
from monitor.store import Store, outbox, records, sources
from monitor.watch.announce import Names
from tests.making import NOON, document
from tests.watch.looking import follow

REGISTRY = Registry.load()
DEVON = "80461"
NEWS = (
    "Ofsted has published the letter of its focused visit to Devon County Council's children's services. "
    "Inspectors visited on 14 and 15 May 2024.\nThe council welcomed the findings."
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


def article(key: str, text: str = NEWS, published: str = "2024-05-15") -> Record:
    url = f"https://devon.example/{key}"
    title = "Ofsted publishes letter of focused visit"
    return Record("newsroom", DEVON, "article", key, url, title, published, {"body": "feed"}, text=text)


def looked(*found: Record, outcome: Outcome = "ok", target: str = DEVON, cursor: str | None = "m") -> PolledTarget:
    at = NOON.isoformat()
    return PolledTarget(Poll("r", "newsroom", target, at, at, outcome, complete=False, cursor=cursor), found)


NAMES = Names(
    "Council newsrooms",
    lambda target: f"the newsroom of {target}",
    lambda target: Subject("Devon", DEVON) if target == DEVON else Subject(),
)


def see(store: Store, *closed: PolledTarget, now: datetime = NOON) -> list[Event]:
    pages = Reader(REGISTRY, "newsroom", {DEVON})
    return list(follow(store, closed, now, source="newsroom", pages=pages, names=NAMES).events)


def test_the_first_look_is_silent_and_a_new_article_is_told_once(store: Store) -> None:
    assert see(store, looked(article("old"))) == []
    (event,) = see(store, looked(article("old"), article("new")), now=NOON + timedelta(hours=1))
    assert (event.kind, event.council, event.url) == ("news.published", "Devon", "https://devon.example/new")
    assert event.story is not None
    assert {fact.field for fact in event.facts} >= {"council", "inspection_type"}
    assert all(fact.quote in NEWS for fact in event.facts)
    assert see(store, looked(article("old"), article("new")), now=NOON + timedelta(hours=2)) == []


def test_what_the_window_shows_no_more_is_not_gone(store: Store) -> None:
    see(store, looked(article("old")))
    for hours in (4, 8, 12):
        assert see(store, looked(), now=NOON + timedelta(hours=hours)) == []
    assert records.count(store, "newsroom") == 1


def test_an_article_of_something_else_is_kept_and_not_told(store: Store) -> None:
    see(store, looked(article("old")))
    bins = replace(article("bins", text="Collections are a day later."), title="Bin collections change")
    assert see(store, looked(bins), now=NOON + timedelta(hours=1)) == []
    assert sorted(key for _, key in records.before(store, "newsroom")[DEVON].known) == ["bins", "old"]


def test_a_flood_of_other_news_holds_nothing_and_one_of_inspections_is_held(store: Store) -> None:
    see(store, looked(article("old")))
    bins = [replace(article(f"b{n}", text="Collections are late."), title="Bins") for n in range(60)]
    (told,) = see(store, looked(*bins, article("new")), now=NOON + timedelta(hours=1))
    assert told.kind == "news.published"
    flood = [article(f"n{n}") for n in range(60)]
    (held,) = see(store, looked(*flood), now=NOON + timedelta(hours=2))
    assert held.kind == "source.quarantined"


def test_facts_are_kept_and_a_text_extracted_better_is_silent(store: Store) -> None:
    see(store, looked(article("old")))
    (kept,) = records.records(store, "newsroom")
    assert kept.record.facts
    assert see(store, looked(article("old", text=NEWS + "\nMore words.")), now=NOON + timedelta(hours=1)) == []
    (better,) = records.records(store, "newsroom")
    assert (better.record.text or "").endswith("More words.")


def test_a_site_that_fails_for_an_hour_is_no_alarm_and_for_a_day_is_one(store: Store) -> None:
    see(store, looked(article("old")))
    failed = looked(outcome="error")
    assert see(store, failed, now=NOON + timedelta(hours=5)) == []
    (event,) = see(store, failed, now=NOON + timedelta(hours=30))
    assert (event.kind, event.title) == ("source.failing", f"the newsroom of {DEVON} cannot be read")
    assert see(store, failed, now=NOON + timedelta(hours=40)) == []
    (end,) = see(store, looked(article("old")), now=NOON + timedelta(hours=50))
    assert end.kind == "source.recovered"


def test_the_cursor_outlives_a_failure(store: Store) -> None:
    see(store, looked(article("old"), cursor="state"))
    see(store, looked(outcome="error", cursor="state"), now=NOON + timedelta(hours=1))
    assert sources.cursors(store, "newsroom") == {DEVON: "state"}


def test_a_job_carries_what_is_known(store: Store) -> None:
    see(store, looked(article("old"), cursor="state"))
    spots = {DEVON: TargetSpec("the newsroom of Devon", "https://devon.example/feed", REGISTRY.by_urn(DEVON), {"a": 1})}
    order = Order("r", "newsroom", "", "", Http("t"), NOON.date(), Depth.NEW, Reach.CONFIGURED)
    job = window_job.job(order, spots, window_job.memory(store, "newsroom", spots, NOON))
    (target,) = job.targets
    assert (target.name, target.url, target.cursor) == ("Devon", "https://devon.example/feed", "state")
    assert (target.baselined, target.options, job.options["today"]) == (True, {"a": 1}, "2024-05-15")


@pytest.mark.parametrize("damaged", [set(), {"a" * 64}, {"b" * 64}, {"a" * 64, "b" * 64}])
def test_a_document_that_is_kept_and_damaged_is_as_good_as_not_had(store: Store, damaged: set[str]) -> None:
    papers = [replace(article(letter), document=document(letter * 64)) for letter in "ab"]
    see(store, looked(*papers))
    known = window_job.memory(store, "newsroom", [DEVON], NOON, damaged).documents[DEVON]
    assert {d.sha256 for d in known.values()} == {"a" * 64, "b" * 64} - damaged


def test_a_job_does_not_grow_with_what_was_ever_seen(store: Store) -> None:
    spots = {DEVON: TargetSpec("the newsroom of Devon", "https://devon.example/feed", REGISTRY.by_urn(DEVON))}
    order = Order("r", "newsroom", "", "", Http("t"), NOON.date(), Depth.NEW, Reach.CONFIGURED)
    sizes = []
    for day in range(3):
        see(store, looked(*(article(f"{day}-{i}") for i in range(20)), cursor="state"), now=NOON + timedelta(days=day))
        job = window_job.job(order, spots, window_job.memory(store, "newsroom", spots, NOON))
        sizes.append(len(json.dumps(to_json(job))))
    assert records.count(store, "newsroom") == 60
    assert len(set(sizes)) == 1


def test_documents_that_were_seen_long_ago_do_not_travel(store: Store) -> None:
    """A committee's window is five months; a document of two years ago is in none."""
    kept = replace(article("paper"), document=document())
    see(store, looked(kept))
    for days, known in ((0, {"paper"}), (399, {"paper"}), (401, set[str]())):
        memory = window_job.memory(store, "newsroom", [DEVON], NOON + timedelta(days=days))
        assert set(memory.documents.get(DEVON, {})) == known


def test_of_what_is_known_only_what_is_shown_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    see(store, looked(*(article(f"old-{i}") for i in range(30))))
    read = list[str]()
    load = records._stored
    monkeypatch.setattr(records, "_stored", lambda row: (read.append(row["key"]), load(row))[1])
    see(store, looked(article("new"), article("old-3")), now=NOON + timedelta(hours=1))
    assert set(read) == {"old-3"}


def test_what_is_told_is_owed_to_who_wants_it(store: Store) -> None:
    see(store, looked(article("old")))
    see(store, looked(article("new")), now=NOON + timedelta(hours=1))
    assert outbox.unsent(store) == 1
