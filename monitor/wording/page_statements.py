"""What a page says of Ofsted's work, in words. Pure.

A council, a committee or the press corroborates and links; only Ofsted's own document judges. Where sources differ,
both are shown. The grades that a page speaks of are in `page_grades`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from monitor.model import Event, Quote
from monitor.model.letter import GRADED_KINDS
from monitor.model.payload_parts import Conflict
from monitor.model.payloads import PagePayload
from monitor.wording.card import councils
from monitor.wording.dates import day, days
from monitor.wording.letter_kinds import KINDS
from monitor.wording.quotations import unbulleted, unglued
from monitor.wording.text import council, count, joined, one_line, ordinal

TELLING = ("quote", "finding.negative", "metric", "finding.positive", "intervention", "focus", "action")
"""Fields whose quotations say most, in this order."""
NAMES = {
    "visit_dates": "the dates of the visit",
    "letter_date": "the date of the letter",
    "report_published": "the day of publication",
    "inspection_type": "what kind of inspection it was",
    "judgement_previous": "the earlier judgement",
}


def about(event: Event) -> str:
    """Which of Ofsted's visits or letters it is about: "About the second monitoring visit, 2 and 3 February 2022". Of a
    page about no council, such as statistics "as at 31 March 2024", a date alone is not that of an inspection."""
    facts = {f.field: f.value for f in reversed(event.facts)}
    disputed = {c.field for c in _conflicts(event)}
    visit = _visit(facts)
    when = days(facts.get("visit_dates")) if "visit_dates" not in disputed else ""
    letter = day(facts["letter_date"]) if facts.get("letter_date") and "letter_date" not in disputed else ""
    dated = f"the {_kind(event)} of {when}" if when and event.council else ""
    told = f"{visit} ({when})" if visit and when else visit or dated
    if told and not (when or letter or _nth(facts)):
        return _some(event, _type(facts))
    letter = f"the {_document(event)} of {letter}" if letter else ""
    joint = " and " if told and letter else ""
    return f"It is about {told}{joint}{letter}." if told or letter else ""


def whom(event: Event) -> str:
    """ "It is about Slough, Reading and Wokingham.", of a page about more than two councils that names them all."""
    names = [*map(council, councils(event))]
    return f"It is about {joined(names, 6, 'other council')}." if len(names) > 2 else ""


def _kind(event: Event) -> str:
    """What to call Ofsted's days in a council of which the page does not say what they were."""
    kind = event.after_as(PagePayload).kind
    return "inspection" if kind in GRADED_KINDS else "inspection or visit"


def _document(event: Event) -> str:
    """ "letter" or "report", as Ofsted's document on such an inspection is called."""
    return KINDS[kind].noun if (kind := event.after_as(PagePayload).kind) in KINDS else "letter"


def _visit(facts: dict[str, Any]) -> str:
    """ "the second monitoring visit"; an inspection is not called a visit."""
    nth = _nth(facts)
    return f"the {nth}{_type(facts) or 'visit'}" if nth or _type(facts) else ""


def _some(event: Event, kind: str) -> str:
    """ "It is about a focused visit.", where nothing says which one; empty where the title says that, or no council."""
    if not event.council or is_title(event, kind):
        return ""
    return f"It is about {'an' if kind[0] in 'aeiou' else 'a'} {kind}."


def _nth(facts: dict[str, Any]) -> str:
    number = facts.get("visit_number")
    return f"{ordinal(number)} " if isinstance(number, int) and 0 < number < 20 else ""


def _type(facts: dict[str, Any]) -> str:
    return one_line(facts.get("inspection_type"), 60).partition(" (")[0]


def conflicts(event: Event) -> Iterator[str]:
    """Where sources differ: "Sources differ on the dates of the visit: 2 and 3 May 2022 (Press), 4 May 2022 (…)"."""
    for conflict in _conflicts(event):
        shown = [f"{value(v.value)} ({one_line(v.source, 60) or 'unnamed'})" for v in conflict.values[:4]]
        named = NAMES.get(conflict.field, one_line(conflict.field.replace("_", " "), 40))
        yield f"Sources differ on {named}: {'; '.join(shown)}."


def quotes(event: Event, told: str = "") -> list[Quote]:
    """The page's own words, the telling ones first, each once, without what was `told` of it before. Its headline is no
    evidence of what it says."""
    ranked = [Quote(f.quote, 0) for field in TELLING for f in event.facts if f.field.startswith(field)]
    said = {words: q.page for q in (*event.summary, *ranked) if (words := unbulleted(one_line(q.text)))}
    shown = _letters(told)
    new = [words for words in said if not is_title(event, words) and _letters(words) not in shown]
    return [Quote(words, said[words]) for words in new]


def is_title(event: Event, words: str) -> bool:
    """Whether a quotation only says again what the event's title says, whatever its marks and capitals."""
    said, title = _letters(words), _letters(event.title)
    return bool(said) and said in title


def _letters(text: str) -> str:
    return " ".join(re.findall(r"\w+", one_line(text).casefold()))


def moved(event: Event) -> Iterator[str]:
    """Who moved what a committee resolved, and in how many points it did."""
    names = {f.field: _person(f.value) for f in event.facts if f.field in ("mover", "seconder")}
    if mover := names.get("mover"):
        seconder = names.get("seconder")
        yield f"Moved by {mover}" + (f", seconded by {seconder}." if seconder else ".")
    resolved = resolutions(event)
    if len(resolved) > 1:
        yield f"Resolved in {count(len(resolved), 'point')}:"
    elif resolved and not resolved[0].text.casefold().startswith("resolved"):
        yield "Resolved:"


def resolutions(event: Event) -> list[Quote]:
    """What a committee resolved, in its own words; not what only announces it ("RESOLVED that:")."""
    said = [unglued(one_line(f.quote)).rstrip(";,. ") for f in event.facts if f.field.startswith("resolution")]
    return [Quote(words, 0) for words in said if words and not words.endswith(":")]


def value(found: Any) -> str:
    """A fact's value in words: a date or several, a grade, a name."""
    if isinstance(found, list | tuple):
        return days(found) or joined([value(x) for x in found])
    if isinstance(found, dict):
        return joined([value(x) for x in found.values()])
    return one_line(day(found), 80)


def _conflicts(event: Event) -> tuple[Conflict, ...]:
    return tuple(c for c in event.after_as(PagePayload).conflicts if c.field and c.values)[:3]


def _person(found: Any) -> str:
    """ "Councillor R Hannaford"."""
    if not isinstance(found, dict):
        return one_line(found, 60)
    return one_line(f"{found.get('title') or ''} {found.get('name') or ''}", 60)
