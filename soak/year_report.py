"""Judges a year: what was told against the truth, what arrived, what was blind, what was held of the machine."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from monitor.model import Event, event_from_json
from soak.sources import identity, key_of
from soak.year_lives import Lived, Size
from soak.year_plan import Fault, Plan
from soak.year_world import World

FLAT_BYTES = 16_000_000
"""A life may hold so much more at its end than after its second day, and the last long life more than the first."""
LAYERS = {
    ("reports", ""): ("report.published", "ofsted"),
    ("moderngov", "agenda_item"): ("meeting.item", "moderngov"),
    ("moderngov", "minutes"): ("meeting.minutes", "moderngov"),
    ("news", "article"): ("news.published", "newsroom"),
    ("press", "article"): ("press.published", "press"),
}
"""The truth's layer and event, the kind of event that is to tell it, and the source that finds it."""
LONG_DAYS = 6
UNEVEN = 2.5
"""An event of one half of the year may cost so many times as many bytes as one of the other half."""
SILENT = timedelta(hours=7)
"""Signs of life come every three hours, or later by the two that the clock may be wrong."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen from outside: what happened when, the signs of life, what was published, what arrived."""

    plan: Plan
    small_disk: bool
    beats: list[tuple[datetime, bool]]
    truth: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    mails: list[dict[str, Any]]


def seen(world: World) -> Seen:
    """The same of a world whose year is over."""
    first, last = world.plan.first.date() + timedelta(days=1), world.plan.last.date()
    truth = world.site.truth(f"{first}", f"{last}", "all")
    sent = world.slack.get("/_messages"), world.smtp.get("/_mails")
    return Seen(world.plan, world.small_disk, world.beats, truth, *sent)


class Told:
    """What the program's database says at the end."""

    def __init__(self, data: Path) -> None:
        with closing(sqlite3.connect(data / "ofsted-watch.db")) as database:
            database.row_factory = sqlite3.Row
            bodies = database.execute("SELECT body FROM events ORDER BY seq").fetchall()
            self.events: list[Event] = [event_from_json(json.loads(row["body"])) for row in bodies]
            self.deliveries = database.execute("SELECT * FROM deliveries").fetchall()
            self.runs = database.execute("SELECT * FROM runs ORDER BY started").fetchall()
            self.open = database.execute("SELECT source, target, reason FROM episodes").fetchall()


def judge(folder: Path, world: Seen, lives: list[Lived], councils: dict[str, str]) -> int:
    """Print the figures; 1 where something is not as it must be. The program's data and log are in `folder`."""
    told = Told(folder / "data")
    wrong = [f"life {n}: {what}" for n, life in enumerate(lives, 1) for what in life.wrong]
    _stops(lives, world)
    wrong += _truth(world, told, councils)
    wrong += _arrived(world, told)
    wrong += _blind(world, told)
    wrong += _beats(world, lives)
    wrong += _memory(lives)
    wrong += _growth(lives)
    wrong += _log(folder / "life.log")
    print(f"wrong: {len(wrong)}", *wrong[:60], sep="\n  ")
    return int(bool(wrong))


def _stops(lives: list[Lived], world: Seen) -> None:
    ends = Counter(f"{life.how}{' in a crawl' if life.crawling else ''}" for life in lives)
    print(f"{len(lives)} lives, ended by {dict(ends)}; clock set {len(world.plan.sets)} times")
    print(f"faults: {len(world.plan.faults)}; disk full {len(world.plan.full) if world.small_disk else 0} times")


def _truth(world: Seen, told: Told, councils: dict[str, str]) -> Iterator[str]:
    """Each publication told once, and nothing else as one. Due is what was out on the day before its last good look."""
    truth, looks = [t for t in world.truth if t["urn"] in councils], _last_looks(told)
    for (layer, sort), (kind, source) in LAYERS.items():
        wanted = {_name(t): t for t in truth if t["layer"] == layer and sort in ("", t["event"])}
        due = {name for name, t in wanted.items() if t["date"] < looks.get(source, "")}
        found = Counter(_told_name(e) for e in told.events if e.kind == kind)
        twice, lost = [n for n, times in found.items() if times > 1], due - set(found)
        print(f"{kind}: truth {len(due)}, told {len(found)}, lost {len(lost)}, repeated {len(twice)}")
        yield from (f"{kind}: lost {name} of {wanted[name]['date']}" for name in sorted(lost))
        yield from (f"{kind}: {name} told {found[name]} times" for name in sorted(twice))
        yield from (f"{kind}: {name} is not in the truth" for name in sorted(set(found) - set(wanted)))
    print(f"all events: {dict(Counter(e.kind for e in told.events))}")


def _last_looks(told: Told) -> dict[str, str]:
    """The day of each source's last look at which nothing was broken."""
    return {run["source"]: run["started"][:10] for run in told.runs if not run["broken"]}


def _name(truth: dict[str, Any]) -> str:
    return str(truth["file_id"]) if truth["layer"] == "reports" else identity(truth)


def _told_name(event: Event) -> str:
    return str((event.after or {})["key"]) if event.kind == "report.published" else key_of(event)


def _arrived(world: Seen, told: Told) -> Iterator[str]:
    """Slack has each message exactly once, the mail server at least once under the same Message-ID."""
    sent: dict[str, set[str]] = {"slack": set(), "mail": set()}
    for row in told.deliveries:
        if row["state"] == "sent":
            sent[row["channel"]].add(row["message"])
        else:
            yield f"{row['channel']}: {row['event'] or row['receipt']} is {row['state']}: {row['error']}"
    posts = [m["metadata"]["event_payload"] for m in world.messages if m["metadata"]]
    at_slack = Counter(p["message_id"] for p in posts if not p.get("part"))
    mails = Counter(_message_id(m).split("@")[0].strip("<") for m in world.mails)
    for channel, found in (("slack", at_slack), ("mail", mails)):
        again = sum(n - 1 for n in found.values())
        print(f"{channel}: {len(sent[channel])} messages sent, {len(found)} arrived, {again} copies more")
        yield from (f"{channel}: {name} never arrived" for name in sent[channel] - set(found))
        yield from (f"{channel}: {name} arrived and is not known" for name in set(found) - sent[channel])
    yield from (f"slack: {name} arrived {n} times" for name, n in at_slack.items() if n > 1)
    owed = Counter((row["event"], row["channel"]) for row in told.deliveries if row["event"])
    yield from (f"{c}: {e.id} {e.title} was never owed" for e in told.events for c in sent if not owed[e.id, c])


def _message_id(mail: dict[str, Any]) -> str:
    headers = mail["headers"]
    pairs = headers.items() if isinstance(headers, dict) else headers
    return next(str(value) for name, value in pairs if name.lower() == "message-id")


def _blind(world: Seen, told: Told) -> Iterator[str]:
    """Told once when it begins and once when it ends; at each look that a fault left blind, told."""
    spells, twice = _spells(told.events)
    yield from twice
    for source, target, reason in map(tuple, told.open):
        free = max((f.end for f in world.plan.faults if f.source == source), default=world.plan.first)
        if any(run["source"] == source and datetime.fromisoformat(run["started"]) > free for run in told.runs):
            yield f"{source} {target}: still told as broken at the end: {reason}"
    hidden = 0
    for run in told.runs:
        started, finished = (datetime.fromisoformat(run[name]) for name in ("started", "finished"))
        for fault in _over(world.plan.faults, run["source"], started, finished):
            hidden += 1
            if not _covered(spells, run["source"], fault.target, finished):
                yield f"{run['source']} {fault.target}: {fault.kind} on {fault.match} at {started:%F %H:%M} not told"
    print(f"{len(told.runs)} looks kept, {hidden} of them under a fault that hides; {len(spells)} blind spells told")


def _over(faults: Any, source: str, started: datetime, finished: datetime) -> list[Fault]:
    return [f for f in faults if f.hides and f.source == source and f.start <= started and finished < f.end]


Spell = tuple[str, str, datetime, datetime | None]


def _spells(events: list[Event]) -> tuple[list[Spell], list[str]]:
    """From each beginning that was told to its end; and what was told twice."""
    open_: dict[tuple[str, str, str], datetime] = {}
    spells, twice = list[Spell](), list[str]()
    for event in (e for e in events if e.kind.startswith("source.")):
        at = datetime.fromisoformat(event.at)
        for target in ((event.after or {})["target"] or "").split(","):
            name = event.source, target, _sort(event)
            if event.kind != "source.recovered":
                twice += [f"{name}: told again at {at}"] if name in open_ else []
                open_[name] = at
            elif name in open_:
                spells.append((*name[:2], open_.pop(name), at))
            else:
                twice.append(f"{name}: an end without a beginning at {at}")
    return spells + [(source, target, at, None) for (source, target, _), at in open_.items()], twice


def _sort(event: Event) -> str:
    """Saying nothing new, or broken: a source may be both at once."""
    return str((event.after or {}).get("state", "broken"))


def _covered(spells: list[Spell], source: str, target: str, at: datetime) -> bool:
    """Whether a spell was open, up to the seconds that a run takes to be judged."""
    soon = at + timedelta(minutes=5)
    return any(s == source and t in ("", target) and a <= soon and (b is None or b >= at) for s, t, a, b in spells)


def _beats(world: Seen, lives: list[Lived]) -> Iterator[str]:
    """Whoever listens for signs of life learns of each stop and of each full disk, and of no stop that was none."""
    ran = [life for life in lives if not life.refused]
    stops = [(a.end, b.start) for a, b in pairwise(ran) if b.start - a.end > SILENT]
    gaps = [(a, b) for a, b in pairwise(at for at, _ in world.beats) if b - a > SILENT]
    for a, b in gaps:
        if not any(a < end and start < b for start, end in stops):
            yield f"no sign of life between {a} and {b}, though it ran"
    for start, end in stops:
        if not any(a <= start + SILENT and b >= end - SILENT for a, b in gaps):
            yield f"the stop from {start} to {end} was not to be noticed"
    full = [s for s in world.plan.full if world.small_disk and any(_ran_in(life, *s) for life in ran)]
    for start, end in full:
        if not any(start <= at < end and not well for at, well in world.beats):
            yield f"the disk was full from {start} to {end}, and no sign said so"
    bad = sum(not well for _, well in world.beats)
    print(f"heartbeat: {len(world.beats) - bad} well, {bad} not; {len(stops)} stops, {len(gaps)} silences")


def _ran_in(life: Lived, start: datetime, end: datetime) -> bool:
    return min(life.end, end) - max(life.start, start) > SILENT


def _memory(lives: list[Lived]) -> Iterator[str]:
    """Each long life, after its second day and at its end."""
    long = [life for life in lives if life.days >= LONG_DAYS and len(life.held) > 3]
    for number, life in enumerate(long, 1):
        values = [h["rss"] for h in life.held]
        early, end = life.held[2], life.held[-1]
        print(
            f"  {life.start:%F} {life.days:5.1f} days: memory {_mb(values[0])} at first, {_mb(early['rss'])} on day 3, "
            f"{_mb(end['rss'])} at the end, peak {_mb(max(values))}; "
            f"files {early['files']} to {end['files']}, threads {early['threads']} to {end['threads']}"
        )
        if end["rss"] > early["rss"] + FLAT_BYTES:
            yield f"long life {number}: memory grew from {_mb(early['rss'])} to {_mb(end['rss'])}"
        if end["files"] > early["files"] + 3 or end["threads"] > early["threads"] + 3:
            yield f"long life {number}: files or threads grew"
    if len(long) > 1 and long[-1].held[-1]["rss"] > long[0].held[-1]["rss"] + FLAT_BYTES:
        yield f"memory at the end of long lives grew from {_mb(long[0].held[-1]['rss'])}"


def _mb(value: int) -> str:
    return f"{value / 1e6:.1f} MB"


def _growth(lives: list[Lived]) -> Iterator[str]:
    """Bytes of the database against events, at the ends of lives."""
    sizes = [(life.end, life.size) for life in lives if life.size]
    first = sizes[0][1]
    for at, size in sizes[:: max(1, len(sizes) // 10)]:
        print(f"  {at:%F}: {size.used:9} bytes, {size.events:5} events, {size.records:5} records, {size.runs:5} runs,"
              f" since the first {_per_event(first, size):7.0f} bytes an event")  # fmt: skip
    middle, last = sizes[len(sizes) // 2][1], sizes[-1][1]
    one, other = _per_event(first, middle), _per_event(middle, last)
    print(f"bytes an event: {one:.0f} in the first half of the lives, {other:.0f} in the second")
    if last.events - middle.events >= 50 and other > UNEVEN * one > 0:
        yield f"the database grew by {one:.0f} and then by {other:.0f} bytes an event"


def _per_event(a: Size, b: Size) -> float:
    return (b.used - a.used) / max(1, b.events - a.events)


def _log(path: Path) -> Iterator[str]:
    """Nothing that the program did not foresee, and no secret."""
    counts: defaultdict[str, int] = defaultdict(int)
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if "Traceback" in line or "unforeseen" in line or "xoxb-" in line or "/secret" in line:
            counts[line[:200]] += 1
    yield from (f"in the log {n} times: {line}" for line, n in counts.items())
