"""robots.txt, read once a host: what it forbids is `blocked`, its Crawl-delay is kept.

Scrapy's own middleware takes an error page for an empty robots.txt and a host that does not answer for consent.
RFC 9309 (2022) says otherwise: a 4xx allows everything, a 5xx or no answer forbids it for the time being.
"""

from __future__ import annotations

import asyncio
import logging

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.httpobj import urlparse_cached

from monitor.model.capture import SITE
from spiders.http.middleware import Refused

logger = logging.getLogger(__name__)


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware with the reading of robots.txt replaced."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._read: dict[str, RobotParser | Exception] = {}
        self._reading: dict[str, asyncio.Lock] = {}

    async def robot_parser(self, request: Request) -> RobotParser:
        """The rules of the request's host. Raises what reading them raised, again for each request."""
        host = urlparse_cached(request).netloc
        async with self._reading.setdefault(host, asyncio.Lock()):
            if host not in self._read:
                self._read[host] = await self._tried(request)
        rules = self._read[host]
        if isinstance(rules, Exception):
            raise rules
        return rules

    async def _tried(self, request: Request) -> RobotParser | Exception:
        try:
            return await self._ask(request)
        except Exception as error:  # noqa: BLE001 - it is raised for every request that waits for it
            return error

    async def _ask(self, request: Request) -> RobotParser:
        parts = urlparse_cached(request)
        url = f"{parts.scheme}://{parts.netloc}/robots.txt"
        capture = getattr(self.crawler.spider, "capture", None)
        kept = capture.begin(SITE, url) if capture else None
        meta = {"dont_obey_robotstxt": True, "exchange": kept}
        asked = Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True)
        response = await self.crawler.engine.download_async(asked)
        if kept:
            kept.judged("error" if response.status >= 500 else "ok")
        if response.status >= 500:
            raise Refused("error", f"robots.txt could not be read ({response.status}), so nothing else was asked")
        rules = ProtegoRobotParser.from_crawler(self.crawler, response.body if response.status == 200 else b"")
        self._keep_delay(parts.hostname or "", rules)
        return rules

    def _keep_delay(self, host: str, rules: RobotParser) -> None:
        """Slow the host's download slot down to its Crawl-delay, now and whenever the slot is made anew."""
        delay = rules.crawl_delay(self.crawler.settings["USER_AGENT"]) or 0.0
        if delay <= self.crawler.settings.getfloat("DOWNLOAD_DELAY"):
            return
        logger.info("%s asks for a delay of %g s", host, delay)
        downloader = self.crawler.engine.downloader
        downloader.per_slot_settings[host] = {"concurrency": 1, "delay": delay, "jitter": 0}
        if host in downloader.slots:
            downloader.slots[host].delay = delay
