"""A database of the first edition is kept whole: what it had open, held and released, and nothing is told again.

`first_edition.sql` was made by its own code: twelve made-up councils, one page broken, the listing hiding, a whole
source held; press sites called "quarantine", "search", "quiet" and "News, Views", all down.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing as shutting
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model import Document, Poll, Record
from monitor.model.state import SEARCH, PolledTarget
from monitor.model.trouble import WHOLE, Listing, SourceState, Trouble
from monitor.store import Store, migrations, outbox, records, sources
from monitor.store.migrations import words
from monitor.store.sqlite import sqlite3
from tests.making import outward
from tests.watch.looking import follow

DUMP = Path(__file__).with_name("first_edition.sql")
NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
TOWNS = [str(90000 + n) for n in range(12)]
NAMED = ("quarantine", "search", "quiet", "News, Views")


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Store]:
    with shutting(sqlite3.connect(tmp_path / "ofsted-watch.db")) as old:
        old.executescript(DUMP.read_text(encoding="utf-8"))
    with Store(tmp_path) as store:
        yield store


def before(sql: str) -> list[tuple[object, ...]]:
    """What the dump has."""
    with shutting(sqlite3.connect(":memory:")) as old:
        old.executescript(DUMP.read_text(encoding="utf-8"))
        return old.execute(sql).fetchall()


def now(store: Store, sql: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in store.rows(sql)]


SAME = (
    "SELECT source, target, mark, baselined, polled, healthy, outcome, detail FROM targets ORDER BY source, target",
    "SELECT source, target, kind, key, state, document, announced, versions FROM records ORDER BY source, target, key",
    "SELECT seq, id, at, kind, urn, published FROM events ORDER BY seq",
    "SELECT id, event, channel, recipient, state, due, attempts FROM deliveries ORDER BY id",
    "SELECT id, source, polls, broken FROM runs ORDER BY id",
    "SELECT urn, name, story, reason FROM story_pieces ORDER BY urn, name",
)


@pytest.mark.parametrize("sql", SAME)
def test_what_it_has_is_kept_as_it_is(kept: Store, sql: str) -> None:
    """Watched pages alone have another name: each was a source of its own, and now they are targets of one."""
    assert migrations.version(kept.connection) == migrations.VERSION > 8
    was = [tuple("page" if cell == "page.Board" else cell for cell in row) for row in before(sql)]
    assert now(kept, sql) == was != []


def test_what_was_open_is_open_and_means_what_it_meant(kept: Store) -> None:
    found = {(e.trouble, e.targets, e.reason.outcome) for e in sources.episodes(kept, "ofsted")}
    assert found == {
        (Trouble.BROKEN, ("90001",), "error"),
        (Trouble.HELD, WHOLE, None),
        (Trouble.HIDING, ("search",), None),
        (Trouble.QUIET, ("90003",), None),
    }
    assert {e.targets for e in sources.episodes(kept, "press")} == {(name,) for name in NAMED}
    assert {e.trouble for e in sources.episodes(kept, "press")} == {Trouble.BROKEN}
    (whole,) = sources.episodes(kept, "gone")
    assert (whole.trouble, whole.targets, whole.reason.outcome) == (Trouble.BROKEN, WHOLE, "blocked")
    assert [q.confirmations for q in sources.holds(kept, "ofsted").values()] == [0]


def test_what_was_remembered_of_a_source_is(kept: Store) -> None:
    hides = "the listing hides: Council 90000: newer"
    assert sources.state(kept, "ofsted") == SourceState(1, listing=Listing(swept=True, hides=hides))
    press = sources.state(kept, "press")
    assert (press.released, press.not_before) == (True, datetime(2026, 3, 6, 17, tzinfo=UTC))
    assert sources.released(kept, "press") >= set(NAMED)
    assert sources.released(kept, "ofsted") == set()


def test_what_is_still_to_be_sent_says_what_it_is_about(kept: Store) -> None:
    told = {(e.source, outward(e.after)["trouble"], tuple(outward(e.after)["targets"]))
            for e in outbox.events(kept, kind="source.*")}  # fmt: skip
    assert told >= {
        ("ofsted", "broken", ("90001",)),
        ("ofsted", "hiding", ("search",)),
        ("ofsted", "held", ()),
        ("press", "broken", ("search",)),
        ("press", "broken", ("News, Views",)),
        ("gone", "broken", ()),
    }


def town(target: str, grade: str, *more: Record) -> PolledTarget:
    at = (NOW).isoformat()
    document = Document(f"{int(target):064x}", 1000, "application/pdf")
    fields = {"report_type": "inspection", "label": grade}
    report = Record("ofsted", target, "report", target, f"https://o.example/{target}", f"Inspection report {target}",
                    "2025-11-03", fields, document)  # fmt: skip
    return PolledTarget(Poll("r", "ofsted", target, at, at, "ok", complete=True), (report, *more))


def listing() -> PolledTarget:
    return PolledTarget(Poll("r", "ofsted", SEARCH, NOW.isoformat(), NOW.isoformat(), "ok", complete=True))


def known_letter() -> Record:
    document = Document(f"{90100:064x}", 1000, "application/pdf")
    return Record("ofsted", TOWNS[0], "report", "90100", "https://o.example/90100", "Inspection report 90100",
                  "2026-03-03", {"report_type": "inspection"}, document)  # fmt: skip


def test_nothing_is_told_again_and_what_was_open_ends_once(kept: Store) -> None:
    crawl = [*(town(t, "good", *([known_letter()] if t == TOWNS[0] else [])) for t in TOWNS), listing()]
    told = [(e.kind, outward(e.after).get("trouble")) for e in follow(kept, crawl, NOW).events]
    assert told == [("source.recovered", "broken"), ("source.recovered", "held")]
    assert follow(kept, crawl, NOW + timedelta(hours=6)).events == ()
    assert records.count(kept, "ofsted") == 13


def test_what_was_held_is_confirmed_from_where_it_was(kept: Store) -> None:
    crawl = [*(town(t, "outstanding", *([known_letter()] if t == TOWNS[0] else [])) for t in TOWNS), listing()]
    kinds = [[e.kind for e in follow(kept, crawl, NOW + timedelta(hours=6 * n)).events] for n in range(4)]
    assert sources.holds(kept, "ofsted") == {}
    assert all(kind == "source.recovered" for run in kinds for kind in run)


def test_sites_that_bear_our_words_end_what_they_had(kept: Store) -> None:
    at = NOW.isoformat()
    crawl = [PolledTarget(Poll("r", "press", name, at, at, "ok", complete=False)) for name in NAMED]
    (told,) = follow(kept, crawl, NOW, source="press").events
    assert (told.kind, outward(told.after)["targets"]) == ("source.recovered", sorted(NAMED))
    assert sources.episodes(kept, "press") == ()


@pytest.mark.parametrize(
    ("target", "reason", "held", "meant"),
    [
        ("quarantine", "66 records changed", True, (Trouble.HELD, ())),
        ("quarantine", "error: HTTP 500", False, (Trouble.BROKEN, ("quarantine",))),
        ("quiet", "error: HTTP 500", False, (Trouble.BROKEN, ("quiet",))),
        ("quiet", "nothing new for 40 working days, since 1 May 2025", False, (Trouble.QUIET, ())),
        ("quiet:A: B", "nothing new for 40 working days, since 1 May 2025", False, (Trouble.QUIET, ("A: B",))),
        ("search", "the listing hides: x", False, (Trouble.BROKEN, ("search",))),
        ("", "4 of 5 targets could not be seen: blocked: 403", False, (Trouble.BROKEN, ())),
    ],
)
def test_what_a_name_meant(target: str, reason: str, held: bool, meant: tuple[Trouble, tuple[str, ...]]) -> None:
    assert words.meant("press", target, reason, held=held) == meant


def test_the_dump_is_of_the_first_edition() -> None:
    assert before("PRAGMA user_version") == [(8,)]
    assert json.loads(str(before("SELECT body FROM events LIMIT 1")[0][0]))["kind"].startswith("report.")
