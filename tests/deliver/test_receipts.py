"""Nothing to say, said once a week, and seen by nobody but the people who read the channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.channels import rules
from monitor.config.file import Config, load
from monitor.deliver import receipts
from monitor.deliver.audience import channels
from monitor.deliver.sender import deliver
from monitor.model import Event
from monitor.model.trouble import Episode, Reason, Trouble
from monitor.store import Store, outbox, sources
from monitor.wording.describe import describe
from tests.making import closed, event

MONDAY = datetime(2024, 5, 20, 7, 0, tzinfo=UTC)
"""08:00 in London."""
DAILY = '[[channels]]\nname = "screen"\nkind = "console"\nwhen = "daily 08:00"\n'
WATCHED = '[watch]\ncouncils = ["Devon", "Torbay", "Kent"]\n'


def configured(folder: Path, text: str = DAILY) -> Config:
    path = folder / "config.toml"
    path.write_text(WATCHED + text, encoding="utf-8")
    return load(path)


def seen(store: Store, config: Config, at: datetime, broken: str | None = None) -> None:
    polls = [closed(c.ofsted_urn, at=at) for c in config.watched()]
    with store.transaction():
        sources.save_polls(store, polls, [broken] if broken else [])


def queue(store: Store, config: Config, now: datetime) -> list[str]:
    """The receipts that come of it, as people read them."""
    receipts.queue(store, config, channels(config), now)
    return [describe(e).headline for e in sent(store, config, now)]


def sent(store: Store, config: Config, now: datetime) -> list[Event]:
    class Out:
        def send(self, message_id: str, events: list[Event], *_: object) -> None:
            taken.extend(events)

    taken: list[Event] = []
    assert deliver(store, lambda *_: Out(), channels(config), lambda: now) == []
    return taken


def happen(store: Store, config: Config, found: Event, now: datetime) -> None:
    found = replace(found, at=now.isoformat())
    with store.transaction():
        outbox.add(store, found, rules.recipients_of(found, channels(config), now))


def test_a_week_without_a_message_is_acknowledged_once(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path)
    seen(store, config, MONDAY - timedelta(hours=6, minutes=10))
    assert queue(store, config, MONDAY - timedelta(minutes=1)) == []
    assert queue(store, config, MONDAY + timedelta(minutes=1)) == [
        "Weekly receipt: 3 of 3 councils checked, oldest check 6 h ago, 0 new, all sources well"
    ]
    assert queue(store, config, MONDAY + timedelta(hours=1)) == []
    assert len(queue(store, config, MONDAY + timedelta(days=7))) == 1


def test_a_receipt_is_no_message_that_spares_the_next_one(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path)
    for week in range(3):
        seen(store, config, MONDAY + timedelta(days=7 * week))
        assert len(queue(store, config, MONDAY + timedelta(days=7 * week, hours=2))) == 1


def test_a_week_with_a_message_needs_none(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path)
    seen(store, config, MONDAY)
    happen(store, config, event(), MONDAY - timedelta(days=3))
    assert len(sent(store, config, MONDAY - timedelta(days=2))) == 1
    assert queue(store, config, MONDAY) == []
    assert len(queue(store, config, MONDAY + timedelta(days=7))) == 1


def test_what_is_still_owed_needs_none_either(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path, DAILY.replace("daily 08:00", "weekly mon 08:00"))
    seen(store, config, MONDAY)
    happen(store, config, event(), MONDAY - timedelta(days=3))
    assert queue(store, config, MONDAY) == [describe(event()).headline]


def test_what_is_found_after_the_week_is_the_next_weeks(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path, DAILY.replace("daily 08:00", "weekly mon 08:00"))
    seen(store, config, MONDAY)
    happen(store, config, event(), MONDAY + timedelta(seconds=30))
    assert len(queue(store, config, MONDAY + timedelta(minutes=1))) == 1


def test_what_is_wrong_is_said_with_its_day(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path)
    torbay = config.registry.get("Torbay").ofsted_urn
    seen(store, config, MONDAY - timedelta(days=8))
    seen(store, config, MONDAY, broken=torbay)
    with store.transaction():
        since = (MONDAY - timedelta(days=6)).isoformat()
        began = Episode("ofsted", (torbay,), Trouble.BROKEN, since, Reason("error", "error: HTTP 500"))
        sources.save_episodes(store, [began], [])
    (said,) = queue(store, config, MONDAY + timedelta(minutes=5))
    assert said == (
        "Weekly receipt: 2 of 3 councils checked, oldest check less than an hour ago, 0 new, "
        "1 source degraded since Tuesday"
    )


def test_what_the_filters_held_back_is_counted(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path, DAILY + 'councils = ["Torbay"]\nmin_severity = "critical"\n')
    seen(store, config, MONDAY)
    happen(store, config, event(), MONDAY - timedelta(days=3))
    (said,) = queue(store, config, MONDAY)
    assert "1 of 1 councils checked" in said
    assert "0 new (1 outside this channel's filters)" in said


def test_before_anything_was_seen_there_is_nothing_to_acknowledge(store: Store, tmp_path: Path) -> None:
    assert queue(store, configured(tmp_path), MONDAY) == []


def test_one_that_is_a_day_late_is_left_to_the_next(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path)
    seen(store, config, MONDAY)
    assert queue(store, config, MONDAY + timedelta(days=2)) == []


def test_each_reader_has_a_receipt_of_his_own(store: Store, tmp_path: Path) -> None:
    mail = '[[channels]]\nname = "m"\nkind = "email"\nto = ["a@b.test", "c@b.test"]\nfrom = "w@b.test"\n'
    config = configured(tmp_path, mail + 'host = "localhost"\nwhen = "weekly mon 08:00"\n')
    seen(store, config, MONDAY)
    assert len(queue(store, config, MONDAY)) == 2


def test_a_receipt_survives_a_process_that_is_killed(store: Store, tmp_path: Path) -> None:
    config = configured(tmp_path)
    seen(store, config, MONDAY)
    receipts.queue(store, config, channels(config), MONDAY)
    store.connection.execute("UPDATE deliveries SET state = 'sending', message = 'half'")
    assert len(queue(store, config, MONDAY + timedelta(minutes=5))) == 1
    assert outbox.unsent(store) == 0


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ('kind = "console"', None),
        ('kind = "console"\nwhen = "daily 17:30"', ("mon", 17, 30)),
        ('kind = "console"\nwhen = "weekly fri 16:00"', ("fri", 16, 0)),
        ('kind = "console"\nwhen = "daily 17:30"\nreceipt = "never"', None),
        ('kind = "console"\nreceipt = "Weekly  tue 09:00"', ("tue", 9, 0)),
        ('kind = "feed"\nwhen = "daily 08:00"', None),
        ('kind = "webhook"\nurl = "http://localhost/"\nsecret_env = "S"\nwhen = "weekly mon 08:00"', None),
    ],
)
def test_who_has_receipts(tmp_path: Path, keys: str, expected: tuple[str, int, int] | None) -> None:
    (channel,) = channels(configured(tmp_path, f'[[channels]]\nname = "c"\n{keys}\n'))
    plan = channel.receipt
    assert (plan and (plan.weekday, plan.hour, plan.minute)) == expected


def test_a_receipt_is_no_event(store: Store, tmp_path: Path) -> None:
    """It is in nothing that reads events: commands, feeds, webhooks, rehearsals."""
    feed = '[[channels]]\nname = "f"\nkind = "feed"\n[[channels]]\nname = "w"\nkind = "webhook"\n'
    config = configured(tmp_path, DAILY + feed + 'url = "http://localhost/"\nsecret_env = "S"\n')
    seen(store, config, MONDAY)
    assert len(queue(store, config, MONDAY)) == 1
    assert outbox.events(store) == []
    assert [way["channel"] for way in outbox.ways(store)] == ["screen"]
