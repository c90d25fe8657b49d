"""Stories in the store: the pieces of each council, the story that each is in and why, and what people said.

Everything that changes is inside the caller's transaction. A council's stories are arranged anew from all its
pieces whenever one comes (see monitor.stories), and only the rows that differ are made and written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from monitor.model import Kind
from monitor.store.database import Store
from monitor.store.sqlite import sqlite3
from monitor.stories.arranging import Arranged, Member, Story
from monitor.stories.item import StoryItem, from_row, to_row
from monitor.stories.rules import Link

AgendaItem = tuple[str, str, str]


def of_council(store: Store, urn: str) -> Arranged:
    """A council's stories as they are kept, oldest first, and the pieces that are in none."""
    members: dict[str, list[Member]] = {}
    loose: list[StoryItem] = []
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


def councils_of_items(store: Store, items: Collection[AgendaItem]) -> dict[AgendaItem, str]:
    """For each agenda item (source, target, key) that is in a story, or whose minutes are, the council of it."""
    rows = store.rows(
        """SELECT p.source, p.target, p.key, min(p.urn) AS urn FROM json_each(?) i
           JOIN story_pieces p ON p.source = json_extract(i.value, '$[0]')
             AND p.target = json_extract(i.value, '$[1]') AND p.key = json_extract(i.value, '$[2]')
           WHERE p.kind IN ('item', 'minutes') GROUP BY 1, 2, 3""",
        json.dumps(sorted(items)),
    )
    return {(r["source"], r["target"], r["key"]): r["urn"] for r in rows}


def keys_of(store: Store, kind: Kind, urns: Iterable[str]) -> dict[str, set[tuple[str, str]]]:
    """The pieces of a kind of these councils, in a story or not: for each council their sources and keys."""
    sql = "SELECT urn, source, key FROM story_pieces WHERE kind = ? AND urn IN (SELECT value FROM json_each(?))"
    found: dict[str, set[tuple[str, str]]] = {}
    for row in store.rows(sql, kind, json.dumps(sorted(urns))):
        found.setdefault(row["urn"], set()).add((row["source"], row["key"]))
    return found


def now_called(store: Store, story: str) -> str:
    """The story that one is part of by now: a letter may have shown that two were one."""
    for row in store.rows("SELECT merged_into FROM stories WHERE id = ? AND merged_into IS NOT NULL", story):
        return now_called(store, row["merged_into"])
    return story


def _live(store: Store, urn: str) -> list[sqlite3.Row]:
    return store.rows("SELECT * FROM stories WHERE urn = ? AND merged_into IS NULL", urn)


def _member(row: sqlite3.Row) -> Member:
    return Member(from_row(json.loads(row["body"])), Link(row["reason"], row["score"]))


def _story(row: sqlite3.Row, members: Iterable[Member]) -> Story:
    ordered = tuple(sorted(members, key=lambda m: m.piece.order))
    return Story(row["id"], row["urn"], row["opener"], ordered, row["opened"], row["closed"])


def generation(store: Store, urn: str) -> int:
    """How often a council's stories have been written."""
    rows = store.rows("SELECT generation FROM story_generations WHERE urn = ?", urn)
    return int(rows[0]["generation"]) if rows else 0


Rows = list[tuple[str | int | None, ...]]
Placed = tuple[StoryItem, str | None, Link | None]
"""A piece, the story that it is in, and why; None and None for one that is in none."""


def rows_of(found: Arranged, stored: Arranged = Arranged()) -> Rows:  # noqa: B008 - it is frozen
    """The rows of those of a council's pieces that are not `stored` so already. They are made before the transaction
    that writes them, for it is to be short."""
    before = _placed(stored)
    return [_row(*placed) for name, placed in _placed(found).items() if before.get(name) != placed]


def _placed(found: Arranged) -> dict[str, Placed]:
    """Every piece by its name."""
    in_stories: list[Placed] = [(m.piece, s.id, m.link) for s in found.stories for m in s.members]
    return {placed[0].name: placed for placed in (*in_stories, *((p, None, None) for p in found.loose))}


def save(store: Store, urn: str, found: Arranged, rows: Rows) -> None:
    """Write what differs. A story whose opener is in another one now is part of that. Inside a transaction."""
    store.connection.execute(
        """INSERT INTO story_generations VALUES (?, 1)
           ON CONFLICT (urn) DO UPDATE SET generation = generation + 1""",
        (urn,),
    )
    store.connection.executemany(
        """INSERT INTO stories (id, urn, opener, kind, opened, closed) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, opened = excluded.opened,
           closed = excluded.closed, merged_into = NULL""",
        [(s.id, s.urn, s.opener, s.kind, s.opened, s.closed) for s in found.stories],
    )
    store.connection.executemany(
        """INSERT INTO story_pieces (urn, name, source, target, kind, key, story, reason, score, body)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (urn, name) DO UPDATE SET story = excluded.story, reason = excluded.reason,
           score = excluded.score, body = excluded.body WHERE story IS NOT excluded.story
           OR reason IS NOT excluded.reason OR score IS NOT excluded.score OR body IS NOT excluded.body""",
        rows,
    )
    now = {s.id for s in found.stories}
    heirs = {m.piece.name: s for s in found.stories for m in s.members}
    for row in _live(store, urn):
        if row["id"] not in now:
            _end(store, row["id"], heirs.get(row["opener"]))


def _end(store: Store, story: str, heir: Story | None) -> None:
    """A story that is part of another now, or whose only page turned out to be about no letter."""
    if heir:
        store.connection.execute("UPDATE stories SET merged_into = ? WHERE id = ?", (heir.id, story))
    else:
        store.connection.execute("DELETE FROM stories WHERE id = ?", (story,))


def _row(piece: StoryItem, story: str | None, link: Link | None) -> tuple[str | int | None, ...]:
    why = (link.reason, link.score) if link else (None, None)
    body = json.dumps(to_row(piece), ensure_ascii=False)
    return piece.urn, piece.name, piece.source, piece.target, piece.record, piece.key, story, *why, body
