"""What goes into the next message over a way, of all that is owed over it."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from monitor.channels import rules
from monitor.channels.batches import misdated, next_batch
from monitor.channels.rules import Channel
from monitor.model.delivery import Batch, PendingDelivery, Route
from monitor.store import Store, owed, sending

MAX_UNBATCHED = 3
"""Up to so many events that are neither reports nor of a story or meeting go out each as a message; more as one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Chooses what is sent next. `tried`: messages that failed in this pass before their time; up to `singles`
    events that could be put together go out each by itself; `doubted`: the store was put back, so that each message may
    have been sent before."""

    store: Store
    tried: Container[str]
    singles: int
    doubted: bool

    def next(self, route: Route, channel: Channel, now: datetime, *, only_outages: bool = False) -> Batch | None:
        """Return what may go now, or None. In quiet hours that is what the channel lets through."""
        quiet = rules.quiet_until(channel, now) > now
        through = channel.quiet_lets_critical
        pending = self._in_time(owed.pending(self.store, route), channel, now)
        pending = [one for one in pending if one.share.outage or not only_outages]
        if self.doubted and not channel.digests:
            pending = sending.singly(self.store, route, pending)
        singles = 0 if channel.digests else self.singles
        return next_batch(pending, now, singles, self.tried, lambda d: not quiet or (d.critical and through))

    def _in_time(self, pending: list[PendingDelivery], channel: Channel, now: datetime) -> list[PendingDelivery]:
        """What is owed, with what a wrong clock put off too far pulled in."""
        planned = rules.planned(channel, now)
        pulled = {d.id: due for d in pending if (due := misdated(d, planned, now)) is not None}
        for id_, due in pulled.items():
            owed.pull_in(self.store, [id_], due.astimezone(UTC).isoformat())
        return [replace(d, due=pulled.get(d.id, d.due)) for d in pending]
