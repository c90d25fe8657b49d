"""The table [site] of the configuration: the page to look at."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from monitor.config.values import BaseUrl, Line, Listen, Section


def _plain(address: str) -> str:
    if "?" in address or "#" in address:
        raise ValueError("must end with its path: no ? and no #")
    return address


class Site(Section):
    """The site that the program writes. `enabled`: `run` keeps it up to date in data/site. `title` stands on each page.
    `address` is where people reach it; messages then end with a link into it. `listen`: `run` serves it there itself,
    with the feeds, /healthz and /metrics."""

    enabled: bool = False
    title: Line = "Ofsted watch"
    address: Annotated[BaseUrl, AfterValidator(_plain)] | None = None
    listen: Listen | None = None
