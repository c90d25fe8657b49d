"""The tables [sources.*] of the configuration: what is watched, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, create_model, model_validator

from monitor.config.values import BaseUrl, HttpUrl, Line, Schedule, Seconds, Section, UniqueNames
from monitor.model.sources import (
    OFSTED,
    PAGE,
    SOURCES,
    Address,
    Pages,
    Providers,
    RegistryColumn,
    Sites,
    SourceRow,
    Targets,
)


@dataclass(frozen=True, slots=True)
class Crawls:
    """When a source is crawled: `targets` is empty for all of it, or names those that have this schedule."""

    schedule: str
    full_schedule: str
    targets: tuple[str, ...] = ()


class Source(Section):
    """The keys that every source has. A crawl by `schedule` reads what is new, one by `full_schedule` reads everything.
    After `time_limit` seconds the program stops a crawl."""

    enabled: bool = True
    schedule: Schedule
    full_schedule: Schedule
    time_limit: Seconds = 3600.0

    def addresses(self) -> list[str]:
        """The addresses that the file gives for the source; the public internet where they come from the registry."""
        return ["https://www.gov.uk"]

    def crawls(self) -> list[Crawls]:
        """Its crawls, by schedule."""
        return [Crawls(self.schedule, self.full_schedule)]

    def covers(self, target: str) -> bool:  # noqa: ARG002 - the registry knows which councils there are
        """False for a target that is not configured any more."""
        return True


class WithAddress(Source):
    """A source at one address."""

    base_url: BaseUrl

    def addresses(self) -> list[str]:
        return [self.base_url]


class Ofsted(WithAddress):
    """Ofsted's reports. A crawl by `schedule` reads the listing; a full crawl opens every council's page.
    `page_size`: rows to ask for at once (the site gives at most 100). `recheck`: known documents that a full crawl
    asks for again."""

    page_size: Annotated[int, Field(ge=1, le=100)] = 100
    recheck: Annotated[int, Field(ge=0)] = 60


class Site(Section):
    """A press site: a feed, or with `listing` a page that lists articles. `below` is the path of the articles if they
    do not lie below the page."""

    name: Line
    url: HttpUrl
    listing: bool = False
    below: Line | None = None

    @model_validator(mode="after")
    def _path(self) -> Site:
        if self.below is not None and not (self.listing and self.below.startswith("/")):
            raise ValueError("below is a path that begins with /, for a page that lists articles (listing = true)")
        return self


class WithSites(Source):
    """A source whose sites the file lists, each with a name."""

    sites: Annotated[list[Site], Field(min_length=1), UniqueNames]

    def addresses(self) -> list[str]:
        return [site.url for site in self.sites]

    def covers(self, target: str) -> bool:
        """False for a site that is not configured any more."""
        return any(site.name == target for site in self.sites)


class Page(Source):
    """Any page, with a CSS selector for the part to watch. With `items` and `key` it is compared entry by entry."""

    name: Line
    url: HttpUrl
    selector: Line
    full_schedule: Schedule = SOURCES[PAGE].full_schedule
    items: Line | None = None
    key: Line | None = None

    def addresses(self) -> list[str]:
        return [self.url]

    @model_validator(mode="after")
    def _entries(self) -> Page:
        if (self.items is None) != (self.key is None):
            raise ValueError("items and key go together: which entries, and what tells one from another")
        return self


@dataclass(frozen=True, slots=True)
class WatchedPages:
    """All pages that are switched on, as one source: those of one schedule are one crawl."""

    pages: tuple[Page, ...]
    enabled: bool = True

    @property
    def time_limit(self) -> float:
        """Seconds after which one crawl is stopped: the longest that any page is given."""
        return max(page.time_limit for page in self.pages)

    def addresses(self) -> list[str]:
        """The pages' addresses."""
        return [page.url for page in self.pages]

    def crawls(self) -> list[Crawls]:
        """A crawl for each schedule, in the order of the file."""
        by_schedule: dict[tuple[str, str], list[str]] = {}
        for page in self.pages:
            by_schedule.setdefault((page.schedule, page.full_schedule), []).append(page.name)
        if len(by_schedule) == 1:
            return [Crawls(*next(iter(by_schedule)))]
        return [Crawls(*schedule, tuple(names)) for schedule, names in by_schedule.items()]

    def covers(self, target: str) -> bool:
        """False for a page that is not configured any more, or is switched off."""
        return any(page.name == target for page in self.pages)


class SourceTables(Section):
    """The sources. Ofsted is on unless the file switches it off; another source is on if its table is there. `Sources`
    adds a table for each row of `SOURCES`."""

    ofsted: Ofsted
    page: Annotated[list[Page], UniqueNames] = Field(default_factory=list)

    def section(self, source: str) -> Source | WatchedPages | None:
        """A source's settings, also where it is switched off; None where the file has none."""
        if source == PAGE:
            pages = tuple(page for page in self.page if page.enabled)
            return WatchedPages(pages) if pages else None
        found: Source | None = getattr(self, source)
        return found

    def enabled(self) -> dict[str, Source | WatchedPages]:
        """The sources switched on, by name; all pages together are "page"."""
        found = {name: self.section(name) for name in SOURCES}
        return {name: source for name, source in found.items() if source is not None and source.enabled}

    def commanded(self) -> list[str]:
        """What a command may name: each source, and each page as "page.NAME"."""
        return [*self.enabled(), *(f"{PAGE}.{page.name}" for page in self.page if page.enabled)]


SECTIONS: Mapping[type[Targets], type[Source]] = {
    Providers: Ofsted,
    RegistryColumn: Source,
    Sites: WithSites,
    Address: WithAddress,
    Pages: Page,
}
"""The settings of a source, by the way in which it gets its targets."""


def _section(row: SourceRow) -> type[Source]:
    """The table of a source, with the defaults of its row."""
    kinds = {"schedule": Schedule, "full_schedule": Schedule, "base_url": BaseUrl}
    values = {name: getattr(row, name, None) or getattr(row.targets, name, None) for name in kinds}
    defaults: dict[str, Any] = {name: (kinds[name], value) for name, value in values.items() if value is not None}
    return create_model(row.title, __base__=SECTIONS[type(row.targets)], **defaults)


def _field(row: SourceRow) -> tuple[Any, Any]:
    section = _section(row)
    return (section, Field(default_factory=section)) if row.name == OFSTED else (section | None, None)


if TYPE_CHECKING:
    Sources = SourceTables
else:
    Sources = create_model(
        "Sources", __base__=SourceTables, **{row.name: _field(row) for row in SOURCES.values() if row.name != PAGE}
    )
