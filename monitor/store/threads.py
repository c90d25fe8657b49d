"""Earlier messages in the same place: the one that opened a story there, and the one that told an event.

The other side's names for messages (Slack's `ts`) are valid in one place only. A channel that was pointed elsewhere
starts without any.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from monitor.channels.digests import severity_of
from monitor.model import SEVERITIES, Event, Severity, Thread, event_from_json
from monitor.model.delivery import Route
from monitor.model.event import story_of
from monitor.model.payloads import ReportPayload
from monitor.store.database import Store

CORRECTING = ("report.replaced", "report.withdrawn", "report.returned")
"""What makes an earlier message wrong, and not just older."""


def thread(store: Store, route: Route, place: str, events: Sequence[Event], loud_from: Severity) -> Thread | None:
    """Where a message belongs; None where it stands by itself. One of several stories opens and joins none."""
    one = story_of(events)
    root = _root(store, route, place, one) if one else None
    corrected, told = _corrected(store, route, place, events)
    if root is None and corrected is None:
        return None
    return Thread(root, severity_of(events) >= SEVERITIES.index(loud_from), corrected, told)


def _root(store: Store, route: Route, place: str, story: str) -> str | None:
    sql = """SELECT remote FROM posts WHERE story = ? AND channel = ? AND recipient = ? AND place = ?
             ORDER BY seq LIMIT 1"""
    return next((str(r["remote"]) for r in store.rows(sql, story, *route, place)), None)


def _corrected(store: Store, route: Route, place: str, events: Sequence[Event]) -> tuple[str | None, tuple[Event, ...]]:
    """The message that one of these events makes wrong, with all that it told. A message of several stories
    corrects none: it has no single place."""
    first = next((e for e in events if e.kind in CORRECTING), None)
    if first is None or len({(e.urn, e.story) for e in events}) > 1:
        return None, ()
    key = first.after_as(ReportPayload).key
    for post in store.rows(_EARLIER, *route, place, first.id, first.source, first.urn, key):
        told = store.rows(_TOLD, post["message"])
        return post["remote"], tuple(event_from_json(json.loads(r["body"])) for r in told)
    return None, ()


_EARLIER = """SELECT p.message, p.remote FROM events e
              JOIN deliveries d ON d.event = e.id JOIN posts p ON p.message = d.message
              WHERE d.channel = ?1 AND d.recipient = ?2 AND p.place = ?3
                AND e.seq < (SELECT seq FROM events WHERE id = ?4) AND e.urn IS ?6 AND e.kind GLOB 'report.*'
                AND json_extract(e.body, '$.source') = ?5 AND json_extract(e.body, '$.after.key') = ?7
              ORDER BY e.seq DESC LIMIT 1"""
_TOLD = """SELECT e.body FROM deliveries d JOIN events e ON e.id = d.event WHERE d.message = ? ORDER BY d.id"""
