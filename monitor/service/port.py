"""The ports, if the configuration asks for them: /metrics and /healthz, and the site with these two.

Waitress serves them: it reads and writes all connections in one thread and hands only whole requests to its workers,
so a caller that sends or takes its bytes slowly holds up nobody else. It is imported only where a port is wanted.
"""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.config.addresses import host_and_port
from monitor.config.file import Config
from monitor.service.work import Work
from monitor.store import Store, StoreError
from monitor.views import status as status_view

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger("ofsted-watch")

WORKERS = 4
"""Requests answered at the same time; more wait their turn."""
MAX_CONNECTIONS = 100
IDLE_SECONDS = 5
"""A connection on which nothing moves for so long is closed."""
MAX_HEADER_BYTES = 16_384
STOP_SECONDS = 2.0
FRESH_SECONDS = 2.0
"""An answer is kept for this long, however often it is asked for."""

Answer = tuple[int, str, bytes]
"""Status, media type and body."""
TEXT = "text/plain; version=0.0.4; charset=utf-8"
JSON = "application/json"
NOT_FOUND: Answer = (404, "text/plain", b"/metrics and /healthz are here\n")
ONLY_GET: Answer = (405, "text/plain", b"only GET and HEAD are answered\n")


Wanted = tuple[str, str, Path | None]
"""A port: the key that asks for it, its address, and the folder of the site that it serves."""


class Listening:
    """The ports as the configuration wants them now."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._servers: dict[Wanted, Port] = {}
        self._answers: dict[str, Callable[[], Answer]] = {}

    def at(self, config: Config) -> None:
        """Listen where the configuration says, or nowhere. An address that cannot be had is said, not fatal."""
        wanted = list(_wanted(config))
        for port in self._servers.keys() - set(wanted):
            self._servers.pop(port).stop()
        for port in wanted:
            if port not in self._servers:
                self._open(port)

    def close(self) -> None:
        """Listen no more."""
        while self._servers:
            self._servers.popitem()[1].stop()

    def _open(self, port: Wanted) -> None:
        key, address, folder = port
        self._answers = self._answers or self._made()
        try:
            self._servers[port] = Port(address, _served(self._answers, folder))
        except OSError as error:
            log.error("%s: %s cannot be listened on: %s", key, address, error.strerror or error)
            return
        log.info("listening on %s", address)

    def _made(self) -> dict[str, Callable[[], Answer]]:
        from monitor.service.metrics import Metrics

        metrics = Metrics(lambda: self._work.config, lambda: datetime.now(UTC))
        self._work.tell = metrics.crawled
        return {
            "/metrics": fresh(lambda: (200, TEXT, metrics.page())),
            "/healthz": fresh(lambda: healthz(self._work.config, datetime.now(UTC))),
        }


def _wanted(config: Config) -> Iterator[Wanted]:
    if config.run.listen:
        yield "run.listen", config.run.listen, None
    if config.site.listen and config.site.enabled:
        yield "site.listen", config.site.listen, config.site_dir


def _served(answers: Mapping[str, Callable[[], Answer]], folder: Path | None) -> WSGIApplication:
    """What a port answers: the table of answers, and beside it the site where there is one."""
    if folder is None:
        return application(answers)
    from monitor.site import serving

    files, table = serving.application(folder), application(answers)

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return (table if environ["PATH_INFO"] in answers else files)(environ, start)

    return app


def healthz(config: Config, now: datetime) -> Answer:
    """200 or 503, and how everything stands in short."""
    with Store.reading(config.data_dir) as store:
        found = status_view.of(store, config, now)
    short: dict[str, Any] = {name: found[name] for name in ("healthy", "outbox", "given_up")}
    short["sources"] = {source["source"]: source["status"] for source in found["sources"]}
    return 200 if found["healthy"] else 503, JSON, json.dumps(short).encode() + b"\n"


def fresh(make: Callable[[], Answer]) -> Callable[[], Answer]:
    """The answer, made anew when it is older than a moment; a store that cannot be read is an answer too."""
    lock, kept = threading.Lock(), list[tuple[float, Answer]]()

    def answer() -> Answer:
        with lock:
            if not kept or time.monotonic() - kept[0][0] > FRESH_SECONDS:
                kept[:] = [(time.monotonic(), _made(make))]
            return kept[0][1]

    return answer


def _made(make: Callable[[], Answer]) -> Answer:
    try:
        return make()
    except StoreError as error:
        log.error("%s", error)
        return 503, JSON, json.dumps({"healthy": False, "reason": "the data folder cannot be read"}).encode() + b"\n"


def application(answers: Mapping[str, Callable[[], Answer]]) -> WSGIApplication:
    """A WSGI application that answers GET and HEAD of the paths in a table."""

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        make = answers.get(environ["PATH_INFO"], lambda: NOT_FOUND)
        status, kind, body = make() if method in ("GET", "HEAD") else ONLY_GET
        headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        headers += [("Allow", "GET, HEAD")] if status == HTTPStatus.METHOD_NOT_ALLOWED else []
        start(f"{status} {HTTPStatus(status).phrase}", headers)
        return [] if method == "HEAD" else [body]

    return app


class Port:
    """An open port with a WSGI application behind it, served by threads of its own."""

    def __init__(self, address: str, app: WSGIApplication) -> None:
        """`address`: "host:port", IPv6 in brackets. Raises OSError where it cannot be had."""
        from waitress.server import create_server

        self.socket = _bound(address)
        self._connections: dict[int, Any] = {}
        self._server = create_server(
            app,
            map=self._connections,
            sockets=[self.socket],
            threads=WORKERS,
            ident="ofsted-watch",
            connection_limit=MAX_CONNECTIONS,
            channel_timeout=IDLE_SECONDS,
            cleanup_interval=IDLE_SECONDS,
            max_request_header_size=MAX_HEADER_BYTES,
            max_request_body_size=MAX_HEADER_BYTES,
        )
        self._thread = threading.Thread(target=self._server.run, name="listen", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Give the port back. The serving thread closes everything itself: its table of connections is its own."""
        called = threading.Event()
        if self._thread.is_alive():
            self._server.trigger.pull_trigger(partial(self._close, called))
        called.set()
        self._thread.join(STOP_SECONDS)

    def _close(self, called: threading.Event) -> None:
        """Close once the call is made. An answer may have woken this thread first, and the call would be written into a
        pipe that is closed, or into the file that has its number by then."""
        from waitress import wasyncore

        called.wait(STOP_SECONDS)
        self._server.task_dispatcher.shutdown(timeout=STOP_SECONDS / 2)
        wasyncore.close_all(self._connections)


def _bound(address: str) -> socket.socket:
    place = host_and_port(address)
    family = socket.AF_INET6 if ":" in place[0] else socket.AF_INET
    return socket.create_server(place, family=family)
