"""New file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from monitor.channels.subscriptions import Outcome

LONGEST = 120
"""Characters of what is asked that are looked at: no council's name is longer."""
LONGEST_WORDS = 500
"""The same where words are looked for. Of more, `query.parse` says that it is too much."""

QUOTES = " \"'\u2018\u2019\u201c\u201d"
"""What people and their telephones put around a name."""

HELP = (
    "subscribe COUNCIL: this channel is told of it, too",
    "unsubscribe COUNCIL: no longer, if it was subscribed here",
    "mute COUNCIL, unmute COUNCIL: 30 days without it, except for what is critical",
    "list: what this channel is told of",
    "subscribe words WORDS, unsubscribe words WORDS: this channel is told of whatever says them, of any council",
    "search WORDS: the newest letters that say it, word for word",
    "latest COUNCIL: how its judgements stand, and the latest news of it",
    "status: whether everything can be seen and sent",
    "help: this",
)

VERBS = ("subscribe", "unsubscribe", "mute", "unmute", "list", "search", "latest", "status", "help")
WHITE = r"\s+"
OF_WORDS = ("search", "subscribe words", "unsubscribe words")
"""Commands about words, which are taken as they are written."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was meant: its verb and the name of a council. `meant`: verbs that are near an unknown one."""

    verb: str
    about: str = ""
    meant: tuple[str, ...] = ()


def parse(text: str) -> Command:
    """A command from the words behind its name. Anything unknown is a call for help."""
    for verb in OF_WORDS:
        opened = re.match(rf"\s*{verb.replace(' ', WHITE)}(?:\s|$)", text, re.IGNORECASE)
        if opened:
            return Command(verb, text[opened.end() :].strip()[:LONGEST_WORDS])
    words = text[:LONGEST].split()
    if not words:
        return Command("help")
    verb, about = words[0].casefold(), " ".join(words[1:]).strip(QUOTES)
    if verb not in VERBS:
        return Command("unknown", words[0], tuple(get_close_matches(verb, VERBS, n=2, cutoff=0.6)))
    return Command(verb, about)


def help_for(command: Command, name: str) -> Outcome:
    """What can be asked; for an unknown word, what may have been meant."""
    unknown = command.verb == "unknown"
    meant = f": did you mean {' or '.join(command.meant)}?" if command.meant else "."
    opening = (f'There is no command "{command.about}"{meant}',) if unknown else ()
    return Outcome((*opening, *(f"{name} {line}" for line in HELP)))


def nameless(verb: str, name: str) -> Outcome:
    """A command that needs a council was given none."""
    return Outcome((f"Which council? For example: {name} {verb} Devon",))
