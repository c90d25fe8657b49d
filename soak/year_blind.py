"""Judges whether a year's blindness was told: by events while it ran, by the heartbeat's silence while it did not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from monitor.model import Event
from monitor.model.payloads import SourcePayload
from monitor.wording.source_health import UNSEEN
from soak.year_lives import Lived
from soak.year_plan import Fault
from soak.year_seen import Seen, Told

SILENT = timedelta(hours=7)
"""Signs of life come every three hours, or later by the two that the clock may be wrong."""


def blind(world: Seen, told: Told) -> Iterator[str]:
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
    for event in (e for e in events if e.kind.startswith("source.") and not is_for_readers(e)):
        at = datetime.fromisoformat(event.at)
        for target in (event.after_as(SourcePayload).target or "").split(","):
            name = event.source, target, _sort(event)
            if event.kind != "source.recovered":
                twice += [f"{name}: told again at {at}"] if name in open_ else []
                open_[name] = at
            elif name in open_:
                spells.append((*name[:2], open_.pop(name), at))
            else:
                twice.append(f"{name}: an end without a beginning at {at}")
    return spells + [(source, target, at, None) for (source, target, _), at in open_.items()], twice


def is_for_readers(event: Event) -> bool:
    """Whether it is the plain line to readers that Ofsted is not seen, beside what operators are told."""
    return event.after_as(SourcePayload).state == UNSEEN


def _sort(event: Event) -> str:
    """Saying nothing new, or broken: a source may be both at once."""
    return str(event.after_as(SourcePayload).trouble)


def _covered(spells: list[Spell], source: str, target: str, at: datetime) -> bool:
    """Whether a spell was open, up to the seconds that a run takes to be judged."""
    soon = at + timedelta(minutes=5)
    return any(
        s == source and (not target or t in ("", target)) and a <= soon and (b is None or b >= at)
        for s, t, a, b in spells
    )


def beats(world: Seen, lives: list[Lived]) -> Iterator[str]:
    """Whoever listens for signs of life learns of each stop and of each full disk, and of no stop that was none."""
    ran = [life for life in lives if not life.refused]
    pauses = [(a.end, b.start) for a, b in pairwise(ran)]
    stops = [(a, b) for a, b in pauses if b - a > SILENT]
    gaps = [(a, b) for a, b in pairwise(at for at, _ in world.beats) if b - a > SILENT]
    for a, b in gaps:
        if not any(a < end and start < b for start, end in pauses):
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
