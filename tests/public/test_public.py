"""The public database: made from the store, kept in step, read while it is written, and nothing private in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from monitor.councils.registry import Council, Registry
from monitor.model import Fact, Letter, Paragraph, Quote, Record
from monitor.model.state import RecordChange, Stored
from monitor.public import filling, reading, writing
from monitor.public.reading import Choice, Coverage
from monitor.public.schema import TABLES, VERSION
from monitor.query import parse
from monitor.store import NoStoreError, Store, StoreError, records, sources, stories, texts
from monitor.store.sqlite import sqlite3
from tests.making import NOON, SHA_A, SHA_B, document, gone, letter, record
from tests.telling import ofsteds
from tests.telling import stories as arranged

REGISTRY = Registry.load()
DEVON, CAMDEN = REGISTRY.get("Devon"), REGISTRY.get("Camden")
FIRST = letter(sha256=SHA_B, judgements={"in_care": "good"}, inspection_start="2021-01-11")
SECOND = letter(
    sha256=SHA_A,
    judgements={"in_care": "inadequate"},
    inspection_start="2024-03-11",
    evidence={"judgements.in_care": Quote("Children in care: inadequate", 1)},
    improvements=[Quote("The use of agency staff.", 2)],
    priority_actions=[Quote("Visits to children.", 1)],
)
SAID = [
    Paragraph(1, "", "Leaders rely on agency staff."),
    Paragraph(2, "What needs to improve", "What needs to improve"),
    Paragraph(2, "What needs to improve", "The use of agency staff.", asked=True),
]


def keep_records(store: Store, *found: Record, state: str = "listed") -> None:
    with store.transaction():
        steps = [RecordChange("baseline", None, Stored(x, state, NOON.isoformat(), None, False, 1)) for x in found]  # type: ignore[arg-type]
        records.save(store, steps, NOON.isoformat())


def keep_letters(store: Store, *found: Letter, said: dict[str, list[Paragraph]]) -> None:
    with store.transaction():
        records.save_letters(store, found, 1, NOON.isoformat())
        for sha, paragraphs in said.items():
            texts.save(store, sha, paragraphs, 1)


def refresh(store: Store, *councils: Council) -> bool:
    return writing.refresh(store, councils or (DEVON, CAMDEN))


@pytest.fixture
def filled(store: Store) -> Store:
    """Devon's two inspections, a report that is no PDF, and one of Camden's that waits for its document."""
    keep_records(store, record("1", published="2021-03-01", document=document(SHA_B)), record("2"))
    keep_records(store, record("3", published="2012-01-01", document=None, document_error=gone("a web page")))
    keep_records(store, record("4", "80491", document=None), state="pending")
    keep_letters(store, FIRST, SECOND, said={SHA_A: SAID, SHA_B: [Paragraph(1, "", "Agencies meet.")]})
    assert refresh(store)
    return store


@pytest.fixture
def public(filled: Store) -> Iterator[reading.PublicDatabase]:
    with reading.opened(filled.folder) as opened:
        yield opened


def rows(store: Store, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(store.folder / "public.db")) as connection:
        return connection.execute(sql, values).fetchall()


def words(public: reading.PublicDatabase, looked_for: str, **choice: Any) -> list[str]:
    return [hit.text for hit in public.search(parse(looked_for), Choice(**choice))]


def test_a_hit_has_its_letter_page_and_heading(public: reading.PublicDatabase) -> None:
    hits = public.search(parse("agency"))
    assert [(h.text, h.page, h.heading, h.letter, h.council, h.sha256) for h in hits] == [
        ("Leaders rely on agency staff.", 1, "", "2", "Devon", SHA_A),
        ("The use of agency staff.", 2, "What needs to improve", "2", "Devon", SHA_A),
    ]


def test_search_can_be_narrowed(public: reading.PublicDatabase) -> None:
    assert len(words(public, "agenc*")) == 3
    assert words(public, "agency", asked=True) == ["The use of agency staff."]
    assert words(public, "agenc*", since="2024-05-16") == []
    assert words(public, "agenc*", kinds=["jtai"]) == []
    assert words(public, "agenc*", urns=["80491"]) == []
    assert len(words(public, "agenc*", urns=["80461"], kinds=["ilacs"], since="2024-05-15")) == 2


def test_coverage_says_what_was_searched_and_what_was_not(public: reading.PublicDatabase) -> None:
    assert public.coverage() == Coverage(2, 24, 1, "2021-03-01", "2024-05-15", 1)
    assert public.coverage(Choice(since="2022-01-01")) == Coverage(1, 12, 1, "2024-05-15", "2024-05-15", 0)
    assert public.coverage(Choice(urns=["80491"])) == Coverage(0, 0, 0, None, None, 0)


def test_letters_of_a_council(public: reading.PublicDatabase) -> None:
    found = public.letters("80461")
    assert [(x.id, x.kind, x.unread) for x in found] == [
        ("2", "ilacs", None),
        ("1", "ilacs", None),
        ("3", "unknown", "a web page"),
    ]
    assert public.letters("80491") == []
    assert public.letter("2") == found[0]
    assert public.letter("9") is None
    assert [p.text for p in public.paragraphs("2", page=2)] == ["What needs to improve", "The use of agency staff."]


def test_judgements_requests_and_moves_are_rows(filled: Store) -> None:
    assert rows(filled, "SELECT letter, area, grade, page, quote FROM judgement ORDER BY letter") == [
        ("1", "in_care", "good", None, None),
        ("2", "in_care", "inadequate", 1, "Children in care: inadequate"),
    ]
    assert rows(filled, "SELECT letter, position, priority, page, text FROM improvement") == [
        ("2", 1, 1, 1, "Visits to children."),
        ("2", 2, 0, 2, "The use of agency staff."),
    ]
    assert rows(filled, "SELECT letter, urn, area, before, after, direction, page, before_letter FROM move") == [
        ("2", "80461", "in_care", "good", "inadequate", "declined", 1, "1")
    ]
    assert rows(filled, "SELECT count(*), min(rank), max(rank) FROM neighbour WHERE urn = '80461'") == [(10, 1, 10)]


def test_meetings_and_stories_are_rows(filled: Store) -> None:
    minutes = Record(
        "moderngov", "80461", "minutes", "7", "https://m.example/7", "Ofsted report", None,
        {"committee": "Scrutiny", "meeting_date": "2024-06-01"},
        facts=(Fact("resolution", "note it", "RESOLVED:\nto note it."), Fact("focus", "x", "x")),
    )  # fmt: skip
    keep_records(filled, minutes)
    found = arranged(ofsteds("2", "2024-05-15", visit=("2024-03-11", "2024-03-22")))
    with filled.transaction():
        stories.save(filled, "80461", found, stories.rows_of(found))
    assert refresh(filled)
    assert rows(filled, "SELECT date, committee, what, resolved FROM meeting") == [
        ("2024-06-01", "Scrutiny", "minutes", "RESOLVED: to note it."),
    ]
    assert rows(filled, "SELECT kind, letter, what FROM story JOIN story_item ON story = id") == [
        ("ilacs", "2", "letter")
    ]


def test_nothing_is_written_where_nothing_changed(filled: Store) -> None:
    path = filled.folder / "public.db"
    before = path.read_bytes()
    assert not refresh(filled)
    assert path.read_bytes() == before


def test_only_what_differs_is_written(filled: Store) -> None:
    untouched = rows(filled, "SELECT id FROM paragraph WHERE letter = '1'")
    keep_letters(filled, SECOND, said={SHA_A: [Paragraph(1, "", "Leaders employ locums.")]})
    assert refresh(filled)
    with reading.opened(filled.folder) as public:
        assert words(public, "agency") == []
        assert words(public, "locums") == ["Leaders employ locums."]
    assert rows(filled, "SELECT id FROM paragraph WHERE letter = '1'") == untouched


def test_the_words_of_a_replaced_document_go_before_the_new_ones_come(filled: Store) -> None:
    keep_records(filled, record("2", document=document("c" * 64)))
    assert refresh(filled)
    with reading.opened(filled.folder) as public:
        assert words(public, "agency") == []
        assert public.coverage().unread == 2


def test_a_council_that_is_no_longer_watched_goes_with_its_letters(filled: Store) -> None:
    assert refresh(filled, CAMDEN)
    assert rows(filled, "SELECT count(*) FROM paragraph") == [(0,)]
    assert rows(filled, "SELECT count(*) FROM letter") == [(0,)]
    assert refresh(filled)
    assert rows(filled, "SELECT count(*) FROM paragraph") == [(4,)]


def test_it_is_whole_and_well_formed(filled: Store) -> None:
    assert rows(filled, "PRAGMA foreign_key_check") == []
    assert rows(filled, "PRAGMA integrity_check") == [("ok",)]
    rows(filled, "INSERT INTO paragraph_fts (paragraph_fts) VALUES ('integrity-check')")
    for table, row in TABLES.items():
        columns = [name for (name,) in rows(filled, "SELECT name FROM pragma_table_info(?)", table)]
        assert [name for name in columns if name != "id" or table != "paragraph"] == list(row._fields)


def test_no_table_but_those_of_public_values(filled: Store) -> None:
    tables = {name for (name,) in rows(filled, "SELECT name FROM sqlite_schema WHERE type = 'table'")}
    index = {name for name in tables if name.startswith("paragraph_fts")}
    assert tables - index == {*TABLES, "about", "made"}


def test_what_is_private_in_the_store_is_nowhere_in_the_file(filled: Store) -> None:
    secret = "someone@council.example"
    with filled.transaction() as connection:
        connection.execute("INSERT INTO subscriptions VALUES (?, '80461', ?, ?)", (secret, secret, NOON.isoformat()))
        connection.execute("INSERT INTO receipts VALUES ('r', ?)", (secret,))
        connection.execute(
            "INSERT INTO deliveries (receipt, channel, recipient, state, due) VALUES ('r', ?, ?, 'queued', '')",
            (secret, secret),
        )
        sources.moved(filled, "ofsted")
    (filled.folder / "public.db").unlink()
    assert refresh(filled)
    assert secret.encode() not in (filled.folder / "public.db").read_bytes()


def test_a_reader_sees_the_state_before_while_another_one_is_written(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_letters(filled, SECOND, said={SHA_A: []})
    seen = []

    def look(connection: sqlite3.Connection) -> None:
        with reading.opened(filled.folder) as public:
            seen.append((len(words(public, "agency")), connection.in_transaction))

    monkeypatch.setattr(filling, "_say_about", look)
    assert refresh(filled)
    assert seen == [(2, True)]


def test_what_fails_midway_changes_nothing(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_letters(filled, SECOND, said={SHA_A: []})
    before = (filled.folder / "public.db").read_bytes()
    with monkeypatch.context() as then:
        then.setattr(filling, "_say_about", lambda _: 1 / 0)
        writing.keep(filled, (DEVON, CAMDEN))
    assert (filled.folder / "public.db").read_bytes() == before
    writing.keep(filled, (DEVON, CAMDEN))
    with reading.opened(filled.folder) as public:
        assert words(public, "agency") == []


@pytest.mark.parametrize("damage", [b"no database", b""])
def test_a_damaged_file_or_one_of_another_version_is_made_anew(filled: Store, damage: bytes) -> None:
    path = filled.folder / "public.db"
    path.write_bytes(damage)
    with pytest.raises(NoStoreError, match="no public database yet"), reading.opened(filled.folder):
        pass
    assert refresh(filled)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    assert refresh(filled)
    with reading.opened(filled.folder) as public:
        assert len(words(public, "agency")) == 2


def spoilt(store: Store) -> Path:
    """Damage all pages of the file but the first two, so that it still looks like a database of ours."""
    path = store.folder / "public.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    assert writing.usable(path)
    return path


def test_damage_that_only_a_question_finds_is_said_and_mended_by_the_next_crawl(filled: Store) -> None:
    path = spoilt(filled)
    with (
        pytest.raises(StoreError, match=r"public\.db: it was damaged .* removed, and the next crawl makes it again"),
        reading.opened(filled.folder) as opened,
    ):
        opened.search(parse("agency"))
    assert not path.exists()
    assert refresh(filled)
    with reading.opened(filled.folder) as opened:
        assert len(opened.search(parse("agency"))) == 2


def test_damage_that_the_writer_finds_is_mended_at_once(filled: Store, caplog: pytest.LogCaptureFixture) -> None:
    spoilt(filled)
    keep_letters(filled, said={SHA_B: [Paragraph(1, "", "Agency staff.")]})
    assert refresh(filled)
    assert "it was damaged" in caplog.text
    with reading.opened(filled.folder) as opened:
        assert len(opened.search(parse("agency"))) == 3


def test_a_copy_of_a_damaged_file_is_of_one_that_is_made_anew(filled: Store, tmp_path: Path) -> None:
    spoilt(filled)
    writing.copied(filled, (DEVON, CAMDEN), tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT count(*) FROM paragraph").fetchone() == (4,)


def test_a_copy_is_one_whole_file(filled: Store, tmp_path: Path) -> None:
    writing.copy_to(filled.folder / "public.db", tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as connection:
        assert connection.execute(
            "SELECT count(*) FROM paragraph_fts WHERE paragraph_fts MATCH 'agency'"
        ).fetchone() == (2,)


def test_a_folder_that_cannot_be_written_is_said_and_costs_no_crawl(
    filled: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(_: Path) -> sqlite3.Connection:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(writing, "_opened", fails)
    keep_letters(filled, SECOND, said={SHA_A: []})
    with pytest.raises(StoreError, match=r"public\.db: attempt to write"):
        refresh(filled)
    writing.keep(filled, (DEVON,))
    assert "the public database was not brought up to date" in caplog.text


def test_there_is_none_before_the_first_crawl(tmp_path: Path) -> None:
    with pytest.raises(NoStoreError, match="no public database yet"), reading.opened(tmp_path):
        pass


def test_two_pages_that_list_one_file_have_a_letter_each(filled: Store) -> None:
    keep_records(filled, record("2", "80491"))
    assert refresh(filled)
    with reading.opened(filled.folder) as public:
        assert [(x.id, x.urn) for x in public.letters() if x.id.startswith("2")] == [
            ("2", "80461"),
            ("2-80491", "80491"),
        ]
