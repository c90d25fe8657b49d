"""A rehearsal tells what a channel would have had: which messages, when, and in which thread."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.channels.rules import Channel
from monitor.deliver.preview import history, how_often, preview
from monitor.model import Event, Quote
from monitor.model.event import Subject
from monitor.model.state import RecordChange, Stored
from monitor.query import parse
from monitor.store import Store, outbox, records
from monitor.times.spec import parse_quiet
from tests.making import NOON, SHA_B, document, event, letter, record
from tests.post import Post

LONDON = ZoneInfo("Europe/London")


def found(id_: str, hours: float, **more: object) -> Event:
    return replace(event(id_, **more), at=(NOON + timedelta(hours=hours)).isoformat())  # type: ignore[arg-type]


WEEK = [
    found("opens", 0, story="s", severity="important"),
    *[found(f"bunch{n}", 2, story=f"b{n}") for n in range(5)],
    found("press", 3, kind="press.published", story="s", severity="info"),
    found("night", 10, story="n"),
    found("bad", 11, story="s", severity="critical"),
    found("kent", 12, urn="80462"),
    found("late", 40, story="n"),
]


@pytest.mark.parametrize(
    "channel",
    [
        Channel("slack"),
        Channel("slack", urns=frozenset({"80461"}), min_severity="notice"),
        Channel("slack", when="daily 08:00"),
        Channel("slack", quiet=parse_quiet("21:00-07:00"), quiet_lets_critical=True),
        Channel("slack", quiet=parse_quiet("21:00-07:00"), loud_from="critical"),
    ],
)
def test_it_says_what_would_really_have_been_sent(store: Store, channel: Channel) -> None:
    """The same events, sent hour by hour."""
    post, told = Post(store, channel), list(WEEK)
    for _ in range(80):
        while told and datetime.fromisoformat(told[0].at) <= post.now:
            post.tell(told.pop(0), channel)
        post.deliver(timedelta(0))
        post.now += timedelta(hours=1)
    threads = [(t.root is not None, t.loud) if t else (False, True) for t in post.ways["slack"].threads]
    rehearsed = preview(WEEK, channel, [channel])
    assert [[e.id for e in m.events] for m in rehearsed] == post.messages("slack")
    assert [(m.reply, m.loud) for m in rehearsed] == threads


def test_reports_from_before_the_watch_are_told_as_they_would_have_been(store: Store) -> None:
    old = record("1", published="2023-01-10")
    new = record("2", published="2024-02-20", document=document(SHA_B))
    for kept in (old, new):
        with store.transaction():
            records.save(store, [RecordChange("baseline", None, Stored(kept, "listed", NOON.isoformat()))], "now")
    with store.transaction():
        graded = {"overall_effectiveness": "good"}, {"overall_effectiveness": "inadequate"}
        first = letter(judgements=graded[0], inspection_end="2022-12-01")
        second = letter(sha256=SHA_B, judgements=graded[1], inspection_end="2024-01-20")
        records.save_letters(store, [first, second], 1, "now")
    told = history(store, lambda urn: Subject("Devon", urn), ["80461"], "2024-01-01")
    assert [(e.published, e.council, e.severity) for e in told] == [("2024-02-20", "Devon", "critical")]
    assert [(c.before, c.after, c.direction) for c in told[0].changes] == [("good", "inadequate", "declined")]
    (message,) = preview(told, Channel("c", when="weekly mon 08:00"), [])
    assert message.at == datetime(2024, 2, 26, 8, tzinfo=LONDON)


def test_what_was_told_is_not_rehearsed_twice(store: Store) -> None:
    with store.transaction():
        kept = record("1", published="2024-05-15")
        records.save(store, [RecordChange("published", None, Stored(kept, "listed", NOON.isoformat()))], "now")
        outbox.add(store, event("e1", after={"key": "1"}), [])
    assert [e.id for e in history(store, lambda _: Subject(), ["80461"])] == ["e1"]


def test_it_says_how_often_each_word_was_said_where_the_channel_would_have_been_told() -> None:
    def said(id_: str, words: str, **more: object) -> Event:
        return event(id_, summary=(Quote(words, 1),), **more)

    told = [
        said("a", "Leaders rely on agency staff."),
        said("b", "Staff of an agency."),
        said("c", "Agency staff.", urn="80462"),
        said("d", "Agency staff left.", kind="press.published"),
        event("e", after={"problems": ["no text in it"]}),
        said("f", "agency staff", kind="source.failing"),
    ]
    channel = Channel("slack", urns=frozenset({"80461"}), words=(parse('"agency staff"'), parse("agency"), parse("x")))
    assert [(s.words, s.letters, s.pages) for s in how_often(told, channel, [channel])] == [
        ('"agency staff"', 1, 1),
        ("agency", 2, 1),
        ("x", 0, 0),
    ]
