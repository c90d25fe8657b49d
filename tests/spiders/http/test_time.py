"""One limit of time for a whole exchange, and a way round an address that does not answer."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError, DownloadTimeoutError

from tests.certificates import own
from tests.spiders.http.raw import Step, answer, ask, ask_one, body_of, chunked, head, raw_site

FIRST = "127.0.0.6"
"""An address where no other test has servers: on the second one's port only this test's server waits there, or none."""
HINTS = head(status="103 Early Hints")


def for_ever(*steps: Step) -> list[Step]:
    return [*steps] * 100_000


SLOW: dict[str, list[Step]] = {
    "silence": [60.0],
    "a head by bytes": [b"HTTP/1.1 200 OK\r\nX: ", *for_ever(b"x", 0.1)],
    "headers without end": [b"HTTP/1.1 200 OK\r\n", *for_ever(b"X: 1\r\n", 0.1)],
    "a body by bytes": [head("Content-Length: 100000"), *for_ever(b"x", 0.1)],
    "a body without a length": [head("Connection: close"), *for_ever(b"x", 0.1)],
    "chunks without end": [head("Transfer-Encoding: chunked"), *for_ever(chunked(b"x"), 0.1)],
    "interim answers": for_ever(HINTS, 0.1),
    "a flood of interim answers": for_ever(HINTS * 100),
}


@pytest.mark.parametrize("steps", SLOW.values(), ids=SLOW)
def test_an_answer_that_takes_for_ever_ends_in_time(steps: list[Step]) -> None:
    with raw_site(lambda _: steps) as site:
        began = time.monotonic()
        found = ask_one(site.url, timeout=1.0)
    assert isinstance(found, DownloadTimeoutError)
    assert str(found) == "no complete answer within 1 s"
    assert time.monotonic() - began < 5.0


def test_a_slow_answer_within_the_limit_is_taken() -> None:
    with raw_site(lambda _: [head("Content-Length: 3"), b"x", 0.4, b"x", 0.4, b"x"]) as site:
        assert body_of(ask_one(site.url, timeout=2.0)) == b"xxx"


@contextmanager
def black_hole(address: str, port: int) -> Iterator[None]:
    """An address that swallows packets: a listener whose queue is full."""
    with ExitStack() as held:
        listener = held.enter_context(socket.socket())
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(0)
        for _ in range(6):
            caller = held.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex((address, port))
        time.sleep(0.1)
        yield


@contextmanager
def silent(address: str, port: int) -> Iterator[None]:
    """An address that accepts and then says nothing."""
    with socket.create_server((address, port)):
        yield


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """A table of names and their addresses in place of the name server's."""
    table: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def found(host: str, port: int, **options: Any) -> Any:
        return [info for address in table.get(host, [host]) for info in real(address, port, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    return table


def test_a_dead_first_address_does_not_eat_the_others_time(names: dict[str, list[str]]) -> None:
    names["two.test"] = [FIRST, "127.0.0.2"]
    with raw_site(lambda _: [answer(b"here")], address="127.0.0.2") as site, black_hole(FIRST, site.port):
        began = time.monotonic()
        assert body_of(ask_one(f"http://two.test:{site.port}/", timeout=5.0)) == b"here"
        assert time.monotonic() - began < 4.0


def test_three_dead_addresses_before_the_one_that_answers(names: dict[str, list[str]]) -> None:
    names["four.test"] = ["127.0.0.3", "127.0.0.4", "127.0.0.5", "127.0.0.2"]
    with raw_site(lambda _: [answer(b"here")], address="127.0.0.2") as site, ExitStack() as holes:
        for dead in names["four.test"][:3]:
            holes.enter_context(black_hole(dead, site.port))
        assert body_of(ask_one(f"http://four.test:{site.port}/", timeout=5.0)) == b"here"


def test_a_first_address_that_refuses_costs_nothing(names: dict[str, list[str]]) -> None:
    names["two.test"] = [FIRST, "127.0.0.2"]
    with raw_site(lambda _: [answer(b"here")], address="127.0.0.2") as site:
        assert body_of(ask_one(f"http://two.test:{site.port}/")) == b"here"


def test_an_address_that_accepts_and_says_nothing_is_not_asked_first_again(names: dict[str, list[str]]) -> None:
    """The request that is lost to it is made again by Scrapy, which then reaches the other address."""
    names["two.test"] = [FIRST, "127.0.0.2"]
    with raw_site(lambda _: [answer(b"here")], address="127.0.0.2") as site, silent(FIRST, site.port):
        first, second = ask(*[f"http://two.test:{site.port}/"] * 2, timeout=1.0)
    assert isinstance(first, DownloadTimeoutError)
    assert body_of(second) == b"here"


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    return own(tmp_path, "two.test")


def test_a_first_address_without_a_handshake_leaves_time_for_the_second(
    names: dict[str, list[str]], certificate: Path
) -> None:
    names["two.test"] = [FIRST, "127.0.0.2"]
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    trusted = {"EXTRA_CA": {"two.test": str(certificate)}}
    with raw_site(lambda _: [answer(b"here")], address="127.0.0.2", tls=tls) as site, silent(FIRST, site.port):
        assert body_of(ask_one(f"https://two.test:{site.port}/", timeout=3.0, **trusted)) == b"here"


def test_a_handshake_that_is_never_answered_ends_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as dead:
        began = time.monotonic()
        found = ask_one(f"https://127.0.0.1:{dead.getsockname()[1]}/", timeout=1.0)
    assert isinstance(found, DownloadTimeoutError)
    assert time.monotonic() - began < 5.0


def test_a_host_that_is_not_there_is_named_as_such(names: dict[str, list[str]]) -> None:
    assert isinstance(ask_one("http://127.0.0.1:9/"), DownloadConnectionRefusedError)
    names["three.test"] = ["127.0.0.1", "127.0.0.2", "127.0.0.3"]
    assert "refused" in str(ask_one("http://three.test:9/"))
    for host in ("nowhere.invalid", "a" * 64 + ".example", "a..example"):
        assert isinstance(ask_one(f"http://{host}/"), CannotResolveHostError)
