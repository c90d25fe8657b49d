"""Why somebody is told, in words: whom a channel is told of, of what, and when."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.config.channels import AnyChannel
from monitor.config.file import Config
from monitor.times.spec import When

KINDS = {
    "report.*": "Ofsted's reports",
    "meeting.*": "committees' papers and minutes",
    "news.*": "councils' news",
    "press.*": "the press",
    "govuk.*": "GOV.UK",
    "page.*": "watched pages",
    "source.*": "outages",
}
"""What each family of events is to a reader."""
DAYS = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday", "sat": "Saturday",
        "sun": "Sunday"}  # fmt: skip
MAX_NAMES = 4


def why(config: Config, channel: AnyChannel) -> str:
    """ "the channel “directors” is told of Devon and Torbay: Ofsted's reports and GOV.UK, each day at 08:00"."""
    parts = [_what(channel.kinds), *_filters(channel), _when(channel.timing())]
    return f"the channel “{channel.name}” is told of {_whom(config, channel)}: {', '.join(parts)}"


def _whom(config: Config, channel: AnyChannel) -> str:
    told = config.told(channel)
    if len(told) > MAX_NAMES:
        return f"all {len(told)} councils" if len(told) == len(config.registry) else f"{len(told)} councils"
    return _joined([council.name for council in told])


def _what(kinds: Sequence[str]) -> str:
    families = dict.fromkeys(f"{pattern.partition('.')[0]}.*" for pattern in kinds)
    return _joined([KINDS[family] for family in families]) if set(families) <= set(KINDS) else "everything"


def _filters(channel: AnyChannel) -> list[str]:
    said = [f"only what says {' or '.join(channel.words)}"] if channel.words else []
    moved = ["only where a judgement moved"] if channel.only_changed_judgements else []
    weighs = [f"only what is {channel.min_severity} or more"] if channel.min_severity != "info" else []
    return [*said, *moved, *weighs]


def _when(plan: When) -> str:
    if plan.every == "now":
        return "at once"
    on = f"every {DAYS[plan.weekday]}" if plan.weekday else "each day"
    return f"{on} at {plan.hour:02}:{plan.minute:02}"


def _joined(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
