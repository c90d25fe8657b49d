"""The webhook's payload, its signature, and what each answer means, against local servers."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import socket
import ssl
import struct
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from monitor.model import DeliveryError, Event, to_json
from monitor.model.payloads import FAMILIES, PagePayload
from monitor.model.trouble import Trouble
from notifiers.retry_after import LONGEST_WAIT, asked_in
from notifiers.webhook import WebhookNotifier
from tests.notifiers.notifier_samples import CASES, hostile_events, ilacs, make_event, visit

ID = "ab" * 16
SECRET = "correct-horse-secret"
TOKEN = "t0ken&very/secret"
PATH = "/hooks/0123456789abcdef-secret"
NOW = datetime(2025, 5, 13, 8, 5, tzinfo=UTC)
DOCS = Path(__file__).parents[2] / "docs" / "webhook.md"


def at(base: str, **given: Any) -> WebhookNotifier:
    url = f"{base}{PATH}?token=t0ken%26very%2Fsecret"
    return WebhookNotifier(url=url, secret=SECRET, **{"timeout": 20.0, **given})


@pytest.fixture
def hook(httpserver: HTTPServer) -> WebhookNotifier:
    return at(httpserver.url_for(""))


def failure(notifier: WebhookNotifier) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        notifier.send(ID, [ilacs()])
    shown = "".join(traceback.format_exception(caught.value)).replace("[secret]", "")
    assert not [part for part in ("secret", "t0ken", "horse", "0123456789") if part in shown], shown
    assert str(caught.value).isprintable()
    return caught.value


def fate(error: DeliveryError) -> tuple[bool, bool]:
    return error.permanent, error.maybe_sent


# what is sent


def test_events_are_those_of_the_model(hook: WebhookNotifier) -> None:
    events = [ilacs(), visit(id="2e" * 16)]
    assert json.loads(hook.payload(ID, events, NOW)) == {
        "id": ID,
        "sent": "2025-05-13T08:05:00+00:00",
        "events": [to_json(event) for event in events],
    }


@pytest.mark.parametrize("of", [Event, PagePayload, *(of for family, of in FAMILIES.items() if family != "receipt")])
def test_the_page_about_webhooks_names_every_part_of_an_event(of: type) -> None:
    said = re.sub(r"```.*?```", "", DOCS.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = {word for code in re.findall(r"`([^`\n]+)`", said) for word in re.findall(r"\w+", code)}
    assert {field.name for field in fields(of)} - {"extra", "order"} - named == set()
    assert {trouble.value for trouble in Trouble} - named == set()


def test_every_event_is_json_in_utf8(hook: WebhookNotifier) -> None:
    for event in [*CASES.values(), *hostile_events()]:
        body = hook.payload(ID, [event], NOW)
        assert b"\\ud" not in body
        assert json.loads(body.decode("utf-8"))["events"][0]["kind"] == event.kind


def test_a_message_is_posted_once_and_signed(hook: WebhookNotifier, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PATH, method="POST").respond_with_data("", 204)
    before = int(time.time())
    assert hook.send(ID, [make_event(title="Kinder → Hülfe 🙂")], maybe_sent=True) is None
    assert len(httpserver.log) == 1
    request = httpserver.log[0][0]
    assert request.args["token"] == TOKEN
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["User-Agent"] == "ofsted-watch"
    assert request.headers["X-Ofsted-Watch-Id"] == ID
    stamp = request.headers["X-Ofsted-Watch-Timestamp"]
    assert before <= int(stamp) <= time.time()
    key, padding = SECRET.encode(), bytes(64 - len(SECRET))  # HMAC by its definition, RFC 2104
    inner, outer = (bytes(b ^ x for b in key + padding) for x in (0x36, 0x5C))
    text = f"{stamp}.".encode() + request.get_data()
    expected = hashlib.sha256(outer + hashlib.sha256(inner + text).digest()).hexdigest()
    assert request.headers["X-Ofsted-Watch-Signature"] == f"sha256={expected}"


def test_another_try_has_the_same_id(hook: WebhookNotifier, httpserver: HTTPServer) -> None:
    httpserver.expect_ordered_request(PATH).respond_with_data("", 500)
    httpserver.expect_ordered_request(PATH).respond_with_data("ok")
    assert failure(hook).maybe_sent
    hook.send(ID, [ilacs()], maybe_sent=True)
    first, second = (request.get_json() for request, _ in httpserver.log)
    assert (first["id"], first["events"]) == (second["id"], second["events"])


def test_the_documented_check_holds(hook: WebhookNotifier, httpserver: HTTPServer) -> None:
    httpserver.expect_request(PATH).respond_with_data("ok")
    hook.send(ID, [ilacs()])
    request = httpserver.log[0][0]
    named: dict[str, Any] = {}
    found = re.search(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    exec(found.group(1), named)
    genuine: Callable[..., bool] = named["genuine"]
    assert genuine(SECRET, request.headers, request.get_data())
    assert not genuine("another", request.headers, request.get_data())
    assert not genuine(SECRET, request.headers, request.get_data() + b" ")
    old = str(int(time.time()) - 600)
    signed = hmac.new(SECRET.encode(), f"{old}.".encode() + request.get_data(), "sha256").hexdigest()
    late = {"X-Ofsted-Watch-Timestamp": old, "X-Ofsted-Watch-Signature": f"sha256={signed}"}
    assert not genuine(SECRET, late, request.get_data())


def test_the_documented_example_is_a_message(hook: WebhookNotifier) -> None:
    found = re.search(r"```json\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    example = json.loads(found.group(1))
    made = json.loads(hook.payload(ID, [ilacs()], NOW))
    assert list(example) == list(made)
    assert list(example["events"][0]) == list(made["events"][0])


@pytest.mark.parametrize(
    "settings",
    [
        {"url": "hush"},
        {"url": "ftp://a.example/hush"},
        {"url": "file:///etc/hush"},
        {"url": "https:///hush"},
        {"url": "https://a.example:x/hush"},
        {"url": "https://a.example:0/hush"},
        {"url": "https://a.example/se cret"},
        {"url": "https://a.example/ü?hush"},
        {"url": f"https://{'a' * 64}.example/hush"},
        {"url": "https://user:hush@a.example/"},
        {"url": "https://a.example/", "secret": ""},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="webhook") as caught:
        WebhookNotifier(**{"secret": "hush", **settings})
    assert "hush" not in str(caught.value)
    assert caught.value.__context__ is None


# answers


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_every_2xx_is_a_yes(hook: WebhookNotifier, httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request(PATH).respond_with_data("whatever" * (status != 204), status)
    hook.send(ID, [ilacs()])


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 413, 422])
def test_refusals_for_good(hook: WebhookNotifier, httpserver: HTTPServer, status: int) -> None:
    httpserver.expect_request(PATH).respond_with_data("<h1>no such</h1>\r\nhook", status)
    error = failure(hook)
    assert fate(error) == (True, False)
    assert str(error) == f"localhost:{httpserver.port} answered {status}: no such hook"


@pytest.mark.parametrize(("status", "maybe"), [(408, False), (429, False), (500, True), (502, True), (503, True)])
@pytest.mark.parametrize(("value", "seconds"), [("30", 30), ("date", 90), ("soon", None), (None, None)])
def test_refusals_for_now(
    hook: WebhookNotifier, httpserver: HTTPServer, status: int, maybe: bool, value: str | None, seconds: float | None
) -> None:
    wait = formatdate(time.time() + 90, usegmt=True) if value == "date" else value
    httpserver.expect_request(PATH).respond_with_data("", status, {"Retry-After": wait} if wait else {})
    error = failure(hook)
    assert fate(error) == (False, maybe)
    assert error.retry_after == (None if seconds is None else pytest.approx(seconds, abs=3))
    assert str(error).endswith(f"answered {status}: nothing")
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("value", ["9" * 15, "Fri, 31 Dec 9999 23:59:59 GMT"])
def test_no_wait_that_is_asked_for_is_endless(value: str) -> None:
    assert asked_in({"RETRY-AFTER": value}, NOW.timestamp()) == LONGEST_WAIT


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("https://ann:pw@login.example:8443/?next=0123456789abcdef-secret", "https://login.example"),
        ("/elsewhere-secret", "http://localhost"),
        ("file:///etc/secret", "no address"),
    ],
)
def test_a_redirect_is_told_and_not_followed(
    hook: WebhookNotifier, httpserver: HTTPServer, status: int, location: str, told: str
) -> None:
    httpserver.expect_request(PATH).respond_with_data("", status, {"Location": location})
    error = failure(hook)
    assert fate(error) == (True, False)
    assert f"answered {status}: it leads to {told}, and no redirect" in str(error)
    assert len(httpserver.log) == 1


@pytest.mark.parametrize("header", [b"", b"Location: http://[secret\r\n", b"Location: mailto:secret@a.example\r\n"])
def test_a_redirect_without_a_usable_address(raw: Callable[..., str], header: bytes) -> None:
    error = failure(at(raw(b"HTTP/1.1 304 X\r\n" + header + b"\r\n")))
    assert fate(error) == (True, False)
    assert "it leads to no address" in str(error)


@pytest.mark.parametrize(
    "echo", [SECRET, TOKEN, "t0ken&amp;very/secret", "t0ken%26very%2Fsecret", PATH, PATH[7:], "token=" + TOKEN[:9]]
)
@pytest.mark.parametrize("length", [0, 100, 150, 4070, 4080, 4090])
def test_an_echoed_secret_is_not_told(hook: WebhookNotifier, httpserver: HTTPServer, echo: str, length: int) -> None:
    body = "<b>" + "x" * 90 + "<i y='" + "z" * max(length - 99, 0) + "'>" + "cannot POST " + echo
    httpserver.expect_request(PATH).respond_with_data(body, 403)
    with pytest.raises(DeliveryError) as caught:
        hook.send(ID, [ilacs()])
    shown = str(caught.value).replace("[secret]", "")
    assert not [part for part in ("secret", "t0ken", "horse", "0123456789") if part in shown], shown


# connections


@pytest.fixture
def raw() -> Iterator[Callable[..., str]]:
    """A server that reads a request and answers with the given bytes, or not; then it closes, resets or waits."""
    opened: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def serve(answer: bytes = b"", then: str = "close") -> str:
        server = socket.create_server(("127.0.0.1", 0))
        opened.append(server)

        def accept() -> None:
            connection, _ = server.accept()
            opened.append(connection)
            received = b""
            while not received.endswith(b"}]}"):
                received += connection.recv(65536)
            connection.sendall(answer)
            if then == "reset":
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            if then != "wait":
                connection.close()

        threads.append(threading.Thread(target=accept))
        threads[-1].start()
        return f"http://127.0.0.1:{server.getsockname()[1]}"

    yield serve
    for thread in threads:
        thread.join(5)
    for one in opened:
        one.close()


@pytest.mark.parametrize("then", ["close", "reset", "wait"])
@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 2", b"SSH-2.0-Server\r\n"])
def test_a_lost_answer_leaves_the_fate_open(raw: Callable[..., str], answer: bytes, then: str) -> None:
    error = failure(at(raw(answer, then), timeout=0.3))
    assert fate(error) == (False, True)
    assert str(error).startswith("no answer from 127.0.0.1:")


@pytest.mark.parametrize("then", ["close", "wait"])
def test_the_rest_of_an_answer_does_not_matter(raw: Callable[..., str], then: str) -> None:
    head = b"HTTP/1.1 %d X\r\nContent-Length: 1000\r\n\r\n"
    error = failure(at(raw(head % 403, then), timeout=2.0))
    assert fate(error) == (True, False)
    assert str(error).endswith("answered 403: nothing")
    at(raw(head % 200, then), timeout=2.0).send(ID, [ilacs()])


HINT = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"


@pytest.mark.parametrize(
    "hints", [HINT, HINT * 3, b"HTTP/1.1 102 Processing\r\n\r\n", b"HTTP/1.1 100 X\r\n\r\n" + HINT]
)
def test_what_a_server_says_before_its_answer_is_no_answer(raw: Callable[..., str], hints: bytes) -> None:
    at(raw(hints + b"HTTP/1.1 204 No Content\r\n\r\n"), timeout=2.0).send(ID, [ilacs()])
    error = failure(at(raw(hints + b"HTTP/1.1 403 X\r\nContent-Length: 0\r\n\r\n"), timeout=2.0))
    assert fate(error) == (True, False)


@pytest.mark.parametrize("then", ["close", "reset", "wait"])
@pytest.mark.parametrize("hints", [1, 1000])
def test_hints_without_an_answer_leave_the_fate_open(raw: Callable[..., str], then: str, hints: int) -> None:
    assert fate(failure(at(raw(HINT * hints, then), timeout=0.3))) == (False, True)


def test_a_long_answer_is_not_read_to_its_end(raw: Callable[..., str]) -> None:
    error = failure(at(raw(b"HTTP/1.1 400 X\r\n\r\n" + b"word " * 1000, "wait"), timeout=2))
    assert len(str(error)) < 300


@pytest.mark.parametrize("host", ["127.0.0.1:9", "no-such-host.invalid"])
def test_a_connection_never_made_sent_nothing(host: str) -> None:
    error = failure(at(f"http://{host}"))
    assert fate(error) == (False, False)
    assert str(error).startswith(f"cannot reach {host}: ")


def test_the_environments_proxy_is_used(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", httpserver.url_for(""))
    httpserver.expect_request(PATH, headers={"Host": "hooks.invalid"}).respond_with_data("ok")
    at("http://hooks.invalid").send(ID, [ilacs()])
    monkeypatch.setenv("http_proxy", "http://ann:t0ken@127.0.0.1:9")
    assert fate(failure(at("http://hooks.invalid"))) == (False, False)


def test_a_handshake_that_stalls_sent_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        error = failure(at(f"https://127.0.0.1:{server.getsockname()[1]}", timeout=0.3))
    assert fate(error) == (False, False)
    assert "timed out" in str(error)


# certificates


@pytest.fixture
def secure(certificate: Path) -> Iterator[HTTPServer]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with HTTPServer("127.0.0.1", ssl_context=context) as server:
        yield server


def test_an_unknown_certificate_is_refused(secure: HTTPServer) -> None:
    error = failure(at(secure.url_for("")))
    assert fate(error) == (False, False)
    assert str(error) == f"the certificate of 127.0.0.1:{secure.port} cannot be verified: self-signed certificate"
    assert secure.log == []


def test_a_known_certificate_is_taken(secure: HTTPServer, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    secure.expect_request(PATH).respond_with_data("ok")
    at(secure.url_for("")).send(ID, [ilacs()])
    assert len(secure.log) == 1


def test_a_certificate_for_another_name_is_refused(
    secure: HTTPServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    error = failure(at(f"https://localhost:{secure.port}"))
    assert fate(error) == (False, False)
    assert "certificate of localhost" in str(error)
