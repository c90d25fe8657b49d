"""What is new about one target, given what is known of it and what was seen now. Pure.

Three rules carry it. What was seen is evidence, whatever became of the rest of the crawl. What was
not seen is evidence only in a healthy, complete poll, and only the second time, hours later. And a
thing is the same thing as long as the site calls it by the same key: order, titles and addresses
may change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from monitor.model import Poll, Record

State = Literal["listed", "pending", "missing", "gone"]
Verb = Literal[
    "baseline",  # seen on a target's first healthy poll: nobody is told
    "published",  # a new publication
    "held",  # new, but its document could not be had yet
    "replaced",  # another document behind the same key
    "completed",  # announced without its document, which has come now
    "filled",  # known from the baseline without its document, which has come now
    "changed",  # what is news of its kind reads differently now: a meeting called off, a page rewritten
    "corrected",  # the site describes the same thing differently
    "reworded",  # only its text reads differently, as after a better extraction
    "missing",  # absent for the first time: remembered, not believed
    "withdrawn",  # absent again, hours later
    "superseded",  # its place was taken by a newer one, as in a list of latest reports
    "returned",  # absent before, back again
]
Key = tuple[str, str]

ABSENCE = timedelta(hours=3)
"""Absence is believed after two complete polls at least this far apart."""
PATIENCE = timedelta(hours=6)
"""How long a new report waits for its document before it is announced without."""
TELLING: Mapping[str, tuple[str, ...]] = {"item": ("status",), "page": ("text",), "publication": ("updated",)}
"""The fields of a kind of record whose change is news. Any other field that changes is a correction."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as the store has it. `versions` counts its documents; `announced`: people were told."""

    record: Record
    state: State
    first_seen: str
    missing_since: str | None = None
    announced: bool = False
    versions: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to one record: how it was, how it is now."""

    verb: Verb
    before: Stored | None
    after: Stored


def key_of(record: Record) -> Key:
    """What names a record within its target."""
    return record.kind, record.key


def compare(
    poll: Poll, seen: Iterable[Record], known: Mapping[Key, Stored], now: datetime, *, baselined: bool
) -> list[Step]:
    """The steps from `known` to what a poll saw. A target that was never `baselined` tells nothing."""
    records = {key_of(r): r for r in seen}
    steps = [
        step for key, record in records.items() if (step := _seen(record, known.get(key), now, baselined)) is not None
    ]
    if poll.outcome == "ok" and poll.complete:
        steps += _absences([s for k, s in known.items() if k not in records], steps, now)
    return steps


def _seen(record: Record, old: Stored | None, now: datetime, baselined: bool) -> Step | None:
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
    return Step(verb, old, listed) if verb else None


def _merged(record: Record, old: Record) -> Record:
    """What is seen now, with what only a closer look had found: a document, the page's text, the facts in it."""
    text = old.text if record.text is None else record.text
    kept = old.facts if text == old.text else record.facts
    return replace(record, document=record.document or old.document, text=text, facts=kept)


def _first_sight(record: Record, now: datetime, baselined: bool) -> Step:
    at = now.isoformat()
    if not baselined:
        return Step("baseline", None, Stored(record, "listed", at))
    if record.document_error:
        return Step("held", None, Stored(record, "pending", at))
    return Step("published", None, Stored(record, "listed", at, announced=True))


def _still_waiting(record: Record, old: Stored, now: datetime) -> Step | None:
    if record.document_error and now - datetime.fromisoformat(old.first_seen) < PATIENCE:
        return None
    return Step("published", old, replace(old, record=record, state="listed", announced=True))


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
    if any(record.fields.get(name) != old.record.fields.get(name) for name in TELLING.get(record.kind, ())):
        return "changed"
    # Validators and the reason for a missing document are kept too, but they are not the publication.
    return "reworded" if record == replace(old.record, text=record.text, facts=record.facts) else "corrected"


def _sha(record: Record) -> str | None:
    return record.document.sha256 if record.document else None


def _absences(absent: Iterable[Stored], steps: list[Step], now: datetime) -> list[Step]:
    newcomers = [s.after.record for s in steps if s.verb == "published"]
    return [step for s in absent if (step := _absent(s, newcomers, now)) is not None]


def _absent(old: Stored, newcomers: list[Record], now: datetime) -> Step | None:
    if old.state == "gone":
        return None
    successor = next((n for n in newcomers if _supersedes(n, old.record)), None)
    if successor is not None:
        newcomers.remove(successor)
        return Step("superseded", old, replace(old, state="gone"))
    if old.missing_since is None:
        return Step("missing", old, replace(old, state="missing", missing_since=now.isoformat()))
    if now - datetime.fromisoformat(old.missing_since) < ABSENCE:
        return None
    return Step("withdrawn", old, replace(old, state="gone"))


def _supersedes(new: Record, old: Record) -> bool:
    return new.kind == old.kind and (new.published or "") >= (old.published or "")
