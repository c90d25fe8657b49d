"""What a made-up site answers: pages, files with validators, refusals. No sockets here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from functools import cached_property
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from monitor.demo.pages import ROWS_DEFAULT, message, provider_page, search_page
from monitor.demo.world import Edition, World

HTML = {"Content-Type": "text/html; charset=utf-8"}
PUBLISHED_AT = time(8, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Request:
    """A request; `target` is path and query as asked, header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @cached_property
    def path(self) -> str:
        return urlsplit(self.target).path

    def number(self, name: str, default: int) -> int:
        """A number of the query."""
        value = parse_qs(urlsplit(self.target).query).get(name, [""])[0]
        return int(value) if value.isdecimal() else default


@dataclass(frozen=True)
class Answer:
    """A response, ready to be sent."""

    body: bytes
    headers: dict[str, str] = field(default_factory=lambda: HTML)
    status: int = HTTPStatus.OK


def searched(world: World, today: date, request: Request) -> Answer:
    """A page of the listing, the only search that is made here."""
    return html(search_page(world, today, request.number("start", 0), request.number("rows", ROWS_DEFAULT)))


def shown(world: World, today: date, urn: str, files: str) -> Answer:
    """A council's page."""
    council = world.council(urn)
    return html(provider_page(world, today, council, files)) if council else missing(today)


def pdf(world: World, today: date, file_id: str, request: Request) -> Answer:
    """A report's file, or 304 if the asker has it; an HTML page where there is none."""
    edition = world.file(file_id, today)
    if edition is None:
        words = "Sorry, the document you requested no longer exists."
        return html(message("Report not found", today, words), HTTPStatus.NOT_FOUND)
    headers = {"ETag": edition.etag, "Last-Modified": _modified(edition), "Content-Type": "application/pdf"}
    if _has(edition, request):
        return Answer(b"", headers, HTTPStatus.NOT_MODIFIED)
    return Answer(edition.pdf, headers)


def challenge(today: date) -> Answer:
    """A page as it looks on a bad day. It comes with status 200, which is the trouble with it."""
    words = "Something about your browser made us think that you might be a robot."
    return html(message("Pardon Our Interruption", today, words))


def robots() -> Answer:
    return Answer(b"User-agent: *\nDisallow:\n", {"Content-Type": "text/plain; charset=utf-8"})


def forbidden() -> Answer:
    return Answer(b"<h1>403 Forbidden</h1>", HTML, HTTPStatus.FORBIDDEN)


def missing(today: date) -> Answer:
    return html(message("Page not found", today, "There is nothing at this address."), HTTPStatus.NOT_FOUND)


def html(page: str, status: int = HTTPStatus.OK) -> Answer:
    return Answer(page.encode(), HTML, status)


def _modified(edition: Edition) -> str:
    return format_datetime(datetime.combine(edition.since, PUBLISHED_AT), usegmt=True)


def _has(edition: Edition, request: Request) -> bool:
    """Whether the asker's copy is this edition. An entity tag, where there is one, decides alone."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        return edition.etag in [tag.strip().removeprefix("W/") for tag in tags.split(",")] or tags.strip() == "*"
    return request.headers.get("if-modified-since") == _modified(edition)
