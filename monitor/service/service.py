"""The unattended scheduler: crawls by their schedules, and a sender beside them, until it is told to stop.

    SIGTERM, SIGINT   stop within ten seconds; a crawl under way is given up and owed at the next start
    SIGHUP            read the configuration again; a bad one is refused and the old one kept

See schedule/ for when what is due, and work, sending and oversight beside this file.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from types import FrameType

from monitor.config import file as configuration
from monitor.config.errors import ConfigError
from monitor.config.file import Config
from monitor.crawl.child import Crawls
from monitor.crawl.forked import ForkedCrawls
from monitor.schedule.jobs import jobs
from monitor.schedule.queue import Queue
from monitor.schedule.timetable import Timetable
from monitor.service import drill, logs, nightly, sign_of_life
from monitor.service.alarm import Alarm
from monitor.service.oversight import Oversight
from monitor.service.port import Listening
from monitor.service.replication import Replication
from monitor.service.sending import SendingThread
from monitor.service.signal_wakeup import SignalWakeup
from monitor.service.site_keeping import SiteKeeper
from monitor.service.threads import ServiceThread
from monitor.service.work import Work
from monitor.slash_commands.listeners import Listeners
from monitor.store import StoreError
from monitor.store.lock import alone
from monitor.wording.text import count

log = logging.getLogger("ofsted-watch")

TICK_SECONDS = 5.0
"""How often the alarm is checked."""
STOP_SECONDS = 8.0
"""How long work under way may take to end. After that it ends with the process, and nothing is lost: everything is kept
in transactions, and a message half sent is looked up before it is sent again."""


def serve(config: Config) -> bool:
    """Run until SIGTERM or SIGINT; False where something under way did not end in time.

    Raises LockedError where another process runs on the same data folder.
    """
    with alone(config.data_dir / "run.lock"):
        return Service(config).run()


class Service:
    """All parts of `run`, and the signals that it obeys."""

    def __init__(self, config: Config, crawls: ForkedCrawls | None = None) -> None:
        self._config, clock = config, partial(datetime.now, UTC)
        self._woken, self._stop, self._reload = SignalWakeup(), False, False
        self._crawls: Crawls = crawls or ForkedCrawls()
        keeper = [self._crawl_elsewhere(clock)] if config.run.queue else []
        self._queue = Queue(lambda piece: self._work.do(piece), config.run.crawls)
        self._work = Work(config, self._crawls.crawl, self._queue.put, clock)
        self._oversight = Oversight(self._work, clock)
        self._sending = SendingThread(config, clock)
        self._first: list[ServiceThread] = [self._sending, SiteKeeper(config, clock)]
        self._last = [*keeper, Replication(config, clock)]  # to end after the rest: what was committed is still copied
        self._commands = Listeners()
        self._others = set(threading.enumerate())
        self._alarm = Alarm(self._ring)
        self._timetable = Timetable(config.data_dir, self._queue.put, self._queue.under_way, clock)
        self._listener = Listening(self._work)

    def _crawl_elsewhere(self, clock: Callable[[], datetime]) -> ServiceThread:
        """Have crawls made on other machines, and here where those cannot. Returns what keeps the queue."""
        from monitor.service.queue_keeping import QueueKeeper
        from monitor.workers.owner import QueuedCrawls

        crawls = QueuedCrawls(lambda: self._config, self._crawls, clock)
        self._crawls = crawls
        return QueueKeeper(self._config, crawls, clock)

    def run(self) -> bool:
        """Run until a signal says to stop."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._signalled)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})  # one that came while we began is heard now
        self._give_sign_of_life()
        self._take(self._config)
        self._start()
        log.info("watching %s", count(len(self._config.watched()), "council"))
        self._wait()
        return self._end()

    def _start(self) -> None:
        """Begin what goes by the clock."""
        self._alarm.start()
        for thread in (*self._first, *self._last):
            thread.start()

    def _ring(self) -> None:
        """What comes every half minute. The sign of life is given beside the look: a process in which that hangs does
        not watch."""
        self._timetable.look()
        self._give_sign_of_life()
        self._oversight.round()

    def _give_sign_of_life(self) -> None:
        try:
            sign_of_life.give(self._config.data_dir)
        except OSError as error:
            log.error("no sign of life can be given in %s: %s", self._config.data_dir, error.strerror or error)

    def _signalled(self, number: int, _: FrameType | None) -> None:
        if number == signal.SIGHUP:
            self._reload = True
        else:
            self._stop = True
        self._woken.now()

    def _wait(self) -> None:
        while not self._stop:
            self._woken.wait(TICK_SECONDS)
            if self._reload:
                self._reload = False
                self._read_again()
            self._alarm.check()

    def _read_again(self) -> None:
        try:
            self._take(reloaded(self._config))
        except (ConfigError, StoreError) as error:
            for line in error.lines if isinstance(error, ConfigError) else [str(error)]:
                log.error("the configuration was not taken, the old one holds: %s", line)
        else:
            watched = count(len(self._config.watched()), "council")
            log.info("the configuration was read again; watching %s", watched)

    def _take(self, config: Config) -> None:
        """Work by a configuration from now on; crawls under way go on by the old one."""
        wanted, old = jobs(config.sources.enabled(), config.run.jitter), self._work.config
        wanted.append(nightly.job(config.run.jitter))
        wanted += [drill.job(config.run.jitter)] if config.store.replica else []
        self._work.config = config
        try:
            self._timetable.load(wanted)
        except StoreError:
            self._work.config = old
            raise
        self._config = config
        logs.set_up(config)
        self._queue.resize(config.run.crawls)
        self._queue.drop({job.id for job in wanted})
        self._listener.at(config)
        for thread in (*self._first, *self._last):
            thread.take(config)
        self._commands.take(config)

    def _end(self) -> bool:
        until = time.monotonic() + STOP_SECONDS
        for thread in self._first:
            thread.stop()
        self._queue.stop()
        self._crawls.stop()
        self._alarm.stop()
        self._commands.stop()
        self._listener.close()
        ended = self._queue.join(until - time.monotonic())
        for thread in (*self._first, *self._last):
            thread.stop()
            ended = thread.join(until - time.monotonic()) and ended
        ended = self._others_ended(until) and ended
        log.info("stopped" if ended else "stopped; what was under way is owed at the next start")
        return ended

    def _others_ended(self, until: float) -> bool:
        """Whether all threads that the end of the process would wait for have ended by then: a heartbeat, a message."""
        ours = [thread for thread in threading.enumerate() if thread not in self._others and not thread.daemon]
        for thread in ours:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in ours)


def reloaded(old: Config) -> Config:
    """The configuration as the file has it now. Raises ConfigError where a running program cannot take it."""
    new = configuration.load(old.path)
    lines = [problem] if (problem := new.contact_problem()) else []
    if not new.sources.enabled():
        lines.append(f"{new.path}: no source is switched on")
    if new.data_dir != old.data_dir:
        lines.append(f"{new.path}: data.dir: cannot change while it runs")
    if (new.run.queue, new.run.queue_password_env) != (old.run.queue, old.run.queue_password_env):
        lines.append(f"{new.path}: run.queue: cannot change while it runs")
    if lines:
        raise ConfigError(lines)
    return new
