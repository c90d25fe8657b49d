"""Waiting that a signal ends. A threading.Event is not for this: its lock may be held by the very wait that the handler
interrupts, and `set` in the handler would then wait for ever."""

from __future__ import annotations

import os
import select


class SignalWakeup:
    """A pipe to oneself: `now` is safe in a signal handler, `wait` returns when it was called or the time is up."""

    def __init__(self) -> None:
        self._hear, self._say = os.pipe()
        for end in (self._hear, self._say):
            os.set_blocking(end, False)

    def now(self) -> None:
        """End the wait that is under way, or the next one. Once is as good as often: a full pipe says it, too."""
        try:
            os.write(self._say, b"\0")
        except BlockingIOError:
            return

    def wait(self, seconds: float) -> None:
        """Wait until somebody calls `now`, at most so long."""
        ready, _, _ = select.select([self._hear], [], [], seconds)
        if ready:
            os.read(self._hear, 4096)

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._hear)
        os.close(self._say)
