"""Words asked for in Slack: searched, subscribed to with how often they were said, told whatever the council."""

from __future__ import annotations

import pytest

from monitor.channels import rules
from monitor.config.file import Config
from monitor.councils.registry import Registry
from monitor.deliver.audience import channels, widened
from monitor.model import Quote
from monitor.public import writing
from monitor.public.reading import Hit
from monitor.query import parse as parse_words
from monitor.slash_commands import found_words
from monitor.slash_commands.answer import NOTHING_READ
from monitor.slash_commands.parse import Command, parse
from monitor.store import Store
from monitor.store import subscriptions as stored
from tests.making import SHA_A, event, letter, record
from tests.public.test_public import SAID, keep_letters, keep_records
from tests.slash_commands.test_answer import NOON, ask, known  # noqa: F401 - a fixture


@pytest.fixture
def filled(known: Config) -> Config:  # noqa: F811
    """With a letter about Devon that speaks of agency staff."""
    with Store(known.data_dir) as store:
        keep_records(store, record("2"))
        keep_letters(store, letter(sha256=SHA_A), said={SHA_A: SAID})
        writing.refresh(store, Registry.load())
    return known


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ('search "agency staff"', Command("search", '"agency staff"')),
        ("  SEARCH  agency -locum ", Command("search", "agency -locum")),
        ('subscribe words "agency staff"', Command("subscribe words", '"agency staff"')),
        ("unsubscribe  Words agency", Command("unsubscribe words", "agency")),
        ("search", Command("search")),
        ("subscribe wordsworth", Command("subscribe", "wordsworth")),
        ("searching", Command("unknown", "searching", ("search",))),
    ],
)
def test_commands_about_words_keep_them_as_they_are_written(text: str, command: Command) -> None:
    assert parse(text) == command


def test_a_search_quotes_the_newest_letters_and_says_what_was_searched(filled: Config) -> None:
    assert ask(filled, "search agency") == [
        "Devon, Inspection (ILACS), 15 May 2024: \u201cLeaders rely on agency staff.\u201d (page 1)",
        "2 paragraphs in 1 letter.",
        "Searched: 1 letter of 1 council, 15 May 2024.",
    ]
    assert ask(filled, "search locum") == ["No letter says it.", "Searched: 1 letter of 1 council, 15 May 2024."]


def test_a_search_quotes_whole_sentences_that_say_it_or_the_page() -> None:
    long = "Leaders, managers and partners meet often and know their services well in all parts of the area. " * 8
    words = parse_words("agency permanence")
    agency, late = "Agency staff come and go.", "Permanence is late."
    for said, quote in (
        (f"{long}{agency} {long}{late}", f"{agency} […] {late}"),
        (f"{agency} {late} {long}", f"{agency} {late}"),
    ):
        assert found_words.told(hit(said), words).endswith(f": “{quote}” (page 3)")
    endless = f"Permanence {'and again ' * 80}agency."
    assert found_words.told(hit(endless), words).endswith("12 July 2024: on page 3")


def hit(said: str) -> Hit:
    return Hit("1", "80461", "Devon", "ilacs", "Inspection", "2024-07-12", 3, "", said, "https://x.example/1", SHA_A)


@pytest.mark.parametrize("verb", ["search", "subscribe words", "unsubscribe words"])
def test_words_that_look_for_nothing_are_refused_in_words(filled: Config, verb: str) -> None:
    assert ask(filled, f"{verb} *") == ["There is no word to search for."]
    assert ask(filled, verb) == [f'Which words? For example: /ofsted {verb} "agency staff"']


def test_there_is_nothing_to_search_before_the_first_crawl(known: Config) -> None:  # noqa: F811
    (said,) = ask(known, "search agency")
    assert said == NOTHING_READ


def test_words_are_subscribed_to_and_say_how_often_they_were_said(filled: Config) -> None:
    said = ask(filled, 'subscribe words "agency staff"')
    assert said[0].startswith('"agency staff": subscribed')
    assert said[-1] == "Since 16 May 2022 1 letter said it, in 2 paragraphs."
    assert ask(filled, 'subscribe words "agency  staff"')[0].endswith("this channel is subscribed to it already.")
    assert 'Somebody here subscribed it to whatever says "agency staff", about any council.' in ask(filled, "list")
    again = ask(filled, "subscribe words “Agency staff”")[0]
    assert again == "“Agency staff”: this channel is subscribed to it already."
    assert ask(filled, "unsubscribe words agency staff")[0] == "“agency staff”: this channel was not subscribed to it."
    assert ask(filled, 'unsubscribe words "AGENCY staff"')[0] == '"AGENCY staff": no longer subscribed.'
    again = '"agency staff": this channel was not subscribed to it.'
    assert ask(filled, 'unsubscribe words "agency staff"')[0] == again


def test_what_says_them_is_told_whatever_council_it_is_about(filled: Config) -> None:
    ask(filled, "subscribe words agency")
    kent = event(urn="80459", council="Kent", summary=(Quote("Leaders rely on agency staff.", 1),))
    other = event("e2", urn="80459", council="Kent", summary=(Quote("Leaders know their staff.", 1),))
    with Store(filled.data_dir) as store:
        now = {c.name: c for c in widened(store, channels(filled), NOON)}
        assert {w.words for w in stored.asked(store).words} == {"agency"}
    everyone = list(now.values())
    assert rules.told(kent, now["team"], everyone)
    assert not rules.told(other, now["team"], everyone)
