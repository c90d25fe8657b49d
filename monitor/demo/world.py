"""What a made-up site has published, and when: the same world on a later day shows more."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from monitor.councils.registry import Council

LABELS = {
    "ilacs": "Children's services inspection",
    "sif": "Children's services inspection",
    "focused_visit": "Children's services focused visit",
    "monitoring_visit": "Children's services monitoring visit",
}
OLD_LABEL = "Single inspection of LA children's services as pdf"
RELABELLED = date(2015, 3, 1)
NUMBERED_ANEW = date(2018, 1, 1)


@dataclass(frozen=True)
class Edition:
    """One version of a report's file, the one behind its link from a day on."""

    since: date
    letter: Callable[[], bytes]

    @cached_property
    def pdf(self) -> bytes:
        """The file; `letter` is called when it is first asked for."""
        return self.letter()

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.pdf).hexdigest()[:32]}"'


@dataclass(frozen=True)
class Publication:
    """A report on a council's page. More than one edition means that its file was replaced in place."""

    file_id: str
    urn: str
    kind: str
    label: str
    inspected: date
    published: date
    editions: tuple[Edition, ...]

    def edition(self, today: date) -> Edition:
        """The file that its link gives on that day."""
        return [edition for edition in self.editions if edition.since <= today][-1]


@dataclass(frozen=True, slots=True)
class Day:
    """A day worth looking at: what happens on it, whether the crawl sweeps, and the events it should bring."""

    date: date
    what: str
    sweep: bool = False
    expects: tuple[str, ...] = ()


class World:
    """Councils and what was published about them. `days` is the play's order, the baseline first; `outages` are pages
    (by URN) that cannot be read on a day."""

    def __init__(
        self,
        councils: Sequence[Council],
        publications: Iterable[Publication],
        days: Sequence[Day] = (),
        outages: Collection[tuple[str, date]] = (),
    ) -> None:
        self.councils = tuple(councils)
        self.days = tuple(days)
        self._outages = outages
        self._by_urn: dict[str, list[Publication]] = {council.urn: [] for council in councils}
        self._by_id: dict[str, Publication] = {}
        for publication in publications:
            self.publish(publication)

    @property
    def publications(self) -> list[Publication]:
        """All there ever will be, in order of publication."""
        return sorted(self._by_id.values(), key=lambda p: (p.published, p.file_id))

    def publish(self, publication: Publication) -> None:
        """Adds a report to its council's page, from the day of its publication."""
        self._by_id[publication.file_id] = publication
        self._by_urn[publication.urn].append(publication)
        self._by_urn[publication.urn].sort(key=lambda p: (p.published, p.file_id), reverse=True)

    def listed(self, urn: str, today: date) -> list[Publication]:
        """What a council's page shows on that day, newest first."""
        return [p for p in self._by_urn[urn] if p.published <= today]

    def latest(self, urn: str, today: date) -> date | None:
        """The date that the search shows as "Latest report"."""
        return next((p.published for p in self._by_urn[urn] if p.published <= today), None)

    def council(self, urn: str) -> Council | None:
        return next((council for council in self.councils if council.urn == urn), None)

    def file(self, file_id: str, today: date) -> Edition | None:
        """The report's file as it is on that day, or None before its publication."""
        found = self._by_id.get(file_id)
        return found.edition(today) if found and found.published <= today else None

    def is_out(self, urn: str, today: date) -> bool:
        """Whether a council's page cannot be read on that day."""
        return (urn, today) in self._outages


def publication(council: Council, kind: str, inspected: date, serial: int, *editions: Edition) -> Publication:
    """A report as it stands on the site. File ids grow with the date, in a new range since 2018, as Ofsted's do."""
    published = editions[0].since
    return Publication(
        file_id=file_id(published, serial),
        urn=council.urn,
        kind=kind,
        label=OLD_LABEL if published < RELABELLED else LABELS[kind],
        inspected=inspected,
        published=published,
        editions=editions,
    )


def file_id(published: date, serial: int) -> str:
    """An id that no other report of the same world has, if no two of a day share a serial below 1000."""
    if published < NUMBERED_ANEW:
        return str(2_000_000 + (published - date(2013, 1, 1)).days * 1000 // 4 + serial % 250)
    return str(90_000_000 + (published - NUMBERED_ANEW).days * 1000 + serial % 1000)
