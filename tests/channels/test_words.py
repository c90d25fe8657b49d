"""A channel's words: matched with letters and pages, never with what is only near."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import pytest

from monitor.channels.mentions import mentions, passage
from monitor.channels.rules import Channel, recipients_of, told
from monitor.deliver.sender import Sender
from monitor.model import Event, Paragraph, Quote, Record
from monitor.model.state import RecordChange, Stored
from monitor.query import matches, parse
from monitor.store import Store, outbox, records, said, texts
from monitor.wording.describe import describe
from tests.making import NOON, SHA_A, SHA_B, document, event, record
from tests.post import Post


def channel(*words: str) -> Channel:
    return Channel("words", words=tuple(map(parse, words)))


@pytest.mark.parametrize(
    ("words", "passes"),
    [
        (("agency",), True),
        (("agency staff",), True),
        (('"agency staff"',), False),
        (('"permanence planning"', "agency"), True),
        (('"permanence planning"',), False),
        (("agenc*",), True),
        (("agency -staff",), False),
    ],
)
def test_a_paragraph_has_to_say_one_of_them(words: tuple[str, ...], passes: bool) -> None:
    found = event(summary=(Quote("Staff from an agency come and go.", 3), Quote("Planning for permanence is late.", 4)))
    assert told(found, channel(*words), []) is passes


def test_a_report_that_could_not_be_read_passes() -> None:
    assert told(event(after={"problems": ["no text in it"]}), channel("agency"), [])


def test_outages_are_not_asked_for_words() -> None:
    operator = replace(channel("agency"), operator=True)
    assert told(event(kind="source.failing", urn=None), operator, [operator])


def test_the_whole_letter_is_looked_through(store: Store) -> None:
    with store.transaction():
        texts.save(store, SHA_A, [Paragraph(9, "Leaders", "Reliance on agency workers has fallen.", False)], 1)
    found = event(document={"sha256": SHA_A})
    assert [r.channel for r in recipients_of(found, [channel("agency")], NOON, said.of(store))] == ["words"]
    assert recipients_of(found, [channel("locum")], NOON, said.of(store)) == []
    assert recipients_of(event(document={"sha256": SHA_B}), [channel("agency")], NOON, said.of(store)) == []


@pytest.mark.parametrize(
    "body", [b"", b"no zlib", zlib.compress(b"no JSON"), zlib.compress(b"[[1]]"), zlib.compress(b"7")]
)
def test_words_that_are_kept_damaged_stop_nothing(store: Store, body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with store.transaction() as connection:
        connection.execute("INSERT INTO letter_texts VALUES (?, 1, ?)", (SHA_A, body))
    found = event(document={"sha256": SHA_A}, summary=(Quote("Agency staff come and go.", 3),))
    assert [r.channel for r in recipients_of(found, [channel("agency")], NOON, said.of(store))] == ["words"]
    assert SHA_A in caplog.text


def test_the_whole_page_and_the_papers_of_an_item_are_looked_through(store: Store) -> None:
    page = Record("moderngov", "80461", "item", "7", "https://x.example/7", "Ofsted", None, {}, text="On agency staff.")
    paper = Record(
        "moderngov", "80461", "document", "p", "https://x.example/p", "Plan", None, {"item": "7"},
        document(SHA_B), text="Permanence planning by agency social workers.",
    )  # fmt: skip
    with store.transaction():
        changes = [
            RecordChange("published", None, Stored(r, "listed", NOON.isoformat())) for r in (page, paper, record())
        ]
        records.save(store, changes, NOON.isoformat())
    papers = [{"title": "Plan", "url": "https://x.example/p", "document": None}]
    item = event(kind="meeting.item", source="moderngov", url=page.url, after={"key": "7", "documents": papers})
    for words in ("agency staff", '"permanence planning"'):
        assert told(item, channel(words), [], said.of(store))
    assert not told(item, channel('"agency staff" permanence'), [], said.of(store))


def test_a_message_quotes_the_sentence_that_says_the_word(store: Store) -> None:
    paragraph = "Leaders know their services well. Reliance on agency workers has fallen. More is to be done."
    with store.transaction():
        texts.save(store, SHA_A, [Paragraph(9, "Leaders", paragraph, False), Paragraph(11, "", "No agency.", False)], 1)
    words = channel("agency")
    post = Post(store, words)
    found = event(document={"sha256": SHA_A})
    with store.transaction():
        outbox.add(store, found, recipients_of(found, [words], NOON, said.of(store)))
    (shown,) = sent(post)
    assert shown.mentions == (Quote("Reliance on agency workers has fallen.", 9), Quote("No agency.", 11))
    quoted = "It says the words you asked for: “Reliance on agency workers has fallen.” (page 9)"
    assert quoted in describe(shown).notes


def sent(post: Post) -> list[Event]:
    """The events as the way out got them."""
    taken: list[Event] = []

    class Out:
        def send(self, message_id: str, events: Sequence[Event], *_: object) -> str:
            taken.extend(events)
            return message_id

    assert Sender(post.store, lambda *_: Out(), post.audience, post.clock).send_due() == []
    return taken


FIRST, MIDDLE, LAST = "Agency staff come and go.", "Leaders know it.", "Permanence is late for many."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("agency", FIRST),
        ("agency permanence", f"{FIRST} […] {LAST}"),
        ("agency leaders", f"{FIRST} {MIDDLE}"),
        ("late agency -locum", f"{FIRST} […] {LAST}"),
        ("locum OR permanence", LAST),
        ("locum OR permanence agency", f"{FIRST} […] {LAST}"),
        ('"go leaders"', f"{FIRST} {MIDDLE} And so on. {LAST}"),
    ],
)
def test_a_passage_is_whole_sentences_that_say_it(words: str, said: str) -> None:
    query = parse(words)
    told = passage(query, f"{FIRST} {MIDDLE} And so on. {LAST}")
    assert told == said
    assert matches(query, told)


def test_words_that_only_a_whole_paragraph_says_are_shown_with_it() -> None:
    both = Quote("Agency staff come. Permanence planning waits.", 4)
    assert mentions([both], [parse("agency permanence")]) == (both,)
    assert mentions([Quote("None of it.", 1)], [parse("agency")]) == ()
