"""The restore drill of docs/deploying.md, by its own commands, timed.

    python -m soak.drill                 on a baseline of all councils from the replica
    python -m soak.drill --councils 5    on a few
    python -m soak.drill --from-replica  the machine is lost: the two commands of "Off the machine"

Runs the lines of the block that is marked `sh drill` under `sh -e`. Exit status 1 where one of them fails.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from monitor.councils.registry import Registry
from soak.command import Command, configuration
from soak.replica import Replica

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "deploying.md"


def commands() -> str:
    """The drill as the document has it."""
    (block,) = re.findall(r"^```sh drill\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return str(block)


def drill(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run it in a folder that has a configuration and its data."""
    with tempfile.TemporaryDirectory() as bin_:
        program = Path(bin_) / "ofsted-watch"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m monitor "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        path = {"PATH": f"{bin_}:{os.environ['PATH']}", "PYTHONPATH": str(DOCUMENT.parents[1])}
        line = ["sh", "-ec", commands()]
        return subprocess.run(line, cwd=folder, env={**os.environ, **path}, capture_output=True, text=True, check=False)


def from_replica(watch: Command) -> int:
    """Let `run` fill the replica, lose the data folder, and go by the two commands until `health` is content."""
    data, place = watch.folder / "data", watch.folder / "replica"
    with running(watch):
        _until(lambda: (data / "replica.complete").exists())
    kept = len(watch.events("events")), len(list(data.rglob("*.pdf")))
    shutil.rmtree(data)
    began = time.monotonic()
    restored = watch("restore", "--from-replica")
    there = time.monotonic() - began
    with running(watch):
        _until(lambda: watch("health").returncode == 0)
        well = time.monotonic() - began
    found = len(watch.events("events")), len(list(data.rglob("*.pdf")))
    print(f"{sum(path.stat().st_size for path in place.rglob('*') if path.is_file()) / 1e6:.0f} MB of replica")
    print(
        f"restored after {there:.1f} s, a watch that is well after {well:.1f} s; {found} events and documents of {kept}"
    )
    return int(restored.returncode != 0 or found != kept)


@contextmanager
def running(watch: Command) -> Iterator[None]:
    """While this lasts, `run` runs."""
    process = subprocess.Popen(watch.line("run"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _until(what: Callable[[], bool], seconds: float = 300) -> None:
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise RuntimeError(f"not within {seconds:.0f} s")
        time.sleep(0.2)


def main() -> int:
    """Make a watch, run the drill on it, say how long it took."""
    given = argparse.ArgumentParser()
    given.add_argument("--councils", type=int)
    given.add_argument("--from-replica", action="store_true")
    options = given.parse_args()
    with tempfile.TemporaryDirectory() as temporary, Replica("2024-05-15") as site:
        watch = _watch(Path(temporary), site, options)
        made = watch("crawl")
        if made.returncode:
            print(made.stderr, file=sys.stderr)
            return 1
        return from_replica(watch) if options.from_replica else _timed(watch)


def _watch(folder: Path, site: Replica, options: argparse.Namespace) -> Command:
    """A watch of all councils or of the first ones, with or without a replica."""
    watched = [council.name for council in Registry.load()][: options.councils]
    store = f'[store]\nreplica = "file://{folder}/replica"\n' if options.from_replica else ""
    return Command(folder, configuration(site.base_url, watched) + store)


def _timed(watch: Command) -> int:
    size = sum(path.stat().st_size for path in (watch.folder / "data").rglob("*") if path.is_file())
    began = time.monotonic()
    done = drill(watch.folder)
    print(f"{len(commands().splitlines())} lines, {size / 1e6:.0f} MB: {time.monotonic() - began:.1f} s")
    print(done.stdout + done.stderr)
    return int(done.returncode != 0)


if __name__ == "__main__":
    sys.exit(main())
