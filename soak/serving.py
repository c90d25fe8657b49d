"""A server on this machine, in threads, for as long as a block lasts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Request = BaseHTTPRequestHandler
"""A request, which is answered by its methods."""


def nothing(_: Request) -> None:
    """No answer."""


def ok(request: Request) -> None:
    """An answer without words."""
    request.send_response(204)
    request.end_headers()


@contextmanager
def serving(
    answer: Callable[[Request], None], host: str = "127.0.0.1", connected: Callable[[], None] = lambda: None
) -> Iterator[str]:
    """The address of a server on a free port; it is told of each connection."""

    class Handler(BaseHTTPRequestHandler):
        def setup(self) -> None:
            connected()
            super().setup()

        def do_GET(self) -> None:
            answer(self)

        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer((host, 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://{host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
