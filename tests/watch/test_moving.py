"""A decision rests on what was known. Where that has moved before it is written, it is made again: nothing twice,
nothing lost, and a person's word that comes in between counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.channels.rules import Channel
from monitor.model import Event
from monitor.model.reach import Reach
from monitor.model.state import PolledTarget
from monitor.store import Store, outbox, sources, stories
from monitor.watch import place
from monitor.watch import run as watch_run
from monitor.watch.commit import MovedError
from tests.making import NOON, closed, letter, record
from tests.watch.looking import DAY, Watched, follow
from tests.watch.test_one_of_many import see, urls
from tests.watch.test_windows import DEVON, article, looked


def before_commit(monkeypatch: pytest.MonkeyPatch, *happenings: Callable[[], object]) -> list[int]:
    """Let something happen before the first commits; the list counts the commits that were tried."""
    waiting, whole, tried = list(happenings), watch_run.commit, [0]

    def commit(*given: Any) -> list[Event]:
        tried[0] += 1
        if waiting:
            waiting.pop(0)()
        return whole(*given)

    monkeypatch.setattr(watch_run, "commit", commit)
    return tried


def other(store: Store, *crawl: PolledTarget, hours: float = 1) -> Sequence[Event]:
    """The same source, seen by another process at the same time."""
    with Store(store.folder) as mine:
        return see(mine, *crawl, hours=hours).events


def test_two_crawls_of_one_source_tell_each_thing_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    see(store, looked(article("old")))
    crawl = looked(article("a"), article("b"))
    theirs: list[Event] = []
    tried = before_commit(monkeypatch, lambda: theirs.extend(other(store, crawl)))
    mine = see(store, crawl, hours=1)
    assert [e.kind for e in theirs] == ["news.published"] * 2
    assert mine.events == ()
    assert tried[0] >= 4  # mine, theirs (two), mine again
    assert len(outbox.events(store, kind="news.published")) == 2


def test_what_two_crawls_found_apart_is_told_by_both(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    see(store, looked(article("old")))
    before_commit(monkeypatch, lambda: other(store, looked(article("a"))))
    assert urls(see(store, looked(article("b")), hours=1)) == ["b"]
    assert {str(e.url)[-1] for e in outbox.events(store, kind="news.published")} == {"a", "b"}
    (story,) = stories.of_council(store, DEVON).stories
    assert {m.piece.key for m in story.members} >= {"a", "b"}


def test_stories_that_another_source_moved_are_arranged_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    see(store, looked(article("old")))

    def moves() -> None:
        with Store(store.folder) as mine, mine.transaction():
            (known,) = stories.of_council(mine, DEVON).stories
            place.split(mine, known, known.members[0].piece, NOON.isoformat())

    before_commit(monkeypatch, moves)
    assert urls(see(store, looked(article("new")), hours=1)) == ["new"]
    assert stories.generation(store, DEVON) == 3


def test_a_release_that_comes_while_a_run_goes_counts_in_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(store)
    listed = [record(str(n), "1") for n in range(12)]
    watched.told(closed("1", *listed))

    def release() -> None:
        with Store(store.folder) as mine, mine.transaction():
            sources.release(mine, "ofsted")

    before_commit(monkeypatch, release)
    assert watched.told(closed("1", *listed[:4])) == []
    assert not sources.state(store, "ofsted").released


def test_a_release_is_not_used_up_by_a_crawl_of_one_council(store: Store) -> None:
    watched, pages = Watched(store), [str(n) for n in range(30)]
    watched.told(*[closed(p, record(p, p, fields={"grade": "good"})) for p in pages])
    changed = [closed(p, record(p, p, fields={"grade": "ok"})) for p in pages]
    assert watched.told(*changed) == [("source.quarantined", None)]
    with store.transaction():
        sources.release(store, "ofsted")
    assert watched.told(changed[3], reach=Reach.SOME) == []
    assert sources.released(store, "ofsted") == set(pages) - {"3"}
    assert _grades(store) == {"3": "ok"} | {p: "good" for p in pages if p != "3"}
    assert watched.told(*changed) == [("source.recovered", None)]
    assert set(_grades(store).values()) == {"ok"}
    assert (sources.released(store, "ofsted"), sources.state(store, "ofsted").released) == (set(), False)


def _grades(store: Store) -> dict[str, str]:
    rows = store.rows("SELECT target, json_extract(fields, '$.grade') FROM records")
    return {row[0]: row[1] for row in rows}


def test_who_is_told_is_asked_at_the_commit(store: Store) -> None:
    asked, subscribed = list[datetime](), list[Channel]()

    def audience(_: Store, now: datetime) -> list[Channel]:
        asked.append(now)
        return subscribed

    def crawl() -> Any:
        subscribed.append(Channel("late"))  # somebody subscribes while the crawl goes
        yield closed("1", record("1", "1"), record("2", "1"))

    follow(store, [closed("1", record("1", "1"))], NOON)
    follow(store, crawl(), NOON + DAY, audience=audience)
    assert outbox.unsent(store) == 1
    assert asked == [NOON + DAY]


def test_one_that_is_always_overtaken_decides_under_the_lock(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watched, tries = Watched(store), watch_run.TRIES
    watched.told(closed("1", record("1", "1")))

    def commit(given: Store, *more: Any) -> list[Event]:
        if not given.connection.in_transaction:
            raise MovedError("overtaken")
        inside.append(1)
        return whole(given, *more)

    inside, whole = list[int](), watch_run.commit
    monkeypatch.setattr(watch_run, "commit", commit)
    assert watched.told(closed("1", record("1", "1"), record("2", "1"))) == [("report.published", "2")]
    assert (len(inside), tries) == (2, 5)


def test_nobody_waits_for_a_document_that_is_being_read(store: Store) -> None:
    """While a document is read, another process writes at once."""
    watched = Watched(store)

    class Slow:
        version = 1

        def read(self, path: Path) -> Any:
            with Store(store.folder) as mine:
                mine.connection.execute("PRAGMA busy_timeout = 100")
                with mine.transaction():
                    sources.moved(mine, "press")
            return watched.shelf.read(path)

        def paragraphs(self, path: Path) -> Any:
            return watched.shelf.paragraphs(path)

    watched.shelf.letters["a" * 64] = letter()
    path = store.document_path("a" * 64)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-")
    watched.crawl(closed("1", record("1", "1")), reader=Slow())
    assert sources.state(store, "press").generation == 1
