"""`health`: 0 while the process turns, the store can be written and Ofsted is seen, and a line for each that is not."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.config.file import Config, load
from monitor.model import Outcome
from monitor.model.trouble import WHOLE, Episode, Reason, Targets, Trouble
from monitor.service import sign_of_life
from monitor.service.health import faults
from monitor.service.port import Port, application, healthz
from monitor.store import Store, StoreError, sources
from tests.command import Folder
from tests.configured import configured
from tests.making import closed, record
from tests.service.free_port import free_address
from tests.store.writer import writing


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A watch that is well."""
    config = configured(tmp_path, '[http]\ncontact = "watch@council.gov.uk"\n')
    with Store(config.data_dir) as store, store.transaction():
        sources.save_polls(store, [closed("80461", record(), at=datetime.now(UTC))])
    sign_of_life.give(config.data_dir)
    return config


def said(config: Config) -> list[str]:
    return list(faults(config, datetime.now(UTC)))


def begun(config: Config, trouble: Trouble, targets: Targets, outcome: Outcome, words: str) -> None:
    episode = Episode("ofsted", targets, trouble, datetime.now(UTC).isoformat(), Reason(outcome, words))
    with Store(config.data_dir) as store, store.transaction():
        sources.save_episodes(store, [episode], [])


def test_a_watch_that_is_well_has_no_faults(config: Config) -> None:
    assert said(config) == []


@pytest.mark.parametrize(
    ("trouble", "targets"),
    [(Trouble.BROKEN, ("80461",)), (Trouble.HELD, WHOLE), (Trouble.HIDING, ("search",)), (Trouble.QUIET, WHOLE)],
)
def test_one_councils_closed_door_and_a_quarantine_are_not_its_business(
    config: Config, trouble: Trouble, targets: Targets
) -> None:
    begun(config, trouble, targets, "blocked", "blocked: HTTP 403")
    assert said(config) == []


def at(config: Config, now: datetime) -> list[str]:
    """What is said at another moment, at which the process turns."""
    os.utime(config.data_dir / sign_of_life.NAME, (now.timestamp(),) * 2)
    return list(faults(config, now))


@pytest.mark.parametrize(("outcome", "words"), [("error", "error: HTTP 500"), ("blocked", "blocked: HTTP 403")])
@pytest.mark.parametrize(
    ("seen", "still", "no_more"),
    [
        ("2026-11-24T10:00:00+00:00", "2026-11-25T09:59:00+00:00", "2026-11-25T10:00:00+00:00"),
        ("2026-11-27T18:00:00+00:00", "2026-11-30T17:59:00+00:00", "2026-11-30T18:00:00+00:00"),  # over a week-end
        ("2026-12-24T18:00:00+00:00", "2026-12-28T17:59:00+00:00", "2026-12-29T18:00:00+00:00"),  # over Christmas
    ],
)
def test_ofsted_that_is_not_seen_for_a_working_day_is_a_fault(
    config: Config, outcome: Outcome, words: str, seen: str, still: str, no_more: str
) -> None:
    with Store(config.data_dir) as store, store.transaction() as connection:
        connection.execute("DELETE FROM targets")
        sources.save_polls(store, [closed("80461", record(), at=datetime.fromisoformat(seen))])
    begun(config, Trouble.BROKEN, WHOLE, outcome, f"153 of 153 targets could not be seen: {words}")
    assert at(config, datetime.fromisoformat(still)) == []
    said_then = at(config, datetime.fromisoformat(no_more))
    assert said_then == [f"Ofsted is not seen: 153 of 153 targets could not be seen: {words}"]


def test_ofsted_that_was_never_seen_is_a_fault_at_once(config: Config) -> None:
    with Store(config.data_dir) as store, store.transaction() as connection:
        connection.execute("DELETE FROM targets")
    begun(config, Trouble.BROKEN, WHOLE, "blocked", "blocked: HTTP 403")
    assert said(config) == ["Ofsted is not seen: blocked: HTTP 403"]


def test_ofsted_that_was_not_seen_for_days_is_a_fault(config: Config) -> None:
    later = datetime.now(UTC) + timedelta(days=5)
    os.utime(config.data_dir / sign_of_life.NAME, (later.timestamp(),) * 2)
    assert list(faults(config, later)) == ["Ofsted is not seen: stale"]


def test_a_process_that_gives_no_sign_of_life_is_a_fault(config: Config) -> None:
    path = config.data_dir / sign_of_life.NAME
    os.utime(path, (time.time() - 299,) * 2)
    assert said(config) == []
    os.utime(path, (time.time() - 301,) * 2)
    (line,) = said(config)
    assert "has given no sign of life since" in line
    path.unlink()
    (line,) = said(config)
    assert line.endswith("has never run here")


def test_no_database_is_a_fault(config: Config) -> None:
    (config.data_dir / "ofsted-watch.db").unlink()
    (line,) = said(config)
    assert "there is no database" in line


def test_a_store_that_cannot_be_written_is_a_fault(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def readonly(_: Store) -> None:
        raise StoreError("/data/ofsted-watch.db: attempt to write a readonly database")

    monkeypatch.setattr(Store, "must_be_writable", readonly)
    assert said(config) == ["/data/ofsted-watch.db: attempt to write a readonly database"]


def test_a_port_that_does_not_answer_is_a_fault(config: Config) -> None:
    address = free_address()
    config.path.write_text(f'[http]\ncontact = "watch@council.gov.uk"\n[run]\nlisten = "{address}"\n')
    listening = load(config.path)
    assert said(listening) == [f"run.listen: {address} does not answer: Connection refused"]
    port = Port(address, application({"/healthz": lambda: (503, "text/plain", b"a channel gave something up")}))
    try:
        assert said(listening) == []
    finally:
        port.stop()


def test_everything_that_is_asked_answers_at_once_while_another_process_writes(config: Config) -> None:
    from monitor.service.metrics import Metrics

    with writing(config.data_dir / "ofsted-watch.db"):
        began = time.monotonic()
        assert said(config) == []
        assert healthz(config, datetime.now(UTC))[0] == 200
        assert b"ofsted_watch_source_state" in Metrics(lambda: config, lambda: datetime.now(UTC)).page()
        assert time.monotonic() - began < 5  # one that waited would do so for ten seconds


def test_the_commands_answer_while_another_process_writes(config: Config) -> None:
    folder = Folder(config.path.parent)
    began = time.monotonic()
    assert folder("health").status == 0
    idle = time.monotonic() - began
    with writing(config.data_dir / "ofsted-watch.db"):
        for command in (["health"], ["status"], ["events"], ["council", "Devon"], ["story", "Devon"], ["export"]):
            began = time.monotonic()
            found = folder(*command)
            assert (found.status, found.err) == (0, ""), command
            assert time.monotonic() - began < 2 * idle + 3, command  # one that waited would also have failed


def test_what_a_clock_wrote_that_was_ahead_is_no_sign_of_life(config: Config) -> None:
    ahead = datetime.now(UTC) + timedelta(days=400)
    os.utime(config.data_dir / sign_of_life.NAME, (ahead.timestamp(),) * 2)
    with Store(config.data_dir) as store, store.transaction() as connection:
        connection.execute("DELETE FROM targets")
        sources.save_polls(store, [closed("80461", record(), at=ahead)])
    process, ofsted = said(config)
    assert "has given no sign of life since" in process
    assert ofsted == "Ofsted is not seen: never seen"
