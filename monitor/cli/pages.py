"""What the commands show to a person: plain text, one thing a line."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from monitor.cli.story_pages import open_story
from monitor.model import Change, Event, Quote
from monitor.wording import plain
from monitor.wording.dates import day, moment, span, year
from monitor.wording.grading import area_name, grade
from monitor.wording.letter_kinds import KINDS
from monitor.wording.text import count, joined, one_line
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
    yield f"  inspected to {day(view['inspected'])}, published {day(view['published'])}: {view['url']}"
    named = {area_name(area, None): grade(found) for area, found in view["judgements"].items()}
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
        f"{area_name(c.area, past['kind'])}: {grade(c.after)}, was {grade(c.before)}{_together(c)}"
        for c in changes
        if c.moved
    ]
    overall = past["judgements"].get("overall_effectiveness")
    same = "no judgement moved" if any(c.direction == "same" for c in changes) else "no earlier one to compare with"
    return "; ".join(moved) or (f"{grade(overall)} overall, {same}" if overall else same)


def _together(change: Change) -> str:
    return " for both together" if change.direction == "first_separate" else ""


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
    name = KINDS.get(letter["kind"], "Letter")
    return f"{name}, {letter['variant']}" if letter["variant"] else name


def status_page(found: dict[str, Any]) -> str:
    """Show sources and targets. Healthy targets share one line."""
    lines = [line for source in found["sources"] for line in _source(source)]
    counts = {"held": "held", "overdue": "overdue", "stuck": "stuck", "given_up": "given up"}
    said = [f"{found[name]} {words}" for name, words in counts.items() if found[name]]
    lines.append(", ".join([f"outbox: {found['outbox']} unsent", *said]))
    if found["sender_stopped"]:
        lines.append(f"nothing is sent: process {found['sender_stopped']}, which sends, is stopped; resume or end it")
    ways = [f"  {_way(way)}" for way in found["channels"] if way["owed"] or way["given_up"]]
    disk = ", ".join(f"{name} {_size(size)}" for name, size in found["disk"].items())
    return "\n".join(
        [*lines, *ways, *replica_lines(found["replica"]), database_line(**found["sqlite"]), f"disk: {disk}"]
    )


def replica_lines(found: dict[str, Any] | None) -> list[str]:
    """Show where the store is copied to, when that was last complete, and how the last drill went."""
    if found is None:
        return []
    complete = f"complete {_moment(found['complete'])}" if found["complete"] else "never seen complete"
    lines = [f"replica {found['address']}: {found['refusal'] or complete}"]
    drill = f"drill of {_moment(found['drilled'])}: {one_line(found['drill'])}" if found["drilled"] else "no drill yet"
    return [*lines, f"  {drill}"]


def database_line(library: str, journal: str, log_is_safe: bool) -> str:
    """Say which SQLite library is used, and with which journal."""
    why = "" if log_is_safe else ", for this library may corrupt a write-ahead log"
    return f"database: {library}, {'write-ahead log' if journal == 'wal' else 'rollback journal'}{why}"


def outbox_page(ways: list[dict[str, Any]]) -> str:
    """Show the waiting messages of each channel and recipient, a line each."""
    return "\n".join(map(_way, ways)) or "nothing was ever owed to a channel"


def _way(way: dict[str, Any]) -> str:
    name = f"{way['channel']} ({way['recipient']})" if way["recipient"] else way["channel"]
    parts = [f"{way['owed']} owed"]
    if way["held"] and way["owed"]:
        forget = f"ofsted-watch deliver --forget {shlex.quote(one_line(way['channel']))}"
        parts.append(f"held, for {way['held']} (it is sent when it is back; {forget} lets it go)")
    elif way["owed"]:
        tried = f", tried {way['attempts']} times" if way["attempts"] else ""
        parts.append(f"next from {_moment(way['due'])}{tried}")
    parts += [f"overdue since {_moment(way['overdue_since'])}"] if way["overdue_since"] else []
    parts += ["one of them may have arrived"] if way["unsure"] else []
    parts += [f"{way['given_up']} given up"] if way["given_up"] else []
    parts += [f"last sent {_moment(way['last_sent'])}"]
    return f"{one_line(name)}: {'; '.join(parts)}" + (f": {one_line(way['reason'], 300)}" if way["reason"] else "")


def politeness_page(days: list[dict[str, Any]]) -> str:
    """Show the requests to each source, a line a day."""
    lines = [
        f"{day['day']}  {one_line(day['source'])}: {day['requests']} requests, {_size(day['bytes'])}; "
        f"{day['crawls']} crawls, {day['polls']} looks, {day['unchanged']} answered unchanged"
        for day in days
    ]
    return "\n".join(lines) or "nothing was asked of anybody"


def _size(count: int) -> str:
    """ "12.3 MB"."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.1f} MB"


def _source(source: dict[str, Any]) -> Iterator[str]:
    well = [t for t in source["targets"] if t["status"] == "ok"]
    seen = f"last seen {_moment(source['last_ok'])}, the oldest {_moment(source['oldest_ok'])}"
    yield f"{source['source']}: {source['status']}; {_pages(source, len(well))}{seen}"
    if source["reason"]:
        yield f"  since {_moment(source['since'])}: {one_line(source['reason'])}"
    for target in source["targets"]:
        if target["status"] != "ok":
            name = target["council"] or target["target"]
            yield f"  {name}: since {_moment(target['since'])}: {one_line(target['reason'])}"


def _pages(source: dict[str, Any], well: int) -> str:
    """How many pages are well. Where the source as a whole is not, its pages' last states say nothing of now."""
    if source["status"] in ("failing", "blocked", "quarantined", "stale", "never seen"):
        return ""
    return f"{well} of {count(len(source['targets']), 'page')} well; "


def preview_page(at: datetime, events: Sequence[Event], *, reply: bool, loud: bool) -> str:
    """Show a message as it would have gone out, under its time."""
    where = ", in the thread of its story" if reply else ""
    shown = " and to the channel" if reply and loud else ""
    return f"── {moment(at.isoformat())}{where}{shown}\n{plain.message(events)}\n"


def _moment(value: str | None) -> str:
    return value[:16].replace("T", " ") if value else "never"
