"""Slack's payload, its limits, and what each answer means, against a local server."""

from __future__ import annotations

import json
import logging
import socket
import threading
import traceback
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.utils import formatdate
from time import time
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from monitor.model import DeliveryError, Event, Quote
from monitor.model.payloads import ReportPayload
from monitor.wording.commands import Heading, Reply
from monitor.wording.describe import Link
from notifiers.slack.blocks import ELSEWHERE, _pieces, corrected
from notifiers.slack.elements import SECTION, cut_lines, escape
from notifiers.slack.lookup import earliest, metadata
from notifiers.slack.notifier import SlackNotifier
from notifiers.slack.replies import private
from tests.notifiers.notifier_samples import CASES, hostile_events, ilacs, make_event, visit

TOKEN = "xoxb-very-secret-token"
HOOK_PATH = "/services/T000/B000/verysecret"
ID = "ab" * 16


@pytest.fixture
def bot(httpserver: HTTPServer) -> SlackNotifier:
    return SlackNotifier(token=TOKEN, channel="C0OFSTED", api_url=httpserver.url_for("/api"), timeout=20, pace=0)


@pytest.fixture
def hook(httpserver: HTTPServer) -> SlackNotifier:
    return SlackNotifier(webhook_url=httpserver.url_for(HOOK_PATH), timeout=20)


def failure(notifier: SlackNotifier, maybe_sent: bool = False) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        notifier.send(ID, [ilacs()], maybe_sent)
    shown = "".join(traceback.format_exception(caught.value))
    assert "secret" not in shown.replace("[secret]", ""), shown
    return caught.value


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [v for k, v in value.items() if k == "text" and isinstance(v, str)] + texts(list(value.values()))
    return [t for item in value for t in texts(item)] if isinstance(value, list) else []


# payload


def test_payload_is_the_reviewed_one(bot: SlackNotifier, golden: Callable[[str, str], None]) -> None:
    payload = bot.payloads(ID, [ilacs()])[0]
    golden("slack_report.json", json.dumps(payload, indent=1, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("name", CASES)
def test_each_kind_of_event_gives_the_reviewed_blocks(golden: Callable[[str, str], None], name: str) -> None:
    """After a change of wording: remove tests/notifiers/golden/slack_*.json, run twice, and read the difference."""
    out = SlackNotifier(token=TOKEN, channel="C0OFSTED", interactive=True)
    payload = out.payloads(ID, [CASES[name]])[0]
    shown = {"text": payload["text"], "blocks": payload["blocks"]}
    golden(f"slack_{name}.json", json.dumps(shown, indent=1, ensure_ascii=False) + "\n")


def test_a_correction_gives_the_reviewed_blocks(golden: Callable[[str, str], None]) -> None:
    said = corrected([ilacs()], [CASES["report.replaced"]], interactive=True)
    golden("slack_corrected.json", json.dumps(said, indent=1, ensure_ascii=False) + "\n")


def test_an_answer_gives_the_reviewed_blocks(golden: Callable[[str, str], None]) -> None:
    lines = (
        "Devon was judged in Ofsted's inspection report of 13 May 2025.",
        "Overall effectiveness: Requires improvement",
    )
    said = private(Reply(lines, (Link("Read the report", "https://example.org/?a=1&b=2"),), (visit(),)))
    golden("slack_answer.json", json.dumps(said, indent=1, ensure_ascii=False) + "\n")


def test_a_heading_in_an_answer_is_bold_and_begins_a_section() -> None:
    lines = ("First.", Heading("One & two"), "• a", "• b", Heading("Three"))
    assert texts(private(Reply(lines))["blocks"]) == ["First.", "*One &amp; two*\n• a\n• b", "*Three*"]


@pytest.mark.parametrize("number", [1, 20, 60])
def test_a_long_answer_is_shown_whole_or_says_that_there_is_more(number: int) -> None:
    lines = tuple(f"Line {n}: {'word ' * 60}" for n in range(number))
    link = Link("Read the report", "https://example.org/1")
    shown = texts(private(Reply(lines, (link,), (visit(),)))["blocks"])
    told, more = " ".join(shown), [text for text in shown if "for which there is no room here" in text]
    assert len(told) <= 10_000
    assert "Read the report" in told
    assert bool(more) is (number == 60)
    assert more or all(f"Line {n}:" in told for n in range(number))


def test_digest_payload_is_the_reviewed_one(bot: SlackNotifier, golden: Callable[[str, str], None]) -> None:
    events = [ilacs(), visit(council="Brent"), CASES["source.failing"]]
    golden("slack_digest.json", json.dumps(bot.payloads(ID, events)[0], indent=1, ensure_ascii=False) + "\n")


def test_what_does_not_fit_goes_on_in_the_thread_and_nothing_is_dropped(bot: SlackNotifier) -> None:
    payloads = bot.payloads(ID, [ilacs(council=f"Council {i}") for i in range(120)])
    shown = [len(p["blocks"]) - 2 for p in payloads[:-1]]
    rest = 120 - shown[0]
    assert payloads[0]["blocks"][-1]["elements"][0]["text"] == f"and {rest} more pieces of news in this thread"
    told = "".join(texts([p["blocks"] for p in payloads]))
    assert all(f"Council {i}: " in told for i in range(120))
    assert [p["metadata"]["event_payload"].get("part") for p in payloads] == [None, *range(1, len(payloads))]


def test_more_than_anybody_reads_ends_with_the_command_that_shows_it(bot: SlackNotifier, hook: SlackNotifier) -> None:
    many = [ilacs(council=f"Council {i}") for i in range(600)]
    ends = [p["blocks"][-1]["elements"][0]["text"] for p in (bot.payloads(ID, many)[-1], hook.hook_payload(many))]
    assert all(
        end.startswith("and ")
        and end.endswith(" more pieces of news: whoever runs ofsted-watch can list them (ofsted-watch events)")
        for end in ends
    )


@pytest.mark.parametrize("number", [1, 2, 4, 5, 120])
def test_payload_stays_within_slacks_limits(bot: SlackNotifier, number: int) -> None:
    for event in hostile_events()[:: 14 if number > 2 else 1]:
        for payload in bot.payloads(ID, [event] * number):
            assert 1 <= len(payload["blocks"]) <= 50
            assert sum(map(len, texts(payload["blocks"]))) <= 10_000
            assert len(payload["text"]) < 4_000


def asking(size: int, number: int, of: str = "word <&> ") -> Event:
    """A letter that asks for so many things of so many characters each, named by number."""
    items = tuple(Quote(f"Item {i} {of * size}"[:size], 3) for i in range(number))
    event = ilacs()
    return replace(event, after=replace(event.after_as(ReportPayload), priority_actions=items, improvements=items))


@pytest.mark.parametrize("of", ["word ", "<&> ", "w", "<", "é"])
@pytest.mark.parametrize(("size", "number"), [(50, 200), (300, 60), (890, 1), (890, 3), (890, 30), (5000, 2)])
def test_a_letter_that_asks_for_much_goes_on_in_its_thread_and_nothing_is_dropped(
    bot: SlackNotifier, hook: SlackNotifier, of: str, size: int, number: int
) -> None:
    event = asking(size, number, of)
    payloads = bot.payloads(ID, [event])
    for payload in (*payloads, hook.hook_payload([event]), *bot.payloads(ID, [event] * 3), corrected([event], [event])):
        assert len(payload["blocks"]) <= 50
        assert sum(map(len, texts(payload["blocks"]))) <= 10_000
        assert all(len(block["text"]["text"]) <= 3_000 for block in payload["blocks"] if block["type"] == "section")
    told = " ".join(text for payload in payloads for text in texts(payload["blocks"]))
    ends = "more part" in told and f": {ELSEWHERE}" in told
    assert ends or size > 900 or all(f"Item {i} " in told for i in range(number))
    assert size < 900 or "One that is too long to quote stands on page 3 of the letter." in told


@pytest.mark.parametrize("of", ["word ", "<", "a&b ", "é"])
@pytest.mark.parametrize("room", [8, 30, 200])
def test_a_text_in_pieces_is_the_whole_text(of: str, room: int) -> None:
    text = (of * 300)[:700].strip()
    found = list(_pieces(text, room))
    assert "".join(found).replace(" ", "") == text.replace(" ", "")
    assert all(0 < len(escape(piece)) < room for piece in found)


def test_control_sequences_from_a_source_stay_text(bot: SlackNotifier) -> None:
    event = make_event("news.published", title="<!channel> & <https://a.example|b> &lt;")
    payload = bot.payloads(ID, [event, event])[0]
    section = "".join(texts(payload["blocks"][1:]))
    assert "&lt;!channel&gt; &amp; &lt;https://a.example|b&gt; &amp;lt;" in section
    assert "<!" not in payload["text"] + section


def test_a_long_section_ends_with_the_number_of_lines_left_out() -> None:
    text = cut_lines(["x" * 700] * 10)
    assert text.endswith("\nand 6 more lines")
    assert len(text) <= SECTION
    assert escape("<&>") == "&lt;&amp;&gt;"


@pytest.mark.parametrize(
    "settings",
    [{}, {"token": "x", "webhook_url": "https://a.example/"}, {"token": "x"}, {"webhook_url": "not a secret url"}],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="slack") as caught:
        SlackNotifier(**settings)  # type: ignore[arg-type]
    assert "secret" not in str(caught.value)


# answers


def test_a_message_is_posted_once_with_its_id(bot: SlackNotifier, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request("/api/chat.postMessage").respond_with_json({"ok": True, "ts": "17.01"})
    assert bot.send(ID, [ilacs()]) == "17.01"
    sent = httpserver.log[0][0].get_json()
    assert sent["metadata"] == {"event_type": "ofsted_watch", "event_payload": {"message_id": ID}}
    assert sent["unfurl_links"] is False
    assert sent["text"].startswith("🔴 Critical: Devon: Requires improvement overall (was Inadequate)")


@pytest.mark.parametrize(
    "word",
    [
        "invalid_auth",
        "token_revoked",
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "account_inactive",
        "invalid_blocks",
        "msg_too_long",
        "missing_scope",
        "a_word_of_next_year",
    ],
)
def test_refusals_for_good(bot: SlackNotifier, httpserver: HTTPServer, word: str) -> None:
    httpserver.expect_request("/api/chat.postMessage").respond_with_json({"ok": False, "error": word})
    error = failure(bot)
    assert (error.permanent, error.maybe_sent) == (True, False)
    assert word in str(error)


@pytest.mark.parametrize(("word", "maybe"), [("ratelimited", False), ("fatal_error", True), ("internal_error", True)])
def test_refusals_for_now(bot: SlackNotifier, httpserver: HTTPServer, word: str, maybe: bool) -> None:
    httpserver.expect_request("/api/chat.postMessage").respond_with_json({"ok": False, "error": word})
    error = failure(bot)
    assert (error.permanent, error.maybe_sent) == (False, maybe)


def test_slacks_details_are_told(bot: SlackNotifier, httpserver: HTTPServer) -> None:
    answer = {"ok": False, "error": "invalid_blocks", "response_metadata": {"messages": ["[ERROR] no text"]}}
    httpserver.expect_request("/api/chat.postMessage").respond_with_json(answer)
    assert "[ERROR] no text" in str(failure(bot))


@pytest.mark.parametrize("kind", ["bot", "hook"])
@pytest.mark.parametrize(("value", "seconds"), [("30", 30), ("date", 90), ("soon", None)])
def test_retry_after_is_read(
    request: pytest.FixtureRequest, httpserver: HTTPServer, kind: str, value: str, seconds: float | None
) -> None:
    wait = {"Retry-After": formatdate(time() + 90, usegmt=True) if value == "date" else value}
    answer = {"ok": False, "error": "ratelimited"}
    httpserver.expect_request("/api/chat.postMessage").respond_with_json(answer, 429, wait)
    httpserver.expect_request(HOOK_PATH).respond_with_data("rate_limited", 429, wait)
    error = failure(request.getfixturevalue(kind))
    assert (error.permanent, error.maybe_sent) == (False, False)
    assert error.retry_after == (None if seconds is None else pytest.approx(seconds, abs=3))


@pytest.mark.parametrize("kind", ["bot", "hook"])
@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, "Internal Server Error"),
        (502, "<html><h1>502 Bad Gateway</h1></html>"),
        (503, ""),
        (504, "x"),
        (200, "<html>Sign in</html>"),
        (200, ""),
        (200, "[1]"),
        (200, '"ok"'),
        (200, "null"),
    ],
)
def test_an_answer_that_is_not_slacks_leaves_the_fate_open(
    request: pytest.FixtureRequest, httpserver: HTTPServer, kind: str, status: int, body: str
) -> None:
    httpserver.expect_request("/api/chat.postMessage").respond_with_data(body, status)
    httpserver.expect_request(HOOK_PATH).respond_with_data(body, status)
    error = failure(request.getfixturevalue(kind))
    assert (error.permanent, error.maybe_sent) == (False, True)
    assert len(httpserver.log) == 1


@pytest.mark.parametrize(
    ("status", "word"),
    [(400, "invalid_payload"), (403, "action_prohibited"), (404, "no_service"), (410, "channel_is_archived")],
)
def test_webhook_refusals_for_good(hook: SlackNotifier, httpserver: HTTPServer, status: int, word: str) -> None:
    httpserver.expect_request(HOOK_PATH).respond_with_data(word, status)
    error = failure(hook)
    assert (error.permanent, error.maybe_sent) == (True, False)
    assert str(error) == f"Slack answered {status}: {word}"


def test_a_webhook_says_ok_and_nothing_else(hook: SlackNotifier, httpserver: HTTPServer) -> None:
    httpserver.expect_request(HOOK_PATH).respond_with_data("ok")
    assert hook.send(ID, [ilacs()], maybe_sent=True) is None


@pytest.mark.parametrize("kind", ["bot", "hook"])
@pytest.mark.parametrize("length", [0, 40, 62, 80, 160])
def test_an_echoed_secret_is_not_told_in_part_either(
    request: pytest.FixtureRequest, httpserver: HTTPServer, kind: str, length: int
) -> None:
    body = f"{'x' * length}cannot POST {HOOK_PATH} of {TOKEN}"
    httpserver.expect_request("/api/chat.postMessage").respond_with_data(body, 502)
    httpserver.expect_request(HOOK_PATH).respond_with_data(body, 502)
    notifier: SlackNotifier = request.getfixturevalue(kind)
    with pytest.raises(DeliveryError) as caught:
        notifier.send(ID, [ilacs()])
    shown = "".join(traceback.format_exception(caught.value))
    assert not [part for part in ("T000", "verys", TOKEN[:9]) if part in shown]


@pytest.mark.parametrize("kind", ["bot", "hook"])
def test_the_client_logs_no_secret(
    request: pytest.FixtureRequest, httpserver: HTTPServer, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    httpserver.expect_request("/api/chat.postMessage").respond_with_data("", 500)
    httpserver.expect_request(HOOK_PATH).respond_with_data("", 500)
    with caplog.at_level(logging.DEBUG):
        failure(request.getfixturevalue(kind))
    assert not [r for r in caplog.records if r.name != "werkzeug" and "secret" in r.getMessage()]


# connections


@pytest.fixture
def mute_port() -> Iterator[Callable[[str], int]]:
    """A server that accepts and then closes at once, or says nothing."""
    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def serve(how: str) -> int:
        server = socket.create_server(("127.0.0.1", 0))
        opened.append(server)

        def accept() -> None:
            connection, _ = server.accept()
            opened.append(connection)
            if how == "close":
                connection.recv(65536)
                connection.close()

        threads.append(threading.Thread(target=accept))
        threads[-1].start()
        return int(server.getsockname()[1])

    yield serve
    for thread in threads:
        thread.join(5)
    for one in opened:
        one.close()


@pytest.mark.parametrize("how", ["close", "silence"])
@pytest.mark.parametrize("kind", ["token", "webhook"])
def test_a_lost_answer_leaves_the_fate_open(mute_port: Callable[[str], int], how: str, kind: str) -> None:
    base = f"http://127.0.0.1:{mute_port(how)}"
    error = failure(
        SlackNotifier(token=TOKEN, channel="C0OFSTED", api_url=f"{base}/api/", timeout=1, pace=0)
        if kind == "token"
        else SlackNotifier(webhook_url=base + HOOK_PATH, timeout=1, pace=0)
    )
    assert (error.permanent, error.maybe_sent) == (False, True)


@pytest.mark.parametrize("host", ["127.0.0.1:9", "no-such-host.invalid"])
def test_a_connection_never_made_sent_nothing(host: str) -> None:
    error = failure(SlackNotifier(webhook_url=f"http://{host}{HOOK_PATH}", timeout=1, pace=0))
    assert (error.permanent, error.maybe_sent) == (False, False)


# looking up


def test_a_message_that_is_there_already_is_not_posted_again(bot: SlackNotifier, httpserver: HTTPServer) -> None:
    mine = {"ts": "17.02", "metadata": {"event_type": "ofsted_watch", "event_payload": {"message_id": ID}}}
    other = {"ts": "17.03", "metadata": {"event_type": "ofsted_watch", "event_payload": {"message_id": "cd"}}}
    pages = [
        {"ok": True, "messages": [{"ts": "17.04"}, other], "response_metadata": {"next_cursor": "more"}},
        {"ok": True, "messages": [mine], "response_metadata": {"next_cursor": ""}},
    ]
    for page in pages:
        httpserver.expect_ordered_request("/api/conversations.history").respond_with_json(page)
    assert bot.send(ID, [ilacs()], maybe_sent=True) == "17.02"
    asked = httpserver.log[0][0].form
    assert float(asked["oldest"]) == pytest.approx(earliest([ilacs()], time()))
    assert asked["include_all_metadata"] in ("1", "true", "True")


@pytest.mark.parametrize(("word", "permanent"), [("invalid_auth", True), ("ratelimited", False)])
def test_a_lookup_that_fails_leaves_the_fate_open(
    bot: SlackNotifier, httpserver: HTTPServer, word: str, permanent: bool
) -> None:
    httpserver.expect_request("/api/conversations.history").respond_with_json({"ok": False, "error": word})
    error = failure(bot, maybe_sent=True)
    assert (error.permanent, error.maybe_sent) == (permanent, True)


def test_an_app_that_may_not_read_sends_again(bot: SlackNotifier, httpserver: HTTPServer) -> None:
    refused = {"ok": False, "error": "missing_scope", "needed": "channels:history"}
    httpserver.expect_request("/api/conversations.history").respond_with_json(refused)
    httpserver.expect_request("/api/chat.postMessage").respond_with_json({"ok": True, "ts": "17.05"})
    assert bot.send(ID, [ilacs()], maybe_sent=True) == "17.05"


def test_an_event_that_went_out_with_others_is_found_by_itself(bot: SlackNotifier, httpserver: HTTPServer) -> None:
    """A store that was put back does not know that message, and sends its events one by one."""
    told = [replace(ilacs(), id=f"e{n}") for n in range(3)]
    (payload, *_) = bot.payloads("the lost message", told)
    there = {"ts": "17.02", "metadata": payload["metadata"]}
    history = {"ok": True, "messages": [there], "response_metadata": {"next_cursor": ""}}
    httpserver.expect_request("/api/conversations.history").respond_with_json(history)
    httpserver.expect_request("/api/chat.postMessage").respond_with_json({"ok": True, "ts": "17.05"})
    assert bot.send(ID, [told[1]], maybe_sent=True) == "17.02"
    assert bot.send(ID, [replace(ilacs(), id="another")], maybe_sent=True) == "17.05"
    assert bot.send(ID, [told[0], replace(ilacs(), id="another")], maybe_sent=True) == "17.05"
    assert len(json.dumps(metadata(ID, 9, [replace(ilacs(), id=f"e{n}") for n in range(200)]))) < 8000


def test_looking_back_begins_a_week_before_the_last_event_was_found() -> None:
    event, later = make_event(at="2025-05-13T08:00:00+00:00"), make_event(at="2025-05-13T09:00:00+00:00")
    nine = 1747126800.0
    week = 7 * 86400 + 3600
    assert earliest([later, event], nine + 60) == nine - week
    assert earliest([make_event(at="2099-01-01T00:00:00+00:00")], nine) == nine - week
    assert earliest([make_event(at="some day")], nine) == nine - week
