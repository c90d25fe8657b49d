"""Jobs for the spiders that look at windows on what is new, on the replica and on small sites of a test."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from monitor.model import Target
from tests.spiders.crawling import Crawled, make_job

Answer = Callable[[Request], Response]


def job_of(source: str, base_url: str, *targets: Target, today: str = "2024-05-15", **changes: Any) -> Any:
    """A job of one of these sources. Without any delay Scrapy (2.19) lets requests to one host go side by side."""
    changes["http"] = {"delay": 0.001, **changes.pop("http", {})}
    options = {"today": today, **changes.pop("options", {})}
    return make_job(base_url, *targets, source=source, options=options, **changes)


def again(target: Target, seen: Crawled) -> Target:
    """The target as the core gives it next time: its cursor, and whether it has been seen well."""
    poll = seen.poll(target.target)
    return replace(target, cursor=poll.cursor, baselined=target.baselined or poll.outcome == "ok")


@dataclass
class Room:
    """A newsroom: `answers` by path (a pattern), the last that fits; everything else is not there."""

    server: HTTPServer
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    @property
    def url(self) -> str:
        return self.server.url_for("").rstrip("/")

    def paths(self) -> list[str]:
        """What was asked for since the last time, robots.txt apart."""
        paths = [request.path for request in self.asked if request.path != "/robots.txt"]
        self.asked.clear()
        return paths

    def says(self, path: str, body: str | bytes, kind: str = "text/html", status: int = 200, **headers: str) -> None:
        self.answers[path] = lambda _: Response(body, status, content_type=f"{kind}; charset=utf-8", headers=headers)

    def _answer(self, request: Request) -> Response:
        self.asked.append(request)
        found = [answer for path, answer in self.answers.items() if re.fullmatch(path, request.path)]
        if request.path == "/robots.txt" or not found:
            return Response("", 404, mimetype="text/plain")
        return found[-1](request)


def feed(*items: tuple[str, str, str], summary: str = "Read about Ofsted's inspection of our services.") -> str:
    """A feed of excerpts: address, title and day (RFC 822) of each."""
    entries = "".join(
        f"<item><title>{title}</title><link>{url}</link><pubDate>{day}</pubDate>"
        f"<description>{summary}</description></item>"
        for url, title, day in items
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>N</title>{entries}</channel></rss>'
    )


def article(title: str, *paragraphs: str) -> str:
    """An article's page."""
    lines = "".join(f"<p>{line}</p>" for line in paragraphs)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>'
        f"<main><article><h1>{title}</h1>{lines}</article></main></body></html>"
    )
