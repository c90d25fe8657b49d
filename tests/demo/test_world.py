"""The demonstration's history and its week."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from monitor.cli.check import demo
from monitor.councils.registry import Registry
from monitor.demo.councils import COUNCILS, FENWICK_VALE, HARROWMOOR, PORT_CARROW, WEALDSHIRE
from monitor.demo.history import demo_world
from monitor.demo.world import Edition, World
from monitor.letters.reading import read

WORLD = demo_world()
WEEK = [day.date for day in WORLD.days]
NUMBERS = {5: "five", 6: "six", 7: "seven"}


def new_on(world: World, day: date) -> list[tuple[str, str]]:
    return [(p.urn, p.kind) for p in world.publications if p.published == day]


def judgements(edition: Edition) -> dict[str, str]:
    return read(edition.pdf, Registry(COUNCILS)).judgements


def test_the_baseline_has_a_dozen_reports_of_every_kind() -> None:
    known = [p for p in WORLD.publications if p.published < WEEK[0]]
    assert len(known) == 13
    assert {p.kind for p in known} == {"sif", "ilacs", "focused_visit", "monitoring_visit"}
    assert [p.kind for p in WORLD.listed(FENWICK_VALE.urn, WEEK[0])] == ["ilacs", "focused_visit", "ilacs", "sif"]


def test_what_the_week_brings() -> None:
    assert [new_on(WORLD, day) for day in WEEK] == [
        [],
        [(FENWICK_VALE.urn, "ilacs")],
        [(PORT_CARROW.urn, "focused_visit")],
        [(HARROWMOOR.urn, "monitoring_visit")],
        [],
        [],
    ]
    assert [day for day in WEEK if WORLD.is_out(HARROWMOOR.urn, day)] == [WEEK[3]]


def test_the_new_report_moves_one_judgement_up_and_one_down() -> None:
    new, _, *_ = WORLD.listed(FENWICK_VALE.urn, WEEK[1])
    before = WORLD.listed(FENWICK_VALE.urn, WEEK[0])[0]
    old, now = (judgements(p.editions[0]) for p in (before, new))
    assert {area: (old[area], now[area]) for area in now if old[area] != now[area]} == {
        "help_and_protection": ("requires improvement", "good"),
        "care_leavers": ("outstanding", "good"),
    }
    assert set(old) - set(now) == {"overall_effectiveness"}


def test_a_report_is_replaced_behind_the_same_link() -> None:
    [report] = [p for p in WORLD.publications if len(p.editions) > 1]
    first, second = (WORLD.file(report.file_id, day) for day in (WEEK[4], WEEK[5]))
    assert report.urn == WEALDSHIRE.urn
    assert first is not None
    assert second is not None
    assert (judgements(first)["care_leavers"], judgements(second)["care_leavers"]) == (
        "requires improvement",
        "good",
    )
    assert first.etag != second.etag


def test_file_ids_are_unique_and_grow_with_the_date() -> None:
    ids = [p.file_id for p in WORLD.publications]
    assert len(set(ids)) == len(ids)
    assert [int(i) for i in ids] == sorted(int(i) for i in ids)


def test_a_report_is_not_there_before_its_day() -> None:
    report = next(p for p in WORLD.publications if p.published == WEEK[1])
    assert WORLD.file(report.file_id, WEEK[0]) is None
    assert WORLD.latest(FENWICK_VALE.urn, WEEK[0]) == date(2024, 1, 5)
    assert WORLD.latest(FENWICK_VALE.urn, WEEK[1]) == WEEK[1]
    assert WORLD.latest(HARROWMOOR.urn, date(2023, 1, 1)) is None


def test_nothing_is_published_at_a_weekend_and_no_inspection_starts_on_one() -> None:
    for p in WORLD.publications:
        assert p.published.weekday() < 5
        assert p.inspected.weekday() < 5
        assert p.inspected < p.published


def test_who_is_told_how_long_the_demo_is_is_told_right() -> None:
    words = f"{NUMBERS[len(WEEK)]} days with made-up councils"
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert readme.count(words) == len(re.findall(r"days with made-up councils", readme)) > 0
    assert words in str(demo.help)
