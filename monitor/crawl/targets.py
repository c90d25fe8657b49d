"""What a source covers: its targets, whom they concern, and what people call them.

A site is data, and a kind of site is a spider. The registry has the addresses of the councils' committee systems and
news feeds; the configuration has those of press sites and pages. The source's row in `monitor.model.sources` says which
of the two it uses.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from monitor.config.file import Config
from monitor.config.sources import Page, Site, Source, WatchedPages, WithAddress, WithSites
from monitor.councils.registry import Council
from monitor.model import watched_pages
from monitor.model.event import Subject
from monitor.model.reach import Reach, Shows
from monitor.model.sources import SOURCES, Address, Pages, Providers, RegistryColumn, Sites, title


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """One target: its name for people, its address, the council that it is of, and what its spider needs."""

    name: str
    url: str | None = None
    council: Council | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """A source's `targets` by name; `subject` also knows councils beyond the targets of this crawl."""

    source: str
    base_url: str
    targets: Mapping[str, TargetSpec]
    reach: Reach
    subject: Callable[[str], Subject]

    @property
    def title(self) -> str:
        """The source's name for people."""
        return title(self.source)

    @property
    def shows(self) -> Shows:
        """What its targets show."""
        return Shows.EVERYTHING if SOURCES[self.source].lists_everything else Shows.RECENT

    @property
    def expected(self) -> list[str]:
        """The targets that a crawl is to close."""
        return [*self.targets] if self.shows.listing is None else [self.shows.listing, *self.targets]

    def name(self, target: str) -> str:
        """A target for people."""
        if target == self.shows.listing:
            return f"the listing of {self.title}"
        if target in self.targets:
            return self.targets[target].name
        return f"{self.title}: {self.subject(target).council or target}"


def of(
    config: Config, name: str, today: date, councils: Iterable[Council] = (), targets: Collection[str] = ()
) -> Scope:
    """The scope of a source, narrowed to some councils where the source is by council, or to some `targets`;
    "page.NAME" is one page. What is not configured any more is left out."""
    chosen = tuple(councils)
    source, page = watched_pages.split(name)
    section = config.sources.section(source)
    known = _targets(source, section, chosen or tuple(config.watched(today)))
    wanted = {target: known[target] for target in ([page] if page else targets or known) if target in known}
    narrowed = len(wanted) < len(known) or (bool(chosen) and any(target.council for target in wanted.values()))
    configured = Reach.EVERY_COUNCIL if config.watch.councils is None else Reach.CONFIGURED
    return Scope(
        source=source,
        base_url=str(getattr(section, "base_url", "")).rstrip("/"),
        targets=wanted,
        reach=Reach.SOME if narrowed else configured,
        subject=partial(subject, config),
    )


def subject(config: Config, target: str) -> Subject:
    """The council that has this number, with its page; nobody where none has it."""
    council = config.registry.by_urn(target)
    return Subject(council.name, target, page_url(config, target)) if council else Subject()


def page_url(config: Config, urn: str) -> str:
    """A council's page at Ofsted, for people to follow; a crawl takes the address from the listing."""
    return f"{config.sources.ofsted.base_url.rstrip('/')}/provider/44/{urn}"


TargetSpecs = dict[str, TargetSpec]


def _targets(source: str, section: Source | WatchedPages | None, councils: tuple[Council, ...]) -> TargetSpecs:
    """A source's targets by the way that its row names; `section` is its table of the configuration."""
    way = SOURCES[source].targets
    match way:
        case Providers():
            return {c.ofsted_urn: TargetSpec(way.each.format(c.name), council=c) for c in councils}
        case RegistryColumn():
            return {c.ofsted_urn: spec for c in councils if (spec := _registered(way, c))}
        case Sites():
            sites = section.sites if isinstance(section, WithSites) else []
            return {s.name: TargetSpec(s.name, s.url, options=_listing(s)) for s in sites}
        case Address():
            url = section.base_url if isinstance(section, WithAddress) else way.base_url
            return {source: TargetSpec(title(source), url)}
        case Pages():
            pages = section.pages if isinstance(section, WatchedPages) else ()
            return {p.name: TargetSpec(p.name, p.url, options=_selectors(p)) for p in pages}


def _registered(way: RegistryColumn, council: Council) -> TargetSpec | None:
    """The council's target, where the registry knows an address of it."""
    url = getattr(council, way.column)
    if not url or way.system not in (None, council.committee_system):
        return None
    others = list(getattr(council, way.alternatives)) if way.alternatives else []
    options = {"alternatives": others} if others else {}
    return TargetSpec(way.each.format(council.name), url, council, options)


def _listing(site: Site) -> dict[str, Any]:
    below = {"below": site.below} if site.below else {}
    return {"listing": True} | below if site.listing else {}


def _selectors(page: Page) -> dict[str, Any]:
    options = {"selector": page.selector, "items": page.items, "key": page.key}
    return {name: value for name, value in options.items() if value is not None}
