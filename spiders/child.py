"""Runs a crawl in a child process: a job in, JSON Lines out. Only `run` imports Scrapy.

`PRELOAD` names the modules that a fork server may import beforehand. None of them starts a loop, a thread or a
connection.
"""

from __future__ import annotations

import gc
import json
from importlib import import_module
from typing import IO, Any

from monitor.model import Job, to_json
from monitor.model.sources import SOURCES, kind_of
from spiders.http.characters import whole_characters
from spiders.limits import limit_memory

PRELOAD = (
    "bs4",
    "concurrent.futures.thread",
    "encodings.idna",
    "scrapy.core.downloader.middleware",
    "scrapy.core.scheduler",
    "scrapy.crawler",
    "scrapy.downloadermiddlewares.defaultheaders",
    "scrapy.downloadermiddlewares.downloadtimeout",
    "scrapy.downloadermiddlewares.redirect",
    "scrapy.downloadermiddlewares.retry",
    "scrapy.downloadermiddlewares.useragent",
    "scrapy.dupefilters",
    "scrapy.logformatter",
    "scrapy.squeues",
    "scrapy.statscollectors",
    "spiders.http.exchange",
    "spiders.http.handler",
    "spiders.http.robots",
    *(f"spiders.{source}.spider" for source in SOURCES),
)


def run(job: Job, out: IO[str]) -> None:
    """Run the job's spider. It writes and flushes each target's items together when the target closes. It always ends
    quietly: only the polls tell the outcome. Call it once in a process. A signal ends it at once: items of closed
    targets are written by then, and files are stored whole or not at all."""
    limit_memory()
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    gc.freeze()  # what is imported stays; looking through it again and again would cost a tenth of a crawl
    gc.enable()
    gc.set_threshold(20_000)
    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    settings.setdict({"SPIDER_MODULES": [], "EXTENSIONS_BASE": {}}, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    process.crawl(spider_class(job.source), job=job, out=lambda items: write(items, out))
    process.start(install_signal_handlers=False)


def spider_class(name: str) -> Any:
    """Return the spider of a source ("page.budget" has the spider "page"). A folder's name is the `name` of its class.
    Raises ValueError if there is none."""
    name = kind_of(name)
    if not name.isidentifier():
        raise ValueError(f"no spider is named {name!r}")
    try:
        found = vars(import_module(f"spiders.{name}.spider")).values()
    except ModuleNotFoundError as error:
        raise ValueError(f"no spider is named {name!r}") from error
    for thing in found:
        if isinstance(thing, type) and getattr(thing, "name", None) == name:
            return thing
    raise ValueError(f"no spider is named {name!r}")


def write(items: Any, out: IO[str]) -> None:
    """Write items as JSON Lines, all at once. Half a character, which no file can hold, is made whole or replaced."""
    lines = "".join(json.dumps(to_json(item), ensure_ascii=False) + "\n" for item in items)
    out.write(whole_characters(lines))
    out.flush()
