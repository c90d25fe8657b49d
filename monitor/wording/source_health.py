"""What a source's failure, recovery or quarantine means to a reader, in plain words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from monitor.model import Event
from monitor.model.sources import title
from monitor.model.trouble import Trouble
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
UNREADABLE = {
    "source.failing": "the program fails on something that it shows",
    "source.recovered": "everything that it shows can be understood again",
}
BY_TROUBLE: Mapping[Trouble, Mapping[str, str]] = {
    Trouble.HIDING: LISTING,
    Trouble.QUIET: QUIET,
    Trouble.UNREADABLE: UNREADABLE,
}


def name(source: str) -> str:
    """A source's printable name; a page that a person configured has its own."""
    return one_line(title(source), 80)


def headline(event: Event) -> str:
    """ "Ofsted's reports: cannot be read", with the council where only one is concerned."""
    if _trouble(event) is Trouble.CHANNEL:
        return one_line(event.title, 160)
    many = _many(event.after or {})
    who = f"{one_line(event.council, 80)}, {name(event.source)}" if event.council else name(event.source)
    state = _states(event).get(event.kind, STATES[event.kind])
    if many < 2:
        return f"{who}: {state}"
    readable = _trouble(event) is Trouble.BROKEN and event.kind != "source.quarantined"
    return f"{who}: {many} pages {state}" if readable else f"{who}: {state} ({many} pages)"


def _states(event: Event) -> Mapping[str, str]:
    """The words for the kind of trouble that it tells of."""
    return BY_TROUBLE.get(_trouble(event), STATES)


def _trouble(event: Event) -> Trouble:
    name = (event.after or {}).get("trouble")
    return next((trouble for trouble in Trouble if trouble.value == name), Trouble.BROKEN)


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
    said = {Trouble.CHANNEL: _channel, Trouble.HIDING: _listing, Trouble.QUIET: _quiet, Trouble.UNREADABLE: _unreadable}
    if make := said.get(_trouble(event)):
        return make(event, facts)
    told = {"source.failing": _failing, "source.recovered": _recovered, "source.quarantined": _quarantined}
    return told[event.kind](facts, since=moment(facts.get("since") or event.at), until=moment(event.at))


def reason(facts: dict[str, Any]) -> str:
    """The cause in the program's own words, without its full stop."""
    return one_line(facts.get("reason"), 300).rstrip(".")


def _channel(_: Event, facts: dict[str, Any]) -> list[str]:
    """One of our own channels that takes nothing."""
    return [f"{reason(facts)}.", "Its messages are kept: ofsted-watch deliver --retry sends them when it is mended."]


def _unreadable(event: Event, facts: dict[str, Any]) -> list[str]:
    """Something on which the program itself failed."""
    if event.kind == "source.recovered":
        return ["Everything on it can be understood again, and is told as usual."]
    return [
        f"Since {moment(facts.get('since') or event.at)} {reason(facts)}.",
        "What it is about is not told; everything else is. Please report it: the log has the details.",
    ]


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
    many = _many(facts)
    return count(many, "page") if many > 1 else "it"


def _many(facts: dict[str, Any]) -> int:
    """How many targets it tells of; 0 is the source as a whole."""
    targets = facts.get("targets")
    return len(targets) if isinstance(targets, list) else 0
