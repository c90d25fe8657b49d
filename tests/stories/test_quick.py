"""Joining in time that grows with the pieces: the same stories as by looking at every pair, and what it costs."""

from __future__ import annotations

from collections.abc import Callable
from cProfile import Profile
from functools import reduce
from pstats import Stats
from random import Random
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.stories import place
from monitor.model import Fact
from monitor.stories.arranging import Arranged, arrange
from monitor.stories.item import StoryItem
from monitor.stories.units import Correction
from monitor.stories.view import conflicts
from tests.stories import pairwise
from tests.telling import URN, item, ofsteds, page

DAYS = ["2024-01-31", "2024-02-02", "2024-02-12", "2024-02-14", "2024-05-15", "2024-05-16", "2024-06-18", "2024-11-20"]
VISITS = [(a, b) for a in (*DAYS, "0001-01-01", "soon") for b in (a, "2024-02-14", "9999-12-31") if a <= b]
KINDS = [None, "ilacs", "sif", "focused_visit", "monitoring_visit"]
WORDS = [
    "Children wait too long for a permanent home because plans are not reviewed in time by managers.",
    "Leaders do not know well enough how long families wait for the help that they were promised.",
    "Social workers see children often and know them well, and write down what children tell them.",
]
PEOPLE = ["Ann Lee", "A Lee", "Bob Stone", "Cher"]
SHAS = [None, None, "1" * 64, f"{1:064x}"]

pages = st.builds(
    StoryItem,
    urn=st.just(URN),
    source=st.sampled_from(["newsroom", "press", "govuk", "moderngov"]),
    target=st.just(URN),
    record=st.sampled_from(["article", "article", "item", "minutes", "document", "publication"]),
    key=st.sampled_from([str(n) for n in range(40)]),
    kind=st.sampled_from(KINDS),
    visits=st.lists(st.sampled_from(VISITS), max_size=2).map(tuple),
    letters=st.lists(st.sampled_from([*DAYS, "today"]), max_size=2).map(tuple),
    published=st.sampled_from([None, *DAYS, "unknown"]),
    meeting=st.sampled_from([None, None, *DAYS]),
    seen=st.sampled_from([None, *DAYS]),
    sha256=st.sampled_from(SHAS),
    item=st.sampled_from([None, None, None, "m/1", "m/2"]),
    people=st.lists(st.sampled_from(PEOPLE), max_size=2).map(tuple),
    passages=st.lists(st.sampled_from(WORDS), max_size=3).map(tuple),
    tells=st.booleans(),
)
letters = st.builds(
    StoryItem,
    urn=st.just(URN),
    source=st.just("ofsted"),
    target=st.just(URN),
    record=st.just("report"),
    key=st.sampled_from([str(n) for n in range(8)]),
    kind=st.sampled_from(KINDS),
    visits=st.lists(st.sampled_from(VISITS), max_size=1).map(tuple),
    letters=st.lists(st.sampled_from(DAYS), max_size=2).map(tuple),
    published=st.sampled_from(DAYS),
    sha256=st.sampled_from(SHAS),
    people=st.lists(st.sampled_from(PEOPLE), max_size=1).map(tuple),
    passages=st.lists(st.sampled_from(WORDS), max_size=2).map(tuple),
    inadequate=st.booleans(),
)


@st.composite
def councils(draw: st.DrawFn) -> tuple[list[StoryItem], list[Correction]]:
    """A council's pieces, each name once, and what a person said of some."""
    drawn = draw(st.lists(letters, max_size=4)) + draw(st.lists(pages, max_size=25))
    pieces = list({p.name: p for p in drawn}.values())
    names = st.sampled_from([p.name for p in pieces] or ["none"])
    return pieces, draw(st.lists(st.builds(Correction, names, names, st.booleans()), max_size=2))


@settings(max_examples=200, deadline=None)
@given(councils())
def test_the_quick_way_finds_what_holding_each_against_each_finds(
    council: tuple[list[StoryItem], list[Correction]],
) -> None:
    pieces, hands = council
    assert arrange(pieces, hands) == pairwise.arrange(pieces, hands)


@settings(max_examples=50, deadline=None)
@given(councils(), st.randoms(use_true_random=False))
def test_pieces_that_come_one_by_one_are_where_they_are_as_a_whole(
    council: tuple[list[StoryItem], list[Correction]], random: Random
) -> None:
    pieces, hands = council
    coming = random.sample(pieces, len(pieces))
    placed = reduce(lambda known, piece: place(piece, known, hands), coming, Arranged())
    assert together(placed) == together(arrange(pieces, hands))
    assert {p.name for p in placed.loose} == {p.name for p in arrange(pieces, hands).loose}


def together(arranged: Arranged) -> set[frozenset[str]]:
    """Which pieces are in one story, whatever it is called: its name stays with the piece that came first."""
    return {frozenset(m.piece.name for m in s.members) for s in arranged.stories}


def articles(number: int, make: Callable[[int], StoryItem]) -> list[StoryItem]:
    return [make(n) for n in range(number)]


def day(n: int) -> str:
    return f"20{20 + n // 336 % 6}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"


FEEDS: dict[str, Callable[[int], StoryItem]] = {
    "of one day": lambda n: page(str(n), "2024-05-15", f"Ofsted inspected {n}.", kind="ilacs"),
    "one a day": lambda n: page(str(n), day(n), "The report said much.", kind="ilacs"),
    "with one quotation": lambda n: page(str(n), "2024-05-15", f"It said: “{WORDS[0]}” And {n}.", kind="ilacs"),
    "that name one person": lambda n: page(str(n), day(n), facts=(Fact("person", "Ann Lee", "Ann Lee"),)),
    "each of a visit of its own": lambda n: page(str(n), day(n), visits=((day(n), day(n)),)),
    "papers of one item": lambda n: item(str(n), "2024-06-18", "document", fields={"item": "30"}),
    "that date one visit": lambda n: page(
        str(n), "2024-05-15", facts=(Fact("visit_dates", ["2024-04-08"], f"On 8 April {n}."),), kind="ilacs"
    ),
}


def alike_in_words(n: int) -> StoryItem:
    """An article with a sentence that all have and one that is nearly theirs; here each has to be looked at."""
    return page(str(n), day(n), f"“{WORDS[0]}” “{WORDS[1]} {n}”", kind="ilacs")


def calls(pieces: list[StoryItem]) -> int:
    """How many functions a joining calls, with what the sources say otherwise than each other: the same on each run."""
    with Profile() as profile:
        for story in arrange(pieces).stories:
            conflicts(story)
    return int(Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("feed", FEEDS)
def test_four_times_as_many_articles_of_one_council_cost_four_times_as_much(feed: str) -> None:
    letters = [ofsteds("1", "2024-05-15"), ofsteds("2", "2024-11-20", "focused_visit")]
    few, many = (calls([*letters, *articles(n, FEEDS[feed])]) for n in (200, 800))
    assert many < 4.4 * few
    assert many < 1_000_000


def test_twice_as_many_letters_of_one_council_cost_about_twice_as_much() -> None:
    """As if a whole remit were one council. Each meets those of its season, of which there are no more later on."""

    def of_letters(number: int) -> int:
        found = [ofsteds(str(n), day(n), visit=(day(n), day(n))) for n in range(number)]
        return calls([*found, *articles(number, FEEDS["one a day"])])

    assert of_letters(400) < 2.9 * of_letters(200)


def test_articles_that_all_quote_one_another_take_seconds() -> None:
    since = process_time()
    arrange([ofsteds("1", "2024-05-15"), *articles(500, alike_in_words)])
    assert process_time() - since < 3
