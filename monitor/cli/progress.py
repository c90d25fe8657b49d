"""Shows the progress of a crawl (a bar on a terminal, else a line now and then), and at its end what was seen."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

import click

from monitor.cli.faults import say
from monitor.model.state import PolledTarget
from monitor.store import Store
from monitor.views.holdings import baseline_words
from monitor.wording.text import count

PAGES_BETWEEN_LINES = 50


class Looks:
    """Counts the pages that a crawl looks at, and shows its progress unless it is to be `quiet`."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.count, self._quiet = 0, quiet

    def shown(self, closed: Iterable[PolledTarget], total: int) -> Iterator[PolledTarget]:
        """Yield the same targets, count them, and show the progress."""
        for target in closed if self._quiet else shown(closed, total):
            self.count += 1
            yield target


def seen_lines(store: Store, source: str, looks: int, events: int, *, baseline: bool) -> Iterator[str]:
    """What a crawl has seen; of a first one, what the baseline holds."""
    yield f"{source}: {count(looks, 'page')} looked at, {count(events, 'event')} found"
    if baseline and (held := baseline_words(store, source)):
        yield f"{source}: {held}"


def shown(closed: Iterable[PolledTarget], total: int) -> Iterator[PolledTarget]:
    """Yield the same targets, and show the progress on standard error."""
    return _bar(closed, total) if sys.stderr.isatty() else _plain(closed, total)


def _plain(closed: Iterable[PolledTarget], total: int) -> Iterator[PolledTarget]:
    opened = 0
    for target in closed:
        opened += bool(target.poll.requests)
        if target.poll.requests and opened % PAGES_BETWEEN_LINES == 0:
            say(f"{target.poll.source}: {opened} of up to {count(total, 'page')} read")
        yield target


def _bar(closed: Iterable[PolledTarget], total: int) -> Iterator[PolledTarget]:
    with click.progressbar(closed, total, "Crawling", file=sys.stderr) as bar:
        yield from bar
