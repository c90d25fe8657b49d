"""Keeps the replica of the store: runs Litestream as a child of `run`, copies documents, and raises the alarm.

A thread does it. Once a minute it checks that everything committed has arrived, copies the documents that the replica
lacks, and tells operators when the replica goes down and when it is up again.
"""

from __future__ import annotations

import logging
import subprocess
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.config.file import Config
from monitor.model.trouble import Trouble
from monitor.service.outage import TOLD_AFTER, Outage
from monitor.service.threads import ServiceThread
from monitor.store import StoreError
from monitor.store.database import NAME as DATABASE
from monitor.store.replica import Replica, ReplicaError, environment
from monitor.wording.text import count

log = logging.getLogger("ofsted-watch")

LOOK_SECONDS = 1.0
ROUND_SECONDS = 60.0
SYNC_SECONDS = 20.0
LONGEST_PAUSE_SECONDS = 60.0
"""Before a Litestream that ended at once is started again."""
REPLICA = "replica"
"""What its troubles are told under."""


class Replication(ServiceThread):
    """Keeps the replica of a configuration up to date until it is stopped."""

    name = REPLICA

    def __init__(self, config: Config, clock: Callable[[], datetime], patience: timedelta = TOLD_AFTER) -> None:
        super().__init__(config, clock)
        self._child: subprocess.Popen[bytes] | None = None
        self._pause, self._not_before = LOOK_SECONDS, 0.0
        self._outage = Outage(REPLICA, Trouble.REPLICA, clock, patience)

    def take(self, config: Config) -> None:
        """Work by this configuration from now on."""
        if config.store.replica != self._config.store.replica:
            self._end_child()
        super().take(config)

    def _serve(self) -> None:
        round_at = time.monotonic() + LOOK_SECONDS
        while not self._stopping.is_set():
            try:
                self._keep_child()
                if time.monotonic() >= round_at:
                    round_at = time.monotonic() + ROUND_SECONDS
                    self.round()
            except Exception:
                log.exception("the replica failed in an unforeseen way")
            self._woken.wait(LOOK_SECONDS)
            self._woken.clear()
        self._end_child()

    def _replica(self) -> Replica | None:
        address = self._config.store.replica
        return Replica(address, self._config.data_dir) if address else None

    def _keep_child(self) -> None:
        """Start Litestream if it is wanted and does not run."""
        replica = self._replica()
        if replica is None or replica.refusal() or (self._child is not None and self._child.poll() is None):
            return
        if self._child is not None:
            log.error("replica: Litestream ended with status %s; it is started again", self._child.returncode)
            self._child = None
            self._not_before = time.monotonic() + self._pause
            self._pause = min(2 * self._pause, LONGEST_PAUSE_SECONDS)
        if time.monotonic() >= self._not_before and (replica.folder / DATABASE).exists():
            command = [*replica.command(), "-log-level", "error"]
            self._child = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=environment()
            )

    def _end_child(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.terminate()
        try:
            child.wait(SYNC_SECONDS / 4)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def round(self) -> None:
        """Ask whether the replica is complete, copy documents, and have it told when that changes."""
        replica = self._replica()
        if replica is None:
            return
        try:
            if refusal := replica.refusal():
                raise ReplicaError(refusal)
            replica.sync(SYNC_SECONDS)
            copied = replica.copy_documents(replica.folder / "documents")
        except StoreError as error:
            self._outage.down(self._config, str(error))
            return
        if copied:
            log.info("replica: %s copied", count(copied, "document"))
        self._pause = LOOK_SECONDS
        replica.note_complete()
        self._outage.up(self._config)
