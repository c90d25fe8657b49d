"""A year of the scheduler in minutes: nothing left out, nothing done twice.

    python -m soak.clock                          a year from 1 January 2026
    python -m soak.clock --days 30 --start 2026-10-10 --seed 7

The real timetable and ledger over an accelerated clock, at which the timetable looks at random moments, at most ten
minutes apart (`run` looks every half minute); only the crawl is a note that it happened. All
sources are switched on, and two jobs are added that no configuration allows: every day at 01:30, an hour that comes
twice in October and never in March, and at every hour. Meanwhile, at random: stops of minutes to days, some by a kill
in the middle of a crawl; the clock set forward and back; and the configuration reloaded with other schedules.

What should have run is computed beside it minute by minute from the wall clock, without APScheduler. Prints the runs of
each job, both nights of clock changes, and every difference; exit status 1 where there is one.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine

from monitor.config.file import load
from monitor.model.days import LONDON
from monitor.model.state import DONE
from monitor.schedule.jobs import Job, jobs, settled
from monitor.schedule.queue import QueuedJob
from monitor.schedule.timetable import Timetable
from monitor.store import Store, job_runs
from monitor.times.slots import Line
from soak.wall_clock import Spell, expected

LONGEST_STEP = 600.0
"""Seconds between two looks: fewer than between two slots of any line."""
CONFIG = """
[http]
contact = "soak@localhost"
[run]
jitter = 45.0
[sources.ofsted]
schedule = "{ofsted}"
[sources.moderngov]
[sources.cmis]
[sources.newsroom]
[sources.govuk]
[sources.press]
sites = [{{name = "A paper", url = "https://news.example.org/feed"}}]
[[sources.page]]
name = "Board"
url = "https://www.example.org/board"
selector = "main"
schedule = "0 8 * * mon"
"""
LINES = ("0 7-19 * * mon-fri", "*/30 7-20 * * *")
STRANGE = [Job("nightly", False, Line("nightly", "30 1 * * *", 45)), Job("hourly", False, Line("hourly", "0 * * * *"))]


@dataclass
class World:
    """The virtual year: its clock, the jobs that hold now, and what ran."""

    folder: Path
    clock: Any
    dice: random.Random
    wanted: list[Job]
    ran: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    kill_next: bool = False
    dead: bool = False

    def now(self) -> datetime:
        """The virtual time."""
        return datetime.now(UTC)

    def start(self) -> Timetable:
        """The program as it starts."""
        self.kill_next = self.dead = False
        timetable = Timetable(self.folder, self.crawl, tuple, self.now)
        timetable.load(self.wanted)
        return timetable

    def crawl(self, piece: QueuedJob) -> None:
        """What the queue and the worker do, without the crawl; after a kill nothing is done any more."""
        if self.dead:
            return
        with Store(self.folder, durable=False) as store:
            if settled(job_runs.ledger(store).get(piece.job.id), piece.slot):
                return
            job_runs.started(store, piece.job.id, piece.slot, self.now())
            if self.kill_next:
                self.dead = True
                return
            job_runs.ended(store, piece.job.id, self.now(), DONE)
        self.ran.append((piece.job.id, piece.slot, self.now()))

    def life(self, number: int, stop: datetime, sets: list[list[Job]]) -> Iterator[Spell]:
        """The program from now until it stops. In every third one the configuration is reloaded in the middle, in
        another the clock is set back there; every other one ends by a kill in the next crawl, which is then owed."""
        start, timetable = self.now(), self.start()
        middle = _quiet_moment(start, stop)
        if middle and number % 3 < 2:
            self.until(timetable, middle)
        if middle and number % 3 == 0:
            yield Spell(start, middle, tuple(self.wanted))
            self.wanted = sets[(sets.index(self.wanted) + 1) % 2]
            timetable.load(self.wanted)
            start = middle
        elif middle and number % 3 == 1:
            self.clock.shift(-timedelta(minutes=self.dice.randint(2, 90)).total_seconds())
        looked = self.until(timetable, stop)
        if number % 2 == 0:
            self.kill_next = True
            looked = self.until(timetable, stop + timedelta(days=3))
        yield Spell(start, looked, tuple(self.wanted), reload=start == middle)

    def until(self, timetable: Timetable, end: datetime) -> datetime:
        """Let the clock run, until a moment or the end of the process. Returns the last look that was not cut short."""
        looked = self.now()
        while not self.dead and (left := (end - self.now()).total_seconds()) > 0:
            self.clock.shift(min(self.dice.uniform(1.0, LONGEST_STEP), left))
            timetable.look()
            looked = looked if self.dead else self.now()
        return looked


def main() -> int:
    """Run the year, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=date.fromisoformat, default=date(2026, 1, 1))
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--stops", type=int, default=None, help="default: one in five days")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    stops = given.days // 5 if given.stops is None else given.stops
    with tempfile.TemporaryDirectory() as folder:
        first = datetime(given.start.year, given.start.month, given.start.day, tzinfo=UTC)
        world, spells, kills = live(Path(folder), first, given.days, stops, random.Random(given.seed))
    return report(world, spells, kills)


def live(folder: Path, first: datetime, days: int, stops: int, dice: random.Random) -> tuple[World, list[Spell], int]:
    """The year: spells of running between stops and reloads, with the clock set now and then."""
    sets = [configured(folder, line) for line in LINES]
    with time_machine.travel(first, tick=False) as clock:
        world = World(folder / "data", clock, dice, sets[0])
        spells, kills, end = list[Spell](), 0, first + timedelta(days=days)
        for number, stop in enumerate(sorted([*_moments(first, end, stops, dice), end])):
            if stop > world.now():
                spells += world.life(number, stop, sets)
                kills += world.dead
                clock.shift(dice.choice([60, 3600, 8 * 3600, 3 * 86_400]) * dice.uniform(0.5, 1.5))
    return world, spells, kills


def configured(folder: Path, ofsted: str) -> list[Job]:
    """The jobs of a configuration with everything on, and two that none would allow."""
    path = folder / "config.toml"
    path.write_text(CONFIG.format(ofsted=ofsted), encoding="utf-8")
    config = load(path)
    return [*jobs(config.sources.enabled(), config.run.jitter), *STRANGE]


def _moments(first: datetime, end: datetime, count: int, dice: random.Random) -> Iterator[datetime]:
    for _ in range(count):
        yield first + timedelta(seconds=dice.uniform(0, (end - first).total_seconds()))


def _quiet_moment(start: datetime, stop: datetime) -> datetime | None:
    """Half past eleven at night, when none of the schedules has anything, in the middle of a spell."""
    day = (start + (stop - start) / 2).astimezone(LONDON)
    moment = day.replace(hour=22, minute=50, second=0, microsecond=0).astimezone(UTC)
    return moment if start + timedelta(days=1) < moment < stop - timedelta(hours=3) else None


def report(world: World, spells: list[Spell], kills: int) -> int:
    """Compare and print; exit status 1 where something differs."""
    found = Counter((job, slot) for job, slot, _ in world.ran)
    wanted = Counter(dict.fromkeys(expected(spells), 1))
    twice = [f"{job} {slot} {count} times" for (job, slot), count in found.items() if count > 1]
    less = [f"{job} {slot} did not run" for job, slot in (wanted - found)]
    more = [f"{job} {slot} ran and was not expected" for job, slot in (found - wanted)]
    per_job = Counter(job for job, _ in found.elements())
    per_wanted = Counter(job for job, _ in wanted.elements())
    print(f"{len(spells)} spells, {kills} kills; {found.total()} runs, expected {wanted.total()}")
    for job in sorted(per_wanted | per_job):
        print(f"  {job:18} {per_job[job]:6} runs, expected {per_wanted[job]:6}")
    for night in _nights(spells):
        print(f"  night of {night}: " + "; ".join(f"{job} {_on(world, job, night)}" for job in ("nightly", "hourly")))
    print(f"twice: {len(twice)}; left out: {len(less)}; not expected: {len(more)}")
    print(*sorted([*twice, *less, *more])[:20], sep="\n")
    return int(bool(twice or less or more))


def _nights(spells: list[Spell]) -> list[date]:
    """The days on which the clocks changed."""
    first, last = spells[0].start.date(), spells[-1].end.date()
    days = [first + timedelta(days=n) for n in range((last - first).days)]
    zones = [datetime(d.year, d.month, d.day, 12, tzinfo=LONDON).utcoffset() for d in days]
    return [day for day, before, after in zip(days[1:], zones, zones[1:], strict=False) if before != after]


def _on(world: World, job: str, night: date) -> str:
    runs = [s.astimezone(LONDON) for j, s, _ in world.ran if j == job and s.astimezone(LONDON).date() == night]
    return f"{len(runs)} times (" + ", ".join(f"{s:%H:%M %Z}" for s in runs[:4]) + (" …)" if len(runs) > 4 else ")")


if __name__ == "__main__":
    sys.exit(main())
