"""Socket Mode against Slack's stand-in: acknowledged at once, answered in private, connected again and again."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from monitor.wording.commands import Command, Reply
from monitor.wording.describe import Link
from notifiers import listen
from notifiers.slack.buttons import IRRELEVANT, MUTE
from notifiers.slack.client import web_client
from notifiers.slack.gate import Gate
from notifiers.slack.notifier import SlackNotifier
from notifiers.slack.socket import SlackSocket
from tests.notifiers.notifier_samples import hostile_events, ilacs, make_event
from tests.waiting import wait_for

corpus = pytest.mark.corpus


class Room:
    """Slack with one app that listens, and what was asked of it."""

    def __init__(self, slack: Any, answer: Callable[[Command], Reply] | None = None, **settings: Any) -> None:
        self.slack, self.asks = slack, list[Command]()
        self.base = f"http://127.0.0.1:{slack.port}"
        given = {"channels": ["#ofsted-watch"], "app_token": "xapp-test-token", "token": "xoxb-test-token", **settings}
        handler = answer or (lambda ask: Reply((f"heard {ask.text}",)))
        self.socket = SlackSocket(
            answer=lambda ask: (self.asks.append(ask), handler(ask))[1], api_url=f"{self.base}/api/", timeout=2, **given
        )
        self.socket.start()

    def connected(self) -> Any:
        return wait_for(lambda: self.slack.get("/_socket")["connections"])

    def private(self) -> list[dict[str, Any]]:
        return [m for m in self.slack.get("/_messages") if m.get("ephemeral_to")]

    def ask(self, text: str, **more: Any) -> dict[str, Any]:
        """A command, and its private answer."""
        before = len(self.private())
        self.slack.control(command={"command": "/ofsted", "text": text, **more})
        return wait_for(lambda: self.private()[before:])[0]


@pytest.fixture
def open_room(slack: Any) -> Iterator[Callable[..., Room]]:
    rooms: list[Room] = []

    def make(**settings: Any) -> Room:
        rooms.append(Room(slack, **settings))
        return rooms[-1]

    yield make
    for room in rooms:
        room.socket.stop()


@corpus
def test_a_command_is_acknowledged_and_answered_to_its_asker_alone(open_room: Callable[..., Room]) -> None:
    room = open_room()
    room.connected()
    answer = room.ask("subscribe Devon")
    assert answer["text"] == "heard subscribe Devon"
    assert room.asks == [Command("command", "#ofsted-watch", "U0ALICE", "subscribe Devon")]
    envelope = room.slack.get("/_socket")["envelopes"][0]
    assert (len(envelope["acks"]), envelope["late"]) == (1, False)


@corpus
def test_an_envelope_is_acknowledged_while_earlier_work_goes_on(open_room: Callable[..., Room]) -> None:
    done = threading.Event()
    room = open_room(answer=lambda ask: Reply(("late" if done.wait(60) else "never",)))
    room.connected()
    for i in range(20):
        room.slack.control(command={"command": "/ofsted", "text": f"{i}"})
    acks = wait_for(lambda: [e for e in room.slack.get("/_socket")["envelopes"] if e["acks"]][19:])
    assert not room.private()
    done.set()
    wait_for(lambda: len(room.private()) == 20)
    assert acks[0]["late"] is False
    assert [a.text for a in room.asks] == [f"{i}" for i in range(20)]


@corpus
@pytest.mark.parametrize(("button", "kind", "value"), [(MUTE, "mute", "80461"), (IRRELEVANT, "irrelevant", "1f" * 16)])
def test_a_press_carries_what_its_button_holds(
    open_room: Callable[..., Room], button: str, kind: str, value: str
) -> None:
    room = open_room()
    room.connected()
    out = SlackNotifier(token="xoxb-test-token", channel="C0OFSTED", api_url=f"{room.base}/api/", interactive=True)
    ts = out.send("ab" * 16, [ilacs()])
    room.slack.control(click={"ts": ts, "action_id": button})
    answer = wait_for(room.private)[0]
    assert answer["text"] == f"heard {value}"
    assert room.asks == [Command(kind, "#ofsted-watch", "U0ALICE", value)]  # type: ignore[arg-type]
    posted = next(m for m in room.slack.get("/_messages") if m["ts"] == ts)
    assert posted["versions"] == []


@corpus
def test_elsewhere_it_says_where_it_works(open_room: Callable[..., Room]) -> None:
    room = open_room()
    room.connected()
    assert room.ask("list", channel="C0GENERAL")["text"] == "Only members of #ofsted-watch can ask, and only there."
    assert room.asks == []


@corpus
def test_hostile_answers_stay_text(open_room: Callable[..., Room]) -> None:
    shown = hostile_events()[:3]
    hostile = Reply(("<!channel> & <https://a.example|b>",), (Link("<!here>", "https://a.example/?a&b"),), tuple(shown))
    room = open_room(answer=lambda ask: hostile)
    room.connected()
    answer = room.ask("latest <!channel>")
    assert (answer["mentions"], answer["unescaped"]) == ([], [])
    assert "&lt;!channel&gt; &amp;" in answer["blocks"][0]["text"]["text"]


@corpus
def test_it_connects_again_after_a_cut_and_a_refresh(open_room: Callable[..., Room]) -> None:
    room = open_room()
    room.connected()
    assert room.ask("one")["text"] == "heard one"
    opened = _connections_opened(room.slack)
    room.slack.control(drop_sockets=True)
    wait_for(lambda: _connections_opened(room.slack) > opened)
    room.connected()
    assert room.ask("two")["text"] == "heard two"
    room.slack.control(socket={"type": "disconnect"})
    wait_for(lambda: _connections_opened(room.slack) > opened + 1)
    room.connected()
    assert room.ask("three")["text"] == "heard three"


@corpus
def test_what_is_stopped_while_it_connects_leaves_no_connection(
    open_room: Callable[..., Room], monkeypatch: pytest.MonkeyPatch
) -> None:
    room = open_room()
    room.connected()
    client, reached, go_on = room.socket._client, threading.Event(), threading.Event()
    asked = client.issue_new_wss_url

    def slowly() -> str:
        reached.set()
        go_on.wait(10)
        return asked()

    monkeypatch.setattr(client, "issue_new_wss_url", slowly)
    room.slack.control(drop_sockets=True)
    assert reached.wait(10)
    room.socket.stop()
    opened = _connections_opened(room.slack)
    go_on.set()
    wait_for(lambda: _connections_opened(room.slack) > opened)
    wait_for(lambda: not any(t.name == "slack_keep_connected" for t in threading.enumerate()))
    assert not client.is_connected()


def _connections_opened(slack: Any) -> int:
    return sum(call["call"] == "apps.connections.open" for call in slack.get("/_log"))


@corpus
def test_it_connects_once_slack_lets_it(open_room: Callable[..., Room], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "ofsted-watch.slack")
    room_slack = open_room(app_token="xapp-wrong", longest_pause=0.2)
    time.sleep(1.5)
    assert room_slack.slack.get("/_socket")["connections"] == 0
    room_slack.slack.control(tokens={"app": "xapp-wrong"})
    try:
        room_slack.connected()
    finally:
        room_slack.slack.control(tokens={"app": "xapp-test-token"})
    warned = [r.getMessage() for r in caplog.records if r.levelno == logging.WARNING]
    assert warned == ["Slack commands do not work: Slack answered 200: invalid_auth; it is tried again"]
    assert "xapp-wrong" not in caplog.text


@corpus
def test_an_answer_that_fails_is_said_to_its_asker(
    open_room: Callable[..., Room], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(ask: Command) -> Reply:
        if ask.text == "bad":
            raise RuntimeError("broken")
        return Reply(("fine",))

    room = open_room(answer=fail)
    room.connected()
    assert room.ask("bad")["text"].startswith("This cannot be answered just now")
    assert room.ask("good")["text"] == "fine"
    assert "what was asked from Slack failed" in caplog.text


@corpus
@pytest.mark.parametrize("kind", ["500", "reset_before", "too late"])
def test_an_answer_that_does_not_arrive_is_logged_and_the_next_one_does(
    open_room: Callable[..., Room], caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    room = open_room()
    room.connected()
    if kind == "too late":
        room.slack.control(settings={"response_url_seconds": -1})
    else:
        room.slack.fault(kind, method="response_url")
    room.slack.control(command={"command": "/ofsted", "text": "one"})
    wait_for(lambda: "answer" in caplog.text)
    room.slack.control(settings={"response_url_seconds": 1800})
    assert "/actions/" not in caplog.text
    assert room.ask("two")["text"] == "heard two"


def test_only_a_channel_that_can_be_asked_from_can_be_listened_to() -> None:
    with pytest.raises(ValueError, match="email"):
        listen("email")


# who may ask


def gate(httpserver: HTTPServer, *answers: dict[str, Any]) -> Gate:
    httpserver.expect_ordered_request("/api/auth.test").respond_with_json({"ok": True, "team_id": "T000"})
    for answer in answers:
        httpserver.expect_ordered_request("/api/conversations.members").respond_with_json(answer)
    return Gate(web_client("xoxb-1", httpserver.url_for("/api"), 2), "xoxb-1", ["C0OFSTED"])


def test_members_are_read_page_by_page(httpserver: HTTPServer) -> None:
    pages = [
        {"ok": True, "members": ["U1"], "response_metadata": {"next_cursor": "more"}},
        {"ok": True, "members": ["U2"], "response_metadata": {"next_cursor": ""}},
    ]
    door = gate(httpserver, *pages, *pages)
    assert door.admits("C0OFSTED", "U2", "T000")
    assert not door.admits("C0OFSTED", "U3", "T000")


def test_another_workspace_is_not_admitted(httpserver: HTTPServer) -> None:
    assert not gate(httpserver).admits("C0OFSTED", "U1", "T999")


@pytest.mark.parametrize("word", ["missing_scope", "unknown_method"])
def test_where_members_cannot_be_read_slacks_own_check_holds(httpserver: HTTPServer, word: str) -> None:
    assert gate(httpserver, {"ok": False, "error": word}).admits("C0OFSTED", "U1", "T000")


def test_nobody_is_admitted_while_it_cannot_be_checked(httpserver: HTTPServer) -> None:
    with pytest.raises(Exception, match="fatal_error"):
        gate(httpserver, {"ok": False, "error": "fatal_error"}).admits("C0OFSTED", "U1", "T000")


# buttons


def test_news_of_the_sources_themselves_cannot_be_muted() -> None:
    out = SlackNotifier(token="x", channel="C", interactive=True)
    about = make_event("source.failing", urn="80461", after={"reason": "403"})
    assert [b["type"] for b in out.payloads("1", [about])[0]["blocks"]].count("actions") == 0
    assert out.payloads("1", [make_event()])[0]["blocks"][-1]["elements"][0]["text"]["text"] == "Mute Devon for 30 days"


def test_not_relevant_is_not_the_mutes_neighbour_and_muting_asks_once_more() -> None:
    blocks = SlackNotifier(token="x", channel="C", interactive=True).payloads("1", [make_event()])[0]["blocks"]
    noted, line, mute = blocks[-3:]
    assert [e["action_id"] for e in noted["elements"]] == [IRRELEVANT]
    assert line["type"] == "divider"
    [button] = mute["elements"]
    assert button["confirm"]["title"]["text"] == "Mute Devon?"
    assert "Nobody in this channel gets news of Devon for 30 days" in button["confirm"]["text"]["text"]


def test_a_message_without_an_app_token_has_no_buttons() -> None:
    hook = SlackNotifier(webhook_url="https://hooks.slack.com/services/T/B/X", interactive=True)
    bot = SlackNotifier(token="x", channel="C")
    for blocks in (hook.hook_payload([make_event()])["blocks"], bot.payloads("1", [make_event()])[0]["blocks"]):
        assert all(b["type"] != "actions" for b in blocks)
