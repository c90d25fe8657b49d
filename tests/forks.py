"""Child processes that start at once: forks of a server that has imported what crawls and commands need.

A process has one such server, so everybody takes it from here. It is forked from a process without threads, which a
worker of pytest is not.
"""

from __future__ import annotations

from multiprocessing import get_context
from multiprocessing.process import BaseProcess

from monitor.cli import COMMANDS
from monitor.crawl import processes

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(
    ["spiders.preload", "feedparser", "sqlite_utils.migrations", "tests.command", "tests.warm"]
    + [f"monitor.cli.{module}" for module in sorted(set(COMMANDS.values()) - {"mcp"})]
)


def run_to_end(child: BaseProcess, seconds: float) -> int | None:
    """Its exit status; minus the signal's number where it took longer and was killed."""
    processes.start(child)
    if (code := processes.ended(child, seconds)) is None:
        child.kill()
        code = processes.ended(child, None)
    return code
