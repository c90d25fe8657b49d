"""What a source's failure, recovery or quarantine means to a reader, in plain words. Pure."""

from __future__ import annotations

from typing import Any

from monitor.model import Event
from monitor.model.sources import title
from monitor.wording.card import CardText
from monitor.wording.dates import moment
from monitor.wording.text import count, cut, one_line

STATES = {
    "source.failing": "cannot be read",
    "source.recovered": "can be read again",
    "source.quarantined": "an implausible change is held back",
}


LISTING = {
    "source.failing": "the listing does not show every report",
    "source.recovered": "the listing shows every report again",
}
"""Nothing goes unseen then: every page is opened instead."""


QUIET = {
    "source.failing": "nothing new for improbably long",
    "source.recovered": "has something new again",
}
"""It answers and reads well; whether it is left behind or only quiet, a person has to look."""


def name(source: str) -> str:
    """A source's printable name; a page that a person configured has its own."""
    return one_line(title(source), 80)


def headline(event: Event) -> str:
    """ "Ofsted's reports: cannot be read", with the council where only one is concerned."""
    if _of_channel(event):
        return one_line(event.title, 160)
    who = f"{one_line(event.council, 80)}, {name(event.source)}" if event.council else name(event.source)
    states = LISTING if _hides(event) else QUIET if _is_quiet(event) else STATES
    several = str((event.after or {}).get("target") or "").count(",")
    some = f"{several + 1} pages " if several else ""
    return f"{who}: {some}{states.get(event.kind, STATES[event.kind])}"


def receipt(event: Event) -> CardText:
    """The weekly receipt: everything was looked at, and there was nothing to tell."""
    return CardText(what=f"Weekly receipt: {one_line(event.title, 300)}", read_on="Open the page")


def words(event: Event) -> CardText:
    """What a source's failing, recovery or quarantine is to a reader."""
    said = cut(reason(event.after or {}), 90)
    return CardText(what=headline(event), gist=said, notes=notes(event), read_on="Open the page")


def notes(event: Event) -> list[str]:
    """Since when, how much, why, and what happens next, a sentence each."""
    facts = event.after or {}
    if _of_channel(event):
        return [
            f"{reason(facts)}.",
            "Its messages are kept: ofsted-watch deliver --retry sends them when it is mended.",
        ]
    if _hides(event):
        return _listing(event, facts)
    if _is_quiet(event):
        return _quiet(event, facts)
    told = {"source.failing": _failing, "source.recovered": _recovered, "source.quarantined": _quarantined}
    return told[event.kind](facts, since=moment(facts.get("since") or event.at), until=moment(event.at))


def reason(facts: dict[str, Any]) -> str:
    """The cause in the program's own words, without its full stop."""
    return one_line(facts.get("reason"), 300).rstrip(".")


def _of_channel(event: Event) -> bool:
    """Whether it is one of our own ways out that fails, and no source."""
    return event.source.startswith("channel ") and event.kind == "source.failing"


def _hides(event: Event) -> bool:
    """Whether it is about a listing that leaves reports out, and not about something that cannot be read."""
    facts = event.after or {}
    about = facts.get("target") == "search" and "the listing hides" in str(facts.get("reason"))
    return about and event.kind in LISTING


def _is_quiet(event: Event) -> bool:
    """Whether it is about a source that can be read but says nothing new."""
    return (event.after or {}).get("state") == "quiet"


def _quiet(event: Event, facts: dict[str, Any]) -> list[str]:
    if event.kind == "source.recovered":
        return ["It is told as usual."]
    said = reason(facts)
    return [
        f"{said[:1].upper()}{said[1:]}.",
        "It can be read and looks sound. Look at its site: it may have moved, or only be quiet. "
        "You will be told once when something new comes.",
    ]


def _listing(event: Event, facts: dict[str, Any]) -> list[str]:
    if event.kind == "source.recovered":
        return ["Two full sweeps agreed with it. From now on only the pages that it shows as newer are opened."]
    return [
        f"A full sweep found what it left out: {reason(facts)}.",
        "Until two sweeps agree with it again every council's page is opened in each crawl, so nothing is missed.",
    ]


def _failing(facts: dict[str, Any], since: str, until: str) -> list[str]:  # noqa: ARG001
    cause = f": {reason(facts)}" if reason(facts) else ""
    return [
        f"Since {since}, {_reach(facts)} could not be read{cause}.",
        "What is published there meanwhile is not seen. You will be told once when it works again.",
    ]


def _recovered(facts: dict[str, Any], since: str, until: str) -> list[str]:
    gap = f", after failing since {since}" if facts.get("since") else ""
    cause = f" ({reason(facts)})" if reason(facts) else ""
    return [f"Read again on {until}{gap}{cause}.", "What was published in between is told as usual."]


def _quarantined(facts: dict[str, Any], since: str, until: str) -> list[str]:  # noqa: ARG001
    said = reason(facts) or "too much changed or vanished at once"
    return [
        f"In the run of {since}: {said}.",
        "It looks like a fault of the site, so nothing of that run is believed or told. "
        "The next healthy runs, or a person, release it.",
    ]


def _reach(facts: dict[str, Any]) -> str:
    targets = facts.get("targets")
    if not isinstance(targets, int) or isinstance(targets, bool) or targets < 1:
        return "it"
    return count(targets, "page")
