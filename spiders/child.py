"""A crawl as a child process: a job in, JSON lines out. Scrapy is imported only when `run` is called.

`PRELOAD` names what a fork server may import beforehand; none of it starts a loop, a thread or a connection.
"""

from __future__ import annotations

import gc
import json
from importlib import import_module
from typing import IO, Any

from monitor.model import Job, to_json
from monitor.model.sources import SOURCES, kind_of

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
    """Run the job's spider; each target's items are written and flushed together when the target closes.
    Ends quietly whatever the outcome was: only the polls tell. One call a process. A signal ends it on the spot:
    what was closed is written already, and files are stored whole or not at all."""
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
    """The spider of a source ("page.budget" is of the spider "page"); its folder and the `name` of its class agree.
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
    """Items as JSON lines, all at once."""
    out.write("".join(json.dumps(to_json(item), ensure_ascii=False) + "\n" for item in items))
    out.flush()
