"""However the store came to be what it is, the public database is the one that would be made of it anew; and keeping it
so costs what is new."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.councils.registry import Registry
from monitor.model import Fact, Paragraph, Quote, Record
from monitor.model.state import RecordChange, Stored
from monitor.public import writing
from monitor.public.rows import LetterRow, MeetingRow
from monitor.public.schema import TABLES
from monitor.store import Store, records, texts
from monitor.store.sqlite import sqlite3
from monitor.stories.item import of_letter
from tests.making import NOON, document, letter, record
from tests.telling import take

REGISTRY = Registry.load()
COUNCILS = {c.ofsted_urn: c for c in map(REGISTRY.get, ("Devon", "Camden", "Barnet", "Kent"))}
DEVON, CAMDEN, BARNET, KENT = COUNCILS
WORDS = ("agency", "locums")


class World:
    """A store in which things happen, and the councils of it that are watched."""

    def __init__(self, store: Store) -> None:
        self.store, self.watched, self._moments = store, set(COUNCILS), 0

    def lists(self, page: str, key: str, sha: str, published: str = "2024-05-15", state: str = "listed") -> None:
        """A page lists a file, has another one in its place, or lists it no more."""
        found = document(sha) if sha else None
        self._keep(record(key, page, document=found, published=published or None), state)

    def loses(self, page: str, key: str) -> None:
        """A backup is put back that is older than the record."""
        with self.store.transaction() as connection:
            connection.execute("DELETE FROM records WHERE target = ? AND key = ?", (page, key))

    def reads(self, sha: str, about: str = "", grade: str = "good") -> None:
        """A document is read, for the first time or again."""
        day = {"a": "2021-03-01", "b": "2022-03-01", "c": "2023-03-01"}[sha[0]]
        stated = Quote(f"Children in care: {grade}", 1)
        read = letter(
            sha256=sha,
            urn=about or None,
            judgements={"in_care": grade, "care_leavers": "good"},
            evidence={"judgements.in_care": stated},
            improvements=[Quote("Visits to children.", 2)],
            inspection_start=day,
        )
        with self.store.transaction():
            records.save_letters(self.store, [read], 1, self._moment())

    def takes_apart(self, sha: str, word: str) -> None:
        """The words of a document are found; a later reader finds others."""
        said = [Paragraph(1, "", f"Leaders rely on {word}.")] if word else []
        self._moments += 1
        with self.store.transaction():
            texts.save(self.store, sha, said, reader=self._moments)

    def tells(self, urn: str, key: str, published: str = "2024-05-15") -> None:
        """A letter comes into a council's stories, or turns out to be of another day."""
        with self.store.transaction():
            take(self.store, urn, [of_letter(record(key, urn, published=published or None), None, urn)])

    def meets(self, urn: str, key: str, status: str, resolved: str, state: str = "listed") -> None:
        """A committee's minutes come, say something else, or are taken down."""
        facts = (Fact("resolution", "note it", resolved),) if resolved else ()
        fields = {"committee": "Scrutiny", "status": status}
        self._keep(Record("moderngov", urn, "minutes", key, "https://m.example", "M", None, fields, facts=facts), state)  # type: ignore[arg-type]

    def watches(self, urns: set[str]) -> None:
        """Other councils are watched."""
        self.watched = urns

    def refresh(self) -> bool:
        return writing.refresh(self.store, [c for urn, c in COUNCILS.items() if urn in self.watched])

    def _keep(self, found: Record, state: str) -> None:
        with self.store.transaction():
            stored = Stored(found, state, NOON.isoformat(), None, False, 1)  # type: ignore[arg-type]
            records.save(self.store, [RecordChange("baseline", None, stored)], NOON.isoformat())

    def _moment(self) -> str:
        self._moments += 1
        return f"{NOON.isoformat()} {self._moments}"


def kept(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All that the public database says, and what its index finds."""
    with closing(sqlite3.connect(store.folder / "public.db")) as db:
        db.execute("INSERT INTO paragraph_fts (paragraph_fts) VALUES ('integrity-check')")
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = {name: ", ".join(row._fields) for name, row in TABLES.items()}
        said = {name: sorted(db.execute(f"SELECT {columns} FROM {name}"), key=repr) for name, columns in tables.items()}
        said["made"] = sorted(db.execute("SELECT part, digest FROM made"))
        for word in WORDS:
            sql = """SELECT letter, position FROM paragraph_fts f JOIN paragraph p ON p.id = f.rowid
                     WHERE paragraph_fts MATCH ? ORDER BY 1, 2"""
            said[word] = db.execute(sql, (word,)).fetchall()
        sql = "SELECT letter, area FROM judgement ORDER BY letter, rowid"
        return said | {"grades in the order of their letter": db.execute(sql).fetchall()}


def anew(world: World) -> dict[str, list[tuple[Any, ...]]]:
    """The same of a public database that is made of the store as it is now."""
    (world.store.folder / "public.db").unlink()
    world.refresh()
    return kept(world.store)


def assert_in_step(world: World) -> None:
    world.refresh()
    said = kept(world.store)
    assert not world.refresh()
    assert said == anew(world)


@pytest.fixture
def world(store: Store) -> World:
    """Devon and Camden with a letter each that was read, Barnet and Kent with none."""
    made = World(store)
    for page, key, sha in ((DEVON, "1", "a" * 64), (CAMDEN, "2", "b" * 64)):
        made.lists(page, key, sha)
        made.reads(sha)
        made.takes_apart(sha, "agency")
    made.refresh()
    return made


urns, shas, keys = (
    st.sampled_from([DEVON, CAMDEN, BARNET]),
    st.sampled_from([x * 64 for x in "abc"]),
    st.sampled_from("12"),
)
states = st.sampled_from(["listed", "missing", "gone", "pending"])
days = st.sampled_from(["2021-03-01", "2024-05-15", ""])
words = st.sampled_from([*WORDS, ""])
lists = st.tuples(st.just("lists"), urns, keys, shas | st.just(""), days, states)
reads = st.tuples(st.just("reads"), shas, urns | st.just(""), st.sampled_from(["good", "inadequate"]))
happens = st.one_of(
    lists,
    reads,
    st.tuples(st.just("takes_apart"), shas, words),
    st.tuples(st.just("loses"), urns, keys),
    st.tuples(st.just("tells"), urns, keys, days),
    st.tuples(
        st.just("meets"), urns, keys, st.sampled_from(["", "put off"]), st.sampled_from(["", "Resolved"]), states
    ),
    st.tuples(st.just("watches"), st.sets(urns, min_size=1)),
)


@settings(max_examples=100)
@given(first=st.lists(lists | reads, max_size=8), then=st.lists(st.lists(happens, min_size=1, max_size=3), max_size=5))
def test_step_by_step_it_becomes_what_it_would_be_anew(
    tmp_path_factory: pytest.TempPathFactory, first: list[Any], then: list[list[Any]]
) -> None:
    with Store(tmp_path_factory.mktemp("store"), durable=False) as store:
        world = World(store)
        for step in (first, *then):
            for name, *said in step:
                getattr(world, name)(*said)
            world.refresh()
        assert_in_step(world)


def letters(world: World) -> list[tuple[Any, ...]]:
    return [row[:2] for row in kept(world.store)["letter"]]


def test_a_letter_about_another_council_goes_there_and_comes_back(world: World) -> None:
    world.reads("a" * 64, BARNET)
    assert_in_step(world)
    assert letters(world) == [("1", BARNET), ("2", CAMDEN)]
    world.watches({DEVON, CAMDEN})
    assert_in_step(world)
    assert letters(world) == [("1", DEVON), ("2", CAMDEN)]
    world.watches({*COUNCILS})
    assert_in_step(world)
    world.reads("a" * 64, KENT)
    assert_in_step(world)
    assert letters(world) == [("1", KENT), ("2", CAMDEN)]


def test_the_first_of_two_pages_with_one_file_loses_it(world: World) -> None:
    world.lists(KENT, "1", "a" * 64, "2025-01-01")
    world.tells(KENT, "1")
    assert_in_step(world)
    assert ("1-" + KENT, KENT) in letters(world)
    world.loses(DEVON, "1")
    assert_in_step(world)
    assert letters(world) == [("1", KENT), ("2", CAMDEN)]


def test_a_letter_is_withdrawn_and_returns(world: World) -> None:
    for state, listed in (("gone", 0), ("listed", 1)):
        world.lists(DEVON, "1", "a" * 64, state=state)
        assert_in_step(world)
        assert [row[LetterRow._fields.index("listed")] for row in kept(world.store)["letter"]] == [listed, 1]


def test_minutes_that_are_taken_down_go_though_no_story_has_them(world: World) -> None:
    world.meets(DEVON, "7", "", "Resolved")
    assert_in_step(world)
    world.meets(DEVON, "7", "put off", "Resolved")
    assert_in_step(world)
    assert [row[MeetingRow._fields.index("status")] for row in kept(world.store)["meeting"]] == ["put off"]
    world.meets(DEVON, "7", "put off", "Resolved", "gone")
    assert_in_step(world)
    assert kept(world.store)["meeting"] == []


def rowids(world: World, urn: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(world.store.folder / "public.db")) as db:
        return db.execute("SELECT rowid, id FROM letter WHERE urn = ?", (urn,)).fetchall()


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The letters that are read from the store, as they are."""
    seen: list[Any] = []
    read = records.letter_from_json

    def reading(body: Any) -> Any:
        seen.append(body["sha256"][0])
        return read(body)

    monkeypatch.setattr(records, "letter_from_json", reading)
    return seen


def test_only_the_letters_of_councils_with_news_are_read_and_written(world: World, parsed: list[Any]) -> None:
    before = rowids(world, CAMDEN)
    world.lists(DEVON, "3", "c" * 64)
    world.reads("c" * 64, "", "inadequate")
    assert world.refresh()
    assert sorted(parsed) == ["a", "c"]
    assert rowids(world, CAMDEN) == before
    parsed.clear()
    world.reads("c" * 64, CAMDEN)  # now the two belong together
    assert world.refresh()
    assert sorted(parsed) == ["a", "b", "c"]
    parsed.clear()
    assert not world.refresh()
    assert parsed == []


def test_who_waited_for_another_writer_writes_nothing_older(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = writing._opened

    def after_another(path: Any) -> sqlite3.Connection:
        monkeypatch.setattr(writing, "_opened", opened)
        with Store(world.store.folder) as store:
            another = World(store)
            another.lists(CAMDEN, "3", "c" * 64)
            another.reads("c" * 64, DEVON)
            assert another.refresh()
        return opened(path)

    monkeypatch.setattr(writing, "_opened", after_another)
    world.lists(CAMDEN, "3", "a" * 64)
    world.refresh()
    said = kept(world.store)
    assert ("3", DEVON) in letters(world)
    assert said == anew(world)
