"""What may be believed: single breakages, wide ones, their beginnings and ends."""

from __future__ import annotations

import pytest

from monitor.health.judge import episodes, judge, patient, trusted
from monitor.model.state import WHOLE, Episode, Health, KnownTarget, Stored, key_of
from tests.making import NOON, closed, gone, record

AT = NOON.isoformat()


def known(*records: object) -> KnownTarget:
    return KnownTarget({key_of(r): Stored(r, "listed", AT) for r in records}, baselined=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", ["blocked", "missing", "error", "invalid"])
def test_a_poll_that_saw_nothing_is_a_breakage_with_its_reason(outcome: str) -> None:
    health = judge([closed("1", outcome=outcome, detail="the page said no"), closed("2", record())], {})
    assert health.broken == {"1": f"{outcome}: the page said no"}
    assert health.wide is None


def test_a_page_that_lost_all_its_reports_is_broken_and_nothing_on_it_is_gone() -> None:
    health = judge([closed("1")], {"1": known(record("1"), record("2"))})
    assert health.broken == {"1": "invalid: 2 listed before, none now"}
    assert trusted(closed("1"), health).poll.complete is False


def test_a_new_council_without_reports_is_well() -> None:
    assert judge([closed("1")], {"1": known()}).broken == {}


def test_a_new_report_without_its_document_is_said() -> None:
    lost = record("7", document=None, document_error=gone())
    assert "7" in judge([closed("1", lost)], {"1": known()}).broken["1"]


def test_a_link_that_was_dead_at_the_baseline_stays_no_breakage() -> None:
    lost = record("7", document=None, document_error=gone())
    assert judge([closed("1", lost)], {"1": known(lost)}).broken == {}
    assert judge([closed("1", lost)], {}).broken == {}


def test_four_broken_targets_are_one_broken_source() -> None:
    broken = [closed(str(n), outcome="error", detail="HTTP 500") for n in range(4)]
    health = judge([*broken, closed("9", record())], {})
    assert health.wide == "4 of 5 targets could not be seen: error: HTTP 500"


def test_most_of_the_few_pages_opened_are_one_broken_source_too() -> None:
    quiet = [closed(str(n), outcome="unchanged") for n in range(100)]
    broken = [closed(f"x{n}", outcome="error", detail="HTTP 500") for n in range(2)]
    assert judge([*quiet, *broken, closed("search", record())], {}).wide is not None
    assert judge([*quiet, *broken[:1], closed("search", record())], {}).wide is None
    assert judge([*quiet, *broken, *(closed(f"y{n}", record()) for n in range(4))], {}).wide is None


def test_targets_that_were_not_reached_are_not_seen() -> None:
    health = judge([closed("1", record())], {}, expected=["1", "2"], why_unreached="it died")
    assert health.broken == {"2": "it died"}


def test_an_episode_begins_once_and_ends_once() -> None:
    bad, good = judge([closed("1", outcome="error")], {}), judge([closed("1", record())], {})
    begun, ended = episodes({}, bad, ["1"], AT, covering=True)
    assert ([e.target for e in begun], ended) == (["1"], [])
    open_now = {"1": begun[0]}
    assert episodes(open_now, bad, ["1"], AT, covering=True) == ([], [])
    assert episodes(open_now, good, ["2"], AT, covering=True) == ([], [])
    assert episodes(open_now, good, ["1"], AT, covering=True) == ([], begun)


def test_while_the_source_is_broken_its_targets_are_not_told_one_by_one() -> None:
    wide = judge([closed(str(n), outcome="error") for n in range(9)], {})
    begun, _ = episodes({}, wide, [str(n) for n in range(9)], AT, covering=True)
    assert [e.target for e in begun] == [WHOLE]


def test_a_crawl_of_a_few_councils_does_not_end_the_sources_own_episode() -> None:
    whole, well = {WHOLE: Episode(WHOLE, AT, "HTTP 500")}, judge([closed("1", record())], {})
    assert episodes(whole, well, ["1"], AT, covering=False) == ([], [])
    assert episodes(whole, well, ["1"], AT, covering=True) == ([], [whole[WHOLE]])


def test_of_many_sites_a_few_are_told_apart_and_most_are_our_side() -> None:
    few = [closed(str(n), outcome="error" if n < 5 else "ok") for n in range(12)]
    most = [closed(str(n), outcome="error" if n < 7 else "ok") for n in range(12)]
    assert judge(few, {}, apart=True).wide is None
    assert judge(few, {}).wide is not None
    assert (judge(most, {}, apart=True).wide or "").startswith("7 of 12 targets could not be seen")


def test_a_site_that_was_seen_lately_is_not_called_broken_yet() -> None:
    verdict = Health({"1": "error: 503", "2": "error: 503"})
    assert patient(verdict, ["1"]).broken == {"2": "error: 503"}
    wide = Health({"1": "error"}, "9 of 9 targets could not be seen: error")
    assert patient(wide, ["1"]) == wide
