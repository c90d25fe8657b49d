"""Readings that failed or had to wait: tried again, told as corrections, never for ever and never without end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.model import Letter
from monitor.store import Store, outbox, readings, records
from monitor.watch.announce import UNREAD
from monitor.watch.reading import ATTEMPTS, Budget, Shelf
from tests.making import NOON, SHA_A, SHA_B, closed, document, letter, outward, record
from tests.watch.looking import Library, Watched

OLD = letter(sha256=SHA_B, judgements={"in_care": "good"}, inspection_start="2021-01-11")
NEW = letter(sha256=SHA_A, judgements={"in_care": "inadequate"}, inspection_start="2024-03-11")
FIRST = record("1", published="2021-03-01", document=document(SHA_B))


@pytest.fixture
def watched(store: Store) -> Watched:
    found = Watched(store, old=OLD, new=NEW)
    found.told(closed("80461", FIRST))
    return found


def both() -> object:
    return closed("80461", record("2"), FIRST)


def test_a_reading_that_failed_is_told_as_unread_and_what_it_says_when_it_is_read(watched: Watched) -> None:
    watched.shelf.failing.add(SHA_A)
    (plain,) = watched.crawl(both()).events  # type: ignore[arg-type]
    assert (plain.kind, plain.severity, plain.changes) == ("report.published", "notice", ())
    assert outward(plain.after)["problems"] == [UNREAD]
    assert records.letters(watched.store, [SHA_A]) == {}
    assert watched.crawl(both()).events == ()  # type: ignore[arg-type]
    watched.shelf.failing.clear()
    (told,) = watched.crawl(closed("80461", outcome="unchanged")).events
    assert (told.kind, told.severity, outward(told.after)["corrects"]) == ("report.published", "critical", plain.id)
    assert [(c.area, c.before, c.after) for c in told.changes] == [("in_care", "good", "inadequate")]
    assert "problems" not in outward(told.after)
    assert told.story == plain.story is not None
    assert watched.crawl(both()).events == ()  # type: ignore[arg-type]
    assert len(outbox.events(watched.store)) == 2


def test_a_reading_that_always_fails_ends_as_unreadable(watched: Watched) -> None:
    watched.shelf.failing.add(SHA_A)
    told = [watched.crawl(both()).events for _ in range(ATTEMPTS + 3)]  # type: ignore[arg-type]
    assert [len(events) for events in told] == [1] + [0] * (ATTEMPTS + 2)
    assert [p.stem for p in watched.shelf.read_paths].count(SHA_A) == ATTEMPTS
    assert records.letters(watched.store, [SHA_A])[SHA_A].problems == ["the reader died (signal 9)"]
    assert readings.unread(watched.store, "ofsted") == []


def test_what_was_not_read_at_the_baseline_is_read_later_and_told_to_nobody(store: Store) -> None:
    watched = Watched(store, old=OLD, new=NEW)
    watched.shelf.failing.update({SHA_A, SHA_B})
    assert watched.told(both()) == []  # type: ignore[arg-type]
    watched.shelf.failing.clear()
    assert watched.told(both()) == []  # type: ignore[arg-type]
    assert set(records.letters(store, [SHA_A, SHA_B])) == {SHA_A, SHA_B}


def test_a_reader_with_a_mistake_in_it_costs_its_document_only(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Library, path: Path) -> Letter:
        raise IndexError("list index out of range")

    monkeypatch.setattr(Library, "read", fails)
    assert watched.told(closed("80461", record("2"), FIRST), closed("1", record("9", "1"))) == [
        ("report.published", "2")
    ]
    monkeypatch.undo()
    assert watched.told(both()) == [("report.published", "2")]  # type: ignore[arg-type]


class Timer:
    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def shelf(store: Store, budget: Budget, count: int) -> tuple[Shelf, list[str]]:
    shas = [f"{n:064x}" for n in range(count)]
    library = Library({sha: letter(sha256=sha) for sha in shas})
    for sha in shas:
        path = store.document_path(sha)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-")
    return Shelf(store, library, lambda: NOON, budget), shas


def test_a_look_reads_for_so_long_and_no_longer(store: Store) -> None:
    slow, shas = shelf(store, Budget(seconds=100, target_seconds=90, timer=Timer(30)), 8)
    read = slow.read(zip("aaaabbbb", shas, strict=True))
    assert [shas.index(sha) for sha in read] == [0, 1, 2, 4]  # three of a's, then one of b's
    assert slow.read(zip("aaaabbbb", shas, strict=True)) == []
    assert len(records.letters(store, shas)) == 4


def test_a_look_reads_so_many_and_no_more_and_the_next_goes_on(store: Store) -> None:
    first, shas = shelf(store, Budget(documents=3), 5)
    assert first.read(("a", sha) for sha in shas) == shas[:3]
    assert readings.waiting(store, shas) == set(shas[3:])
    assert readings.attempts(store, shas[4]) == 0
    second, _ = shelf(store, Budget(), 5)
    assert second.read(("a", sha) for sha in shas) == shas[3:]
    assert readings.waiting(store, shas) == set()


def test_each_reading_is_kept_as_soon_as_it_is_made(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    some, shas = shelf(store, Budget(), 3)
    whole = Library.read

    def dies(library: Library, path: Path) -> Letter:
        if path.stem == shas[2]:
            raise KeyboardInterrupt
        return whole(library, path)

    monkeypatch.setattr(Library, "read", dies)
    with pytest.raises(KeyboardInterrupt):
        some.read(("a", sha) for sha in shas)
    assert set(records.letters(store, shas)) == set(shas[:2])


def test_a_replaced_document_that_cannot_be_read_yet_is_corrected_too(watched: Watched) -> None:
    watched.shelf.failing.add(SHA_A)
    other = record("1", published="2021-03-01", document=document(SHA_A))
    (plain,) = watched.crawl(closed("80461", other)).events
    assert (plain.kind, outward(plain.after)["problems"]) == ("report.replaced", [UNREAD])
    watched.shelf.failing.clear()
    watched.now += timedelta(hours=1)
    (told,) = watched.crawl(closed("80461", other)).events
    assert (told.kind, outward(told.after)["corrects"]) == ("report.replaced", plain.id)
