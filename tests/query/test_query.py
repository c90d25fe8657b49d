"""What somebody looks for: how it is read, and that a text and SQLite's index give the same answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.query import Alternative, QueryError, Term, expression, matches, parse, tokens
from monitor.query.parse import MAX_CHARACTERS, MAX_TERMS
from monitor.store.sqlite import sqlite3

TEXTS = (
    "The use of agency staff has fallen.",
    "Staff of an agency; the locum left.",
    "Agencies work well together for children\u2019s homes.",
    "Caf\u00e9s, self-harm & 16-year-olds (3,500 of them): \u201cagency staff\u201d",
    "\u0130stanbul, na\u00efve stra\u00dfe, \ufb01nance \u00bd \u0661\u0662",
    "",
)
KEPT = {
    "agency": (0, 1, 3),
    "AGENCY staff": (0, 1, 3),
    '"agency staff"': (0, 3),
    "\u201cagency staff\u201d": (0, 3),
    '"agency staff': (0, 3),
    "agenc*": (0, 1, 2, 3),
    '"agency sta*"': (0, 3),
    '"agency sta"*': (0, 3),
    "agency -locum": (0, 3),
    "agency \u2013locum": (0, 3),
    "agency NOT locum": (0, 3),
    'agency -"agency staff"': (1,),
    "locum OR agencies": (1, 2),
    "locum | agencies": (1, 2),
    "use fallen OR locum left": (0, 1),
    "OR OR locum OR": (1,),
    "agency AND staff": (0, 1, 3),
    "agency -staff OR children": (2,),
    "children's": (2,),
    "cafe": (),
    "cafes": (3,),
    "caf\u00c9*": (3,),
    "self-harm": (3,),
    "harm self": (3,),
    '"harm self"': (),
    "3,500": (3,),
    "16-year": (3,),
    "or": (),
    "naive": (4,),
}


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize = 'unicode61 remove_diacritics 2')")
        connection.executemany("INSERT INTO t (rowid, text) VALUES (?, ?)", enumerate(TEXTS))
        yield connection


def found(index: sqlite3.Connection, words: str) -> tuple[int, ...]:
    return tuple(
        r for (r,) in index.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", (expression(parse(words)),))
    )


@pytest.mark.parametrize("words", KEPT)
def test_what_is_found(index: sqlite3.Connection, words: str) -> None:
    assert found(index, words) == KEPT[words]
    assert tuple(n for n, text in enumerate(TEXTS) if matches(parse(words), text)) == KEPT[words]


@pytest.mark.parametrize("words", ["", "   ", "*", '""', '"', "-", "OR", "- * & (", "AND", "\x00", "'; --"])
def test_nothing_to_look_for_is_said(words: str) -> None:
    with pytest.raises(QueryError, match="no word to search for"):
        parse(words)


@pytest.mark.parametrize("words", ["-agency", "NOT agency", "staff OR -agency", '-"agency staff" -b'])
def test_only_what_must_not_be_there_is_refused(words: str) -> None:
    with pytest.raises(QueryError, match="besides what must not be there"):
        parse(words)


def test_too_much_is_refused() -> None:
    with pytest.raises(QueryError, match="too long"):
        parse("a" * (MAX_CHARACTERS + 1))
    with pytest.raises(QueryError, match="too much"):
        parse(" ".join(f"w{n}" for n in range(MAX_TERMS + 1)))


def test_a_query_keeps_what_was_written_and_each_term_once() -> None:
    query = parse(" agency  agency -x -x ")
    assert query.text == "agency agency -x -x"
    assert query.alternatives == (Alternative((Term(("agency",)),), (Term(("x",)),)),)


@given(words=st.text(max_size=60))
def test_whatever_is_typed_is_no_fault_of_the_index(index: sqlite3.Connection, words: str) -> None:
    with suppress(QueryError):
        found(index, words)


OPERATORS = st.sampled_from(
    ['"', "*", "-", " OR ", " AND ", " NOT ", "(", ")", "NEAR(", "text:", "^", "+", "{", "'", ";", "\x00"]
)
WORDS = st.sampled_from(["agency", "staff", "locum", "use", "children\u2019s", "caf\u00e9s", "16"])


@given(
    words=st.tuples(st.lists(OPERATORS | WORDS, max_size=12), st.sampled_from([" ", ""])).map(lambda x: x[1].join(x[0]))
)
def test_text_and_index_agree(index: sqlite3.Connection, words: str) -> None:
    with suppress(QueryError):
        query = parse(words)
        assert found(index, words) == tuple(n for n, text in enumerate(TEXTS) if matches(query, text))


def test_words_of_a_text() -> None:
    assert tokens("The children\u2019s Caf\u00c9_2: 16+") == ["the", "children", "s", "cafe", "2", "16"]
