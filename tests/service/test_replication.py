"""The replica: kept by a child of `run`, told when it is down, and restored whole every week."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from monitor.config.file import Config
from monitor.deliver.gate import AfterReplica, gate
from monitor.deliver.sender import Sender
from monitor.model import DeliveryError, Event
from monitor.model.delivery import Recipient
from monitor.service.drill import run_drill
from monitor.service.replication import Replication
from monitor.store import Store, StoreError, outbox, replica, sqlite
from monitor.store.replica import Replica, ReplicaError
from monitor.store.restoring import is_doubted, restore_replica
from spiders.http.documents import keep
from tests.command import Folder
from tests.configured import configured
from tests.making import event

needs_litestream = pytest.mark.skipif(
    replica.program() is None or not sqlite.LIBRARY.log_is_safe, reason="needs the extras replica and sqlite"
)
CONFIG = """[http]
contact = "tests@localhost"
[store]
replica = "file://{place}"
told_after_replica = true
hold_minutes = 60
[[channels]]
name = "ops"
kind = "console"
"""


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = configured(tmp_path, CONFIG.format(place=tmp_path / "far"))
    Store(made.data_dir).close()
    return made


def owed(event_id: str, channel: str) -> Recipient:
    return Recipient(event_id, channel, "", datetime.now(UTC).isoformat())


def far(config: Config) -> Replica:
    assert config.store.replica
    return Replica(config.store.replica, config.data_dir)


def until(what: Callable[[], object], seconds: float = 180) -> None:
    """Wait for something that ends without an error."""
    end = time.monotonic() + seconds
    while True:
        with suppress(StoreError):
            if what() is not False:
                return
        assert time.monotonic() < end
        time.sleep(0.05)


@contextmanager
def replicating(config: Config, **more: timedelta) -> Iterator[Replication]:
    made = Replication(config, lambda: datetime.now(UTC), **more)
    made.start()
    try:
        until(lambda: far(config).sync(5))
        yield made
    finally:
        made.stop()
        assert made.join(20)


def told(config: Config) -> list[tuple[str, str]]:
    with Store.reading(config.data_dir) as store:
        return [(e.kind, e.source) for e in outbox.events(store)]


def add(config: Config, *names: str) -> None:
    with Store(config.data_dir) as store, store.transaction():
        for name in names:
            outbox.add(store, event(name), [owed(name, "ops")])


@needs_litestream
def test_what_is_committed_is_in_the_replica_and_comes_back(config: Config) -> None:
    with replicating(config) as made:
        add(config, "e1", "e2")
        with Store(config.data_dir) as store:
            keep(store.documents, b"%PDF-1.4 a letter")
        far(config).sync(5)
        made.round()
        assert far(config).last_complete() is not None
    elsewhere = Replica(far(config).address, config.data_dir.parent / "new host")
    done = restore_replica(elsewhere, datetime.now(UTC))
    with Store(elsewhere.folder) as store:
        assert [e.id for e in outbox.events(store)] == ["e1", "e2"]
        assert store.document_path(sha256(b"%PDF-1.4 a letter").hexdigest()).read_bytes() == b"%PDF-1.4 a letter"
    assert done.documents == 1
    assert is_doubted(elsewhere.folder, datetime.now(UTC))
    assert not is_doubted(config.data_dir, datetime.now(UTC))
    assert not is_doubted(elsewhere.folder, datetime.now(UTC) + timedelta(days=9))


@pytest.mark.parametrize("damage", [b"", b"another", None])
def test_one_damaged_document_keeps_no_other_from_the_replica(tmp_path: Path, damage: bytes | None) -> None:
    here, bodies = tmp_path / "documents", [b"%PDF-1.4 one", b"%PDF-1.4 two", b"%PDF-1.4 three"]
    names = sorted(sha256(body).hexdigest() for body in bodies)
    for body in bodies:
        keep(here, body)
    first = here / names[0][:2] / f"{names[0]}.pdf"
    first.unlink()
    first.write_bytes(damage) if damage is not None else first.symlink_to("nowhere")
    replica = Replica(f"file://{tmp_path / 'far'}", tmp_path)
    with pytest.raises(ReplicaError, match=f"{names[0]}.pdf: is not what its name says, and is not copied"):
        replica.copy_documents(here)
    assert sorted(path.stem for path in (tmp_path / "far").rglob("*.pdf")) == names[1:]
    assert replica.bring_documents(tmp_path / "new") == (2, [])


@needs_litestream
def test_a_child_that_dies_is_started_again(config: Config) -> None:
    with replicating(config) as made:
        assert made._child is not None
        os.kill(made._child.pid, signal.SIGKILL)
        add(config, "e1")
        until(lambda: far(config).sync(5))
    copy = config.data_dir.parent / "copy.db"
    far(config).restore(copy)
    with sqlite.sqlite3.connect(copy) as restored:
        assert restored.execute("SELECT id FROM events").fetchall() == [("e1",)]
    restored.close()


@needs_litestream
def test_a_replica_that_is_down_is_told_once_and_its_end_too(config: Config) -> None:
    place = config.data_dir.parent / "far"
    with replicating(config, patience=timedelta(0)) as made:
        add(config, "e1")
        place.rename(place.with_name("off"))
        place.write_bytes(b"no folder any more")
        for _ in range(3):
            made.round()
        assert told(config)[1:] == [("source.failing", "replica")]
        place.unlink()
        place.with_name("off").rename(place)
        until(lambda: far(config).sync(5))
        made.round()
        made.round()
        assert told(config)[1:] == [("source.failing", "replica"), ("source.recovered", "replica")]


@needs_litestream
def test_the_drill_finds_a_whole_replica_whole_and_says_what_is_lost(config: Config) -> None:
    with replicating(config) as made, Store(config.data_dir) as store:
        add(config, "e1")
        keep(store.documents, b"%PDF-1.4 a letter")
        with pytest.raises(ReplicaError, match="the replica lacks 1 of 1 document"):
            run_drill(store, far(config))
        made.round()
        assert "1 event, 1 document" in run_drill(store, far(config))
        (document,) = (config.data_dir.parent / "far" / "documents").rglob("*.pdf")
        document.write_bytes(b"%PDF-1.4 something else")
        with pytest.raises(ReplicaError, match="is not what its name says"):
            run_drill(store, far(config))
        assert not list(store.folder.glob(".new-*"))


@needs_litestream
def test_a_drill_of_a_replica_that_is_damaged_or_of_another_store_fails(config: Config) -> None:
    with replicating(config), Store(config.data_dir) as store:
        add(config, "e1")
        far(config).sync(5)
        with Store(config.data_dir.parent / "other") as other, other.transaction():
            outbox.add(other, event("e2"), [])
        other = Store(config.data_dir.parent / "other")
        mixed = _Mixed(far(config).address, config.data_dir)
        with pytest.raises(ReplicaError, match="1 of 1 events are not in the replica"):
            run_drill(store, mixed)
        other.close()
        for file in (config.data_dir.parent / "far" / "database").rglob("*.ltx"):
            file.write_bytes(b"damaged" + file.read_bytes()[7:])
        with pytest.raises(ReplicaError, match="nothing could be restored"):
            run_drill(store, far(config))


class _Mixed(Replica):
    """A replica that gives back another store's database."""

    def restore(self, to: Path) -> None:
        with Store(self.folder.parent / "other") as other:
            other.copy_to(to)


class Out:
    """A way out that keeps what it was given."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, bool]] = []

    def send(self, message_id: str, events: list[Event], maybe_sent: bool = False, thread: object = None) -> None:
        self.sent += [(e.id, maybe_sent) for e in events]


def send(config: Config, out: Out, way: object, now: datetime | None = None) -> None:
    from monitor.deliver.audience import audience

    moment = now or datetime.now(UTC)
    with Store(config.data_dir) as store:
        Sender(store, lambda *_: out, audience(config)(store, moment), lambda: moment, gate=way).send_due()  # type: ignore


@needs_litestream
def test_a_message_goes_out_when_its_event_and_its_claim_are_in_the_replica(config: Config) -> None:
    seen: list[tuple[str, str]] = []

    class Looking(Out):
        def send(self, message_id: str, events: list[Event], maybe_sent: bool = False, thread: object = None) -> None:
            copy = config.data_dir.parent / f"{message_id}.db"
            far(config).restore(copy)
            sql = "SELECT event, state FROM deliveries WHERE message = ?"
            with sqlite.sqlite3.connect(copy) as restored:
                seen.extend(restored.execute(sql, (message_id,)).fetchall())
            restored.close()

    with replicating(config):
        add(config, "e1", "e2")
        send(config, Looking(), gate(config))
    assert seen == [("e1", "sending"), ("e2", "sending")]


def test_a_replica_that_is_down_holds_messages_for_so_long_and_loses_none(config: Config) -> None:
    down = True

    def sync(_: float) -> None:
        if down:
            raise ReplicaError("down")

    add(config, "e1")
    with Store(config.data_dir) as store, store.transaction():
        outbox.add(store, event("e2", "source.failing", source="replica"), [owed("e2", "ops")])
    out, way, now = Out(), AfterReplica(sync, timedelta(minutes=60)), datetime.now(UTC)
    send(config, out, way, now)
    with Store(config.data_dir) as store:
        states = {r["event"]: r["state"] for r in store.rows("SELECT event, state FROM deliveries")}
    assert states["e1"] == "queued"
    send(config, out, way, now + timedelta(minutes=59))
    assert "e1" not in [id_ for id_, _ in out.sent]
    send(config, out, way, now + timedelta(minutes=61))
    assert [id_ for id_, _ in out.sent].count("e1") == 1
    assert [id_ for id_, _ in out.sent].count("e2") == 1
    add(config, "e3")
    down = False
    send(config, out, way, now + timedelta(minutes=62))
    assert [id_ for id_, _ in out.sent].count("e3") == 1


def test_a_replica_that_goes_down_after_the_claim_leaves_the_message_owed_as_it_was(config: Config) -> None:
    asked: list[float] = []

    def sync(seconds: float) -> None:
        asked.append(seconds)
        if len(asked) == 2:
            raise ReplicaError("down")

    add(config, "e1")
    out = Out()
    way = AfterReplica(sync, timedelta(minutes=60))
    send(config, out, way)
    assert out.sent == []
    with Store(config.data_dir) as store:
        rows = store.rows("SELECT state, message, attempts FROM deliveries")
        assert [tuple(row) for row in rows] == [("queued", None, 0)]
    send(config, out, way)
    assert out.sent == [("e1", False)]


def test_after_a_restore_each_event_may_be_there_already(config: Config) -> None:
    """They go out one by one, whatever has failed before: a message of several would be recognised as a whole only."""
    names = [f"e{n}" for n in range(9)]
    add(config, *names)
    (config.data_dir / "restored").write_text(datetime.now(UTC).isoformat())
    messages: list[str] = []

    class Refusing(Out):
        def send(self, message_id: str, events: list[Event], maybe_sent: bool = False, thread: object = None) -> None:
            messages.append(message_id)
            if len(messages) == 3:
                raise DeliveryError("not now", permanent=False)
            super().send(message_id, events, maybe_sent, thread)

    out = Refusing()
    wait = AfterReplica(lambda _: None, timedelta(minutes=1))
    send(config, out, wait)
    send(config, out, wait, datetime.now(UTC) + timedelta(minutes=5))
    assert out.sent == [(name, True) for name in names]
    assert len(set(messages)) == len(names) == len(messages) - 1


def test_a_replica_is_refused_in_one_line_with_a_library_of_the_bad_range(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = sqlite.Library((3, 46, 1), "sqlite3")
    monkeypatch.setattr(replica, "LIBRARY", bad)
    said = far(config).refusal() or ""
    assert "SQLite 3.46.1" in said
    assert "\n" not in said
    with Store(config.data_dir) as store, pytest.raises(ReplicaError, match=r"SQLite 3\.46\.1"):
        run_drill(store, far(config))


def test_what_litestream_gets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-s3cret")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "its own")
    got = replica.environment()
    assert (got["AWS_SECRET_ACCESS_KEY"], "SLACK_BOT_TOKEN" in got) == ("its own", False)


@needs_litestream
def test_the_command_restores_and_says_where_the_replica_stands(config: Config) -> None:
    folder = Folder(config.path.parent)
    with replicating(config):
        add(config, "e1")
        far(config).sync(5)
    ran = folder("restore", "--from-replica")
    assert (ran.status, "restored file://" in ran.out) == (0, True), ran.err
    status = folder("status")
    assert f"replica file://{config.path.parent / 'far'}: never seen complete\n  no drill yet" in status.out
    assert "messages wait for it, 60 minutes at most" in folder("check").out
    assert folder("restore").status == folder("restore", "x.db", "--from-replica").status == 2


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ('replica = "http://x/y"', "must be a file:///"),
        ('replica = "file://relative/path"', "absolute path"),
        ('replica = "sftp://u:s3cret@host/x"', "must not hold a password"),
        ("told_after_replica = true", "needs replica beside it"),
    ],
)
def test_what_is_no_replica_is_said(tmp_path: Path, keys: str, fault: str) -> None:
    folder = Folder(tmp_path)
    folder.write(f'[http]\ncontact = "tests@localhost"\n[store]\n{keys}\n')
    ran = folder("check")
    assert (ran.status, fault in ran.err, "s3cret" in ran.err) == (2, True, False), ran.err
