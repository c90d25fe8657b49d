"""What comes back counts once and is checked, whatever a worker sends; here the worker's part is played by hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from monitor.config.tables import Run
from monitor.crawl.child import CrawlError
from monitor.model import Document, Http, Job, Known, Target
from monitor.model.crawl import file_of
from monitor.model.state import PolledTarget
from monitor.workers import lease, owner_tables, travel, worker_tables
from monitor.workers.groups import Part
from monitor.workers.queue import Connection, QueueError, conninfo
from monitor.workers.waiting import Waiting
from tests.making import poll, record
from tests.workers.conftest import QUICK

pytestmark = pytest.mark.slow
BODY = b"%PDF-1.7 a letter"
SHA = sha256(BODY).hexdigest()


@pytest.fixture
def connection(queue: Run) -> Iterator[Any]:
    with closing(Connection(conninfo(queue))) as held:
        yield held.get()


def job(folder: Path, **documents: Known) -> Job:
    targets = (Target("1", "one", documents=documents), Target("2", "two"))
    return Job("run-1", "ofsted", "https://x.example", str(folder), Http("t"), targets)


def closed(target: str, sha: str | None = None, **changes: Any) -> PolledTarget:
    document = Document(sha, len(BODY), "application/pdf") if sha else None
    return PolledTarget(replace(poll(target), **changes), (record("r", target, document=document),))


def waited(queue: Run, made: Job, work: Callable[[Any, str], None]) -> tuple[list[PolledTarget], str | None]:
    """What a crawl gives while somebody works on it, and how it ends."""
    waiting = Waiting(made, [Part("lock", made)], 30, Connection(conninfo(queue)), threading.Event())

    def play() -> None:
        with closing(Connection(conninfo(queue))) as held:
            while worker_tables.begin(held.get(), (waiting.crawl, 0)) is None:
                time.sleep(0.05)
            worker_tables.appear(held.get(), "00000000-0000-0000-0000-000000000001", "by hand")
            work(held.get(), waiting.crawl)

    worker = threading.Thread(target=play)
    worker.start()
    found: list[PolledTarget] = []
    try:
        found.extend(waiting.closed())
    except (CrawlError, QueueError) as error:
        return found, str(error)
    finally:
        worker.join()
        waiting.end()
    return found, None


def send(connection: Any, crawl: str, found: PolledTarget, target: str | None = None) -> None:
    worker_tables.send(connection, (crawl, 0), target or found.poll.target, travel.lines(found))


def test_a_target_that_is_sent_twice_counts_once_and_the_first_stands(queue: Run, tmp_path: Path) -> None:
    def work(connection: Any, crawl: str) -> None:
        send(connection, crawl, closed("1", requests=5))
        time.sleep(0.3)
        send(connection, crawl, closed("1", requests=7))
        send(connection, crawl, closed("2"))
        worker_tables.end(connection, (crawl, 0), None)
        worker_tables.end(connection, (crawl, 0), "ended again")

    found, fault = waited(queue, job(tmp_path), work)
    assert sorted((c.poll.target, c.poll.requests) for c in found) == [("1", 5), ("2", 1)]
    assert fault is None


def test_what_cannot_be_believed_is_not_reached_and_said(queue: Run, tmp_path: Path) -> None:
    def work(connection: Any, crawl: str) -> None:
        send(connection, crawl, closed("1", run="another"))
        send(connection, crawl, closed("2"))
        worker_tables.end(connection, (crawl, 0), "the crawl's process died (signal 9)")

    found, fault = waited(queue, job(tmp_path), work)
    assert [c.poll.target for c in found] == ["2"]
    assert fault == "the crawl's process died (signal 9); 1: what came is of ofsted 1 in the run another"


def test_a_document_is_kept_before_its_target_counts_and_leaves_the_queue(
    queue: Run, connection: Any, tmp_path: Path
) -> None:
    rows: list[int] = []

    def work(connection: Any, crawl: str) -> None:
        worker_tables.send_document(connection, (crawl, 0), SHA, BODY)
        send(connection, crawl, closed("1", SHA))
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and rows[-1:] != [0]:
            rows.append(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
            time.sleep(0.05)
        send(connection, crawl, closed("2", SHA))  # it has been sent before
        worker_tables.end(connection, (crawl, 0), None)

    found, fault = waited(queue, job(tmp_path), work)
    assert (sorted(c.poll.target for c in found), fault) == (["1", "2"], None)
    assert (tmp_path / file_of(SHA)).read_bytes() == BODY
    assert rows[-1] == 0
    assert connection.execute("SELECT count(*) FROM crawls").fetchone() == (0,)


@pytest.mark.parametrize(("body", "reason"), [(b"another", "is not what its name says"), (None, "did not come")])
def test_a_target_whose_document_did_not_come_whole_is_not_reached(
    body: bytes | None, reason: str, queue: Run, tmp_path: Path
) -> None:
    def work(connection: Any, crawl: str) -> None:
        if body is not None:
            worker_tables.send_document(connection, (crawl, 0), SHA, body)
        send(connection, crawl, closed("1", SHA))
        send(connection, crawl, closed("2"))
        worker_tables.end(connection, (crawl, 0), None)

    found, fault = waited(queue, job(tmp_path), work)
    assert [c.poll.target for c in found] == ["2"]
    assert reason in str(fault)
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_document_that_is_known_need_not_come(queue: Run, tmp_path: Path) -> None:
    def work(connection: Any, crawl: str) -> None:
        send(connection, crawl, closed("1", SHA))
        send(connection, crawl, closed("2"))
        worker_tables.end(connection, (crawl, 0), None)

    found, fault = waited(queue, job(tmp_path, r=Known(SHA, 3)), work)
    assert (len(found), fault) == (2, None)


def test_a_full_disk_costs_the_target_and_says_so(queue: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(connection: Any, crawl: str) -> None:
        worker_tables.send_document(connection, (crawl, 0), SHA, BODY)
        send(connection, crawl, closed("1", SHA))
        worker_tables.end(connection, (crawl, 0), None)

    monkeypatch.setattr("monitor.store.documents.has_room", lambda free, total: False)
    assert waited(queue, job(tmp_path), work) == ([], "1: No space left on device")


def test_workers_that_send_nothing_for_longer_than_the_limit_are_waited_for_no_more(
    queue: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "SPANS", replace(QUICK, patience=1.0))
    made = replace(job(tmp_path), targets=())
    waiting = Waiting(made, [Part("lock", made)], 1, Connection(conninfo(queue)), threading.Event())
    ended = threading.Event()

    def appear() -> None:
        with closing(Connection(conninfo(queue))) as held:
            while not ended.wait(0.1):
                worker_tables.appear(held.get(), "00000000-0000-0000-0000-000000000002", "busy")
                owner_tables.keep(held.get(), [waiting.crawl])

    alive = threading.Thread(target=appear)
    alive.start()
    try:
        with pytest.raises(CrawlError, match="sent nothing for 2 s"):
            list(waiting.closed())
    finally:
        ended.set()
        alive.join()
        waiting.end()
