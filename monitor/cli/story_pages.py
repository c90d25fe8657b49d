"""Shows stories to a person: a time line, one piece a line, with the reason of each and the contradictions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitor.wording.dates import day, span
from monitor.wording.letter_kinds import LABELS
from monitor.wording.text import one_line

FIELDS = {
    "visit_dates": "days of the visit",
    "letter_date": "date of the letter",
    "judgement_previous": "earlier judgement",
}
MAX_SHOWN_CHARACTERS = 160
"""A longer title, reason or quotation is cut."""


def story_page(story: dict[str, Any]) -> str:
    """Show a story with its pieces, each with its name, its reason and its score."""
    return "\n".join([_head(story), *time_line(story, why=True), *_conflicts(story)])


def loose_page(shown: dict[str, Any]) -> str:
    """Show the pages that are in no story."""
    return "\n".join(["In no story", *time_line(shown, why=True)])


def open_story(story: dict[str, Any] | None) -> Iterator[str]:
    """The open story on a council's page."""
    if story:
        yield f"Story {_head(story)}"
        yield from time_line(story, why=False)
        yield from _conflicts(story)


def _head(story: dict[str, Any]) -> str:
    closed = f", closed {day(story['closed'])}" if story["closed"] else ""
    return f"{story['id']}  {LABELS.get(story['kind'], 'Letter')}, opened {day(story['opened'])}{closed}"


def time_line(story: dict[str, Any], *, why: bool) -> Iterator[str]:
    """Yield date, kind, source, title and link of each piece; with `why` also its reason."""
    for entry in story["timeline"]:
        when = day(entry["date"]) if entry["date"] else "no date"
        title = one_line(entry["title"], MAX_SHOWN_CHARACTERS) or "untitled"
        yield f"  {when}  {entry['what']}, {one_line(entry['source'], 80)}: {title}: {one_line(entry['url'])}"
        if why:
            yield f"      [{entry['piece']}] {entry['score']}: {one_line(entry['reason'], MAX_SHOWN_CHARACTERS)}"


def _conflicts(story: dict[str, Any]) -> Iterator[str]:
    for conflict in story["conflicts"]:
        yield f"  Sources differ on the {FIELDS[conflict['field']]}"
        for said in conflict["values"]:
            source = one_line(said["source"], 80)
            yield f"    {_value(said['value'])}, {source}: “{one_line(said['quote'], MAX_SHOWN_CHARACTERS)}”"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(one_line(v, 40) for v in value.values())
    if isinstance(value, list):
        return span(value[0], value[-1] or value[0])
    return day(value)
