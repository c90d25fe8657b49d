"""The replica's councils, each at a host of its own (127.0.2.1, 127.0.2.2, …), with an eye on who is connected.

A crawl keeps one connection to a host open as long as it asks it. Two open connections to one host at one time are two
crawls of it at once.
"""

from __future__ import annotations

import socket
import threading
from collections import Counter
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

A_NETWORK = 200
"""Hosts of 127.0.2.0/24, the next ones of 127.0.3.0/24."""
HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "content-length")


class Hosts(ThreadingHTTPServer):
    """Passes on what is asked of any address of this machine, and notes `together`: hosts that two crawls had open at
    once; `asked` counts requests by host. As a context manager."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, site: str) -> None:
        self.site = urlsplit(site).netloc
        self.asked: Counter[str] = Counter()
        self.together: Counter[str] = Counter()
        self._numbers: dict[str, int] = {}
        self._open: dict[str, set[socket.socket]] = {}
        self._lock = threading.Lock()
        super().__init__(("", 0), Passing)

    def __enter__(self) -> Hosts:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    def address(self, name: str) -> str:
        """The host of a name, the same whenever it is asked for."""
        number = self._numbers.setdefault(name, len(self._numbers))
        network, host = 2 + number // A_NETWORK, 1 + number % A_NETWORK
        return f"http://127.0.{network}.{host}:{self.server_address[1]}"

    def opened(self, connection: socket.socket) -> None:
        """A connection has come in."""
        host = connection.getsockname()[0]
        with self._lock:
            others = {other for other in self._open.get(host, ()) if _is_open(other)}
            if others:
                self.together[host] += 1
            self._open[host] = {*others, connection}

    def closed(self, connection: socket.socket, host: str) -> None:
        """A connection has ended."""
        with self._lock:
            self._open.get(host, set()).discard(connection)


class Passing(BaseHTTPRequestHandler):
    """One connection, kept open for many requests."""

    protocol_version = "HTTP/1.1"
    server: Hosts

    def setup(self) -> None:
        """Note the connection."""
        super().setup()
        self.host = self.connection.getsockname()[0]
        self.server.opened(self.connection)

    def finish(self) -> None:
        """Forget it."""
        self.server.closed(self.connection, self.host)
        super().finish()

    def do_GET(self) -> None:
        """Ask the replica the same."""
        self.server.asked[self.host] += 1
        status, headers, body = self._ask()
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _ask(self) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = HTTPConnection(self.server.site, timeout=60)
        try:
            connection.request("GET", self.path, headers=dict(self.headers.items()))
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (OSError, HTTPException):
            return 502, [("Content-Type", "text/plain")], b"the replica hung up"
        finally:
            connection.close()

    def log_message(self, *_: object) -> None:
        """Quiet."""


def _is_open(connection: socket.socket) -> bool:
    """Whether the other side still has it open. One that a dead process had is closed, noticed or not."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False
