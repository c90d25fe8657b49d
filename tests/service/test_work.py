"""What the scheduler's hands do when a crawl fails, is refused, is stopped, or never sees anything."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config.file import Config, load
from monitor.crawl.forked import CrawlStopped
from monitor.model import Job, Outcome, Poll
from monitor.model.state import PolledTarget
from monitor.model.trouble import WHOLE, Episode, Reason, Trouble
from monitor.schedule.jobs import jobs
from monitor.schedule.queue import QueuedJob
from monitor.service.oversight import Oversight
from monitor.service.tally import Crawl, Tally
from monitor.service.work import PUT_OFFS, Work
from monitor.store import Store, job_runs, outbox, sources
from monitor.store.lock import alone
from tests.configured import configured
from tests.making import outward, record
from tests.service.test_heartbeat import Watch

NOW = datetime(2026, 6, 3, 12, 30, tzinfo=UTC)
TEXT = """
[http]
contact = "tests@localhost"
[run]
heartbeat_env = "BEAT"
heartbeat_minutes = 2
[watch]
councils = ["Devon", "Torbay"]
[sources.ofsted]
schedule = "0 * * * *"
base_url = "http://127.0.0.1:1"
"""


class Bench:
    """A worker, its clock, and what it put off."""

    def __init__(self, config: Config, crawl: Crawl) -> None:
        self.now, self.put = NOW, list[QueuedJob]()
        self.config = config
        self.work = Work(config, crawl, self.put.append, lambda: self.now)
        self.oversight = Oversight(self.work, lambda: self.now)
        (self.ordinary, _) = jobs(config.sources.enabled(), 0)

    def crawl(self, put_off: int = 0) -> None:
        self.work.do(QueuedJob(self.ordinary, self.now, put_off=put_off))

    def outcome(self) -> str | None:
        with Store(self.config.data_dir) as store:
            ended = job_runs.ledger(store)["ofsted"].ended
            return ended.words if ended else None

    def told(self) -> list[str]:
        with Store(self.config.data_dir) as store:
            return [f"{e.kind}: {outward(e.after)['reason']}" for e in outbox.events(store)]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return configured(tmp_path, TEXT)


def well(job: Job, time_limit: float) -> Iterator[PolledTarget]:
    at = datetime.now(UTC).isoformat()
    for target in ("search", *(t.target for t in job.targets)):
        yield PolledTarget(Poll(job.run, job.source, target, at, at, "ok", complete=True, requests=2, bytes=10))


def crashing(job: Job, time_limit: float) -> Iterable[PolledTarget]:
    raise RuntimeError("boom")


def stopped(job: Job, time_limit: float) -> Iterable[PolledTarget]:
    raise CrawlStopped


def test_a_crawl_is_done_once_for_a_slot_and_counted(config: Config) -> None:
    bench, tallies = Bench(config, well), list[Tally]()
    bench.work.tell = lambda tally, seconds: tallies.append(tally)
    bench.crawl()
    bench.crawl()
    assert [(t.outcomes.total(), t.requests, t.bytes) for t in tallies] == [(3, 6, 30)]
    assert bench.outcome() == "ok"


def test_a_first_look_ends_with_what_the_baseline_holds(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    def listing(job: Job, time_limit: float) -> Iterator[PolledTarget]:
        for closed in well(job, time_limit):
            yield replace(closed, records=(record(document=None),) if closed.poll.target == "80461" else ())

    bench = Bench(config, listing)
    with caplog.at_level("INFO"):
        bench.crawl()
        bench.now += timedelta(hours=1)
        bench.crawl()
    said = [line for line in caplog.messages if "baseline" in line]
    assert len(said) == 1
    assert said[0].startswith("ofsted: this first look is the baseline: 1 letter of 1 council, published 15 May 2024.")


def test_a_crash_is_in_the_log_and_the_ledger(config: Config, caplog: pytest.LogCaptureFixture) -> None:
    bench = Bench(config, crashing)
    bench.crawl()
    assert bench.outcome() == "crashed: RuntimeError: boom"
    assert "Traceback" in caplog.text


def test_a_crawl_that_we_stopped_is_still_owed_and_no_failure(config: Config) -> None:
    bench = Bench(config, stopped)
    bench.crawl()
    with Store(config.data_dir) as store:
        last = job_runs.ledger(store)["ofsted"]
    assert (last.attempts, last.finished, bench.told()) == (0, None, [])


def test_a_source_that_somebody_else_crawls_is_tried_again_for_a_while(config: Config) -> None:
    bench = Bench(config, well)
    config.data_dir.mkdir(exist_ok=True)
    with alone(config.data_dir / "crawl-ofsted.lock"):
        bench.crawl()
        bench.crawl(put_off=PUT_OFFS)
    (again,) = bench.put
    assert (again.put_off, again.slot) == (1, NOW)
    assert 0 < again.not_before - time.monotonic() <= 300
    assert "a crawl is under way already" in (bench.outcome() or "")


def answering(*outcomes: Outcome) -> Crawl:
    def crawl(job: Job, time_limit: float) -> Iterator[PolledTarget]:
        at = datetime.now(UTC).isoformat()
        for target, outcome in zip(("search", *(t.target for t in job.targets)), outcomes, strict=True):
            yield PolledTarget(Poll(job.run, job.source, target, at, at, outcome, complete=outcome == "ok"))

    return crawl


@pytest.mark.parametrize(
    ("outcomes", "minutes", "again"),
    [
        (("error", "error", "error"), 0, True),
        (("error", "error", "error"), 19, True),
        (("error", "error", "error"), 21, False),
        (("error", "error", "ok"), 0, False),
        (("error", "blocked", "error"), 0, False),
        (("invalid", "invalid", "invalid"), 0, False),
        (("unchanged", "error", "error"), 0, False),
    ],
)
def test_soon_after_a_start_without_a_network_there_is_a_second_look_in_minutes(
    config: Config, outcomes: tuple[Outcome, ...], minutes: int, again: bool
) -> None:
    bench = Bench(config, answering(*outcomes))
    bench.now += timedelta(minutes=minutes)
    bench.crawl()
    assert len(bench.put) == again
    assert (bench.outcome() is None) is again
    if again:
        assert 0 < bench.put[0].not_before - time.monotonic() <= 180
        bench.work._crawl = well
        bench.work.do(bench.put[0])
        assert bench.outcome() == "ok"


def test_a_source_in_which_nothing_is_seen_is_told_once_and_ends_with_the_next_good_crawl(config: Config) -> None:
    bench = Bench(config, crashing)
    for _ in range(6):
        bench.crawl()
        bench.oversight.round()
        bench.now += timedelta(hours=1)
    assert bench.told() == [
        "source.failing: error: no crawl has seen anything since the start (crashed: RuntimeError: boom)"
    ]
    bench.work._crawl = well
    bench.crawl()
    assert [line.split(":")[0] for line in bench.told()] == ["source.failing", "source.recovered"]


def test_signs_of_life_every_so_often_and_of_trouble(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    watch = Watch()
    monkeypatch.setenv("BEAT", watch.url)
    bench = Bench(config, well)
    for _ in range(4):
        bench.oversight.round()
        bench.now += timedelta(minutes=1)
    bench.work._crawl = crashing
    bench.crawl()
    bench.oversight.round()
    bench.now -= timedelta(days=400)  # the clock was set: the next sign does not wait for it
    bench.oversight.round()
    watch.shutdown()
    watch.server_close()
    assert [path.rpartition("/")[2] for path in watch.asked] == ["secret-uuid", "secret-uuid", "fail", "fail"]


def test_a_crashed_job_that_is_configured_no_more_keeps_nobody_awake(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats = list[bool]()
    monkeypatch.setattr("monitor.service.oversight.beat", lambda _, well: beats.append(well))
    bench = Bench(config, crashing)
    bench.crawl()
    bench.oversight.round()
    config.path.write_text(TEXT.replace("[sources.ofsted]", "[sources.ofsted]\nenabled = false\n[sources.govuk]"))
    bench.work.config = load(config.path)
    bench.now += timedelta(minutes=3)
    bench.oversight.round()
    assert beats == [False, True]


def test_a_source_that_is_not_crawled_at_its_times_is_no_sign_of_life(
    config: Config, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    beats = list[bool]()
    monkeypatch.setattr("monitor.service.oversight.beat", lambda _, well: beats.append(well))
    bench = Bench(config, well)
    bench.crawl()
    bench.oversight.round()
    bench.now += timedelta(hours=6)
    bench.oversight.round()
    bench.now += timedelta(minutes=5)
    bench.oversight.round()
    assert beats == [True, False, False]
    assert caplog.text.count("not well: ofsted: not run for long") == 1


def test_what_a_clock_that_was_ahead_has_seen_hides_no_blindness(
    config: Config, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("monitor.service.oversight.beat", lambda *_: None)
    bench = Bench(config, well)
    bench.now = bench.work._began = bench.oversight._began = datetime.now(UTC) + timedelta(days=400)
    bench.crawl()
    bench.now -= timedelta(days=800)  # before the moment that the crawl itself has noted, too
    bench.oversight.round()
    bench.now += timedelta(hours=6)
    bench.oversight.round()
    assert [line.partition(" since")[0] for line in bench.told()] == [
        "source.failing: error: no crawl has seen anything"
    ]
    assert "not well: ofsted: not run for long" in caplog.text


def test_an_outage_fails_the_heartbeat_only_where_no_channel_is_an_operators(config: Config) -> None:
    bench = Bench(config, well)
    with Store(config.data_dir) as store, store.transaction():
        spell = Episode("ofsted", WHOLE, Trouble.BROKEN, NOW.isoformat(), Reason("blocked", "blocked: 403"))
        sources.save_episodes(store, [spell], [])
    assert bench.oversight.found() == ["Ofsted's reports: blocked: 403"]
    path = config.path.with_name("operator.toml")
    path.write_text(f'{TEXT}\n[[channels]]\nname = "ops"\nkind = "console"\noperator = true\n', encoding="utf-8")
    bench.work.config = load(path)
    assert bench.oversight.found() == []


def test_who_is_told_is_asked_when_it_is_committed_also_where_the_file_was_read_again_meanwhile(config: Config) -> None:
    """A channel that is added while a crawl runs is told of what that crawl finds; one that is taken out is not."""
    channel = "[[channels]]\nname = '{}'\nkind = 'console'\noperator = true\n"

    def configured(name: str) -> Config:
        (config.path.parent / f"{name}.toml").write_text(TEXT + channel.format(name))
        return load(config.path.parent / f"{name}.toml")

    old, new = configured("old"), configured("new")

    def reloading(job: Job, time_limit: float) -> Iterator[PolledTarget]:
        bench.work.config = new
        yield from answering("blocked", "blocked", "blocked")(job, time_limit)

    bench = Bench(old, well)
    bench.crawl()
    bench.work, bench.now = Work(old, reloading, bench.put.append, lambda: bench.now), NOW + timedelta(hours=1)
    bench.crawl()
    with Store(config.data_dir) as store:
        assert [row["channel"] for row in store.rows("SELECT channel FROM deliveries")] == ["new"]
