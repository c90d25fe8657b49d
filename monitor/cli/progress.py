"""Shows the progress of a crawl: a bar on a terminal, otherwise a plain line now and then."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from monitor.cli.faults import say
from monitor.model.state import PolledTarget

PAGES_BETWEEN_LINES = 50


def shown(closed: Iterable[PolledTarget], total: int) -> Iterator[PolledTarget]:
    """Yield the same targets, and show the progress on standard error."""
    return _bar(closed, total) if sys.stderr.isatty() else _plain(closed, total)


def _plain(closed: Iterable[PolledTarget], total: int) -> Iterator[PolledTarget]:
    opened = 0
    for target in closed:
        opened += bool(target.poll.requests)
        if target.poll.requests and opened % PAGES_BETWEEN_LINES == 0:
            say(f"{target.poll.source}: {opened} of up to {total} pages read")
        yield target


def _bar(closed: Iterable[PolledTarget], total: int) -> Iterator[PolledTarget]:
    with click.progressbar(closed, total, "Crawling", file=sys.stderr) as bar:
        yield from bar
