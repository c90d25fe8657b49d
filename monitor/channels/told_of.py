"""What a channel gets, in one sentence that a reader understands. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from monitor.channels.rules import Channel
from monitor.councils.council import Council
from monitor.model import EVENT_KINDS
from monitor.times.spec import When, parse_when
from monitor.wording.text import joined

MAX_NAMES = 20
"""Councils named in a sentence; of more, how many."""
KINDS = {
    "Ofsted's reports and letters": "report.",
    "agenda items, papers and minutes of committees": "meeting.",
    "councils' news": "news.",
    "press articles": "press.",
    "GOV.UK's publications": "govuk.",
    "changes of watched pages": "page.",
    "outages of the sources": "source.",
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
    are named."""
    return f"{what(channel)} about {whom(channel.urns, councils, most)}, {when(channel.when)}"


def what(channel: Channel) -> str:
    """What a channel takes of a council's news."""
    kinds = [name for name, family in KINDS.items() if _takes(channel.kinds, family)]
    told = "everything" if len(kinds) == len(KINDS) else joined(kinds, len(KINDS))
    moved = " (of reports only those that move a judgement)" if channel.only_changed_judgements else ""
    said = f" that says {' or '.join(query.text for query in channel.words)}" if channel.words else ""
    return told + said + SEVERITIES.get(channel.min_severity, "") + moved


def whom(urns: Iterable[str] | None, councils: Sequence[Council], most: int = MAX_NAMES) -> str:
    """The councils that are meant, by name, or how many they are."""
    if urns is None:
        return f"all {len(councils)} councils" if len(councils) > 1 else "".join(c.name for c in councils) or "nobody"
    wanted = set(urns)
    names = sorted(c.name for c in councils if c.ofsted_urn in wanted)
    return joined(names, most, "other council") or "no council"


def when(text: str) -> str:
    """ "as it happens", "each day at 08:00", "each Monday at 08:00"."""
    plan: When = parse_when(text)
    if plan.every == "now":
        return "as it happens"
    day = DAYS[plan.weekday] if plan.weekday else "day"
    return f"each {day} at {plan.hour:02}:{plan.minute:02}"


def _takes(patterns: Sequence[str], family: str) -> bool:
    """Whether any pattern lets something of a family through."""
    kinds = [kind for kind in EVENT_KINDS if kind.startswith(family)]
    return not patterns or any(fnmatchcase(kind, pattern) for kind in kinds for pattern in patterns)
