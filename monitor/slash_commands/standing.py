"""Whether everything can be read and sent, for somebody who asks from a channel: no paths, no codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from monitor.views.status import WELL
from monitor.wording.dates import moment
from monitor.wording.source_health import name
from monitor.wording.text import count

STATES = {
    "ok": "can be read",
    "quiet": "can be read, but nothing new has come for improbably long",
    "failing": "cannot be read",
    "blocked": "cannot be read: the site refuses this program",
    "quarantined": "changed so much at once that it is not believed yet",
    "stale": "has not been read for days",
    "never seen": "has not been read yet",
}
"""What is said of a source as a whole in each of `monitor.views.status.STATES`, but "degraded", where pages count."""
REASONS = "Whoever runs ofsted-watch can see why, with ofsted-watch status."


def lines(found: dict[str, Any]) -> Iterator[str]:
    """A line for each source, and what waits to be sent. `found` is the status."""
    yield from map(_source, found["sources"])
    if not all(source["status"] in WELL for source in found["sources"]):
        yield REASONS
    yield _messages(found["outbox"], found["given_up"])


def _source(source: dict[str, Any]) -> str:
    last = f" (last read on {moment(source['last_ok'])})" if source["last_ok"] else ""
    return f"{name(source['source'])}: {STATES.get(source['status']) or _pages(source)}{last}."


def _pages(source: dict[str, Any]) -> str:
    unread = sum(target["status"] not in WELL for target in source["targets"])
    return f"{unread} of {count(len(source['targets']), 'page')} cannot be read or believed"


def _messages(waiting: int, given_up: int) -> str:
    """ "3 messages wait to be sent. 1 message could not be sent."."""
    waits = f"{count(waiting, 'message waits', 'messages wait')} to be sent." if waiting else "No message waits."
    return f"{waits} {count(given_up, 'message')} could not be sent." if given_up else waits
