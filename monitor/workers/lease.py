"""Who still waits, and who still works: how long a silence is taken for life. All clocks are the database's.

An owner that waits says so; a worker that crawls looks whether somebody waits, and stops if nobody does or if it can
ask nobody. So each side knows when the other has surely stopped, and may begin by itself:

    a worker is lost        its crawl has ended within STOPPED; another takes its part after STALLED
    an owner is lost        its crawls end within LEASE + STOPPED; the next owner's wait for their hosts meanwhile
    an owner was cut off    his crawls are gone after LEASE; he waits for STOPPED and crawls by himself
    the database is lost    workers stop within STOPPED; the owner crawls by itself after PATIENCE
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spans:
    """In seconds. `beat`: how often each side gives a sign and looks for one."""

    beat: float = 3.0
    lease: float = 30.0
    stopped: float = 15.0
    stalled: float = 25.0
    patience: float = 60.0
    poll: float = 0.5


SPANS = Spans()
ATTEMPTS = 10
"""A part that was begun this often and never ended is given up: it may be what kills its workers."""
