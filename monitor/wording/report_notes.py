"""What else to know of a report or letter, in sentences: what differs, what a visit leaves, what it follows. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.model import Event, Quote
from monitor.model.areas import COMBINED, OVERALL
from monitor.model.letter import NO_INSPECTOR, UNSEEN
from monitor.model.payload_parts import Context
from monitor.model.payloads import ReportPayload
from monitor.wording import differences, grading, quotations
from monitor.wording.dates import in_words, span, year
from monitor.wording.letter_kinds import VISITS
from monitor.wording.report_names import LISTING, named, noun, of
from monitor.wording.text import count, joined, lower_first, one_line, ordinal, upper_first

NEIGHBOURS = 10
"""Statistical neighbours of a council."""
LONG_WAITS = 10
"""A rank up to this one is news of its own."""


def notes(event: Event) -> Iterator[str]:
    """What else to know of it, in sentences."""
    if event.kind in LISTING:
        returned = "We had told you that it was no longer listed."
        gone = "It was missing from Ofsted's page in two complete checks, hours apart."
        yield returned if event.kind == "report.returned" else gone
        return
    if event.after_as(ReportPayload).archive is not None:
        yield f"Ofsted's page did not list this {noun(event)} there before. It is not a new one."
        return
    if event.kind == "report.replaced":
        yield f"Ofsted put another document in the place of the {noun(event)}{of(event.published)}."
        yield _differing(event)
        yield from (differences.shown(*pair) for pair in differences.differences(event)[:1])
    else:
        yield f"{_inspected(event)} {_compared(event)}".strip()
        yield _context(event)
        yield _standing(event)
        yield from _asked_again(event)
    yield from _reading(event)


def _differing(event: Event) -> str:
    """How much of it reads differently: "2 paragraphs read differently, 1 of them with a grade in it"."""
    known = event.after_as(ReportPayload)
    if known.differing is None:
        return ""
    if not known.differing:
        return "No paragraph reads differently."
    grades = sum("grade" in d.touches for d in known.differences)
    verb = "reads" if known.differing == 1 else "read"
    names = "names" if grades == 1 else "name"
    which = f"; {count(grades, 'of these paragraphs', 'of these paragraphs')} {names} a grade" if grades else ""
    return f"{count(known.differing, 'paragraph')} {verb} differently{which}."


def _standing(event: Event) -> str:
    """What a visit leaves as it is: "Overall effectiveness stays Good, as judged in the report of 4 May 2022"."""
    known = event.after_as(ReportPayload)
    if known.kind not in VISITS or not known.history:
        return ""
    last = known.history[-1]
    overall = last.judgements.get(OVERALL)
    if not overall:
        return ""
    return f"Overall effectiveness stays {grading.grade(overall)}, as judged in the report{of(last.published)}."


def _context(event: Event) -> str:
    """ "Third longest wait in England before this inspection: 1,159 days. 6 of its 10 statistical neighbours are …"."""
    known = event.after_as(ReportPayload).context or Context()
    return " ".join(filter(None, [_waited(known), _neighbours(known)]))


def _waited(known: Context) -> str:
    wait = known.waited
    if wait is None:
        return ""
    if not wait.rank:
        return f"Wait before this inspection: {count(wait.days, 'day')}."
    if wait.rank <= LONG_WAITS:
        nth = "Longest" if wait.rank == 1 else f"{upper_first(ordinal(wait.rank))} longest"
        return f"{nth} wait in England before this inspection: {count(wait.days, 'day')}."
    rank = f"the {ordinal(wait.rank)} longest of {wait.of} in England"
    return f"Wait before this inspection: {count(wait.days, 'day')}, {rank}."


def _neighbours(known: Context) -> str:
    """Overall effectiveness of the neighbours, as it was last judged."""
    if not known.judged:
        return ""
    whole = known.neighbours == NEIGHBOURS
    among = f"{known.good} of {'its' if whole else 'the'} {count(known.neighbours, 'statistical neighbour')}"
    among += "" if whole else f" that {'is' if known.neighbours == 1 else 'are'} known here"
    verb = "is" if known.good == 1 else "are"
    rest = known.neighbours - known.judged
    without = f" ({count(rest, 'other has', 'others have')} no overall judgement)" if rest else ""
    return f"{among} {verb} Good or better overall{without}."


def asked_before(event: Event) -> dict[str, str]:
    """What earlier letters asked for too, in this one's words, the most often asked first: "Ofsted also asked for this
    in 2019 and 2021"."""
    asked = event.after_as(ReportPayload).asked_again
    years = {entry.text: sorted({year(e.published) for e in entry.earlier} - {""}) for entry in asked if entry.text}
    return {text: f"Ofsted also asked for this in {joined(found, 9)}" for text, found in years.items() if found}


def _asked_again(event: Event) -> Iterator[str]:
    """Name the request that was made most often, unless it is among those that the message lists."""
    known = event.after_as(ReportPayload)
    listed = {quote.text for quote in (*known.priority_action_quotes, *known.improvements)}
    again = asked_before(event)
    first = next((entry for entry in known.asked_again if entry.text in again), None)
    if first and listed.isdisjoint(again):
        yield f"{again[first.text]}: {quotations.with_page(Quote(one_line(first.text), first.page))}"


def _inspected(event: Event) -> str:
    known = event.after_as(ReportPayload)
    dates = span(known.inspection_start, known.inspection_end) if known.inspection_start or known.inspection_end else ""
    if known.kind in VISITS:
        return f"Visit{f' of {dates}' if dates else ''}. A visit gives no grades."
    if not dates and not known.variant:
        return ""
    full = named(event).full
    variety = _variety(known)
    told = f"{variety} {full}" if variety and not full.startswith(variety) else full
    outcome = f": outcome {known.outcome} of 3" if known.kind == "area_send" and known.outcome in (1, 2) else ""
    return upper_first(told) + (f", {dates}" if dates else "") + f"{outcome}."


def _variety(known: ReportPayload) -> str:
    """ "standard", "short"; a SIF inspection was one or a re-inspection."""
    variant = one_line(known.variant, 40).lower()
    if known.kind == "sif":
        return "repeated" if "re-inspection" in variant else ""
    return variant if variant in ("standard", "short") else ""


def _compared(event: Event) -> str:
    if not grading.lines(event):
        return ""
    before = event.before_as(ReportPayload)
    if not grading.judgements(before):
        return "This program knows of no earlier inspection to compare it with."
    told = moved(event)
    return f"{upper_first(told)} since the report{of(before.published)}." if told else ""


def _reading(event: Event) -> Iterator[str]:
    """How far the document could be understood, where not quite. That it names no inspector, or has a form's words that
    nobody sees, is no reader's trouble."""
    problems = [p for p in event.after_as(ReportPayload).problems if not p.startswith((NO_INSPECTOR, UNSEEN))]
    if problems and not event.unread:
        rest = len(problems) - 1
        more = f" (and {count(rest, 'more remark')})" if rest else ""
        yield f"Please check in the {noun(event)}: {lower_first(in_words(one_line(problems[0], 120)))}{more}."


def moved(event: Event) -> str:
    """What moved in a phrase; "no judgement moved" only where nothing differs from the inspection before."""
    separate = any(c.moved and c.direction == "first_separate" for c in event.changes)
    care = "the grade of care, now in two judgements, changed" if separate else ""
    told = " and ".join(filter(None, [grading.tally(event.changes), care]))
    if told or not event.changes:
        return told
    compared = any(c.direction == "same" for c in event.changes)
    return "no judgement moved" if compared and not _begun(event) else ""


def _begun(event: Event) -> bool:
    """Whether something is judged that was not, or no longer, so that not nothing differs."""
    joint_only = {c.area for c in event.changes if c.direction == "no_longer_judged"} <= {COMBINED}
    return any(c.direction == "new" for c in event.changes) or not joint_only
