"""What people ask for from their channel, and what a channel is told because of it. Pure.

What is asked for there adds to the configuration and never takes away from it: a council that config.toml
names, and every word of its other filters, can be changed only in that file. A muted council is silent for a
while, except for what is critical.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from difflib import get_close_matches

from monitor.channels import Channel
from monitor.council import Council
from notifiers.dates import day

MUTED_FOR = timedelta(days=30)
MOST_NAMES = 20
"""Councils named in an answer; of more, how many."""
LONGEST = 120
"""Characters of what is asked that are looked at: no council's name is longer."""

QUOTES = " \"'\u2018\u2019\u201c\u201d"
"""What people and their telephones put around a name."""

HELP = (
    "subscribe COUNCIL: this channel is told of it, too",
    "unsubscribe COUNCIL: no longer, if it was subscribed here",
    "mute COUNCIL, unmute COUNCIL: 30 days without it, except for what is critical",
    "list: what this channel is told of",
    "latest COUNCIL: how its judgements stand, and the latest news of it",
    "status: whether everything can be seen and sent",
    "help: this",
)
VERBS = ("subscribe", "unsubscribe", "mute", "unmute", "list", "latest", "status", "help")


@dataclass(frozen=True, slots=True)
class Subscription:
    """A council that a channel is told of because somebody there asked."""

    channel: str
    urn: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Mute:
    """A council of which a channel is told only what is critical, until then."""

    channel: str
    urn: str
    until: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody's word that an event was not relevant there."""

    channel: str
    event: str
    story: str | None
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A subscription or a mute (`of`) that somebody took back."""

    of: type[Subscription] | type[Mute]
    channel: str
    urn: str


Change = Subscription | Mute | Mark | Ended


@dataclass(frozen=True, slots=True)
class Asked:
    """All that is asked for at present, in every channel."""

    subscriptions: tuple[Subscription, ...] = ()
    mutes: tuple[Mute, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was meant: its verb and the name of a council. `meant`: verbs that are near an unknown one."""

    verb: str
    about: str = ""
    meant: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said, and what is to be kept, if anything."""

    lines: tuple[str, ...]
    change: Change | None = None


def parse(text: str) -> Command:
    """A command from the words behind its name. Anything unknown is a call for help."""
    words = text[:LONGEST].split()
    if not words:
        return Command("help")
    verb, about = words[0].casefold(), " ".join(words[1:]).strip(QUOTES)
    if verb not in VERBS:
        return Command("unknown", words[0], tuple(get_close_matches(verb, VERBS, n=2, cutoff=0.6)))
    return Command(verb, about)


def apply(channel: Channel, asked: Asked, now: datetime) -> Channel:
    """A configured channel with what was asked for in it: more councils, and those that are muted now."""
    more = {s.urn for s in asked.subscriptions if s.channel == channel.name}
    quiet = frozenset(m.urn for m in asked.mutes if m.channel == channel.name and _lasts(m, now))
    urns = None if channel.urns is None else channel.urns | more
    return replace(channel, urns=urns, muted=channel.muted | quiet)


def help_for(command: Command, name: str) -> Outcome:
    """What can be asked; for an unknown word, what may have been meant."""
    unknown = command.verb == "unknown"
    meant = f": did you mean {' or '.join(command.meant)}?" if command.meant else "."
    opening = (f'There is no command "{command.about}"{meant}',) if unknown else ()
    return Outcome((*opening, *(f"{name} {line}" for line in HELP)))


def nameless(verb: str, name: str) -> Outcome:
    """A command that needs a council was given none."""
    return Outcome((f"Which council? For example: {name} {verb} Devon",))


def subscribe(channel: Channel, asked: Asked, council: Council, by: str, now: datetime) -> Outcome:
    """Be told of a council, too."""
    if channel.urns is None or council.ofsted_urn in channel.urns:
        return Outcome((f"{council.name}: this channel is told of it already, by config.toml.",))
    if _subscribed(channel, asked, council):
        return Outcome((f"{council.name}: this channel is subscribed already.",))
    new = Subscription(channel.name, council.ofsted_urn, by, now.isoformat())
    return Outcome((f"{council.name}: subscribed. {_filters(channel)}",), new)


def unsubscribe(channel: Channel, asked: Asked, council: Council) -> Outcome:
    """Be told of a council no longer, as far as it was asked for here."""
    fixed = channel.urns is None or council.ofsted_urn in channel.urns
    kept = (
        f"{council.name}: config.toml names it for this channel, and that cannot be changed from here. It can be muted."
    )
    if _subscribed(channel, asked, council):
        ended = Ended(Subscription, channel.name, council.ofsted_urn)
        return Outcome((kept if fixed else f"{council.name}: no longer subscribed.",), ended)
    return Outcome((kept if fixed else f"{council.name}: this channel was not subscribed to it.",))


def mute(channel: Channel, council: Council, by: str, now: datetime) -> Outcome:
    """Be quiet about a council for a while."""
    until = now + MUTED_FOR
    said = f"{council.name}: muted in this channel until {day(until.isoformat())}. What is critical is still told."
    return Outcome((said,), Mute(channel.name, council.ofsted_urn, until.isoformat(), by, now.isoformat()))


def unmute(channel: Channel, asked: Asked, council: Council, now: datetime) -> Outcome:
    """Speak of a council again."""
    if _muted(channel, asked, council.ofsted_urn, now) is None:
        return Outcome((f"{council.name}: it was not muted here.",))
    return Outcome((f"{council.name}: no longer muted.",), Ended(Mute, channel.name, council.ofsted_urn))


def irrelevant(channel: Channel, event: str, story: str | None, by: str, now: datetime) -> Outcome:
    """Note that an event was of no use. It silences nothing: a story goes on, and muting is another button."""
    said = "Noted: not relevant. It counts against the source it came from; to hear less, mute the council."
    return Outcome((said,), Mark(channel.name, event, story, by, now.isoformat()))


def listing(channel: Channel, asked: Asked, councils: Sequence[Council], now: datetime) -> Outcome:
    """What a channel is told of, and by whose wish. `councils` are those watched."""
    names = {c.ofsted_urn: c.name for c in councils}
    mine = [s for s in asked.subscriptions if s.channel == channel.name]
    quiet = [m for m in asked.mutes if m.channel == channel.name and _lasts(m, now)]
    fixed = "all councils" if channel.urns is None else _named(names.get(u, u) for u in channel.urns)
    lines = [f"By config.toml: {fixed}. {_filters(channel)}"]
    lines += [f"Subscribed here: {_named(names.get(s.urn, s.urn) for s in mine)}"] if mine else []
    lines += [f"Muted until {day(m.until)}: {names.get(m.urn, m.urn)}" for m in quiet]
    return Outcome(tuple(lines))


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
    return [*told, *quiet, *noise]


def _filters(channel: Channel) -> str:
    """Which of a council's news a channel takes."""
    kinds = "" if not channel.kinds or "*" in channel.kinds else f" of the kinds {', '.join(channel.kinds)}"
    moved = ", only where a judgement moved" if channel.only_changed_judgements else ""
    when = "at once" if channel.when == "now" else channel.when
    return f"Told is what is {channel.min_severity} or more{kinds}{moved}, {when}."


def _named(names: Iterable[str]) -> str:
    known = sorted(names)
    rest = len(known) - MOST_NAMES
    return ", ".join(known[:MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "") if known else "none"


def _subscribed(channel: Channel, asked: Asked, council: Council) -> bool:
    return any(s.channel == channel.name and s.urn == council.ofsted_urn for s in asked.subscriptions)


def _muted(channel: Channel, asked: Asked, urn: str, now: datetime) -> Mute | None:
    return next((m for m in asked.mutes if m.channel == channel.name and m.urn == urn and _lasts(m, now)), None)


def _lasts(mute: Mute, now: datetime) -> bool:
    return datetime.fromisoformat(mute.until) > now
