"""The answers: plain values with the words that they rest on, their page, the hash of the document, and what was looked
at. They come from the public database; only waits are counted from the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from monitor.config.file import Config
from monitor.model import LETTER_KINDS
from monitor.model.letter import GRADED_KINDS
from monitor.public import reading
from monitor.public.reading import Choice, PublicDatabase
from monitor.public.rows import LetterRow
from monitor.query import parse
from monitor.store import Store, beginning
from monitor.views import due as due_view
from monitor.views import search as search_view
from monitor.views.due_words import sentences
from monitor.views.sector import sector
from monitor.wording.text import count

MAX_ANSWERS = 50
"""Paragraphs, moves or letters in one answer. It says how many there are, so that somebody can ask more narrowly."""

Answer = dict[str, Any]
LETTER = (
    "id", "kind", "title", "published", "inspection_start", "inspection_end", "theme", "pages", "url", "sha256",
)  # fmt: skip
"""What is said of a letter."""


class NoAnswerError(Exception):
    """What is asked for cannot be answered. Its text says why, to whoever asks."""


def _must_have_kept(config: Config) -> None:
    beginning.must_not_be_lost(config.data_dir, config.path, must_exist=config.data.must_exist)


@contextmanager
def _opened(config: Config) -> Iterator[PublicDatabase]:
    _must_have_kept(config)
    with reading.opened(config.data_dir) as public:
        yield public


def search(
    config: Config, words: str, council: str = "", kind: str = "", since: str = "", *, asked: bool = False
) -> Answer:
    """The paragraphs that say it. Raises NoAnswerError, QueryError, UnknownCouncil."""
    if kind and kind not in LETTER_KINDS:
        raise NoAnswerError(f'no letter is of kind "{kind}" (there are: {", ".join(LETTER_KINDS)})')
    urns = [config.registry.get(council).ofsted_urn] if council else []
    choice = Choice(urns, [kind] if kind else [], _day(since), asked)
    query = parse(words)
    with _opened(config) as public:
        hits = public.search(query, choice)
        return {
            "coverage": public.coverage(choice).words,
            "found": len(hits),
            "hits": [search_view.hit_json(hit) | {"letter": hit.letter} for hit in hits[:MAX_ANSWERS]],
        }


def council(config: Config, name: str) -> Answer:
    """A council's judgements now with the words that state them, what is asked, its letters and neighbours. Raises
    UnknownCouncil."""
    found = config.registry.get(name)
    urn, name_of = found.ofsted_urn, config.registry.name_of
    with _opened(config) as public:
        letters = public.letters(urn)
        latest = next((x for x in letters if x.kind in GRADED_KINDS and public.judgements(x.id)), None)
        return {
            "coverage": public.coverage(Choice([urn])).words,
            "council": found.name,
            "urn": urn,
            "latest_full_inspection": _letter(latest) if latest else None,
            "judgements": [row._asdict() for row in public.judgements(latest.id)] if latest else [],
            "asked": [row._asdict() for row in public.improvements(latest.id)] if latest else [],
            "letters": [_letter(letter) for letter in letters],
            "neighbours": [
                {"council": name_of(row.neighbour_urn), "urn": row.neighbour_urn, "closeness": row.closeness}
                for row in public.neighbours(urn)
            ],
        }


def moves(config: Config, since: str = "", until: str = "") -> Answer:
    """The judgements that moved, each with the words that state it now."""
    with _opened(config) as public:
        rows = public.moves(_day(since), _day(until) or "9999")
        return {
            "coverage": public.coverage().words,
            "found": len(rows),
            "moves": [
                {"council": config.registry.name_of(row.urn), **row._asdict(), **_stated(public, row.letter, row.area)}
                for row in rows[:MAX_ANSWERS]
            ],
        }


def due(config: Config, names: Iterable[str], on: str, today: date) -> Answer:
    """How long councils have waited, in numbers and sentences. Raises NoAnswerError, UnknownCouncil."""
    wanted = {config.registry.get(name).ofsted_urn for name in names}
    _must_have_kept(config)
    with Store.reading(config.data_dir) as store:
        seen = sector(store, config.watched())
    found = due_view.due(seen.views, date.fromisoformat(_day(on)) if on else today)
    chosen = [d for d in found if not wanted or d.wait.urn in wanted]
    return {
        "coverage": seen.compared("Counted from"),
        "waits": [due_view.as_json(d) | {"evidence": _evidence(d), "words": sentences(d)} for d in chosen],
    }


def _evidence(found: due_view.Due) -> dict[str, Any] | None:
    """What says when the last full inspection began."""
    last = found.wait.last_full
    if last is None:
        return None
    quote = last.letter.evidence.get("inspection_start")
    return {"quote": quote.text if quote else None, "page": quote.page if quote else None, "sha256": last.letter.sha256}


def letter_page(config: Config, letter: str, page: int) -> Answer:
    """A page of a letter, paragraph by paragraph. Raises NoAnswerError."""
    with _opened(config) as public:
        found = public.letter(letter)
        if found is None:
            raise NoAnswerError(f'no letter has the id "{letter}"; search and council name the ids')
        if not 1 <= page <= found.pages:
            why = f": {found.unread}" if found.unread else ""
            raise NoAnswerError(f"letter {letter} has {count(found.pages, 'page')}{why}")
        rows = public.paragraphs(letter, page)
        return {
            "coverage": f"Page {page} of {found.pages}, all paragraphs",
            "council": config.registry.name_of(found.urn),
            **_letter(found),
            "page": page,
            "paragraphs": [{"heading": p.heading, "text": p.text, "asked": bool(p.asked)} for p in rows],
        }


def _letter(row: LetterRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LETTER} | ({"unread": row.unread} if row.unread else {})


def _stated(public: PublicDatabase, letter: str, area: str) -> dict[str, Any]:
    quote = next((row.quote for row in public.judgements(letter) if row.area == area), None)
    report = public.letter(letter)
    return {"quote": quote, "sha256": report.sha256 if report else None}


def _day(text: str) -> str:
    """A day that somebody asks for, ISO 8601; empty where none is given. Raises NoAnswerError."""
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise NoAnswerError(f'"{text}" is no day; write it like 2026-01-31') from error
