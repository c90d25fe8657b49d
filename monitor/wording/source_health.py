"""What a source's failure, recovery or quarantine means, in plain words. Pure.

These are operators' messages: they may name addresses and errors. They are about a source, so they never begin with
a council's name as its news do.
"""

from __future__ import annotations

from typing import NamedTuple

from monitor.model import Event
from monitor.model.payloads import SourcePayload
from monitor.model.sources import title
from monitor.wording.card import CardText
from monitor.wording.dates import moment
from monitor.wording.quotations import whole
from monitor.wording.text import count, one_line, upper_first

STATES = ("source.failing", "source.recovered", "source.quarantined")
CHANNEL = "channel "
"""Begins the source of an event about one of our own channels."""


class Told(NamedTuple):
    """How one trouble begins and ends, after the name of what it concerns."""

    begun: str
    ended: str


TROUBLES = {
    "broken": Told("cannot be read", "can be read again"),
    "quiet": Told("nothing new for improbably long", "has something new again"),
    "listing_hides": Told("the list of reports is not complete", "the list of reports is complete again"),
    "quarantined": Told("an implausible change is held back", "what was held back is settled"),
}


def name(source: str) -> str:
    """A source's printable name; a page that a person configured has its own, and so has a channel."""
    return upper_first(one_line(title(source), 80))


def headline(event: Event) -> str:
    """ "Ofsted's reports: 12 pages cannot be read", "Ofsted's reports (Devon): …" where one page is concerned."""
    if _of_channel(event):
        return upper_first(one_line(event.title, 120))
    told = TROUBLES[_trouble(event)]
    whose = f" ({one_line(event.council, 60)})" if event.council else ""
    pages = _pages(event.after_as(SourcePayload))
    some = f"{count(pages, 'page')} " if pages > 1 and _trouble(event) == "broken" else ""
    return f"{name(event.source)}{whose}: {some}{told.ended if event.kind == 'source.recovered' else told.begun}"


def receipt(event: Event) -> CardText:
    """The weekly receipt: everything was looked at, and there was nothing to tell."""
    return CardText(what=f"Weekly receipt: {one_line(event.title, 300)}", read_on="Open the page")


def words(event: Event) -> CardText:
    """What a source's failing, recovery or quarantine is to a reader."""
    said = whole(f"{reason(event)}.", 120) if event.kind != "source.recovered" and reason(event) else ""
    return CardText(what=headline(event), gist=said.rstrip("."), notes=notes(event), read_on="Open the page")


def notes(event: Event) -> list[str]:
    """Since when, how much, why, and what happens next, a sentence each."""
    if event.kind == "source.recovered":
        return _ended(event)
    if _of_channel(event):
        kept = "Its messages are kept: ofsted-watch deliver --retry sends them when it is mended."
        return [f"{reason(event) or 'Why is not known'}.", kept]
    told = {"broken": _broken, "quiet": _quiet, "listing_hides": _listing, "quarantined": _held}
    return told[_trouble(event)](event)


def reason(event: Event) -> str:
    """The cause in the program's own words, without its full stop."""
    return one_line(event.after_as(SourcePayload).reason, 300).rstrip(".")


def _trouble(event: Event) -> str:
    return "quarantined" if event.kind == "source.quarantined" else event.after_as(SourcePayload).trouble


def _of_channel(event: Event) -> bool:
    """Whether it is one of our own ways out that fails, and no source."""
    return event.source.startswith(CHANNEL)


def _since(event: Event) -> str:
    return moment(event.after_as(SourcePayload).since or event.at)


def _pages(known: SourcePayload) -> int:
    """How many pages are concerned."""
    return known.targets or (known.target or "").count(",") + 1


def _broken(event: Event) -> list[str]:
    pages = _pages(event.after_as(SourcePayload))
    cause = f": {reason(event)}" if reason(event) else ""
    return [
        f"Since {_since(event)}, {count(pages, 'page') if pages > 1 else 'it'} could not be read{cause}.",
        "What is published there meanwhile is not seen. You will be told once when it works again.",
    ]


def _quiet(event: Event) -> list[str]:
    return [
        f"{upper_first(reason(event))}.",
        "It can be read and looks sound. Look at its site: it may have moved, or only be quiet. "
        "You will be told once when something new comes.",
    ]


def _listing(event: Event) -> list[str]:
    return [
        f"A look at every council's page found reports that the list leaves out: {reason(event)}.",
        "Until two such looks agree with the list, every council's page is opened in each crawl: nothing is missed.",
    ]


def _held(event: Event) -> list[str]:
    said = reason(event) or "too much changed or vanished at once"
    return [
        f"In the run of {_since(event)}: {said}.",
        "It looks like a fault of the site, so nothing of that run is believed or told. "
        "The next healthy runs, or a person, release it.",
    ]


def _ended(event: Event) -> list[str]:
    """When it ended and what was the matter; never in words that sound as if it still were."""
    known, until = event.after_as(SourcePayload), moment(event.at)
    cause = f" ({reason(event)})" if reason(event) else ""
    trouble = _trouble(event)
    if _of_channel(event):
        return [f"Messages are taken again since {until}. Those that waited are sent now."]
    if trouble == "quiet":
        return [f"Something new came by {until}. It is told as usual."]
    if trouble == "listing_hides":
        return ["Two looks at every council's page agreed with it. Only pages that it shows as newer are opened again."]
    if trouble == "quarantined":
        held = f" It was held back since {_since(event)}{cause}." if known.since else ""
        return [f"Settled on {until}.{held}", "What proved to be true is told as usual."]
    gap = f" Before, from {_since(event)} on, it could not be read{cause}." if known.since else ""
    return [f"Read again since {until}.{gap}", "What was published in between is told as usual."]
