"""The unattended scheduler: crawls by their schedules, deliveries every minute, a clean stop on SIGTERM.

Jobs are kept in memory (a stored job that kills its process would be run again at every start). One
crawl of a source at a time, late ones caught up once: APScheduler's own defaults would drop a run that
is a second late.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from monitor import audience, desk, receipts, source
from monitor.config import Config
from monitor.deliver import deliver
from monitor.forkserver import ForkedCrawls
from monitor.health import Closed
from monitor.lock import alone
from monitor.model import Job
from monitor.schedule_spec import ZONE, cron_fields
from monitor.source import Round, SourceBusyError
from monitor.store import Store, StoreError

log = logging.getLogger("ofsted-watch")

DELIVER_SECONDS = 60
GRACE_SECONDS = 3600

Crawl = Callable[[Job, float], Iterable[Closed]]


def serve(config: Config) -> None:
    """Run until SIGTERM or SIGINT. A crawl under way is given up: the next one finds what it would have.

    Raises LockedError where another process runs on the same data folder.
    """
    with alone(config.data_dir / "run.lock"):
        _serve(config)


def _serve(config: Config) -> None:
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    crawls = ForkedCrawls()
    scheduler = _scheduler(config, crawls.crawl)
    scheduler.start()
    log.info("watching %d councils", len(config.watched()))
    with desk.opened(config):
        stopped.wait()
    crawls.stop()
    scheduler.shutdown(wait=True)
    log.info("stopped")


def _scheduler(config: Config, crawl: Crawl) -> BackgroundScheduler:
    defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS}
    scheduler = BackgroundScheduler(timezone=ZONE, job_defaults=defaults)
    ofsted = config.sources.ofsted
    now = datetime.now(UTC)
    if ofsted.enabled:
        scheduler.add_job(_crawl, _cron(ofsted.schedule), [config, crawl, False], id="ofsted", next_run_time=now)
        scheduler.add_job(_crawl, _cron(ofsted.full_schedule), [config, crawl, True], id="ofsted-full")
    scheduler.add_job(_deliver, IntervalTrigger(seconds=DELIVER_SECONDS), [config], id="deliver")
    return scheduler


def _cron(line: str) -> CronTrigger:
    return CronTrigger(timezone=ZONE, **cron_fields(line))


def _crawl(config: Config, crawl: Crawl, full: bool) -> None:
    try:
        with Store(config.data_dir) as store:
            found = source.run(config, store, "ofsted", Round(full), crawl=crawl)
        log.info("ofsted: %d events%s", len(found.events), f"; {found.health.wide}" if found.health.wide else "")
        for note in found.notes:
            log.warning("ofsted: %s", note)
    except (SourceBusyError, StoreError) as error:
        log.error("ofsted: %s", error)
    _deliver(config)


def _deliver(config: Config) -> None:
    try:
        with Store(config.data_dir) as store:
            build, audience_ = audience.build(config), audience.channels(config)
            receipts.queue(store, config, audience_, datetime.now(UTC))
            for failure in deliver(store, build, audience_, lambda: datetime.now(UTC)):
                log.warning("channel %s: %s", failure.channel, failure.reason)
    except StoreError as error:
        log.error("%s", error)
