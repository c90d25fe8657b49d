"""Runs that change too much at once. Pure.

A parser that was repaired once changed the grades of 66 councils over night, under the same links;
a page cap once made 37 councils vanish. Such a run is held whole and said so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from monitor.model import KINDS, Record
from monitor.model.state import ChangeType, Key, RecordChange, Stored, key_of
from monitor.model.trouble import Quarantine

CONFIRMATIONS = 2
"""Further runs that must claim the same before it is believed."""
LIMITS: Mapping[ChangeType, tuple[int, float, str]] = {
    "corrected": (10, 0.10, "changed under the same id"),
    "missing": (5, 0.03, "vanished"),
    "withdrawn": (5, 0.03, "vanished"),
    "replaced": (10, 0.03, "had their document replaced"),
    "changed": (10, 0.10, "changed under the same id"),
    "published": (50, 0.10, "appeared"),
}
"""How many changes of a kind, and what share of the known records, are too many for one run, and what is said of them.
Ofsted's busiest morning since 2018 had ten reports; a list that loses five at once is a list that broke."""
ABSENCES = ("missing", "withdrawn")
MIN_MOVED, MOVED_SHARE = 2, 0.8
"""How many entries of a list, and what share of it, are the old list, where they are new under known titles."""


def moved(seen: Sequence[Record], known: Mapping[Key, Stored]) -> frozenset[Key]:
    """The entries of a list that is new as a whole, under titles of entries that have gone: the same list at other
    addresses, perhaps at others with each request. None of a list that kept some of its entries."""
    shown = [record for record in seen if KINDS[record.kind].whole_list]
    keys = set(map(key_of, shown))
    new = [record for record in shown if key_of(record) not in known]
    gone = {s.record.title for key, s in known.items() if key not in keys and KINDS[s.record.kind].whole_list}
    found = [record for record in new if record.title in gone]
    if len(new) < MOVED_SHARE * len(shown) or len(found) < max(MIN_MOVED, len(new) / 2):
        return frozenset()
    return frozenset(map(key_of, found))


def too_much(changes: Sequence[RecordChange], known: int) -> str | None:
    """What a run changes too much of at once, in words; None where it is believable."""
    counts = Counter(change.type for change in changes)
    for type_, (least, share, said) in LIMITS.items():
        if counts[type_] >= max(least, share * known):
            return f"{counts[type_]} records {said} at once (of {known} known)"
    return None


def judge(
    changes: Sequence[RecordChange], known: int, held: Quarantine | None, now: str, moved: Collection[Key] = ()
) -> Quarantine | None:
    """The quarantine that a source is in after this run, or None where it is in none. `moved` are entries that have
    new addresses under known titles.

    The same claim in `CONFIRMATIONS` further runs is believed and ends it; mass disappearance is not,
    for a page that broke stays broken (see `is_believed`).
    """
    reason = too_much(changes, known)
    if reason is None and moved:
        reason = f"{len(moved)} entries appeared at once under titles that were known at other addresses"
    if reason is None:
        return None
    claim = fingerprint(changes, moved)
    if held is None or held.fingerprint != claim:
        return Quarantine(held.since if held else now, reason, claim)
    again = replace(held, confirmations=held.confirmations + 1)
    vanished = any(change.type in ABSENCES for change in changes)
    return None if again.confirmations >= CONFIRMATIONS and not vanished else again


def is_believed(change: RecordChange, quarantine: Quarantine | None) -> bool:
    """Whether a change may be acted on. Where things stay vanished, the rest goes on after the confirmations, so that
    no publication waits for a person; the absences themselves do wait."""
    if quarantine is None:
        return True
    return quarantine.confirmations >= CONFIRMATIONS and change.type not in ABSENCES


def fingerprint(changes: Iterable[RecordChange], moved: Collection[Key] = ()) -> str:
    """What a run claims of the things that were known before it, whatever else is new in it."""
    claims = sorted(
        f"{s.after.record.target}|{s.after.record.key}|{s.type}|{sorted(s.after.record.fields.items())}"
        for s in changes
        if s.type in ("corrected", "replaced", *ABSENCES)
    )
    claims += sorted(f"{kind}|{key}" for kind, key in moved)
    return sha256("\n".join(claims).encode()).hexdigest()[:16]


def silently(change: RecordChange) -> RecordChange:
    """An entry at a new address, once that is certain: kept, and told to nobody."""
    return RecordChange("baseline", None, replace(change.after, announced=False))
