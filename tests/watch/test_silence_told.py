"""A healthy source that says nothing new: told once, and its end once, through a whole crawl."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from monitor.model import Event, Record
from monitor.model.reach import Depth
from monitor.store import Store, sources
from monitor.wording.source_health import headline, notes
from tests.making import closed, outward, record
from tests.watch.looking import Watched

LAST = date(2024, 5, 13)


def history(weeks: int = 140) -> list[Record]:
    """A report a week up to Monday 13 May 2024."""
    days = [LAST - timedelta(weeks=n) for n in range(weeks)]
    return [record(f"old-{day}", published=day.isoformat(), document=None) for day in days]


def sweep(watched: Watched, *records: Record, depth: Depth = Depth.EVERYTHING) -> list[Event]:
    return list(watched.crawl(closed("80461", *records, at=watched.now), depth=depth).events)


def quieten(watched: Watched, records: list[Record]) -> list[Event]:
    """Sweep week by week until something is told; the events."""
    for _ in range(30):
        watched.now += timedelta(weeks=1)
        if told := sweep(watched, *records):
            return told
    raise AssertionError("nothing was told in thirty weeks")


def test_silence_is_told_once_and_its_end_once(store: Store) -> None:
    watched, records = Watched(store), history()
    assert sweep(watched, *records) == []
    (told,) = quieten(watched, records)
    assert (told.kind, told.severity, outward(told.after)["state"]) == ("source.failing", "notice", "quiet")
    assert headline(told) == "Ofsted's reports: nothing new has come for improbably long"
    assert "working days, since 13 May 2024" in " ".join(notes(told))
    for _ in range(3):
        assert sweep(watched, *records) == []
    new = record("new", published=watched.now.date().isoformat(), document=None)
    report, over = sweep(watched, *records, new)
    assert (report.kind, over.kind) == ("report.published", "source.recovered")
    assert headline(over) == "Ofsted's reports: something new has come again"
    assert sources.episodes(store, "ofsted") == ()


def test_news_that_are_published_at_an_hour_are_judged_by_the_day(store: Store) -> None:
    watched = Watched(store)
    records = [replace(r, published=f"{r.published}T14:22:00+00:00") for r in history()]
    assert sweep(watched, *records) == []
    (told,) = quieten(watched, records)
    assert "working days, since 13 May 2024" in " ".join(notes(told))


def test_while_it_is_broken_silence_is_not_judged(store: Store) -> None:
    watched, records = Watched(store), history()
    sweep(watched, *records)
    watched.now += timedelta(weeks=40)
    polls = [closed(str(n), outcome="error", detail="HTTP 500") for n in range(5)]
    told = watched.crawl(*polls, depth=Depth.EVERYTHING).events
    assert ["quiet" in str(outward(e.after)) for e in told] == [False]


def test_what_was_silent_before_the_first_look_is_no_alarm_at_once(store: Store) -> None:
    watched, records = Watched(store), history()
    watched.now += timedelta(weeks=60)
    assert [sweep(watched, *records) for _ in range(10)] == [[]] * 10
    assert len(quieten(watched, records)) == 1


def test_a_glance_at_what_is_new_does_not_judge_silence(store: Store) -> None:
    watched, records = Watched(store), history()
    sweep(watched, *records)
    watched.now += timedelta(weeks=60)
    assert sweep(watched, *records, depth=Depth.NEW) == []
