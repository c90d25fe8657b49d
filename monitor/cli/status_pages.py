"""What `status` and `deliver --list` show to a person: plain text, one thing a line, times of London."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Any

from monitor.cli.app import brief
from monitor.cli.queue_pages import queue_lines
from monitor.model import Event
from monitor.model.delivery import Route
from monitor.model.sources import title
from monitor.store.lock import stopped
from monitor.views.status import SEEN_IN_PART
from monitor.wording.dates import moment
from monitor.wording.describe import subject
from monitor.wording.text import count, joined, one_line

MAX_REMARKS = 5
"""Different remarks on a source that are shown."""
Sent = tuple[str, Route, Sequence[Event]]
"""A message that was sent: when, over which way, what it told."""


def status_page(found: dict[str, Any], last: Event | None) -> str:
    """Show whether the watch is alive, its last and next look, what was found `last`, then the sources, and what waits
    to be sent. Healthy targets share one line."""
    lines = [*_watch(found, last), *(line for source in found["sources"] for line in _source(source))]
    lines.append(_messages(found))
    if found["sender_stopped"]:
        lines.append(stopped(found["sender_stopped"]))
    ways = [f"  {_way(way)}" for way in found["channels"] if way["owed"] or way["given_up"]]
    disk = ", ".join(f"{name} {_size(size)}" for name, size in found["disk"].items())
    beside = [*queue_lines(found["queue"]), *replica_lines(found["replica"])]
    return "\n".join([*lines, *ways, *beside, database_line(**found["sqlite"]), f"disk: {disk}"])


def replica_lines(found: dict[str, Any] | None) -> list[str]:
    """Show where the store is copied to, when that was last complete, and how the last drill went."""
    if found is None:
        return []
    complete = f"complete {moment(found['complete'])}" if found["complete"] else "never seen complete"
    lines = [f"replica {found['address']}: {found['refusal'] or complete}"]
    drill = f"drill of {moment(found['drilled'])}: {one_line(found['drill'])}" if found["drilled"] else "no drill yet"
    return [*lines, f"  {drill}"]


def database_line(library: str, journal: str, log_is_safe: bool) -> str:
    """Say which SQLite library is used, and with which journal."""
    why = "" if log_is_safe else ", for this library may corrupt a write-ahead log"
    return f"database: {library}, {'write-ahead log' if journal == 'wal' else 'rollback journal'}{why}"


def _watch(found: dict[str, Any], last: Event | None) -> Iterator[str]:
    """Whether it is alive, when it looked last and looks next, and what it found last."""
    sign = found["sign_of_life"]
    never = "not running: `ofsted-watch run` has never run on this data folder"
    dead = f"not running: no sign of life of `ofsted-watch run` since {moment(sign)}" if sign else never
    yield f"alive: `ofsted-watch run` gave a sign of life on {moment(sign)}" if found["alive"] else dead
    yield f"last look: {moment_or_never(found['last_look'])}"
    ahead = found["next_look"]
    if ahead is None:
        yield "next look: none is planned"
    else:
        when = "due now" if ahead["due"] else moment(ahead["at"])
        started = "" if found["alive"] else ", if `ofsted-watch run` is started"
        yield f"next look: {when}, {title(ahead['source'])}{started}"
    yield f"found last: {brief(last)}" if last else "found last: nothing yet"


def _messages(found: dict[str, Any]) -> str:
    """What waits to be sent: for its time, for somebody who is configured again, or too long."""
    counts = {
        "waiting": "waiting for their time",
        "overdue": "overdue",
        "stuck": "of them stuck",
        "held": "held",
        "given_up": "given up",
    }
    said = [f"{found[name]} {words}" for name, words in counts.items() if found[name]]
    return f"outbox: {found['outbox']} unsent" + (f": {', '.join(said)}" if said else "")


def outbox_page(ways: list[dict[str, Any]], sent: Sequence[Sent]) -> str:
    """Show the waiting messages of each channel and recipient, a line each, and the messages that were sent last."""
    lines = [*map(_way, ways)] or ["nothing was ever owed to a channel"]
    lost = "a message that cannot be read back"
    told = [f"  {moment(at)}  {_named(*route)}: {subject(events) if events else lost}" for at, route, events in sent]
    return "\n".join([*lines, *(["sent last:", *told] if told else [])])


def _named(channel: str, recipient: str) -> str:
    return one_line(f"{channel} ({recipient})" if recipient else channel)


def _way(way: dict[str, Any]) -> str:
    name = _named(way["channel"], way["recipient"])
    parts = [f"{way['owed']} owed"]
    if way["held"] and way["owed"]:
        forget = f"ofsted-watch deliver --forget {shlex.quote(one_line(way['channel']))}"
        parts.append(f"held, for {way['held']} (it is sent when it is back; {forget} lets it go)")
    elif way["owed"]:
        tried = f", tried {count(way['attempts'], 'time')}" if way["attempts"] else ""
        parts.append(f"{'next try' if way['reason'] else 'waiting until'} {moment_or_never(way['due'])}{tried}")
    parts += [f"overdue since {moment_or_never(way['overdue_since'])}"] if way["overdue_since"] else []
    parts += ["one of them may have arrived"] if way["unsure"] else []
    parts += [f"{way['given_up']} given up"] if way["given_up"] else []
    parts += [f"last sent {moment_or_never(way['last_sent'])}"]
    return f"{name}: {'; '.join(parts)}" + (f": {one_line(way['reason'], 300)}" if way["reason"] else "")


def politeness_page(days: list[dict[str, Any]]) -> str:
    """Show the requests to each source, a line a day."""
    lines = [
        f"{day['day']}  {one_line(day['source'])}: {count(day['requests'], 'request')}, {_size(day['bytes'])}; "
        f"{count(day['crawls'], 'crawl')}, {count(day['polls'], 'look')}, {day['unchanged']} answered unchanged"
        for day in days
    ]
    return "\n".join(lines) or "nothing was asked of anybody"


def _size(size: int) -> str:
    """ "12.3 MB"."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def _source(source: dict[str, Any]) -> Iterator[str]:
    well = [t for t in source["targets"] if t["status"] == "ok"]
    last, oldest = moment_or_never(source["last_ok"]), moment_or_never(source["oldest_ok"])
    seen = f"last seen {last}" + (f", the oldest {oldest}" if oldest != last else "")
    pages = [f"{len(well)} of {count(len(source['targets']), 'page')} well"]
    said = [source["status"], *(pages if source["status"] in SEEN_IN_PART else [])]
    said += [seen] if source["last_ok"] else []
    yield f"{source['source']}: {'; '.join(said)}"
    if source["reason"]:
        yield f"  since {moment_or_never(source['since'])}: {one_line(source['reason'])}"
    for target in source["targets"]:
        if target["status"] != "ok":
            name = target["council"] or target["target"]
            yield f"  {name}: since {moment_or_never(target['since'])}: {one_line(target['reason'])}"
    yield from _remarks(source["targets"])


def _remarks(targets: list[dict[str, Any]]) -> Iterator[str]:
    """What was odd at the last look and did not hinder it: each remark once, with the pages that it is about."""
    found: dict[str, list[str]] = {}
    for target in targets:
        if target["remark"]:
            found.setdefault(one_line(target["remark"], 300), []).append(target["council"] or target["target"])
    for words, names in list(found.items())[:MAX_REMARKS]:
        yield f"  remark: {words} ({joined(names, 3)})"
    if len(found) > MAX_REMARKS:
        yield f"  and {count(len(found) - MAX_REMARKS, 'more remark')} (--json has them all)"


def moment_or_never(value: str | None) -> str:
    """A time as people in London read it; "never" for none."""
    return moment(value) if value else "never"
