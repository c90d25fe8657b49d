"""Each fault of the other side, one by one, through a configuration file and the real ways out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from monitor.channels import rules
from monitor.config.file import Config, load
from monitor.deliver import receipts, ways_out
from monitor.deliver.audience import channels
from monitor.deliver.sender import Sender
from monitor.store import Store, outbox, sources
from soak.doubles import Double
from tests.making import closed, event

pytestmark = pytest.mark.corpus
BOT = """
[[channels]]
name = "bot"
kind = "slack"
token_env = "TEST_TOKEN"
channel = "C0OFSTED"
api_url = "http://127.0.0.1:{slack}/api"
"""
HOOK = """
[[channels]]
name = "hook"
kind = "slack"
webhook_env = "TEST_HOOK"
"""
MAIL = """
[[channels]]
name = "mail"
kind = "email"
to = ["one@example.org", "two@example.org"]
from = "watch@example.org"
host = "127.0.0.1"
port = {smtp}
security = "none"
"""
CONSOLE = '[[channels]]\nname = "screen"\nkind = "console"\n'


@dataclass
class Ends:
    """Both doubles, and what they accepted."""

    slack: Double
    smtp: Double

    def posts(self) -> Counter[str]:
        return Counter("hook" if m["via"] == "webhook" else "bot" for m in self.slack.get("/_messages"))

    def mails(self) -> list[tuple[str, str]]:
        """Whom a mail went to, and its Message-ID."""
        return [(m["rcpt_tos"][0], dict(m["headers"])["Message-ID"]) for m in self.smtp.get("/_mails")]


@pytest.fixture(scope="module")
def doubles(shared: Path) -> Iterator[Ends]:
    with Double("slack.py") as slack, Double("smtp.py") as smtp:
        yield Ends(slack, smtp)


@pytest.fixture
def ends(doubles: Ends, monkeypatch: pytest.MonkeyPatch) -> Ends:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEST_TOKEN", "xoxb-test-token")
    monkeypatch.setenv("TEST_HOOK", f"http://127.0.0.1:{doubles.slack.port}/services/T000/B000/XXXX")
    for double in (doubles.slack, doubles.smtp):
        double.reset()
    doubles.slack.control(settings={"rate_limit": False})
    return doubles


class Office:
    """A configuration, its store, and a clock that can be put forward."""

    def __init__(self, folder: Path, store: Store, ends: Ends, text: str) -> None:
        path = folder / "config.toml"
        path.write_text(text.format(slack=ends.slack.port, smtp=ends.smtp.port), encoding="utf-8")
        self.config: Config = load(path)
        self.store, self.ahead = store, timedelta(0)
        self.told = channels(self.config)

    def happen(self, *ids: str) -> None:
        now = self.clock()
        with self.store.transaction():
            for id_ in ids:
                found = event(id_, kind="press.published", title=id_)
                outbox.add(self.store, found, rules.recipients_of(found, self.told, now))

    def deliver(self, after: timedelta = timedelta(0)) -> list[tuple[str, bool]]:
        self.ahead += after
        failures = Sender(self.store, ways_out.build(self.config), self.told, self.clock).send_due()
        return sorted((f.channel, f.given_up) for f in failures)

    def clock(self) -> datetime:
        return datetime.now(UTC) + self.ahead


AFTER = timedelta(minutes=2)
SLACK_FAULTS = [
    ("500", 1),
    ("502_html", 1),
    ("503_html", 1),
    ("timeout", 1),
    ("timeout_after_accept", 2),
    ("reset_before", 1),
    ("reset_after_accept", 2),
]
"""And how many copies a webhook's channel has afterwards: it cannot be asked."""


@pytest.mark.parametrize(("kind", "copies"), SLACK_FAULTS)
def test_a_passing_fault_of_slack(tmp_path: Path, store: Store, ends: Ends, kind: str, copies: int) -> None:
    office = Office(tmp_path, store, ends, BOT + HOOK)
    ends.slack.control(faults=[{"method": m, "kind": kind, "seconds": 0.2} for m in ("chat.postMessage", "webhook")])
    office.happen("e1")
    assert office.deliver() == [("bot", False), ("hook", False)]
    assert office.deliver() == []  # not before its time
    assert outbox.unsent(store) == 2
    assert office.deliver(AFTER) == []
    assert ends.posts() == {"bot": 1, "hook": copies}
    assert outbox.unsent(store) == 0


def test_slacks_429_is_sat_out_by_the_channel_and_not_tried_message_by_message(
    tmp_path: Path, store: Store, ends: Ends
) -> None:
    office = Office(tmp_path, store, ends, BOT + HOOK)
    ends.slack.control(faults=[{"method": m, "kind": "429", "retry_after": 1} for m in ("chat.postMessage", "webhook")])
    office.happen("e1", "e2")
    assert office.deliver() == []
    assert ends.posts() == {"bot": 2, "hook": 2}
    calls = [(c["call"], c["status"]) for c in ends.slack.get("/_log") if c["call"] in ("chat.postMessage", "webhook")]
    assert Counter(calls)["chat.postMessage", 429] == Counter(calls)["webhook", 429] == 1
    assert len(calls) == 6


@pytest.mark.parametrize("how", ["token_revoked", "archived"])
def test_what_slack_refuses_for_good_is_said_elsewhere_and_can_be_sent_later(
    tmp_path: Path, store: Store, ends: Ends, capsys: pytest.CaptureFixture[str], how: str
) -> None:
    bot = BOT.replace("C0OFSTED", "C0NEWSROOM")
    ends.slack.control(channel={"id": "C0NEWSROOM", "name": "new", "is_archived": how == "archived"})
    if how == "token_revoked":
        ends.slack.control(fault={"method": "chat.postMessage", "kind": how, "times": 2})
    office = Office(tmp_path, store, ends, bot + CONSOLE)
    office.happen("e1", "e2")
    assert office.deliver() == [("bot", True)]
    assert capsys.readouterr().out.count("Channel bot: does not take messages") <= 1
    assert len(outbox.events(store, kind="source.failing")) == 1
    assert (outbox.failed(store), outbox.unsent(store)) == (2, 0)
    ends.slack.control(channel={"id": "C0NEWSROOM", "name": "new", "is_archived": False})
    outbox.requeue(store, office.clock().isoformat())
    assert office.deliver() == []
    assert ends.posts() == {"bot": 2}


MAIL_FAULTS = [
    ("connect_421", 1),
    ("connect_reset", 1),
    ("mail_451", 1),
    ("rcpt_451", 1),
    ("data_451", 1),
    ("drop_before_data", 1),
    ("drop_after_data", 2),
    ("hang_after_data", 2),
]
"""And how many copies the first reader has afterwards."""


@pytest.mark.parametrize(("kind", "copies"), MAIL_FAULTS)
def test_a_passing_fault_of_the_mail_server(tmp_path: Path, store: Store, ends: Ends, kind: str, copies: int) -> None:
    office = Office(tmp_path, store, ends, MAIL)
    ends.smtp.control(fault={"kind": kind, "seconds": 0.2})
    office.happen("e1")
    assert office.deliver() == [("mail", False)]
    assert [to for to, _ in ends.mails() if to == "two@example.org"] == ["two@example.org"]
    assert office.deliver(AFTER) == []
    found = Counter(ends.mails())
    assert sorted(found.values()) == [1, copies]  # two Message-IDs in all, one for each reader
    assert outbox.unsent(store) == 0


@pytest.mark.parametrize("kind", ["rcpt_550", "data_554"])
def test_a_reader_who_is_refused_stops_no_other(tmp_path: Path, store: Store, ends: Ends, kind: str) -> None:
    office = Office(tmp_path, store, ends, MAIL)
    ends.smtp.control(fault={"kind": kind})
    office.happen("e1")
    assert office.deliver() == [("mail", True)]
    assert [to for to, _ in ends.mails()] == ["two@example.org"] * 2  # the event, and that the other is not reached
    assert outbox.failed(store) == 1


def test_greylisting_delays_each_reader_by_itself(tmp_path: Path, store: Store, ends: Ends) -> None:
    office = Office(tmp_path, store, ends, MAIL)
    ends.smtp.control(settings={"recipients": [["one@*", 451]]})
    office.happen("e1")
    assert office.deliver() == [("mail", False)]
    office.happen("e2")
    assert office.deliver() == []
    ends.smtp.control(settings={"recipients": []})
    assert office.deliver(AFTER) == []
    assert [to for to, _ in ends.mails()] == ["two@example.org"] * 2 + ["one@example.org"] * 2


def test_a_receipt_is_a_message_like_any_other(tmp_path: Path, store: Store, ends: Ends) -> None:
    office = Office(tmp_path, store, ends, BOT + 'receipt = "weekly mon 08:00"\n' + MAIL)
    plan, now = office.told[0].receipt, office.clock()
    assert plan is not None
    office.ahead = rules.latest(plan, now) + timedelta(days=7, minutes=5) - now
    council = office.config.watched()[0]
    with store.transaction():
        sources.save_polls(store, [closed(council.ofsted_urn, at=office.clock())])
    for _ in range(2):
        receipts.queue(store, office.config, office.told, office.clock())
        assert office.deliver() == []
    (message,) = ends.slack.get("/_messages")
    assert "Nothing new from Ofsted about all 153 councils this week, as far as it could be read" in message["text"]
    assert not message["unescaped"]


def test_one_dead_channel_among_three(tmp_path: Path, store: Store, ends: Ends) -> None:
    """The others get theirs once, at once; the dead one gets all its own when it is back, in order, as one."""
    office = Office(tmp_path, store, ends, BOT + HOOK + MAIL)
    ends.slack.control(fault={"method": "webhook", "kind": "reset_before", "times": 100})
    for n in range(6):
        office.happen(f"number-{n}")
        office.deliver(AFTER * n)
        assert ends.posts() == {"bot": n + 1}
        assert len(ends.mails()) == 2 * (n + 1)
    ends.slack.control(clear_faults=True)
    assert office.deliver(timedelta(hours=1)) == []
    late = [m for m in ends.slack.get("/_messages") if m["via"] == "webhook"]
    order = [str(b) for m in late for b in m["blocks"]]
    found: list[Any] = [word for text in order for word in sorted(set(_numbers(text)))]
    assert list(dict.fromkeys(found)) == [f"number-{n}" for n in range(6)]
    assert len(late) <= 3
    assert ends.posts()["bot"] == 6


def _numbers(text: str) -> list[str]:
    return [f"number-{part[0]}" for part in text.split("number-")[1:]]
