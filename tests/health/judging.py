"""The health of a whole run, in one call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from monitor.health.judge import UNREACHED, broken_targets, overall
from monitor.model.reach import Shows
from monitor.model.state import KnownTarget, PolledTarget
from monitor.model.trouble import Health, Reason


def judge(
    closed: Sequence[PolledTarget],
    before: Mapping[str, KnownTarget],
    expected: Iterable[str] = (),
    unreached: Reason = UNREACHED,
    *,
    shows: Shows = Shows.EVERYTHING,
) -> Health:
    """`expected` are the targets that the run was to close."""
    found = broken_targets(closed, before)
    found |= {target: unreached for target in expected if target not in {c.poll.target for c in closed}}
    opened = sum(c.poll.outcome != "unchanged" for c in closed)
    return overall(found, opened, len({c.poll.target for c in closed} | set(found)), shows)
