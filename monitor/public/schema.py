"""The tables of the public database. docs/data.md describes them, and a test holds the two together."""

from __future__ import annotations

from typing import NamedTuple, get_type_hints

from monitor.public.rows import (
    CouncilRow,
    ImprovementRow,
    JudgementRow,
    LetterRow,
    MeetingRow,
    MoveRow,
    NeighbourRow,
    ParagraphRow,
    StoryItemRow,
    StoryRow,
)

VERSION = 2
"""Raise this number when a table changes: a database of another version is made anew."""
TOKENIZER = "unicode61 remove_diacritics 2"
"""How the index cuts texts into words; `query.tokens` does the same."""

SMALL = {
    "council": CouncilRow,
    "letter": LetterRow,
    "judgement": JudgementRow,
    "improvement": ImprovementRow,
    "move": MoveRow,
    "story": StoryRow,
    "story_item": StoryItemRow,
    "meeting": MeetingRow,
    "neighbour": NeighbourRow,
}
"""The tables of which a council's rows are written again whenever one of them changes."""
TABLES: dict[str, type[NamedTuple]] = {**SMALL, "paragraph": ParagraphRow}

TYPES = {str: "TEXT NOT NULL", str | None: "TEXT", int: "INTEGER NOT NULL", int | None: "INTEGER"}
OF_COUNCIL, OF_LETTER = "FOREIGN KEY (urn) REFERENCES council (urn)", "FOREIGN KEY (letter) REFERENCES letter (id)"
KEYS = {
    "council": "PRIMARY KEY (urn)",
    "letter": f"PRIMARY KEY (id), {OF_COUNCIL}",
    "judgement": f"PRIMARY KEY (letter, area), {OF_LETTER}",
    "improvement": f"PRIMARY KEY (letter, position), {OF_LETTER}",
    "paragraph": f"UNIQUE (letter, position), {OF_LETTER}",
    "move": f"PRIMARY KEY (letter, area), {OF_LETTER}, {OF_COUNCIL}",
    "story": f"PRIMARY KEY (id), {OF_COUNCIL}",
    "story_item": "PRIMARY KEY (story, name), FOREIGN KEY (story) REFERENCES story (id)",
    "meeting": f"PRIMARY KEY (id), {OF_COUNCIL}",
    "neighbour": f"PRIMARY KEY (urn, rank), {OF_COUNCIL}",
}
"""What names a row of each table, and what it refers to."""


def _table(name: str) -> str:
    """The statement that makes a table: its columns are the fields of its row."""
    numbered = ["id INTEGER PRIMARY KEY"] if name == "paragraph" else []  # by which the index of words finds it
    typed = [f"{column} {TYPES[of]}" for column, of in get_type_hints(TABLES[name]).items()]
    columns = ", ".join([*numbered, *typed, KEYS[name]])
    return f"CREATE TABLE {name} ({columns}) STRICT"


STATEMENTS = (
    "CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE made (part TEXT PRIMARY KEY, digest TEXT NOT NULL, linked TEXT) STRICT",
    *map(_table, TABLES),
    f"""CREATE VIRTUAL TABLE paragraph_fts USING fts5(
        text, content = 'paragraph', content_rowid = 'id', tokenize = '{TOKENIZER}', prefix = '3')""",
    "CREATE INDEX letter_by_council ON letter (urn, published)",
    "CREATE INDEX meeting_by_date ON meeting (date)",
)
