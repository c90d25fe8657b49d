"""The table of what becomes of a record: whole, true in the documents, and true on every path through it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Literal, get_args

import pytest

from monitor.diff import lifecycle
from monitor.diff.lifecycle import TRANSITIONS, Sight, Standing, Transition
from monitor.diff.records import ABSENCE, MISSING_DOCUMENT_PATIENCE, compare
from monitor.events import reports
from monitor.model import Event, Record
from monitor.model.event import Subject
from monitor.model.state import ChangeType, Key, Stored, key_of
from tests.making import NOON, SHA_A, SHA_B, document, gone, poll, record

DOCUMENTS = Path(__file__).resolve().parents[2] / "docs" / "records.md"
HEAD = ("| where it stands | what a look sees | change | told as | where it stands then |", "|---|---|---|---|---|")


def line(row: Transition) -> str:
    told = [f"`report.{word}`" for type_ in row.changes if (word := lifecycle.TOLD.get(type_))]
    cells = ("; ".join(row.before), "; ".join(row.sight), ", ".join(row.changes), ", ".join(told), row.after)
    return "| " + " | ".join(cell or "none" for cell in cells) + " |"


def test_the_documents_have_the_same_table() -> None:
    text = DOCUMENTS.read_text(encoding="utf-8").splitlines()
    assert [x for x in text if x.startswith("|")] == [*HEAD, *map(line, TRANSITIONS)]


def test_each_situation_stands_in_the_table_once_and_none_is_forgotten() -> None:
    pairs = [pair for t in TRANSITIONS for pair in product(t.before, t.sight)]
    assert len(pairs) == len(set(pairs))
    shown = {s for s in get_args(Sight) if s.startswith("shown")}
    known = set(get_args(Sight)) - shown
    late = "shown without document for too long"
    impossible = {("listed", "absent again, hours later")}
    wanted = set(product(("listed", "missing", "withdrawn", "superseded"), known)) - impossible
    wanted |= set(product(("first look", "unknown"), shown - {late}))
    wanted |= set(product(("waiting",), shown | {s for s in known if s.startswith("absent")}))
    assert set(pairs) == wanted
    assert {t.after for t in TRANSITIONS} <= set(get_args(Standing))
    assert {type_ for t in TRANSITIONS for type_ in t.changes} == set(get_args(ChangeType))


Look = Literal["with document", "without document", "absent", "unreadable", "replaced"]
LOOKS: tuple[Look, ...] = get_args(Look)
LENGTH = 6


@dataclass
class Page:
    """One council's page, looked at again and again: what the store knows and what has been told."""

    known: dict[Key, Stored] = field(default_factory=dict)
    told: list[Event] = field(default_factory=list)

    def look(self, look: Look, now: datetime, *, baselined: bool = True) -> list[tuple[str, ChangeType]]:
        """The kinds of the events of this look, with the change of each."""
        outcome = "error" if look == "unreadable" else "ok"
        steps = compare(poll(outcome=outcome), [*shown(look)], self.known, now, baselined=baselined)
        self.known |= {key_of(s.after.record): s.after for s in steps}
        made = [(reports.from_change(s, Subject("Devon", "80461"), {}, [], now.isoformat()), s.type) for s in steps]
        ids = {e.id for e in self.told}
        new = [(event, type_) for event, type_ in made if event is not None and event.id not in ids]
        self.told += [event for event, _ in new]
        return [(event.kind, type_) for event, type_ in new]

    def copy(self) -> Page:
        return Page(dict(self.known), list(self.told))


def shown(look: Look) -> Iterator[Record]:
    """What a page lists beside the report that is always there."""
    if look != "unreadable":
        yield record("always", published="2030-01-01")
    if look in ("with document", "replaced"):
        yield record("7", document=document(SHA_A if look == "with document" else SHA_B))
    if look == "without document":
        yield record("7", document=None, document_error=gone())


@dataclass(frozen=True)
class Expected:
    """What must have been told of the report, worked out from the looks alone, without any state of the program's."""

    apart: timedelta
    looks: tuple[Look, ...] = ()
    told: tuple[str, ...] = ()
    baseline: bool = False

    def after(self, look: Look) -> tuple[Expected, set[str]]:
        """The kinds that this look owes."""
        looks = (*self.looks, look)
        owed = {f"report.{word}" for word in self._owed(looks)}
        told = (*self.told, *sorted(owed, key=lambda kind: kind != "report.returned"))
        return Expected(self.apart, looks, told, self.baseline), owed

    def _owed(self, looks: tuple[Look, ...]) -> Iterator[str]:
        here = looks[-1] not in ("absent", "unreadable")
        known = self.baseline or "report.published" in self.told
        standing = next((k for k in reversed(self.told) if k in ("report.withdrawn", "report.returned")), None)
        if here and not known and (looks[-1] != "without document" or self._waited(looks)):
            yield "published"
        if here and known and standing == "report.withdrawn":
            yield "returned"
        if here and known and self._differs(looks):
            yield "replaced"
        if known and standing != "report.withdrawn" and self._gone_for_hours(looks):
            yield "withdrawn"

    def _waited(self, looks: tuple[Look, ...]) -> bool:
        """Whether its link has been known for as long as a document is waited for."""
        first = next(n for n, look in enumerate(looks) if look in ("with document", "without document", "replaced"))
        return (len(looks) - 1 - first) * self.apart >= MISSING_DOCUMENT_PATIENCE

    def _differs(self, looks: tuple[Look, ...]) -> bool:
        """Whether there is another document than the last that was there, or the first that was told without."""
        before = [x for x in looks[:-1] if x in ("with document", "replaced")]
        if looks[-1] == "without document":
            return False
        return before[-1] != looks[-1] if before else not self.baseline

    def _gone_for_hours(self, looks: tuple[Look, ...]) -> bool:
        """Whether it is absent now and was in a complete look hours ago, and nothing showed it in between."""
        last = max((n for n, x in enumerate(looks) if x not in ("absent", "unreadable")), default=-1)
        absent = [n for n, x in enumerate(looks) if n > last and x == "absent"]
        return bool(absent) and looks[-1] == "absent" and (absent[-1] - absent[0]) * self.apart >= ABSENCE


def paths(page: Page, expected: Expected, now: datetime) -> Iterator[tuple[Look, ...]]:
    """Walk on from here by every look, and compare what is told with what is owed. Yields each whole path."""
    if len(expected.looks) >= LENGTH:
        yield expected.looks
        return
    for look in LOOKS:
        after = page.copy()
        then = now + expected.apart
        told = [kind for kind, _ in after.look(look, then)]
        further, owed = expected.after(look)
        assert sorted(told) == sorted(owed), (*further.looks, told)
        yield from paths(after, further, then)


@pytest.mark.parametrize("hours", [2, 4], ids=lambda hours: f"looks {hours} hours apart")
@pytest.mark.parametrize("first", ["absent", "with document", "without document"])
def test_on_every_path_each_publication_withdrawal_and_return_is_told_once(first: Look, hours: int) -> None:
    page = Page()
    assert page.look(first, NOON, baselined=False) == []
    apart = timedelta(hours=hours)
    expected = Expected(apart, (first,) if first != "absent" else (), baseline=first != "absent")
    walked = sum(1 for _ in paths(page, expected, NOON))
    assert walked == len(LOOKS) ** (LENGTH - len(expected.looks))


def after(*looks: Look, hours: int = 4) -> list[list[tuple[str, ChangeType]]]:
    page, now = Page(), NOON
    page.look("absent", now, baselined=False)
    found = []
    for look in looks:
        now += timedelta(hours=hours)
        found.append(page.look(look, now))
    return found


def test_a_report_whose_link_was_taken_down_while_it_waited_is_told_when_it_comes() -> None:
    assert after("without document", "absent", "with document")[-1] == [("report.published", "published")]
    assert after("without document", "absent", "absent", "absent", "with document", hours=1)[3:] == [
        [],
        [("report.published", "published")],
    ]


def test_a_false_withdrawal_is_taken_back_and_the_true_one_after_it_is_told() -> None:
    looks: tuple[Look, ...] = ("with document", "absent", "absent", "with document", "absent", "absent", "replaced")
    assert [kind for step in after(*looks) for kind, _ in step] == [
        "report.published",
        "report.withdrawn",
        "report.returned",
        "report.withdrawn",
        "report.returned",
        "report.replaced",
    ]


def test_a_document_that_comes_after_its_report_was_told_weighs_what_the_report_would_have() -> None:
    from tests.making import letter

    before = Stored(record("7", document=None, document_error=gone()), "listed", NOON.isoformat(), announced=True)
    (step,) = compare(poll(), [record("7")], {("report", "7"): before}, NOON, baselined=True)
    read = {SHA_A: letter(judgements={"in_care": "inadequate"})}
    event = reports.from_change(step, Subject("Devon", "80461"), read, [], NOON.isoformat())
    assert event is not None
    assert (event.kind, event.severity) == ("report.replaced", "critical")
