"""What a page says of Ofsted's work, in words. Pure.

A council, a committee or the press corroborates and links; only Ofsted's own document judges. So a grade is shown as
what the page says, with its words, and never as a judgement made; and where sources differ, both are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from monitor.model import Event, Fact, Quote
from monitor.model.kinds import PAGE_TOLD
from monitor.model.sources import TELLINGS
from monitor.wording import grading
from monitor.wording.dates import day, days
from monitor.wording.text import cut, joined, one_line, ordinal, quoted

TELLING = ("quote", "finding.negative", "metric", "finding.positive", "intervention", "focus", "action")
"""Fields whose quotations say most, in this order."""
JUDGED = ("judgement_now", "judgement_current_standing", "judgement", "judgement_previous")
QUOTE = 170
NAMES = {
    "visit_dates": "the dates of the visit",
    "letter_date": "the date of the letter",
    "report_published": "the day of publication",
    "inspection_type": "what kind of inspection it was",
    "judgement_previous": "the earlier judgement",
}


def about(event: Event) -> str:
    """Which of Ofsted's visits or letters it is about: "About the second monitoring visit, 2 and 3 February 2022"."""
    facts = {f.field: f.value for f in reversed(event.facts)}
    kind = one_line(facts.get("inspection_type"), 60).partition(" (")[0]
    number = facts.get("visit_number")
    nth = f"{ordinal(number)} " if isinstance(number, int) and 0 < number < 20 else ""
    disputed = {c["field"] for c in _conflicts(event)}
    when = days(facts.get("visit_dates")) if "visit_dates" not in disputed else ""
    letter = day(facts["letter_date"]) if facts.get("letter_date") and "letter_date" not in disputed else ""
    parts = [f"the {nth}{kind or 'visit'}" if nth or kind else "", when, f"letter of {letter}" if letter else ""]
    told = ", ".join(filter(None, parts))
    return f"About {'the visit of ' if when and not (nth or kind) else ''}{told}." if told else ""


def judged(event: Event) -> str:
    """The grade that the page speaks of: "The article says that Devon was judged Inadequate in January 2020: “…”"."""
    found = next((f for field in JUDGED for f in event.facts if f.field.partition(".")[0] == field), None)
    if found is None:
        return ""
    value = found.value if isinstance(found.value, dict) else {"grade": found.value}
    grade = grading.grade(value["grade"]) if isinstance(value.get("grade"), str) else ""
    if not grade:
        return ""
    said, whom = one_line(found.quote, QUOTE).rstrip("."), one_line(event.council, 60) or "it"
    told = f"{speaker(event)} says that {whom} was judged {grade}{_for(found)}{_when(value)}"
    return f"{told}: {quoted(said)}." if said else f"{told}."


def conflicts(event: Event) -> Iterator[str]:
    """Where sources differ: "Sources differ on the dates of the visit: 2 and 3 May 2022 (Press), 4 May 2022 (…)"."""
    for conflict in _conflicts(event):
        values = [v for v in conflict["values"] if isinstance(v, dict)]
        shown = [f"{value(v.get('value'))} ({one_line(v.get('source'), 60) or 'unnamed'})" for v in values[:4]]
        field = conflict["field"]
        yield f"Sources differ on {NAMES.get(field, one_line(field.replace('_', ' '), 40))}: {'; '.join(shown)}."


def quotes(event: Event) -> list[Quote]:
    """The page's own words, the telling ones first, each once."""
    ranked = [Quote(f.quote, 0) for field in TELLING for f in event.facts if f.field.startswith(field)]
    return list({one_line(q.text): q for q in (*event.summary, *ranked) if one_line(q.text)}.values())


def moved(event: Event) -> Iterator[str]:
    """Who moved what a committee resolved, and in how many points it did."""
    names = {f.field: _person(f.value) for f in event.facts if f.field in ("mover", "seconder")}
    if mover := names.get("mover"):
        seconder = names.get("seconder")
        yield f"Moved by {mover}" + (f", seconded by {seconder}." if seconder else ".")
    if number := len(resolutions(event)):
        yield f"Resolved in {number} points:" if number > 1 else "Resolved:"


def resolutions(event: Event) -> list[Quote]:
    """What a committee resolved, in its own words."""
    said = [one_line(f.quote).rstrip(";,. ") for f in event.facts if f.field.startswith("resolution")]
    return [Quote(words, 0) for words in said if words]


def value(found: Any) -> str:
    """A fact's value in words: a date or several, a grade, a name."""
    if isinstance(found, list | tuple):
        return days(found) or joined([value(x) for x in found])
    if isinstance(found, dict):
        return joined([value(x) for x in found.values()])
    return cut(day(found), 80)


def speaker(event: Event) -> str:
    """Who says it: "The article"."""
    return TELLINGS.get(event.kind, PAGE_TOLD).speaker


def _for(fact: Fact) -> str:
    """ " for help and protection", where the page speaks of one area."""
    area = grading.AREAS.get(fact.field.partition(".")[2], "")
    return f" for {area[:1].lower()}{area[1:]}" if area else ""


def _when(value: dict[str, Any]) -> str:
    """ " in January 2020", " on 3 May 2022"."""
    when = day(value.get("date") or value.get("year"))
    return f" {'on' if when[:1].isdigit() and ' ' in when else 'in'} {when}" if when else ""


def _conflicts(event: Event) -> list[dict[str, Any]]:
    found = (event.after or {}).get("conflicts")
    entries: Iterable[Any] = found if isinstance(found, list) else ()
    return [
        c
        for c in entries
        if isinstance(c, dict) and isinstance(c.get("field"), str) and isinstance(c.get("values"), list)
    ][:3]


def _person(found: Any) -> str:
    """ "Councillor R Hannaford"."""
    if not isinstance(found, dict):
        return one_line(found, 60)
    return one_line(f"{found.get('title') or ''} {found.get('name') or ''}", 60)
