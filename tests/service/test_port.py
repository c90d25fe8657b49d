"""The port: what it answers, and what it does not do."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.config.file import Config, load
from monitor.service.metrics import Metrics
from monitor.service.port import AT_ONCE, Answer, Server, fresh, healthz
from monitor.service.tally import Tally
from monitor.store import Store, StoreError, outbox, sources
from tests.making import NOON, closed, event, record


@pytest.fixture
def config(tmp_path: Path) -> Config:
    (tmp_path / "config.toml").write_text("")
    return load(tmp_path / "config.toml")


def seen(config: Config) -> None:
    with Store(config.data_dir) as store, store.transaction():
        sources.save_polls(store, [closed("80461", record())])
        outbox.add(store, event(), [])


def test_healthz_is_the_status_in_short(config: Config) -> None:
    status, kind, body = healthz(config, NOON)
    assert (status, kind) == (503, "application/json")
    assert json.loads(body)["sources"] == {"ofsted": "never seen"}
    seen(config)
    status, _, body = healthz(config, NOON)
    assert (status, json.loads(body)) == (
        *(200, {"healthy": True, "outbox": 0, "given_up": 0, "sources": {"ofsted": "ok"}}),
    )


def test_metrics_have_what_the_store_knows_and_what_was_counted(config: Config) -> None:
    seen(config)
    metrics = Metrics(lambda: config, lambda: NOON)
    metrics.crawled(Tally("ofsted", "r", Counter(ok=2, blocked=1), 7, 4096), 12.5)
    lines = metrics.page().decode().splitlines()
    for wanted in (
        'ofsted_watch_events_total{kind="report.published"} 1.0',
        'ofsted_watch_polls_total{outcome="blocked",source="ofsted"} 1.0',
        'ofsted_watch_requests_total{source="ofsted"} 7.0',
        'ofsted_watch_received_bytes_total{source="ofsted"} 4096.0',
        'ofsted_watch_crawl_seconds_bucket{le="15.0",source="ofsted"} 1.0',
        'ofsted_watch_last_healthy_age_seconds{source="ofsted"} 0.0',
        'ofsted_watch_broken_targets{source="ofsted"} 0.0',
        "ofsted_watch_outbox 0.0",
    ):
        assert wanted in lines
    assert any(line.startswith("process_resident_memory_bytes") for line in lines)


def test_a_store_that_cannot_be_read_is_an_answer() -> None:
    def broken() -> Answer:
        raise StoreError("/secret/path: no")

    status, _, body = fresh(broken)()
    assert status == 503
    assert b"/secret" not in body


def test_an_answer_is_kept_for_a_moment() -> None:
    calls = Counter[str]()

    def made() -> Answer:
        calls["made"] += 1
        return 200, "text/plain", b"x"

    answer = fresh(made)
    assert [answer()[0] for _ in range(50)] == [200] * 50
    assert calls["made"] == 1


@pytest.fixture
def serve() -> Iterator[Callable[[Callable[[], Answer]], Server]]:
    made: list[Server] = []

    def start(answer: Callable[[], Answer]) -> Server:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{probe.getsockname()[1]}"
        made.append(Server(address, {"/healthz": answer}))
        return made[-1]

    yield start
    for server in made:
        server.stop()


def say(server: Server, question: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.server_port), timeout=5) as line:
        line.sendall(question)
        line.settimeout(5)
        parts = []
        while part := line.recv(4096):
            parts.append(part)
        return b"".join(parts)


def test_get_of_two_paths_and_nothing_else(serve: Callable[[Callable[[], Answer]], Server]) -> None:
    server = serve(lambda: (200, "text/plain", b"well"))
    assert say(server, b"GET /healthz?x=1 HTTP/1.0\r\n\r\n").endswith(b"well")
    assert b" 404 " in say(server, b"GET /../etc/passwd HTTP/1.0\r\n\r\n")
    assert b" 501 " in say(server, b"POST /healthz HTTP/1.0\r\n\r\n")
    assert b" 414 " in say(server, b"GET /" + b"x" * 70_000 + b" HTTP/1.0\r\n\r\n")
    assert b" 431 " in say(server, b"GET / HTTP/1.0\r\n" + b"A: b\r\n" * 200 + b"\r\n")
    assert say(server, b"GET /healthz HTTP/1.0\r\n\r\n").endswith(b"well")


def test_more_questions_than_there_is_room_for_are_refused(serve: Callable[[Callable[[], Answer]], Server]) -> None:
    go = threading.Event()

    def slow() -> Answer:
        go.wait(5)
        return 200, "text/plain", b"well"

    server = serve(slow)
    lines = [socket.create_connection(("127.0.0.1", server.server_port), timeout=5) for _ in range(AT_ONCE)]
    for line in lines:
        line.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
    time.sleep(0.2)
    assert b" 503 " in say(server, b"")
    go.set()
    for line in lines:
        with line:
            assert b" 200 " in line.recv(4096)
