"""What happens in the year, drawn from a seed: lives and their ends, faults, full disks, clocks set wrong. Pure."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

CALM, CALM_END = timedelta(days=2), timedelta(days=8)
"""So long at the start nothing happens (the first look is silent by design, so it must be one), and so long at the
end, so that what was hidden can come; of a short time the tenth and the third part."""
HIDING = (
    "403", "500", "503_retry_after", "429_retry_after", "timeout", "reset", "truncate", "challenge200", "empty200",
    "garbage", "redirect_loop", "redirect_private",
)  # fmt: skip
"""Faults under which nothing of a source can be seen."""
OTHER = (
    "slow", "not_modified_always", "huge", "gzip_bomb", "bad_charset", "cap_rows:50", "cap_rows:5", "drop_rows:1",
    "drop_rows:3", "layout_change", "replace_pdf", "withdraw",
)  # fmt: skip
"""Faults under which much or all can be seen, or something that is not so."""
ROOTS = {
    "ofsted": "/reports/",
    "moderngov": "/moderngov/",
    "newsroom": "/news/",
    "press": "/press/",
    "govuk": "/govuk/",
}
SLACK = ("500", "502_html", "reset_before", "reset_after_accept", "429", "fatal_error")
SMTP = ("connect_421", "connect_reset", "rcpt_451", "data_451", "drop_before_data", "drop_after_data")
ENDS = ("kill", "kill", "term")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault on a path between two moments. `source` is "slack" or "smtp" for the way out; `target` the one
    council whose pages it is on; `hides`: nothing of the source (or target) can be seen meanwhile."""

    start: datetime
    end: datetime
    source: str
    match: str
    kind: str
    target: str = ""
    hides: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """A life until `end`, how it ends ("kill", "term", or "end": when nothing is under way), and for how long nothing
    runs then."""

    end: datetime
    how: str
    pause: timedelta


@dataclass(frozen=True, slots=True)
class Set:
    """The clock is wrong by so many seconds between two moments."""

    start: datetime
    end: datetime
    seconds: float


@dataclass(frozen=True, slots=True)
class Plan:
    """All that happens. `full`: spells in which the disk is full."""

    first: datetime
    last: datetime
    lives: Sequence[Stretch]
    faults: Sequence[Fault]
    full: Sequence[tuple[datetime, datetime]]
    sets: Sequence[Set]


def drawn(first: datetime, days: float, councils: dict[str, str], seed: int) -> Plan:
    """The plan of a seed; `councils` are URNs with slugs."""
    dice, last = random.Random(seed), first + timedelta(days=days)
    start, end = first + min(CALM, (last - first) / 10), last - min(CALM_END, (last - first) / 3)
    full = sorted(_spells(dice, start, end, max(1, round(days / 90)), (3, 30)))
    return Plan(
        first,
        last,
        (*_lives(dice, start, end, full), Stretch(last, "end", timedelta(0))),
        tuple(sorted(_faults(dice, start, end, round(days / 3), councils), key=lambda f: f.start)),
        tuple(full),
        tuple(_sets(dice, start, end, max(1, round(days / 30)))),
    )


def cut(plan: Plan, now: datetime) -> Plan:
    """The same plan, broken off: from now on nothing happens any more, and it ends when what was hidden has come."""
    days = math.ceil((now - plan.first) / timedelta(days=1))
    last = min(plan.last, plan.first + timedelta(days=days) + CALM_END + (plan.last - plan.first) % timedelta(days=1))
    return Plan(
        plan.first,
        last,
        (Stretch(last, "end", timedelta(0)),),
        tuple(replace(f, end=min(f.end, now)) for f in plan.faults if f.start < now),
        tuple((a, min(b, now)) for a, b in plan.full if a < now),
        tuple(replace(s, end=min(s.end, now)) for s in plan.sets if s.start < now),
    )


def _lives(
    dice: random.Random, start: datetime, last: datetime, full: Sequence[tuple[datetime, datetime]]
) -> Iterator[Stretch]:
    """Lives from hours to weeks; in every other full disk one is killed."""
    killed = [a + (b - a) * dice.random() for a, b in full[::2]]
    now = start
    while now < last:
        end = now + timedelta(days=dice.choice([0.3, 1, 4, 9, 16, 26]) * dice.uniform(0.7, 1.3))
        inside = [moment for moment in killed if now < moment <= end]
        end = min(inside, default=end)
        pause = timedelta(hours=dice.choice([0, 0, 0.2, 5, 12, 30, 70]) * dice.uniform(0.7, 1.3))
        if end < last:
            yield Stretch(end, "kill" if inside else dice.choice(ENDS), pause)
        now = end + pause


def _spells(
    dice: random.Random, start: datetime, end: datetime, count: int, hours: tuple[float, float]
) -> Iterator[tuple[datetime, datetime]]:
    for _ in range(count):
        first = start + (end - start) * dice.random()
        yield first, min(end, first + timedelta(hours=dice.uniform(*hours)))


def _faults(
    dice: random.Random, start: datetime, end: datetime, count: int, councils: dict[str, str]
) -> Iterator[Fault]:
    kinds = [*HIDING, *OTHER] * (count // len((*HIDING, *OTHER)) + 1)
    dice.shuffle(kinds)
    for kind, (first, last) in zip(kinds, _spells(dice, start, end, count, (2, 60)), strict=False):
        yield _of_a_source(dice, first, last, kind, councils)
    for first, last in _spells(dice, start, end, count // 3, (1, 20)):
        to, kinds_of_it = dice.choice([("slack", SLACK), ("smtp", SMTP)])
        yield Fault(first, last, to, "", dice.choice(kinds_of_it))


def _of_a_source(dice: random.Random, first: datetime, last: datetime, kind: str, councils: dict[str, str]) -> Fault:
    """On all of a source, on one council's pages, or on a part of Ofsted's site."""
    source, urn = dice.choice(list(ROOTS)), dice.choice(list(councils))
    shape, hides = dice.random(), kind in HIDING
    if source in ("moderngov", "newsroom") and shape < 0.4:
        return Fault(first, last, source, f"{ROOTS[source]}{councils[urn]}/", kind, urn, hides)
    if source == "ofsted" and shape < 0.5:
        part = dice.choice(["/reports/provider", f"/reports/provider/44/{urn}", "/files/", "/reports/search"])
        return Fault(first, last, source, part, kind, "" if part.endswith("search") else urn)
    return Fault(first, last, source, ROOTS[source], kind, hides=hides)


def _sets(dice: random.Random, start: datetime, end: datetime, count: int) -> Iterator[Set]:
    for first, last in _spells(dice, start, end, count, (2, 12)):
        yield Set(first, last, dice.choice([-1, 1]) * dice.uniform(120, 7200))
