"""A small Ofsted for tests: councils with reports, in the markup of the real site, on pytest-httpserver."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
Answer = Callable[[Request], Response]


def long_day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%-d %B %Y}"


def page(title: str, body: str) -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body><h1 class='title-block__heading'>{title}</h1>{body}</body></html>"
    )


@dataclass
class Site:
    """`reports` are (file id, day, label stem) by URN; `answers` replace what a path (a pattern) gets."""

    server: HTTPServer
    reports: dict[str, list[tuple[str, str, str]]]
    listed: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server.expect_request(re.compile(".*")).respond_with_handler(self._answer)

    @property
    def url(self) -> str:
        return self.server.url_for("").rstrip("/")

    def paths(self) -> list[str]:
        return [request.path for request in self.asked]

    def _answer(self, request: Request) -> Response:
        self.asked.append(request)
        for pattern, answer in self.answers.items():
            if re.search(pattern, request.full_path):
                return answer(request)
        return self.plain(request)

    def plain(self, request: Request) -> Response:
        """What the site says when nothing replaces it."""
        place, _, last = request.path.strip("/").rpartition("/")
        if request.path == "/robots.txt":
            return Response("User-agent: *\nDisallow:\n", mimetype="text/plain")
        if request.path == "/search":
            return self._search(request)
        if place == "provider/44" and last in self.reports:
            return Response(self.provider(last), mimetype="text/html")
        if place == "v1/file":
            return Response(PDF + last.encode(), mimetype="application/pdf", headers={"ETag": f'"{last}"'})
        return Response(page("Page not found", ""), 404, mimetype="text/html")

    def _search(self, request: Request) -> Response:
        start, rows = int(request.args["start"]), int(request.args["rows"])
        shown = list(self.reports)[start : start + rows]
        body = "".join(f'<li class="search-result">{self._row(urn)}</li>' for urn in shown)
        count = f'<strong class="results-count">{len(self.reports)}</strong>'
        return Response(page("Search results", f"{count}<ul>{body}</ul>"), mimetype="text/html")

    def _row(self, urn: str) -> str:
        days = [day for _, day, _ in self.reports[urn]]
        latest = self.listed.get(urn) or (max(days) if days else "")
        words = f"<li>Latest report: <strong><time>{long_day(latest)}</time></strong></li>" if latest else ""
        link = f'<h3><a href="/provider/44/{urn}">Council {urn}</a></h3>'
        return f"{link}<ul>{words}<li>URN: <strong>{urn}</strong></li></ul>"

    def provider(self, urn: str) -> str:
        entries = "".join(self._entry(*report) for report in self.reports[urn])
        none = "" if entries else "<p>There are no reports for this provider.</p>"
        head = f'<p class="title-block__subheading">URN: {urn}</p>'
        return page(f"Council {urn}", f'{head}<div class="provider--la">{none}<ol>{entries}</ol></div>')

    def _entry(self, key: str, day: str, stem: str) -> str:
        return (
            f'<li class="timeline__day"><div class="event"><p class="timeline__date"><time>{long_day(day)}</time></p>'
            f'<a class="publication-link" href="/v1/file/{key}">{stem} '
            f'<span class="nonvisual">{stem}, pdf - {long_day(day)}</span></a></div></li>'
        )


def html(text: str, status: int = 200, **headers: str) -> Answer:
    return lambda _: Response(text, status, mimetype="text/html", headers=headers)


def moved(to: str) -> Answer:
    return lambda _: Response(b"", 302, headers={"Location": to})
