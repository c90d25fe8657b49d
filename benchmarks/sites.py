"""Made-up sites that never change, all on one port of this machine, each at an address of its own (127.0.0.1, …)."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Sites(ThreadingHTTPServer):
    """Serves them with a thread until the block ends. `asked`: how often each address was asked for, with its host;
    `validates`: whether they know conditional requests."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, answers: type[Answers]) -> None:
        self.asked: Counter[str] = Counter()
        self.validates = True
        super().__init__(("", 0), answers)

    def __enter__(self) -> Sites:
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


Reply = tuple[int, str, bytes, dict[str, str]]
"""Status, media type, body and further headers."""


class Answers(BaseHTTPRequestHandler, ABC):
    """What the sites answer; whoever inherits gives `reply`."""

    protocol_version = "HTTP/1.1"
    server: Sites

    def do_GET(self) -> None:
        """One answer, counted."""
        self.server.asked[f"http://{self.headers['Host']}{self.path}"] += 1
        status, kind, body, more = self.reply()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    @abstractmethod
    def reply(self) -> Reply:
        """What is answered to this request."""

    def log_message(self, *_: object) -> None:
        """Nothing: what was asked is counted."""
