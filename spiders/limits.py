"""Bounds on what one site may cost a crawl: computing on one page, memory of the process.

All targets of a crawl are read in one event loop. While one page is being read nothing else moves, so no page may take
long, whatever it holds: 40,000 paragraphs, 20,000 links, markup that a pattern takes a square of its length for.
"""

from __future__ import annotations

import resource
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Generator, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, ClassVar, TypeVar

from spiders.http.errors import PageError

T = TypeVar("T")

STEP_SECONDS = 10.0
"""Seconds of computing between two waits in the look at a target. The largest real pages take one."""
WORK_SECONDS = 60.0
"""Seconds of computing for the whole look at a target, which reads up to thirty articles or some hundred meetings."""
RING_SECONDS = 1.0
"""A ring that some library has swallowed is repeated after so many seconds of computing."""
MEMORY_BYTES = 512 << 20
"""Data of a crawl's process. An ordinary crawl has a fifth of it, and the image's container has 768 MB for all."""

STACK_BYTES = 1 << 20
"""Of each thread that looks up names. The usual 8 MB of as many threads as targets would be most of the memory."""


class TooMuchComputing(PageError):  # noqa: N818 - what happened
    """What a site showed took too long to read."""

    def __init__(self) -> None:
        super().__init__("invalid", f"reading what it shows took too much computing (more than {STEP_SECONDS:g} s)")


class _Clock:
    """The alarm of this process. `blocks`: in how many limited blocks the code is."""

    blocks: ClassVar[int] = 0
    rings: ClassVar[bool] = False


def _ring(_: int, __: FrameType | None) -> None:
    if _Clock.blocks:
        raise TooMuchComputing


@contextmanager
def computing_limited(seconds: float = STEP_SECONDS) -> Iterator[None]:
    """Let the code inside compute for so long (the process's own time, however busy the machine is). Raises
    TooMuchComputing out of the middle of it. Only in the main thread, and without a wait inside; may be nested."""
    if not _Clock.rings:
        signal.signal(signal.SIGVTALRM, _ring)
        _Clock.rings = True
    left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, seconds, RING_SECONDS)
    _Clock.blocks += 1
    try:
        yield
    finally:
        _Clock.blocks -= 1
        spent = seconds - signal.setitimer(signal.ITIMER_VIRTUAL, 0)[0]
        if _Clock.blocks:
            signal.setitimer(signal.ITIMER_VIRTUAL, max(left - spent, 0.001), RING_SECONDS)


class steps_limited(Awaitable[T]):  # noqa: N801 - awaited like a function
    """Await `work`; each of its steps, from one wait to the next, is limited, and all of them together. Raises
    TooMuchComputing in the work."""

    def __init__(self, work: Awaitable[T], step_seconds: float = STEP_SECONDS, seconds: float = WORK_SECONDS) -> None:
        self._work, self._step_seconds, self._left = work, step_seconds, seconds

    def __await__(self) -> Generator[Any, Any, T]:
        """Hand on what the work waits for, and what becomes of it."""
        work = self._work.__await__()
        step: Callable[[], Any] = work.__next__
        while True:
            try:
                waits_for = self._run(step)
            except StopIteration as ended:
                result: T = ended.value
                return result
            step = yield from _next_step(work, waits_for)

    def _run(self, step: Callable[[], Any]) -> Any:
        began = time.process_time()
        try:
            with computing_limited(min(self._step_seconds, max(self._left, 0.001))):
                return step()
        finally:
            self._left -= time.process_time() - began


def _next_step(work: Generator[Any, Any, T], waits_for: Any) -> Generator[Any, Any, Callable[[], Any]]:
    """Wait, and say how the work goes on: with a value, or with what was raised into it."""
    try:
        value = yield waits_for
    except GeneratorExit:
        work.close()
        raise
    except BaseException as error:  # noqa: BLE001 - a cancelled task is told so
        raised = error
        return lambda: work.throw(raised)
    return lambda: work.send(value)


def limit_memory(most: int = MEMORY_BYTES) -> None:
    """Let this process have so much data and no more: what needs more fails by itself, with a MemoryError."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))
    threading.stack_size(STACK_BYTES)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
