"""The sender of the unattended process, on a thread of its own: it begins with every commit, whosever it is, and when
something falls due. No crawl waits for it, nor the heartbeat, nor a reload; and it waits for no crawl."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from monitor.config.file import Config
from monitor.deliver import besides, ways_out
from monitor.deliver.audience import audience
from monitor.deliver.gate import Gate, gate
from monitor.deliver.sender import Build, Sender
from monitor.service.threads import ServiceThread
from monitor.store import Store, StoreError, outbox, owed
from monitor.store.lock import LockedError, is_stopped, stopped
from monitor.views import outbox as outbox_view
from monitor.wording.text import count

log = logging.getLogger("ofsted-watch")

LOOK_SECONDS = 1.0
"""How often the sender looks whether somebody has written to the store."""
ROUND_SECONDS = 60.0
"""How often it goes over everything: a quiet hour may have ended, or a secret have been set."""


DOWN_SECONDS = 5.0
"""How often it looks while messages wait for a replica that is down."""


class SendingThread(ServiceThread):
    """Sends what is owed until it is stopped, with the configuration that holds."""

    name = "sender"

    def __init__(
        self, config: Config, clock: Callable[[], datetime], build: Callable[[Config], Build] = ways_out.build
    ):
        super().__init__(config, clock)
        self._build = build
        self._kept: tuple[Config, Build, Gate] | None = None
        self._said: set[str] = set()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self._woken.clear()
            try:
                with Store(self._config.data_dir) as store:
                    self.send(store)
                    self._rest(store)
            except StoreError as error:
                log.error("%s", error)
                self._woken.wait(ROUND_SECONDS)
            except Exception:
                log.exception("sending failed in an unforeseen way")
                self._woken.wait(ROUND_SECONDS)

    def send(self, store: Store) -> None:
        """Send all that is due now."""
        config, now = self._config, self._clock()
        told = audience(config)(store, now)
        besides.queue(store, config, told, now)
        trouble, (build, waits) = self._held(store, config), self._ways_out(config)
        try:
            go_on = partial(self._goes_on, config)
            for failure in Sender(store, build, told, self._clock, go_on, gate=waits).send_due():
                log.warning("channel %s: %s", failure.channel, failure.reason, extra={"channel": failure.channel})
        except LockedError as error:
            trouble |= self._locked(store, config, error.holder)
        if waits.down:
            trouble.add("messages wait for the replica, which is down")
        for line in sorted(trouble - self._said):
            log.warning("%s", line)
        self._said = trouble

    def _goes_on(self, config: Config) -> bool:
        return not self._stopping.is_set() and config is self._config

    def _ways_out(self, config: Config) -> tuple[Build, Gate]:
        """What makes notifiers, and what messages wait for. Both are kept as long as the configuration, with what they
        have found out."""
        if self._kept is None or self._kept[0] is not config:
            self._kept = config, self._build(config), gate(config)
        return self._kept[1:]

    def _held(self, store: Store, config: Config) -> set[str]:
        rows = [row for row in outbox_view.routes(store, config, self._clock()) if row["held"] and row["owed"]]
        return {
            f"channel {row['channel']}: {count(row['owed'], 'delivery is', 'deliveries are')} held: {row['held']}"
            " (see deliver --list)"
            for row in rows
        }

    def _locked(self, store: Store, config: Config, holder: str) -> set[str]:
        """What is to be said of another process that sends: that it is stopped, or that messages are late."""
        if is_stopped(holder):
            return {stopped(holder)}
        late = [row for row in outbox_view.routes(store, config, self._clock()) if row["overdue_since"]]
        return {f"nothing is sent by us: process {holder} sends, and messages are late"} if late else set()

    def _rest(self, store: Store) -> None:
        """Until somebody commits, something falls due, or it is time to go over everything."""
        now = self._clock().astimezone(UTC)
        due, seen, until = owed.next_due(store, now.isoformat()), store.changed_elsewhere(), time.monotonic()
        until += DOWN_SECONDS if self._ways_out(self._config)[1].down else ROUND_SECONDS
        while not self._woken.wait(LOOK_SECONDS) and time.monotonic() < until:
            if store.changed_elsewhere() != seen or self._has_come(due, now):
                return

    def _has_come(self, due: str | None, before: datetime) -> bool:
        """Whether a moment has come, or the clock was set back."""
        now = self._clock()
        return now < before - timedelta(minutes=1) or (due is not None and datetime.fromisoformat(due) <= now)


def troubles(store: Store, config: Config, now: datetime) -> list[str]:
    """Why sending is not well, a line each: messages that are stuck, and losses that nobody can have been told of."""
    late = [row for row in outbox_view.routes(store, config, now) if row["stuck"]]
    lines = [f"channel {row['channel']}: messages wait since {row['overdue_since']}" for row in late]
    told = sum(len(channel.recipients()) for channel in config.channels) > 1 and not outbox.untold_loss(store)
    return lines if told or not outbox.failed(store) else [*lines, "messages were given up, and nobody is told"]
