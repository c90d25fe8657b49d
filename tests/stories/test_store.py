"""Stories in the store: kept in the caller's transaction, the same when taken twice, corrected by hand for good."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.coverage import Coverage
from monitor.model import Record
from monitor.model.state import RecordChange, Stored
from monitor.store import Store, migrations, records, stories
from monitor.store.sqlite import sqlite3
from monitor.stories.arranging import Story
from monitor.watch import place
from monitor.watch.place import join, split
from tests.making import NOON, document, letter, record
from tests.telling import URN, item, ofsteds, page, quotes, take, together

APRIL = ("2024-04-08", "2024-04-19")
ILACS = ofsteds("1", "2024-05-15", visit=APRIL)
FOCUSED = ofsteds("2", "2024-11-20", "focused_visit")
RELEASE = page("release", "2024-05-15", "Ofsted published its report today.")
ITEM = item("30", "2024-06-18", kind="ilacs")
AT = NOON.isoformat()


def dump(store: Store) -> list[tuple[object, ...]]:
    return [
        tuple(row)
        for table in ("stories", "story_pieces", "story_hands")
        for row in store.rows(f"SELECT * FROM {table}")
    ]


def only(store: Store, key: str) -> Story:
    return next(s for s in stories.of_council(store, URN).stories if key in {m.piece.key for m in s.members})


def test_what_is_taken_is_kept_and_taking_it_twice_changes_nothing(store: Store) -> None:
    with store.transaction():
        taken = take(store, URN, [ILACS, RELEASE, ITEM])
        before = dump(store)
        take(store, URN, [RELEASE])
        take(store, URN, [ITEM, ILACS])
    assert dump(store) == before
    kept = stories.of_council(store, URN)
    assert [(s.id, s.opened, [m.link for m in s.members]) for s in kept.stories] == [
        (s.id, s.opened, [m.link for m in s.members]) for s in taken.stories
    ]
    assert stories.latest(store, URN) == kept.stories[-1]
    assert stories.latest(store, "80555") is None


def test_nothing_is_kept_of_a_transaction_that_fails(store: Store) -> None:
    def fail() -> None:
        with store.transaction():
            take(store, URN, [ILACS, RELEASE])
            raise RuntimeError("the crawl's own failure")

    with pytest.raises(RuntimeError):
        fail()
    assert dump(store) == []


def test_the_letter_that_comes_later_joins_and_two_stories_that_were_one_are_one_by_name(store: Store) -> None:
    with store.transaction():
        take(store, URN, [RELEASE, page("a", "2024-05-16", "It found much.", source="press", visits=(APRIL,))])
        first, second = (s.id for s in stories.of_council(store, URN).stories)
        take(store, URN, [ILACS])
    assert [s.id for s in stories.of_council(store, URN).stories] == [first]
    assert stories.now_called(store, second) == first
    assert stories.now_called(store, first) == first


def test_letters_of_a_silent_baseline_get_their_stories(store: Store) -> None:
    kept = [
        Stored(record("1", document=document("1" * 64)), "listed", AT),
        Stored(record("2", published="2024-11-20", document=document("2" * 64)), "gone", AT),
        Stored(record("3", document=None), "pending", AT),
        Stored(record("4", target="80555", document=None, fields={"report_type": "focused_visit"}), "listed", AT),
    ]
    steps = [RecordChange("baseline", None, s) for s in kept]
    with store.transaction():
        records.save(store, steps, AT)
        read = [letter("ilacs", "1" * 64, inspection_start="2024-04-08"), letter("jtai", "2" * 64)]
        records.save_letters(store, read, 1, AT)
        place_all(store, steps)
    assert [s.kind for s in stories.of_council(store, URN).stories] == ["ilacs", "jtai"]
    assert [s.kind for s in stories.of_council(store, "80555").stories] == ["focused_visit"]


def test_a_letter_s_sentences_are_compared_and_not_kept_twice(store: Store) -> None:
    said = "Children wait too long for a permanent home because plans are not reviewed in time."
    with store.transaction():
        step = RecordChange("baseline", None, Stored(record("1", document=document("1" * 64)), "listed", AT))
        records.save(store, [step], AT)
        found = letter("ilacs", "1" * 64, inspection_start="2024-04-08", inspection_end="2024-04-19")
        found.findings = quotes(said)
        records.save_letters(store, [found], 1, AT)
        place_all(store, [step])
        take(store, URN, [page("n", "2024-05-22", f"It said: “{said}”")])
    (story,) = stories.of_council(store, URN).stories
    assert "word for word" in next(m.link.reason for m in story.members if m.piece.key == "n")
    body = store.rows("SELECT body FROM story_pieces WHERE source = 'ofsted'")[0]["body"]
    assert said not in body


def test_what_is_split_by_hand_stays_apart_whatever_comes(store: Store) -> None:
    with store.transaction():
        take(store, URN, [ILACS, RELEASE, ITEM])
        story = only(store, "1")
        split(store, story, RELEASE, AT)
        assert together(stories.of_council(store, URN)) == {frozenset({"1", "30"}), frozenset({"release"})}
        assert only(store, "1").id == story.id
        take(store, URN, [FOCUSED, page("b", "2024-05-16", kind="ilacs")])
        assert only(store, "release").members[0].piece == RELEASE
        join(store, only(store, "1"), [RELEASE], AT)
        assert "release" in {m.piece.key for m in only(store, "1").members}


def test_an_opener_that_is_split_keeps_the_name_and_the_others_get_one(store: Store) -> None:
    with store.transaction():
        take(store, URN, [RELEASE])
        take(store, URN, [ILACS])
        story = only(store, "1")
        split(store, story, RELEASE, AT)
    assert only(store, "release").id == story.id
    assert only(store, "1").id != story.id


def test_two_stories_joined_by_hand_are_one_whatever_comes(store: Store) -> None:
    minutes = item("30", "2024-06-18", "minutes")
    with store.transaction():
        take(store, URN, [ILACS, FOCUSED, ITEM])
        first, second = only(store, "1"), only(store, "2")
        join(store, second, [m.piece for m in first.members], AT)
        take(store, URN, [minutes])
    (story,) = stories.of_council(store, URN).stories
    assert len(story.members) == 4
    assert {stories.now_called(store, first.id), stories.now_called(store, second.id)} == {story.id}


def test_the_last_join_of_a_piece_counts(store: Store) -> None:
    with store.transaction():
        take(store, URN, [ILACS, FOCUSED, RELEASE])
        for key in ("2", "1", "2"):
            join(store, only(store, key), [RELEASE], AT)
    assert together(stories.of_council(store, URN)) == {frozenset({"1"}), frozenset({"2", "release"})}


def test_a_run_s_steps_are_placed_with_their_papers(store: Store) -> None:
    fields = {"committee": "Scrutiny", "meeting": "7", "meeting_date": "2024-06-18"}
    made = Record("moderngov", URN, "item", "30", "https://m.example/30", "Ofsted report", None, fields, text="ILACS")
    paper = replace(made, kind="document", key="70", fields=fields | {"item": "30"}, document=document("7" * 64))
    bins = replace(made, key="31", title="Bins")
    found = [Stored(r, "listed", AT) for r in (record("1", document=document("1" * 64)), paper, made, bins)]
    with store.transaction():
        records.save_letters(store, [letter("ilacs", "1" * 64), letter("unknown", "7" * 64)], 1, AT)
        for _ in range(2):
            place_all(store, [RecordChange("published", None, s) for s in found])
    assert together(stories.of_council(store, URN)) == {frozenset({"1", "30", "70"})}
    assert stories.of_council(store, URN).loose == ()


def place_all(store: Store, changes: list[RecordChange]) -> None:
    """Place what a look found, as its commit does."""
    letters = records.letters(store, (c.after.record.document.sha256 for c in changes if c.after.record.document))
    items = {c.after.record.name: place.items_of(c, letters, cover(c.after.record)) for c in changes}
    own = [item for made in items.values() for item in made]
    around = place.load(store, "moderngov", (c.after.record for c in changes), own, ())
    first, _ = place.placed(around.councils, own, letters)
    papers = place.attached(changes, items, around)
    second, _ = place.placed({**around.councils, **first}, papers, letters)
    for urn, known in (first | second).items():
        stories.save(store, urn, known.arranged, stories.rows_of(known.arranged))


def test_only_the_pieces_that_stand_otherwise_than_before_are_written_again(store: Store) -> None:
    with store.transaction():
        place_all(store, [RecordChange("published", None, Stored(record("1"), "listed", AT))])
    stored = stories.of_council(store, URN)
    known = place.load(store, "ofsted", (), (), [URN]).councils
    new = ofsteds("2", "2024-11-20")
    found, _ = place.placed(known, [new], {})
    assert [row[1] for row in stories.rows_of(found[URN].arranged, known[URN].stored)] == [new.name]
    assert stories.rows_of(stored, stored) == []


def cover(record: Record) -> Coverage | None:
    return Coverage("Ofsted" in record.title and record.kind == "item", "", (URN,), "ilacs")


def test_a_database_from_before_stories_is_brought_up_to_date(tmp_path: Path) -> None:
    Store(tmp_path).close()
    with sqlite3.connect(tmp_path / "ofsted-watch.db") as old:
        for table in ("story_hands", "story_pieces", "stories"):
            old.execute(f"DROP TABLE {table}")
        old.execute("DELETE FROM _sqlite_migrations WHERE name = 'm005_stories'")
        old.execute("PRAGMA user_version = 4")
    old.close()
    with Store(tmp_path) as store:
        assert migrations.version(store.connection) == migrations.VERSION
        with store.transaction():
            place_all(store, [RecordChange("published", None, Stored(record("1"), "listed", AT))])
        assert together(stories.of_council(store, URN)) == {frozenset({"1"})}
