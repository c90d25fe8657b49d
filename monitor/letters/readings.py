"""Compares independent readings of a judgement and decides which grade counts.

The reader reads a judgement from the ruled table by its geometry, from the same table in the order of the text, and
from the running text ("prose"): headings that repeat the grade, the sentence of the overall judgement. If two readings
agree, the grade counts. If there is only one, or if two differ, the letter's problems say so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from monitor.model import Letter, Quote
from monitor.model.areas import BOARD, COMBINED, IN_CARE

Way = Literal["table", "text", "prose"]

_TOLD = {"table": "the table", "text": "the text of the table", "prose": "the report's running text"}
_NAMES = {
    BOARD: "safeguarding children board",
    IN_CARE: "children in care",
    COMBINED: "children in care and care leavers",
}
"""Areas whose name in the database is no English."""
_ORDER = tuple(_TOLD)
"""The grade of the table counts, because the table is what the report states; prose if no table could be read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A grade, how it was read, and the words that say it."""

    area: str
    grade: str
    way: Way
    quote: Quote


def judge(letter: Letter, readings: Iterable[Reading]) -> None:
    """Fill in the letter's judgements with their evidence, and report those that do not rest on two readings."""
    by_area: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_area[reading.area].append(reading)
    for area, found in by_area.items():
        chosen = min(found, key=lambda reading: _ORDER.index(reading.way))
        letter.judgements[area] = chosen.grade
        letter.evidence[f"judgements.{area}"] = chosen.quote
        letter.problems += _doubts(area, chosen, found)


def _doubts(area: str, chosen: Reading, found: list[Reading]) -> list[str]:
    name = _NAMES.get(area, area.replace("_", " "))
    if against := [reading for reading in found if reading.grade != chosen.grade]:
        other = against[0]
        return [
            f"{name}: {_TOLD[chosen.way]} says {chosen.grade}, "
            f"{_TOLD[other.way]} on page {other.quote.page} says {other.grade}"
        ]
    return [f"{name}: the grade stands in {_TOLD[chosen.way]} only"] if len(found) == 1 else []
