"""What a source's failure, recovery or quarantine means, in plain words. Pure.

These are operators' messages: they may name addresses and errors. They are about a source, so they never begin with
a council's name as its news do.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from monitor.model import Event
from monitor.model.payloads import SourcePayload
from monitor.model.sources import title
from monitor.model.trouble import Trouble
from monitor.wording.card import CardText
from monitor.wording.dates import moment
from monitor.wording.quotations import whole
from monitor.wording.text import count, one_line, upper_first

STATES = ("source.failing", "source.recovered", "source.quarantined")


UNSEEN = "unseen"
"""The state of the event that tells readers that a source has not been seen for a working day."""
UNSEEN_NOTE = "What is published there meanwhile is told as soon as the site can be read again."
SEEN_AS = {"targets": "pages", "target": "page", "records": "entries", "record": "entry"}
"""What people call what a source is made of."""
_OWN_WORDS = re.compile(rf"\b(?:{'|'.join(SEEN_AS)})\b")


class Told(NamedTuple):
    """How one trouble begins and ends, after the name of what it concerns; then in sentences what it means, and what
    its end means (see `_parts`)."""

    begun: str
    ended: str
    means: tuple[str, ...]
    over: tuple[str, ...]


TROUBLES = {
    Trouble.BROKEN: Told(
        "cannot be read",
        "can be read again",
        (
            "Since {since}, {pages} could not be read.{because}",
            "What is published there meanwhile is not seen. You will be told once when it works again.",
        ),
        ("Read again since {until}.{before}", "What was published in between is told as usual."),
    ),
    Trouble.QUIET: Told(
        "nothing new has come for improbably long",
        "something new has come again",
        (
            "{Reason}.",
            "It can be read and looks sound. Look at its site: it may have moved, or only be quiet. "
            "You will be told once when something new comes.",
        ),
        ("Something new came by {until}. It is told as usual.",),
    ),
    Trouble.HIDING: Told(
        "the list of reports is not complete",
        "the list of reports is complete again",
        (
            "A look at every council's page found more than the list has: {reason}.",
            "Until two such looks agree with the list, every council's page is opened in each crawl: nothing is "
            "missed.",
        ),
        ("Two looks at every council's page agreed with it. Only pages that it shows as newer are opened again.",),
    ),
    Trouble.HELD: Told(
        "an implausible change is held back",
        "what was held back is settled",
        (
            "In the run of {since}: {held}.",
            "It looks like a fault of the site, so nothing of that run is believed or told. "
            "The next healthy runs, or a person, release it.",
        ),
        ("Settled on {until}.{held_since}", "What proved to be true is told as usual."),
    ),
    Trouble.UNREADABLE: Told(
        "the program fails on something that it shows",
        "all that it shows is understood again",
        (
            "Since {since}: {reason}.",
            "What it is about is not told; everything else is. Please report it: the log has the details.",
        ),
        ("Everything on it can be understood again, and is told as usual.",),
    ),
    Trouble.CHANNEL: Told(
        "does not take messages",
        "takes messages again",
        ("{why}.", "Its messages are kept under its name: ofsted-watch deliver --retry sends them when it is mended."),
        ("Messages are taken again since {until}. Those that waited are sent now.",),
    ),
    Trouble.QUEUE: Told(
        "no other machine crawls for this one",
        "other machines crawl again",
        (
            "Since {since}: {reason}.",
            "Nothing is missed: this machine crawls by itself until the queue and a worker answer again.",
        ),
        ("The queue and a worker answer again since {until}.",),
    ),
    Trouble.REPLICA: Told(
        "the copy off the machine cannot be relied on",
        "it is kept up to date again",
        (
            "Since {since}: {reason}.",
            "The watch goes on. If this machine is lost now, what was found since then is lost with it.",
        ),
        ("It can be relied on since {until}, and has what was found before.",),
    ),
}


def name(source: str) -> str:
    """A source's printable name; a page that a person configured has its own, and so has a channel."""
    return upper_first(one_line(title(source), 80))


def headline(event: Event) -> str:
    """ "Ofsted's reports: 12 pages cannot be read", "Ofsted's reports (Devon) cannot be read" where it is one of a
    council's, "Community Care cannot be read" where it is another."""
    trouble = _trouble(event)
    if trouble is Trouble.CHANNEL:
        return upper_first(one_line(event.title, 120))
    told, pages = TROUBLES[trouble], event.after_as(SourcePayload).target_count
    state = told.ended if event.kind == "source.recovered" else told.begun
    if trouble is not Trouble.BROKEN:
        return f"{_whose(event)}: {state}" + (f" ({count(pages, 'page')})" if pages > 1 else "")
    if pages > 1:
        return f"{_whose(event)}: {count(pages, 'page')} {state}"
    return (_site(event, state) if pages else "") or f"{_whose(event)} {state}"


def _whose(event: Event) -> str:
    return name(event.source) + (f" ({one_line(event.council, 60)})" if event.council else "")


def _site(event: Event, state: str) -> str:
    """One site of a source has a name of its own in the event's title, unless it is a council's."""
    named = "" if event.council else one_line(event.title, 120).removesuffix(state).strip()
    return f"{upper_first(named)} {state}" if named else ""


def unseen(event: Event) -> CardText:
    """The line to readers: Ofsted's site has not been seen for a working day."""
    what = f"{name(event.source)} cannot be read; they were last read on {_parts(event)['since']}"
    return CardText(what=what, notes=[UNSEEN_NOTE], read_on="Open the page")


def words(event: Event) -> CardText:
    """What a source's failing, recovery or quarantine is to whoever is told."""
    if event.after_as(SourcePayload).state == UNSEEN:
        return unseen(event)
    said = whole(f"{reason(event)}.", 120) if event.kind != "source.recovered" and reason(event) else ""
    return CardText(what=headline(event), gist=said.rstrip("."), notes=notes(event), read_on="Open the page")


def notes(event: Event) -> list[str]:
    """Since when, how much, why, and what is next, a sentence each. What is over is not told as if it still were."""
    told, parts = TROUBLES[_trouble(event)], _parts(event)
    sentences = told.over if event.kind == "source.recovered" else told.means
    return [sentence.format_map(parts) for sentence in sentences]


def _parts(event: Event) -> dict[str, str]:
    """What the sentences of `TROUBLES` are filled with. `before` and `held_since` tell at the end how it was, where
    that is known."""
    known, why = event.after_as(SourcePayload), reason(event)
    since, aside = moment(known.since or event.at), f" ({why})" if why else ""
    pages = count(known.target_count, "page") if known.target_count > 1 else "it"
    return {
        "since": since,
        "until": moment(event.at),
        "reason": why,
        "Reason": upper_first(why),
        "why": why or "The reason is not known",
        "because": f" The reason: {why}." if why else "",
        "held": why or "too much changed or vanished at once",
        "pages": pages,
        "before": f" Before, from {since} on, {pages} could not be read{aside}." if known.since else "",
        "held_since": f" It was held back since {since}{aside}." if known.since else "",
    }


def reason(event: Event) -> str:
    """The cause, without its full stop, and without how many pages it is about where that is said anyway."""
    known = event.after_as(SourcePayload)
    return as_seen(one_line(known.reason, 300).removeprefix(f"{known.target_count} pages: ").rstrip("."))


def as_seen(text: str) -> str:
    """Targets and records called what people see of them."""
    return _OWN_WORDS.sub(lambda word: SEEN_AS[word[0]], text)


def _trouble(event: Event) -> Trouble:
    """What is, or was, wrong; in events of the first edition, as far as they say it."""
    known = event.after_as(SourcePayload)
    if known.trouble in list(Trouble):
        return Trouble(known.trouble)
    if event.kind == "source.quarantined":
        return Trouble.HELD
    return Trouble.QUIET if known.state == "quiet" else Trouble.BROKEN
