"""The sign of life, against a local server: what is asked, and that nothing shows the address."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from monitor.config.file import load
from monitor.service.heartbeat import HeartbeatError, beat, ping


class Watch(ThreadingHTTPServer):
    """Somebody else's watch."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []
        self.status, self.hangs = 200, False
        self.over = threading.Event()
        self.location: str | None = None
        threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/ping/secret-uuid"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        assert isinstance(self.server, Watch)
        self.server.asked.append(self.path)
        if self.server.hangs:
            self.server.over.wait()
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("Location", self.server.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def watch() -> Iterator[Watch]:
    made = Watch()
    yield made
    made.over.set()
    made.shutdown()
    made.server_close()


def test_good_and_bad_cycles(watch: Watch) -> None:
    ping(watch.url, well=True)
    ping(watch.url, well=False)
    ping(watch.url + "/?rid=1", well=False)
    assert watch.asked == ["/ping/secret-uuid", "/ping/secret-uuid/fail", "/ping/secret-uuid/fail?rid=1"]


@pytest.mark.parametrize(
    ("status", "location", "words"),
    [(404, None, "status 404"), (503, None, "status 503"), (302, "http://127.0.0.1:1/elsewhere", "status 302")],
)
def test_another_answer_is_an_error_without_the_address(
    watch: Watch, status: int, location: str | None, words: str
) -> None:
    watch.status, watch.location = status, location
    with pytest.raises(HeartbeatError, match=words) as caught:
        ping(watch.url, well=True)
    assert "secret" not in str(caught.value)
    assert len(watch.asked) == 1


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/secret-uuid", "nonsense secret-uuid", "http://hc.example.org/secret-uuid", "file:///x"],
)
def test_what_cannot_be_asked_is_said_without_the_address(address: str) -> None:
    with pytest.raises(HeartbeatError) as caught:
        ping(address, well=True, seconds=1)
    assert "secret" not in str(caught.value)


def test_a_watch_that_hangs_holds_nobody_up(watch: Watch) -> None:
    watch.hangs = True
    began = time.monotonic()
    with pytest.raises(HeartbeatError, match="not taken"):
        ping(watch.url, well=True, seconds=0.2)
    assert time.monotonic() - began < 10


def test_the_configuration_says_whether(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "config.toml"
    path.write_text("")
    beat(load(path), well=True)
    path.write_text("[run]\nheartbeat_env = 'BEAT'")
    monkeypatch.delenv("BEAT", raising=False)
    beat(load(path), well=True)
    monkeypatch.setenv("BEAT", watch.url)
    beat(load(path), well=False)
    watch.status = 500
    beat(load(path), well=True)
    assert watch.asked == ["/ping/secret-uuid/fail", "/ping/secret-uuid"]
    assert "heartbeat: environment: BEAT is not set" in caplog.text
    assert "heartbeat: was answered with status 500" in caplog.text
    assert "secret-uuid" not in caplog.text
