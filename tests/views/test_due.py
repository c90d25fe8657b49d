"""Who counts as judged inadequate or under a notice or direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.model import Record
from monitor.model.state import RecordChange, Stored
from monitor.store import Store, records
from monitor.stories.item import of_letter, of_page
from monitor.views import council as council_views
from monitor.views.due import Due, as_json, due
from monitor.views.due_words import noticed
from tests.making import NOON, document, letter, record
from tests.telling import take
from tests.views.test_export import keep_all

DEVON = Registry.load().get("Devon")
TITLE = "Improvement notice issued to Devon County Council: March 2024"
DIRECTION = "Direction issued to Devon County Council: May 2025"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as made:
        yield made


def report(store: Store, number: int, published: str, kind: str = "ilacs", **judged: str) -> None:
    """One of Ofsted's reports, in the stories too."""
    sha = f"{number:064x}"
    made = letter(kind, sha, inspection_start=published, inspection_end=published, judgements=judged)
    listed = record(str(number), DEVON.ofsted_urn, document=document(sha), published=published)
    keep_all(store, [(listed, made)])
    with store.transaction():
        take(store, DEVON.ofsted_urn, [of_letter(listed, made, DEVON.ofsted_urn)])


def notice(store: Store, key: str, published: str, title: str = TITLE, text: str = "", **fields: object) -> None:
    """A publication of the department's, in the stories too."""
    found = Record("govuk", "govuk", "publication", key, f"https://www.gov.uk{key}", title, published, dict(fields))
    found = replace(found, text=f"{title}\n{text}")
    with store.transaction():
        change = RecordChange("published", None, Stored(found, "listed", NOON.isoformat()))
        records.save(store, [change], NOON.isoformat())
        take(store, DEVON.ofsted_urn, [of_page(found, Coverage(True, "", (DEVON.ofsted_urn,)), DEVON.ofsted_urn)])


def on(store: Store, day: str = "2026-01-01") -> Due:
    (found,) = due([council_views.of_council(store, DEVON)], date.fromisoformat(day))
    return found


WAYS = {
    "lifted by its note": {"updated": "2025-01-01", "change_note": "The notice was lifted."},
    "withdrawn": {"updated": "2025-01-01", "withdrawn": True},
    "replaced": {"text": "This improvement notice was closed and replaced with another."},
    "now closed": {"text": "This improvement notice is now closed."},
    "lifted by its title": {"title": TITLE.replace("issued to", "lifted:")},
}


@pytest.mark.parametrize("way", WAYS.values(), ids=list(WAYS))
def test_a_notice_that_no_longer_holds_counts_no_longer(store: Store, way: dict[str, str]) -> None:
    report(store, 1, "2023-06-01", overall_effectiveness="requires improvement")
    notice(store, "/n", "2024-03-01")
    assert on(store).inadequate
    assert "no longer" not in noticed(on(store))[0]
    notice(store, "/n", "2024-03-01", **way)
    assert not on(store).inadequate
    assert noticed(on(store))[0].endswith(", no longer in force")
    assert [n["holds"] for n in as_json(on(store))["notices"]] == [False]


def test_a_notice_holds_whichever_story_it_is_in(store: Store) -> None:
    report(store, 1, "2023-06-01", overall_effectiveness="requires improvement")
    notice(store, "/n", "2023-07-01")
    report(store, 2, "2025-06-01", "focused_visit")
    assert on(store).inadequate
    assert [n.title for n in on(store).notices] == [TITLE]


@pytest.mark.parametrize(("overall", "holds"), [("inadequate", True), ("requires improvement", False)])
def test_a_later_full_inspection_without_inadequate_answers_a_notice(store: Store, overall: str, holds: bool) -> None:
    report(store, 1, "2022-06-01", overall_effectiveness="inadequate")
    notice(store, "/n", "2022-09-01")
    report(store, 2, "2025-06-01", overall_effectiveness=overall)
    found = on(store)
    assert (found.inadequate, bool(found.notices)) == (holds, holds)
    assert on(store, "2025-01-01").notices
    notice(store, "/d", "2025-07-01", DIRECTION)
    assert on(store).inadequate


def test_the_last_notice_decides(store: Store) -> None:
    notice(
        store, "/n", "2024-03-01", updated="2025-06-01", change_note="Replaced by a direction: the notice is closed."
    )
    notice(store, "/d", "2025-05-01", DIRECTION)
    assert on(store).inadequate
    notice(store, "/d", "2025-05-01", DIRECTION, updated="2025-12-01", change_note="The direction is revoked.")
    assert not on(store).inadequate
    assert on(store, "2025-11-30").inadequate
