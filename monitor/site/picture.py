"""All that the site shows, read from the store in one snapshot: a page that is made later asks nothing more of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from monitor.config.file import Config
from monitor.councils.registry import Council
from monitor.inspections import judgements
from monitor.model import Event, Paragraph, Record
from monitor.model.days import LONDON
from monitor.model.letter import Inspection
from monitor.model.sources import OFSTED
from monitor.public import writing
from monitor.schedule.jobs import jobs
from monitor.site.page import digest
from monitor.store import Store, outbox, records, stories, texts
from monitor.stories.arranging import Arranged
from monitor.stories.item import StoryItem
from monitor.views import council as council_view
from monitor.views import due, meetings, moves, status, told
from monitor.views.council import CouncilView

NEWS_DAYS = 400
"""Events that are older are on no page of news."""


@dataclass(frozen=True)
class CouncilPicture:
    """One council: its letters and its stories."""

    view: CouncilView
    stories: Arranged

    @property
    def council(self) -> Council:
        """The registry's row."""
        return self.view.council

    @cached_property
    def letters(self) -> tuple[Inspection, ...]:
        """All letters that were read, oldest first."""
        return self.view.letters

    @property
    def items(self) -> list[StoryItem]:
        """All publications about the council, in a story or in none."""
        return self.stories.pieces

    @cached_property
    def meetings(self) -> tuple[meetings.Meeting, ...]:
        """The committee meetings that have a letter on their agenda, by day."""
        return tuple(meetings.of_items(self.items))

    @cached_property
    def made_of(self) -> str:
        """A digest of what of the council stands on pages."""
        items = [(i.name, i.title, i.url, i.meeting, i.place) for i in self.items]
        return digest(self.council, [*self.marks.values()], items, self.view.story)

    @cached_property
    def marks(self) -> dict[str, str]:
        """A digest of each letter, by its key: of where it was published, and of how it was read."""
        return {x.key: digest(x) for x in self.letters}


@dataclass(frozen=True)
class Picture:
    """What the whole site is made from. `scheduled`: a process looks by the schedule, so that a next look is due.
    `unread` are the letters that are there and have no words that could be read. `texts` gives the paragraphs of a
    document by its sha256, while the store is open; `readers` says of which there are any, and the version of the
    program that found them."""

    title: str
    address: str | None
    now: datetime
    councils: Mapping[str, CouncilPicture]
    events: tuple[Event, ...]
    status: Mapping[str, Any]
    told: tuple[told.Told, ...]
    feeds: tuple[Path, ...]
    public: Path | None
    next_looks: Mapping[str, datetime]
    scheduled: bool
    unread: tuple[Record, ...]
    readers: Mapping[str, int]
    texts: Callable[[str], list[Paragraph]] = field(repr=False)

    @property
    def today(self) -> str:
        """The day in London, in ISO 8601."""
        return self.now.astimezone(LONDON).date().isoformat()

    @cached_property
    def by_name(self) -> list[CouncilPicture]:
        """The councils by their names."""
        return sorted(self.councils.values(), key=lambda c: c.council.name)

    @cached_property
    def letters(self) -> list[tuple[CouncilPicture, Inspection]]:
        """All letters of all councils, the newest first."""
        found = [(c, x) for c in self.councils.values() for x in c.letters]
        return sorted(found, key=lambda pair: (pair[1].published, pair[1].key), reverse=True)

    @cached_property
    def moves(self) -> list[moves.CouncilMove]:
        """All judgements that moved, the newest first."""
        return moves.moves(c.view for c in self.councils.values())

    @cached_property
    def waits(self) -> dict[str, due.Due]:
        """How long each council has waited, by its URN, the longest first."""
        found = due.due((c.view for c in self.councils.values()), date.fromisoformat(self.today))
        return {one.council.ofsted_urn: one for one in found}

    @cached_property
    def _standing(self) -> dict[str, dict[str, Inspection | None]]:
        return {}

    def standing(self, day: str) -> Mapping[str, Inspection | None]:
        """The inspection whose judgements stood on a day, by the council's URN. Worked out once for each day: many maps
        and tables show the same ones."""
        if day not in self._standing:
            found = ((urn, judgements.standing(day, c.view.inspections)) for urn, c in self.councils.items())
            self._standing[day] = dict(found)
        return self._standing[day]

    @cached_property
    def read(self) -> list[tuple[CouncilPicture, Inspection]]:
        """The letters that have words, the newest first."""
        return [(council, x) for council, x in self.letters if x.letter.pages]


def load(store: Store, config: Config, now: datetime, *, scheduled: bool) -> Picture:
    """Read everything. Raises StoreError."""
    with store.snapshot():
        return Picture(
            title=config.site.title,
            address=config.site.address,
            now=now,
            councils=_councils(store, config),
            events=tuple(outbox.events(store, since=(now - timedelta(days=NEWS_DAYS)).isoformat())),
            status=status.of(store, config, now),
            told=tuple(told.by_kind(store, config, now)),
            feeds=tuple(sorted((config.data_dir / "feeds").glob("*/*.atom"))),
            public=path if writing.usable(path := config.data_dir / writing.NAME) else None,
            next_looks=_next_looks(config, now),
            scheduled=scheduled,
            unread=tuple(records.wordless(store, OFSTED, (c.ofsted_urn for c in config.watched()))),
            readers=texts.readers(store),
            texts=partial(texts.paragraphs, store),
        )


def _councils(store: Store, config: Config) -> dict[str, CouncilPicture]:
    views = council_view.of_councils(store, config.watched())
    return {v.council.ofsted_urn: CouncilPicture(v, stories.of_council(store, v.council.ofsted_urn)) for v in views}


def _next_looks(config: Config, now: datetime) -> dict[str, datetime]:
    """When each source is looked at next, by its schedule."""
    found: dict[str, datetime] = {}
    for job in jobs(config.sources.enabled(), 0):
        slot = next(job.line.slots(now), None)
        if slot and (job.source not in found or slot < found[job.source]):
            found[job.source] = slot
    return found
