"""A crawl in an interpreter of its own, as the command line starts it.

The child ends by itself when its standard input closes, so that it never outlives its parent. Its log goes to our
standard error.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial

from monitor.crawl.child import follow
from monitor.model import Job, to_json
from monitor.model.environment import harmless
from monitor.model.state import PolledTarget


def crawl(job: Job, time_limit: float) -> Iterator[PolledTarget]:
    """Run a job in a child of its own and yield its targets as they close. Raises CrawlError as `follow` does."""
    line = json.dumps(to_json(job)) + "\n"
    yield from follow(CommandChild([sys.executable, "-m", "spiders", job.source, "-"], line), time_limit)


class CommandChild:
    """A command in a session of its own, that is told its job on its standard input."""

    def __init__(self, command: Sequence[str], said: str = "") -> None:
        pipe, plain = subprocess.PIPE, harmless(os.environ)
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, start_new_session=True, env=plain, encoding="utf-8"
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._stdin, self._stdout, self._said = self._process.stdin, self._process.stdout, said
        self.terminate, self.kill = (partial(self._signal, number) for number in (signal.SIGTERM, signal.SIGKILL))

    def lines(self) -> Iterable[str]:
        """Hand over the job, and leave the pipe open: its end is what tells the child to end."""
        with suppress(BrokenPipeError):  # it died before it listened, which its exit status tells
            self._stdin.write(self._said)
            self._stdin.flush()
        return self._stdout

    def wait(self, seconds: float | None) -> int | None:
        """See `Child`."""
        with suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds)
        return None

    def close(self) -> None:
        """Close its pipes."""
        for stream in (self._stdin, self._stdout):
            with suppress(BrokenPipeError):
                stream.close()

    def _signal(self, number: int) -> None:
        """To it and whatever it started."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
