"""Which channel is told which event, and when. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Literal

from monitor.channels.pace import Limit
from monitor.model import SEVERITIES, Event, Severity
from monitor.model.days import LONDON
from monitor.model.delivery import Recipient, Route
from monitor.model.payloads import PagePayload, ReportPayload, SourcePayload
from monitor.model.trouble import Trouble
from monitor.query import Query, matches
from monitor.times import quiet_hours
from monitor.times.spec import WEEKDAYS, Hours, When, parse_when
from monitor.wording.source_health import UNSEEN

REPORT = "report.published"


@dataclass(frozen=True, slots=True)
class Channel:
    """Whom to tell, when, and of what: `urns` None means every council, no `kinds` every kind;
    `recipients` has the addresses of an e-mail channel, each of which gets its own message, and one without a name for
    any other channel. `muted` councils (URNs) are told of only what is critical. With `words` it is told only of what
    says one of them, in a paragraph of the letter or page.

    `copies`: whether it takes the line that says where an identical document stands again: always, only in the thread
    of its story, or never. `loud_from`: replies in a thread from this severity on are also shown to the whole channel;
    `receipt`: when a week without a message is acknowledged, None for never; `place`: where its messages go, if that is
    another name than its own: channels of one place share its `limit`. What says one of the words in `also` is told
    whatever council it is about. `operator`: outages are told there; `console`: it is a terminal, where they are told
    if there is no operator.
    """

    name: str
    when: str = "now"
    urns: frozenset[str] | None = None
    kinds: tuple[str, ...] = ()
    only_changed_judgements: bool = False
    min_severity: Severity = "info"
    recipients: tuple[str, ...] = ("",)
    quiet: Hours | None = None
    quiet_weekends: bool = False
    quiet_lets_critical: bool = False
    loud_from: Severity = "important"
    copies: Literal["always", "in threads", "never"] = "always"
    words: tuple[Query, ...] = ()
    receipt: When | None = None
    place: str = ""
    limit: Limit | None = None
    operator: bool = False
    console: bool = False
    muted: frozenset[str] = frozenset()
    also: tuple[Query, ...] = ()

    @property
    def digests(self) -> bool:
        """Whether what is due goes out as one message, however little it is."""
        return self.when != "now"


Texts = Callable[[Event], Sequence[str]]
"""What an event's letter or page says, by paragraphs."""


def own_words(event: Event) -> list[str]:
    """What an event itself has of its letter or page."""
    known = event.after_as(ReportPayload)
    asked = (*known.findings, *known.improvements, *known.priority_action_quotes, *known.themes)
    quotes = [quote.text for quote in (*event.summary, *asked)]
    return [event.title, event.after_as(PagePayload).text or "", *quotes, *(fact.quote for fact in event.facts)]


def recipients_of(
    event: Event, channels: Iterable[Channel], now: datetime, texts: Texts = own_words
) -> list[Recipient]:
    """The deliveries that an event owes: one for each channel that wants it, and each recipient there. `texts` gives
    the whole text that a channel's words are looked for in."""
    everyone = list(channels)
    return [
        Recipient(event.id, c.name, recipient, goes_out(event, c, now).isoformat())
        for c in everyone
        if told(event, c, everyone, texts)
        for recipient in c.recipients
    ]


def goes_out(event: Event, channel: Channel, now: datetime) -> datetime:
    """When an event that is found now is told: at the channel's time, and not while it is quiet."""
    planned = due(channel.when, now)
    return planned if channel.quiet_lets_critical and event.severity == "critical" else quiet_until(channel, planned)


def planned(channel: Channel, now: datetime) -> datetime:
    """Return when a channel is told at the latest of what is found now."""
    return quiet_until(channel, due(channel.when, now))


def routes(channels: Iterable[Channel]) -> set[Route]:
    """Return every channel with each of its recipients. What is owed to anybody else is held."""
    return {Route(c.name, recipient) for c in channels for recipient in c.recipients}


def quiet_until(channel: Channel, moment: datetime) -> datetime:
    """The first moment from this one on at which a channel is not quiet."""
    return quiet_hours.until(channel.quiet, channel.quiet_weekends, moment)


def told(event: Event, channel: Channel, everyone: Collection[Channel], texts: Texts = own_words) -> bool:
    """Return True if a channel is told an event. Outages go to operators. If Ofsted is not seen, who reads its reports
    gets one line.
    All other events go by the channel's filters. If nobody hears outages, everybody is told that one of our channels
    fails, because its readers would wait in vain."""
    if not event.kind.startswith("source."):
        return (wants(channel, event) and says(channel, event, texts)) or _also(channel, event, texts)
    known, operates = event.after_as(SourcePayload), hears_outages(channel, everyone)
    if known.state == UNSEEN:
        return not operates and takes(channel, REPORT)
    return operates or (known.trouble == Trouble.CHANNEL and not any(hears_outages(c, everyone) for c in everyone))


def hears_outages(channel: Channel, everyone: Collection[Channel]) -> bool:
    """Whether outages of the sources are told here: to the channels that say that they are an operator's; where none
    does, to the consoles."""
    return names_sources(channel) if any(map(names_sources, everyone)) else channel.console


def names_sources(channel: Channel) -> bool:
    """Whether a channel is an operator's: it says so, or asks for news of the sources rather than for everything."""
    return channel.operator or any(pattern.startswith("source") for pattern in channel.kinds)


def takes(channel: Channel, kind: str) -> bool:
    """Whether a channel is told of events of a kind."""
    return not channel.kinds or any(fnmatchcase(kind, pattern) for pattern in channel.kinds)


def wants(channel: Channel, event: Event) -> bool:
    """Whether a channel's filters let an event through."""
    return (
        takes(channel, event.kind)
        and (channel.urns is None or bool(channel.urns & set(_about(event))))
        and (event.unread or _weighs(channel, event))
        and not (event.copy and channel.copies == "never")
    )


def says(channel: Channel, event: Event, texts: Texts) -> bool:
    """Whether what an event is about says one of a channel's words. What could not be read may say them."""
    if not channel.words or event.unread:
        return True
    return any(matches(query, text) for text in texts(event) for query in channel.words)


def _also(channel: Channel, event: Event, texts: Texts) -> bool:
    """Whether an event says words that a channel asked for. Its other filters hold, but for councils and words."""
    if not channel.also or not wants(replace(channel, urns=None), event):
        return False
    return any(matches(query, text) for text in texts(event) for query in channel.also)


def _weighs(channel: Channel, event: Event) -> bool:
    """Whether an event matters enough for a channel. A report that could not be read does: nobody knows its words."""
    return (
        (event.severity == "critical" or not _is_muted(channel, event))
        and (not channel.only_changed_judgements or any(c.moved for c in event.changes))
        and SEVERITIES.index(event.severity) >= SEVERITIES.index(channel.min_severity)
    )


def _is_muted(channel: Channel, event: Event) -> bool:
    """Whether each council for which a channel would be told an event is muted there."""
    about = set(_about(event))
    told_for = about if channel.urns is None else about & channel.urns
    return bool(told_for) and told_for <= channel.muted


def _about(event: Event) -> Iterable[str]:
    """The councils that an event is about: a trust's news may be about several."""
    return event.after_as(PagePayload).urns or filter(None, [event.urn])


def due(when: str, now: datetime) -> datetime:
    """When a delivery that arises now goes out: `now`, `daily 08:00` or `weekly mon 08:00`, London time."""
    plan = parse_when(when)
    if plan.every == "now":
        return now
    return _first(plan, now, step=1)


def latest(plan: When, now: datetime) -> datetime:
    """The last time that a daily or weekly plan fell due, up to and including now."""
    return _first(plan, now, step=-1)


def _first(plan: When, now: datetime, step: int) -> datetime:
    """The plan's first time after now, or (backwards) up to now."""
    local = now.astimezone(LONDON)
    for days in range(9):
        moment = quiet_hours.at(local, plan.hour * 60 + plan.minute, days * step)
        fits = plan.weekday in (None, WEEKDAYS[moment.weekday()])
        if fits and (moment > local if step > 0 else moment <= local):
            return moment.astimezone(now.tzinfo)
    raise AssertionError(f"{plan} has no time")
