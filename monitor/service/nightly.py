"""What is done every night, whatever is watched: a backup, and letting go of what has had its time."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.config.tables import Run
from monitor.schedule.jobs import Job
from monitor.store import Store, nightly_backups, upkeep
from monitor.times.slots import Line
from monitor.wording.text import count

UPKEEP = "upkeep"
NIGHT = "20 2 * * *"
"""Before the looks at everything, which begin at 03:30 unless configured otherwise; London's time."""


def job(jitter: float) -> Job:
    """The nightly job. It counts as a whole look: it is not due at the very first start, with nothing to keep yet."""
    return Job(UPKEEP, True, Line(UPKEEP, NIGHT, jitter))


def run_nightly(store: Store, run: Run, now: datetime) -> list[str]:
    """Do it, and say what was done. The backup is last: what is let go leaves room for it, and it holds no waste.
    Raises StoreError."""
    done = []
    if run.keep_days:
        before = now - timedelta(days=run.keep_days)
        done.append(f"{count(upkeep.forget_runs(store, before), 'run')} forgotten")
        done.append(f"{count(upkeep.forget_documents(store, before), 'document')} of which nothing speaks removed")
    done.append(f"{count(upkeep.clear_unfinished(store, now), 'unfinished file')} removed")
    done.append(f"{count(upkeep.compact(store), 'byte')} of the database given back")
    if run.backups:
        done.append(f"backup {nightly_backups.make(store, now, run.backups).name}")
    return done
