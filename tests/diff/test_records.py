"""What is new about a target: order, absence, waiting documents, replaced ones."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.diff.records import ABSENCE, MISSING_DOCUMENT_PATIENCE, compare
from monitor.model import Record
from monitor.model.state import Key, Stored, key_of
from tests.making import NOON, SHA_B, document, gone, poll, record

HOUR = timedelta(hours=1)


class Target:
    """A target as the store would carry it from poll to poll."""

    def __init__(self) -> None:
        self.known: dict[Key, Stored] = {}
        self.baselined = False
        self.now = NOON

    def poll(self, *seen: Record, outcome: str = "ok", after: timedelta = HOUR) -> list[tuple[str, str]]:
        self.now += after
        steps = compare(poll(outcome=outcome), seen, self.known, self.now, baselined=self.baselined)
        self.known |= {key_of(s.after.record): s.after for s in steps}
        self.baselined |= outcome == "ok"
        return [(s.type, s.after.record.key) for s in steps]


def watched(*seen: Record) -> Target:
    target = Target()
    target.poll(*seen)
    return target


def test_the_first_healthy_poll_is_silent_and_the_next_new_record_is_not() -> None:
    target = Target()
    assert target.poll(record("1"), record("2")) == [("baseline", "1"), ("baseline", "2")]
    assert target.poll(record("3"), record("1"), record("2")) == [("published", "3")]


def test_another_order_other_titles_and_addresses_are_no_news() -> None:
    target = watched(record("1"), record("2"))
    assert target.poll(record("2"), record("1")) == []
    assert target.poll(record("2", title="Inspection report"), record("1", url="https://x/1")) == [
        ("corrected", "2"),
        ("corrected", "1"),
    ]
    assert target.poll(record("2", title="Inspection report"), record("1", url="https://x/1")) == []


def test_absence_is_believed_only_in_two_complete_polls_hours_apart() -> None:
    target = watched(record("1"), record("2"))
    assert target.poll(record("1")) == [("missing", "2")]
    assert target.poll(record("1"), after=HOUR) == []
    assert target.poll(record("1"), outcome="error", after=ABSENCE) == []
    assert target.poll(record("1"), after=ABSENCE) == [("withdrawn", "2")]
    assert target.poll(record("1"), after=ABSENCE) == []
    assert target.poll(record("1"), record("2")) == [("returned", "2")]


def test_what_goes_away_and_comes_back_is_no_news() -> None:
    target = watched(record("1"), record("2"))
    assert target.poll(record("1")) == [("missing", "2")]
    assert target.poll(record("1"), record("2"), after=ABSENCE) == [("reappeared", "2")]


def test_in_a_list_of_latest_reports_the_older_one_is_superseded_not_withdrawn() -> None:
    target = watched(record("1", published="2020-01-01"))
    assert target.poll(record("2")) == [("published", "2"), ("superseded", "1")]
    assert target.poll(record("2"), after=2 * ABSENCE) == []


def test_a_replaced_document_is_told_each_time_it_is_replaced() -> None:
    target = watched(record("1"))
    other = record("1", document=document(SHA_B))
    assert target.poll(other) == [("replaced", "1")]
    assert target.poll(other) == []
    assert target.poll(record("1")) == [("replaced", "1")]
    assert target.known["report", "1"].versions == 3


def test_a_document_that_cannot_be_had_is_no_replacement() -> None:
    target = watched(record("1"))
    assert target.poll(record("1", document=None, document_error=gone())) == [("corrected", "1")]
    assert target.known["report", "1"].record.document == document()


def test_a_new_report_waits_for_its_document_but_not_for_ever() -> None:
    lost = record("2", document=None, document_error=gone())
    target = watched(record("1"))
    assert target.poll(record("1"), lost) == [("held", "2")]
    assert target.poll(record("1"), lost) == []
    assert target.poll(record("1"), record("2")) == [("published", "2")]

    target = watched(record("1"))
    target.poll(record("1"), lost)
    assert target.poll(record("1"), lost, after=MISSING_DOCUMENT_PATIENCE) == [("published", "2")]
    assert target.poll(record("1"), record("2")) == [("completed", "2")]


def test_a_baseline_document_that_comes_later_is_filled_in_silently() -> None:
    target = watched(record("1", document=None, document_error=gone()))
    assert target.poll(record("1")) == [("filled", "1")]


@given(st.lists(st.tuples(st.permutations("12345"), st.integers(0, 5), st.booleans()), max_size=12))
def test_however_a_list_is_shuffled_shortened_and_broken_each_report_is_published_once(
    polls: list[tuple[list[str], int, bool]],
) -> None:
    target, types = watched(record("0")), Counter[tuple[str, str]]()
    for keys, shown, healthy in polls:
        seen = [record("0"), *(record(k) for k in keys[:shown])]
        types.update(target.poll(*seen, outcome="ok" if healthy else "error", after=HOUR))
    seen_once = {k for keys, shown, _ in polls for k in keys[:shown]}
    assert {k for (type_, k) in types if type_ == "published"} == seen_once
    assert all(n == 1 for (type_, _), n in types.items() if type_ == "published")


def test_times_are_kept_with_their_zone() -> None:
    target = watched(record("1"))
    assert datetime.fromisoformat(target.known["report", "1"].first_seen).tzinfo is not None
