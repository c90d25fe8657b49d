"""/metrics and /healthz on a local port, if the configuration asks for one: plain HTTP, two addresses, GET only.

What is asked often is computed once in a while; no question can hold up the watching.
"""

from __future__ import annotations

import json
import logging
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from monitor.config.file import Config
from monitor.service.work import Work
from monitor.store import Store, StoreError
from monitor.views import status as status_view

log = logging.getLogger("ofsted-watch")

AT_ONCE = 4
"""Questions answered at the same time; any more are refused."""
PATIENCE_SECONDS = 5.0
"""For a question to be put, and for its answer to be taken."""
FRESH_SECONDS = 2.0

Answer = tuple[int, str, bytes]
TEXT = "text/plain; version=0.0.4; charset=utf-8"
JSON = "application/json"
NOT_FOUND: Answer = (404, "text/plain", b"/metrics and /healthz are here\n")
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Listening:
    """The port as the configuration wants it now."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._address: str | None = None
        self._server: Server | None = None

    def at(self, config: Config) -> None:
        """Listen where the configuration says, or nowhere. An address that cannot be had is said, not fatal."""
        if config.run.listen == self._address and (self._server is not None) == (self._address is not None):
            return
        self.close()
        self._address = config.run.listen
        if self._address is None:
            return
        try:
            self._server = Server(self._address, self._answers())
        except OSError as error:
            log.error("run.listen: %s cannot be listened on: %s", self._address, error.strerror or error)
            return
        log.info("listening on %s", self._address)

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def _answers(self) -> dict[str, Callable[[], Answer]]:
        from monitor.service.metrics import Metrics

        metrics = Metrics(lambda: self._work.config, lambda: datetime.now(UTC))
        self._work.tell = metrics.crawled
        return {
            "/metrics": fresh(lambda: (200, TEXT, metrics.page())),
            "/healthz": fresh(lambda: healthz(self._work.config, datetime.now(UTC))),
        }


def healthz(config: Config, now: datetime) -> Answer:
    """200 or 503, and how everything stands in short."""
    with Store(config.data_dir) as store:
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


class Server(ThreadingHTTPServer):
    """Answers from a table of paths, in a thread of its own."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, address: str, answers: dict[str, Callable[[], Answer]]) -> None:
        host, _, port = address.rpartition(":")
        host = host.strip("[]")
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.answers = answers
        self._room = threading.BoundedSemaphore(AT_ONCE)
        super().__init__((host, int(port)), Handler)
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), name="listen", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Give the port back."""
        self.shutdown()
        self.server_close()
        self._thread.join()

    def server_bind(self) -> None:
        """Without the look-up of our own name that the standard library makes: it may take minutes."""
        socket.socket.bind(self.socket, self.server_address)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """A thread for each question, as long as there is room."""
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            with request:
                request.sendall(BUSY)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, and make room again."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the library's signature
        """A caller who went away is no traceback."""
        log.debug("a question on the port was not put to its end")


class Handler(BaseHTTPRequestHandler):
    """GET of a path in the table."""

    timeout = PATIENCE_SECONDS
    server_version, sys_version = "ofsted-watch", ""

    def do_GET(self) -> None:
        """Answer."""
        assert isinstance(self.server, Server)
        make = self.server.answers.get(self.path.partition("?")[0])
        status, kind, body = make() if make else NOT_FOUND
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Questions are no news."""
        log.debug("asked on the port: %s", format % args)
