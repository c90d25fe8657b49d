"""What may be believed: single breakages, wide ones, their beginnings and ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.health.episodes import breakages, together, turned, unwatched
from monitor.health.judge import dated, patient, seen_since, trusted
from monitor.model import Kind
from monitor.model.reach import Reach, Shows
from monitor.model.state import KnownTarget, Stored, key_of
from monitor.model.trouble import WHOLE, Episode, Health, Reason, Trouble
from tests.health.judging import judge
from tests.making import NOON, closed, gone, record

AT = NOON.isoformat()
UNREACHED = Reason(None, "it died", second_hand=True)


def known(*records: object) -> KnownTarget:
    return KnownTarget({key_of(r): Stored(r, "listed", AT) for r in records}, baselined=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("outcome", ["blocked", "missing", "error", "invalid"])
def test_a_poll_that_saw_nothing_is_a_breakage_with_its_reason(outcome: str) -> None:
    health = judge([closed("1", outcome=outcome, detail="the page said no"), closed("2", record())], {})
    assert health.broken == {"1": Reason(outcome, f"{outcome}: the page said no")}  # type: ignore[arg-type]
    assert health.wide is None


def test_a_page_that_lost_all_its_reports_is_broken_and_nothing_on_it_is_gone() -> None:
    health = judge([closed("1")], {"1": known(record("1"), record("2"))})
    assert health.broken == {"1": Reason("invalid", "invalid: 2 listed before, none now")}
    assert trusted(closed("1"), health.broken).poll.complete is False


def test_a_new_council_without_reports_is_well() -> None:
    assert judge([closed("1")], {"1": known()}).broken == {}


def test_a_new_report_without_its_document_is_said() -> None:
    lost = record("7", document=None, document_error=gone())
    assert "7" in judge([closed("1", lost)], {"1": known()}).broken["1"].words


def test_a_link_that_was_dead_at_the_baseline_stays_no_breakage() -> None:
    lost = record("7", document=None, document_error=gone())
    assert judge([closed("1", lost)], {"1": known(lost)}).broken == {}
    assert judge([closed("1", lost)], {}).broken == {}


def test_four_broken_targets_are_one_broken_source() -> None:
    broken = [closed(str(n), outcome="error", detail="HTTP 500") for n in range(4)]
    health = judge([*broken, closed("9", record())], {})
    assert health.wide == Reason("error", "4 of 5 targets could not be seen: error: HTTP 500")


def test_most_of_the_few_pages_opened_are_one_broken_source_too() -> None:
    quiet = [closed(str(n), outcome="unchanged") for n in range(100)]
    broken = [closed(f"x{n}", outcome="error", detail="HTTP 500") for n in range(2)]
    assert judge([*quiet, *broken, closed("search", record())], {}).wide is not None
    assert judge([*quiet, *broken[:1], closed("search", record())], {}).wide is None
    assert judge([*quiet, *broken, *(closed(f"y{n}", record()) for n in range(4))], {}).wide is None


def test_targets_that_were_not_reached_are_not_seen() -> None:
    health = judge([closed("1", record())], {}, expected=["1", "2"], unreached=UNREACHED)
    assert health.broken == {"2": UNREACHED}


def test_an_episode_begins_once_and_ends_once() -> None:
    bad, good = judge([closed("1", outcome="error")], {}), judge([closed("1", record())], {})
    begun = breakages("ofsted", (), bad, ["1"], AT)
    assert ([e.targets for e in begun.begun], begun.ended) == ([("1",)], ())
    open_now = begun.begun
    assert breakages("ofsted", open_now, bad, ["1"], AT).begun == ()
    assert breakages("ofsted", open_now, good, ["2"], AT).ended == ()
    assert breakages("ofsted", open_now, good, ["1"], AT).ended == open_now


def test_while_the_source_is_broken_its_targets_are_not_told_one_by_one() -> None:
    wide = judge([closed(str(n), outcome="error") for n in range(9)], {})
    assert [e.targets for e in breakages("ofsted", (), wide, [str(n) for n in range(9)], AT).begun] == [WHOLE]


def test_a_crawl_of_a_few_councils_does_not_end_the_sources_own_episode() -> None:
    whole = (Episode("ofsted", WHOLE, Trouble.BROKEN, AT, Reason("error", "HTTP 500")),)
    well = judge([closed("1", record())], {})
    assert breakages("ofsted", whole, well, ["1"], AT, reach=Reach.SOME).ended == ()
    assert breakages("ofsted", whole, well, ["1"], AT).ended == whole


def test_targets_told_together_keep_episodes_of_their_own() -> None:
    found = {("a",): Reason("error", "x"), ("b",): Reason("error", "y"), WHOLE: Reason("error", "z")}
    begun = turned("press", Trouble.BROKEN, (), found, (), AT).begun
    assert [[e.targets for e in told] for told in together(begun)] == [[("a",), ("b",)], [WHOLE]]
    assert len({e.id for e in begun}) == 3
    ended = turned("press", Trouble.BROKEN, begun, {}, [("b",)], "later").ended
    assert [e.id for e in ended] == [begun[1].id]


def test_the_episode_of_a_target_that_is_watched_no_more_is_dropped() -> None:
    mine = Episode("press", ("gone",), Trouble.BROKEN, AT, Reason("error", "x"))
    whole = Episode("press", WHOLE, Trouble.BROKEN, AT, Reason("error", "x"))
    assert unwatched((mine, whole), ["other"]).dropped == (mine,)
    assert unwatched((mine, whole), ["gone"]).dropped == ()


def test_only_what_happened_speaks_for_many_and_not_what_follows_from_it() -> None:
    polls = [closed(str(n), outcome="error", detail="not opened", second_hand=True) for n in range(5)]
    health = judge([*polls, closed("search", outcome="blocked", detail="403")], {})
    assert health.wide == Reason("blocked", "6 of 6 targets could not be seen: blocked: 403")


def test_of_many_sites_a_few_are_told_apart_and_most_are_our_side() -> None:
    few = [closed(str(n), outcome="error" if n < 5 else "ok") for n in range(12)]
    most = [closed(str(n), outcome="error" if n < 7 else "ok") for n in range(12)]
    assert judge(few, {}, shows=Shows.RECENT).wide is None
    assert judge(few, {}).wide is not None
    assert str(judge(most, {}, shows=Shows.RECENT).wide).startswith("7 of 12 targets could not be seen")


def test_a_site_that_was_seen_lately_is_not_called_broken_yet() -> None:
    down = Reason("error", "error: 503")
    verdict = Health({"1": down, "2": down})
    assert patient(verdict, ["1"]).broken == {"2": down}
    wide = Health({"1": down}, Reason("error", "9 of 9 targets could not be seen: error"))
    assert patient(wide, ["1"]) == wide


@pytest.mark.parametrize(("kind", "days", "kept"), [
    (Kind.REPORT, 0, True), (Kind.REPORT, 31, True), (Kind.REPORT, 32, False), (Kind.REPORT, 365, False),
    (Kind.ARTICLE, 365, True), (Kind.ARTICLE, 367, False),
])  # fmt: skip
def test_a_report_is_not_dated_a_year_ahead_as_an_article_may_be(kind: Kind, days: int, kept: bool) -> None:
    today = NOON.date()
    stated = (today + timedelta(days=days)).isoformat()
    seen = dated(closed("1", record("r", "1", kind=kind, published=stated)), today)
    assert seen.records[0].published == (stated if kept else None)
    assert (f"published {stated}" in (seen.poll.detail or "")) is not kept


def test_what_was_seen_in_the_future_was_not_seen_lately() -> None:
    hour = timedelta(hours=1)
    seen = {"before": NOON - 2 * hour, "lately": NOON, "ahead": NOON + 400 * 24 * hour}
    assert seen_since(seen, NOON - hour, NOON) == {"lately"}
