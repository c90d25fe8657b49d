"""The measurements run, on tiny sizes; their figures are for docs/figures.md, not for a test."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import monitor.demo.letters
from benchmarks import (
    committees,
    deliveries,
    newsrooms,
    passes,
    reading,
    replaying,
    site_pages,
    underlined,
    years,
)
from benchmarks.cost import Cost, cost_of, typical
from benchmarks.inside import scheduler
from benchmarks.place import place
from monitor.model import Quote
from tests.letters.underlined import Underlined
from tests.letters.underlined import underlined as letters
from tests.site import world


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_quiet_pass_over_watched_pages_asks_for_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.place.clean_env", lambda _: dict(os.environ))
    with place(councils=3, entries=1) as here:
        first = here.crawl_pages()
        quiet = here.crawl_pages()
        assert first.requests >= quiet.requests
        assert quiet.requests <= 3 + 1  # and robots.txt
        with scheduler(here, "page") as running:
            assert running.crawl().requests == quiet.requests


@pytest.mark.slow
def test_a_store_of_years_is_measured_beside_one_of_a_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.years.clean_env", lambda _: dict(os.environ))
    lines = list(years.report(years.Kept(600, 60, 120), councils=2, rounds=1))
    assert lines[0] == "600 records, 60 letters, 120 events against a month of them"
    assert [line.split("  ")[0] for line in lines[2:]] == list(years.MEASURED)
    assert all("goal: at most 1.2" in line for line in lines[2:])


def test_a_replayed_history_tells_each_new_report_once(tmp_path: Path) -> None:
    found = replaying.measure(runs=21, targets=6, every=2, folder=tmp_path)
    assert (found.polls, found.events) == (126, 10)
    assert found.growth >= 0
    assert len(list(replaying.report(found))) == 4


def test_the_verdict_names_the_goal_and_whether_it_was_met() -> None:
    costs = dict.fromkeys(
        (passes.INSIDE, passes.ONE_OFF, passes.SWEEP, passes.PEER, passes.PAGES_INSIDE, passes.PAGES_ONE_OFF),
        Cost(1.0, 2.0, 90.0, 3),
    )
    lines = list(passes.verdicts(costs | {passes.INSIDE: Cost(1.5, 2.0, 0.0, 4)}))
    assert lines[0] == "inside run / urlwatch: 1.5 x (goal: at most 1) MISSED"
    assert lines[1] == "one-off / urlwatch: 1 x (goal: at most 2) met"
    assert lines[-1] == "no-change pass: 4 requests (goal: at most 3) MISSED"


@pytest.mark.slow
def test_a_quiet_pass_over_committee_sites_asks_as_much_as_the_plain_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.committees.clean_env", lambda _: dict(os.environ))
    lines = list(committees.report(moderngov=3, cmis=1, rounds=1))
    quiet, morning, one_off, bare = (int(line.split()[-1]) for line in lines[1:5])
    assert (quiet, morning, one_off) == (bare, bare + 3, bare)
    assert [line.partition(":")[0] for line in lines[5:7]] == ["no change, one-off", "no change / plain loop"]


@pytest.mark.slow
def test_a_quiet_pass_asks_each_newsroom_for_its_rules_and_its_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.newsrooms.clean_env", lambda _: dict(os.environ))
    lines = list(newsrooms.report(rooms=2, rounds=1))
    assert [line.partition(":")[0] for line in lines] == ["304", "the same bytes"]
    assert [line.partition("a pass: ")[2] for line in lines] == ["{'/robots.txt': 2, '/feed/': 2}"] * 2


def test_reading_is_measured_beside_bare_text() -> None:
    letters_ = sorted(Path(monitor.demo.letters.__file__).parent.glob("*.pdf"))[:4]
    lines = list(reading.report(letters_))
    bare, whole = (int(found[1]) for line in lines[:2] if (found := re.search(r": (\d+) pages,", line)))
    assert bare == whole > 8
    assert lines[-1].count(",") == 3


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


SENTENCE = "Children wait too long, and leaders did not know that they do."


@pytest.mark.parametrize(
    ("quotation", "shown"),
    [
        (f"“{SENTENCE}” p. 2", True),
        (f"“Care leavers do well. {SENTENCE}” p. 2", True),
        ("“[…] wait too long, and leaders did not know that they do.” p. 2", True),
        ("“Children wait too long, and leaders did not know that…” p. 2", True),
        ("“Children wait too long, and leaders did not…” p. 2", False),
        ("“Children wait too long, and leaders knew that they do.” p. 2", False),
        ("“”", False),
    ],
)
def test_a_sentence_is_shown_whole_or_all_but_a_fifth_of_it(quotation: str, shown: bool) -> None:
    assert underlined.shows(quotation, SENTENCE) is shown


@pytest.mark.corpus
def test_what_a_message_quotes_of_what_is_underlined_is_counted(shared: Path) -> None:
    letter = next(one for one in letters() if one.council == "City of London")
    (found,) = underlined.measure([letter])
    first = found.ways["e-mail's four"][0].partition("“")[2].partition("”")[0]
    again = replace(found, letter=replace(letter, sentences=(Quote(first, 1), Quote("Nobody wrote this.", 1))))
    assert underlined.share([again], "e-mail's four") == 0.5
    assert list(underlined.missed([again]))[1:] == ["  p. 1  Nobody wrote this."]
    assert [line.split()[0] for line in underlined.report([again])][1:3] == ["focused_visit", "all"]


def test_the_letters_that_are_held_back_are_measured_only_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[set[bool]] = []
    nothing = {way: ["“A”"] for way in ("Slack's two", "e-mail's four", "whole e-mail")}

    def measure(chosen: list[Underlined]) -> list[underlined.Shown]:
        measured.append({one.held for one in chosen})
        return [underlined.Shown(one, nothing) for one in chosen]

    monkeypatch.setattr(underlined, "measure", measure)
    assert [underlined.main([]), underlined.main(["--second", "--missed"]), underlined.main(["--held"])] == [0, 0, 0]
    assert measured == [{False}, {False}, {True}]
    with pytest.raises(SystemExit):
        underlined.main(["--held", "--missed"])


def test_a_day_with_many_providers_is_measured() -> None:
    """As its command, for it forks, and here are threads."""
    command = [sys.executable, "-m", "benchmarks.growth", "--share", "0.002"]
    lines = subprocess.run(
        command, cwd=Path(__file__).parents[1], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    lines = [line for line in lines if "Python" not in line]
    assert lines[0] == "60 providers in 3 remits"
    told = [int(line.split("  ")[-1].split()[0]) for line in lines if line.endswith("events")]
    assert told == [0, 0, 3]
    assert "bytes a provider" in lines[-1]


def test_the_site_is_timed_whole_again_and_after_one_letter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.site.search.available", lambda: False)
    config = world.filled(tmp_path)
    whole, again, *after = site_pages.measure(config, config.data_dir, tmp_path / "site")
    assert whole.made > 30
    assert again.made == 1  # that of health
    assert [again.made < one.made < whole.made for one in after] == [True, True]
    assert site_pages.largest(tmp_path / "site")[0][0] > 1000
