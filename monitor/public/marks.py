"""Which councils' rows are to be made again: what each council's are made from, in short, and whose belong together.

Most rows of a council are made from its own part of the store. Two things join councils: a document on one's page may
be about another one, and where two pages list one file the second is named otherwise. Such councils are written
together.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

from monitor.councils.registry import Council
from monitor.model.sources import OFSTED, SOURCES
from monitor.public.gather import AGENDA, council_row
from monitor.store import Store
from monitor.version import VERSION

REPORTS = """SELECT target, json_group_array(json_array(key, url, title, published, document_error, state)),
      json_group_array(json_extract(document, '$.sha256'))
    FROM records WHERE source = ?1 AND target IN (SELECT value FROM json_each(?2)) GROUP BY target"""
READ = "SELECT json_group_object(sha256, read) FROM letters"
TAKEN_APART = "SELECT json_group_object(sha256, reader || ' ' || length(body)) FROM letter_texts"
AGENDAS = """SELECT target, json_group_array(json_array(source, kind, key, url, title, published, fields, facts))
    FROM records WHERE state = 'listed' AND source IN (SELECT value FROM json_each(?1))
      AND target IN (SELECT value FROM json_each(?2)) AND kind IN (SELECT value FROM json_each(?3)) GROUP BY target"""
STORIES = "SELECT json_group_object(urn, generation) FROM story_generations"
ABOUT = """SELECT r.target, json_extract(l.body, '$.urn') FROM records r
    JOIN letters l ON l.sha256 = json_extract(r.document, '$.sha256')
    WHERE r.source = ?1 AND r.target IN (SELECT value FROM json_each(?2))"""
SHARED = "SELECT json_group_array(target) FROM records WHERE source = ? GROUP BY key HAVING count(*) > 1"


class Made(NamedTuple):
    """What a council's rows were made from when they were written last, and the councils that are `linked` with it:
    those that its letters are about, and those whose pages list a file that its page lists."""

    digest: str
    linked: frozenset[str] = frozenset()


def marks(store: Store, councils: Mapping[str, Council]) -> dict[str, str]:
    """For each of these councils a text that is another one whenever its rows may be: a digest of what they are made
    from. It costs little, so that a crawl that brought nothing need not gather."""
    urns = json.dumps(sorted(councils))
    reports, agendas, told = _reports(store, urns), _agendas(store, urns), _object(store, STORIES)
    return {
        urn: _digest(VERSION, json.dumps(council_row(c)), *reports.get(urn, ()), agendas.get(urn), told.get(urn))
        for urn, c in councils.items()
    }


def _digest(*lines: object) -> str:
    return sha256("\n".join(map(str, lines)).encode()).hexdigest()


def _reports(store: Store, urns: str) -> dict[str, tuple[str, str]]:
    """By council its records, and their documents with when they were read and taken apart. SQLite joins none of it: to
    go through all letters takes a tenth of the time in which it finds each."""
    read, taken_apart = _object(store, READ), _object(store, TAKEN_APART)
    found = ((urn, said, json.loads(shas)) for urn, said, shas in store.rows(REPORTS, OFSTED, urns))
    return {urn: (said, json.dumps([(s, read.get(s), taken_apart.get(s)) for s in shas])) for urn, said, shas in found}


def _agendas(store: Store, urns: str) -> dict[str, str]:
    """By council what its committees list. Its stories do not tell of all: an item may be taken down, or be put off."""
    rows = store.rows(AGENDAS, json.dumps(sorted(SOURCES)), urns, json.dumps(AGENDA))
    return {row[0]: row[1] for row in rows}


def _object(store: Store, sql: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(store.rows(sql)[0][0])
    return found


def links(store: Store, urns: Collection[str]) -> dict[str, frozenset[str]]:
    """The councils that each of these is linked with by what its page lists now."""
    found: dict[str, set[str]] = {urn: set() for urn in urns}
    for page, about in store.rows(ABOUT, OFSTED, json.dumps(sorted(urns))):
        found[page].add(about or page)
    for (pages,) in store.rows(SHARED, OFSTED):
        for page in found.keys() & (sharing := json.loads(pages)):
            found[page].update(sharing)
    return {urn: frozenset(those - {urn}) for urn, those in found.items()}


def together(urns: Iterable[str], *linked: Mapping[str, Iterable[str]]) -> set[str]:
    """These councils and all that are linked with them, either way, also by way of others."""
    ways: dict[str, set[str]] = {}
    for one, another in ((a, b) for those in linked for a, others in those.items() for b in others):
        ways.setdefault(one, set()).add(another)
        ways.setdefault(another, set()).add(one)
    found, beside = set[str](), set(urns)
    while beside:
        found |= beside
        beside = {another for urn in beside for another in ways.get(urn, ())} - found
    return found
