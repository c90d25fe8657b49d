"""The whole way in: a command in Slack's stand-in, over Socket Mode, to the store and back in private."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.channels import rules
from monitor.config.file import Config
from monitor.deliver.audience import channels, widened
from monitor.slash_commands import answer, listeners
from monitor.store import Store, outbox
from notifiers.slack.buttons import IRRELEVANT, MUTE, UNMUTE
from tests.command import Folder
from tests.configured import configured
from tests.notifiers.notifier_samples import ilacs
from tests.notifiers.slack.test_socket import _connections_opened, wait_for
from tests.notifiers.slack_room import bot
from tests.slash_commands.test_answer import listening

pytestmark = pytest.mark.corpus

SETTINGS = """
[watch]
councils = ["Devon", "Brent", "Kent"]
[[channels]]
name = "team"
kind = "slack"
token_env = "BOT"
app_token_env = "APP"
channel = "#ofsted-watch"
api_url = "http://127.0.0.1:{port}/api"
councils = ["Devon"]
"""


@pytest.fixture
def known(slack: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Config]:
    monkeypatch.setenv("BOT", "xoxb-test-token")
    monkeypatch.setenv("APP", "xapp-test-token")
    loaded = configured(tmp_path, SETTINGS.format(port=slack.port))
    with listening(loaded):
        wait_for(lambda: slack.get("/_socket")["connections"])
        yield loaded


def answers(slack: Any) -> list[dict[str, Any]]:
    return [m for m in slack.get("/_messages") if m.get("ephemeral_to")]


def ask(slack: Any, text: str, **more: Any) -> str:
    before = len(answers(slack))
    slack.control(command={"command": "/ofsted", "text": text, **more})
    return str(wait_for(lambda: answers(slack)[before:])[0]["text"])


def told(known: Config, council: str, severity: str = "notice") -> bool:
    with Store(known.data_dir) as store:
        audience_ = widened(store, channels(known), answer.NOW())
    event = ilacs(urn=known.registry.get(council).ofsted_urn, severity=severity)
    return bool(rules.recipients_of(event, audience_, answer.NOW()))


def test_every_command_works_from_the_channel(slack: Any, known: Config) -> None:
    assert not told(known, "Brent")
    assert ask(slack, "subscribe Brent").startswith("Brent: subscribed.")
    assert told(known, "Brent")
    assert "Somebody here subscribed it to Brent, too." in ask(slack, "list")
    assert ask(slack, "unsubscribe Brent") == "Brent: no longer subscribed."
    assert not told(known, "Brent")
    assert "this channel is set up to get it" in ask(slack, "unsubscribe Devon")
    assert "muted in this channel" in ask(slack, "mute Devon")
    assert (told(known, "Devon"), told(known, "Devon", "critical")) == (False, True)
    assert ask(slack, "unmute Devon") == "Devon: no longer muted."
    assert ask(slack, "latest Devon") == "Devon: no graded inspection is known."
    assert "No message waits." in ask(slack, "status")
    assert ask(slack, "help").startswith("/ofsted COUNCIL, latest COUNCIL")
    assert ask(slack, "brew <!channel>").startswith('There is no command and no council "brew')
    assert ask(slack, "subscribe Devn") == 'No council "Devn": did you mean "Devon"?'
    report = slack.get("/_socket")["envelopes"]
    assert [(len(e["acks"]), e["late"]) for e in report] == [(1, False)] * len(report)
    assert not [m for m in answers(slack) if m["mentions"] or m["unescaped"]]


def test_a_command_from_elsewhere_changes_nothing(slack: Any, known: Config) -> None:
    said = ask(slack, "subscribe Brent", channel="C0GENERAL")
    assert said == "Only members of #ofsted-watch can ask, and only there."
    assert not told(known, "Brent")


def test_the_buttons_of_a_message_work(slack: Any, known: Config) -> None:
    event = ilacs()
    with Store(known.data_dir) as store, store.transaction():
        outbox.add(store, event, [])
    ts = bot(slack, interactive=True).send("ab" * 16, [event])
    for button, said in ((MUTE, "Devon: muted in this channel until"), (IRRELEVANT, "Noted: not relevant.")):
        before = len(answers(slack))
        slack.control(click={"ts": ts, "action_id": button})
        assert str(wait_for(lambda: answers(slack)[before:])[0]["text"]).startswith(said)  # noqa: B023
    assert not told(known, "Devon")
    assert [line.split(" ", 2)[2] for line in answer.stored_lines(known, answer.NOW())][1:] == [
        "1 called not relevant, from ofsted"
    ]


def test_a_mute_is_seen_by_the_channel_and_undone_from_there(slack: Any, known: Config) -> None:
    assert "muted in this channel until" in ask(slack, "mute Devon")
    line = wait_for(lambda: [m for m in slack.get("/_messages") if "is muted in this channel" in str(m["text"])])[0]
    assert str(line["text"]).endswith("Asked by <@U0ALICE>.")
    assert not told(known, "Devon")
    slack.control(click={"ts": line["ts"], "action_id": UNMUTE})
    wait_for(lambda: [m for m in slack.get("/_messages") if "is no longer muted in this channel." in str(m["text"])])
    assert told(known, "Devon")


def test_it_goes_on_after_the_connection_was_cut(slack: Any, known: Config) -> None:
    assert ask(slack, "subscribe Brent").startswith("Brent: subscribed.")
    opened = _connections_opened(slack)
    slack.control(drop_sockets=True)
    wait_for(lambda: _connections_opened(slack) > opened)
    wait_for(lambda: slack.get("/_socket")["connections"])
    assert ask(slack, "unsubscribe Brent") == "Brent: no longer subscribed."


def test_an_app_that_may_look_up_nothing_still_answers_in_its_channel(slack: Any, known: Config) -> None:
    slack.control(scopes=["chat:write", "commands"])
    assert ask(slack, "subscribe Brent").startswith("Brent: subscribed.")
    assert ask(slack, "list", channel="C0GENERAL").startswith("Only members of #ofsted-watch can ask")


def test_check_says_why_nobody_can_ask(slack: Any, known: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    assert listeners.advice(known) == []
    monkeypatch.setenv("APP", "xapp-secret")
    assert listeners.advice(known) == [
        "channel team: commands and buttons do not work: Slack answered 200: invalid_auth"
    ]
    monkeypatch.delenv("APP")
    assert listeners.advice(known) == ["channel team: commands and buttons do not work: environment: APP is not set"]


def test_check_sends_a_test_message_and_names_missing_scopes(slack: Any, known: Config) -> None:
    slack.control(scopes=["chat:write", "channels:history", "channels:read", "commands"])
    folder = Folder(known.path.parent)
    known.path.write_text(known.path.read_text() + '\n[http]\ncontact = "tests@localhost"\n')
    done = folder("check", "--send-test")
    assert (done.status, "channel team: test message sent" in done.out) == (0, True)
    lacking = "channel team: the app lacks the scope files:write: messages come without their chart"
    assert lacking in done.err
