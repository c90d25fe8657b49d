"""Records, polls, letters and events as tests want them: only what matters is said."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from monitor.model import Document, DocumentError, Event, Known, Letter, Poll, Record, payload_from_json, to_json
from monitor.model.payload import Payload
from monitor.model.payload_parts import EventDocument
from monitor.model.payloads import family
from monitor.model.state import PolledTarget, Remembered, State

NOON = datetime(2024, 5, 15, 12, tzinfo=UTC)
SHA_A, SHA_B = "a" * 64, "b" * 64


def document(sha256: str = SHA_A) -> Document:
    return Document(sha256, 1000, "application/pdf")


def record(key: str = "1", target: str = "80461", **more: Any) -> Record:
    given = {
        "kind": "report",
        "url": f"https://files.example/{key}",
        "title": "Children's services inspection",
        "published": "2024-05-15",
        "fields": {"report_type": "inspection"},
        "document": document(),
        **more,
    }
    return Record("ofsted", target, key=key, **given)


def remembered(record: Record, state: State = "listed") -> Remembered:
    """What the store tells the next crawl of a record."""
    document = Known(**to_json(record.document)) if record.document else None
    return Remembered(
        state, record.published, document, record.document_error is not None and record.document_error.gone
    )


def gone(reason: str = "Report not found") -> DocumentError:
    return DocumentError("missing", reason, gone=True)


def poll(target: str = "80461", outcome: str = "ok", at: datetime = NOON, **more: Any) -> Poll:
    given = {"complete": outcome == "ok", "requests": 1, **more}
    return Poll("run-1", "ofsted", target, at.isoformat(), at.isoformat(), outcome, **given)  # type: ignore[arg-type]


def closed(target: str, *records: Record, outcome: str = "ok", **more: Any) -> PolledTarget:
    return PolledTarget(poll(target, outcome, **more), records)


def letter(kind: str = "ilacs", sha256: str = SHA_A, **more: Any) -> Letter:
    return Letter(kind, sha256, 12, **more)


def event(id_: str = "e1", kind: str = "report.published", **more: Any) -> Event:
    given = {
        "at": NOON.isoformat(),
        "severity": "notice",
        "source": "ofsted",
        "title": "Children's services inspection",
        "council": "Devon",
        "urn": "80461",
        "url": "https://files.example/1",
        "published": "2024-05-15",
        **more,
    }
    return Event(id=id_, kind=kind, **typed(kind, given))


def typed(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Parts of an event, those that are JSON objects as payloads of the kind's family."""
    classes: dict[str, type[Payload]] = {"before": family(kind), "after": family(kind), "document": EventDocument}
    made: dict[str, Any] = {
        n: payload_from_json(cls, given[n]) for n, cls in classes.items() if isinstance(given.get(n), dict)
    }
    return {**given, **made}


def outward(payload: Payload | None) -> dict[str, Any]:
    """A payload as the outside reads it; empty where there is none."""
    return to_json(payload) or {}
