"""What a report's event quotes: the letter's most telling sentences, and one of each judgement that moved."""

from __future__ import annotations

from monitor.events.payload import with_moved
from monitor.model import Change, Letter, Quote
from monitor.model.event import Direction

FOUR = tuple(Quote(f"Finding {n}.", 1) for n in range(4))
CARE, HELP = Quote("Care leavers wait.", 7), Quote("Help comes early.", 3)
LETTER = Letter("ilacs", "0", 12, by_judgement={"care_leavers": CARE, "help_and_protection": HELP})


def change(area: str, direction: Direction) -> Change:
    return Change(area, "good", "good", direction)


def test_a_judgement_that_moved_is_quoted_from_its_own_section() -> None:
    moved = (change("care_leavers", "declined"), change("help_and_protection", "same"))
    assert with_moved(FOUR, LETTER, moved) == (*FOUR[:2], CARE, *FOUR[2:])


def test_what_is_quoted_already_is_not_quoted_again() -> None:
    assert with_moved((CARE, *FOUR), LETTER, (change("care_leavers", "improved"),)) == (CARE, *FOUR)


def test_a_judgement_without_a_section_and_a_letter_without_quotations_quote_nothing() -> None:
    assert with_moved(FOUR, LETTER, (change("overall_effectiveness", "declined"),)) == FOUR
    assert with_moved((), LETTER, (change("care_leavers", "declined"),)) == ()
