"""Shows a letter to a person: what it is, its grades, what it asks for and a summary, in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model import Letter, Quote
from monitor.wording.dates import day, span
from monitor.wording.grading import SEND_OUTCOMES, area_name, grade
from monitor.wording.letter_kinds import LABELS, VISITS
from monitor.wording.text import count, one_line
from monitor.wording.themes import topic

UNKNOWN = "a document of no kind that is known here"
UNGRADED = {*VISITS, "jtai"}
"""Kinds of letter that never judge; a report that should and does not is not excused with a line."""


def letter_page(letter: Letter) -> str:
    """The whole page, sections with an empty line between them."""
    sections = [
        list(_head(letter)),
        list(_grades(letter)),
        _listed("Areas for priority action", letter.priority_actions),
        _listed("What needs to improve", letter.improvements),
        _listed("Summary", letter.summary),
        [f"Not certain: {problem}" for problem in letter.problems],
    ]
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


def _head(letter: Letter) -> Iterator[str]:
    """What letter it is, of which council, when and by whom."""
    kind = LABELS.get(letter.kind, UNKNOWN)
    about = topic(letter.themes)
    variant = f" ({letter.variant})" if letter.variant else ""
    yield f"{letter.council or 'No council named'}: {kind}{variant}{f' on {about}' if about else ''}"
    yield from [one_line(letter.title, 200)] if letter.title else []
    if letter.inspection_start:
        yield f"Inspected: {span(letter.inspection_start, letter.inspection_end)}"
    if letter.lead_inspector:
        yield f"Lead inspector: {letter.lead_inspector}"
    if letter.letter_date:
        yield f"Date of the letter: {day(letter.letter_date)}"
    yield f"File: {letter.file}" + (f", {count(letter.pages, 'page')}" if letter.pages else "")


def _grades(letter: Letter) -> Iterator[str]:
    """Each judgement with the page and the words that make it."""
    named = {area: area_name(area, letter.kind) for area in letter.judgements}
    width = max(map(len, named.values()), default=0)
    for area, found in letter.judgements.items():
        yield f"{named[area]:{width}}  {grade(found)}{_evidence(letter, f'judgements.{area}')}"
    if letter.outcome:
        yield f"Outcome: {letter.outcome}, {SEND_OUTCOMES[letter.outcome]}{_evidence(letter, 'outcome')}"
    for past in letter.previous:
        when = day(past.date) if past.date else "on a day that is not said"
        yield f"Before, {when}: {grade(past.grade)}" if past.grade else f"The inspection before: {when}"
    if letter.kind in UNGRADED:
        yield "Such a letter makes no graded judgement."


def _evidence(letter: Letter, name: str) -> str:
    quote = letter.evidence.get(name)
    return f"  page {quote.page}: “{one_line(quote.text, 160)}”" if quote else ""


def _listed(title: str, quotes: Sequence[Quote]) -> list[str]:
    return [title, *(f"- {one_line(q.text)} (page {q.page})" for q in quotes)] if quotes else []
