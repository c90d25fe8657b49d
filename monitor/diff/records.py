"""What is new about one target, given what is known of it and what was seen now. Pure.

Three rules carry it. What was seen is evidence, whatever became of the rest of the crawl. What was
not seen is evidence only in a healthy, complete poll, and only the second time, hours later. And a
thing is the same thing as long as the site calls it by the same key: order, titles and addresses
may change. What follows from what is seen stands in one table, in `lifecycle`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from monitor.diff.lifecycle import ANEW, Sight, Standing, following, standing
from monitor.model import KINDS, Poll, Record
from monitor.model.characters import harmless
from monitor.model.state import ChangeType, Key, RecordChange, State, Stored, key_of

ABSENCE = timedelta(hours=3)
"""Absence is believed after two complete polls at least this far apart."""
MISSING_DOCUMENT_PATIENCE = timedelta(hours=6)
"""How long a new report waits for its document before it is announced without."""
KEPT_AS: Mapping[Standing, State] = {
    "waiting": "pending",
    "listed": "listed",
    "missing": "missing",
    "withdrawn": "gone",
    "superseded": "gone",
}


def compare(
    poll: Poll, seen: Iterable[Record], known: Mapping[Key, Stored], now: datetime, *, baselined: bool
) -> list[RecordChange]:
    """The changes from `known` to what a poll saw. A target that was never `baselined` tells nothing."""
    records = {key_of(r): r for r in seen}
    changes = [
        change
        for key, record in records.items()
        for change in _followed(known.get(key), record, _seen(record, known.get(key), now), now, baselined=baselined)
    ]
    if poll.outcome == "ok" and poll.complete:
        newcomers = [c.after.record for c in changes if c.type == "published"]
        for old in [s for k, s in known.items() if k not in records]:
            changes += _followed(old, old.record, _absent(old, newcomers, now), now)
    return changes


def _followed(
    old: Stored | None, record: Record, sight: Sight, now: datetime, *, baselined: bool = True
) -> Iterator[RecordChange]:
    """The changes that the table gives for what is seen. Of two the last one brings what is new of the record."""
    next_ = following(standing(old, baselined=baselined), sight)
    before = old
    for n, type_ in enumerate(next_.changes, start=1):
        shown = record if n == len(next_.changes) or before is None else before.record
        after = _kept(before, shown, type_, next_.after, now)
        yield RecordChange(type_, before, after)
        before = after


def _kept(old: Stored | None, record: Record, type_: ChangeType, stands: Standing, now: datetime) -> Stored:
    since = now.isoformat() if type_ == "missing" else old.missing_since if old and type_ == "withdrawn" else None
    return Stored(
        _merged(record, old.record) if old else record,
        KEPT_AS[stands],
        old.first_seen if old else now.isoformat(),
        missing_since=since,
        announced=type_ == "published" or (old is not None and old.announced),
        versions=(old.versions if old else 1) + (type_ in ANEW),
    )


def _merged(record: Record, old: Record) -> Record:
    """What is seen now, with what only a closer look had found: a document, the page's text, the facts in it."""
    text = old.text if record.text is None else record.text
    kept = old.facts if text == old.text else record.facts
    return replace(record, document=record.document or old.document, text=text, facts=kept, dated_by=old.dated_by)


def _seen(record: Record, old: Stored | None, now: datetime) -> Sight:
    if old is not None and old.state != "pending":
        return _beside(_merged(record, old.record), old)
    if not record.document_error:
        return "shown"
    waited = now - datetime.fromisoformat(old.first_seen) if old else timedelta(0)
    return "shown without document" if waited < MISSING_DOCUMENT_PATIENCE else "shown without document for too long"


def _beside(record: Record, old: Stored) -> Sight:
    """What a record shows beside what is known of it."""
    if record.sha256 != old.record.sha256:
        if old.record.sha256:
            return "with another document"
        return "with its first document, told before" if old.announced else "with its first document, not told before"
    if record == old.record:
        return "as before"
    if _has_other_news(record, old.record):
        return "with other news"
    # Validators and the reason for a missing document are kept too, but they are not the publication.
    same = record == replace(
        old.record, text=record.text, facts=record.facts, fields=_with_new_names(old.record, record)
    )
    return "worded otherwise" if same else "described otherwise"


def _has_other_news(record: Record, old: Record) -> bool:
    row, before = KINDS[record.kind], old.fields
    names = (*row.newsworthy, *(name for name in row.newsworthy_once_known if name in before))
    return any(not _same(record.fields.get(name), before.get(name)) for name in names)


def _same(now: Any, before: Any) -> bool:
    """Whether two values are the same to a reader: earlier versions kept characters that nobody sees."""
    both_words = isinstance(now, str) and isinstance(before, str)
    return now == before or (both_words and harmless(now) == harmless(before))


def _with_new_names(old: Record, record: Record) -> dict[str, Any]:
    """The earlier fields, with those that the first edition did not keep as they are now."""
    added = (name for name in KINDS[record.kind].newsworthy_once_known if name in record.fields)
    return {**{name: record.fields[name] for name in added}, **old.fields}


def _absent(old: Stored, newcomers: list[Record], now: datetime) -> Sight:
    """How a record is absent. A newcomer takes the place of one record."""
    successor = next((n for n in newcomers if _supersedes(n, old)), None)
    if successor is not None:
        newcomers.remove(successor)
        return "absent, and a newer one came"
    long = old.missing_since and now - datetime.fromisoformat(old.missing_since) >= ABSENCE
    return "absent again, hours later" if long else "absent"


def _supersedes(new: Record, old: Stored) -> bool:
    """Whether a newcomer takes the place of a record that stood in the list until now."""
    in_place = old.state in ("listed", "missing")
    return in_place and new.kind == old.record.kind and (new.published or "") >= (old.record.published or "")
