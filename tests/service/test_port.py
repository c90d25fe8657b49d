"""The port: what it answers, and what it does not do."""

from __future__ import annotations

import json
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from monitor.config.file import Config, load
from monitor.service.metrics import Metrics
from monitor.service.port import Answer, Port, application, fresh, healthz
from monitor.service.tally import Tally
from monitor.store import Store, StoreError, outbox, sources
from tests.configured import configured
from tests.making import NOON, closed, event, record
from tests.service.free_port import free_address


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path)


def seen(config: Config) -> None:
    with Store(config.data_dir) as store, store.transaction():
        sources.save_polls(store, [closed("80461", record())])
        outbox.add(store, event(), [])


def test_healthz_is_the_status_in_short(config: Config) -> None:
    with Store(config.data_dir):
        pass
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
def serve() -> Iterator[Callable[[Callable[[], Answer]], Port]]:
    made: list[Port] = []

    def start(answer: Callable[[], Answer]) -> Port:
        made.append(Port(free_address(), application({"/healthz": answer})))
        return made[-1]

    yield start
    for port in made:
        port.stop()


Serve = Callable[[Callable[[], Answer]], Port]


def say(port: Port, question: bytes) -> bytes:
    with socket.create_connection(port.socket.getsockname(), timeout=5) as line:
        line.settimeout(5)
        parts = list[bytes]()
        with suppress(ConnectionResetError):  # it does not read on what it has refused
            line.sendall(question)
            while part := line.recv(4096):
                parts.append(part)
        return b"".join(parts)


def well() -> Answer:
    return 200, "text/plain", b"well"


def test_get_of_two_paths_and_nothing_else(serve: Serve) -> None:
    port = serve(well)
    assert say(port, b"GET /healthz?x=1 HTTP/1.0\r\n\r\n").endswith(b"well")
    assert say(port, b"HEAD /healthz HTTP/1.0\r\n\r\n").endswith(b"\r\n\r\n")
    assert b" 404 " in say(port, b"GET /../etc/passwd HTTP/1.0\r\n\r\n")
    assert b" 405 " in say(port, b"POST /healthz HTTP/1.0\r\n\r\n")
    assert b" 200 " not in say(port, b"GET /healthz HTTP/1.0\r\n" + b"A: b\r\n" * 20_000 + b"\r\n")
    assert b" 400 " in say(port, b"what is this\r\n\r\n")
    assert b"Cache-Control: no-store" in say(port, b"GET /healthz HTTP/1.0\r\n\r\n")


def test_callers_that_dribble_hold_up_nobody(serve: Serve) -> None:
    port = serve(well)
    lines = [socket.create_connection(port.socket.getsockname(), timeout=5) for _ in range(50)]
    for line in lines:
        line.sendall(b"GET /healthz HT")
    began = time.monotonic()
    assert say(port, b"GET /healthz HTTP/1.0\r\n\r\n").endswith(b"well")
    assert time.monotonic() - began < 4  # the dribblers are cut off after five seconds
    for line in lines:
        line.close()


def test_a_caller_that_says_nothing_is_cut_off(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.service.port.IDLE_SECONDS", 1)
    with socket.create_connection(serve(well).socket.getsockname(), timeout=8) as line:
        assert line.recv(10) == b""


def test_an_answer_that_fails_is_no_traceback_for_the_caller(serve: Serve) -> None:
    def broken() -> Answer:
        raise RuntimeError("/secret/path")

    port = serve(broken)
    answer = say(port, b"GET /healthz HTTP/1.0\r\n\r\n")
    assert b" 500 " in answer
    assert b"secret" not in answer
    assert b" 404 " in say(port, b"GET / HTTP/1.0\r\n\r\n")


def test_a_port_that_was_given_back_can_be_had_again(serve: Serve) -> None:
    port = serve(well)
    host, number = port.socket.getsockname()
    port.stop()
    again = Port(f"{host}:{number}", application({"/healthz": well}))
    assert say(again, b"GET /healthz HTTP/1.0\r\n\r\n").endswith(b"well")
    with pytest.raises(OSError, match="in use"):
        Port(f"{host}:{number}", application({}))
    again.stop()


def test_a_port_may_be_given_back_while_an_answer_wakes_its_thread(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = serve(well)
    trigger = port._server.trigger
    really = trigger._physical_pull

    def behind_another() -> None:
        really()  # as a worker does whose answer is ready
        port._thread.join(0.5)
        really()

    monkeypatch.setattr(trigger, "_physical_pull", behind_another)
    port.stop()
    assert not port._thread.is_alive()


def test_the_sites_port_serves_the_site_and_the_two_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from monitor.service.port import Listening
    from monitor.service.work import Work

    listen = free_address()
    config = configured(tmp_path, f'[site]\nenabled = true\nlisten = "{listen}"\n')
    seen(config)
    config.site_dir.mkdir()
    (config.site_dir / "index.html").write_text("<h1>the site</h1>")
    listening = Listening(Work(config, lambda *_: iter(()), lambda _: None, lambda: NOON))
    listening.at(config)
    try:
        assert b"the site" in fetched(listen, "/")
        assert b"ofsted_watch_outbox" in fetched(listen, "/metrics")
        assert b'"healthy"' in fetched(listen, "/healthz")
        (tmp_path / "config.toml").write_text("")
        listening.at(load(tmp_path / "config.toml"))
        with pytest.raises(OSError, match="refused"):
            fetched(listen, "/")
    finally:
        listening.close()


def fetched(address: str, path: str) -> bytes:
    import http.client

    connection = http.client.HTTPConnection(address, timeout=5)
    connection.request("GET", path)
    body = connection.getresponse().read()
    connection.close()
    return body
