"""Six processes write to one store, and others read: every commit is there afterwards, and the file is whole.

    python -m soak.writers                            five minutes with the library that the program uses
    python -m soak.writers --module sqlite3          with Python's own library, also where pysqlite3 is installed
    python -m soak.writers --seconds 10 --pause 0.1   a short run in which the writers rest in between

Writers commit events and read in between; some open the store anew each time, which folds the write-ahead log in when
it is the last, and some ask for a checkpoint, so that resets and commits meet. Prints the library, the journal, the
commits, the longest waits, and how many readers gave up waiting: with a rollback journal some do if six writers never
rest. Exit status 1 where a commit is missing or `integrity_check` finds something.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

READERS = 2
OPENING_ANEW = 3
"""Every writer whose number is a multiple of it opens the store for each commit."""


def main() -> int:
    """Start the processes, wait for them, check the file."""
    given = _arguments()
    if given.module == "sqlite3":
        sys.modules["pysqlite3"] = None  # type: ignore[assignment] # as if it were not installed
    if given.folder:
        print(json.dumps(_read(given) if given.number < 0 else _write(given)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        return _supervise(given, Path(folder))


def _supervise(given: argparse.Namespace, folder: Path) -> int:
    from monitor.store import Store
    from monitor.store.sqlite import LIBRARY, journal

    with Store(folder) as store:
        print(f"{LIBRARY.words}, journal {journal(store.connection)}", flush=True)
    numbers = [*range(given.writers), *(-1 - n for n in range(READERS))]
    children = [subprocess.Popen(_line(given, folder, n), stdout=subprocess.PIPE, text=True) for n in numbers]
    found = [json.loads(child.communicate()[0] or "{}") for child in children]
    commits, reads, gave_up = (sum(part.get(name, 0) for part in found) for name in ("commits", "reads", "gave_up"))
    waited = {kind: max(part.get(kind, 0.0) for part in found) for kind in ("write", "read")}
    with Store.reading(folder) as store:
        kept = store.rows("SELECT count(*) FROM events")[0][0]
        sound = store.rows("PRAGMA integrity_check(1)")[0][0]
    print(f"{commits} commits, {kept} kept; {reads} reads, {gave_up} gave up; integrity_check: {sound}")
    print(f"longest commit {waited['write']:.2f} s, longest read {waited['read']:.2f} s")
    failed = any(child.returncode for child in children)
    return int(failed or commits != kept or sound != "ok" or not commits)


def _line(given: argparse.Namespace, folder: Path, number: int) -> list[str]:
    options = ["--seconds", str(given.seconds), "--pause", str(given.pause), "--module", given.module]
    return [sys.executable, "-m", "soak.writers", *options, "--folder", str(folder), f"--number={number}"]


def _write(given: argparse.Namespace) -> dict[str, float]:
    """Commit until the time is up: how often, and how long the longest took."""
    from monitor.store import Store, outbox
    from tests.making import event

    until, commits, longest, store = time.monotonic() + given.seconds, 0, 0.0, Store(Path(given.folder))
    while (began := time.monotonic()) < until:
        with store.transaction():
            outbox.add(store, event(f"{given.number}-{commits}"), [])
        commits += 1
        longest = max(longest, time.monotonic() - began)
        if given.number % OPENING_ANEW == 0:
            store.close()
            store = Store(Path(given.folder))
        elif commits % 50 == 0:
            store.rows("PRAGMA wal_checkpoint(RESTART)")
        time.sleep(random.uniform(0, 2 * given.pause))
    store.close()
    return {"commits": commits, "write": longest}


def _read(given: argparse.Namespace) -> dict[str, float]:
    """Open and read until the time is up: how often, and how long the longest took."""
    from monitor.store import Store, StoreError

    until, reads, gave_up, longest = time.monotonic() + given.seconds, 0, 0, 0.0
    while (began := time.monotonic()) < until:
        try:
            with Store.reading(Path(given.folder)) as store, store.snapshot():
                store.rows("SELECT max(rowid), count(*) FROM events")
            reads += 1
            longest = max(longest, time.monotonic() - began)
        except StoreError:
            gave_up += 1
        time.sleep(0.01)
    return {"reads": reads, "gave_up": gave_up, "read": longest}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--writers", type=int, default=6)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds between two commits of a writer, on average")
    parser.add_argument("--module", choices=["sqlite3", "pysqlite3"], default="pysqlite3")
    parser.add_argument("--folder", help=argparse.SUPPRESS)
    parser.add_argument("--number", type=int, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
