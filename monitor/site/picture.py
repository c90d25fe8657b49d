"""All that the site shows, read from the store in one snapshot: a page that is made later asks nothing more of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from monitor.config.file import Config
from monitor.councils.registry import Council
from monitor.model import Event
from monitor.model.letter import Inspection
from monitor.model.sources import OFSTED
from monitor.schedule.jobs import jobs
from monitor.store import Store, outbox, stories
from monitor.stories.arranging import Arranged
from monitor.stories.item import StoryItem
from monitor.times.slots import LONDON
from monitor.views import council as council_view
from monitor.views import meetings, status, told
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
        return tuple(sorted((*self.view.inspections, *self.view.others), key=lambda x: (x.published, x.key)))

    @property
    def items(self) -> Iterator[StoryItem]:
        """All publications about the council, in a story or in none."""
        yield from (m.piece for s in self.stories.stories for m in s.members)
        yield from self.stories.loose

    @cached_property
    def meetings(self) -> tuple[meetings.Meeting, ...]:
        """The committee meetings that have a letter on their agenda, by day."""
        return tuple(meetings.of_items(self.items))

    @cached_property
    def made_of(self) -> tuple[object, ...]:
        """What of the council stands on its page, in short."""
        letters = [(x.key, x.published, x.url, x.letter.sha256, repr(x.letter)) for x in self.letters]
        return self.council, letters, [(i.name, i.title, i.url, i.meeting) for i in self.items], repr(self.view.story)


@dataclass(frozen=True)
class Picture:
    """What the whole site is made from. `scheduled`: a process looks by the schedule, so that a next look is due."""

    title: str
    address: str | None
    now: datetime
    councils: Mapping[str, CouncilPicture]
    events: tuple[Event, ...]
    status: Mapping[str, Any]
    told: tuple[told.Told, ...]
    feeds: tuple[Path, ...]
    next_looks: Mapping[str, datetime]
    scheduled: bool

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

    @property
    def unread(self) -> int:
        """How many letters are there and could not be read."""
        return sum(x.letter.kind == "unknown" for _, x in self.letters)


def load(store: Store, config: Config, now: datetime, *, scheduled: bool) -> Picture:
    """Read everything. Raises StoreError."""
    with store.snapshot():
        return Picture(
            title=config.site.title,
            address=config.site.address,
            now=now,
            councils={c.ofsted_urn: _council(store, c) for c in config.watched()},
            events=tuple(outbox.events(store, since=(now - timedelta(days=NEWS_DAYS)).isoformat())),
            status=status.of(store, config, now),
            told=tuple(told.by_kind(store, config, now)),
            feeds=_feeds(config),
            next_looks=_next_looks(config, now),
            scheduled=scheduled,
        )


def _council(store: Store, council: Council) -> CouncilPicture:
    return CouncilPicture(
        council_view.of_council(store, council),
        stories.of_council(store, council.ofsted_urn),
    )


def _feeds(config: Config) -> tuple[Path, ...]:
    return tuple(sorted((config.data_dir / "feeds").glob("*/*.atom")))


def _next_looks(config: Config, now: datetime) -> dict[str, datetime]:
    """When each source is looked at next, by its schedule."""
    found: dict[str, datetime] = {}
    for job in jobs(config.sources.enabled(), 0):
        slot = next(job.line.slots(now), None)
        if slot and (job.source not in found or slot < found[job.source]):
            found[job.source] = slot
    return found


__all__ = ["OFSTED", "CouncilPicture", "Picture", "load"]
