"""Reads the dates of an inspection and of its letter. The problems name contradictions; the reader resolves none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from monitor.letters.document import Document, Page
from monitor.model import Letter, Quote
from monitor.model.date_spans import Span, first_span, spans

MAX_DAYS_ON_SITE = 45
"""The longest unbroken period on site. The single inspection framework took four weeks; no visit takes longer."""

MAX_DAYS_OF_SHORT_INSPECTION = 6
"""ILACS: a short inspection is one week on site, a standard one two. The report never says which. A first period of at
most six calendar days tells it in 268 of 268 of Ofsted's own records (2018 to March 2025)."""

_LABEL = re.compile(r"(?<!previous )(?<!last )(?<!next )\b(?:inspection|visit|review) dates?\s*:\s*", re.IGNORECASE)
_CARRIES_ON = re.compile(r"\b(?:on|from|and|to|between|of|until|dated|in|since|by)$", re.IGNORECASE)
_MAX_CHARACTERS_OF_DATES = 140
_PAGE_NUMBER = re.compile(r"\s\d{1,2}\s*$")


def after_label(page: Page) -> tuple[Span, Quote] | None:
    """Return the dates after "Inspection dates:"."""
    return after(page, _LABEL)


def after(page: Page, opening: re.Pattern[str], letter_date: str | None = None) -> tuple[Span, Quote] | None:
    """Return the first dates after these words, with the words. A year that they leave out is the letter date's."""
    match = opening.search(page.flow)
    if not match:
        return None
    before = date.fromisoformat(letter_date) if letter_date else None
    span = first_span(page.flow[match.end() : match.end() + _MAX_CHARACTERS_OF_DATES], before)
    if not span:
        return None
    return span, Quote(page.flow[match.start() : match.end() + span.at + len(span.words)], page.number)


def put_dates(letter: Letter, found: tuple[Span, Quote] | None) -> Span | None:
    """Fill in first and last day, and report the impossible: an end before the start, months on site."""
    if found is None:
        letter.problems.append("no inspection dates were found")
        return None
    span, quote = found
    letter.problems += impossible(span)
    if span.yearless:
        letter.problems.append(f'"{span.words}" names no year; that before the letter\'s date was taken')
    letter.inspection_start, letter.inspection_end = span.start.isoformat(), span.end.isoformat()
    letter.evidence["inspection_start"] = letter.evidence["inspection_end"] = quote
    return span


def impossible(span: Span) -> list[str]:
    """Report dates that no visit can have."""
    if any(end < start for start, end in (*span.windows, (span.start, span.end))):
        return [f'the dates "{span.words}" end before they begin']
    longest = max((end - start).days + 1 for start, end in span.windows)
    return [f'the dates "{span.words}" would be {longest} days on site'] if longest > MAX_DAYS_ON_SITE else []


def variant(span: Span) -> str:
    """Tell a short inspection from a standard one (ILACS)."""
    start, end = span.windows[0]
    return "short" if (end - start).days + 1 <= MAX_DAYS_OF_SHORT_INSPECTION else "standard"


def put_dates_of_opening(letter: Letter, document: Document, openings: Iterable[re.Pattern[str]]) -> None:
    """Fill in the letter's date, and the days of the visit from the sentence that opens it: the first of these openings
    with a date behind it on the first two pages."""
    put_letter_date(letter, document)
    front = document.pages[:2]
    readings = (after(page, opening, letter.letter_date) for opening in openings for page in front)
    span = put_dates(letter, next(filter(None, readings), None))
    letter.problems += too_late(letter, span.end if span else None)


def put_letter_date(letter: Letter, document: Document, label: re.Pattern[str] | None = None) -> None:
    """Fill in the date that the letter prints as its own: a line with only one day, or the date after a label. A day
    that a sentence carries to its next line is none."""
    above = ""
    for line in document.pages[0].lines:
        words, goes_on, above = label.search(line.text) if label else None, _CARRIES_ON.search(above), line.text
        span = first_span(line.text[words.end() :] if words else line.text)
        if span and (words or (span.words == line.text.rstrip(". ") and span.start == span.end and not goes_on)):
            letter.letter_date = span.start.isoformat()
            letter.evidence["letter_date"] = Quote(line.text, line.page)
            return


def other_dates(span: Span, document: Document) -> list[str]:
    """Report running heads and feet, the same on most pages, that print other dates than page 1."""
    seen: dict[str, list[int]] = {}
    for page in document.pages[1:]:
        for found in _in_margins(page, document.body_size):
            if (found.start, found.end) != (span.start, span.end) and not _part_of(found, span):
                seen.setdefault(found.words, []).append(page.number)
    return [
        f'the foot of page {pages[0]} has "{words}", page 1 has "{span.words}"'
        for words, pages in seen.items()
        if len(pages) > len(document.pages) / 3
    ]


def _in_margins(page: Page, body_size: float) -> Iterable[Span]:
    small = (line.text for line in page.lines if line.size < body_size * 0.95)
    return (span for text in small if len(text) < 80 for span in spans(_PAGE_NUMBER.sub("", text)))


def _part_of(found: Span, whole: Span) -> bool:
    """Return True if a foot prints only one of two periods."""
    return all(window in whole.windows for window in found.windows)


def too_late(letter: Letter, end: date | None) -> list[str]:
    """Report a letter whose date lies before the end of the visit."""
    if letter.letter_date and end and letter.letter_date < end.isoformat():
        return [f"the letter is dated {letter.letter_date}, before the visit ended on {end.isoformat()}"]
    return []
