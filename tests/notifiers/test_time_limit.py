"""Every exchange ends in its time, whatever the other side dribbles, and in whatever phase."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event

import pytest

from monitor.model import DeliveryError
from monitor.service.heartbeat import HeartbeatError, ping
from notifiers.mail.notifier import MailNotifier
from notifiers.slack.notifier import SlackNotifier
from notifiers.time_limit import TimeLimit, connect
from notifiers.webhook import WebhookNotifier
from tests.notifiers.dribble import Dribbler
from tests.notifiers.notifier_samples import ilacs

LIMIT, IN_TIME = 0.6, 5.0
HEAD = b"HTTP/1.1 503 Not now\r\n"
BODY = HEAD + b"Content-Length: 100000\r\n\r\n"


def ended(send: Callable[[], object]) -> DeliveryError:
    began = time.monotonic()
    with pytest.raises(DeliveryError) as caught:
        send()
    assert time.monotonic() - began < IN_TIME
    return caught.value


def webhook(port: int, scheme: str = "http") -> WebhookNotifier:
    return WebhookNotifier(url=f"{scheme}://127.0.0.1:{port}/", secret="x" * 8, limit=LIMIT)


def mail(port: int, security: str = "none") -> MailNotifier:
    return MailNotifier(
        "a@example.org",
        sender="b@example.org",
        host="127.0.0.1",
        port=port,
        security=security,
        limit=LIMIT,  # type: ignore[arg-type]
    )


def slack(port: int, **more: str) -> SlackNotifier:
    way = more or {"token": "xoxb-1", "channel": "C0123456789", "api_url": f"http://127.0.0.1:{port}/api/"}
    return SlackNotifier(limit=LIMIT, **way)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "byte", "unsure"),
    [((), b"H", True), ((HEAD + b"X-Slow: ",), b"a", True), ((HEAD,), b"X: y\r\n", True)],
    ids=["status line", "a header", "headers without end"],
)
def test_a_webhook_that_dribbles_its_head_is_a_failure_in_time(
    answers: tuple[bytes, ...], byte: bytes, unsure: bool
) -> None:
    with Dribbler(*answers, byte=byte) as server:
        failed = ended(lambda: webhook(server.port).send("m", [ilacs()]))
    assert (failed.permanent, failed.maybe_sent) == (False, unsure)
    assert "cut off after 0.6 s" in str(failed)


def test_a_webhook_that_has_said_yes_is_not_waited_for() -> None:
    with Dribbler(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n") as server:
        began = time.monotonic()
        webhook(server.port).send("m", [ilacs()])
    assert time.monotonic() - began < IN_TIME


def test_a_handshake_that_is_dribbled_ends_in_time_and_nothing_was_sent() -> None:
    with Dribbler(b"\x16\x03\x03\x40\x00", byte=b"\x02") as server:
        failed = ended(lambda: webhook(server.port, "https").send("m", [ilacs()]))
        assert (failed.permanent, failed.maybe_sent) == (False, False)
        assert not ended(lambda: mail(server.port, "tls").send("m", [ilacs()])).maybe_sent


CONVERSATION = (b"220 here\r\n", b"250 here\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n")


@pytest.mark.parametrize("said", range(len(CONVERSATION) + 1))
def test_a_mail_server_that_dribbles_is_a_failure_in_time_in_every_phase(said: int) -> None:
    with Dribbler(*CONVERSATION[:said], byte=b"2", greets=True) as server:
        failed = ended(lambda: mail(server.port).send("m", [ilacs()]))
    assert (failed.permanent, failed.maybe_sent) == (False, said >= len(CONVERSATION) - 1)


@pytest.mark.parametrize("every", [0.05, 0.0])
def test_a_greeting_without_end_is_a_failure_in_time(every: float) -> None:
    with Dribbler(byte=b"220-please wait\r\n", every=every, greets=True) as server:
        assert not ended(lambda: mail(server.port).send("m", [ilacs()])).maybe_sent


def test_a_mail_that_was_taken_is_sent_however_the_server_says_goodbye() -> None:
    with Dribbler(*CONVERSATION, b"250 taken\r\n", byte=b"2", greets=True) as server:
        assert mail(server.port).send("m", [ilacs()]) == "<m@example.org>"


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{"])
def test_slack_that_dribbles_is_a_failure_in_time(answer: bytes) -> None:
    with Dribbler(*([answer] if answer else []), byte=b"H") as server:
        by_token = ended(lambda: slack(server.port).send("m", [ilacs()]))
        by_hook = ended(lambda: slack(0, webhook_url=f"http://127.0.0.1:{server.port}/x").send("m", [ilacs()]))
        looking = ended(lambda: slack(server.port).send("m", [ilacs()], maybe_sent=True))
    assert [(e.permanent, e.maybe_sent) for e in (by_token, by_hook, looking)] == [(False, True)] * 3


@pytest.mark.parametrize("answers", [(), (HEAD,), (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n",)])
def test_a_heartbeat_that_dribbles_ends_in_time(answers: tuple[bytes, ...]) -> None:
    began = time.monotonic()
    with Dribbler(*answers, byte=b"X") as server, suppress(HeartbeatError):
        ping(f"http://127.0.0.1:{server.port}/", well=True, seconds=LIMIT)
    assert LIMIT - 0.1 < time.monotonic() - began < IN_TIME


def test_the_limit_holds_for_its_own_thread_and_time() -> None:
    with Dribbler() as server:
        with TimeLimit(0.05):
            pass
        with connect(("127.0.0.1", server.port), 5) as free:
            time.sleep(0.2)
            free.sendall(b"still open")
        with TimeLimit(0.1) as limit:
            time.sleep(0.3)
            assert limit.expired
            with pytest.raises(TimeoutError):
                connect(("127.0.0.1", server.port), 5)


def test_a_name_server_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers.wait(60) and [])
    error = ended(lambda: mail(25).send("1" * 64, [ilacs()]))
    answers.set()
    assert "the name 127.0.0.1 was not found in time" in str(error)
    assert (error.permanent, error.maybe_sent) == (False, False)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "x" * 70 + ".example", "..", "a..b.example"])
def test_a_name_that_leads_nowhere_is_a_failure_of_the_connection(host: str) -> None:
    with TimeLimit(IN_TIME), pytest.raises((OSError, UnicodeError)):
        connect((host, 25))
