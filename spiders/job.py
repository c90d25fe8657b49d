"""The base of all spiders: a spider gets a job, reads one target after another, and closes each with a poll.

A spider is one coroutine, `look`, that yields the finished items of a target together: its records, then its poll.
Items of two targets cannot mix, because nothing runs beside it. Requests go through Scrapy's downloader and middlewares
by `fetcher`.
"""

from __future__ import annotations

import json
import logging
from abc import abstractmethod
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import scrapy
from scrapy.crawler import Crawler

from monitor.model import Http, Job, Outcome, Poll, Record, job_from_json, to_json
from monitor.model.crawl import SEEN
from monitor.model.remarks import MORE_ODD_PAGES
from spiders.http.addresses import is_local_literal
from spiders.http.capture import Capture
from spiders.http.errors import PageError, where
from spiders.http.fetch import Fetcher
from spiders.limits import steps_limited
from spiders.remarks import one_line

logger = logging.getLogger(__name__)

T = TypeVar("T")
MAX_REMARKS = 3
"""Pages whose odd characters a poll names."""
Items = Sequence[Record | Poll]


class JobSpider(scrapy.Spider):
    """Base of the spiders. `hosts` are the source's own hosts beside that of the job's base_url."""

    base_url = ""
    hosts: tuple[str, ...] = ()

    def __init__(self, job: Job, out: Callable[[Items], None] | None = None) -> None:
        super().__init__()
        self.job = job
        self._out = out
        self.capture = Capture(Path(job.options["capture"])) if job.options.get("capture") else None

    @classmethod
    def from_crawler(cls, crawler: Crawler, job: Job | str | None = None, out: Any = None, **by_hand: str) -> JobSpider:
        """`-a job=FILE`, a Job object, or by hand `-a base_url=… -a documents_dir=…`."""
        parsed = job if isinstance(job, Job) else _read_job(job) if job else None
        spider = cls(parsed or _job_by_hand(cls, crawler, by_hand), out)
        if parsed:
            _manners(crawler, parsed.http)
        _boundaries(crawler, spider.job, cls.hosts)
        spider._set_crawler(crawler)
        return spider

    @property
    def today(self) -> date:
        """The day that the job gives, otherwise today in UTC."""
        given = self.job.options.get("today")
        return date.fromisoformat(given) if given else datetime.now(UTC).date()

    @property
    def sample(self) -> int | None:
        """How many meetings, articles or files a look opens of a target. None: all that it needs."""
        return self.job.options.get("sample")

    async def start(self) -> AsyncIterator[Any]:
        """Yield the items in order: as dictionaries to Scrapy's feed, or straight to `out` in a crawl's child."""
        self.fetcher = Fetcher(self.crawler)
        async for items in self.look():
            if self._out is not None:
                self._out(items)
                continue
            for item in items:
                yield to_json(item)

    @abstractmethod  # for the type checker: the reactor's interfaces do not go with a class of ABCMeta
    def look(self) -> AsyncIterator[Items]:
        """Read the targets, and yield the items of each when it is closed."""

    async def guarded(self, target: str, work: Awaitable[T]) -> T:
        """Return the result of the work on one target. An unforeseen error in it, or too much computing, costs only
        that target: it is raised as a PageError like any other failure. An error is logged with its traceback."""
        try:
            return await steps_limited(work)
        except PageError:
            raise
        except MemoryError as error:
            raise PageError("invalid", "reading what it shows takes more memory than a crawl may have") from error
        except Exception as error:
            logger.exception("%s %s: unexpected error", self.job.source, target)
            raise PageError("error", f"unexpected {type(error).__name__} in the spider: {error}") from error

    def begin(self, target: str) -> PollInProgress:
        """Begin to read a target, alone."""
        return PollInProgress(self.job, target, self.fetcher)

    def begin_beside(self, target: str) -> PollInProgress:
        """Begin to read a target beside others, with a fetcher of its own (see `together`)."""
        return PollInProgress(self.job, target, self.fetcher.for_target())


class PollInProgress:
    """Reading one target: when it began and how many requests and bytes it took, for its poll."""

    def __init__(self, job: Job, target: str, fetcher: Fetcher) -> None:
        self._job = job
        self.fetcher = fetcher
        self.target = fetcher.target = target
        self._recognised: list[str] = []
        self._moved_before, self._remarks_before = set(fetcher.moved), len(fetcher.remarks)
        self._started = _now()
        self._before = (fetcher.requests, fetcher.bytes)

    def recognise(self, *sentences: str) -> None:
        """Note what was recognised, a sentence each. Only a look that samples a site (`check --probe`) tells it."""
        self._recognised += sentences

    def poll(self, outcome: Outcome, *, complete: bool = False, detail: str | None = None,
             cursor: str | None = None, not_before: str | None = None) -> Poll:  # fmt: skip
        """Make the poll that closes the target now. Of one that was seen `detail` goes before the pages' remarks."""
        detail = one_line((detail, *self._remarks())) if outcome in SEEN else detail
        return Poll(
            run=self._job.run, source=self._job.source, target=self.target, started=self._started, finished=_now(),
            outcome=outcome, complete=complete, requests=self.fetcher.requests - self._before[0],
            bytes=self.fetcher.bytes - self._before[1], detail=detail or None, cursor=cursor, not_before=not_before,
            recognised=self._told(),
        )  # fmt: skip

    def _remarks(self) -> list[str]:
        """What is odd about the pages' characters, and of how many pages more."""
        found = list(dict.fromkeys(self.fetcher.remarks[self._remarks_before :]))
        more = [f"{MORE_ODD_PAGES}: {len(found) - MAX_REMARKS}"] if len(found) > MAX_REMARKS else []
        return found[:MAX_REMARKS] + more

    def _told(self) -> tuple[str, ...]:
        """What was recognised, and which addresses led elsewhere."""
        if not self._job.options.get("sample"):
            return ()
        moved = self.fetcher.moved.items()
        led = (f"{where(url)} leads to {new}, which is followed" for url, new in moved if url not in self._moved_before)
        return tuple(dict.fromkeys([*led, *self._recognised]))

    def failed(self, failed: PageError) -> Poll:
        """Make the poll of a target that could not be read."""
        return self.poll(failed.outcome, detail=failed.reason, not_before=failed.not_before)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _read_job(path: str) -> Job:
    return job_from_json(json.loads(Path(path).read_text(encoding="utf-8")))


def _job_by_hand(cls: type[JobSpider], crawler: Crawler, given: dict[str, str]) -> Job:
    """A job for everything that the source lists, with the manners of the settings."""
    run = datetime.now(UTC).strftime("%Y%m%dT%H%MZ-") + cls.name
    http = Http(user_agent=crawler.settings["USER_AGENT"])
    base_url = given.get("base_url", cls.base_url)
    return Job(run, cls.name, base_url, given.get("documents_dir", ""), http, sweep=True, options=dict(given))


def _manners(crawler: Crawler, http: Http) -> None:
    """Set Scrapy's settings from a job's manners and limits."""
    wanted = {
        "USER_AGENT": http.user_agent,
        "DOWNLOAD_DELAY": http.delay,
        "DOWNLOAD_TIMEOUT": http.timeout,
        "DOWNLOAD_MAXSIZE": http.max_bytes,
        "ROBOTSTXT_OBEY": http.obey_robots,
        "ROBOTSTXT_USER_AGENT": http.user_agent.partition("/")[0],
        "ALLOW_PRIVATE_ADDRESSES": http.allow_private_addresses,
        "EXTRA_CA": dict(http.extra_ca),
    }
    crawler.settings.setdict(wanted, priority="spider")


def _boundaries(crawler: Crawler, job: Job, hosts: tuple[str, ...]) -> None:
    """Allow only the job's hosts. An address that the operator wrote may be a local one."""
    given = [job.base_url, *(url for t in job.targets for url in (t.url, *t.options.get("alternatives", ())) if url)]
    named = {urlsplit(url).hostname or "" for url in given}
    ports = {port for url in given if (port := urlsplit(url).port)}
    crawler.settings.set("ALLOWED_HOSTS", sorted({*named, *hosts}), priority="spider")
    crawler.settings.set("SEVERAL_SITES", len(named - {""}) > 1, priority="spider")
    crawler.settings.set("ALLOWED_PORTS", sorted(ports), priority="spider")
    trusted = sorted(filter(is_local_literal, named)) if job.http.named_may_be_local else []
    crawler.settings.set("TRUSTED_HOSTS", trusted, priority="spider")
    crawler.settings.set("VENDOR_CRAWLS", job.options.get("beside", 1), priority="spider")
    waived = {urlsplit(t.url or job.base_url).hostname or "" for t in job.targets if t.options.get("robots_waived")}
    crawler.settings.set("ROBOTS_WAIVED", sorted(waived), priority="spider")
