"""robots.txt by RFC 9309, read once a host: what it forbids is `blocked`, its Crawl-delay is kept.

Scrapy's own middleware takes an error page for an empty robots.txt and a host that does not answer for consent. RFC
9309 (2022) says otherwise: a 4xx allows everything, a 5xx or no answer forbids it for the time being (2.3.1.4),
redirects are followed to any host, and after more than five of them there is no robots.txt (2.3.1.2).
"""

from __future__ import annotations

import asyncio
import logging
import re
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.httpobj import urlparse_cached

from monitor.model.capture import SITE
from monitor.model.crawl import ROBOTS_UNREADABLE
from spiders.http.addresses import joined
from spiders.http.challenges import challenge
from spiders.http.middleware import Refused

logger = logging.getLogger(__name__)

MAX_REDIRECTS = 5
"""RFC 9309, 2.3.1.2: at least five are followed."""
MAX_BYTES = 500 * 1024
"""RFC 9309, 2.5: at least so much is parsed; rules behind it do not count."""
MAX_DELAY_SECONDS = 300.0
"""A host that wants longer pauses is left out: a crawl would do nothing but wait for it."""
MAX_PAUSES_SECONDS = 900.0
"""All the pauses together that a crawl of many sites makes for one host's Crawl-delay, so that none holds the crawl."""
VERSIONED = re.compile(rb"^([ \t]*user-agent[ \t]*:[ \t]*[\w-]+)/[^\s#]*", re.I | re.M)
"""A group's name with a version, which is no part of it (RFC 9309, 2.2.1), and which Protego compares all the same."""
REDIRECTS = (301, 302, 303, 307, 308)
Rules = RobotParser | Exception


def _unreadable(error: Exception) -> Exception:
    """The failure, in words that say what could not be read where the host itself has refused it."""
    if not isinstance(error, Refused) or error.outcome != "error":
        return error
    return Refused("error", f"{ROBOTS_UNREADABLE}: {error.reason}", error.not_before)


class Pauses:
    """How many requests a crawl makes to the hosts that want pauses: as many as fit into `MAX_PAUSES_SECONDS`."""

    def __init__(self) -> None:
        self._left: dict[str, int] = {}

    def allow(self, host: str, delay: float) -> None:
        """A host wants `delay` seconds after each request."""
        self._left[host] = int(MAX_PAUSES_SECONDS / delay)

    def spend(self, host: str) -> None:
        """Count a request. Raises Refused where this crawl has waited for the host long enough."""
        left = self._left.get(host)
        if left is None:
            return
        if left <= 0:
            most = f"a crawl waits at most {MAX_PAUSES_SECONDS:g} s"
            raise Refused(
                "error", f"not asked, because {most} for the pauses that its robots.txt asks for (Crawl-delay)"
            )
        self._left[host] = left - 1


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware with the reading of robots.txt replaced."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._rules: dict[str, Rules] = {}
        self._reading: dict[str, asyncio.Lock] = {}
        self._pauses = Pauses()
        self._hosts = frozenset(crawler.settings.getlist("ALLOWED_HOSTS"))
        self._waived = frozenset(crawler.settings.getlist("ROBOTS_WAIVED"))

    async def robot_parser(self, request: Request) -> RobotParser:
        """The rules of the request's host. Raises what reading them raised, again for each request."""
        host = urlparse_cached(request).netloc
        async with self._reading.setdefault(host, asyncio.Lock()):
            if host not in self._rules:
                self._rules[host] = await self._tried(request)
        rules = self._rules[host]
        if isinstance(rules, Exception):
            raise rules
        self._pauses.spend(urlparse_cached(request).hostname or "")
        return rules

    async def _tried(self, request: Request) -> Rules:
        parts = urlparse_cached(request)
        try:
            text = await self._text(f"{parts.scheme}://{parts.netloc}/robots.txt")
            rules = ProtegoRobotParser.from_crawler(self.crawler, VERSIONED.sub(rb"\1", text))
            self._keep_delay(parts.hostname or "", rules)
        except Exception as error:  # noqa: BLE001 - it is raised for every request that waits for it
            return error
        return rules

    async def _text(self, url: str) -> bytes:
        """What stands in a host's robots.txt; empty where it has none. Raises Refused where that is not known."""
        own = urlsplit(url).hostname
        for _ in range(MAX_REDIRECTS + 1):
            host = urlsplit(url).hostname
            try:
                response = await self._ask(url)
            except Exception as error:  # noqa: BLE001 - raised again, in words of its own
                if host not in (own, *self._hosts) or (host in self._waived and isinstance(error, Refused)):
                    return b""  # the host's redirect leads to where there is nothing, or it is "unavailable" for long
                raise _unreadable(error) from None
            if response.status not in REDIRECTS:
                return self._said(response)
            url = joined(url, (response.headers.get("Location") or b"").decode("latin-1"))
            if not url.startswith(("http://", "https://")):
                return b""
        return b""

    async def _ask(self, url: str) -> Response:
        capture = getattr(self.crawler.spider, "capture", None)
        kept = capture.begin(SITE, url) if capture else None
        meta = {"dont_obey_robotstxt": True, "dont_redirect": True, "any_host": True, "exchange": kept}
        request = Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
        response: Response = await self.crawler.engine.download_async(request)
        if kept:
            kept.judged("error" if response.status >= 500 else "ok")
        return response

    def _said(self, response: Response) -> bytes:
        host = urlsplit(response.url).hostname
        if response.status >= 500 and host not in self._waived:
            sign = challenge(response)
            why = f"{ROBOTS_UNREADABLE} ({sign or response.status}), so nothing else was asked"
            raise Refused("blocked" if sign else "error", why)
        body: bytes = response.body if response.status == 200 else b""
        return body[:MAX_BYTES] if len(body) <= MAX_BYTES else body[: body.rfind(b"\n", 0, MAX_BYTES) + 1]

    def _keep_delay(self, host: str, rules: RobotParser) -> None:
        """Slow the host's download slot down to its Crawl-delay, now and whenever the slot is made anew. Raises Refused
        for a delay that no crawl can keep."""
        delay = rules.crawl_delay(self.crawler.settings["ROBOTSTXT_USER_AGENT"]) or 0.0
        if not delay > self.crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return
        if delay > MAX_DELAY_SECONDS:
            wish = f"its robots.txt asks for a pause of {delay:g} s after each request (Crawl-delay)"
            raise Refused("blocked", f"{wish}; more than {MAX_DELAY_SECONDS:g} s are not waited for, so it is left out")
        logger.info("%s asks for a delay of %g s", host, delay)
        if self.crawler.settings.getbool("SEVERAL_SITES"):
            self._pauses.allow(host, delay)
        downloader = self.crawler.engine.downloader
        downloader.per_slot_settings[host] = {"concurrency": 1, "delay": delay, "jitter": 0}
        if host in downloader.slots:
            downloader.slots[host].delay = delay
