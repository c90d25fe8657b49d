"""The mail as it is written, and what each of a server's answers means, against a local server."""

from __future__ import annotations

import asyncio
import html
import re
import socket
import ssl
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event as Flag
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult

from monitor.model import DeliveryError
from monitor.model import Event as Happening
from notifiers.mail import page as mail_page
from notifiers.mail.notifier import MailNotifier
from tests.making import outward
from tests.notifiers.colours import contrast
from tests.notifiers.notifier_samples import CASES, hostile_events, ilacs, make_event, revised, visit, with_history

ID = "ab" * 32
NOW = datetime(2025, 5, 13, 8, 5, tzinfo=UTC)
SENDER = "Ofsted watch <bot@example.org>"


def notifier(port: int = 25, **given: Any) -> MailNotifier:
    settings = {"sender": SENDER, "host": "127.0.0.1", "port": port, "security": "none", "timeout": 20.0}
    return MailNotifier("ann@council.example", **{**settings, **given})


def mail_of(*events: Happening) -> EmailMessage:
    raw = notifier().message(ID, events, NOW).as_bytes()
    parsed = message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


# the mail


def page_of(*events: Happening) -> str:
    return mail_page.html(events, "bot@example.org")


@pytest.mark.parametrize("name", CASES)
def test_html_is_the_reviewed_one(name: str, golden: Callable[[str, str], None]) -> None:
    golden(f"{name}.html", mail_page.body([CASES[name]]))


def test_digest_html_is_the_reviewed_one(golden: Callable[[str, str], None]) -> None:
    several = [with_history(), visit(council="Brent"), CASES["press.published"], CASES["report.replaced"]]
    golden("digest.html", mail_page.body(several))


def test_the_frame_is_the_reviewed_one(golden: Callable[[str, str], None]) -> None:
    body, page = mail_page.body([visit()]), mail_page.html([visit()], "bot@example.org", WHY)
    assert page.count(body) == 1
    golden("frame.html", page.replace(body, "(the cards)\n"))


WHY = "the channel “directors” gets Ofsted's reports and letters about Devon, each day at 08:00"


def test_the_footer_says_why_one_gets_it_from_whom_and_how_to_change_it() -> None:
    mail = notifier(why=WHY).message(ID, [ilacs()], NOW)
    for kind in ("plain", "html"):
        said = html.unescape(body(mail, kind))
        assert (
            f"You get this because {WHY}. To change that, or to stop these e-mails, write to bot@example.org." in said
        )
        assert "Sent by ofsted-watch." in said
    assert "You get this" not in body(mail_of(ilacs()), "plain")


def test_what_is_asked_stands_before_the_quotations_and_these_by_judgement() -> None:
    spoken = {"care_leavers": {"text": "Care leavers wait too long.", "page": 7},
              "help_and_protection": {"text": "Thresholds are not understood.", "page": 4}}  # fmt: skip
    event = revised(with_history(), after={**outward(with_history().after), "by_judgement": spoken})
    order = [
        "Help and protection",
        "What needs to improve",
        "too many children",
        "Thresholds are not understood",
        "Care leavers wait too long",
        "10 to 21 March 2025",
    ]
    for said in (mail_page.text([event], "off@example.org"), mail_page.body([event])):
        places = [said.index(words) for words in order]
        assert places == sorted(places)


def test_at_a_glance_leads_to_each_piece_of_news() -> None:
    page = page_of(*[visit(id=f"e{n}", council=f"Council {n}") for n in range(5)])
    assert (
        re.findall(r'href="#(news-\d)"', page)
        == re.findall(r'id="(news-\d)"', page)
        == [f"news-{n}" for n in range(1, 6)]
    )


def test_headers_say_what_and_from_whom() -> None:
    mail = mail_of(ilacs())
    assert mail["Message-ID"] == f"<{ID}@example.org>"
    assert mail["Date"].datetime == NOW
    assert str(mail["From"]) == SENDER
    assert mail["List-Id"] == "<ofsted-watch.example.org>"
    assert mail["List-Unsubscribe"] == "<mailto:bot@example.org?subject=unsubscribe>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Subject"] == (
        "[Critical] Devon: Requires improvement overall (was Inadequate), but 1 judgement declined, "
        "inspection report published 13 May 2025"
    )


def test_mails_of_one_story_are_one_thread() -> None:
    first, second = mail_of(ilacs()), mail_of(make_event("news.published"))
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert mail_of(ilacs(story="another"))["References"] != first["References"]
    assert mail_of(ilacs(), visit())["References"] == first["References"]
    assert mail_of(ilacs(), ilacs(story="another"))["References"] is None
    assert mail_of(ilacs(story=None))["References"] is None


def test_a_mail_is_words_without_a_picture() -> None:
    parts = [part.get_content_type() for part in mail_of(with_history()).walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]


def test_a_mail_of_many_events_stays_a_mail_that_is_read() -> None:
    many = [with_history(id=f"e{i}", council=f"Council {i}") for i in range(150)]
    mail = mail_of(*many)
    page = body(mail, "html")
    assert len(page.encode()) < 102_000
    assert re.search(r"And 14\d more pieces of news", page)
    assert re.search(r"The other 4\d pieces of news are in the plain-text part", page)
    assert all(f"Council {i}:" in body(mail, "plain") for i in range(150))


def test_the_page_is_whole_without_its_style_sheet() -> None:
    for name in CASES:
        head, _, rest = page_of(CASES[name]).partition("<style>")
        shown = re.sub(r"<!--\[if mso\].*?<!\[endif\]-->", "", head + rest.partition("</style>")[2])
        assert "http" not in re.sub(r'href="[^"]*"', "", shown).replace("http://www.w3.org/1999/xhtml", ""), name
        assert not [tag for tag in re.findall(r"<(?:td|th|p|h1|a)\b[^>]*>", shown) if "style=" not in tag], name
        assert "<script" not in shown


@pytest.mark.parametrize("name", CASES)
def test_a_dark_page_has_no_dark_words(name: str) -> None:
    page = page_of(CASES[name])
    dark = page.partition("prefers-color-scheme: dark")[2].partition("@media")[0]
    light = set(re.findall(r"\.ink (\w+)", dark.partition("color: #f1f3f4")[0]))
    inked = re.findall(r'<(\w+) (?:[^>]*)style="[^"]*color:#0b0c0c[^"]*"', page.partition("<body")[2])
    assert set(inked) - {"table", "span"} <= light  # a badge has a colour of its own behind it


def test_words_of_the_page_stand_out_from_what_is_behind_them() -> None:
    for behind, ink in mail_page.BADGES.values():
        assert contrast(behind, ink) >= 4.5


def test_plain_text_and_html_say_the_same() -> None:
    mail = mail_of(ilacs())
    for said in (
        "Requires improvement, declined from Good ↓",
        "Children in care",
        "page=1",
        "10 to 21 March 2025",
        "wait too long",
    ):
        assert said in body(mail, "plain")
        assert said in body(mail, "html")


def test_texts_from_a_source_are_escaped_in_html() -> None:
    page = body(mail_of(make_event("news.published", title="<script>alert(1)</script> &lt; {{ 7*7 }}")), "html")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; {{ 7*7 }}" in page
    assert "<script" not in page


def test_no_header_comes_from_a_title() -> None:
    known = set(mail_of(ilacs()).keys())
    for event in hostile_events():
        mail = mail_of(event, event)
        assert mail["Bcc"] is None
        assert set(mail.keys()) <= known


@pytest.mark.parametrize("domain", ["x" * 60 + ".example", "xn--bcher-kva.example"])
def test_a_long_domain_breaks_no_header(domain: str) -> None:
    out = MailNotifier(f"{'a' * 60}@{domain}", sender=f"{'b' * 60}@{domain}", host="h", port=25, security="none")
    raw = out.message(ID, [ilacs()], NOW).as_bytes()
    headers = raw.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ").decode()
    assert f"Message-ID: <{ID}@{domain}>" in headers
    assert f"List-Unsubscribe: <mailto:{'b' * 60}@{domain}?subject=unsubscribe>" in headers
    assert "References: <story-" in headers
    assert f"To: {'a' * 60}@{domain}\r\n" in headers


@pytest.mark.parametrize(
    "settings",
    [
        {"to": "nobody"},
        {"to": "a@b.example, c@d.example"},
        {"to": "a@b.example\r\nBcc: c@d.example"},
        {"to": "ä@b.example"},
        {"to": ""},
        {"sender": "a"},
        {"security": "ssl"},
        {"user": "u"},
        {"user": "u", "password": "geheimnißvoll"},
    ],
)
def test_settings_that_cannot_work_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"address|security|password") as caught:
        MailNotifier(**{"to": "a@b.example", "sender": SENDER, "host": "h", "port": 25, **settings})
    assert "geheim" not in str(caught.value)


# the conversation


class Handler:
    """Answers as told, and keeps what it accepted."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.kept: list[bytes] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.rcpt_tos.append(address)
        return self.answers.get("rcpt", "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.kept.append(envelope.original_content)
        if self.answers.get("data") == "drop":
            server.transport.abort()
        return self.answers.get("data", "250 OK")


@contextmanager
def serving(handler: Handler, **options: Any) -> Iterator[int]:
    """An SMTP server on 127.0.0.1 in a thread of its own."""
    ready, loop, ports = Flag(), asyncio.new_event_loop(), []
    implicit = options.pop("implicit_tls", None)

    async def serve() -> None:
        server = await loop.create_server(
            lambda: SMTP(handler, loop=loop, timeout=5, **options), "127.0.0.1", 0, ssl=implicit
        )
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        async with server:
            await stopped.wait()
        await asyncio.sleep(0.05)

    stopped = asyncio.Event()
    thread = Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(60)
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join(5)
        loop.close()


def failure(port: int, **given: Any) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        notifier(port, **given).send(ID, [ilacs()])
    return caught.value


def test_a_mail_is_handed_over() -> None:
    handler = Handler()
    with serving(handler) as port:
        assert notifier(port).send(ID, [ilacs()], maybe_sent=True) == f"<{ID}@example.org>"
    assert len(handler.kept) == 1
    assert max(map(len, handler.kept[0].split(b"\r\n"))) <= 998


@pytest.mark.parametrize(
    ("answers", "permanent", "words"),
    [
        ({"rcpt": "550 5.1.1 no such user"}, True, "recipient ann@council.example refused: 5.1.1 no such user"),
        ({"rcpt": "451 4.7.1 greylisted"}, False, "451: recipient ann@council.example refused: 4.7.1 greylisted"),
        ({"data": "554 5.7.1 spam"}, True, "answered 554: mail refused: 5.7.1 spam"),
        ({"data": "452 4.3.1 full"}, False, "answered 452: mail refused: 4.3.1 full"),
    ],
)
def test_refusals_are_told_in_the_servers_words(answers: dict[str, str], permanent: bool, words: str) -> None:
    with serving(Handler(**answers)) as port:
        error = failure(port)
    assert (error.permanent, error.maybe_sent) == (permanent, False)
    assert words in str(error)


def test_a_connection_lost_after_the_mail_leaves_its_fate_open() -> None:
    handler = Handler(data="drop")
    with serving(handler) as port:
        errors = [failure(port), failure(port)]
    assert {(e.permanent, e.maybe_sent) for e in errors} == {(False, True)}
    assert len({message_from_bytes(raw)["Message-ID"] for raw in handler.kept}) == 1


@pytest.mark.parametrize("answer", ["garbage", "25", "354 go on", "999 what", "150 wait"])
def test_an_answer_to_the_mail_that_is_neither_yes_nor_no_leaves_its_fate_open(answer: str) -> None:
    with serving(Handler(data=answer)) as port, pytest.raises(DeliveryError) as caught:
        notifier(port=port).send(ID, [ilacs()])
    assert (caught.value.permanent, caught.value.maybe_sent) == (False, True)


def test_a_server_that_is_not_there_got_nothing() -> None:
    for error in (failure(9), failure(25, host="no-such-host.invalid")):
        assert (error.permanent, error.maybe_sent) == (False, False)


def test_a_server_without_starttls_is_refused_for_good() -> None:
    with serving(Handler()) as port:
        error = failure(port, security="starttls")
    assert error.permanent
    assert "STARTTLS" in str(error)


def login(code: int) -> Callable[..., AuthResult]:
    def check(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        good = (data.login, data.password) == (b"bot", b"pa55word-secret")
        return AuthResult(success=good, handled=False, message=None if good else f"{code} no: {data.password.decode()}")

    return check


@pytest.mark.parametrize(("code", "permanent"), [(535, True), (454, False)])
def test_a_wrong_password_is_never_told(code: int, permanent: bool) -> None:
    options = {"authenticator": login(code), "auth_require_tls": False}
    with serving(Handler(), **options) as port:
        error = failure(port, user="bot", password="another-secret")
        notifier(port, user="bot", password="pa55word-secret").send(ID, [ilacs()])
    assert error.permanent is permanent
    assert str(code) in str(error)
    assert "another-secret" not in "".join(traceback.format_exception(error)).replace('password="another-secret"', "")


LOGINS = {
    "hangs up after the refusal": ["AUTH PLAIN LOGIN", "535 5.7.8 no", None],
    "refuses one way, is busy with the next": ["AUTH PLAIN LOGIN", "535 5.7.8 no", "454 4.7.0 later"],
    "does not know the next way": ["AUTH PLAIN LOGIN", "534 5.7.9 no", "504 5.5.4 what"],
    "knows none of our ways": ["AUTH XOAUTH2 GSSAPI"],
    "wants another way": ["AUTH PLAIN", "550 5.7.0 use a token"],
    "has no logins": ["SIZE 1000"],
}


@pytest.mark.parametrize("steps", LOGINS.values(), ids=LOGINS)
def test_a_login_that_is_refused_is_refused_for_good(steps: list[str | None]) -> None:
    with scripted(*steps) as port:
        assert failure(port, user="bot", password="another-secret").permanent


@pytest.mark.parametrize("steps", [["454 4.7.0 later"], ["432 4.7.12 wait"], ["421 4.3.0 closing"], [None]])
def test_a_login_that_could_not_be_tried_is_tried_again(steps: list[str | None]) -> None:
    with scripted("AUTH PLAIN", *steps) as port:
        assert not failure(port, user="bot", password="another-secret").permanent


@contextmanager
def scripted(extension: str | None, *answers: str | None) -> Iterator[int]:
    """A server that answers each command of a login as it is told; at None it hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk() -> None:
            peer, _ = listener.accept()
            with peer, peer.makefile("rb") as lines:
                peer.sendall(b"220 mail.test\r\n")
                for answer in (f"250-mail.test\r\n250 {extension}", *answers):
                    if answer is None or not lines.readline():
                        return
                    peer.sendall(answer.encode() + b"\r\n")
                lines.readline()

        Thread(target=talk, daemon=True).start()
        yield listener.getsockname()[1]


@pytest.mark.parametrize(
    ("given", "greeting"),
    [
        ({}, b"ehlo example.org"),
        ({"ehlo": "watch.council.example"}, b"ehlo watch.council.example"),
        ({"sender": "bot@mail.other.example"}, b"ehlo mail.other.example"),
        ({"sender": "Ofsted <bot@third.example>"}, b"ehlo third.example"),
    ],
)
def test_the_server_is_greeted_with_a_name_that_it_can_look_up(given: dict[str, str], greeting: bytes) -> None:
    heard = list[bytes]()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def talk() -> None:
            peer, _ = listener.accept()
            with peer, peer.makefile("rb") as lines:
                peer.sendall(b"220 mail.test\r\n")
                heard.append(lines.readline().strip())

        Thread(target=talk, daemon=True).start()
        failure(listener.getsockname()[1], **given)
    assert heard == [greeting]


# certificates


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_certificates_are_checked(certificate: Path, security: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    options = {"tls_context": context} if security == "starttls" else {"implicit_tls": context}
    handler = Handler()
    with serving(handler, **options) as port:
        error = failure(port, security=security)
        notifier(port, security=security, cafile=str(certificate)).send(ID, [ilacs()])
    assert not error.permanent  # it is tried for days: certificates are renewed, clocks set right
    assert "certificate of 127.0.0.1" in str(error)
    assert "self-signed" in str(error)
    assert len(handler.kept) == 1
