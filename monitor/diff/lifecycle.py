"""What becomes of a record: where it stands, what a look sees of it, and what follows. Pure.

This is the one table of it. docs/records.md shows the same table to people, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

from monitor.model.state import ChangeType, Stored

Standing = Literal["first look", "unknown", "waiting", "listed", "missing", "withdrawn", "superseded"]
"""Where a record stands before a look. `first look`: its target was never seen, so all that is there is the baseline;
`unknown`: its target is known and the record is not; `waiting`: found without its document, and nobody is told yet;
`missing`: absent once; `withdrawn`: absent twice, and told; `superseded`: a newer record took its place."""

Sight = Literal[
    "shown",
    "shown without document",
    "shown without document for too long",
    "as before",
    "described otherwise",
    "worded otherwise",
    "with other news",
    "with another document",
    "with its first document, told before",
    "with its first document, not told before",
    "absent",
    "absent again, hours later",
    "absent, and a newer one came",
]
"""What one look sees of a record. Only a healthy and complete look sees an absence."""


@dataclass(frozen=True, slots=True)
class Transition:
    """What follows where a record that stands `before` is seen in this way: `changes` in order, and where it stands
    `after`. No change means that nothing is written."""

    before: tuple[Standing, ...]
    sight: tuple[Sight, ...]
    changes: tuple[ChangeType, ...]
    after: Standing


_NO_NEWS: tuple[Sight, ...] = ("as before", "described otherwise", "worded otherwise")
_ABSENT: tuple[Sight, ...] = ("absent", "absent again, hours later", "absent, and a newer one came")
_ASIDE: tuple[Standing, ...] = ("missing", "superseded")
_HERE: tuple[Standing, ...] = ("listed", *_ASIDE)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(("first look",), ("shown", "shown without document"), ("baseline",), "listed"),
    Transition(("unknown", "waiting"), ("shown",), ("published",), "listed"),
    Transition(("unknown",), ("shown without document",), ("held",), "waiting"),
    Transition(("waiting",), ("shown without document for too long",), ("published",), "listed"),
    Transition(("waiting",), ("shown without document", *_ABSENT), (), "waiting"),
    Transition(("listed",), ("as before",), (), "listed"),
    Transition(("listed",), ("described otherwise",), ("corrected",), "listed"),
    Transition(("listed",), ("worded otherwise",), ("reworded",), "listed"),
    Transition(_ASIDE, _NO_NEWS, ("reappeared",), "listed"),
    Transition(_HERE, ("with other news",), ("changed",), "listed"),
    Transition(_HERE, ("with another document",), ("replaced",), "listed"),
    Transition(_HERE, ("with its first document, told before",), ("completed",), "listed"),
    Transition(_HERE, ("with its first document, not told before",), ("filled",), "listed"),
    Transition(("listed",), ("absent",), ("missing",), "missing"),
    Transition(("listed", "missing"), ("absent, and a newer one came",), ("superseded",), "superseded"),
    Transition(("missing",), ("absent",), (), "missing"),
    Transition(("missing",), ("absent again, hours later",), ("withdrawn",), "withdrawn"),
    Transition(("withdrawn",), _NO_NEWS, ("returned",), "listed"),
    Transition(("withdrawn",), ("with other news",), ("returned", "changed"), "listed"),
    Transition(("withdrawn",), ("with another document",), ("returned", "replaced"), "listed"),
    Transition(("withdrawn",), ("with its first document, told before",), ("returned", "completed"), "listed"),
    Transition(("withdrawn",), ("with its first document, not told before",), ("returned", "filled"), "listed"),
    Transition(("withdrawn",), _ABSENT, (), "withdrawn"),
    Transition(("superseded",), _ABSENT, (), "superseded"),
)

TOLD: Mapping[ChangeType, str] = {
    "published": "published",
    "replaced": "replaced",
    "completed": "replaced",
    "withdrawn": "withdrawn",
    "returned": "returned",
}
"""The changes of a report that people are told of, and the last word of the event's kind. All others are the store's
own bookkeeping: a baseline, a corrected title, an absence that is not believed yet."""

ANEW: tuple[ChangeType, ...] = ("replaced", "completed", "changed", "returned")
"""The changes after which the next event about the same key is another happening, with another id."""

_NEXT = {(standing, sight): t for t in TRANSITIONS for standing, sight in product(t.before, t.sight)}


def following(standing: Standing, sight: Sight) -> Transition:
    """What follows. Raises KeyError for what no look can see of such a record."""
    return _NEXT[standing, sight]


def standing(old: Stored | None, *, baselined: bool) -> Standing:
    """Where a record stands, as the store has it. A superseded record is `gone` without a first absence."""
    if old is None:
        return "unknown" if baselined else "first look"
    if old.state == "gone":
        return "withdrawn" if old.missing_since else "superseded"
    return "waiting" if old.state == "pending" else old.state
