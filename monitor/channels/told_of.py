"""What a channel gets, in one sentence that a reader understands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.channels.rules import Channel, takes
from monitor.councils.council import Council
from monitor.model import EVENT_KINDS
from monitor.query import Query
from monitor.times.spec import When, parse_when
from monitor.wording.text import joined

MAX_NAMES = 20
"""Councils named in a sentence; of more, how many."""
FEW = 3
"""Where no more councils are watched, "all of them" is said by their names."""
OUTAGES = "outages of the sources"
KINDS = {
    "Ofsted's reports and letters": "report.",
    "agenda items, papers and minutes of committees": "meeting.",
    "councils' news": "news.",
    "press articles": "press.",
    "GOV.UK's publications": "govuk.",
    "changes of watched pages": "page.",
    OUTAGES: "source.",
}
"""What people call the families of events, by the beginning of their kinds."""
SEVERITIES = {
    "notice": " (not what is of little weight)",
    "important": " (only what is important or critical)",
    "critical": " (only what is critical)",
}
"""What a least severity leaves out."""
DAYS = {
    "mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
    "sun": "Sunday",
}  # fmt: skip


def gets(channel: Channel, councils: Sequence[Council], most: int = MAX_NAMES) -> str:
    """ "everything about all 153 councils, as it happens". `councils` are those that are watched; at the `most` so many
    are named. Outages are of a source and about no council."""
    about = "" if _kinds(channel) == [OUTAGES] else f" about {whom(channel.urns, councils, most)}"
    return f"{what(channel)}{about}, {when(channel.when)}"


def what(channel: Channel) -> str:
    """What a channel takes of a council's news."""
    kinds = _kinds(channel)
    told = "everything" if len(kinds) == len(KINDS) else joined(kinds, len(KINDS))
    moved = " (of reports only those that move a judgement)" if channel.only_changed_judgements else ""
    said = f" that says {' or '.join(map(in_quotes, channel.words))}" if channel.words else ""
    return told + said + SEVERITIES.get(channel.min_severity, "") + moved


def in_quotes(query: Query) -> str:
    """What somebody looks for, as it was written: “agency”; a phrase has quotation marks of its own."""
    return query.text if {*query.text} & {*'"“”„'} else f"“{query.text}”"


def whom(urns: Iterable[str] | None, councils: Sequence[Council], most: int = MAX_NAMES) -> str:
    """The councils that are meant, by name, or how many they are."""
    if urns is None and len(councils) > FEW:
        return f"all {len(councils)} councils"
    wanted = {c.ofsted_urn for c in councils} if urns is None else set(urns)
    names = sorted(c.name for c in councils if c.ofsted_urn in wanted)
    return joined(names, most, "other council") or "no council"


def when(text: str) -> str:
    """ "as it happens", "each day at 08:00", "each Monday at 08:00"."""
    return at(parse_when(text))


def at(plan: When) -> str:
    """The same of a plan that is read already."""
    if plan.every == "now":
        return "as it happens"
    day = DAYS[plan.weekday] if plan.weekday else "day"
    return f"each {day} at {plan.hour:02}:{plan.minute:02}"


def _kinds(channel: Channel) -> list[str]:
    """The families of which it takes something."""
    taken = [kind for kind in EVENT_KINDS if takes(channel, kind)]
    return [name for name, family in KINDS.items() if any(kind.startswith(family) for kind in taken)]
