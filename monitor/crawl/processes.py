"""Children of the fork server, started and waited for by several threads.

The standard library reads a child's exit status where it is waited for, and also wherever another child is started: it
looks for the ended ones then. Of two threads that do both at once one reads the status and the other one finds nothing
left, which the library takes for 255. Here one thread at a time does either; waiting itself holds nobody up.
"""

from __future__ import annotations

from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from threading import Lock

_one = Lock()


def start(process: BaseProcess) -> None:
    """Start it."""
    with _one:
        process.start()


def ended(process: BaseProcess, seconds: float | None) -> int | None:
    """Its exit status, minus the signal's number if a signal ended it; None if it still runs after so many seconds, for
    which it is waited for (None: for ever). Raises ValueError if it is closed."""
    wait([process.sentinel], seconds)
    with _one:
        return process.exitcode
