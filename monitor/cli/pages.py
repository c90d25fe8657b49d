"""What the commands show to a person: plain text, one thing a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from monitor.cli.story_pages import open_story
from monitor.model import Change, Event, Quote
from monitor.model.areas import OVERALL, order
from monitor.wording import plain
from monitor.wording.dates import day, moment, span, year
from monitor.wording.grading import area_name, grade
from monitor.wording.letter_kinds import LABELS
from monitor.wording.text import joined
from monitor.wording.themes import topic


def council_page(view: dict[str, Any]) -> str:
    """Show a council: its judgements now, their history, the last visits, what inspectors ask to improve, the open
    story."""
    return "\n".join(
        [
            f"{view['council']} (URN {view['urn']})",
            *_now(view),
            *_history(view),
            *_visits(view),
            *_asked(view),
            *open_story(view["story"]),
        ]
    )


def _now(view: dict[str, Any]) -> Iterator[str]:
    if not view["judgements"]:
        yield "  no graded inspection is known"
        return
    ended = f" (the inspection ended on {day(view['inspected'])})" if view["inspected"] else ""
    yield f"  judged in the report of {day(view['published'])}{ended}: {view['url']}"
    kind, judged = view["history"][-1]["kind"], view["judgements"]
    named = {area_name(area, kind): grade(judged[area]) for area in sorted(judged, key=order)}
    width = max(map(len, named))
    for name, found in named.items():
        yield f"  {name:{width}}  {found}"


def _history(view: dict[str, Any]) -> Iterator[str]:
    if view["history"]:
        yield "History"
    for past in reversed(view["history"]):
        yield f"  {day(past['published'])}  {_kind(past)}: {_moves(past)}"


def _moves(past: dict[str, Any]) -> str:
    changes = [Change(**c) for c in past["changes"]]
    moved = [
        f"{area_name(c.area, past['kind'])}: {grade(c.after)}, was {grade(c.before)}"
        + (" for both together" if c.direction == "first_separate" else "")
        for c in changes
        if c.moved
    ]
    overall = past["judgements"].get(OVERALL)
    same = "no judgement moved" if any(c.direction == "same" for c in changes) else "no earlier one to compare with"
    return "; ".join(moved) or (f"{grade(overall)} overall, {same}" if overall else same)


def _visits(view: dict[str, Any]) -> Iterator[str]:
    if view["visits"]:
        yield "Last visits and other letters"
    for visit in reversed(view["visits"]):
        when = span(visit["inspection_start"], visit["inspection_end"])
        about = topic([Quote(**q) for q in visit["themes"]])
        what = f"{_kind(visit)}{f' on {about}' if about else ''}{f', {when}' if when else ''}"
        yield f"  {day(visit['published'])}  {what}: {visit['url']}"


def _asked(view: dict[str, Any]) -> Iterator[str]:
    for domain, entries in view["asked"].items():
        yield f"What Ofsted asks to improve, {domain}"
        for heading, group in groupby(entries, _letter_of):
            yield f"  {heading}"
            for entry in group:
                yield f"  - {entry['text']} (page {entry['page']}{_asked_before(entry)})"
                yield from (f"      compare {_quoted_ask(near)}" for near in entry["compare"])
                yield from (f"      before: {_quoted_ask(last)}" for last in entry["earlier"][-1:])


def _letter_of(entry: dict[str, Any]) -> str:
    """The letter that asks it, or the full report that does not."""
    if entry["missing_from"]:
        return f"Asked before, not in the report of {day(entry['missing_from'])}:"
    return f"In the letter of {day(entry['published'])}:"


def _asked_before(entry: dict[str, Any]) -> str:
    """When else it was asked: "; also asked in 2019 and 2021"."""
    asked = [*entry["earlier"], entry] if entry["missing_from"] else entry["earlier"]
    years = list(dict.fromkeys(year(ask["published"]) for ask in asked))
    told = "asked in" if entry["missing_from"] else "also asked in"
    return f"; {told} {joined(years, 9)}" if years else ""


def _quoted_ask(ask: dict[str, Any]) -> str:
    return f"{day(ask['published'])}, page {ask['page']}: {ask['text']}"


def _kind(letter: dict[str, Any]) -> str:
    name = LABELS.get(letter["kind"], "Letter")
    return f"{name}, {letter['variant']}" if letter["variant"] else name


def preview_page(at: datetime, events: Sequence[Event], *, reply: bool, loud: bool) -> str:
    """Show a message as it would have gone out, under its time."""
    where = ", in the thread of its story" if reply else ""
    shown = " and to the channel" if reply and loud else ""
    return f"── {moment(at.isoformat())}{where}{shown}\n{plain.message(events)}\n"
