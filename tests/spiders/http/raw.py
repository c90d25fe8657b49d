"""A server that says exactly what a test tells it to, and a way of asking it through our handler alone."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.signalmanager import SignalManager

from spiders.http.handler import AiohttpHandler

CLOSE, RESET = "close", "reset"
Step = bytes | float | str
"""What to do next: send bytes, wait so many seconds, close the connection, or break it."""
Script = Callable[[str], Iterable[Step]]
"""The steps with which a path is answered."""


class RawSite:
    """Answers each request by the script's steps, on connections that stay open until a step ends them."""

    def __init__(self, script: Script, address: str = "127.0.0.1", port: int = 0,
                 tls: ssl.SSLContext | None = None) -> None:  # fmt: skip
        self.asked: list[str] = []
        self.connections = 0
        self._script, self._tls = script, tls
        self._socket = socket.create_server((address, port))
        self.port = self._socket.getsockname()[1]
        self.url = f"http{'s' if tls else ''}://{address}:{self.port}"

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                peer, _ = self._socket.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(peer,), daemon=True).start()

    def stop(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _talk(self, peer: socket.socket) -> None:
        with suppress(OSError), peer if self._tls is None else self._tls.wrap_socket(peer, server_side=True) as line:
            while path := _path(line):
                self.asked.append(path)
                if not all(_take(line, step) for step in self._script(path)):
                    return


def _path(peer: socket.socket) -> str:
    head = b""
    while b"\r\n\r\n" not in head:
        part = peer.recv(65536)
        if not part:
            return ""
        head += part
    return head.split()[1].decode()


def _take(peer: socket.socket, step: Step) -> bool:
    if isinstance(step, bytes):
        peer.sendall(step)
    elif isinstance(step, float):
        time.sleep(step)
    else:
        if step == RESET:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False
    return True


@contextmanager
def raw_site(script: Script, **options: Any) -> Iterator[RawSite]:
    """A site that runs until the block ends."""
    site = RawSite(script, **options)
    threading.Thread(target=site.serve, daemon=True).start()
    try:
        yield site
    finally:
        site.stop()


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """An answer with its length."""
    return head(f"Content-Length: {len(body)}", *headers, status=status) + body


def head(*headers: str, status: str = "200 OK") -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode("latin-1")


def chunked(*chunks: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks)


def ask(
    *urls: str, timeout: float = 3.0, pause: float = 0.0, meta: dict[str, Any] | None = None, **settings: Any
) -> list[Response | Exception]:
    """What the handler makes of each address, one after the other on the same connections."""
    return asyncio.run(_ask(urls, {"download_timeout": timeout, **(meta or {})}, pause, settings))


async def _ask(urls: Iterable[str], meta: dict[str, Any], pause: float, settings: dict[str, Any]
               ) -> list[Response | Exception]:  # fmt: skip
    given = {"ALLOW_PRIVATE_ADDRESSES": True, "DOWNLOAD_MAXSIZE": 1_000_000, "EXTRA_CA": {}, **settings}
    crawler: Any = SimpleNamespace(settings=Settings(given), signals=SignalManager(), spider=None)
    handler = AiohttpHandler(crawler)
    found: list[Response | Exception] = []
    for url in urls:
        request = Request(url, meta=dict(meta), headers={"User-Agent": "tests"})
        try:
            found.append(await handler.download_request(request))
        except Exception as error:  # noqa: BLE001 - it is what the test looks at
            found.append(error)
        await asyncio.sleep(pause)
    await handler.close()
    return found


def ask_one(url: str, **options: Any) -> Response | Exception:
    """What the handler makes of one address."""
    [found] = ask(url, **options)
    return found


def body_of(found: Response | Exception) -> bytes:
    """The body of an answer; a failure is raised."""
    if isinstance(found, Exception):
        raise found
    return bytes(found.body)
