"""The order of events in a message."""

from __future__ import annotations

from monitor.channels.digests import ordered
from monitor.model.event import story_of
from tests.making import event


def test_by_council_and_story_the_most_severe_first_then_by_publication() -> None:
    found = [
        event("kent-press", "press.published", urn="80462", story="k", published="2024-05-14"),
        event("devon-visit", story="d", published="2024-05-13"),
        event("broken", "source.failing", urn=None, published=None, severity="notice"),
        event("kent-report", urn="80462", story="k", severity="critical", published="2024-05-13"),
        event("devon-other", story="o", published="2024-05-12"),
        event("devon-press", "press.published", story="d", severity="info", published="2024-05-11"),
    ]
    order = ["kent-report", "kent-press", "devon-other", "devon-visit", "devon-press", "broken"]
    assert [e.id for e in ordered(found)] == order
    assert [e.id for e in ordered(reversed(found))] == order


def test_the_story_of_a_message_is_the_one_of_all_its_events() -> None:
    assert story_of([event(story="a"), event(story="a")]) == "a"
    assert story_of([event(story="a"), event(story="b")]) is None
    assert story_of([event(story="a"), event()]) is None
    assert story_of([event()]) is None
