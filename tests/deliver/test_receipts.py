"""Nothing to say, said once a week, and seen by nobody but the people who read the channel."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.channels import rules
from monitor.config.file import Config
from monitor.deliver import receipts
from monitor.deliver.audience import channels
from monitor.deliver.sender import Sender
from monitor.model import Event
from monitor.model.state import RecordChange, Stored
from monitor.model.trouble import Episode, Reason, Trouble
from monitor.store import Store, outbox, records, sources
from monitor.wording.describe import describe
from tests.configured import configured
from tests.making import closed, event, letter, record
from tests.telling import item as meeting
from tests.telling import take

MONDAY = datetime(2024, 5, 20, 7, 0, tzinfo=UTC)
"""08:00 in London."""
DAILY = '[[channels]]\nname = "screen"\nkind = "console"\nwhen = "daily 08:00"\n'
WATCHED = '[watch]\ncouncils = ["Devon", "Torbay", "Kent"]\n'


def watching(folder: Path, text: str = DAILY) -> Config:
    return configured(folder, WATCHED + text)


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
    assert Sender(store, lambda *_: Out(), channels(config), lambda: now).send_due() == []
    return taken


def happen(store: Store, config: Config, found: Event, now: datetime) -> None:
    found = replace(found, at=now.isoformat())
    with store.transaction():
        outbox.add(store, found, rules.recipients_of(found, channels(config), now))


def test_a_week_without_a_message_is_acknowledged_once(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path)
    seen(store, config, MONDAY - timedelta(hours=6, minutes=10))
    assert queue(store, config, MONDAY - timedelta(minutes=1)) == []
    assert queue(store, config, MONDAY + timedelta(minutes=1)) == [
        "Nothing new from Ofsted about Devon, Kent and Torbay this week"
    ]
    assert queue(store, config, MONDAY + timedelta(hours=1)) == []
    assert len(queue(store, config, MONDAY + timedelta(days=7))) == 1


def test_a_receipt_is_no_message_that_spares_the_next_one(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path)
    for week in range(3):
        seen(store, config, MONDAY + timedelta(days=7 * week))
        assert len(queue(store, config, MONDAY + timedelta(days=7 * week, hours=2))) == 1


def test_a_week_with_a_message_needs_none(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path)
    seen(store, config, MONDAY)
    happen(store, config, event(), MONDAY - timedelta(days=3))
    assert len(sent(store, config, MONDAY - timedelta(days=2))) == 1
    assert queue(store, config, MONDAY) == []
    assert len(queue(store, config, MONDAY + timedelta(days=7))) == 1


def test_what_is_still_owed_needs_none_either(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path, DAILY.replace("daily 08:00", "weekly mon 08:00"))
    seen(store, config, MONDAY)
    happen(store, config, event(), MONDAY - timedelta(days=3))
    assert queue(store, config, MONDAY) == [describe(event()).headline]


def test_what_is_found_after_the_week_is_the_next_weeks(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path, DAILY.replace("daily 08:00", "weekly mon 08:00"))
    seen(store, config, MONDAY)
    happen(store, config, event(), MONDAY + timedelta(seconds=30))
    assert len(queue(store, config, MONDAY + timedelta(minutes=1))) == 1


def test_what_is_wrong_is_said_with_its_day(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path)
    torbay = config.registry.get("Torbay").ofsted_urn
    seen(store, config, MONDAY - timedelta(days=8))
    seen(store, config, MONDAY, broken=torbay)
    with store.transaction():
        since = (MONDAY - timedelta(days=6)).isoformat()
        began = Episode("ofsted", (torbay,), Trouble.BROKEN, since, Reason("error", "error: HTTP 500"))
        sources.save_episodes(store, [began], [])
    receipts.queue(store, config, channels(config), MONDAY + timedelta(minutes=5))
    card = describe(*sent(store, config, MONDAY + timedelta(minutes=5)))
    assert card.headline == "Nothing new from Ofsted about Devon, Kent and Torbay this week, as far as it could be read"
    assert card.notes == (
        "This is the week to 20 May 2024, 08:00. "
        "2 of 3 councils were last looked up at Ofsted on 20 May 2024, 08:00 or later.",
        "Not all could be read: Ofsted's reports since 14 May 2024, 08:00.",
    )


def test_trouble_on_pages_of_other_councils_is_not_this_channels(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path, DAILY + 'councils = ["Devon"]\n')
    torbay = config.registry.get("Torbay").ofsted_urn
    for whole in (False, True):
        now = MONDAY + timedelta(days=7 * whole)
        seen(store, config, now, broken=torbay)
        with store.transaction():
            targets = () if whole else (torbay,)
            began = Episode("ofsted", targets, Trouble.BROKEN, now.isoformat(), Reason("error", "error: HTTP 500"))
            sources.save_episodes(store, [began], [])
        receipts.queue(store, config, channels(config), now)
        notes = " ".join(describe(*sent(store, config, now)).notes)
        assert ("Not all could be read: Ofsted's reports" in notes) is whole


def test_an_identical_document_again_is_not_held_back(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path)
    seen(store, config, MONDAY)
    again = {"copy_of": {"what": "letter", "published": "2024-05-15", "kind": "ilacs"}}
    happen(store, config, event(kind="meeting.document", after=again), MONDAY - timedelta(days=3))
    receipts.queue(store, config, channels(config), MONDAY)
    assert "outside" not in " ".join(describe(*sent(store, config, MONDAY)).notes)


def test_what_the_filters_held_back_is_counted(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path, DAILY + 'councils = ["Devon"]\nmin_severity = "critical"\n')
    seen(store, config, MONDAY)
    happen(store, config, event(), MONDAY - timedelta(days=3))
    receipts.queue(store, config, channels(config), MONDAY)
    card = describe(*sent(store, config, MONDAY))
    assert card.headline == "Nothing for this channel about Devon this week"
    assert "1 publication of Ofsted is outside this channel's filters." in card.notes


def test_news_of_other_councils_is_not_held_back_from_this_channel(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path, DAILY + 'councils = ["Torbay"]\n')
    seen(store, config, MONDAY)
    happen(store, config, event(), MONDAY - timedelta(days=3))
    assert queue(store, config, MONDAY) == ["Nothing new from Ofsted about Torbay this week"]


def test_a_channel_that_is_told_at_once_has_one_if_it_asks(store: Store, tmp_path: Path) -> None:
    keys = 'when = "now"\nreceipt = "weekly mon 08:00"\ncouncils = ["Devon"]\n'
    config = watching(tmp_path, DAILY.replace('when = "daily 08:00"\n', keys))
    seen(store, config, MONDAY)
    assert queue(store, config, MONDAY) == ["Nothing new from Ofsted about Devon this week"]


def test_in_quiet_hours_it_waits_and_is_made_when_they_end(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path, DAILY + 'quiet = "07:00-10:00"\n')
    seen(store, config, MONDAY)
    assert receipts.queue(store, config, channels(config), MONDAY + timedelta(minutes=30)) == 0
    seen(store, config, MONDAY + timedelta(hours=1))
    assert len(queue(store, config, MONDAY + timedelta(hours=2))) == 1


def test_it_has_the_last_report_the_wait_and_the_next_meeting(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path, DAILY + 'councils = ["Devon"]\n')
    seen(store, config, MONDAY)
    graded = letter(inspection_start="2020-01-20", judgements={"overall_effectiveness": "inadequate"})
    with store.transaction():
        known = Stored(record(published="2020-03-19"), "listed", MONDAY.isoformat())
        records.save(store, [RecordChange("baseline", None, known)], MONDAY.isoformat())
        records.save_letters(store, [graded], 1, MONDAY.isoformat())
        take(store, "80461", [meeting("1", "2024-06-14"), meeting("2", "2024-05-01"), meeting("3", "2024-07-05")])
    receipts.queue(store, config, channels(config), MONDAY)
    assert describe(*sent(store, config, MONDAY)).notes[1:] == (
        "The last about Devon is Ofsted's inspection report of 19 March 2020.",
        "Devon has waited 1,582 days since its last full inspection began.",
        "Devon: Children's Scrutiny has “Ofsted” on its agenda for 14 June 2024.",
        "Devon: Children's Scrutiny has “Ofsted” on its agenda for 5 July 2024.",
    )


def test_only_where_all_councils_are_watched_a_wait_has_a_rank() -> None:
    wait = {"council": "Devon", "days": 1159, "rank": 3, "of": 151}
    after = {"until": MONDAY.isoformat(), "councils": ["Devon"], "watched": 153, "seen": 1, "waits": [wait]}
    told = event(kind="receipt.weekly", urn=None, council=None, after=after)
    said = "Devon has waited 1,159 days since its last full inspection began, the third longest of 151 councils."
    assert said in describe(told).notes


@pytest.mark.parametrize(
    ("known", "headline"),
    [
        ({"seen": 0}, "Ofsted's pages about Devon and Torbay could not be read this week"),
        ({"seen": 1}, "Nothing new from Ofsted about Devon and Torbay this week, as far as it could be read"),
        ({"seen": None}, "Nothing new about Devon and Torbay this week"),
        ({"seen": 2, "letters_outside": 1}, "Nothing for this channel about Devon and Torbay this week"),
        (
            {"seen": 153, "councils": [f"C{n}" for n in range(153)]},
            "Nothing new from Ofsted about all 153 councils this week",
        ),
        (
            {"seen": 9, "councils": [f"C{n}" for n in range(9)]},
            "Nothing new from Ofsted about the 9 councils of this channel this week",
        ),
        (
            {"seen": 9, "councils": [f"C{n}" for n in range(9)], "letters_outside": 1},
            "Nothing for this channel about its 9 councils this week",
        ),
    ],
)
def test_it_claims_no_more_than_was_seen(known: dict[str, object], headline: str) -> None:
    after = {"until": MONDAY.isoformat(), "councils": ["Devon", "Torbay"], "watched": 153, **known}
    assert describe(event(kind="receipt.weekly", urn=None, council=None, after=after)).headline == headline


def test_before_anything_was_seen_there_is_nothing_to_acknowledge(store: Store, tmp_path: Path) -> None:
    assert queue(store, watching(tmp_path), MONDAY) == []


def test_one_that_is_a_day_late_is_left_to_the_next(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path)
    seen(store, config, MONDAY)
    assert queue(store, config, MONDAY + timedelta(days=2)) == []


def test_each_reader_has_a_receipt_of_his_own(store: Store, tmp_path: Path) -> None:
    mail = '[[channels]]\nname = "m"\nkind = "email"\nto = ["a@b.test", "c@b.test"]\nfrom = "w@b.test"\n'
    config = watching(tmp_path, mail + 'host = "localhost"\nwhen = "weekly mon 08:00"\n')
    seen(store, config, MONDAY)
    assert len(queue(store, config, MONDAY)) == 2


def test_a_receipt_survives_a_process_that_is_killed(store: Store, tmp_path: Path) -> None:
    config = watching(tmp_path)
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
    (channel,) = channels(watching(tmp_path, f'[[channels]]\nname = "c"\n{keys}\n'))
    plan = channel.receipt
    assert (plan and (plan.weekday, plan.hour, plan.minute)) == expected


def test_a_receipt_is_no_event(store: Store, tmp_path: Path) -> None:
    """It is in nothing that reads events: commands, feeds, webhooks, rehearsals."""
    feed = '[[channels]]\nname = "f"\nkind = "feed"\n[[channels]]\nname = "w"\nkind = "webhook"\n'
    config = watching(tmp_path, DAILY + feed + 'url = "http://localhost/"\nsecret_env = "S"\n')
    seen(store, config, MONDAY)
    assert len(queue(store, config, MONDAY)) == 1
    assert outbox.events(store) == []
    assert [way["channel"] for way in outbox.by_route(store)] == ["screen"]
