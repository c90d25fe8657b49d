"""The kinds of sources, one row each. A new kind of source is a row here and a folder in `spiders/` of the same name.

A row says where the source's targets come from by one of five ways. `monitor/config/sources.py` has the settings of
each way and `monitor/crawl/targets.py` makes the targets, so that a row needs no code of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.model.kinds import KINDS, PAGE_TOLD, Kind, Telling, Voice


@dataclass(frozen=True, slots=True)
class Providers:
    """Each watched council's page at Ofsted. The source's own listing gives the addresses."""

    base_url: str
    each: str


@dataclass(frozen=True, slots=True)
class RegistryColumn:
    """Each watched council's address in a `column` of the registry; `each` names such a target, with {} for the
    council. `system`: only councils with this committee system. `alternatives`: the column with other addresses."""

    column: str
    each: str
    system: str | None = None
    alternatives: str | None = None


@dataclass(frozen=True, slots=True)
class Sites:
    """The sites that the configuration lists, each with a name: `[[sources.NAME.sites]]`."""


@dataclass(frozen=True, slots=True)
class Address:
    """One target, named as the source, at an address that the configuration may replace (`base_url`)."""

    base_url: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Each `[[sources.page]]` of the configuration is a source of its own, with one target: "page.NAME"."""


Targets = Providers | RegistryColumn | Sites | Address | Pages


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One kind of source.

    - `name`: its table in the configuration, its folder in `spiders/`, and its name in JSON.
    - `title`: what people read as its name.
    - `speaker`: who speaks in it, where a record names nobody better; None: the target itself, as a paper's name.
    - `targets`: where its targets come from.
    - `schedule`, `full_schedule`: when it is crawled, where the configuration does not say.
    - `lists_everything`: what it does not list any more is gone. Any other source shows only what is new.
    - `expected`: what a look at a target must find, for `check --probe`.
    - `articles`: how its records are told whose kind leaves that to the source.
    """

    name: str
    title: str
    speaker: str | None
    targets: Targets
    schedule: str | None
    full_schedule: str = "0 4 * * sun"
    lists_everything: bool = False
    expected: str = "what its spider reads"
    articles: Telling = PAGE_TOLD

    @property
    def by_council(self) -> bool:
        """Whether each target is a council's."""
        return isinstance(self.targets, Providers | RegistryColumn)


OFSTED = "ofsted"
"""The source whose records are Ofsted's own letters. Only they judge."""
PAGE = "page"
"""The source whose targets are pages that the operator chose, each a source by itself."""

_ROWS = (
    SourceRow(
        OFSTED,
        title="Ofsted's reports",
        speaker="Ofsted",
        targets=Providers("https://reports.ofsted.gov.uk", "Ofsted's page of {}"),
        schedule="0 7-19 * * mon-fri",
        full_schedule="30 3 * * *",
        lists_everything=True,
        expected="the list of councils with the dates of their latest reports; each council's page with its timeline",
    ),
    SourceRow(
        "moderngov",
        title="Committee papers (ModernGov)",
        speaker="a committee",
        targets=RegistryColumn("committee_base_url", "the committee papers of {}", "ModernGov", "committee_alt_urls"),
        schedule="15 6,18 * * mon-fri",
        expected="its feed (mgRss.aspx); from its web service the committees, their meetings, a meeting with its items",
    ),
    SourceRow(
        "cmis",
        title="Committee papers (CMIS)",
        speaker="a committee",
        targets=RegistryColumn("committee_base_url", "the committee papers of {}", "CMIS", "committee_alt_urls"),
        schedule="45 6,18 * * mon-fri",
        expected="its calendar; a month with meetings; a meeting's page with its agenda",
    ),
    SourceRow(
        "newsroom",
        title="Councils' news",
        speaker="the council",
        targets=RegistryColumn("news_feed_url", "the newsroom of {}"),
        schedule="30 7-19 * * mon-fri",
        expected="a feed (RSS or Atom) with entries, the newest of the last months",
        articles=Telling("news.published", Voice.NEWS, "The council"),
    ),
    SourceRow(
        "press",
        title="Press",
        speaker=None,
        targets=Sites(),
        schedule="20 7-21/2 * * *",
        expected="a feed (RSS or Atom) with entries, or a page with links to articles below it",
        articles=Telling("press.published", Voice.PRESS, "The article"),
    ),
    SourceRow(
        "govuk",
        title="GOV.UK",
        speaker="GOV.UK",
        targets=Address("https://www.gov.uk"),
        schedule="40 7-19 * * mon-fri",
        expected="the search (api/search.json) with results; a publication with title and time",
    ),
    SourceRow(
        PAGE,
        title="Watched pages",
        speaker=None,
        targets=Pages(),
        schedule=None,
        expected="the part that the selector names, with text or with entries that have a key",
    ),
)
SOURCES: Mapping[str, SourceRow] = {row.name: row for row in _ROWS}


def kind_of(source: str) -> str:
    """The kind of a source, which names its row: "page" of "page.budget"."""
    return source.partition(".")[0]


def title(source: str) -> str:
    """A source's name for people. A page has the name that the operator gave it; any other word stays as it is."""
    kind, _, name = source.partition(".")
    row = SOURCES.get(kind)
    return source if row is None else name or row.title


def telling(kind: Kind, source: str) -> Telling:
    """How a record of a kind is told that comes from a source."""
    told = KINDS[kind].told
    if told is not None:
        return told
    row = SOURCES.get(kind_of(source))
    return row.articles if row else PAGE_TOLD


def _tellings() -> Iterator[tuple[str, Telling]]:
    for row in KINDS.values():
        for told in [row.told] if row.told else [source.articles for source in SOURCES.values()]:
            yield told.event, told
            if row.updated:
                yield row.updated, told


TELLINGS: Mapping[str, Telling] = dict(_tellings())
"""How each kind of event about a publication is told."""
