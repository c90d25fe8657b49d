"""What people ask for from their channel, and what a channel is told because of it. Pure.

What is asked for there adds to the configuration and never takes away from it: a council that config.toml
names, and every word of its other filters, can be changed only in that file. A muted council is silent for a
while, except for what is critical.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.channels import told_of
from monitor.channels.rules import Channel
from monitor.channels.told_of import MAX_NAMES
from monitor.councils.council import Council
from monitor.model.days import CLOCK_WRONG
from monitor.model.subscription import (
    Asked,
    Change,
    Mute,
    NotRelevant,
    Subscription,
    TakenBack,
    WordsTakenBack,
    WordSubscription,
)
from monitor.query import parse
from monitor.wording.dates import day
from monitor.wording.text import joined

MUTED_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said, what is to be kept, if anything, and the line that the whole channel sees of it. `moot`: nothing of
    the kind stood here, which is worth saying only if no other channel of the place has more to say."""

    lines: tuple[str, ...]
    change: Change | None = None
    announced: str = ""
    moot: bool = False


def apply(channel: Channel, asked: Asked, now: datetime) -> Channel:
    """A configured channel with what was asked for in it: more councils, and those that are muted now."""
    more = {s.urn for s in asked.subscriptions if s.channel == channel.name}
    quiet = frozenset(m.urn for m in asked.mutes if m.channel == channel.name and _lasts(m, now))
    urns = None if channel.urns is None else channel.urns | more
    also = tuple(parse(w.words) for w in asked.words if w.channel == channel.name)
    return replace(channel, urns=urns, muted=channel.muted | quiet, also=also)


def subscribe(channel: Channel, asked: Asked, council: Council, by: str, now: datetime) -> Outcome:
    """Be told of a council, too."""
    gets = f"{told_of.what(channel)} about it, {told_of.when(channel.when)}"
    if _named(channel, council) or _subscribed(channel, asked, council):
        return Outcome((f"{council.name}: this channel already gets {gets}.",))
    new = Subscription(channel.name, council.ofsted_urn, by, now.isoformat())
    return Outcome((f"{council.name}: subscribed. This channel now gets {gets}.",), new)


def unsubscribe(channel: Channel, asked: Asked, council: Council) -> Outcome:
    """Be told of a council no longer, as far as it was asked for here."""
    fixed = _named(channel, council)
    kept = (
        f"{council.name}: this channel is set up to get it, and only whoever runs ofsted-watch can change that. "
        "You can mute it."
    )
    if _subscribed(channel, asked, council):
        ended = TakenBack(Subscription, channel.name, council.ofsted_urn)
        return Outcome((kept if fixed else f"{council.name}: no longer subscribed.",), ended)
    none = f"{council.name}: this channel was not subscribed to it."
    return Outcome((kept if fixed else none,), moot=not fixed)


def subscribe_words(channel: Channel, asked: Asked, words: str, by: str, now: datetime) -> Outcome:
    """Be told of whatever says these words, too. Raises QueryError where they look for nothing."""
    query = parse(words)
    said, when = told_of.in_quotes(query), told_of.when(channel.when)
    if channel.urns is None and not channel.words:
        everything = f"{told_of.what(channel)} about every council, {when}"
        return Outcome((f"{said}: this channel already gets {everything}, whatever it says.",))
    if _same_words(channel, asked, query.text):
        return Outcome((f"{said}: this channel is subscribed to it already.",))
    what = told_of.what(replace(channel, words=()))
    told = f"{said}: subscribed. This channel now gets {what} that says so, about any council, {when}."
    return Outcome((told,), WordSubscription(channel.name, query.text, by, now.isoformat()))


def unsubscribe_words(channel: Channel, asked: Asked, words: str) -> Outcome:
    """Be told of these words no longer. Raises QueryError where they look for nothing."""
    query = parse(words)
    said = told_of.in_quotes(query)
    if same := _same_words(channel, asked, query.text):
        return Outcome((f"{said}: no longer subscribed.",), WordsTakenBack(channel.name, same))
    return Outcome((f"{said}: this channel was not subscribed to it.",), moot=True)


def mute(channel: Channel, asked: Asked, council: Council, by: str, now: datetime) -> Outcome:
    """Be quiet about a council for a while, where the channel may hear of it."""
    by_words = any(w.channel == channel.name for w in asked.words)
    if not (by_words or _named(channel, council) or _subscribed(channel, asked, council)):
        return Outcome((f"{council.name}: this channel gets no news of it, so nothing was muted.",), moot=True)
    until = now + MUTED_FOR
    whom = f"muted in this channel until {day(until.isoformat())}, for everybody in it. What is critical is still told."
    new = Mute(channel.name, council.ofsted_urn, until.isoformat(), by, now.isoformat())
    return Outcome((f"{council.name}: {whom} A line here says when it ends.",), new, f"{council.name} is {whom}")


def unmute(channel: Channel, asked: Asked, council: Council, now: datetime) -> Outcome:
    """Speak of a council again."""
    mine = (m for m in asked.mutes if m.channel == channel.name and m.urn == council.ofsted_urn)
    if not any(_lasts(m, now) or is_ahead(m, now) for m in mine):
        return Outcome((f"{council.name}: it was not muted here.",), moot=True)
    ended = TakenBack(Mute, channel.name, council.ofsted_urn)
    return Outcome((f"{council.name}: no longer muted.",), ended, f"{council.name} is no longer muted in this channel.")


def irrelevant(channel: Channel, event: str, story: str | None, by: str, now: datetime) -> Outcome:
    """Note that an event was of no use. It silences nothing: a story goes on, and muting is another button."""
    said = "Noted: not relevant. It counts against the source it came from; to hear less, mute the council."
    return Outcome((said,), NotRelevant(channel.name, event, story, by, now.isoformat()))


def listing(channel: Channel, asked: Asked, councils: Sequence[Council], now: datetime) -> Outcome:
    """What a channel is told of, and by whose wish. `councils` are those watched."""
    names = {c.ofsted_urn: c.name for c in councils}
    mine = [s for s in asked.subscriptions if s.channel == channel.name]
    quiet = [m for m in asked.mutes if m.channel == channel.name and _lasts(m, now)]
    lines = [f"This channel gets {told_of.gets(channel, councils)}."]
    more = joined(sorted(names.get(s.urn, s.urn) for s in mine), MAX_NAMES, "other council")
    lines += [f"Somebody here subscribed it to {more}, too."] if mine else []
    words = [_quoted(w) for w in asked.words if w.channel == channel.name]
    said = joined(words, MAX_NAMES)
    lines += [f"Somebody here subscribed it to whatever says {said}, about any council."] if words else []
    muted = (f"{names.get(m.urn, m.urn)} is muted here until {day(m.until)}" for m in quiet)
    return Outcome((*lines, *(f"{line}, except for what is critical." for line in muted)))


def lines(asked: Asked, marks: Iterable[tuple[str, str, int]], names: dict[str, str], now: datetime) -> list[str]:
    """What `check` lists: every subscription and mute with who asked and when, and of each channel and source
    how many messages were called not relevant. `names` are the councils' by URN."""
    told = [
        f"channel {s.channel}: also {names.get(s.urn, s.urn)}, asked for there by {s.by} on {day(s.at)}"
        for s in asked.subscriptions
    ]
    quiet = [
        f"channel {m.channel}: {names.get(m.urn, m.urn)} muted until {day(m.until)} by {m.by}"
        for m in asked.mutes
        if _lasts(m, now)
    ]
    noise = [f"channel {channel}: {count} called not relevant, from {source}" for channel, source, count in marks]
    words = [
        f"channel {w.channel}: also what says {_quoted(w)}, asked for there by {w.by} on {day(w.at)}"
        for w in asked.words
    ]
    return [*told, *words, *quiet, *noise]


def _quoted(words: WordSubscription) -> str:
    return told_of.in_quotes(parse(words.words))


def _named(channel: Channel, council: Council) -> bool:
    """Whether the configuration has the channel told of a council."""
    return channel.urns is None or council.ofsted_urn in channel.urns


def _subscribed(channel: Channel, asked: Asked, council: Council) -> bool:
    return any(s.channel == channel.name and s.urn == council.ofsted_urn for s in asked.subscriptions)


def _same_words(channel: Channel, asked: Asked, text: str) -> str | None:
    """The words of a channel's subscription that look for the same, however they are written."""
    sought = parse(text).alternatives
    mine = (w.words for w in asked.words if w.channel == channel.name)
    return next((words for words in mine if parse(words).alternatives == sought), None)


def set_right(mute: Mute, now: datetime) -> Mute:
    """A mute that a clock wrote that was ahead, as it was meant: from now on."""
    return replace(mute, at=now.isoformat(), until=(now + MUTED_FOR).isoformat())


def is_ahead(mute: Mute, now: datetime) -> bool:
    """Whether it was asked for in the future: the clock was wrong then, or is wrong now. Until that is known it mutes
    nothing, or it would last for a year."""
    return datetime.fromisoformat(mute.at) > now + CLOCK_WRONG


def _lasts(mute: Mute, now: datetime) -> bool:
    return datetime.fromisoformat(mute.until) > now and not is_ahead(mute, now)
