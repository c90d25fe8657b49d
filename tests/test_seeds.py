"""The five seeds, each served in its place on its day: found by a crawl, told, its facts read, in a story."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from monitor.config.file import Config
from monitor.councils.registry import Registry
from monitor.crawl.forked import ForkedCrawls
from monitor.model import Event
from monitor.model.reach import Depth
from monitor.store import Store, records, stories
from monitor.stories.item import name_of
from monitor.watch import source as watch_source
from monitor.watch.source import Round
from soak.replica import Replica
from soak.watched import configure
from tests.coverage.gold import matches, seeds

pytestmark = [pytest.mark.corpus, pytest.mark.slow]
REGISTRY = Registry.load()
SEEDS = {  # seed: (source, the days of its looks, council, a part of its address)
    "000": ("newsroom", ("2023-05-24", "2023-05-25"), "Devon", "ofsted-report-on-our"),
    "001": ("press", ("2018-06-18", "2018-06-21"), "Gloucestershire", "embedding-gloucestershire"),
    "002": ("press", ("2017-06-13", "2017-06-14"), "Somerset", "must-try-harder"),
    "003": ("press", ("2017-11-09", "2017-11-10"), "Dudley", "ofsted-praises-council"),
    "004": ("moderngov", ("2022-03-15", "2022-03-29", "2022-06-27"), "Devon", "mgAi.aspx?ID=30677"),
}
TOLD = {"000": ["news.published"], "003": ["press.published"], "004": ["meeting.item", "meeting.minutes"]}
"""The other two are the first articles that their sites ever have: a first look is silent."""
FURNITURE = ("page_kind", "title", "document_kind")
"""The page's own heading, which is the record's kind and title, or says first what the text says again."""


@pytest.fixture(scope="module")
def crawls() -> Iterator[ForkedCrawls]:
    made = ForkedCrawls()
    yield made
    made.stop()


def look(config: Config, store: Store, name: str, day: str, site: Replica, crawls: ForkedCrawls) -> list[Event]:
    """What is told by a look on a day."""
    site.control(today=day)
    noon = datetime.combine(date.fromisoformat(day), time(12), UTC)
    return list(
        watch_source.crawl_source(
            config, store, name, Round(Depth.EVERYTHING), crawl=crawls.crawl, clock=lambda: noon
        ).events
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_seed_is_found_with_its_facts_in_its_councils_story(
    seed: str, tmp_path: Path, shared: Path, crawls: ForkedCrawls
) -> None:
    name, days, council, part = SEEDS[seed]
    with Replica(days[0]) as site, Store(tmp_path / "data") as store:
        config = configure(tmp_path, site.address, council)
        told = [event for day in days for event in look(config, store, name, day, site, crawls)]
        kept = [s.record for s in records.records(store, name) if part in s.record.url]
        urn = REGISTRY.get(council).ofsted_urn
        arranged = stories.of_council(store, urn)
        placed = {story.id if (story := arranged.story_of(name_of(r))) else None for r in kept}
    about = [e for e in told if part in (e.url or "")]
    assert [e.kind for e in about] == TOLD.get(seed, [])
    assert all((e.urn, e.changes) == (urn, ()) for e in about)
    assert {e.story for e in about if e.story} <= placed
    assert len(placed) == 1
    assert None not in placed
    (gold,) = (s.gold for s in seeds(shared / "seeds") if s.number == seed)
    facts = [fact for record in kept for fact in record.facts]
    wanted = [g for g in gold["facts"] if g["field"] not in FURNITURE]
    assert [g["field"] for g in wanted if not any(matches(g, f, REGISTRY) for f in facts)] == []
    assert [f.field for f in facts if f.field in gold["must_be_null"]] == []


def test_two_days_between_looks_lose_nothing_and_repeat_nothing(tmp_path: Path, crawls: ForkedCrawls) -> None:
    with Replica("2017-11-08") as site, Store(tmp_path / "data") as store:
        config = configure(tmp_path, site.address, "Dudley")
        look(config, store, "press", "2017-11-08", site, crawls)
        late = look(config, store, "press", "2017-11-12", site, crawls)
        assert look(config, store, "press", "2017-11-12", site, crawls) == []
    urns = [e.urn for e in late if SEEDS["003"][3] in (e.url or "")]
    assert urns == [REGISTRY.get("Dudley").ofsted_urn]
