"""Lets nothing out before it is in the replica, where the configuration says so.

The host may die between a message and the next copy of the store. The restored store would not know what people were
told: it would tell it again, or not tell them of its withdrawal. So what is owed, and the claim of each message, are in
the replica before the message goes out. If the replica is down, messages wait only for a while, because news that waits
for ever is lost, too.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.config.file import Config
from monitor.model.delivery import Batch
from monitor.store import Store, owed
from monitor.store.replica import Replica, ReplicaError

log = logging.getLogger("ofsted-watch")

SYNC_SECONDS = 10.0
"""A replica that does not answer within so long is down."""


class Gate:
    """Whether messages may go out: always, where there is no replica or they do not wait for it. `down`: the replica
    could not be reached when it was last asked."""

    down = False

    def lets(self, store: Store, batch: Batch, now: datetime) -> bool:  # noqa: ARG002 - see AfterReplica
        """Whether a message may be claimed, and once it is, be sent."""
        return True


class AfterReplica(Gate):
    """Messages wait until all that is committed is in the replica; `hold` at most. What tells operators of a trouble,
    the replica's own among them, does not wait for one that is down."""

    def __init__(self, sync: Callable[[float], None], hold: timedelta) -> None:
        self._sync, self._hold = sync, hold
        self._safe: tuple[int, int] | None = None

    def lets(self, store: Store, batch: Batch, now: datetime) -> bool:
        """Whether all that is committed now is in the replica, or the message has waited for as long as it may."""
        written = store.written()
        if written == self._safe and not self.down:
            return True
        try:
            self._sync(SYNC_SECONDS)
        except ReplicaError as error:
            if not self.down:
                log.warning("messages wait for the replica: %s", error)
            self.down = True
            return now - owed.owed_since(store, batch.ids) >= self._hold or owed.are_outages(store, batch.ids)
        self._safe, self.down = written, False
        return True


def gate(config: Config) -> Gate:
    """The gate that a configuration asks for."""
    if config.store.replica is None or not config.store.told_after_replica:
        return Gate()
    hold = timedelta(minutes=config.store.hold_minutes)
    return AfterReplica(Replica(config.store.replica, config.data_dir).sync, hold)
