"""The measurements run, on tiny sizes; their figures are for docs/figures.md, not for a test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks import committees, deliveries, passes, replaying
from benchmarks.cost import Cost, cost_of, typical
from benchmarks.inside import scheduler
from benchmarks.place import place


def test_a_quiet_pass_asks_for_the_listing_only_wherever_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.place.clean_env", lambda _: dict(os.environ))  # no time to compile everything
    with place(councils=2, entries=1) as here:
        with scheduler(here) as running:  # its first pass is the baseline
            assert running.crawl().requests <= 3
            assert set(running.memory) == {"parent", "fork server"}
        one_off = here.crawl()
        assert one_off.requests <= 3
        assert one_off.cpu > 0
        assert one_off.peak > 10


def test_a_replayed_history_tells_each_new_report_once(tmp_path: Path) -> None:
    found = replaying.measure(runs=21, targets=6, every=2, folder=tmp_path)
    assert (found.polls, found.events) == (126, 10)
    assert found.growth >= 0
    assert len(list(replaying.report(found))) == 4


def test_the_verdict_names_the_goal_and_whether_it_was_met() -> None:
    costs = dict.fromkeys((passes.INSIDE, passes.ONE_OFF, passes.SWEEP, passes.PEER), Cost(1.0, 2.0, 90.0, 3))
    lines = list(passes.verdicts(costs | {passes.INSIDE: Cost(1.5, 2.0, 0.0, 4)}))
    assert lines[0] == "inside run / urlwatch: 1.5 x (goal: at most 1) MISSED"
    assert lines[1] == "one-off / urlwatch: 1 x (goal: at most 2) met"
    assert lines[-1] == "no-change pass: 4 requests (goal: at most 3) MISSED"


def test_a_quiet_pass_asks_each_committee_site_for_its_feed_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.committees.clean_env", lambda _: dict(os.environ))
    lines = list(committees.report(councils=3, rounds=1))
    assert [line.split()[-1] for line in lines[1:4]] == ["3", "6", "3"]
    assert lines[5] == "no change, a council: 1 requests (goal: at most 1) met"


def test_a_median_takes_the_largest_peak() -> None:
    found = typical([Cost(1, 2, 50, 3), Cost(9, 9, 70, 3), Cost(2, 3, 60, 3)])
    assert found == Cost(2, 3, 70, 3)


def test_a_command_that_fails_is_an_error_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="exit status 1\nlast words"):
        cost_of(["/bin/sh", "-c", "echo last words; exit 1"], tmp_path)


@pytest.mark.corpus
def test_events_that_go_out_one_by_one_keep_within_slacks_limit(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    found = deliveries.measure(events=12, teams=3, singles=12)
    assert (found.messages, found.refused, found.wrong) == (12, 0, 0)
    assert found.least == 1.0
    together = deliveries.measure(events=12, teams=3, singles=3)
    assert (together.messages, together.refused, together.wrong) == (3, 0, 0)
