"""Stories in the store: the pieces of each council, the story that each is in and why, and what people said.

Everything that changes is inside the caller's transaction. A council's stories are arranged anew from all its
pieces whenever one comes (see monitor.stories), and only the rows that differ are written.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from monitor.diff import Stored
from monitor.model import Letter
from monitor.store import records
from monitor.store import story_hands as kept_hands
from monitor.store.database import Store
from monitor.stories import hands as story_hands
from monitor.stories.arranging import Arranged, Member, Story, arrange
from monitor.stories.piece import OFSTED, Piece, from_row, of_letter, sentences, to_row
from monitor.stories.rules import Link


def take(store: Store, urn: str, pieces: Iterable[Piece]) -> Arranged:
    """Place a council's new pieces, or newer versions of them, and keep where they are. Twice is the same as
    once. Inside a transaction."""
    new = {p.name: p for p in pieces}
    known = _known(store, urn)
    if all(name in known and to_row(known[name]) == to_row(piece) for name, piece in new.items()):
        return of_council(store, urn)
    return _arrange(store, urn, known | new)


def of_council(store: Store, urn: str) -> Arranged:
    """A council's stories as they are kept, oldest first, and the pieces that are in none."""
    members: dict[str, list[Member]] = {}
    loose: list[Piece] = []
    for row in store.rows("SELECT * FROM story_pieces WHERE urn = ? ORDER BY name", urn):
        if row["story"] is None:
            loose.append(from_row(json.loads(row["body"])))
        else:
            members.setdefault(row["story"], []).append(_member(row))
    found = [_story(row, members[row["id"]]) for row in _live(store, urn)]
    return Arranged(tuple(sorted(found, key=lambda s: (s.opened, s.id))), tuple(loose))


def latest(store: Store, urn: str) -> Story | None:
    """The story that is open: the one opened last."""
    sql = "SELECT * FROM stories WHERE urn = ? AND merged_into IS NULL ORDER BY opened DESC, id DESC LIMIT 1"
    for row in store.rows(sql, urn):
        pieces = store.rows("SELECT * FROM story_pieces WHERE urn = ? AND story = ?", urn, row["id"])
        return _story(row, map(_member, pieces))
    return None


def story_of(store: Store, source: str, target: str, kind: str, key: str, urn: str | None = None) -> str | None:
    """The story that a record is in; of this council, where it is about several."""
    rows = store.rows(
        """SELECT story FROM story_pieces WHERE source = ? AND target = ? AND kind = ? AND key = ?
           AND story IS NOT NULL AND (?5 IS NULL OR urn = ?5) ORDER BY urn""",
        source,
        target,
        kind,
        key,
        urn,
    )
    return rows[0]["story"] if rows else None


def council_of_item(store: Store, source: str, target: str, item: str) -> str | None:
    """The council whose stories have this agenda item or its minutes."""
    rows = store.rows(
        """SELECT urn FROM story_pieces WHERE source = ? AND target = ? AND kind IN ('item', 'minutes')
           AND key = ? ORDER BY urn LIMIT 1""",
        source,
        target,
        item,
    )
    return rows[0]["urn"] if rows else None


def now_called(store: Store, story: str) -> str:
    """The story that one is part of by now: a letter may have shown that two were one."""
    for row in store.rows("SELECT merged_into FROM stories WHERE id = ? AND merged_into IS NOT NULL", story):
        return now_called(store, row["merged_into"])
    return story


def catch_up(store: Store, urn: str | None = None) -> int:
    """Open stories for Ofsted's letters (of one council, or of all) that are in none: after a silent baseline, or
    in a database that is older than stories. Returns how many letters. Inside a transaction."""
    missing = _without_story(store, urn)
    for council, keys in missing.items():
        found = [s for s in records.records(store, OFSTED, {council}) if (s.record.kind, s.record.key) in keys]
        read = records.letters(store, (s.record.document.sha256 for s in found if s.record.document))
        take(store, council, [_letter(s, read) for s in found])
    return sum(map(len, missing.values()))


def _letter(stored: Stored, read: Mapping[str, Letter]) -> Piece:
    document = stored.record.document
    letter = read.get(document.sha256) if document else None
    return of_letter(stored.record, letter, stored.record.target, stored.first_seen)


def _without_story(store: Store, urn: str | None) -> dict[str, set[tuple[str, str]]]:
    """Kind and key of such letters, by council. One that waits for its document has not come out yet."""
    rows = store.rows(
        """SELECT target, kind, key FROM records r
           WHERE source = ?1 AND state != 'pending' AND (?2 IS NULL OR target = ?2) AND NOT EXISTS
             (SELECT 1 FROM story_pieces p WHERE p.source = r.source AND p.target = r.target AND p.kind = r.kind
              AND p.key = r.key) ORDER BY target""",
        OFSTED,
        urn,
    )
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows:
        found.setdefault(row["target"], set()).add((row["kind"], row["key"]))
    return found


def split(store: Store, story: Story, piece: Piece, at: str) -> Arranged:
    """Take a piece out of a story for good. Inside a transaction."""
    kept_hands.save(store, story.urn, story_hands.split(story, piece), (), at)
    return _arrange(store, story.urn, _known(store, story.urn))


def join(store: Store, story: Story, pieces: Sequence[Piece], at: str) -> Arranged:
    """Put pieces into a story for good, whatever was said of them before. Inside a transaction."""
    found = list(pieces)
    said, forget = story_hands.join(story, found), story_hands.taken_back(story, found)
    kept_hands.save(store, story.urn, said, forget, at)
    return _arrange(store, story.urn, _known(store, story.urn))


def _known(store: Store, urn: str) -> dict[str, Piece]:
    rows = store.rows("SELECT name, body FROM story_pieces WHERE urn = ?", urn)
    return {row["name"]: from_row(json.loads(row["body"])) for row in rows}


def _live(store: Store, urn: str) -> list[sqlite3.Row]:
    return store.rows("SELECT * FROM stories WHERE urn = ? AND merged_into IS NULL", urn)


def _member(row: sqlite3.Row) -> Member:
    return Member(from_row(json.loads(row["body"])), Link(row["reason"], row["score"]))


def _story(row: sqlite3.Row, members: Iterable[Member]) -> Story:
    ordered = tuple(sorted(members, key=lambda m: m.piece.order))
    return Story(row["id"], row["urn"], row["opener"], ordered, row["opened"], row["closed"])


def _arrange(store: Store, urn: str, pieces: Mapping[str, Piece]) -> Arranged:
    openers = {row["opener"] for row in _live(store, urn)}
    found = arrange(_with_sentences(store, pieces.values()), kept_hands.of_council(store, urn), openers)
    _save(store, urn, found)
    return found


def _with_sentences(store: Store, pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, letters with their sentences where there is a page whose quotations may be theirs."""
    found = list(pieces)
    if not any(p.passages for p in found if not p.letter):
        return found
    read = records.letters(store, (p.sha256 for p in found if p.letter and p.sha256))
    return [replace(p, passages=sentences(read[p.sha256])) if p.letter and p.sha256 in read else p for p in found]


def _save(store: Store, urn: str, found: Arranged) -> None:
    """Write what differs. A story whose opener is in another one now is part of that."""
    store.connection.executemany(
        """INSERT INTO stories (id, urn, opener, kind, opened, closed) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, opened = excluded.opened,
           closed = excluded.closed, merged_into = NULL""",
        [(s.id, s.urn, s.opener, s.kind, s.opened, s.closed) for s in found.stories],
    )
    placed = [_row(m.piece, s.id, m.link) for s in found.stories for m in s.members]
    _save_pieces(store, [*placed, *(_row(p, None, None) for p in found.loose)])
    now = {s.id for s in found.stories}
    for row in _live(store, urn):
        if row["id"] not in now:
            _end(store, row["id"], found.story_of(row["opener"]))


def _end(store: Store, story: str, heir: Story | None) -> None:
    """A story that is part of another now, or whose only page turned out to be about no letter."""
    if heir:
        store.connection.execute("UPDATE stories SET merged_into = ? WHERE id = ?", (heir.id, story))
    else:
        store.connection.execute("DELETE FROM stories WHERE id = ?", (story,))


def _row(piece: Piece, story: str | None, link: Link | None) -> tuple[str | int | None, ...]:
    why = (link.reason, link.score) if link else (None, None)
    body = json.dumps(to_row(piece), ensure_ascii=False)
    return piece.urn, piece.name, piece.source, piece.target, piece.record, piece.key, story, *why, body


def _save_pieces(store: Store, rows: Iterable[tuple[str | int | None, ...]]) -> None:
    store.connection.executemany(
        """INSERT INTO story_pieces (urn, name, source, target, kind, key, story, reason, score, body)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (urn, name) DO UPDATE SET story = excluded.story, reason = excluded.reason,
           score = excluded.score, body = excluded.body WHERE story IS NOT excluded.story
           OR reason IS NOT excluded.reason OR score IS NOT excluded.score OR body IS NOT excluded.body""",
        list(rows),
    )
