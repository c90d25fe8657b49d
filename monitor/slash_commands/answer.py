"""Where people's questions from a channel are answered, from the subscriptions, the configuration and the store.

Each question opens the store for itself, for it comes on a thread of its own. What cannot be answered is said
to the person who asked; nothing here stops the crawls or the deliveries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial

from monitor.channels import subscriptions
from monitor.channels.rules import Channel
from monitor.channels.subscriptions import Outcome
from monitor.config.channels import Slack
from monitor.config.file import Config
from monitor.councils.registry import Council, UnknownCouncil
from monitor.deliver.audience import channels
from monitor.model.subscription import Asked, Mute
from monitor.query import QueryError
from monitor.query import parse as parse_words
from monitor.slash_commands import about_council, found_words, standing
from monitor.slash_commands.parse import OF_WORDS, Command, help_for, nameless, parse
from monitor.store import NoStoreError, Store, sources
from monitor.store import subscriptions as stored
from monitor.views import status as status_view
from monitor.wording.commands import Command as Ask
from monitor.wording.commands import Reply
from monitor.wording.text import upper_first

READING = ("help", "unknown", "status", "latest", "asked", "search")
"""Commands that change nothing, so that they are answered also while another process writes."""
NOTHING_READ = "Nothing is known here yet: the first look at Ofsted's site is still to come."
KNOWN: dict[str, Callable[[Store, Council], Reply]] = {"latest": about_council.judged, "asked": about_council.asked}
"""What is said of a council to whoever asks for it."""

Clock = Callable[[], datetime]
NOW: Clock = partial(datetime.now, UTC)


class CommandHandler:
    """Answers for the channels of one app."""

    def __init__(self, config: Config, ways: Iterable[Slack], clock: Clock = NOW) -> None:
        self._clock = clock
        self.take(config, ways)

    def take(self, config: Config, ways: Iterable[Slack]) -> None:
        """Answer by this configuration from now on, for these channels of it."""
        rules = {c.name: c for c in channels(config)}
        places: dict[str, list[Channel]] = {}
        for way in ways:
            places.setdefault(str(way.channel), []).append(rules[way.name])
        self._config, self._places = config, places

    def answer(self, ask: Ask) -> Reply:
        """What is answered to somebody who may ask; what it changes is kept before it is answered."""
        with (Store.reading if _only_reads(ask) else Store)(self._config.data_dir) as store:
            try:
                return self._command(store, ask) if ask.kind == "command" else self._press(store, ask)
            except (UnknownCouncil, QueryError) as error:
                return Reply((_sentence(f"{error}"),))
            except NoStoreError:
                return Reply((NOTHING_READ,))

    def _command(self, store: Store, ask: Ask) -> Reply:
        command = parse(ask.text)
        if command.verb == "unknown":
            return self._unknown(store, command)
        if command.verb == "help":
            return Reply(help_for(command))
        if command.verb == "status":
            return Reply(tuple(standing.lines(status_view.of(store, self._config, self._clock()))))
        if command.verb == "list":
            return self._for_each(store, ask, self._listing)
        if not command.about:
            return Reply((nameless(command.verb),))
        if command.verb in OF_WORDS:
            return self._of_words(store, ask, command)
        return self._about(store, ask, command, self._watched(command.about))

    def _unknown(self, store: Store, command: Command) -> Reply:
        """Words that begin with no command are the name of a council, or help is needed."""
        try:
            council = self._watched(command.text)
        except UnknownCouncil as unknown:
            if command.meant or not unknown.nearest:
                return Reply(help_for(command))
            raise
        return Reply((council,)) if isinstance(council, str) else about_council.judged(store, council)

    def _about(self, store: Store, ask: Ask, command: Command, council: Council | str) -> Reply:
        if isinstance(council, str):
            return Reply((council,))
        if command.verb in KNOWN:
            return KNOWN[command.verb](store, council)
        now, by = sources.known_time(store, self._clock()), ask.user
        todo: dict[str, Callable[[Channel, Asked], Outcome]] = {
            "subscribe": lambda c, asked: subscriptions.subscribe(c, asked, council, by, now),
            "unsubscribe": lambda c, asked: subscriptions.unsubscribe(c, asked, council),
            "mute": lambda c, asked: subscriptions.mute(c, asked, council, by, now),
            "unmute": lambda c, asked: subscriptions.unmute(c, asked, council, now),
        }
        return self._for_each(store, ask, todo[command.verb])

    def _of_words(self, store: Store, ask: Ask, command: Command) -> Reply:
        query, now = parse_words(command.about), self._clock()
        if command.verb == "search":
            return found_words.answer(self._config.data_dir, query)
        if command.verb == "unsubscribe words":
            return self._for_each(store, ask, lambda c, a: subscriptions.unsubscribe_words(c, a, query.text))
        said = self._for_each(store, ask, lambda c, a: subscriptions.subscribe_words(c, a, query.text, ask.user, now))
        return Reply((*said.lines, *found_words.often(self._config.data_dir, query, now.date())))

    def _press(self, store: Store, ask: Ask) -> Reply:
        now = sources.known_time(store, self._clock())
        if ask.kind in ("mute", "unmute"):
            council = self._config.registry.by_urn(ask.text)
            if council is None:
                return Reply(("This council is not known here any more.",))
            if ask.kind == "unmute":
                return self._for_each(store, ask, lambda c, asked: subscriptions.unmute(c, asked, council, now))
            return self._for_each(store, ask, lambda c, asked: subscriptions.mute(c, asked, council, ask.user, now))
        event = stored.event(store, ask.text)
        if event is None:
            return Reply(("What this message told is not known here any more, so nothing was noted.",))
        story = event.story
        return self._for_each(store, ask, lambda c, _: subscriptions.irrelevant(c, ask.text, story, ask.user, now))

    def _for_each(self, store: Store, ask: Ask, decide: Callable[[Channel, Asked], Outcome]) -> Reply:
        """Decide for each configured channel that posts where it was asked; the same answer is given once, and what is
        moot for one of them only where it is for all."""
        with store.transaction():
            asked = stored.asked(store)
            outcomes = [decide(channel, asked) for channel in self._places.get(ask.channel, ())]
            for outcome in outcomes:
                if outcome.change is not None:
                    stored.save(store, outcome.change)
        said = [outcome for outcome in outcomes if not outcome.moot] or outcomes
        lines = tuple(dict.fromkeys(line for outcome in said for line in outcome.lines))
        told = next((outcome for outcome in outcomes if outcome.announced), None)
        if told is None:
            return Reply(lines)
        undo = told.change.urn if isinstance(told.change, Mute) else ""
        return Reply(lines, announced=told.announced, by=ask.user, undo=undo)

    def _watched(self, name: str) -> Council | str:
        """The council of that name, or why it cannot be asked for. Raises UnknownCouncil with the nearest names."""
        council = self._config.registry.find(name)
        if council in self._config.watched():
            return council
        return f"{council.name} is not among the councils that are watched here. Whoever runs ofsted-watch can add it."

    def _listing(self, channel: Channel, asked: Asked) -> Outcome:
        return subscriptions.listing(channel, asked, self._config.watched(), self._clock())


def stored_lines(config: Config, now: datetime) -> list[str]:
    """What `check` lists of subscriptions; nothing, and no data folder made, where none is yet."""
    names = {c.ofsted_urn: c.name for c in config.registry}
    try:
        with Store.reading(config.data_dir) as store:
            return subscriptions.lines(stored.asked(store), stored.noise(store), names, now)
    except NoStoreError:
        return []


def _only_reads(ask: Ask) -> bool:
    """True for questions; a subscription or a pressed button changes the store."""
    return ask.kind == "command" and parse(ask.text).verb in READING


def _sentence(fault: str) -> str:
    """What was wrong, as a sentence."""
    return upper_first(fault) if fault.endswith("?") else f"{upper_first(fault)}."
