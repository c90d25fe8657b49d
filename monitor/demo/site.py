"""A local web site that serves a made-up world as Ofsted's site would, on a date that can be moved."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from monitor.demo.answers import Answer, Request, challenge, forbidden, missing, pdf, robots, searched, shown
from monitor.demo.world import World


class DemoSite:
    """Serves a world on 127.0.0.1 from a thread, as a context manager.

    `today` is the virtual date and may be set at any time; outages that the world plans come with it. `requests` is the
    log of what was asked.
    """

    def __init__(self, world: World, today: date | None = None, port: int = 0) -> None:
        self.world = world
        self.today = today or (world.days[0].date if world.days else date.max)
        self.requests: list[Request] = []
        self._server = _Server(("127.0.0.1", port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def answer(self, request: Request) -> Answer:
        """What the site says to a request today."""
        if request.method == "HEAD":
            return forbidden()
        if request.method != "GET":
            return Answer(b"", status=HTTPStatus.METHOD_NOT_ALLOWED)
        return self._page(request)

    def log(self, request: Request, answer: Answer) -> None:  # noqa: ARG002 - for who counts answers
        """Keep in mind what was asked."""
        self.requests.append(request)

    def _page(self, request: Request) -> Answer:
        if request.path == "/robots.txt":
            return robots()
        if request.path == "/search":
            return searched(self.world, self.today, request)
        if found := re.fullmatch(r"/provider/44/(\w+)/?", request.path):
            out = self.world.is_out(found[1], self.today)
            return challenge(self.today) if out else shown(self.world, self.today, found[1], self.base_url)
        if found := re.fullmatch(r"/v1/file/(\w+)", request.path):
            return pdf(self.world, self.today, found[1], request)
        return missing(self.today)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], site: DemoSite) -> None:
        super().__init__(address, _Handler)
        self.site = site

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up in the middle of an answer is no trouble of the site's."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60
    server: _Server

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length) if length else b"")
        answer = self.server.site.answer(request)
        self.server.site.log(request, answer)
        self._send(answer.status, answer.headers, b"" if self.command == "HEAD" else answer.body)

    do_HEAD = do_POST = do_GET  # noqa: N815 - http.server looks for these names

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's signature
        """The site keeps its own log."""
