"""The sender has legs of its own: nothing waits for a receiver, and no receiver for anything else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.channels import rules
from monitor.config.file import Config, load
from monitor.deliver import besides
from monitor.deliver.audience import audience
from monitor.model import DeliveryError, Event, Thread
from monitor.model.trouble import Health
from monitor.schedule.jobs import Job, jobs
from monitor.schedule.queue import Queue
from monitor.schedule.timetable import Timetable
from monitor.service import oversight as service_oversight
from monitor.service import work as service_work
from monitor.service.sending import SendingThread, troubles
from monitor.service.work import Work
from monitor.store import Store, outbox
from monitor.views import status as status_view
from monitor.watch.run import RunResult
from tests.configured import configured
from tests.making import event
from tests.post import Out
from tests.waiting import wait_for

START = datetime(2026, 6, 3, 12, 0, 30, tzinfo=UTC)
READERS = [f"reader{n}@example.org" for n in range(60)]
TEXT = f"""
[http]
contact = "tests@localhost"
[run]
heartbeat_minutes = 1
[watch]
councils = ["Devon"]
[sources.ofsted]
schedule = "* * * * *"
[sources.govuk]
schedule = "* * * * *"
[sources.newsroom]
schedule = "* * * * *"
[sources.moderngov]
schedule = "* * * * *"
[[channels]]
name = "mail"
kind = "email"
to = {READERS!r}
from = "watch@example.org"
host = "127.0.0.1"
security = "none"
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path, TEXT)


def happen(config: Config, name: str, now: datetime = START, **more: object) -> None:
    found = event(name, **more)  # type: ignore[arg-type]
    with Store(config.data_dir) as store, store.transaction():
        outbox.add(store, found, rules.recipients_of(found, audience(config)(store, now), now))


class VirtualTime:
    """A clock that only the test moves."""

    def __init__(self) -> None:
        self.now = START
        self.moved = threading.Condition()

    def __call__(self) -> datetime:
        return self.now

    def step(self, seconds: float) -> None:
        with self.moved:
            self.now += timedelta(seconds=seconds)
            self.moved.notify_all()


class SlowReader(Out):
    """Takes each message in so many seconds of virtual time."""

    def __init__(self, clock: VirtualTime, seconds: float) -> None:
        super().__init__()
        self.clock, self.seconds, self.ends = clock, seconds, list[datetime]()

    def reads_on(self) -> bool:
        """Whether it is at work, and none of its messages has had its time."""
        with self.clock.moved:
            return bool(self.ends) and min(self.ends) > self.clock.now

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        with self.clock.moved:
            done = self.clock.now + timedelta(seconds=self.seconds)
            self.ends.append(done)
            assert self.clock.moved.wait_for(lambda: self.clock.now >= done, timeout=30)
            self.ends.remove(done)
        return super().send(message_id, events, maybe_sent, thread)


def serving(config: Config, clock: Callable[[], datetime], out: Out) -> Iterator[SendingThread]:
    sender = SendingThread(config, clock, lambda _: lambda *_: out)
    sender.start()
    yield sender
    sender.stop()


@pytest.mark.slow
def test_sixty_slow_readers_delay_no_crawl_and_no_heartbeat(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty readers who take two seconds each, beside four sources that are due every minute."""
    clock, begun, beats = VirtualTime(), list[tuple[str, datetime]](), list[bool]()

    def look(config: Config, store: Store, job: Job, *_: object) -> RunResult:
        begun.append((job.source, clock.now))
        return RunResult((), Health())

    monkeypatch.setattr(service_work, "look", look)
    monkeypatch.setattr(service_oversight, "beat", lambda _, well: beats.append(well))
    happen(config, "e1")
    out = SlowReader(clock, 2.0)
    sender = SendingThread(config, clock, lambda _: lambda *_: out)
    queue = Queue(lambda piece: work.do(piece), config.run.crawls)
    work = Work(config, lambda *_: (), queue.put, clock)
    oversight = service_oversight.Oversight(work, clock)
    timetable = Timetable(config.data_dir, queue.put, queue.under_way, clock)
    timetable.load(jobs(config.sources.enabled(), 0))
    sender.start()
    try:
        for second in range(150):
            wait_for(lambda: queue.idle() and (out.reads_on() or len(out.taken) == len(READERS)))
            if second % 60 == 0:
                oversight.round()
            clock.step(1.0)
            timetable.look()
            wait_for(queue.idle)
    finally:
        sender.stop()
        queue.stop()
    assert len(out.taken) == len(READERS)
    assert beats == [True] * 3
    minutes = [at for _, at in begun if at >= START + timedelta(seconds=30)]
    assert len(minutes) == 4 * 3
    assert max(at.second for at in minutes) <= 2
    assert sender.join(60)


def test_a_commit_wakes_the_sender_whosever_it_is(config: Config) -> None:
    out = Out()
    for sender in serving(config, lambda: datetime.now(UTC), out):
        time.sleep(0.5)
        happen(config, "e1", datetime.now(UTC))
        wait_for(lambda: len(out.taken) == len(READERS))
        sender.stop()
        assert sender.join(60)


def test_neither_a_reload_nor_the_end_waits_for_a_receiver(config: Config) -> None:
    clock = VirtualTime()
    out = SlowReader(clock, 3600)
    happen(config, "e1")
    for sender in serving(config, clock, out):
        wait_for(lambda: len(out.ends) == 1)
        began = time.monotonic()
        sender.take(load(config.path))
        sender.stop()
        assert not sender.join(0.2)
        assert time.monotonic() - began < 20
        clock.step(3601)
        assert sender.join(60)
    assert len(out.taken) == 1


def test_a_fault_of_ours_does_not_end_the_sender(
    config: Config, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setitem(besides.KINDS, "receipts of quiet weeks", broken)
    out = Out()
    happen(config, "e1")
    for _ in serving(config, lambda: START, out):
        wait_for(lambda: len(out.taken) == len(READERS))
    assert "ZeroDivisionError" in caplog.text


HOLDER = """
import sys, time
from pathlib import Path
from monitor.store.lock import alone
with alone(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_sender_that_is_suspended_is_noticed(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    happen(config, "e1")
    sender = SendingThread(config, lambda: START, lambda _: lambda *_: Out())
    lock = str(config.data_dir / "deliver.lock")
    with subprocess.Popen([sys.executable, "-c", HOLDER, lock], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with Store(config.data_dir) as store:
            sender.send(store)
            assert "is stopped" not in caplog.text
            assert status_view.of(store, config, START)["sender_stopped"] is None
            os.kill(holder.pid, signal.SIGSTOP)
            wait_for(lambda: status_view.of(store, config, START)["sender_stopped"] == str(holder.pid))
            sender.send(store)
            sender.send(store)
            assert caplog.text.count(f"process {holder.pid}, which sends, is stopped") == 1
            later = START + timedelta(minutes=61)
            assert (troubles(store, config, START), len(troubles(store, config, later))) == ([], len(READERS))
            found = status_view.of(store, config, later)
            assert (found["healthy"], found["stuck"], found["overdue"]) == (False, len(READERS), len(READERS))
        holder.kill()
    with Store(config.data_dir) as store:
        assert status_view.of(store, config, START)["sender_stopped"] is None
        sender.send(store)
        assert outbox.unsent(store) == 0
        assert troubles(store, config, START + timedelta(days=1)) == []


def test_what_is_held_is_said_once_and_is_no_trouble(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    happen(config, "e1")
    config.path.write_text(TEXT.replace('name = "mail"', 'name = "post"').replace(READERS[0], "new@example.org"))
    renamed = load(config.path)
    sender = SendingThread(renamed, lambda: START + timedelta(days=2), lambda _: lambda *_: Out())
    with Store(config.data_dir) as store:
        sender.send(store)
        sender.send(store)
        found = status_view.of(store, renamed, START + timedelta(days=2))
        assert (found["outbox"], found["held"], found["stuck"], found["given_up"]) == (60, 60, 0, 0)
        assert troubles(store, renamed, START + timedelta(days=2)) == []
    assert len([line for line in caplog.messages if "held: no channel of this name is configured" in line]) == 1


def test_a_loss_of_which_nobody_is_told_is_trouble_and_one_that_was_told_is_none(config: Config) -> None:
    out = Out()
    out.error = DeliveryError("no", permanent=True)
    sender = SendingThread(config, lambda: START, lambda _: lambda *_: out)
    happen(config, "e1")
    with Store(config.data_dir) as store:
        sender.send(store)
        assert troubles(store, config, START) == ["messages were given up, and nobody is told"]
        out.error = None
        outbox.requeue(store, START.isoformat())
        sender.send(store)
        assert troubles(store, config, START) == []
