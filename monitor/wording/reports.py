"""A report or letter of Ofsted's in words: its news, its dates, what it asks for. Pure."""

from __future__ import annotations

from monitor.model import Event, Quote
from monitor.model.areas import OVERALL, order
from monitor.model.payloads import ReportPayload
from monitor.wording import grading
from monitor.wording.card import CardText, about_council, room
from monitor.wording.dates import day, in_words
from monitor.wording.letter_kinds import UNNAMED
from monitor.wording.quotations import titled
from monitor.wording.report_names import LISTING, counted, named, noun, of, report, theme
from monitor.wording.report_notes import asked_before, moved, notes
from monitor.wording.text import count, one_line
from monitor.wording.themes import MAX_THEME
from monitor.wording.verdict import verdict

THEME = (MAX_THEME, 60, 45, 30, 20)
"""Characters of a theme in a headline, the fewer the less room there is."""
QUOTED, QUOTED_MOVED = 2, 3
"""Quotations of a short message, and of one whose judgements moved: the third is from a moved judgement's section."""


def words(event: Event) -> CardText:
    """What a report that is new, replaced or gone has to say."""
    after = event.after_as(ReportPayload)
    quiet, what = event.kind in LISTING or after.archive is not None, _what(event)
    return CardText(
        what=what,
        when=_when(event),
        gist=_gist(event, what),
        alert="" if quiet else alert(event),
        notes=list(notes(event)),
        said=event.summary,
        most=QUOTED_MOVED if any(c.moved for c in event.changes) else QUOTED,
        longer=() if quiet else after.findings,
        of_areas=() if quiet else _of_areas(event),
        priority=() if quiet else after.priority_action_quotes,
        improvements=after.improvements if event.kind == "report.published" and not quiet else (),
        asked_before={} if quiet else asked_before(event),
        document=noun(event),
        read_on="Last known address" if event.kind == "report.withdrawn" else f"Read the {noun(event)}",
        earlier="Earlier report" + of(event.before_as(ReportPayload).published),
    )


def _of_areas(event: Event) -> list[tuple[str, Quote]]:
    """The quotations of single judgements, those that moved first, then in Ofsted's order."""
    known = event.after_as(ReportPayload)
    moved = {change.area for change in event.changes if change.moved}
    areas = sorted(known.by_judgement, key=lambda area: (area not in moved, order(area)))
    return [(grading.area_name(area, known.kind), known.by_judgement[area]) for area in areas if area != OVERALL]


def _what(event: Event) -> str:
    """The news: "Halton: Inadequate in all five areas (was …)", "Wirral: focused visit on care leavers"."""
    about = named(event)
    if event.kind == "report.replaced":
        return _replaced(event)
    if event.kind in LISTING:
        return about_council(event, f"{_letter_of(event)} {LISTING[event.kind]}")
    if (archived := event.after_as(ReportPayload).archive) is not None:
        how = "under a new address" if archived.known_as else "now, though it is not new"
        return about_council(event, f"Ofsted lists its {_letter_of(event)} {how}")
    if event.unread:
        return about_council(event, f"a new {about.noun} that this program could not read")
    if about is UNNAMED:
        return about_council(event, _untyped(event))
    judged = _verdict(event) if grading.lines(event) else ""
    return about_council(event, judged) if judged else _visited(event)


def _replaced(event: Event) -> str:
    """ "Ofsted replaced its inspection report of 13 May 2025: children in care now Requires improvement", with the
    first grade that differs where there is room for it and the date."""
    told = about_council(event, f"Ofsted replaced its {_letter_of(event)}")
    differs = next((c for c in event.changes if c.after and c.after != c.before), None)
    if differs is None:
        return told
    area = grading.short_name(differs.area, event.after_as(ReportPayload).kind)
    longer = f"{told}: {area} now {grading.grade(differs.after)}"
    return longer if len(f"{longer} {_when(event)}") <= room(event.severity) else told


def _visited(event: Event) -> str:
    """What was visited and what was found, with as much of the theme as leaves room for the date."""
    beside = len(_when(event)) + len(", ")
    themes = [on for most in THEME if (on := _on(event, most))] or [""]
    forms = (about_council(event, f"{named(event).short}{on}{_found(event)}") for on in themes)
    dateless = about_council(event, f"{named(event).short}{themes[0]}{_found(event, joint=' found ')}")
    return next((told for told in forms if len(told) + beside <= room(event.severity)), dateless)


def _verdict(event: Event) -> str:
    """What was judged; grades that are not those of children's services as a whole, with what they are of."""
    of_others = "services for looked-after children: " if report(event).kind == "looked_after" else ""
    beside = len(about_council(event, of_others)) + len(_when(event)) + 2
    return of_others + verdict(event, room(event.severity) - beside)


def _letter_of(event: Event) -> str:
    """ "inspection report of 13 May 2025"."""
    return counted(event)[0].removeprefix("Ofsted ") + of(event.published)


def _untyped(event: Event) -> str:
    """A report whose kind is not known, by its title."""
    title = titled(one_line(event.title, 100), 110)
    return f"Ofsted published the report {title}" if title else "Ofsted published a report"


def _on(event: Event, most: int) -> str:
    about = theme(event, most)
    if not about:
        return ""
    joint = report(event).kind == "jtai" and not about.startswith(("the response", "identification", "children and"))
    return f" of the response to {about}" if joint else f" on {about}"


def _found(event: Event, joint: str = ", ") -> str:
    """What it found, where that is a matter for the headline; `joint` is what joins it to what comes before."""
    known = event.after_as(ReportPayload)
    if known.kind == "area_send" and known.outcome in grading.SEND_OUTCOMES:
        return f" found {grading.SEND_OUTCOMES[known.outcome]}"
    asked = _priority_actions(event)
    return f"{joint}{asked}" if asked else ""


def _when(event: Event) -> str:
    if event.kind in ("report.replaced", *LISTING) or event.after_as(ReportPayload).archive is not None:
        return f"(seen on {day(event.at)})"
    about = named(event)
    if about is UNNAMED and not event.unread:
        return f"({day(event.published)})" if event.published else ""
    what = "" if about is UNNAMED else "inspection report " if about.short == "inspection" else f"{about.noun} "
    return f"{what}published {day(event.published)}" if event.published else ""


def _gist(event: Event, what: str) -> str:
    """What matters besides the news."""
    if event.kind in LISTING or event.after_as(ReportPayload).archive is not None:
        return ""
    if event.kind == "report.replaced":
        lines = grading.lines(event)
        return f"{lines[0].area} {lines[0].text}" if lines else "another document under the same address"
    parts = (moved(event), alert(event), _improvements(event))
    return ", ".join(part for part in parts if part not in what)


def alert(event: Event) -> str:
    """What nobody may overlook: "2 areas for priority action", "outcome 3 of 3"; mostly empty."""
    if event.unread:
        return f"please read it yourself: {in_words(one_line(event.after_as(ReportPayload).problems[0], 200))}"
    return " and ".join(filter(None, [_outcome(event), _priority_actions(event)]))


def _priority_actions(event: Event) -> str:
    number = event.after_as(ReportPayload).priority_action_count
    return f"{count(number, 'area')} for priority action" if number > 0 else ""


def _improvements(event: Event) -> str:
    number = len(event.after_as(ReportPayload).improvements)
    return f"{count(number, 'thing')} to improve" if number else ""


def _outcome(event: Event) -> str:
    """ "outcome 3 of 3", the worst; the headline has it in words."""
    known = event.after_as(ReportPayload)
    worst = max(grading.SEND_OUTCOMES)
    return f"outcome {worst} of {worst}" if known.kind == "area_send" and known.outcome == worst else ""
