"""Manners: which requests leave at all, and what a host that asks us to wait gets.

Scrapy 2.19 honours no Retry-After. Here a wait of up to a minute is waited for and the question asked again, at most
twice; for a longer one nothing more is asked of that host in this crawl, and the failure carries the time.
"""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from monitor.model import Outcome
from monitor.model.retry_after import retry_after
from spiders.http.challenges import challenge, is_firewalls

logger = logging.getLogger(__name__)

LONGEST_WAIT = 60.0
"""Seconds that a crawl sits out; the next crawl does better than a longer wait."""
WEB_PORTS = frozenset((80, 443))
"""Ports that a site may lead us to, beside those that the configuration names: no mail server, no database."""
TIMES = 2
GIVEN_UP = 3
"""So many answers given up on in one crawl, and the host is left alone."""


class Refused(IgnoreRequest):
    """A request that is not made, or not made again; becomes the poll's outcome, detail and not_before."""

    def __init__(self, outcome: Outcome, reason: str, not_before: str | None = None) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.not_before = not_before


class Manners:
    """Sits next to the engine, so that nothing (robots.txt, redirects, retries) gets round it."""

    def __init__(self, hosts: frozenset[str], ports: frozenset[int] = frozenset()) -> None:
        self._hosts, self._ports = hosts, WEB_PORTS | ports
        self._closed: dict[str, Refused] = {}
        self._given_up: dict[str, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Manners:
        ports = frozenset(map(int, crawler.settings.getlist("ALLOWED_PORTS")))
        return cls(frozenset(crawler.settings.getlist("ALLOWED_HOSTS")), ports)

    def process_request(self, request: Request) -> None:
        """Refuse what is not a GET of a host of this job, and a host that asked to be left alone."""
        try:
            scheme, host = _scheme_and_host(request.url)
            port = urlsplit(request.url).port
        except ValueError as error:
            raise Refused("invalid", f"it leads to an address that is none ({error})") from error
        if request.method != "GET" or scheme not in ("http", "https"):
            raise Refused("invalid", f"only GET over http and https is used, not {request.method} {scheme}")
        if host not in self._hosts and not request.meta.get("any_host"):
            outcome: Outcome = "blocked" if is_firewalls(host) else "invalid"
            raise Refused(outcome, f"it leads to {host}, which is not one of this source's hosts")
        if port is not None and port not in self._ports:
            raise Refused("invalid", f"it leads to port {port} of {host}, where this source has no web server")
        if host in self._closed:
            raise self._closed[host]

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Wait as asked and ask again; or give up and say until when. A firewall's challenge is no wait."""
        if response.status not in (429, 503) or challenge(response):
            return response
        wait = _wait(response)
        tries = request.meta.get("waits", 0)
        if wait is None or wait > LONGEST_WAIT or tries >= TIMES:
            raise self._give_up(request, response.status, wait)
        logger.info("%s answered %s, asking again in %g s", request.url, response.status, wait)
        await asyncio.sleep(wait)
        return request.replace(meta={**request.meta, "waits": tries + 1}, dont_filter=True)

    def _give_up(self, request: Request, status: int, wait: float | None) -> Refused:
        host = _scheme_and_host(request.url)[1]
        self._given_up[host] = self._given_up.get(host, 0) + 1
        refused = _refused(status, wait)
        if wait is None or wait > LONGEST_WAIT or self._given_up[host] >= GIVEN_UP:
            self._closed[host] = Refused("error", f"not asked, because {refused.reason}", refused.not_before)
        return refused


def _wait(response: Response) -> float | None:
    raw = response.headers.get("Retry-After")
    wait = retry_after(raw.decode("latin-1") if raw else None, time.time())
    return 0.0 if wait is None and response.status == 503 else wait


def _refused(status: int, wait: float | None) -> Refused:
    words = "the site is unavailable (503)" if status == 503 else "the site said that we ask too often (429)"
    if not wait:
        return Refused("error", words)
    seconds = min(wait, timedelta(days=7).total_seconds())
    then = (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat(timespec="seconds")
    return Refused("error", f"{words} and asked to wait until {then}", then)


def _scheme_and_host(url: str) -> tuple[str, str]:
    """Raises ValueError for an address with an impossible host or port."""
    parts = urlsplit(url)
    if parts.port == 0:
        raise ValueError("port 0")
    return parts.scheme, parts.hostname or ""
