"""What stands beside a report's judgements: its kind, its dates, what it asks for, what it replaces. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from monitor.model import Event, Quote
from monitor.wording import differences, grading
from monitor.wording.card import CardText
from monitor.wording.dates import day, span
from monitor.wording.grading import Line
from monitor.wording.text import count, one_line, ordinal

NAMES = {
    "ilacs": "inspection report",
    "sif": "inspection report",
    "focused_visit": "focused visit letter",
    "monitoring_visit": "monitoring visit letter",
    "jtai": "joint targeted area inspection report",
    "area_send": "area SEND inspection report",
    "looked_after": "inspection report on looked-after children",
}
VISITS = {"focused_visit", "monitoring_visit"}
"""A visit's letter carries no grades and changes no judgement."""
LISTING = {"report.withdrawn": "no longer listed", "report.returned": "listed again"}
"""What is told of a report that Ofsted's page lost, and that it shows again."""


def words(event: Event) -> CardText:
    """What a report that is new, replaced or gone has to say."""
    quiet = event.kind in LISTING or _archived(event)
    lines, told = grading.lines(event), "" if quiet else alert(event)
    return CardText(
        what=_what(event),
        when=_when(event),
        gist=_gist(event, lines),
        alert=told,
        notes=list(_notes(event, lines)),
        said=event.summary,
        longer=_findings(event),
        read_on="Last known address" if event.kind == "report.withdrawn" else f"Read the {noun(event)}",
        earlier="Earlier report" + of((event.before or {}).get("published")),
    )


def name(event: Event) -> str:
    """What kind of report it is: "focused visit letter"; empty for a kind without a name of its own."""
    return NAMES.get(str(_facts(event).get("kind")), "")


def noun(event: Event) -> str:
    """ "letter" or "report"."""
    return "letter" if _facts(event).get("kind") in VISITS else "report"


def _what(event: Event) -> str:
    verb = " replaced" if event.kind == "report.replaced" else ""
    council, named = one_line(event.council, 80), name(event) or one_line(event.title, 160) or "report"
    return (named if council.casefold() in named.casefold() else f"{council}: {named}") + verb


def _when(event: Event) -> str:
    if event.kind in LISTING:
        return f"{LISTING[event.kind]} ({day(event.at)})"
    if event.kind == "report.replaced":
        return f"on {day(event.at)}"
    return f"published {day(event.published)}" if event.published else ""


def _gist(event: Event, lines: Sequence[Line]) -> str:
    if event.kind in LISTING:
        return LISTING[event.kind]
    if archived := _archived(event):
        return archived[0]
    if event.kind == "report.replaced":
        return f"{lines[0].area} {lines[0].text}" if lines else "another document under the same address"
    return ", ".join(filter(None, [grading.gist(lines), alert(event)]))


def _archived(event: Event) -> tuple[str, str] | None:
    """What is told of a report that is new on the page and no news: in a phrase, and in a sentence."""
    found = _facts(event).get("archive")
    if not isinstance(found, dict):
        return None
    if found.get("known_as"):
        return "under a new address", f"Ofsted's page lists the {noun(event)} under a new address. It is not a new one."
    return "an older report, listed now", f"Ofsted's page did not list this {noun(event)} before. It is not a new one."


def _listing(event: Event) -> str:
    what = f"The {noun(event)} published {day(event.published)}" if event.published else f"The {noun(event)}"
    if event.kind == "report.returned":
        return f"{what} is on Ofsted's page again. We had told you that it was no longer listed."
    return f"{what} was missing from Ofsted's page in two healthy checks, hours apart."


def _findings(event: Event) -> list[Quote]:
    """The longer form of the quotations, as the event has it."""
    found = _facts(event).get("findings")
    listed = [q for q in found if isinstance(q, dict) and q.get("text")] if isinstance(found, list) else []
    return [Quote(str(q["text"]), q["page"] if isinstance(q.get("page"), int) else 0) for q in listed]


def _notes(event: Event, lines: Sequence[Line]) -> Iterator[str]:
    """What else to know of it, in sentences."""
    if event.kind in LISTING:
        yield _listing(event)
        return
    if archived := _archived(event):
        yield archived[1]
        return
    if event.kind == "report.replaced":
        yield f"Ofsted put another document in the place of the {noun(event)}{of(event.published)}."
        yield _differing(event)
        yield from (differences.shown(*pair) for pair in differences.differences(event)[:1])
    else:
        yield f"{_inspected(event)} {_compared(event, lines)}"
        yield _standing(event)
        yield from _asked_again(event)
    yield from _reading(event)


def alert(event: Event) -> str:
    """What nobody may overlook: "2 areas for priority action", an area SEND outcome; mostly empty."""
    if _facts(event).get("kind") == "unknown":
        return "the program could not read this document, please read it yourself"
    return ", ".join(filter(None, [_outcome(event), _priority_actions(event)]))


def of(published: object) -> str:
    """ " of 12 March 2019", or nothing."""
    return f" of {day(published)}" if published else ""


def _facts(event: Event) -> dict[str, Any]:
    return event.after or event.before or {}


def _differing(event: Event) -> str:
    """How much of it reads differently: "2 paragraphs read differently, 1 with a grade in it"."""
    facts = _facts(event)
    number, found = facts.get("differing"), facts.get("differences")
    if not isinstance(number, int) or not isinstance(found, list):
        return ""
    if not number:
        return "No paragraph reads differently."
    grades = sum("grade" in d.get("touches", ()) for d in found if isinstance(d, dict))
    verb = "reads" if number == 1 else "read"
    return f"{count(number, 'paragraph')} {verb} differently" + (f", {grades} with a grade in it." if grades else ".")


def _standing(event: Event) -> str:
    """What a visit leaves as it is: "Overall effectiveness stays Good, as judged in the report of 4 May 2022"."""
    history = _facts(event).get("history")
    last = history[-1] if isinstance(history, list) and history and isinstance(history[-1], dict) else {}
    overall = grading.judgements(last).get("overall_effectiveness")
    if _facts(event).get("kind") not in VISITS or not overall:
        return ""
    return f"Overall effectiveness stays {grading.grade(overall)}, as judged in the report{of(last.get('published'))}."


def _asked_again(event: Event) -> Iterator[str]:
    """The request that was made most often: "Asked for the third time since 2019: “…”"."""
    found = _facts(event).get("asked_again")
    top = found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else None
    if top and isinstance(top.get("times"), int):
        words = one_line(top.get("text"), 160)
        yield f"Asked for the {ordinal(top['times'])} time since {one_line(top.get('since'), 4)}: “{words}”"


def _inspected(event: Event) -> str:
    facts = _facts(event)
    start, end = facts.get("inspection_start"), facts.get("inspection_end")
    dates = f" of {span(start, end)}" if start or end else ""
    if facts.get("kind") in VISITS:
        return f"Visit{dates}; visits give no grades."
    return _sentence(f"{_variety(facts)}{dates}") if dates else ""


def _variety(facts: dict[str, Any]) -> str:
    variant = one_line(facts.get("variant"), 40)
    if facts.get("kind") == "sif":
        return "re-inspection" if "re-inspection" in variant.lower() else "inspection"
    return f"{variant} inspection".strip()


def _compared(event: Event, lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    if not grading.judgements(event.before):
        return "No earlier inspection to compare with."
    told = grading.tally(lines) or "no judgement moved"
    return _sentence(f"{told} since the report{of((event.before or {}).get('published'))}")


def _reading(event: Event) -> Iterator[str]:
    """How far the document could be understood, where not quite."""
    problems = _facts(event).get("problems")
    if isinstance(problems, list | tuple) and problems:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        yield f"Please check: {one_line(problems[0], 120)}{more}."


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}." if words else ""


def _priority_actions(event: Event) -> str:
    found = _facts(event).get("priority_actions")
    number = len(found) if isinstance(found, list | tuple) else found
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        return ""
    return f"{count(number, 'area')} for priority action"


def _outcome(event: Event) -> str:
    facts = _facts(event)
    found = facts.get("outcome")
    if facts.get("kind") != "area_send" or not isinstance(found, int) or found not in grading.SEND_OUTCOMES:
        return ""
    return f"outcome {found} of 3 ({grading.SEND_OUTCOMES[found]})"
