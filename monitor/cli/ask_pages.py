"""Answers from the letters as a person reads them: plain text, the line of what was looked at last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from monitor.model.areas import OVERALL
from monitor.public.reading import Coverage, Hit
from monitor.views.due import Due
from monitor.views.due_words import sentences
from monitor.views.moves import CouncilMove
from monitor.wording.dates import day
from monitor.wording.grading import area_name, grade
from monitor.wording.letter_kinds import LABELS
from monitor.wording.text import count, one_line

MAX_HITS = 100
"""Paragraphs that are shown to a person; `--json` has all."""


def search_page(coverage: Coverage, hits: Sequence[Hit]) -> str:
    """The paragraphs found, by letter, and what was searched."""
    letters = len({hit.letter for hit in hits})
    said = f"{count(len(hits), 'paragraph')} in {count(letters, 'letter')}" if hits else "No paragraph says it"
    rest = f", of which {MAX_HITS} are shown (--json has all)" if len(hits) > MAX_HITS else ""
    return "\n".join([*_letters(hits[:MAX_HITS]), f"{said}{rest}.", coverage.words])


def _letters(hits: Sequence[Hit]) -> Iterator[str]:
    for _, group in groupby(hits, lambda hit: hit.letter):
        found = list(group)
        first = found[0]
        kind = LABELS.get(first.kind, "Letter")
        yield f"{first.council}, {kind}, published {day(first.published)}: {one_line(first.url)}"
        for hit in found:
            heading = one_line(hit.heading, 100)
            yield f"  page {hit.page}{f', {heading}' if heading and hit.heading != hit.text else ''}"
            yield f"    {one_line(hit.text)}"
        yield ""


def moves_page(moved: Sequence[CouncilMove], compared: str) -> str:
    """What moved, by report, and what was compared."""
    return "\n".join([*_reports(moved), compared])


def _reports(moved: Sequence[CouncilMove]) -> Iterator[str]:
    for _, group in groupby(moved, lambda m: (m.published, m.council.name)):
        found = list(group)
        report = found[0].move.report
        yield f"{day(report.published)}  {found[0].council.name}: {one_line(report.url)}"
        yield from (f"  {_moved(m)}" for m in found)


def _moved(found: CouncilMove) -> str:
    change = found.move.change
    words = {"improved": "up from", "declined": "down from"}.get(change.direction, "judged together before:")
    page = f" (page {found.move.page})" if found.move.page else ""
    area = area_name(change.area, found.move.report.letter.kind)
    return f"{area}: {grade(change.after)}, {words} {grade(change.before)}{page}"


def due_page(waits: Sequence[Due], counted: str, *, whole: bool) -> str:
    """The waits: a line each, or `whole` with all that is known of each."""
    lines = [line for found in waits for line in (_whole(found) if whole else [_line(found)])]
    heading = [] if whole or not waits else [f"Days since the last full inspection began, at {day(waits[0].wait.on)}"]
    return "\n".join([*heading, *lines, counted])


def _whole(found: Due) -> list[str]:
    first, *rest = sentences(found)
    return [first, *(f"  {line}" for line in rest)]


def _line(found: Due) -> str:
    wait = found.wait
    if wait.days is None or wait.last_full is None:
        return f"   -       -  {found.council.name}: no start of a full inspection is known"
    letter = wait.last_full.letter
    overall = f"{grade(letter.judgements[OVERALL])} overall" if OVERALL in letter.judgements else "no overall judgement"
    return f"{wait.rank:4}  {wait.days:6,}  {found.council.name}: began {day(letter.inspection_start)}, {overall}"
