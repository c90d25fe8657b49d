"""The tables [data], [http], [watch], [run] and [sources.*] of the configuration: what is watched, and how."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from monitor.config.values import (
    BaseUrl,
    CouncilName,
    Day,
    EnvName,
    Host,
    HttpUrl,
    Line,
    Listen,
    NoRepeats,
    Schedule,
    Seconds,
    Section,
    UniqueNames,
)

PLACEHOLDERS = ("example.org", "example.com", "example.net", "example.gov.uk", "your-address")


MIN_KEPT_DAYS = 31
"""The program keeps the record of runs at least so many days."""


class Data(Section):
    """The folder of the database, documents and feeds, relative to the configuration's folder."""

    dir: Line = "data"


class Http(Section):
    """Manners and limits of requests. `delay` and `timeout` are in seconds, `max_bytes` limits one body after
    unpacking. `extra_ca` gives by host a PEM file, relative to the configuration's folder, with the intermediate
    certificate that the host's server does not send."""

    user_agent: Line = "ofsted-watch/{version} (+{contact})"
    contact: str = ""
    delay: Annotated[float, Field(ge=0, le=3600)] = 2.0
    timeout: Seconds = 60.0
    max_bytes: Annotated[int, Field(ge=1000)] = 50_000_000
    obey_robots: bool = True
    allow_private_addresses: bool = False
    extra_ca: dict[Host, Line] = Field(default_factory=dict)

    @field_validator("user_agent", "contact")
    @classmethod
    def _printable(cls, text: str) -> str:
        if not (text.isprintable() and text.isascii()):
            raise ValueError("must be one line of plain ASCII: it goes into a header")
        return text.strip()

    def agent(self, version: str) -> str:
        """The user agent as requests carry it."""
        return self.user_agent.replace("{version}", version).replace("{contact}", self.contact)

    def contactable(self) -> bool:
        """Return True if the user agent tells a site's owner whom to write to."""
        contact = self.contact.lower()
        return bool(contact) and contact in self.agent("").lower() and not any(p in contact for p in PLACEHOLDERS)


class Watch(Section):
    """The councils to watch, and the table that replaces the built-in registry."""

    councils: Annotated[list[CouncilName], Field(min_length=1), NoRepeats] | None = None
    registry: Line | None = None

    @field_validator("councils", mode="before")
    @classmethod
    def _all(cls, value: Any) -> Any:
        if value == "all":
            return None
        if not isinstance(value, list):
            raise ValueError('must be "all" or a list of names')
        return value


class Run(Section):
    """The unattended `run`. `crawls`: how many sources it crawls at once. `jitter`: seconds over which it spreads the
    starts. `backups`: how many nightly copies it keeps. `keep_days`: days after which it deletes the record of runs and
    unused documents (0: never). `elections`: polling days of general elections to come, before which Ofsted publishes
    little."""

    crawls: Annotated[int, Field(ge=1, le=16)] = 2
    jitter: Annotated[float, Field(ge=0, le=900)] = 60.0
    backups: Annotated[int, Field(ge=0, le=366)] = 7
    keep_days: Annotated[int, Field(ge=0, le=36_500)] = 400
    log: Literal["auto", "plain", "json"] = "auto"
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    listen: Listen | None = None
    heartbeat_env: EnvName | None = None
    heartbeat_minutes: Annotated[int, Field(ge=1, le=1440)] = 5
    elections: list[Day] = Field(default_factory=list)

    @field_validator("keep_days")
    @classmethod
    def _months(cls, days: int) -> int:
        if 0 < days < MIN_KEPT_DAYS:
            raise ValueError(f"must be at least {MIN_KEPT_DAYS}, which `status --politeness` shows, or 0 to keep all")
        return days


class Source(Section):
    """The keys that every source has. A crawl by `schedule` reads what is new, one by `full_schedule` reads everything.
    After `time_limit` seconds the program stops a crawl."""

    enabled: bool = True
    schedule: Schedule
    full_schedule: Schedule = "0 4 * * sun"
    time_limit: Seconds = 3600.0

    def addresses(self) -> list[str]:
        """The addresses that the file gives for the source. A source with addresses from the registry gives the public
        internet."""
        return ["https://www.gov.uk"]


class Ofsted(Source):
    """Ofsted's reports. A crawl by `schedule` reads the listing; a full crawl opens every council's page.
    `page_size`: rows to ask for at once (the site gives at most 100). `recheck`: known documents that a full crawl
    asks for again."""

    schedule: Schedule = "0 7-19 * * mon-fri"
    full_schedule: Schedule = "30 3 * * *"
    base_url: BaseUrl = "https://reports.ofsted.gov.uk"
    page_size: Annotated[int, Field(ge=1, le=100)] = 100
    recheck: Annotated[int, Field(ge=0)] = 60

    def addresses(self) -> list[str]:
        return [self.base_url]


class ModernGov(Source):
    """Committee papers on ModernGov. The registry has the addresses."""

    schedule: Schedule = "15 6,18 * * mon-fri"


class Cmis(Source):
    """Committee papers on CMIS. The registry has the addresses."""

    schedule: Schedule = "45 6,18 * * mon-fri"


class Newsroom(Source):
    """The councils' own news. The registry has the addresses."""

    schedule: Schedule = "30 7-19 * * mon-fri"


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


class Press(Source):
    """Press sites, each named."""

    schedule: Schedule = "20 7-21/2 * * *"
    sites: Annotated[list[Site], Field(min_length=1), UniqueNames]

    def addresses(self) -> list[str]:
        return [site.url for site in self.sites]


class GovUk(Source):
    """Publications on GOV.UK."""

    schedule: Schedule = "40 7-19 * * mon-fri"
    base_url: BaseUrl = "https://www.gov.uk"

    def addresses(self) -> list[str]:
        return [self.base_url]


class Page(Source):
    """Any page, with a CSS selector for the part to watch. With `items` and `key` it is compared entry by entry."""

    name: Line
    url: HttpUrl
    selector: Line
    schedule: Schedule
    items: Line | None = None
    key: Line | None = None

    def addresses(self) -> list[str]:
        return [self.url]

    @model_validator(mode="after")
    def _entries(self) -> Page:
        if (self.items is None) != (self.key is None):
            raise ValueError("items and key go together: which entries, and what tells one from another")
        return self


class Sources(Section):
    """The sources. Ofsted is on unless the file switches it off; another source is on if its table is there."""

    ofsted: Ofsted = Field(default_factory=Ofsted)
    moderngov: ModernGov | None = None
    cmis: Cmis | None = None
    newsroom: Newsroom | None = None
    press: Press | None = None
    govuk: GovUk | None = None
    page: Annotated[list[Page], UniqueNames] = Field(default_factory=list)

    def enabled(self) -> dict[str, Source]:
        """Return the sources that are on, by name. A page is "page.NAME"."""
        named = [(name, getattr(self, name)) for name in type(self).model_fields if name != "page"]
        named += [(f"page.{page.name}", page) for page in self.page]
        return {name: source for name, source in named if source is not None and source.enabled}
