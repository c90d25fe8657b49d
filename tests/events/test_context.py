"""A graded inspection among others: the wait before it, and how its statistical neighbours stand."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.events.context import with_context
from monitor.model import Event
from monitor.model.letter import Inspection
from monitor.model.payload_parts import Context
from monitor.model.payloads import ReportPayload
from monitor.reference import tables
from monitor.wording.describe import describe
from tests.making import event, letter

DEVON = "80461"
NEIGHBOURS = [n.urn for n in tables.neighbours(DEVON)]


def inspection(start: str, grade: str | None = "good", published: str = "") -> Inspection:
    judged = {"overall_effectiveness": grade} if grade else {"in_care": "good"}
    read = letter(inspection_start=start, judgements=judged)
    return Inspection(start, f"https://x.example/{start}", published or f"{start[:8]}28", read)


def wait(days: int, rank: int) -> dict[str, Any]:
    return {"council": "Devon", "days": days, "rank": rank, "of": 153}


def england(**of: list[Inspection]) -> dict[str, list[Inspection]]:
    """Every council was inspected on 1 March 2023, but for those given by their URN."""
    known = {urn: [inspection("2023-03-01")] for urn in tables.tiles()}
    return known | {urn.removeprefix("u"): found for urn, found in of.items()}


def report(**more: Any) -> Event:
    after = {"kind": "ilacs", "key": "9", "inspection_start": "2024-05-01", "judgements": {"in_care": "good"}}
    return event(published="2024-07-12", after={**after, **more})


def context(histories: dict[str, list[Inspection]], of: Event | None = None) -> Context:
    return with_context(of or report(), histories).after_as(ReportPayload).context or Context()


def test_the_wait_counts_from_start_to_start_and_is_ranked_on_the_day_it_ended() -> None:
    longer = {f"u{urn}": [inspection("2019-02-01")] for urn in NEIGHBOURS[:2]}
    found = context(england(**longer, u80461=[inspection("2021-02-27")]))
    assert found.waited is not None
    assert (found.waited.days, found.waited.rank, found.waited.of, found.since) == (1159, 3, 153, "2021-02-27")


def test_what_was_published_later_is_not_known_yet() -> None:
    def rank(published: str) -> int | None:
        later = inspection("2024-04-15", published=published)
        others = {f"u{urn}": [inspection("2019-02-01"), later] for urn in NEIGHBOURS[:2]}
        waited = context(england(**others, u80461=[inspection("2021-02-27"), inspection("2024-05-01")])).waited
        return waited.rank if waited else None

    assert (rank("2024-05-28"), rank("2024-04-30")) == (3, 1)


def test_neighbours_count_as_they_were_last_judged_overall() -> None:
    weak = {f"u{urn}": [inspection("2023-02-01", "inadequate")] for urn in NEIGHBOURS[:3]}
    without = {f"u{NEIGHBOURS[3]}": [inspection("2022-01-03"), inspection("2024-06-01", None)]}
    found = context(england(**weak, **without))
    assert (found.neighbours, found.judged, found.good) == (10, 9, 6)
    assert found.rows == tuple(n.row for n in tables.neighbours(DEVON))
    assert (found.year, found.source) == ("2025", str(tables.neighbours_source()))


def test_half_of_england_gives_no_rank_and_few_neighbours_no_count() -> None:
    half = {urn: past for urn, past in england().items() if urn in {*NEIGHBOURS, DEVON}}
    found = context(half)
    assert found.waited is not None
    assert (found.waited.days, found.waited.rank, found.neighbours) == (427, None, 10)
    for urn in NEIGHBOURS[5:]:
        del half[urn]
    assert (context(half).neighbours, len(context(half).rows)) == (5, 5)
    del half[NEIGHBOURS[0]]
    assert context(half).neighbours == 0
    assert context({}) == Context()


@pytest.mark.parametrize(
    "other",
    [
        report(kind="focused_visit"),
        report(archive={"why": "old"}),
        event(kind="report.replaced", after={"kind": "ilacs", "inspection_start": "2024-05-01"}),
        event(kind="press.published"),
    ],
)
def test_only_news_of_graded_inspections_has_a_context(other: Event) -> None:
    assert with_context(other, england()) is other


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {
                "waited": {"council": "Devon", "days": 1159, "rank": 3, "of": 153},
                "neighbours": 10,
                "judged": 10,
                "good": 6,
            },
            "Third longest wait in England before this inspection: 1,159 days. "
            "6 of its 10 statistical neighbours are Good or better overall.",
        ),
        (
            {"waited": {"council": "Devon", "days": 1159}, "neighbours": 7, "judged": 7, "good": 7},
            "Wait before this inspection: 1,159 days. "
            "7 of the 7 statistical neighbours that are known here are Good or better overall.",
        ),
        (
            {"waited": wait(1159, 1)},
            "Longest wait in England before this inspection: 1,159 days.",
        ),
        (
            {
                "waited": {"council": "Devon", "days": 900, "rank": 42, "of": 153},
                "neighbours": 10,
                "judged": 9,
                "good": 1,
            },
            "Wait before this inspection: 900 days, the 42nd longest of 153 in England. "
            "1 of its 10 statistical neighbours is Good or better overall (1 other has no overall judgement).",
        ),
    ],
)
def test_it_is_one_line_of_the_message(given: dict[str, Any], said: str) -> None:
    assert said in describe(report(context=given)).notes
