"""A proxy before the replica that spoils answers: what they say, how they say it, and where they lead."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from soak.serving import Request, serving
from soak.spoil import spoilt

ROBOTS = 0.02
"""Of the answers for robots.txt are spoilt: without them nothing else would be asked."""


class Proxy:
    """Passes requests on to `site` and spoils a `share` of the answers; redirects lead to `trap`. What an address
    gets at its nth time follows from the seed alone, whatever is asked beside it. As a context manager."""

    def __init__(self, site: str, trap: str, seed: int, hosts: int = 1) -> None:
        self._site, self._trap, self._seed = urlsplit(site).netloc, trap, seed
        self._lock = threading.Lock()
        self._times: Counter[str] = Counter()
        self.share = 0.5
        self.answers = self.spoilt = 0
        self._hosts, self._stack = hosts, ExitStack()
        self.addresses: list[str] = []
        """Where the spoilt site is: the same on each host, so that one that is given up ends nobody else's crawl."""

    def __enter__(self) -> Proxy:
        hosts = (f"127.0.1.{n}" for n in range(1, self._hosts + 1))
        self.addresses = [self._stack.enter_context(serving(self._answer, host)) for host in hosts]
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _answer(self, asked: Request) -> None:
        status, headers, body = self._ask(asked)
        share = ROBOTS if asked.path.endswith("robots.txt") else self.share
        with self._lock:
            address = f"{asked.headers.get('Host', '').partition(':')[0]}{asked.path}"
            self._times[address] += 1
            chance = random.Random(f"{self._seed} {address} {self._times[address]}")
            way = chance.choice(_WAYS) if chance.random() < share else None
            self.answers += 1
            self.spoilt += way is not None
        raw = way(self, chance, status, headers, body) if way else _raw(status, headers, body)
        try:
            asked.wfile.write(raw)
        except OSError:
            return  # the crawl has seen enough of it and hung up
        finally:
            asked.close_connection = True

    def _ask(self, asked: Request) -> tuple[int, dict[str, str], bytes]:
        connection = HTTPConnection(self._site, timeout=20)
        try:
            connection.request("GET", asked.path, headers=dict(asked.headers.items()))
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        except (OSError, HTTPException):
            return 502, {"Content-Type": "text/html"}, b"the site hung up"
        finally:
            connection.close()

    def _body(self, chance: random.Random, status: int, headers: dict[str, str], body: bytes) -> bytes:
        return _raw(status, headers, spoilt(body, chance))

    def _redirect(self, chance: random.Random, _: int, __: dict[str, str], body: bytes) -> bytes:
        where = (
            f"{self._trap}/inside", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "//127.0.0.2/",
            "http://[::1]/", "ftp://127.0.0.2/", "http://2130706434/", "javascript:alert(1)", "http://0x7f000002/",
            "/" * 5000, "http://[::1", "http://user:pass@[::ffff:127.0.0.2]:80/", "///127.0.0.2/", "\\\\127.0.0.2\\x",
            "http://localhost.localdomain:99999/", f"{self._trap}@127.0.0.1/", "\x00", "data:text/html,x",
        )  # fmt: skip
        return _raw(chance.choice((301, 302, 303, 307, 308)), {"Location": chance.choice(where)}, body)

    def _header(self, chance: random.Random, status: int, headers: dict[str, str], body: bytes) -> bytes:
        strange = (
            ("Content-Length", "99999999999999999999"), ("Content-Length", "-5"), ("Content-Length", "1"),
            ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip"), ("Content-Encoding", "br, gzip, deflate"),
            ("Content-Type", "text/html; charset=utf-7"), ("Content-Type", "application/x-\x00"),
            ("X-A", "b" * 100_000),
            ("Retry-After", "99999999999"), ("Retry-After", "soon"), ("Retry-After", "\xb2"),
            ("Set-Cookie", "a=b" * 3000),
            ("ETag", '"' * 5000),
            ("Last-Modified", "Thu, 99 Foo 99999 99:99:99 GMT"), ("Content-Type", "text/html; charset=\xff\xfe"),
        )  # fmt: skip
        name, value = chance.choice(strange)
        return _raw(status, headers | {name: value}, body)

    def _status(self, chance: random.Random, _: int, headers: dict[str, str], body: bytes) -> bytes:
        status = chance.choice((100, 204, 206, 304, 401, 404, 418, 429, 451, 500, 503, 599, 999))
        waits = {"Retry-After": chance.choice(("0", "99999999999", "\xb2", "Thu, 01 Jan 9999 99:99:99 GMT"))}
        return _raw(status, headers | waits, body)

    def _nonsense(self, chance: random.Random, *_: object) -> bytes:
        return chance.choice((b"", b"HTTP/9.9 hello\r\n\r\n", b"\x00" * 4000, b"HTTP/1.1 200\r\n" + b"a: b\r\n" * 5000))


def _raw(status: int, headers: dict[str, str], body: bytes) -> bytes:
    """An answer as bytes; the length is that of the body unless a header says otherwise."""
    kept = {k: v for k, v in headers.items() if k.lower() not in ("transfer-encoding", "connection", "content-length")}
    told = {"Content-Length": str(len(body)), "Connection": "close"} | kept
    if "Transfer-Encoding" in headers or headers.get("Content-Length", "").startswith(("-", "9")):
        told |= {k: headers[k] for k in ("Transfer-Encoding", "Content-Length") if k in headers}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} X\r\n{lines}\r\n".encode("latin-1", "replace") + body


_WAYS: tuple[Callable[..., bytes], ...] = (
    Proxy._body, Proxy._body, Proxy._body, Proxy._body, Proxy._redirect, Proxy._header, Proxy._status, Proxy._nonsense,
)  # fmt: skip
