"""The tables [data], [http], [watch], [run], [store] and [site] of the configuration."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from monitor.config import addresses
from monitor.config.values import BaseUrl, CouncilName, Day, EnvName, Host, Line, Listen, NoRepeats, Seconds, Section

PLACEHOLDERS = ("example.org", "example.com", "example.net", "example.gov.uk", "your-address")
MIN_KEPT_DAYS = 31
"""The program keeps the record of runs at least so many days."""


class Data(Section):
    """The folder of the database, documents and feeds, relative to the configuration's folder. `must_exist`: without a
    database there the program does not begin anew by itself."""

    dir: Line = "data"
    must_exist: bool = False


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

    @field_validator("user_agent")
    @classmethod
    def _placeholders(cls, text: str) -> str:
        if re.search(r"[{}]", re.sub(r"\{(version|contact)\}", "", text)):
            raise ValueError("knows {version} and {contact}, and no other word in braces")
        return text

    @field_validator("user_agent", "contact")
    @classmethod
    def _printable(cls, text: str) -> str:
        if not (text.isprintable() and text.isascii()):
            raise ValueError("must be one line of plain ASCII: it goes into a header")
        return text.strip()

    def agent(self, version: str) -> str:
        """The user agent as requests carry it."""
        return self.user_agent.replace("{version}", version).replace("{contact}", self.contact)

    def contact_problem(self) -> str | None:
        """Why a site's owner could not write to anyone, after the key that is to be changed; None if he could."""
        contact = self.contact.lower()
        if not contact or any(placeholder in contact for placeholder in PLACEHOLDERS):
            return "http.contact: write an address where the owner of a watched site can reach you"
        if contact not in self.agent("").lower():
            return "http.user_agent: write {contact} into it, so that each request carries your http.contact"
        return None


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
    little. `queue`: a PostgreSQL database through which `ofsted-watch worker` crawls on other machines;
    `queue_password_env` names its password."""

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
    queue: Annotated[Line, AfterValidator(addresses.queue)] | None = None
    queue_password_env: EnvName | None = None

    @model_validator(mode="after")
    def _password_of_a_queue(self) -> Self:
        if self.queue_password_env and self.queue is None:
            raise ValueError("queue_password_env needs queue beside it")
        return self

    @field_validator("keep_days")
    @classmethod
    def _months(cls, days: int) -> int:
        if 0 < days < MIN_KEPT_DAYS:
            raise ValueError(f"must be at least {MIN_KEPT_DAYS}, which `status --politeness` shows, or 0 to keep all")
        return days


class Storage(Section):
    """Where the store is copied to while it is written. `replica`: a folder, bucket or server. `told_after_replica`:
    nothing is sent before it is in the replica. `hold_minutes`: a replica that is down holds messages no longer."""

    replica: Annotated[Line, AfterValidator(addresses.replica)] | None = None
    told_after_replica: bool = False
    hold_minutes: Annotated[int, Field(ge=1, le=10_080)] = 240

    @model_validator(mode="after")
    def _has_one(self) -> Self:
        if self.told_after_replica and self.replica is None:
            raise ValueError("told_after_replica needs replica beside it")
        return self


class Site(Section):
    """The site that the program writes. `enabled`: `run` keeps it up to date in data/site. `title` stands on each page.
    `address` is where people reach it; messages then end with a link into it. `listen`: `run` serves it there itself,
    with the feeds, /healthz and /metrics."""

    enabled: bool = False
    title: Line = "Ofsted watch"
    address: Annotated[BaseUrl, AfterValidator(addresses.without_query)] | None = None
    listen: Listen | None = None
