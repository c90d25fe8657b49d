"""Crawls followed to their end, on a real store: what is told, what is kept, what is not believed."""

from __future__ import annotations

from datetime import datetime

import pytest

from monitor.health.listing import wait_until
from monitor.model.reach import Reach
from monitor.model.state import SEARCH, PolledTarget
from monitor.model.trouble import Reason
from monitor.store import Store, StoreError, outbox, records, sources
from tests.making import NOON, SHA_A, SHA_B, closed, document, gone, letter, outward, record
from tests.watch.looking import DAY, Watched, key_in


def test_a_publication_is_told_once_with_what_it_moved(store: Store) -> None:
    old = letter(sha256=SHA_B, judgements={"in_care": "good"}, inspection_start="2021-01-11")
    new = letter(sha256=SHA_A, judgements={"in_care": "inadequate"}, inspection_start="2024-03-11")
    watched = Watched(store, old=old, new=new)
    first = record("1", published="2021-03-01", document=document(SHA_B))
    assert watched.told(closed("80461", first)) == []
    found = watched.crawl(closed("80461", record("2"), first))
    assert [(e.kind, e.urn, e.severity) for e in found.events] == [("report.published", "80461", "critical")]
    assert [(c.area, c.before, c.after) for c in found.events[0].changes] == [("in_care", "good", "inadequate")]
    assert outbox.unsent(store) == 1
    assert watched.told(closed("80461", record("2"), first)) == []
    assert len(watched.shelf.read_paths) == 2


def test_a_replaced_document_says_which_paragraphs_differ_and_whether_a_grade_does(store: Store) -> None:
    one = letter(sha256=SHA_A, judgements={"in_care": "good"})
    two = letter(sha256=SHA_B, judgements={"in_care": "outstanding"})
    watched = Watched(store, one=one, two=two)
    watched.told(closed("80461", record("1")))
    (event,) = watched.crawl(closed("80461", record("1", document=document(SHA_B)))).events
    assert (event.kind, [c.direction for c in event.changes]) == ("report.replaced", ["improved"])
    assert event.after is not None
    assert outward(event.after)["differences"] == [
        {"before": {"text": "Judged good.", "page": 1}, "after": None, "touches": ["grade"]},
        {"before": None, "after": {"text": "Judged outstanding.", "page": 1}, "touches": ["grade"]},
    ]


def test_two_inspections_found_in_one_crawl_are_compared_with_one_another(store: Store) -> None:
    one = letter(sha256=SHA_A, judgements={"in_care": "good"}, inspection_start="2022-01-10")
    two = letter(sha256=SHA_B, judgements={"in_care": "outstanding"}, inspection_start="2024-01-08")
    watched = Watched(store, one=one, two=two)
    watched.told(closed("80461", record("0", document=None)))
    found = watched.crawl(
        closed(
            "80461",
            record("2", published="2024-03-01", document=document(SHA_B)),
            record("1", published="2022-03-01"),
            record("0", document=None),
        )
    )
    assert [key_in(e) for e in found.events] == ["1", "2"]
    assert [c.direction for c in found.events[1].changes] == ["improved"]


def test_a_stopped_baseline_is_kept_and_goes_on(store: Store) -> None:
    watched = Watched(store)
    watched.told(closed("1", record("1", "1")), ended="stopped", expected=["1", "2"])
    assert sources.baselined(store, "ofsted") == {"1"}
    assert watched.told(closed("1", record("1", "1"), record("2", "1")), closed("2", record("3", "2"))) == [
        ("report.published", "2"),
        ("source.recovered", None),
    ]


def test_a_crawl_that_dies_is_told_but_what_it_closed_counts(store: Store) -> None:
    watched = Watched(store)
    watched.told(closed("1", record("1", "1")), closed("2", record("2", "2")))
    found = watched.crawl(closed("1", record("3", "1"), record("1", "1")), ended="it died", expected=["1", "2"])
    assert [e.kind for e in found.events] == ["report.published", "source.failing"]
    assert found.health.broken == {"2": Reason(None, "it died", second_hand=True)}


def test_pages_that_break_and_mend_together_are_told_together(store: Store) -> None:
    watched = Watched(store)
    pages = [str(n) for n in range(6)]
    watched.told(*[closed(p, record(p, p)) for p in pages])
    broken = [closed(p, outcome="error", detail="HTTP 500") for p in pages[:3]]
    sound = [closed(p, record(p, p)) for p in pages[3:]]
    found = watched.crawl(*broken, *sound)
    assert [(e.kind, e.council) for e in found.events] == [("source.failing", None)]
    assert "3 pages: error: HTTP 500" in str(found.events[0].after)
    assert watched.told(*broken, *sound) == []
    assert watched.told(*[closed(p, record(p, p)) for p in pages]) == [("source.recovered", None)]


def test_a_target_that_failed_is_opened_again(store: Store) -> None:
    watched = Watched(store)
    watched.told(closed("1", record("1", "1"), cursor="2024-05-01"))
    assert sources.cursors(store, "ofsted")["1"] == "2024-05-01"
    watched.told(closed("1", outcome="error", cursor="2024-05-02"))
    assert sources.cursors(store, "ofsted")["1"] is None


def test_a_new_report_without_its_document_is_held_then_told_when_it_comes(store: Store) -> None:
    watched = Watched(store)
    watched.told(closed("1", record("1", "1")))
    lost = record("2", "1", document=None, document_error=gone())
    assert watched.told(closed("1", record("1", "1"), lost)) == [("source.failing", None)]
    assert watched.told(closed("1", record("1", "1"), record("2", "1"))) == [
        ("report.published", "2"),
        ("source.recovered", None),
    ]


def test_a_run_that_changes_too_much_is_held_whole_until_it_is_confirmed(store: Store) -> None:
    watched = Watched(store)
    pages = [str(n) for n in range(30)]
    watched.told(*[closed(p, record(p, p, fields={"grade": "good"})) for p in pages])

    def changed(*more: PolledTarget) -> list[tuple[str, str | None]]:
        return watched.told(*[closed(p, record(p, p, fields={"grade": "ok"}), cursor="m") for p in pages], *more)

    fresh = closed("new", record("x", "new"), record("y", "new"))
    watched.told(closed("new", record("x", "new")), reach=Reach.SOME)
    assert changed(fresh) == [("source.quarantined", None)]
    assert sources.cursors(store, "ofsted")["3"] is None
    assert changed(fresh) == []
    assert changed(fresh) == [("report.published", "y"), ("source.recovered", None)]
    assert changed(fresh) == []


def test_a_person_may_release_a_held_source(store: Store) -> None:
    watched = Watched(store)
    listed = [record(str(n), "1") for n in range(12)]
    watched.told(closed("1", *listed))
    assert watched.told(closed("1", *listed[:4])) == [("source.quarantined", None)]
    with store.transaction():
        sources.release(store, "ofsted")
    assert watched.told(closed("1", *listed[:4])) == [("source.recovered", None)]
    with store.transaction():
        sources.release(store, "ofsted")
    assert [k for k, _ in watched.told(closed("1", *listed[:4]))] == ["report.withdrawn"] * 8


def test_a_listing_that_hides_reports_is_told_once_and_trusted_again_after_two_sweeps(store: Store) -> None:
    watched = Watched(store)

    def sweep(mark: str) -> list[tuple[str, str | None]]:
        return watched.told(closed("1", record("1", "1")), closed(SEARCH, listing=mark, detail="Devon: newer"))

    assert sweep("agrees") == []
    assert sweep("hides") == [("source.failing", None)]
    assert sources.state(store, "ofsted").listing.hides == "Devon: newer"
    assert sweep("hides") == []
    assert sweep("agrees") == []
    assert sweep("agrees") == [("source.recovered", None)]
    assert sources.state(store, "ofsted").listing.hides is None


def test_the_hosts_request_to_wait_is_remembered(store: Store) -> None:
    watched = Watched(store)
    later = (NOON + 2 * DAY).isoformat()
    watched.told(closed(SEARCH, outcome="error", not_before=later))
    assert wait_until(sources.state(store, "ofsted"), NOON + DAY) == datetime.fromisoformat(later)
    assert wait_until(sources.state(store, "ofsted"), NOON + 3 * DAY) is None


def test_nothing_is_kept_of_a_run_that_cannot_be_saved_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(store)
    watched.told(closed("1", record("1", "1")))
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "add", _no_space)
        with pytest.raises(StoreError, match="no space left"):
            watched.crawl(closed("1", record("1", "1"), record("2", "1")))
    assert records.count(store, "ofsted") == 1
    assert watched.told(closed("1", record("1", "1"), record("2", "1"))) == [("report.published", "2")]


def _no_space(*_: object) -> bool:
    raise OSError("no space left")
