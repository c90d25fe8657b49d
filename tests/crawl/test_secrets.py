"""No process that reads what strangers wrote has a secret in its environment, whatever the operator calls it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.config.environment import secret, without_secrets
from monitor.crawl.command import CommandChild
from monitor.crawl.forked import ForkedCrawls
from monitor.letters.reader import Reader
from monitor.model import Http, Job, Poll, to_json
from monitor.model.environment import harmless
from tests.making import NOON

SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-s3cret",
    "smtp_password": "s3cret two",
    "HEARTBEAT_URL": "https://hc.example/s3cret",
    "AWS_SECRET_ACCESS_KEY": "s3cret",
    "DATABASE_URL": "postgresql://u:s3cret@db/x",
    "HTTPS_PROXY": "http://u:s3cret@proxy:3128",
    "X": "s3cret",
}
SHOW = "import os; print(open('/proc/self/environ').read().replace(chr(0), chr(10)))"

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LC_TIME", "C.UTF-8")


def environment_of(process: int) -> str:
    return Path(f"/proc/{process}/environ").read_text(encoding="utf-8")


def shown(job: Job, lines: object) -> None:
    """A crawl that tells its own environment and that of its fork server."""
    told = environment_of(os.getpid()) + environment_of(os.getppid())
    at = NOON.isoformat()
    poll = Poll("r", "ofsted", "80461", at, at, "ok", complete=True, detail=told.replace("\0", "\n"))
    print(json.dumps({"type": "poll", **to_json(poll)}), file=lines)  # type: ignore[call-overload]


def test_a_forked_crawl_and_its_server_have_none() -> None:
    job = Job("r", "ofsted", "https://x", "docs", Http("t"), (), False, {})
    (closed,) = ForkedCrawls(f"{__name__}:shown").crawl(job, 60)
    assert "PATH=" in (closed.poll.detail or "")
    assert "s3cret" not in (closed.poll.detail or "")
    assert os.environ["SLACK_BOT_TOKEN"] == "xoxb-s3cret"


def test_a_crawl_of_the_command_line_has_none() -> None:
    child = CommandChild([sys.executable, "-c", SHOW])
    told = "".join(child.lines())
    child.wait(10)
    child.close()
    assert "LC_TIME=C.UTF-8" in told
    assert "s3cret" not in told


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def test_the_reader_of_documents_has_none(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4 no document")
    reader.read(tmp_path / "x.pdf")
    assert reader._child is not None
    assert "PATH=" in environment_of(reader._child.pid)
    assert "s3cret" not in environment_of(reader._child.pid)


def test_a_secret_is_read_before_or_after_that_moment() -> None:
    with without_secrets():
        assert not set(SECRETS) & set(os.environ)
    assert secret("SLACK_BOT_TOKEN") == "xoxb-s3cret"
    assert harmless({"PATH": "/bin", **SECRETS}) == {"PATH": "/bin"}
