"""A report or letter of Ofsted's in words: its news, its dates, what it asks for, what it replaces. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.model import Event, Quote
from monitor.model.payloads import Context, ReportPayload
from monitor.wording import differences, grading, quotations
from monitor.wording.card import CardText, about_council, room
from monitor.wording.dates import day, in_words, span, year
from monitor.wording.text import count, joined, lower_first, one_line, ordinal, upper_first
from monitor.wording.themes import LONGEST, topic

NEIGHBOURS = 10
"""Statistical neighbours of a council."""
LONG_WAITS = 10
"""A rank up to this one is news of its own."""
LOOKED_AFTER = "inspection of services for looked-after children"


@dataclass(frozen=True, slots=True)
class Named:
    """How a kind of letter is called: in a headline, written out, and what people read."""

    short: str
    full: str
    noun: str = "report"


KINDS = {
    "ilacs": Named("inspection", "inspection of local authority children's services (ILACS)"),
    "sif": Named("inspection", "inspection under the single inspection framework (SIF)"),
    "focused_visit": Named("focused visit", "focused visit", "letter"),
    "monitoring_visit": Named("monitoring visit", "monitoring visit", "letter"),
    "jtai": Named("joint targeted area inspection", "joint targeted area inspection (JTAI)", "letter"),
    "area_send": Named(
        "area SEND inspection", "area inspection of services for special educational needs and disabilities (SEND)"
    ),
    "looked_after": Named(LOOKED_AFTER, LOOKED_AFTER),
}
UNNAMED = Named("report", "report")
VISITS = {"focused_visit", "monitoring_visit"}
"""A visit's letter carries no grades and changes no judgement."""
THEME = (LONGEST, 60, 45, 30, 20)
"""Characters of a theme in a headline, the fewer the less room there is."""
QUOTED, QUOTED_MOVED = 2, 3
"""Quotations of a short message, and of one whose judgements moved: the third is from a moved judgement's section."""
LISTING = {"report.withdrawn": "is no longer on Ofsted's page", "report.returned": "is on Ofsted's page again"}
"""What is told of a report that Ofsted's page lost, and that it shows again."""


def words(event: Event) -> CardText:
    """What a report that is new, replaced or gone has to say."""
    after = event.after_as(ReportPayload)
    quiet = event.kind in LISTING or after.archive is not None
    return CardText(
        what=_what(event),
        when=_when(event),
        gist=_gist(event),
        alert="" if quiet else alert(event),
        notes=list(_notes(event)),
        said=event.summary,
        most=QUOTED_MOVED if any(c.moved for c in event.changes) else QUOTED,
        longer=() if quiet else after.findings,
        of_areas=() if quiet else _of_areas(event),
        priority=() if quiet else after.priority_action_quotes,
        improvements=after.improvements if event.kind == "report.published" and not quiet else (),
        read_on="Last known address" if event.kind == "report.withdrawn" else f"Read the {noun(event)}",
        earlier="Earlier report" + of(event.before_as(ReportPayload).published),
    )


def _of_areas(event: Event) -> list[tuple[str, Quote]]:
    """The quotations of single judgements, those that moved first, then in Ofsted's order."""
    known = event.after_as(ReportPayload)
    moved = {change.area for change in event.changes if change.moved}
    areas = sorted(known.by_judgement, key=lambda area: (area not in moved, grading.order(area)))
    return [
        (grading.area_name(area, known.kind), known.by_judgement[area]) for area in areas if area != grading.OVERALL
    ]


def named(event: Event) -> Named:
    """What kind of report it is."""
    return KINDS.get(_report(event).kind or "", UNNAMED)


def noun(event: Event) -> str:
    """ "letter" or "report"."""
    return named(event).noun


def theme(event: Event, most: int = LONGEST) -> str:
    """What a visit or joint inspection looked at, in at most so many characters: "care leavers"; empty where its letter
    names nothing."""
    return topic(_report(event).themes, most)


def counted(event: Event) -> tuple[str, str]:
    """What one of it is called where several are counted, and several: "focused visit letter"."""
    about = named(event)
    one = "Ofsted report" if about is UNNAMED else f"{about.short} {about.noun}"
    return one, f"{one}s"


def _what(event: Event) -> str:
    """The news: "Halton: Inadequate in all five areas (was …)", "Wirral: focused visit on care leavers"."""
    about = named(event)
    if event.kind == "report.replaced":
        return about_council(event, f"Ofsted replaced its {_letter_of(event)}")
    if event.kind in LISTING:
        return about_council(event, f"{_letter_of(event)} {LISTING[event.kind]}")
    if (archived := event.after_as(ReportPayload).archive) is not None:
        how = "under a new address" if archived.known_as else "now, though it is not new"
        return about_council(event, f"Ofsted lists its {_letter_of(event)} {how}")
    if event.unread:
        return about_council(event, f"a new {about.noun} that this program could not read")
    if about is UNNAMED:
        return about_council(event, _untyped(event))
    verdict = _verdict(event) if grading.lines(event) else ""
    return about_council(event, verdict) if verdict else _visited(event)


def _visited(event: Event) -> str:
    """What was visited and what was found, with as much of the theme as leaves room for the date."""
    beside = len(_when(event)) + len(", ")
    themes = [on for most in THEME if (on := _on(event, most))] or [""]
    forms = (about_council(event, f"{named(event).short}{on}{_found(event)}") for on in themes)
    dateless = about_council(event, f"{named(event).short}{themes[0]}{_found(event, joint=' found ')}")
    return next((told for told in forms if len(told) + beside <= room(event.severity)), dateless)


def _verdict(event: Event) -> str:
    """What was judged; grades that are not those of children's services as a whole, with what they are of."""
    of_others = "services for looked-after children: " if _report(event).kind == "looked_after" else ""
    beside = len(about_council(event, of_others)) + len(_when(event)) + 2
    return of_others + grading.verdict(event, room(event.severity) - beside)


def _letter_of(event: Event) -> str:
    """ "inspection report of 13 May 2025"."""
    return counted(event)[0].removeprefix("Ofsted ") + of(event.published)


def _untyped(event: Event) -> str:
    """A report whose kind is not known, by its title."""
    title = one_line(event.title, 100)
    return f"new report {quotations.titled(title, 110)}" if title else "new report"


def _on(event: Event, most: int) -> str:
    about = theme(event, most)
    if not about:
        return ""
    joint = _report(event).kind == "jtai" and not about.startswith(("the response", "identification", "children and"))
    return f" of the response to {about}" if joint else f" on {about}"


def _found(event: Event, joint: str = ", ") -> str:
    """What it found, where that is a matter for the headline; `joint` is what joins it to what comes before."""
    known = event.after_as(ReportPayload)
    if known.kind == "area_send" and known.outcome in grading.SEND_OUTCOMES:
        return f" found {grading.SEND_OUTCOMES[known.outcome]}"
    asked = known.priority_action_count
    return f"{joint}{count(asked, 'area')} for priority action" if asked else ""


def _when(event: Event) -> str:
    if event.kind in ("report.replaced", *LISTING) or event.after_as(ReportPayload).archive is not None:
        return f"(seen on {day(event.at)})"
    about = named(event)
    what = "" if about is UNNAMED else "inspection report " if about.short == "inspection" else f"{about.noun} "
    return f"{what}published {day(event.published)}" if event.published else ""


def _gist(event: Event) -> str:
    if event.kind in LISTING or event.after_as(ReportPayload).archive is not None:
        return ""
    if event.kind == "report.replaced":
        lines = grading.lines(event)
        return f"{lines[0].area} {lines[0].text}" if lines else "another document under the same address"
    return ", ".join(filter(None, [_moved(event), alert(event), _improvements(event)]))


def _moved(event: Event) -> str:
    """What moved in a phrase; "no judgement moved" only where nothing differs from the inspection before."""
    told = grading.tally(event.changes)
    if told or not event.changes:
        return told
    if any(c.moved for c in event.changes):
        return "care, now in two judgements, is graded differently"
    compared = any(c.direction == "same" for c in event.changes)
    return "no judgement moved" if compared and not _begun(event) else ""


def _begun(event: Event) -> bool:
    """Whether something is judged that was not, or no longer, so that not nothing differs."""
    joint_only = {c.area for c in event.changes if c.direction == "no_longer_judged"} <= {grading.COMBINED}
    return any(c.direction == "new" for c in event.changes) or not joint_only


def alert(event: Event) -> str:
    """What nobody may overlook: "2 areas for priority action", an area SEND outcome; mostly empty."""
    if event.unread:
        return f"please read it yourself: {in_words(one_line(event.after_as(ReportPayload).problems[0], 200))}"
    return ", ".join(filter(None, [_outcome(event), _priority_actions(event)]))


def of(published: object) -> str:
    """ " of 12 March 2019", or nothing."""
    return f" of {day(published)}" if published else ""


def _report(event: Event) -> ReportPayload:
    """What is told of: the document that is there now, else the one that was."""
    known = event.after_as(ReportPayload)
    return known if event.after is not None else event.before_as(ReportPayload)


def _notes(event: Event) -> Iterator[str]:
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
    which = f"; {count(grades, 'of these paragraphs', 'of these paragraphs')} {_have(grades)} a grade" if grades else ""
    return f"{count(known.differing, 'paragraph')} {verb} differently{which}."


def _have(number: int) -> str:
    return "names" if number == 1 else "name"


def _standing(event: Event) -> str:
    """What a visit leaves as it is: "Overall effectiveness stays Good, as judged in the report of 4 May 2022"."""
    known = event.after_as(ReportPayload)
    if known.kind not in VISITS or not known.history:
        return ""
    last = known.history[-1]
    overall = last.judgements.get(grading.OVERALL)
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
    among = f"{known.good} of {'its' if whole else 'the'} {known.neighbours} statistical neighbours"
    among += "" if whole else " that are known here"
    verb = "is" if known.good == 1 else "are"
    rest = known.neighbours - known.judged
    without = f" ({count(rest, 'other has', 'others have')} no overall judgement)" if rest else ""
    return f"{among} {verb} Good or better overall{without}."


def _asked_again(event: Event) -> Iterator[str]:
    """The request that was made most often: "Ofsted also asked for this in 2019 and 2021: “…”"."""
    for entry in event.after_as(ReportPayload).asked_again[:1]:
        years = sorted({year(e.published) for e in entry.earlier} - {""})
        if years and entry.text:
            asked = quotations.with_page(Quote(one_line(entry.text), entry.page))
            yield f"Ofsted also asked for this in {joined(years, 9)}: {asked}"


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
    return upper_first(told) + (f", {dates}." if dates else ".")


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
    told = _moved(event)
    joint = "than in" if told.endswith("differently") else "since"
    return f"{upper_first(told)} {joint} the report{of(before.published)}." if told else ""


def _reading(event: Event) -> Iterator[str]:
    """How far the document could be understood, where not quite."""
    problems = event.after_as(ReportPayload).problems
    if problems and not event.unread:
        rest = len(problems) - 1
        more = f" (and {count(rest, 'more remark')})" if rest else ""
        yield f"Please check in the {noun(event)}: {lower_first(in_words(one_line(problems[0], 120)))}{more}."


def _priority_actions(event: Event) -> str:
    number = event.after_as(ReportPayload).priority_action_count
    return f"{count(number, 'area')} for priority action" if number > 0 else ""


def _improvements(event: Event) -> str:
    number = len(event.after_as(ReportPayload).improvements)
    return f"{count(number, 'thing')} to improve" if number else ""


def _outcome(event: Event) -> str:
    known = event.after_as(ReportPayload)
    if known.kind != "area_send" or known.outcome not in grading.SEND_OUTCOMES:
        return ""
    return f"outcome {known.outcome} of 3: {grading.SEND_OUTCOMES[known.outcome]}"
