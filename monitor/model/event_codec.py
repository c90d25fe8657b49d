"""The JSON form of events."""

from __future__ import annotations

from typing import Any

from monitor.model.codec import build, facts_of
from monitor.model.event import Change, Event
from monitor.model.letter import Quote
from monitor.model.payload import Payload
from monitor.model.payload_codec import payload_from_json
from monitor.model.payload_parts import EventDocument
from monitor.model.payloads import family


def event_from_json(raw: dict[str, Any]) -> Event:
    """An event as `to_json` wrote it. Raises ValueError that names what is wrong with it."""
    parts = dict(raw)
    parts["changes"] = tuple(build(Change, c) for c in raw.get("changes", ()))
    parts["summary"] = tuple(build(Quote, q) for q in raw.get("summary", ()))
    parts["facts"] = facts_of(raw)
    of = family(str(raw.get("kind")))
    for name, cls in (("before", of), ("after", of), ("document", EventDocument)):
        parts[name] = _payload(cls, raw.get(name))
    return build(Event, parts)


def _payload(cls: type[Payload], raw: Any) -> Payload | None:
    try:
        return None if raw is None else payload_from_json(cls, raw)
    except TypeError as error:
        raise ValueError(f"event: {error}") from error
