"""What a source covers as it is configured: its targets, whom they concern, and what people call them.

A site is data and a kind of site is a spider: a council's committee system or news feed is a target whose address
the registry holds, and a press site or a page is one whose address stands in the configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from monitor.config.file import Config
from monitor.config.sources import Page, Site
from monitor.councils.registry import Council
from monitor.model import watched_pages
from monitor.model.event import Subject
from monitor.model.state import SEARCH, WHOLE

OFSTED = "ofsted"
NAMES = {
    OFSTED: "Ofsted",
    "moderngov": "Committee papers (ModernGov)",
    "cmis": "Committee papers (CMIS)",
    "newsroom": "Council newsrooms",
    "press": "Press",
    "govuk": "GOV.UK",
    watched_pages.SOURCE: "Watched pages",
}


def title(source: str) -> str:
    """A source's name for people."""
    return NAMES.get(source, watched_pages.split(source)[1] or source)


@dataclass(frozen=True, slots=True)
class TargetSpec:
    """One target: its name for people, its address, the council that it is of, and what its spider needs."""

    name: str
    url: str | None = None
    council: Council | None = None
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scope:
    """A source's targets by name. `whole`: they are all that it is configured to cover; `everybody`: all councils
    are; `subject` also knows councils beyond the targets of this crawl."""

    source: str
    base_url: str
    spots: Mapping[str, TargetSpec]
    whole: bool
    everybody: bool
    subject: Callable[[str], Subject]

    @property
    def title(self) -> str:
        """The source's name for people."""
        return title(self.source)

    @property
    def windowed(self) -> bool:
        """Whether the source shows only what is new, so that nothing follows from what it does not show."""
        return self.source != OFSTED

    @property
    def expected(self) -> list[str]:
        """The targets that a crawl is to close."""
        return [*self.spots] if self.windowed else [SEARCH, *self.spots]

    def name(self, target: str) -> str:
        """A target, or the source itself, for people."""
        if target == WHOLE:
            return self.title
        if target == SEARCH:
            return f"{self.title}'s listing"
        if target in self.spots:
            return self.spots[target].name
        return f"{self.title}: {self.subject(target).council or target}"


def of(
    config: Config, name: str, today: date, councils: Iterable[Council] = (), targets: Collection[str] = ()
) -> Scope:
    """The scope of a source, narrowed to some councils where the source is by council, or to some `targets`;
    "page.NAME" is one page. What is not configured any more is left out."""
    chosen = tuple(councils)
    source, page = watched_pages.split(name)
    known = TARGETS_BY_SOURCE[source](config, chosen or tuple(config.watched(today)))
    spots = {target: known[target] for target in ([page] if page else targets or known) if target in known}
    whole = len(spots) == len(known) and not (chosen and any(spot.council for spot in spots.values()))
    section = config.sources.enabled().get(source)
    return Scope(
        source=source,
        base_url=str(getattr(section, "base_url", "")).rstrip("/"),
        spots=spots,
        whole=whole,
        everybody=whole and config.watch.councils is None,
        subject=lambda target: _subject(config, target),
    )


def _subject(config: Config, target: str) -> Subject:
    council = config.registry.by_urn(target)
    return Subject(council.name, target, page_url(config, target)) if council else Subject()


def page_url(config: Config, urn: str) -> str:
    """A council's page at Ofsted, for people to follow; a crawl takes the address from the listing."""
    return f"{config.sources.ofsted.base_url.rstrip('/')}/provider/44/{urn}"


TargetSpecs = dict[str, TargetSpec]


def _ofsted(_: Config, councils: tuple[Council, ...]) -> TargetSpecs:
    return {c.ofsted_urn: TargetSpec(f"Ofsted's page of {c.name}", council=c) for c in councils}


def _committees(system: str) -> Callable[[Config, tuple[Council, ...]], TargetSpecs]:
    def spots(_: Config, councils: tuple[Council, ...]) -> TargetSpecs:
        mine = [c for c in councils if c.committee_system == system and c.committee_base_url]
        return {c.ofsted_urn: _committee(c) for c in mine}

    return spots


def _committee(council: Council) -> TargetSpec:
    options = {"alternatives": list(council.committee_alt_urls)} if council.committee_alt_urls else {}
    return TargetSpec(f"the committee papers of {council.name}", council.committee_base_url, council, options)


def _newsrooms(_: Config, councils: tuple[Council, ...]) -> TargetSpecs:
    return {
        c.ofsted_urn: TargetSpec(f"the newsroom of {c.name}", c.news_feed_url, c) for c in councils if c.news_feed_url
    }


def _press(config: Config, _: tuple[Council, ...]) -> TargetSpecs:
    sites = config.sources.press.sites if config.sources.press else []
    return {s.name: TargetSpec(s.name, s.url, options=_listing(s)) for s in sites}


def _listing(site: Site) -> dict[str, Any]:
    below = {"below": site.below} if site.below else {}
    return {"listing": True} | below if site.listing else {}


def _govuk(config: Config, _: tuple[Council, ...]) -> TargetSpecs:
    url = config.sources.govuk.base_url if config.sources.govuk else None
    return {"govuk": TargetSpec("GOV.UK", url)}


def _page(config: Config, _: tuple[Council, ...]) -> TargetSpecs:
    return {p.name: TargetSpec(p.name, p.url, options=_selectors(p)) for p in config.sources.page if p.enabled}


def _selectors(page: Page) -> dict[str, Any]:
    options = {"selector": page.selector, "items": page.items, "key": page.key}
    return {name: value for name, value in options.items() if value is not None}


TARGETS_BY_SOURCE: Mapping[str, Callable[[Config, tuple[Council, ...]], TargetSpecs]] = {
    OFSTED: _ofsted,
    "moderngov": _committees("ModernGov"),
    "cmis": _committees("CMIS"),
    "newsroom": _newsrooms,
    "press": _press,
    "govuk": _govuk,
    "page": _page,
}
