"""What of our own is down, beside the sources: operators are told once when it lasts, and once when it is over."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.channels import rules
from monitor.config.file import Config
from monitor.deliver.audience import audience
from monitor.events.sources import begun, ended
from monitor.model.event import Subject
from monitor.model.trouble import WHOLE, Episode, Reason, Trouble
from monitor.store import Store, StoreError, outbox, sources

log = logging.getLogger("ofsted-watch")

TOLD_AFTER = timedelta(minutes=5)
"""How long something is down before operators are told."""


class Outage:
    """One thing that may be down, called `what`. The log has it at once; operators hear of it after `patience`."""

    def __init__(
        self, what: str, trouble: Trouble, clock: Callable[[], datetime], patience: timedelta = TOLD_AFTER
    ) -> None:
        self._what, self._trouble, self._clock, self._patience = what, trouble, clock, patience
        self._since: datetime | None = None

    def down(self, config: Config, reason: str) -> None:
        """It is down now, and why."""
        now = self._clock()
        if self._since is None:
            log.warning("%s: %s", self._what, reason)
            self._since = now
        if now - self._since >= self._patience:
            self._tell(config, reason, self._since)

    def up(self, config: Config) -> None:
        """It works now."""
        self._since = None
        self._tell(config, None, self._clock())

    def _tell(self, config: Config, reason: str | None, since: datetime) -> None:
        try:
            with Store(config.data_dir) as store:
                tell(store, config, self._what, self._trouble, reason, since, self._clock())
        except StoreError as error:
            log.error("%s", error)


def tell(
    store: Store, config: Config, what: str, trouble: Trouble, reason: str | None, since: datetime, now: datetime
) -> None:
    """Have operators told, once, that something of our own (`what`) does not work, and why; or, where `reason` is None,
    that it does again."""
    known = sources.episodes(store, what)
    if (reason is None) == (not known):
        return
    fresh = [Episode(what, WHOLE, trouble, since.isoformat(), Reason(None, reason))] if reason else []
    event = (begun if fresh else ended)(fresh or known, Subject(), what, now.isoformat())
    with store.transaction():
        sources.save_episodes(store, fresh, [] if fresh else known)
        outbox.add(store, event, rules.recipients_of(event, audience(config)(store, now), now))
