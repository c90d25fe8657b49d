"""What fails on one page, record or document costs that one only; it is said once, and its end once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.coverage.pages import Page, Reader
from monitor.diff import records as record_changes
from monitor.events import pages as page_events
from monitor.events import reports
from monitor.health import judge
from monitor.model import Event, Poll, Record
from monitor.model.state import PolledTarget
from monitor.model.trouble import Trouble
from monitor.store import Store, records, sources
from monitor.stories import arranging
from monitor.watch import place
from monitor.watch.run import RunResult
from tests.making import NOON, closed, outward, record
from tests.watch.looking import Watched, follow
from tests.watch.test_windows import DEVON, NAMES, REGISTRY, article, looked

POISON = "p50"


class Poisoned(Reader):
    """Fails on one page, as a rule with a mistake in it does."""

    def says(self, record: Record) -> Any:
        if record.key == POISON:
            raise OverflowError("date value out of range")
        return super().says(record)


def see(store: Store, *looks: PolledTarget, hours: float = 0, reader: type[Reader] = Reader) -> RunResult:
    pages = reader(REGISTRY, "newsroom", {DEVON})
    now = NOON + timedelta(hours=hours)
    return follow(store, looks, now, source="newsroom", pages=pages, names=NAMES)


def urls(found: RunResult, kind: str = "news.published") -> list[str]:
    return sorted(str(e.url).rpartition("/")[2] for e in found.events if e.kind == kind)


def troubles(found: RunResult) -> list[tuple[str, str]]:
    return [(e.kind, outward(e.after)["trouble"]) for e in found.events if e.kind.startswith("source.")]


def test_a_poisoned_page_among_a_hundred(store: Store) -> None:
    see(store, looked(article("old")))
    pages = [article(f"p{n}") for n in range(100)]
    batches = [looked(*pages[n : n + 40]) for n in (0, 40, 80)]
    found = [see(store, batch, hours=n + 1, reader=Poisoned) for n, batch in enumerate(batches)]
    told = sorted(url for f in found for url in urls(f))
    assert told == sorted(f"p{n}" for n in range(100) if f"p{n}" != POISON)
    assert [kind for f in found for kind, _ in troubles(f)] == ["source.failing", "source.recovered"]


def test_what_failed_is_said_once_with_the_record_and_told_when_it_can_be_read(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    see(store, looked(article("old")))
    both = looked(article("sound"), article(POISON))
    found = see(store, both, hours=1, reader=Poisoned)
    assert (urls(found), troubles(found)) == (["sound"], [("source.failing", "unreadable")])
    assert f"({POISON}): OverflowError: date value out of range" in str(found.events[-1].after)
    assert "Traceback" in caplog.text
    assert sources.cursors(store, "newsroom") == {DEVON: None}
    assert see(store, both, hours=2, reader=Poisoned).events == ()
    mended = see(store, both, hours=3)
    assert (urls(mended), troubles(mended)) == ([POISON], [("source.recovered", "unreadable")])


@pytest.mark.parametrize(
    ("module", "name"),
    [(page_events, "_news"), (place, "of_page"), (record_changes, "_seen"), (judge.publication, "credible")],
)
def test_whatever_fails_on_one_record_costs_no_other(
    store: Store, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    see(store, looked(article("old")))
    whole = getattr(module, name)

    def failing(given: Any, *more: Any, **others: Any) -> Any:
        found = given.record if isinstance(given, Page) else given
        if found.key == POISON:
            raise ValueError("a mistake of ours")
        return whole(given, *more, **others)

    monkeypatch.setattr(module, name, failing)
    found = see(store, looked(article("a"), article(POISON), article("b")), hours=1)
    assert (urls(found), troubles(found)) == (["a", "b"], [("source.failing", "unreadable")])
    monkeypatch.setattr(module, name, whole)
    assert urls(see(store, looked(article("a"), article(POISON), article("b")), hours=2)) == [POISON]


def test_a_council_whose_stories_cannot_be_arranged_is_told_of_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    see(store, looked(article("old")))
    monkeypatch.setattr(place, "arrange", _broken)
    found = see(store, looked(article("a")), hours=1)
    assert (urls(found), troubles(found)) == (["a"], [("source.failing", "unreadable")])


def _broken(*_: object) -> arranging.Arranged:
    raise RecursionError("too deep")


def test_a_report_that_cannot_be_told_costs_no_other_council_its_news(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched, whole = Watched(store), reports.from_change
    watched.told(*[closed(str(n), record(f"{n}0", str(n))) for n in range(3)])

    def failing(step: Any, *more: Any) -> Event | None:
        if step.after.record.target == "1":
            raise KeyError("judgements")
        return whole(step, *more)

    monkeypatch.setattr(reports, "from_change", failing)
    seen = [closed(str(n), record(f"{n}0", str(n)), record(f"{n}1", str(n))) for n in range(3)]
    assert watched.told(*seen) == [("report.published", "01"), ("report.published", "21"), ("source.failing", None)]
    assert watched.told(*seen) == []
    monkeypatch.undo()
    assert watched.told(*seen) == [("report.published", "11"), ("source.recovered", None)]


def test_a_target_on_which_everything_fails_is_broken_and_no_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched, whole = Watched(store), judge.broken_targets
    watched.told(*[closed(str(n), record(f"{n}0", str(n))) for n in range(5)])

    def failing(polled: Any, before: Any) -> Any:
        if any(c.poll.target == "1" and c.records for c in polled):
            raise ZeroDivisionError
        return whole(polled, before)

    monkeypatch.setattr(judge, "broken_targets", failing)
    seen = [closed(str(n), record(f"{n}0", str(n)), record(f"{n}1", str(n))) for n in range(5)]
    found = watched.crawl(*seen)
    assert sorted(outward(e.after).get("key", "") for e in found.events) == ["", "01", "21", "31", "41"]
    assert "the program failed on it: ZeroDivisionError" in found.health.broken["1"].words


def test_an_episode_of_trouble_with_a_record_outlives_a_look_that_did_not_open_it(store: Store) -> None:
    see(store, looked(article("old")))
    see(store, looked(article(POISON)), hours=1, reader=Poisoned)
    assert see(store, replace(looked(), poll=poll("unchanged")), hours=2).events == ()
    assert [e.trouble for e in sources.episodes(store, "newsroom")] == [Trouble.UNREADABLE]
    assert [key for _, key in records.before(store, "newsroom")[DEVON].known] == ["old"]


def poll(outcome: Any) -> Poll:
    return Poll("r", "newsroom", DEVON, NOON.isoformat(), NOON.isoformat(), outcome, complete=False)
