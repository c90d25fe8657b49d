"""The mail server's strict stand-in: lints every mail, fails by address, loses connections on request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from monitor.model import DeliveryError
from notifiers.mail.notifier import MailNotifier
from tests.notifiers.notifier_samples import CASES, hostile_events, ilacs

pytestmark = pytest.mark.corpus
ID = "ab" * 32


@pytest.fixture
def server(start_double: Callable[..., Any]) -> Any:
    return start_double("smtp.py")


@pytest.fixture
def tls_server(start_double: Callable[..., Any]) -> Any:
    return start_double("smtp.py", "--tls", "--auth", "bot:right-secret")


def notifier(server: Any, to: str = "ann@council.example", **given: Any) -> MailNotifier:
    settings = {"sender": "Ofsted watch <bot@example.org>", "host": "127.0.0.1", "security": "none", "timeout": 20.0}
    return MailNotifier(to, **{**settings, "port": server.port, **given})


def fails(out: MailNotifier) -> tuple[bool, bool]:
    with pytest.raises(DeliveryError) as caught:
        out.send(ID, [ilacs()])
    assert "secret" not in str(caught.value).replace("[secret]", "")
    return caught.value.permanent, caught.value.maybe_sent


@pytest.mark.parametrize(
    ("fault", "meaning", "kept"),
    [
        ("connect_421", (False, False), 0),
        ("connect_reset", (False, False), 0),
        ("mail_451", (False, False), 0),
        ("rcpt_451", (False, False), 0),
        ("rcpt_550", (True, False), 0),
        ("data_451", (False, False), 0),
        ("data_554", (True, False), 0),
        ("drop_before_data", (False, True), 0),
        ("drop_after_data", (False, True), 1),
        ("hang_after_data", (False, True), 1),
    ],
)
def test_each_fault_is_understood(server: Any, fault: str, meaning: tuple[bool, bool], kept: int) -> None:
    server.fault(fault, seconds=2.0) if fault == "hang_after_data" else server.fault(fault)
    assert fails(notifier(server, timeout=1.0 if fault == "hang_after_data" else 20.0)) == meaning
    assert len(server.get("/_mails")) == kept
    message_id = notifier(server).send(ID, [ilacs()], maybe_sent=meaning[1])
    assert [m["message_id"] for m in server.get("/_mails")] == [message_id] * (kept + 1)


@pytest.mark.parametrize(
    ("to", "permanent"),
    [("tempfail@x.example", False), ("defer@x.example", False), ("full@x.example", False), ("nouser@x.example", True)],
)
def test_a_refused_recipient_is_understood(server: Any, to: str, permanent: bool) -> None:
    assert fails(notifier(server, to)) == (permanent, False)


def test_a_refused_sender_is_refused_for_good(server: Any) -> None:
    assert fails(notifier(server, sender="blocked@example.org")) == (True, False)


def test_a_slow_greeting_is_a_temporary_failure(server: Any) -> None:
    server.control(settings={"greeting_delay": 2.0})
    assert fails(notifier(server, timeout=0.5)) == (False, False)


def test_starttls_and_login(tls_server: Any, tmp_path: Any) -> None:
    cafile = tmp_path / "ca.pem"
    cafile.write_text(tls_server.text("/_cert"))
    safe = {"security": "starttls", "user": "bot", "password": "right-secret", "cafile": str(cafile)}
    notifier(tls_server, **safe).send(ID, [ilacs()])
    (mail,) = tls_server.get("/_mails")
    assert (mail["tls"], mail["user"], mail["problems"]) == (True, "bot", [])
    assert fails(notifier(tls_server, **{**safe, "password": "wrong-secret"})) == (True, False)
    assert fails(notifier(tls_server, **{**safe, "cafile": None})) == (False, False)
    assert fails(notifier(tls_server)) == (True, False)
    tls_server.fault("auth_454", times=9)
    assert fails(notifier(tls_server, **safe)) == (False, False)


def test_every_kind_of_event_is_mailed_without_a_problem(server: Any) -> None:
    out = notifier(server)
    for name, event in CASES.items():
        out.send(name, [event])
    out.send("all", list(CASES.values()) * 5)
    mails = server.get("/_mails")
    assert len(mails) == len(CASES) + 1
    assert [m["problems"] for m in mails if m["problems"]] == []
    assert all(m["text"] and m["html"] and m["rcpt_tos"] == ["ann@council.example"] for m in mails)


def test_hostile_texts_are_mailed_without_a_problem(server: Any) -> None:
    out = notifier(server)
    events = hostile_events()
    for i, event in enumerate(events):
        out.send(f"{i:064x}", [event])
    out.send("digest", events[:120])
    mails = server.get("/_mails")
    assert len(mails) == len(events) + 1
    assert [m["problems"] for m in mails if m["problems"]] == []
    assert not [m for m in mails if "Bcc" in m["headers"] or m["rcpt_tos"] != ["ann@council.example"]]
