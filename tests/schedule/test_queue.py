"""One crawl of a source at a time, a few at once, and a whole look that waits rather than is skipped."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from monitor.schedule.jobs import Job
from monitor.schedule.queue import Queue, QueuedJob
from monitor.times.slots import Line
from tests.making import NOON


def piece(job: str, not_before: float = 0.0) -> QueuedJob:
    source = job.removesuffix("-full")
    return QueuedJob(Job(source, job != source, Line(job, "0 * * * *")), NOON, not_before)


class Bench:
    """Work that goes on until it is let go."""

    def __init__(self, workers: int) -> None:
        self.began: list[str] = []
        self.times: dict[str, float] = {}
        self.most = self._now = 0
        self._free = threading.Semaphore(0)
        self._lock = threading.Lock()
        self.queue = Queue(self._work, workers)

    def _work(self, done: QueuedJob) -> None:
        with self._lock:
            self.began.append(done.job.id)
            self.times[done.job.id] = time.monotonic()
            self._now += 1
            self.most = max(self.most, self._now)
        assert self._free.acquire(timeout=60)
        with self._lock:
            self._now -= 1

    def go(self, count: int = 1) -> None:
        self._free.release(count)

    def wait(self, *began: str) -> None:
        for _ in range(3000):
            if len(self.began) >= len(began):
                break
            time.sleep(0.01)
        time.sleep(0.02)
        assert sorted(self.began) == sorted(began)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench(2)
    yield made
    made.queue.stop()
    made.go(20)
    assert made.queue.join(60)


def test_a_bounded_number_of_sources_at_once(bench: Bench) -> None:
    for job in "abcd":
        bench.queue.put(piece(job))
    bench.wait("a", "b")
    assert sorted(bench.queue.under_way()) == ["a", "b"]
    bench.go(4)
    bench.wait("a", "b", "c", "d")
    assert bench.most == 2


def test_a_whole_look_waits_for_the_ordinary_one_and_others_pass_it(bench: Bench) -> None:
    for job in ("ofsted", "ofsted-full", "press"):
        bench.queue.put(piece(job))
    bench.wait("ofsted", "press")
    bench.go(2)
    bench.wait("ofsted", "press", "ofsted-full")


def test_a_job_that_waits_is_there_once_and_may_be_dropped(bench: Bench) -> None:
    bench.queue.put(piece("a"))
    bench.queue.put(piece("b"))
    bench.wait("a", "b")
    for _ in range(3):
        bench.queue.put(piece("c"))
    bench.queue.put(piece("gone"))
    bench.queue.drop({"a", "b", "c"})
    bench.go(10)
    bench.wait("a", "b", "c")


def test_a_job_that_is_put_again_keeps_its_place() -> None:
    """The timetable puts at each look what waits still: the first of a long row is not to be sent to its end."""
    bench = Bench(1)
    bench.queue.put(piece("a"))
    bench.wait("a")
    for job in ("b", "c", "d", "b", "c", "b"):
        bench.queue.put(piece(job))
    bench.go(4)
    bench.wait("a", "b", "c", "d")
    assert bench.began == ["a", "b", "c", "d"]
    bench.queue.stop()
    assert bench.queue.join(60)


def test_a_piece_that_was_put_off_waits_its_time(bench: Bench) -> None:
    due = time.monotonic() + 0.3
    bench.queue.put(piece("a", due))
    bench.queue.put(piece("b"))
    bench.go(2)
    bench.wait("a", "b")
    assert bench.times["a"] >= due
    assert bench.times["b"] < bench.times["a"]


def test_more_or_fewer_hands_from_now_on(bench: Bench) -> None:
    bench.queue.resize(3)
    for job in "abcd":
        bench.queue.put(piece(job))
    bench.wait("a", "b", "c")
    bench.queue.resize(1)
    bench.go(4)
    bench.wait("a", "b", "c", "d")
    assert bench.most == 3


def test_after_a_stop_nothing_begins(bench: Bench) -> None:
    bench.queue.put(piece("a"))
    bench.wait("a")
    bench.queue.stop()
    bench.queue.put(piece("b"))
    assert not bench.queue.join(0.05)
    bench.go()
    assert bench.queue.join(60)
    assert bench.began == ["a"]


def test_work_that_fails_is_logged_and_frees_its_source(caplog: pytest.LogCaptureFixture) -> None:
    done = threading.Event()

    def work(p: QueuedJob) -> None:
        if not p.job.full:
            raise RuntimeError("boom")
        done.set()

    queue = Queue(work, 1)
    queue.put(piece("a"))
    queue.put(piece("a-full"))
    assert done.wait(60)
    queue.stop()
    assert queue.join(60)
    assert "a: failed in an unforeseen way" in caplog.text


def test_it_is_idle_when_nothing_is_under_way_and_what_waits_is_for_later(bench: Bench) -> None:
    assert bench.queue.idle()
    bench.queue.put(piece("ofsted"))
    assert not bench.queue.idle()
    bench.wait("ofsted")
    bench.queue.put(piece("press", not_before=time.monotonic() + 60))
    assert not bench.queue.idle()
    bench.go()
    for _ in range(3000):
        if bench.queue.idle():
            break
        time.sleep(0.01)
    assert bench.queue.idle()
    assert bench.began == ["ofsted"]
