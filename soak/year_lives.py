"""Starts a life of the program, moves its clock on, and ends it: politely, or by SIGKILL in the middle of a crawl."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.store.sqlite import sqlite3
from soak.year_life import REFUSED
from soak.year_plan import Stretch
from soak.year_world import World

MARK = "SOAK_YEAR_LIFE"
LIFE = "import sys; from soak.year_life import main; sys.exit(main(*sys.argv[1:]))"
"""Not `-m soak.year_life`: the standard library's fork server would import that module anew for each crawl."""
LONGEST_STEP = 3600.0
STOP_SECONDS, GONE_SECONDS = 10.0, 15.0
"""How soon a life that is told to stop must have ended, and how soon all that it started must be gone."""
PATIENCE = timedelta(days=1)
"""An end is put off so long at most until a crawl is about to begin."""


@dataclass(slots=True)
class Size:
    """The database at the end of a life: bytes in use, and what is in it."""

    used: int
    events: int
    records: int
    runs: int


@dataclass(slots=True)
class Lived:
    """A life: from when to when, how it ended, what it held as it went, and what was wrong with it."""

    start: datetime
    end: datetime
    how: str
    held: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    size: Size | None = None
    crawling: bool = False
    refused: bool = False

    @property
    def days(self) -> float:
        """Its length."""
        return (self.end - self.start) / timedelta(days=1)


def live(world: World, stretch: Stretch, dice: random.Random) -> Lived:
    """One life, to its end."""
    lived = Lived(world.now, world.now, stretch.how)
    skew = _skew(world, world.now)
    with (world.folder / "life.log").open("ab") as log:
        process = _started(world, world.now + timedelta(seconds=skew), log)
        try:
            _go(world, stretch, process, lived, skew, dice)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.close()
            process.stdout.close()
    lived.end = world.now
    lived.wrong += _left_over()
    lived.size = None if world.full else size(world.data)
    return lived


def _started(world: World, now: datetime, log: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", LIFE, str(world.folder / "config.toml"), now.isoformat()]
    pipe = subprocess.PIPE
    marked = os.environ | {MARK: str(os.getpid())}
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=log, text=True, env=marked)


def _go(
    world: World, stretch: Stretch, process: subprocess.Popen[str], lived: Lived, skew: float, dice: random.Random
) -> None:
    assert process.stdin is not None
    assert process.stdout is not None
    while line := process.stdout.readline():
        state = json.loads(line)
        now = datetime.fromisoformat(state["now"]) - timedelta(seconds=skew)
        if "rss" in state:
            lived.held.append(state)
        shift = max(0.001, min(state["wait"], LONGEST_STEP))
        world.at(now + timedelta(seconds=shift))
        wanted = _skew(world, world.now)
        process.stdin.write(json.dumps({"shift": shift, "set": wanted - skew}) + "\n")
        process.stdin.flush()
        skew = wanted
        crawling = state["wait"] <= LONGEST_STEP
        if _over(world, stretch, crawling):
            lived.crawling = crawling
            _end(process, lived, dice)
            return
    if process.wait() == REFUSED and world.full:
        lived.refused = True
        return
    lived.wrong.append(f"ended by itself at {world.now}, with exit status {process.wait()}")


def _over(world: World, stretch: Stretch, crawling: bool) -> bool:
    """Whether it is time to end: at the next crawl, for an end is to fall into one, unless it is to be a quiet one."""
    if world.now < stretch.end:
        return False
    return stretch.how == "end" or crawling or world.full or world.now >= stretch.end + PATIENCE


def _skew(world: World, now: datetime) -> float:
    return sum(s.seconds for s in world.plan.sets if s.start <= now < s.end)


def _end(process: subprocess.Popen[str], lived: Lived, dice: random.Random) -> None:
    if lived.how != "end":
        time.sleep(dice.uniform(0, 0.9))
    number = signal.SIGKILL if lived.how == "kill" else signal.SIGTERM
    process.send_signal(number)
    began = time.monotonic()
    assert process.stdin
    process.stdin.close()
    try:
        code = process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        lived.wrong.append(f"had not ended {STOP_SECONDS:g} s after SIGTERM")
        return
    if lived.how != "kill" and code:
        lived.wrong.append(f"ended with status {code} after SIGTERM, in {time.monotonic() - began:.1f} s")


def _left_over() -> list[str]:
    """Processes of a life that outlived it."""
    until = time.monotonic() + GONE_SECONDS
    while (found := _marked()) and time.monotonic() < until:
        time.sleep(0.05)
    return [f"process {number} was left over: {name}" for number, name in found.items()]


def _marked() -> dict[int, str]:
    mark, found = f"{MARK}={os.getpid()}".encode(), {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # gone meanwhile, or not ours to read
    return found


def size(data: Path) -> Size:
    """What the database has in use, with free pages left out, and how much is in it."""
    with sqlite3.connect(data / "ofsted-watch.db") as database:

        def one(sql: str) -> int:
            return int(database.execute(sql).fetchone()[0])

        pages = one("PRAGMA page_count") - one("PRAGMA freelist_count")
        counts = (one(f"SELECT count(*) FROM {table}") for table in ("events", "records", "runs"))
        found = Size(pages * one("PRAGMA page_size"), *counts)
    database.close()
    return found
