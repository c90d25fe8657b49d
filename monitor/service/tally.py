"""What a crawl asked and found, counted as it goes, and said in the log when it has ended."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from monitor.model import Job as CrawlJob
from monitor.model import Poll
from monitor.model.state import PolledTarget
from monitor.schedule.jobs import Job
from monitor.store import Store
from monitor.views.holdings import baseline_words
from monitor.watch.run import RunResult
from monitor.wording.dates import moment
from monitor.wording.describe import subject
from monitor.wording.source_health import as_seen
from monitor.wording.text import count

log = logging.getLogger("ofsted-watch")

Crawl = Callable[[CrawlJob, float], Iterable[PolledTarget]]


@dataclass(slots=True)
class Tally:
    """What a crawl asked of its source, and what its polls said."""

    source: str
    run: str = ""
    outcomes: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    bytes: int = 0

    def add(self, poll: Poll) -> None:
        """Count a poll."""
        self.run = poll.run
        self.outcomes[poll.outcome] += 1
        self.requests += poll.requests
        self.bytes += poll.bytes

    def counted(self, crawl: Crawl) -> Crawl:
        """The same crawl, with its polls counted as they come."""

        def counting(job: CrawlJob, time_limit: float) -> Iterator[PolledTarget]:
            for closed in crawl(job, time_limit):
                self.add(closed.poll)
                yield closed

        return counting


def log_run(job: Job, found: RunResult, tally: Tally, seconds: float, name_of: Callable[[str], str]) -> None:
    """A crawl that has ended, in a line with its figures, and what was wrong, a line each with the council's name."""
    about: dict[str, Any] = {"job": job.id, "source": job.source, "run": tally.run}
    numbers = {
        "seconds": round(seconds, 1),
        "events": len(found.events),
        "polls": tally.outcomes.total(),
        "broken": len(found.health.broken),
        "requests": tally.requests,
        "bytes": tally.bytes,
    }
    ahead = next(job.line.slots(datetime.now(UTC)), None)
    log.info(
        "%s: %s, %s, %s in %.1f s; next look %s",
        *(job.id, count(len(found.events), "event"), count(tally.outcomes.total(), "look")),
        *(count(tally.requests, "request"), seconds),
        f"{moment(ahead.isoformat())} London time" if ahead else "never by its schedule",
        extra=about | numbers,
    )
    for event in found.events:
        log.info("found: %s", subject([event]), extra=about)
    wide, broken = found.health.wide, found.health.broken.items()
    reasons = [as_seen(str(wide))] if wide else [f"{name_of(t)}: {as_seen(str(reason))}" for t, reason in broken]
    held = [f"not believed yet: {found.held}"] if found.held else []
    for line in (*reasons, *held, *found.notes):
        log.warning("%s: %s", job.source, line, extra=about)


def log_baseline(store: Store, job: Job) -> None:
    """What a source's first look has found, which nobody is told of."""
    if held := baseline_words(store, job.source):
        log.info("%s: %s", job.source, held, extra={"job": job.id, "source": job.source})
