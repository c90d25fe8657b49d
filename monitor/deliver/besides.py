"""What is told beside the news, and is no event: asked for before each round of sending."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.channels.rules import Channel
from monitor.config.file import Config
from monitor.deliver import receipts, remarks, reminders, unseen
from monitor.store import Store


def queue(store: Store, config: Config, audience: Sequence[Channel], now: datetime) -> None:
    """Owe what is due of it: receipts of quiet weeks, ends of mutes, that Ofsted is not seen, new remarks."""
    for kind in (receipts, reminders, unseen, remarks):
        kind.queue(store, config, audience, now)
