"""The queue of crawls, kept while `run` runs: a sign every few seconds that somebody waits, and the alarm.

Without a queue in the configuration nothing of this is imported.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from monitor.config.file import Config
from monitor.model.trouble import Trouble
from monitor.service.outage import Outage
from monitor.service.threads import ServiceThread
from monitor.workers import lease
from monitor.workers.owner import QueuedCrawls
from monitor.workers.queue import QueueError

log = logging.getLogger("ofsted-watch")

QUEUE = "queue"
"""What its troubles are told under."""


class QueueKeeper(ServiceThread):
    """Keeps the queue until it is stopped."""

    name = QUEUE

    def __init__(self, config: Config, crawls: QueuedCrawls, clock: Callable[[], datetime]) -> None:
        super().__init__(config, clock)
        self._crawls = crawls
        self._outage = Outage(QUEUE, Trouble.QUEUE, clock)
        self._well: bool | None = None

    def _serve(self) -> None:
        while not self._stopping.wait(lease.SPANS.beat):
            try:
                self._note(self._crawls.keep())
            except QueueError as error:
                self._note(str(error))
            except Exception:
                log.exception("the queue failed in an unforeseen way")
        self._crawls.close()

    def _note(self, reason: str | None) -> None:
        """Have it told when it turns; while it is well nothing is written."""
        if reason is not None:
            self._outage.down(self._config, reason)
        elif not self._well:
            self._outage.up(self._config)
            log.info("queue: a worker answers")
        self._well = reason is None
