"""Sites that show what is new are judged, held and told one by one; none of them holds up another's news."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.coverage.pages import Reader
from monitor.model import Event, Outcome, Poll, Record
from monitor.model.state import PolledTarget
from monitor.model.trouble import Trouble
from monitor.store import Store, outbox, records, sources
from monitor.watch.run import RunResult
from tests.making import NOON, outward
from tests.watch.looking import follow
from tests.watch.test_windows import DEVON, NEWS, REGISTRY

TORBAY, KENT = (REGISTRY.get(name).ofsted_urn for name in ("Torbay", "Kent"))


def item(key: str, target: str, status: str = "draft") -> Record:
    council = REGISTRY.by_urn(target)
    assert council is not None
    text = NEWS.replace("Devon County Council", council.name)
    return Record("moderngov", target, "item", key, f"https://m.example/{target}/{key}", "Ofsted focused visit", None,
                  {"status": status, "item": key, "meeting": "1"}, text=text)  # fmt: skip


def site(target: str, *items: Record, outcome: Outcome = "ok") -> PolledTarget:
    at = NOON.isoformat()
    return PolledTarget(Poll("r", "moderngov", target, at, at, outcome, complete=False, cursor="m"), items)


def see(store: Store, crawl: Any, hours: float = 0, **more: Any) -> RunResult:
    pages = Reader(REGISTRY, "moderngov", {DEVON, TORBAY, KENT})
    return follow(store, crawl, NOON + timedelta(hours=hours), source="moderngov", pages=pages, **more)


def told(found: RunResult) -> list[tuple[str, str | None]]:
    return [(e.kind, e.urn) for e in found.events]


def many(target: str, status: str, count: int = 12) -> list[Record]:
    return [item(str(n), target, status) for n in range(count)]


def test_a_site_that_changes_too_much_is_held_alone_and_confirmed_whatever_changes_elsewhere(store: Store) -> None:
    see(store, [site(t, *many(t, "draft")) for t in (DEVON, TORBAY, KENT)])
    runs = []
    for n in range(4):
        elsewhere = [item("x", TORBAY, f"version {n}"), *many(TORBAY, "draft")]
        crawl = [site(DEVON, *many(DEVON, "final")), site(TORBAY, *elsewhere, item(f"new {n}", TORBAY))]
        runs.append(told(see(store, crawl, hours=12 * (n + 1))))
    assert ("source.quarantined", DEVON) in runs[0]
    assert all(("meeting.item", TORBAY) in run for run in runs)
    assert [kind for kind, urn in runs[2] if urn == DEVON].count("meeting.item") == 12
    assert ("source.recovered", DEVON) in runs[2]
    assert sources.holds(store, "moderngov") == {}


def test_a_held_site_is_opened_again_and_the_others_keep_their_cursor(store: Store) -> None:
    see(store, [site(t, *many(t, "draft")) for t in (DEVON, TORBAY)])
    found = see(store, [site(DEVON, *many(DEVON, "final")), site(TORBAY, *many(TORBAY, "draft"))], hours=12)
    assert sources.cursors(store, "moderngov") == {DEVON: None, TORBAY: "m"}
    assert "12 records changed under the same id" in str(found.held)


def test_sites_that_are_held_together_are_told_together_and_released_by_one_word(store: Store) -> None:
    see(store, [site(t, *many(t, "draft")) for t in (DEVON, TORBAY, KENT)])
    changed = [site(t, *many(t, "final")) for t in (DEVON, TORBAY)]
    (held,) = see(store, changed, hours=12).events
    assert (held.kind, outward(held.after)["targets"]) == ("source.quarantined", sorted([DEVON, TORBAY]))
    with store.transaction():
        sources.release(store, "moderngov")
    one = see(store, changed[:1], hours=13)
    assert ("source.recovered", DEVON) in told(one)
    assert sources.released(store, "moderngov") == {TORBAY, KENT}
    two = see(store, changed, hours=14)
    assert ("source.recovered", TORBAY) in told(two)
    begun, *ended = [set(outward(e.after)["episodes"]) for e in outbox.events(store, kind="source.*")]
    assert begun == set.union(*ended)
    assert len(begun) == 2


def test_a_site_is_told_while_a_slow_one_is_still_awaited(store: Store) -> None:
    see(store, [site(t, item("old", t)) for t in (DEVON, TORBAY)])

    def crawl() -> Iterator[PolledTarget]:
        yield site(DEVON, item("old", DEVON), item("new", DEVON))
        with Store(store.folder) as mine:  # the other site has not answered yet
            waiting.extend(outbox.events(mine))
            assert outbox.unsent(mine) == 1
        yield site(TORBAY, item("old", TORBAY))

    waiting: list[Event] = []
    found = see(store, crawl(), hours=1)
    assert [(e.kind, e.urn) for e in waiting] == told(found) == [("meeting.item", DEVON)]


def test_what_was_settled_stays_when_the_crawl_is_stopped(store: Store) -> None:
    see(store, [site(DEVON, item("old", DEVON))])

    def crawl() -> Iterator[PolledTarget]:
        yield site(DEVON, item("new", DEVON))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        see(store, crawl(), hours=1)
    assert [e.kind for e in outbox.events(store)] == ["meeting.item"]


def test_a_target_that_is_watched_no_more_keeps_nothing_degraded(store: Store) -> None:
    both = [DEVON, TORBAY, KENT]
    see(store, [site(t, item("old", t)) for t in both], expected=both)
    broken = [site(DEVON, item("old", DEVON)), site(TORBAY, outcome="error"), site(KENT, item("old", KENT))]
    assert told(see(store, broken, hours=30, expected=both)) == [("source.failing", TORBAY)]
    rest = [site(DEVON, item("old", DEVON)), site(KENT, item("old", KENT))]
    assert told(see(store, rest, hours=31, expected=[DEVON, KENT])) == []
    assert sources.episodes(store, "moderngov") == ()


def test_a_held_site_that_is_watched_no_more_is_forgotten_too(store: Store) -> None:
    both = [DEVON, TORBAY]
    see(store, [site(t, *many(t, "draft")) for t in both], expected=both)
    see(store, [site(DEVON, *many(DEVON, "final")), site(TORBAY, *many(TORBAY, "draft"))], hours=1, expected=both)
    assert [e.trouble for e in sources.episodes(store, "moderngov")] == [Trouble.HELD]
    assert told(see(store, [site(TORBAY, *many(TORBAY, "draft"))], hours=2, expected=[TORBAY])) == []
    assert (sources.episodes(store, "moderngov"), sources.holds(store, "moderngov")) == ((), {})


def test_two_pages_told_together_end_one_by_one_under_their_own_ids(store: Store) -> None:
    places = [DEVON, TORBAY, KENT]
    see(store, [site(t, item("old", t)) for t in places])
    down = [site(t, outcome="error") for t in (DEVON, TORBAY)]
    (begun,) = see(store, [*down, site(KENT, item("old", KENT))], hours=30).events
    (first,) = see(store, [site(DEVON, item("old", DEVON)), down[1]], hours=31).events
    (second,) = see(store, [site(TORBAY, item("old", TORBAY))], hours=32).events
    ids = [outward(e.after)["episodes"] for e in (begun, first, second)]
    assert ids[0] == sorted(ids[1] + ids[2])
    assert (begun.council, first.urn, second.urn) == (None, DEVON, TORBAY)


def test_a_hundred_sites_without_news_are_kept_in_a_few_commits(store: Store) -> None:
    polls = [
        replace(site(DEVON), poll=replace(site(DEVON).poll, target=str(n), outcome="unchanged")) for n in range(120)
    ]
    see(store, polls)
    assert sources.state(store, "moderngov").generation <= 8
    assert records.count(store, "moderngov") == 0
    assert len(sources.targets(store, "moderngov")) == 120
