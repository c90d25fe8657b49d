"""What is new about one target, given what is known of it and what was seen now. Pure.

Three rules carry it. What was seen is evidence, whatever became of the rest of the crawl. What was
not seen is evidence only in a healthy, complete poll, and only the second time, hours later. And a
thing is the same thing as long as the site calls it by the same key: order, titles and addresses
may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.model import KINDS, Poll, Record
from monitor.model.state import Key, RecordChange, Stored, Verb, key_of

ABSENCE = timedelta(hours=3)
"""Absence is believed after two complete polls at least this far apart."""
MISSING_DOCUMENT_PATIENCE = timedelta(hours=6)
"""How long a new report waits for its document before it is announced without."""


def compare(
    poll: Poll, seen: Iterable[Record], known: Mapping[Key, Stored], now: datetime, *, baselined: bool
) -> list[RecordChange]:
    """The steps from `known` to what a poll saw. A target that was never `baselined` tells nothing."""
    records = {key_of(r): r for r in seen}
    steps = [
        step for key, record in records.items() if (step := _seen(record, known.get(key), now, baselined)) is not None
    ]
    if poll.outcome == "ok" and poll.complete:
        steps += _absences([s for k, s in known.items() if k not in records], steps, now)
    return steps


def _seen(record: Record, old: Stored | None, now: datetime, baselined: bool) -> RecordChange | None:
    if old is None:
        return _first_sight(record, now, baselined)
    if old.state == "pending":
        return _still_waiting(record, old, now)
    merged = _merged(record, old.record)
    verb = _verb(merged, old)
    listed = replace(
        old,
        record=merged,
        state="listed",
        missing_since=None,
        versions=old.versions + (verb in ("replaced", "completed", "changed")),
    )
    return RecordChange(verb, old, listed) if verb else None


def _merged(record: Record, old: Record) -> Record:
    """What is seen now, with what only a closer look had found: a document, the page's text, the facts in it."""
    text = old.text if record.text is None else record.text
    kept = old.facts if text == old.text else record.facts
    return replace(record, document=record.document or old.document, text=text, facts=kept)


def _first_sight(record: Record, now: datetime, baselined: bool) -> RecordChange:
    at = now.isoformat()
    if not baselined:
        return RecordChange("baseline", None, Stored(record, "listed", at))
    if record.document_error:
        return RecordChange("held", None, Stored(record, "pending", at))
    return RecordChange("published", None, Stored(record, "listed", at, announced=True))


def _still_waiting(record: Record, old: Stored, now: datetime) -> RecordChange | None:
    if record.document_error and now - datetime.fromisoformat(old.first_seen) < MISSING_DOCUMENT_PATIENCE:
        return None
    return RecordChange("published", old, replace(old, record=record, state="listed", announced=True))


def _verb(record: Record, old: Stored) -> Verb | None:
    new_sha, old_sha = _sha(record), _sha(old.record)
    if new_sha != old_sha:
        if old_sha:
            return "replaced"
        return "completed" if old.announced else "filled"
    if old.state != "listed":
        return "returned"
    if record == old.record:
        return None
    if any(record.fields.get(name) != old.record.fields.get(name) for name in KINDS[record.kind].newsworthy):
        return "changed"
    # Validators and the reason for a missing document are kept too, but they are not the publication.
    return "reworded" if record == replace(old.record, text=record.text, facts=record.facts) else "corrected"


def _sha(record: Record) -> str | None:
    return record.document.sha256 if record.document else None


def _absences(absent: Iterable[Stored], steps: list[RecordChange], now: datetime) -> list[RecordChange]:
    newcomers = [s.after.record for s in steps if s.verb == "published"]
    return [step for s in absent if (step := _absent(s, newcomers, now)) is not None]


def _absent(old: Stored, newcomers: list[Record], now: datetime) -> RecordChange | None:
    if old.state == "gone":
        return None
    successor = next((n for n in newcomers if _supersedes(n, old.record)), None)
    if successor is not None:
        newcomers.remove(successor)
        return RecordChange("superseded", old, replace(old, state="gone"))
    if old.missing_since is None:
        return RecordChange("missing", old, replace(old, state="missing", missing_since=now.isoformat()))
    if now - datetime.fromisoformat(old.missing_since) < ABSENCE:
        return None
    return RecordChange("withdrawn", old, replace(old, state="gone"))


def _supersedes(new: Record, old: Record) -> bool:
    return new.kind == old.kind and (new.published or "") >= (old.published or "")
