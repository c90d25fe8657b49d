"""Reads the public database: letters by paragraph, and search in them. Nothing here writes."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from monitor.public.rows import ImprovementRow, JudgementRow, LetterRow, MoveRow, NeighbourRow, ParagraphRow
from monitor.public.writing import NAME, discarding, usable
from monitor.query import Query, expression
from monitor.store.explain import NoStoreError, explained
from monitor.store.sqlite import sqlite3
from monitor.wording.coverage import looked_at
from monitor.wording.text import count

READ_BUSY_SECONDS = 10.0
"""How long a reader waits while the writer commits."""
Row = TypeVar("Row", bound=NamedTuple)


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that says what somebody looks for: `text` verbatim on its page of the letter at `url`."""

    letter: str
    urn: str
    council: str
    kind: str
    title: str
    published: str | None
    page: int
    heading: str
    text: str
    url: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched: letters and their pages, of how many councils, published from `first` to `last`; `unread`
    letters are on Ofsted's pages and have no words that could be read."""

    letters: int
    pages: int
    councils: int
    first: str | None
    last: str | None
    unread: int

    @property
    def words(self) -> str:
        """The same in one line: "Searched: 509 letters of 153 councils, …"."""
        what = count(self.letters, "letter")
        return looked_at("Searched", what, self.councils, self.first, self.last, self.unread)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letters are looked at: of these councils (URNs), of these kinds, published on or after a day; empty: all.
    `asked`: only what inspectors ask to improve."""

    urns: Collection[str] = ()
    kinds: Collection[str] = ()
    since: str = ""
    asked: bool = False

    @property
    def values(self) -> tuple[str, str, str]:
        """For LETTERS, in this order."""
        return json.dumps(sorted(self.urns)), json.dumps(sorted(self.kinds)), self.since


EVERYTHING = Choice()
LETTERS = """(?1 = '[]' OR l.urn IN (SELECT value FROM json_each(?1)))
  AND (?2 = '[]' OR l.kind IN (SELECT value FROM json_each(?2))) AND (?3 = '' OR l.published >= ?3)"""


class PublicDatabase:
    """An open public database. Each answer is of one moment."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection, self._path = connection, path

    def search(self, query: Query, choice: Choice = EVERYTHING) -> list[Hit]:
        """The paragraphs that say it, those of the newest letter first, in the order of their letter."""
        sql = f"""SELECT l.id, l.urn, c.name, l.kind, l.title, l.published, p.page, p.heading, p.text, l.url, l.sha256
            FROM paragraph_fts f JOIN paragraph p ON p.id = f.rowid JOIN letter l ON l.id = p.letter
            JOIN council c ON c.urn = l.urn
            WHERE paragraph_fts MATCH ?4 AND {LETTERS} AND (?5 = 0 OR p.asked)
            ORDER BY l.published DESC, l.id, p.position"""  # noqa: S608 - our own words
        rows = self._rows(sql, *choice.values, expression(query), int(choice.asked))
        return [Hit(*row) for row in rows]

    def coverage(self, choice: Choice = EVERYTHING) -> Coverage:
        """What a search with this choice looks at."""
        sql = f"""WITH chosen AS (
              SELECT l.*, EXISTS (SELECT 1 FROM paragraph p WHERE p.letter = l.id) AS searched
              FROM letter l WHERE {LETTERS})
            SELECT coalesce(sum(searched), 0), coalesce(sum(pages) FILTER (WHERE searched), 0),
              count(DISTINCT urn) FILTER (WHERE searched), min(published) FILTER (WHERE searched),
              max(published) FILTER (WHERE searched), coalesce(sum(NOT searched), 0) FROM chosen"""  # noqa: S608
        return Coverage(*self._rows(sql, *choice.values)[0])

    def letters(self, urn: str | None = None) -> list[LetterRow]:
        """The letters, of a council or of all, newest first."""
        return self._table(LetterRow, "letter", "?1 IS NULL OR urn = ?1", "published DESC, id", urn)

    def letter(self, name: str) -> LetterRow | None:
        """A letter by its id."""
        return next(iter(self._table(LetterRow, "letter", "id = ?1", "id", name)), None)

    def paragraphs(self, letter: str, page: int | None = None) -> list[ParagraphRow]:
        """The paragraphs of a letter, or of one page of it, in order."""
        where = "letter = ?1 AND (?2 IS NULL OR page = ?2)"
        return self._table(ParagraphRow, "paragraph", where, "position", letter, page)

    def judgements(self, letter: str) -> list[JudgementRow]:
        """The grades that a letter gives, each with the words that state it."""
        return self._table(JudgementRow, "judgement", "letter = ?1", "rowid", letter)

    def improvements(self, letter: str) -> list[ImprovementRow]:
        """What a letter asks to improve, areas for priority action first."""
        return self._table(ImprovementRow, "improvement", "letter = ?1", "position", letter)

    def moves(self, since: str = "", until: str = "9999") -> list[MoveRow]:
        """The judgements that moved in reports published from a day to a day, newest first."""
        return self._table(MoveRow, "move", "published BETWEEN ?1 AND ?2", "published DESC, urn, rowid", since, until)

    def neighbours(self, urn: str) -> list[NeighbourRow]:
        """A council's statistical neighbours, the closest first."""
        return self._table(NeighbourRow, "neighbour", "urn = ?1", "rank", urn)

    def _table(self, row: type[Row], table: str, where: str, order: str, *values: Any) -> list[Row]:
        sql = f"SELECT {', '.join(row._fields)} FROM {table} WHERE {where} ORDER BY {order}"  # noqa: S608 - our own words
        return [row(*found) for found in self._rows(sql, *values)]

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with explained(self._path), discarding(self._path):
            return self._connection.execute(sql, values).fetchall()


@contextmanager
def opened(folder: Path) -> Iterator[PublicDatabase]:
    """Open the public database of a data folder to read. Raises NoStoreError where there is none yet, or one that is
    damaged or of another version of the program."""
    path = folder / NAME
    if not usable(path):
        raise NoStoreError(
            f"{path}: there is no public database yet; `ofsted-watch crawl` or `ofsted-watch run` makes it"
        )
    with closing(_connection(path)) as connection:
        yield PublicDatabase(connection, path)


def _connection(path: Path) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode=ro"
    with explained(path):
        connection = sqlite3.connect(uri, uri=True, timeout=READ_BUSY_SECONDS)
        connection.execute("PRAGMA query_only = ON")
        return connection
