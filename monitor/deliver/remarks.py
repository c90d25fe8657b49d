"""What is not as expected on the sources and was read all the same, told to operators once: a line for each new kind.

The digest is owed and sent like a weekly receipt, at most once a day, and it is no event: nothing has failed. A kind
that was told is not told again, whatever comes and goes; what has ended is silent. The first day of a source is for
`status`: then everything is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from monitor.channels import rules
from monitor.channels.rules import Channel
from monitor.config.channels import Read
from monitor.config.file import Config
from monitor.deliver.own_lines import line, owe
from monitor.health import remarks
from monitor.health.remarks import Remark
from monitor.model import Event
from monitor.model.crawl import SEEN
from monitor.model.delivery import Route
from monitor.model.payload_parts import Remarked
from monitor.model.payloads import ReceiptPayload
from monitor.store import Store, outbox, sources
from monitor.times.spec import parse_when
from monitor.wording.receipts import REMARKS

DAILY = parse_when("daily 08:00")
"""When the digest may go out, London time."""
SETTLED = timedelta(days=1)


def queue(store: Store, config: Config, audience: Sequence[Channel], now: datetime) -> int:
    """Owe the digest, if it is time for it and there is anything new. Returns how many kinds it tells."""
    operators = _operators(config, audience)
    told = outbox.receipts(store, REMARKS) if operators else []
    if not operators or any(rules.latest(DAILY, now) <= datetime.fromisoformat(e.at) <= now for e in told):
        return 0  # one from a clock that was ahead is not today's
    before = [(r.source, r.kind, r.pages) for e in told for r in e.after_as(ReceiptPayload).remarks]
    found = remarks.new(_standing(store, config, now), before)
    if found:
        digest = _digest(found, now)
        ways = ((Route(c.name, r), rules.goes_out(digest, c, now)) for c in operators for r in c.recipients or ("",))
        owe(store, digest, dict(ways))
    return len(found)


def _operators(config: Config, audience: Sequence[Channel]) -> list[Channel]:
    """The channels that people read and in which they hear of the sources."""
    read = {channel.name for channel in config.channels if isinstance(channel, Read)}
    return [c for c in audience if c.name in read and rules.hears_outages(c, audience)]


def _standing(store: Store, config: Config, now: datetime) -> Iterator[Remark]:
    """The remarks on the last look at each source that has been watched for a day."""
    for source in config.sources.enabled():
        if min(sources.first_seen(store, source), default=now) > now - SETTLED:
            continue
        covers = config.covering(source, now)
        rows = [r for r in sources.targets(store, source) if r["outcome"] in SEEN and covers(str(r["target"]))]
        name_of = config.registry.name_of
        yield from remarks.counted(source, ((name_of(str(r["target"])), r["detail"] or "") for r in rows))


def _digest(found: Sequence[Remark], now: datetime) -> Event:
    rows = tuple(Remarked(source=r.source, kind=r.kind, pages=r.pages, words=r.words, page=r.page) for r in found)
    named = [rules.latest(DAILY, now).isoformat()]
    return line(REMARKS, named, "New remarks on the sources", now, ReceiptPayload(remarks=rows))
