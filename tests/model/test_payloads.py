"""Payloads are typed inside and the same JSON outside, whichever edition wrote it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import EVENT_KINDS, Quote, event_from_json, payload_from_json, to_json
from monitor.model.payloads import MeetingPayload, PagePayload, ReportPayload, SourcePayload, family
from tests.making import event, outward
from tests.notifiers.notifier_samples import CASES

FIRST_EDITION = (Path(__file__).parent / "golden" / "first_edition.jsonl").read_text(encoding="utf-8").splitlines()
SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)
NAMES = st.sampled_from(
    ("key", "kind", "judgements", "priority_actions", "history", "differences", "urns", "target", "state", "text")
)


def same(line: str) -> str:
    return json.dumps(to_json(event_from_json(json.loads(line))), ensure_ascii=False)


@pytest.mark.parametrize("line", FIRST_EDITION)
def test_an_event_of_the_first_edition_is_written_again_to_the_byte(line: str) -> None:
    assert same(line) == line


@pytest.mark.parametrize("name", CASES)
def test_an_event_of_this_edition_is_read_back_whole(name: str) -> None:
    line = json.dumps(to_json(CASES[name]), ensure_ascii=False)
    assert same(line) == line
    assert event_from_json(json.loads(line)) == CASES[name]


@pytest.mark.parametrize("kind", EVENT_KINDS)
@settings(max_examples=30, deadline=None)
@given(raw=st.dictionaries(NAMES | st.text(max_size=12), JSON, max_size=6))
def test_whatever_another_edition_wrote_is_kept_to_the_byte(kind: str, raw: dict[str, Any]) -> None:
    assert json.dumps(to_json(payload_from_json(family(kind), raw))) == json.dumps(raw)


def test_a_part_of_another_type_is_kept_and_not_believed() -> None:
    found = payload_from_json(
        ReportPayload, {"kind": 7, "judgements": {"in_care": ["good"]}, "outcome": True, "new": 1}
    )
    assert (found.kind, found.judgements, found.outcome) == (None, {}, None)
    assert outward(found) == {"kind": 7, "judgements": {"in_care": ["good"]}, "outcome": True, "new": 1}


def test_priority_actions_are_a_number_in_the_first_edition_and_words_since() -> None:
    assert payload_from_json(ReportPayload, {"priority_actions": 2}).priority_action_count == 2
    words = payload_from_json(ReportPayload, {"priority_actions": [{"text": "Act now.", "page": 2}]})
    assert (words.priority_action_count, words.priority_action_quotes) == (1, (Quote("Act now.", 2),))


def test_unknown_parts_of_a_made_payload_follow_its_key() -> None:
    made = ReportPayload(key="7", kind="ilacs", extra={"report_type": "inspection"})
    assert list(outward(made).items()) == [("key", "7"), ("report_type", "inspection"), ("kind", "ilacs")]


def test_each_family_has_its_payload_and_gives_an_empty_one_for_any_other() -> None:
    found = event(kind="meeting.item", after={"committee": "Scrutiny", "urns": ["1", "2"]})
    assert found.after_as(MeetingPayload).committee == "Scrutiny"
    assert found.after_as(PagePayload).urns == ("1", "2")
    assert found.after_as(ReportPayload) == ReportPayload()
    assert event(kind="source.failing", after={"trouble": "quiet"}).after_as(SourcePayload).trouble == "quiet"


def test_a_payload_that_is_no_object_is_refused() -> None:
    with pytest.raises(ValueError, match="ReportPayload is a JSON object, not list"):
        event_from_json({**to_json(event()), "after": []})
