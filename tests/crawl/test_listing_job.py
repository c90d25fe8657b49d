"""What a crawl is told: sweeps, what is known, which documents to ask for again, whom to leave alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from monitor.crawl.listing_job import Memory, Order, job
from monitor.health.listing import swept, wait_until
from monitor.model import Http, Job, Record
from monitor.model.crawl import ListingVerdict
from monitor.model.reach import Depth, Reach
from monitor.model.state import Remembered, State
from monitor.model.trouble import Listing, SourceState
from tests.making import NOON, document, gone, poll, record, remembered

TODAY = date(2024, 5, 15)


def known(*listed: Record, state: State = "listed") -> dict[str, Remembered]:
    return {r.key: remembered(r, state) for r in listed}


def planned(memory: Memory, depth: Depth = Depth.NEW, *, recheck: int = 2, targets: int = 9) -> Job:
    names = {str(n): f"Council {n}" for n in range(targets)}
    order = Order("r", "ofsted", "https://x", "docs", Http("t"), TODAY, depth, Reach.EVERY_COUNCIL)
    return job(order, names, memory, page_size=100, recheck=recheck)


def asked_again(planned_job: Job) -> set[str]:
    return {key for t in planned_job.targets for key, known in t.documents.items() if known.recheck}


def test_the_first_crawl_and_one_that_distrusts_the_listing_are_sweeps() -> None:
    settled = {"0": known(record("1", "0"))}
    assert planned(Memory()).sweep
    assert planned(Memory(settled)).sweep  # a baseline that was stopped
    assert not planned(Memory(settled, listing=Listing(swept=True))).sweep
    assert planned(Memory(settled, listing=Listing(swept=True)), Depth.EVERYTHING).sweep
    assert planned(Memory(settled, listing=Listing(swept=True, hides="Devon"))).sweep


def test_a_target_carries_its_cursor_and_its_documents() -> None:
    lost = record("2", "0", document=None, document_error=gone())
    memory = Memory({"0": known(record("1", "0"), lost)}, cursors={"0": "2024-05-01"})
    target = planned(memory).targets[0]
    assert (target.cursor, target.documents["1"].sha256) == ("2024-05-01", document().sha256)
    assert (target.documents["2"].sha256, target.documents["2"].gone) == (None, True)


def test_a_target_carries_the_keys_of_all_that_it_should_show() -> None:
    withdrawn = known(record("3", "0"), state="gone")
    target = planned(Memory({"0": known(record("1", "0"), record("2", "0", document=None)) | withdrawn})).targets[0]
    assert target.options["listed"] == ["1", "2"]


def test_a_waiting_report_s_document_is_fetched_anew() -> None:
    waiting = known(record("1", "0", document=None, document_error=gone()), state="pending")
    assert planned(Memory({"0": waiting})).targets[0].documents == {}


def test_a_damaged_document_that_is_kept_is_fetched_anew_in_each_look() -> None:
    memory = Memory(
        {"0": known(record("1", "0")), "1": known(record("1", "1", document=document("b" * 64)))},
        cursors={"0": "2024-05-01", "1": "2024-05-01"},
        damaged={document().sha256},
    )
    broken, sound, *_ = planned(memory).targets
    assert (broken.documents, broken.cursor) == ({}, None)
    assert ([*sound.documents], sound.cursor) == (["1"], "2024-05-01")


def test_a_sweep_asks_again_for_the_recent_documents_that_were_not_asked_for_longest() -> None:
    days = [TODAY - timedelta(days=n * 100) for n in range(6)]
    listed = known(*[record(str(n), "0", published=day.isoformat()) for n, day in enumerate(days)])
    asked = {("0", "0"): "2024-05-03", ("0", "1"): "2024-05-01", ("0", "2"): "2024-05-02"}
    assert asked_again(planned(Memory({"0": listed}, asked=asked), Depth.EVERYTHING)) == {"3", "1"}


def test_a_year_counts_from_the_newest_report_and_not_from_today() -> None:
    listed = known(record("old", "0", published="2013-01-01"), record("older", "0", published="2011-12-31"))
    assert asked_again(planned(Memory({"0": listed}), Depth.EVERYTHING)) == {"old"}


def test_a_crawl_of_a_few_councils_asks_for_all_that_is_recent() -> None:
    listed = known(*[record(str(n), "0") for n in range(8)])
    assert len(asked_again(planned(Memory({"0": listed}), Depth.EVERYTHING, targets=1))) == 8


@pytest.mark.parametrize(
    ("before", "verdict", "after"),
    [
        (Listing(), "agrees", Listing(swept=True)),
        (Listing(), None, Listing()),
        (Listing(), "hides", Listing(swept=True, hides="why")),
        (Listing(hides="x"), None, Listing(hides="x")),
        (Listing(hides="x"), "agrees", Listing(swept=True, hides="x", agreed=1)),
        (Listing(hides="x", agreed=1), "agrees", Listing(swept=True)),
        (Listing(hides="x", agreed=1), "hides", Listing(swept=True, hides="why")),
    ],
)
def test_how_far_the_listing_is_believed_after_a_sweep(
    before: Listing, verdict: ListingVerdict | None, after: Listing
) -> None:
    assert swept(before, poll("search", listing=verdict, detail="why"), whole=True) == after


def test_a_crawl_of_a_few_councils_can_find_a_listing_wanting_and_cannot_vouch_for_it() -> None:
    doubted = Listing(swept=True, hides="x", agreed=1)
    assert swept(doubted, poll("search", listing="agrees"), whole=False) == doubted
    assert swept(Listing(), poll("search", listing="hides", detail="y"), whole=False) == Listing(hides="y")


def test_waiting_as_the_host_asked() -> None:
    later = NOON + timedelta(hours=1)
    assert wait_until(SourceState(not_before=later), NOON) == later
    assert wait_until(SourceState(not_before=later), later) is None
    assert wait_until(SourceState(), NOON) is None


@pytest.mark.parametrize("mistyped", ["2042-03-01", "2024-05-16", "2025-05-15", "9999-12-31"])
def test_one_date_ahead_of_today_hides_no_other_report(mistyped: str) -> None:
    """The newest date that can be is what the year counts from, also at a source that has been silent for long."""
    wrong = {"0": known(record("w", "0", published=mistyped))}
    last = {str(n): known(record(f"r{n}", str(n), published=f"2022-0{n}-01")) for n in range(1, 6)}
    memory = Memory({**wrong, **last}, listing=Listing(swept=True))
    assert asked_again(planned(memory)) >= {f"r{n}" for n in range(1, 6)}
    assert asked_again(planned(memory, Depth.EVERYTHING, recheck=99)) >= {f"r{n}" for n in range(1, 6)}
