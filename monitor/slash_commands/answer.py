"""Where people's questions from a channel are answered, from the subscriptions, the configuration and the store.

Each question opens the store for itself, for it comes on a thread of its own. What cannot be answered is said
to the person who asked; nothing here stops the crawls or the deliveries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import Any

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
from monitor.slash_commands import found_words
from monitor.slash_commands.parse import OF_WORDS, Command, help_for, nameless, parse
from monitor.store import NoStoreError, Store, outbox
from monitor.store import subscriptions as stored
from monitor.views import council as council_view
from monitor.views import status as status_view
from monitor.wording.commands import Command as Ask
from monitor.wording.commands import Reply
from monitor.wording.dates import day, moment
from monitor.wording.describe import Link
from monitor.wording.grading import area_name, grade
from monitor.wording.source_health import name as source_name
from monitor.wording.text import count

NAME = "/ofsted"
READING = ("help", "unknown", "status", "latest", "asked", "search")
"""Commands that change nothing, so that they are answered also while another process writes."""
LATEST = 2
"""Events shown as the latest of a council."""

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
            except (UnknownCouncil, QueryError, NoStoreError) as error:
                return Reply((f"{error}",))

    def _command(self, store: Store, ask: Ask) -> Reply:
        command = parse(ask.text)
        if command.verb == "unknown":
            return self._unknown(store, command)
        if command.verb == "help":
            return Reply(help_for(command, NAME))
        if command.verb == "status":
            return Reply(tuple(self._status(store)))
        if command.verb == "list":
            return self._for_each(store, ask, self._listing)
        if command.verb in OF_WORDS:
            return self._of_words(store, ask, command)
        if not command.about:
            return Reply((nameless(command.verb, NAME),))
        return self._about(store, ask, command, self._watched(command.about))

    def _unknown(self, store: Store, command: Command) -> Reply:
        """Words that begin with no command are the name of a council, or help is needed."""
        try:
            council = self._watched(command.text)
        except UnknownCouncil as unknown:
            if command.meant or not unknown.nearest:
                return Reply(help_for(command, NAME))
            raise
        return Reply((council,)) if isinstance(council, str) else self._known(store, council, "latest")

    def _about(self, store: Store, ask: Ask, command: Command, council: Council | str) -> Reply:
        if isinstance(council, str):
            return Reply((council,))
        if command.verb in ("latest", "asked"):
            return self._known(store, council, command.verb)
        now, by = self._clock(), ask.user
        todo: dict[str, Callable[[Channel, Asked], Outcome]] = {
            "subscribe": lambda c, asked: subscriptions.subscribe(c, asked, council, by, now),
            "unsubscribe": lambda c, asked: subscriptions.unsubscribe(c, asked, council),
            "mute": lambda c, _: subscriptions.mute(c, council, by, now),
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
        now = self._clock()
        if ask.kind in ("mute", "unmute"):
            council = self._config.registry.by_urn(ask.text)
            if council is None:
                return Reply(("This council is not in the registry any more.",))
            if ask.kind == "unmute":
                return self._for_each(store, ask, lambda c, asked: subscriptions.unmute(c, asked, council, now))
            return self._for_each(store, ask, lambda c, _: subscriptions.mute(c, council, ask.user, now))
        event = stored.event(store, ask.text)
        story = event.story if event else None
        return self._for_each(store, ask, lambda c, _: subscriptions.irrelevant(c, ask.text, story, ask.user, now))

    def _for_each(self, store: Store, ask: Ask, decide: Callable[[Channel, Asked], Outcome]) -> Reply:
        """Decide for each configured channel that posts where it was asked; the same answer is given once."""
        with store.transaction():
            asked = stored.asked(store)
            outcomes = [decide(channel, asked) for channel in self._places.get(ask.channel, ())]
            for outcome in outcomes:
                if outcome.change is not None:
                    stored.save(store, outcome.change)
        lines = tuple(dict.fromkeys(line for outcome in outcomes for line in outcome.lines))
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
        return f"{council.name} is not among the councils that are watched (config.toml: watch.councils)."

    def _listing(self, channel: Channel, asked: Asked) -> Outcome:
        return subscriptions.listing(channel, asked, self._config.watched(), self._clock())

    def _known(self, store: Store, council: Council, verb: str) -> Reply:
        """How a council's judgements stand, with the latest news of it; or what it is asked to improve."""
        view = council_view.as_json(council_view.of_council(store, council))
        links = (Link("Read the report", view["url"]),) if view["url"] else ()
        if verb == "asked":
            return Reply(tuple(_asked_of(view)), links)
        news = outbox.events(store, urn=council.ofsted_urn)[-LATEST:]
        return Reply(tuple(_judgements(view)), links, tuple(reversed(news)))

    def _status(self, store: Store) -> Iterator[str]:
        found = status_view.of(store, self._config, self._clock())
        yield from (_source(source) for source in found["sources"])
        given_up = f", {found['given_up']} given up" if found["given_up"] else ""
        yield f"Messages waiting: {found['outbox']}{given_up}"


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


def _judgements(view: dict[str, Any]) -> Iterator[str]:
    if not view["judgements"]:
        yield f"{view['council']}: no graded inspection is known."
        return
    yield f"{view['council']}: inspected to {day(view['inspected'])}, published {day(view['published'])}"
    for area, value in view["judgements"].items():
        yield f"{area_name(area)}: {grade(value)}"


def _asked_of(view: dict[str, Any]) -> Iterator[str]:
    """What Ofsted asks of a council, letter by letter, in its words."""
    asked = [entry for entries in view["asked"].values() for entry in entries if not entry["missing_from"]]
    if not asked:
        yield f"{view['council']}: no letter that is known here asks for anything."
    for published, entries in groupby(asked, key=lambda entry: str(entry["published"])):
        yield f"{view['council']}: what Ofsted asked to improve in the letter of {day(published)}"
        yield from (f"• “{entry['text']}” (page {entry['page']})" for entry in entries)


def _pages(source: dict[str, Any]) -> str:
    """How many pages are well; nothing where the source as a whole is not."""
    if source["status"] not in ("ok", "quiet", "degraded"):
        return ""
    well = sum(t["status"] == "ok" for t in source["targets"])
    return f", {well} of {count(len(source['targets']), 'page')} well"


def _source(source: dict[str, Any]) -> str:
    said = f"{source_name(source['source'])}: {source['status']}"
    if source["last_ok"]:
        said += f"{_pages(source)}, last seen {moment(source['last_ok'])}"
    return said + (f": {source['reason']}" if source["reason"] else "")
