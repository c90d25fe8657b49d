"""Recorded crawls run again: through health and diff, on a scratch store, with their own clock.

The differ's benchmark and an operator's question "what would it have said?" are the same command.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from monitor.model import Event
from monitor.model.days import moment
from monitor.model.event import Subject
from monitor.model.reach import Reach
from monitor.model.state import PolledTarget
from monitor.model.trouble import Reason
from monitor.store import Store, sources
from monitor.watch import run as watch_run
from monitor.watch.announce import Names
from monitor.watch.known import Run
from monitor.watch.understand import Readers

UNPOLLED = Reason("missing", "missing: in no poll of the run")
COVERING = 0.5
"""A run that polls this share of the known targets was meant to poll them all."""


def replay(store: Store, closed: Iterable[PolledTarget], subject: Callable[[str], Subject]) -> Iterator[Event]:
    """The events of recorded crawls, run by run, each at the time of its last poll."""
    for (source, run), group in groupby(closed, key=lambda c: (c.poll.source, c.poll.run)):
        yield from _one(store, source, run, list(group), subject).events


def _one(
    store: Store, source: str, run: str, closed: list[PolledTarget], subject: Callable[[str], Subject]
) -> watch_run.RunResult:
    now = max(moment(c.poll.finished) for c in closed)
    known = sources.baselined(store, source)
    whole = len(known & {c.poll.target for c in closed}) >= COVERING * len(known)
    which = Run(run, source, reach=Reach.CONFIGURED if whole else Reach.SOME, expected=sorted(known) if whole else ())
    names = Names(source, lambda target: f"{source} {target}", subject)
    watch = watch_run.Watch(store, which, Readers(), names, lambda *_: (), lambda: now, unreached=UNPOLLED)
    return watch.follow(closed)
