"""Reads a slash command: what is asked, and of which council or words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches

MAX_CHARACTERS = 120
"""Characters of what is asked that are looked at: no council's name is longer."""
MAX_SEARCH_CHARACTERS = 500
"""The same where words are looked for. Of more, `query.parse` says that it is too much."""

QUOTES = " \"'\u2018\u2019\u201c\u201d"
"""What people and their telephones put around a name."""

NAME = "/ofsted"
HELP = (
    "COUNCIL, latest COUNCIL: how its judgements stand, and the latest news of it",
    "asked COUNCIL: what Ofsted asks it to improve, letter by letter",
    "search WORDS: the newest letters that say it, word for word",
    "list: what this channel gets",
    "subscribe COUNCIL, unsubscribe COUNCIL: this channel gets its news too, or no longer",
    "subscribe words WORDS, unsubscribe words WORDS: the same of whatever says these words, about any council",
    "mute COUNCIL, unmute COUNCIL: 30 days without its news for everybody in this channel, except what is critical",
    "status: whether everything can be read and sent",
    "help: this list",
)
EXAMPLES = f"COUNCIL is a council's name, or a part of it: {NAME} Devon. Only you see the answers."

VERBS = ("subscribe", "unsubscribe", "mute", "unmute", "list", "search", "latest", "asked", "status", "help")
WHITE = r"\s+"
OF_WORDS = ("search", "subscribe words", "unsubscribe words")
"""Commands about words, which are taken as they are written."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was meant: its verb and the name of a council. `meant`: verbs that are near an unknown one, whose
    whole `text` may be the name of a council."""

    verb: str
    about: str = ""
    meant: tuple[str, ...] = ()
    text: str = field(default="", compare=False)


def parse(text: str) -> Command:
    """A command from the words behind its name. Anything unknown is a call for help."""
    for verb in OF_WORDS:
        if opened := re.match(rf"\s*{verb.replace(' ', WHITE)}(?:\s|$)", text, re.IGNORECASE):
            return Command(verb, text[opened.end() :].strip()[:MAX_SEARCH_CHARACTERS])
    words = text[:MAX_CHARACTERS].split()
    if not words:
        return Command("help")
    verb, about = words[0].casefold(), " ".join(words[1:]).strip(QUOTES)
    if verb not in VERBS:
        near = tuple(get_close_matches(verb, VERBS, n=2, cutoff=0.7))
        return Command("unknown", words[0], near, " ".join(words).strip(QUOTES))
    return Command(verb, about)


def help_for(command: Command) -> tuple[str, ...]:
    """What can be asked; for an unknown word, what may have been meant."""
    unknown = command.verb == "unknown"
    meant = f": did you mean {' or '.join(command.meant)}?" if command.meant else "."
    what = f'command "{command.about}"' if command.meant else f'command and no council "{command.text}"'
    opening = (f"There is no {what}{meant}",) if unknown else ()
    return (*opening, *(f"{NAME} {line}" for line in HELP), EXAMPLES)


def nameless(verb: str) -> str:
    """A command that needs a council, or words, was given none."""
    what, example = ("words", '"agency staff"') if verb in OF_WORDS else ("council", "Devon")
    return f"Which {what}? For example: {NAME} {verb} {example}"
