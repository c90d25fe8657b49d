"""What is told beside the news, and is no event: asked for before each round of sending."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from monitor.channels.rules import Channel
from monitor.config.file import Config
from monitor.deliver import receipts, remarks, reminders, unseen
from monitor.store import Store, StoreError

log = logging.getLogger("ofsted-watch")

KINDS = {
    "receipts of quiet weeks": receipts.queue,
    "ends of mutes": reminders.queue,
    "the line that Ofsted is not seen": unseen.queue,
    "new remarks": remarks.queue,
}


def queue(store: Store, config: Config, audience: Sequence[Channel], now: datetime) -> None:
    """Owe what is due of each kind. A fault in one is logged, and costs no other, nor what waits. Raises StoreError."""
    for name, owe in KINDS.items():
        try:
            owe(store, config, audience, now)
        except StoreError:
            raise
        except Exception:
            log.exception("%s failed in an unforeseen way", name)
