"""What a source covers as it is configured: its targets, whom they concern, and what people call them.

A site is data and a kind of site is a spider: a council's committee system or news feed is a target whose address
the registry holds, and a press site or a page is one whose address stands in the configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from monitor.config.file import Config
from monitor.config.sources import Page, Site
from monitor.councils.registry import Council
from monitor.model.event import Subject
from monitor.model.reach import Reach, Shows

OFSTED = "ofsted"
NAMES = {
    OFSTED: "Ofsted",
    "moderngov": "Committee papers (ModernGov)",
    "cmis": "Committee papers (CMIS)",
    "newsroom": "Council newsrooms",
    "press": "Press",
    "govuk": "GOV.UK",
}


def title(source: str) -> str:
    """A source's name for people."""
    return NAMES.get(source, source.partition(".")[2] or source)


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """One target: its name for people, its address, the council that it is of, and what its spider needs."""

    name: str
    url: str | None = None
    council: Council | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """A source's targets by name; `subject` also knows councils beyond the targets of this crawl."""

    source: str
    base_url: str
    spots: Mapping[str, TargetSpec]
    reach: Reach
    subject: Callable[[str], Subject]

    @property
    def title(self) -> str:
        """The source's name for people."""
        return title(self.source)

    @property
    def shows(self) -> Shows:
        """What its targets show."""
        return Shows.EVERYTHING if self.source == OFSTED else Shows.RECENT

    @property
    def expected(self) -> list[str]:
        """The targets that a crawl is to close."""
        return [*self.spots] if self.shows.listing is None else [self.shows.listing, *self.spots]

    def name(self, target: str) -> str:
        """A target for people."""
        if target == self.shows.listing:
            return f"{self.title}'s listing"
        if target in self.spots:
            return self.spots[target].name
        return f"{self.title}: {self.subject(target).council or target}"


def of(config: Config, source: str, today: date, councils: Iterable[Council] = ()) -> Scope:
    """The scope of a source, narrowed to some councils where the source is by council. KeyError: no such page."""
    chosen = tuple(councils)
    base = source.partition(".")[0]
    spots = TARGETS_BY_SOURCE[base](config, source, chosen or tuple(config.watched(today)))
    narrowed = bool(chosen) and any(spot.council for spot in spots.values())
    configured = Reach.EVERY_COUNCIL if config.watch.councils is None else Reach.CONFIGURED
    section = config.sources.enabled().get(source)
    return Scope(
        source=source,
        base_url=str(getattr(section, "base_url", "")).rstrip("/"),
        spots=spots,
        reach=Reach.SOME if narrowed else configured,
        subject=lambda target: _subject(config, target),
    )


def _subject(config: Config, target: str) -> Subject:
    council = config.registry.by_urn(target)
    return Subject(council.name, target, page_url(config, target)) if council else Subject()


def page_url(config: Config, urn: str) -> str:
    """A council's page at Ofsted, for people to follow; a crawl takes the address from the listing."""
    return f"{config.sources.ofsted.base_url.rstrip('/')}/provider/44/{urn}"


TargetSpecs = dict[str, TargetSpec]


def _ofsted(_: Config, __: str, councils: tuple[Council, ...]) -> TargetSpecs:
    return {c.ofsted_urn: TargetSpec(f"Ofsted's page of {c.name}", council=c) for c in councils}


def _committees(system: str) -> Callable[[Config, str, tuple[Council, ...]], TargetSpecs]:
    def spots(_: Config, __: str, councils: tuple[Council, ...]) -> TargetSpecs:
        mine = [c for c in councils if c.committee_system == system and c.committee_base_url]
        return {c.ofsted_urn: _committee(c) for c in mine}

    return spots


def _committee(council: Council) -> TargetSpec:
    options = {"alternatives": list(council.committee_alt_urls)} if council.committee_alt_urls else {}
    return TargetSpec(f"the committee papers of {council.name}", council.committee_base_url, council, options)


def _newsrooms(_: Config, __: str, councils: tuple[Council, ...]) -> TargetSpecs:
    return {
        c.ofsted_urn: TargetSpec(f"the newsroom of {c.name}", c.news_feed_url, c) for c in councils if c.news_feed_url
    }


def _press(config: Config, _: str, __: tuple[Council, ...]) -> TargetSpecs:
    sites = config.sources.press.sites if config.sources.press else []
    return {s.name: TargetSpec(s.name, s.url, options=_listing(s)) for s in sites}


def _listing(site: Site) -> dict[str, Any]:
    below = {"below": site.below} if site.below else {}
    return {"listing": True} | below if site.listing else {}


def _govuk(config: Config, _: str, __: tuple[Council, ...]) -> TargetSpecs:
    url = config.sources.govuk.base_url if config.sources.govuk else None
    return {"govuk": TargetSpec("GOV.UK", url)}


def _page(config: Config, source: str, _: tuple[Council, ...]) -> TargetSpecs:
    found = {p.name: TargetSpec(p.name, p.url, options=_selectors(p)) for p in config.sources.page}
    name = source.partition(".")[2]
    return {name: found[name]}


def _selectors(page: Page) -> dict[str, Any]:
    options = {"selector": page.selector, "items": page.items, "key": page.key}
    return {name: value for name, value in options.items() if value is not None}


TARGETS_BY_SOURCE: Mapping[str, Callable[[Config, str, tuple[Council, ...]], TargetSpecs]] = {
    OFSTED: _ofsted,
    "moderngov": _committees("ModernGov"),
    "cmis": _committees("CMIS"),
    "newsroom": _newsrooms,
    "press": _press,
    "govuk": _govuk,
    "page": _page,
}
