"""A crawl's child at the virtual time of the run that it is for: `Retry-After` and polls count from there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import IO

import time_machine

from monitor.model import Job
from spiders import child


def run(job: Job, out: IO[str]) -> None:
    """As `spiders.child.run` does; a run's name begins with the moment at which it was planned."""
    began = datetime.strptime(job.run.partition("-")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    time_machine.travel(began, tick=True).start()
    child.run(job, out)
