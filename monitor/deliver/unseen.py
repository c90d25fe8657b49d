"""One plain line to readers when Ofsted itself has not been seen for a working day.

Outages are for operators. But who relies on hearing of Ofsted's reports must know when nobody looks. The line is owed
once for each such spell, whatever restarts.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.config.file import Config
from monitor.model import Event
from monitor.model.days import LONDON
from monitor.model.event import event_id
from monitor.model.payloads import SourcePayload
from monitor.model.sources import OFSTED, title
from monitor.model.trouble import WHOLE, Trouble
from monitor.store import Store, outbox, sources
from monitor.times.workdays import workday_later
from monitor.wording.source_health import UNSEEN


def queue(store: Store, config: Config, audience: Sequence[Channel], now: datetime) -> bool:
    """Owe the line, if the spell is long enough. Returns whether it is owed or was told."""
    seen = _last_seen(store, config, now)
    if seen is None or now < workday_later(seen.astimezone(LONDON)):
        return False
    told = _line(seen, now)
    if not outbox.known(store, [told.id]):
        with store.transaction():
            outbox.add(store, told, rules.recipients_of(told, audience, now))
    return True


def _last_seen(store: Store, config: Config, now: datetime) -> datetime | None:
    """When Ofsted was seen last, if it is broken as a whole now; None otherwise, and where it was never seen. Where a
    clock that was ahead noted that, the beginning of the trouble counts."""
    if OFSTED not in config.sources.enabled():
        return None
    broken = (e for e in sources.episodes(store, OFSTED) if e.trouble is Trouble.BROKEN and e.targets == WHOLE)
    trouble, seen = next(broken, None), sources.last_healthy(store, OFSTED)
    if trouble is None or seen is None:
        return None
    return seen if seen <= now else datetime.fromisoformat(trouble.since)


def _line(seen: datetime, now: datetime) -> Event:
    since = seen.isoformat()
    return Event(
        id=event_id(UNSEEN, OFSTED, since),
        at=now.isoformat(),
        kind="source.failing",
        severity="important",
        source=OFSTED,
        title=title(OFSTED),
        after=SourcePayload(since=since, trouble=Trouble.BROKEN.value, state=UNSEEN),
    )
