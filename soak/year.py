"""A year of the unattended program, in virtual time: nothing lost, nothing told twice, every blindness told.

    python -m soak.year                              a year from 1 March 2024, twelve councils, 3,000 looks
    python -m soak.year --seldom --councils 10       the same year with 700 looks
    python -m soak.year --days 30 --councils 6 --seed 7

The real service (timetable, ledger, queue, crawls in forked children, outbox, ways out) lives one life after another
against the replica of the sites and the doubles of Slack and a mail server. A life ends by SIGTERM or by SIGKILL at a
random moment, mostly in the middle of a crawl or a message; the next starts where the clock stands, at once or after
hours or days. Meanwhile, from the seed: every kind of fault of the replica on random paths for hours to days; faults of
Slack and of the mail server; the disk full for hours (the data folder is a small mount, which is filled), and in some
of these a kill; the machine's clock wrong by up to two hours and set right again. Both clock changes are in it.

How it is counted, all of it from outside or from the program's database at the end:

    lost, repeated    publications of the replica's truth from the second day to the day before its source's last
                      look, each told once
    messages          the ids of all that the outbox has sent, against what the doubles took: Slack exactly once, the
                      mail server at least once under one Message-ID
    blindness         `source.failing` and `source.recovered` must take turns for each target and none be open at the
                      end; for each look (one is enough) that was kept and lay in a fault that hides its source
                      (or council) whole, a spell that was told must be open. A stop is told by the heartbeat's silence:
                      each stop of more than seven hours is one, and no other silence is as long; a full disk is
                      told by the heartbeat's failing
    memory            resident bytes, open files and threads of the program's process, in each life of six days or more
    growth            bytes in use in the database against events, at the ends of lives
    processes         none that a life started is there 15 s after it; SIGTERM ends it within 10 s
    log               no traceback and no secret

Needs `unshare` and the right to mount for the full disk, and says so where that is left out. Exit status 1 where
anything is not as it must be.
"""

from __future__ import annotations

import argparse
import math
import os
import pickle
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from monitor.councils.registry import Registry
from soak.replica import Replica
from soak.year_lives import Lived, live
from soak.year_plan import Stretch, cut, drawn
from soak.year_report import judge
from soak.year_seen import seen
from soak.year_world import OFTEN, PATIENCE, SELDOM, World

RESTART = timedelta(hours=1)
"""A start that is refused is tried again so long after, as a container's restart policy does sooner."""
MORNING = 11.5 / 24
"""The last day goes on until what is told at eight has been told."""
SEEN = "seen.pickle"
OWN_MOUNTS = "SOAK_YEAR_MOUNTS"


def main() -> int:
    """Draw the year, live it, judge it."""
    given = _arguments()
    if given.judge:
        return judge(given.judge, *pickle.loads((given.judge / SEEN).read_bytes()))
    _with_own_mounts()
    with tempfile.TemporaryDirectory() as name, Replica(given.start.isoformat(), *PATIENCE) as site:
        return _year(given, Path(name), site)


def _year(given: argparse.Namespace, folder: Path, site: Replica) -> int:
    first, began = datetime(given.start.year, given.start.month, given.start.day, tzinfo=UTC), time.monotonic()
    councils = busiest(site, given.start, given.days, given.councils)
    plan = drawn(first, given.days + MORNING, councils, given.seed)
    names = [c.name for c in Registry.load() if c.ofsted_urn in councils]
    with World(folder, site, plan, names, SELDOM if given.seldom else OFTEN) as world:
        try:
            lives = list(_lives(world, random.Random(given.seed), given.minutes))
        except BaseException:
            print(*(folder / "life.log").read_text(encoding="utf-8").splitlines()[-30:], sep="\n", file=sys.stderr)
            raise
        print(f"{(world.plan.last - first).days} days in {(time.monotonic() - began) / 60:.1f} minutes")
        found = seen(world), lives, councils
        if given.keep:
            shutil.copytree(folder, given.keep, dirs_exist_ok=True)
            (given.keep / SEEN).write_bytes(pickle.dumps(found))
        return judge(folder, *found)


def _lives(world: World, dice: random.Random, minutes: float) -> Iterator[Lived]:
    """One life after another; when the time is out the rest of the year is left out."""
    began = time.monotonic()
    world.at(world.plan.first)
    for stretch in world.plan.lives:
        if time.monotonic() - began > 60 * minutes:
            break
        yield from _until(world, stretch, dice, began)
    if world.now < world.plan.last:
        world.plan = cut(world.plan, world.now)
        world.at(world.now)
        yield from _until(world, world.plan.lives[0], dice, began)


def _until(world: World, stretch: Stretch, dice: random.Random, began: float) -> Iterator[Lived]:
    """A life, and before it the starts that a full disk refused."""
    while world.now < stretch.end:
        life = live(world, stretch, dice)
        events = life.size.events if life.size else "?"
        how = "refused, for the disk is full" if life.refused else stretch.how
        print(
            f"{life.start:%F %H:%M} to {world.now:%F %H:%M}, {how}; {events} events, {time.monotonic() - began:.0f} s"
        )
        yield life
        world.at(world.now + (RESTART if life.refused else stretch.pause))


def busiest(site: Replica, start: date, days: float, count: int) -> dict[str, str]:
    """The councils with most publications in the time, and the slug of each."""
    truth = site.truth(start.isoformat(), (start + timedelta(days)).isoformat(), "all")
    slugs = {c.ofsted_urn: c.slug for c in Registry.load()}
    found = Counter(t["urn"] for t in truth if t["urn"] in slugs)
    return {urn: slugs[urn] for urn, _ in found.most_common(count)}


def _with_own_mounts() -> None:
    """Go on where a small disk can be mounted without anybody else seeing it."""
    own = ["unshare", "-m", "--propagation", "private"]
    if OWN_MOUNTS in os.environ or not shutil.which("unshare"):
        return
    if subprocess.run([*own, "true"], check=False, stderr=subprocess.DEVNULL).returncode:
        print("no full disk: a mount of our own is not allowed here")
        return
    os.environ[OWN_MOUNTS] = "1"
    os.execvp(own[0], [*own, sys.executable, "-m", "soak.year", *sys.argv[1:]])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--start", type=date.fromisoformat, default=date(2024, 3, 1))
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--councils", type=int, default=12)
    parser.add_argument("--seldom", action="store_true", help="fewer looks a week")
    parser.add_argument("--minutes", type=float, default=math.inf, help="leave out what does not fit into so many")
    parser.add_argument("--keep", type=Path, help="copy there what is judged")
    parser.add_argument("--judge", type=Path, metavar="KEPT", help="judge what was kept once more, and run nothing")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
