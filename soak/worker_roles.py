"""Who takes part in the proofs of workers, each a process of its own: `python -m soak.worker_roles ROLE …`.

    here      crawls once without a queue
    owner     crawls once as `run` does with a queue
    worker    takes crawls until it is killed

The spans after which a silence is taken for death are a fifth of the real ones.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from monitor.config.file import Config, load
from monitor.crawl.forked import ForkedCrawls
from monitor.model.reach import Depth
from monitor.service import logs
from monitor.service.queue_keeping import QueueKeeper
from monitor.store import Store
from monitor.watch import source as watch_source
from monitor.watch.source import Round
from monitor.workers import lease
from monitor.workers.lease import Spans
from monitor.workers.owner import QueuedCrawls
from monitor.workers.worker import Worker

QUICK = Spans(beat=0.5, lease=6.0, stopped=3.0, stalled=5.0, patience=40.0, poll=0.1)


def main() -> int:
    """Take a part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("role", choices=ROLES)
    parser.add_argument("config", type=Path)
    parser.add_argument("--day", type=date.fromisoformat)
    parser.add_argument("--sources", nargs="+", default=())
    given = parser.parse_args()
    lease.SPANS = QUICK
    ROLES[given.role](load(given.config), given)
    return 0


def _here(config: Config, given: argparse.Namespace) -> None:
    _crawl(config, given, ForkedCrawls().crawl)


def _owner(config: Config, given: argparse.Namespace) -> None:
    clock = _clock(given.day)
    crawls = QueuedCrawls(lambda: config, ForkedCrawls(), clock)
    keeper = QueueKeeper(config, crawls, clock)
    keeper.start()
    try:
        _crawl(config, given, crawls.crawl)
    finally:
        keeper.stop()
        keeper.join(30)


def _worker(config: Config, _: argparse.Namespace) -> None:
    logs.set_up(config)
    Worker(config).serve()


def _crawl(config: Config, given: argparse.Namespace, crawl: Any) -> None:
    with Store(config.data_dir) as store:
        for name in given.sources:
            watch_source.crawl_source(config, store, name, Round(Depth.NEW), crawl=crawl, clock=_clock(given.day))


def _clock(day: date) -> Callable[[], datetime]:
    """A clock that shows the replica's day, and goes on."""
    return lambda: datetime.combine(day, datetime.now(UTC).time(), UTC)


ROLES: dict[str, Callable[[Config, argparse.Namespace], None]] = {"here": _here, "owner": _owner, "worker": _worker}


if __name__ == "__main__":
    sys.exit(main())
