"""Plays a capture of `check --capture` to a real crawl: each question gets the answer that was captured."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import scrapy.exceptions
from multidict import CIMultiDict
from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError
from scrapy.http import Response

import spiders.settings
from monitor.model import Job, job_from_json
from monitor.model.capture import JOB
from spiders.child import run
from spiders.http.capture import without_login
from spiders.http.handler import _response
from spiders.http.robots import Robots
from spiders.http.unpacking import encodings, unpack
from tests.forks import FORKS, run_to_end

FOLDER = "OFSTED_WATCH_CAPTURE"
"""The variable that tells the child which capture to play: Scrapy makes the handler."""
FRAME = ("run", "started", "finished", "bytes", "requests", "cursor")
"""Keys of a poll that are no finding: they differ each time, or are for the spider alone."""
MAX_BODY_BYTES = 50_000_000


class Played(BaseDownloadHandler):
    """Scrapy's download handler for a capture. A question that was not captured fails as a host that is not there."""

    lazy = True

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._answers: dict[str, list[tuple[Path, dict[str, Any]]]] = defaultdict(list)
        for file in sorted(Path(os.environ[FOLDER]).glob("*/[0-9]*.json"), key=lambda file: file.name):
            for answer in json.loads(file.read_text(encoding="utf-8"))["answers"]:
                self._answers[answer["url"]].append((file.parent, answer))

    async def download_request(self, request: Request) -> Response:
        """The next captured answer to the question; the last one again when there is no other."""
        waiting = self._answers.get(without_login(request.url))
        if not waiting:
            raise CannotResolveHostError(f"{request.url} was not captured")
        folder, answer = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if error := answer.get("error"):
            raise getattr(scrapy.exceptions, error, DownloadFailedError)(answer["words"])
        return answered(request.url, answer, (folder / answer["body"]).read_bytes())

    async def close(self) -> None:
        """Nothing is open."""


def answered(url: str, answer: dict[str, Any], body: bytes) -> Response:
    """A captured answer as the real handler makes it of one that arrives."""
    headers = [(name.encode("latin-1"), _now(name, value).encode("latin-1")) for name, value in answer["headers"]]
    packed = [value for name, value in answer["headers"] if name.lower() == "content-encoding"]
    named = CIMultiDict([(name, value) for name, value in answer["headers"]])
    arrived: Any = SimpleNamespace(status=answer["status"], raw_headers=headers, headers=named)
    return _response(url, arrived, unpack(body, encodings(packed), MAX_BODY_BYTES))


def _now(name: str, value: str) -> str:
    """A header's value. A test does not wait for the seconds that a host asked for."""
    return "0" if name.lower() == "retry-after" and value.strip().isdigit() and int(value) <= 60 else value


def play(capture: Path, work: Path) -> list[dict[str, Any]]:
    """Crawl a source's folder of a capture. Returns the crawl's items, without the frame of each poll."""
    job = job_from_json(json.loads((capture / JOB).read_text(encoding="utf-8")))
    job = replace(job, documents_dir=str(work / "documents"), http=replace(job.http, delay=0))
    child = FORKS.Process(target=_child, args=(job, str(capture.resolve()), str(work / "out.jsonl")))
    assert run_to_end(child, 60) == 0
    lines = (work / "out.jsonl").read_text(encoding="utf-8").splitlines()
    items = [{k: v for k, v in json.loads(line).items() if k not in FRAME} for line in lines]
    return sorted(items, key=lambda item: (item["target"], item["type"] == "poll"))


def _child(job: Job, capture: str, out: str) -> None:
    os.environ[FOLDER] = capture
    for scheme in ("http", "https"):
        spiders.settings.DOWNLOAD_HANDLERS[scheme] = f"{__name__}.Played"
    Robots._keep_delay = lambda *_: None  # type: ignore[method-assign] # a test keeps no Crawl-delay
    with Path(out).open("w", encoding="utf-8") as lines:
        run(job, lines)
    os._exit(0)
