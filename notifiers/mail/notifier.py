"""E-mail over SMTP, one recipient a notifier: several recipients are several channels, so that one
refused address neither stops nor repeats another's mail.

A mail tried again has the same Message-ID, by which many mailboxes know a repeat; SMTP itself cannot be
asked whether it was accepted.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from hashlib import sha256
from typing import Literal, get_args

from monitor.model import Event, Thread
from monitor.model.event import story_of
from notifiers.mail import page as mail_page
from notifiers.mail.errors import Failures, refusal
from notifiers.mail.headers import WireHeaders
from notifiers.mail.server import Server, TlsServer
from notifiers.time_limit import TimeLimit
from notifiers.wording_faults import worded

Security = Literal["starttls", "tls", "none"]
POLICY = WireHeaders(linesep="\r\n")
LIMIT_SECONDS = 120.0
"""The whole conversation: a server may look through a mail for long before it says that it has it."""


class MailNotifier:
    """Mails `to` from `sender` through one SMTP server.

    `security`: "starttls", "tls" from the start, or "none"; certificates are always checked, against
    `cafile` if given. `user` and `password` go together. `why` says in the footer why one gets it; who wants no more
    writes to the sender. The server is greeted with the name `ehlo`, by default with the sender's domain: a container's
    own name is none that can be looked up, and some servers refuse it. `timeout` for each wait and `limit` for
    the whole conversation, in seconds. Raises ValueError for what cannot work.
    """

    def __init__(
        self,
        to: str,
        *,
        sender: str,
        host: str,
        port: int,
        security: Security = "starttls",
        user: str | None = None,
        password: str | None = None,
        cafile: str | None = None,
        why: str = "",
        ehlo: str | None = None,
        timeout: float = 30.0,
        limit: float = LIMIT_SECONDS,
    ) -> None:
        if security not in get_args(Security):
            raise ValueError(f"security is {security!r}, not one of {', '.join(get_args(Security))}")
        if (user is None) != (password is None) or not f"{user}{password}".isascii():
            raise ValueError("user and password go together, in ASCII characters")
        self.to, self.sender = _address(to), _address(sender)
        self.why, self.ehlo = why, ehlo or self.sender.domain
        self.host, self.port = host, port
        self.security, self.timeout, self.limit = security, timeout, limit
        self._login = (user, password) if user is not None and password is not None else None
        self._context = None if security == "none" else ssl.create_default_context(cafile=cafile)

    def message(self, message_id: str, events: Sequence[Event], now: datetime) -> EmailMessage:
        """The mail, dated `now`. Pure."""
        mail = EmailMessage(policy=POLICY)
        for name, value in self._headers(message_id, events).items():
            mail[name] = value
        mail["From"], mail["To"], mail["Date"] = self.sender, self.to, now
        sender = self.sender.addr_spec
        mail.set_content(mail_page.text(events, sender, self.why), cte="quoted-printable")
        page = mail_page.html(events, sender, self.why)
        mail.add_alternative(page, subtype="html", cte="quoted-printable")
        return mail

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str:
        """Hand the mail to the server; return its Message-ID. Raises DeliveryError."""
        now = datetime.now(UTC)
        name, mail = worded(lambda told: self._written(message_id, told, now), events)
        failures = Failures(f"{self.host}:{self.port}", self._login)
        with TimeLimit(self.limit), failures.told():
            server = self._connect()
            try:
                self._hand_over(server, mail, failures)
            finally:
                _leave(server)
        return name

    def _written(self, message_id: str, events: Sequence[Event], now: datetime) -> tuple[str, bytes]:
        """The mail's Message-ID, and the mail as it goes over."""
        mail = self.message(message_id, events, now)
        return str(mail["Message-ID"]), mail.as_bytes()

    def _headers(self, message_id: str, events: Sequence[Event]) -> dict[str, str]:
        domain = self.sender.domain
        headers = {
            "Subject": mail_page.subject(events),
            "Message-ID": f"<{message_id}@{domain}>",
            "List-Id": f"<ofsted-watch.{domain}>",
            "List-Unsubscribe": f"<mailto:{self.sender.addr_spec}?subject=unsubscribe>",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        }
        root = _story(events)
        return {**headers, "In-Reply-To": f"<{root}@{domain}>", "References": f"<{root}@{domain}>"} if root else headers

    def _connect(self) -> smtplib.SMTP:
        if self.security == "tls":
            return TlsServer(
                self.host, self.port, local_hostname=self.ehlo, timeout=self.timeout, context=self._context
            )
        return Server(self.host, self.port, local_hostname=self.ehlo, timeout=self.timeout)

    def _hand_over(self, server: smtplib.SMTP, mail: bytes, failures: Failures) -> None:
        if self.security == "starttls":
            server.starttls(context=self._context)
        if self._login:
            server.login(*self._login)
        server.ehlo_or_helo_if_needed()
        refusal("sender", *server.mail(self.sender.addr_spec))
        refusal(f"recipient {self.to.addr_spec}", *server.rcpt(self.to.addr_spec))
        failures.ambiguous = True
        refusal("mail", *server.data(mail))


def _address(text: str) -> Address:
    """One address, plain or as `Name <address>`."""
    name, _, spec = text.strip().removesuffix(">").rpartition("<")
    try:
        found = Address(name.strip().strip('"'), addr_spec=spec.strip())
    except (ValueError, IndexError, MessageError) as error:  # which of them depends on the Python
        raise ValueError(f"{text!r} is not one e-mail address: {error}") from error
    if not (found.username and found.domain and found.addr_spec.isascii() and text.isprintable()):
        raise ValueError(f"{text!r} is not one e-mail address in ASCII characters")
    return found


def _story(events: Sequence[Event]) -> str | None:
    """The name of the thread's root, which is no mail: it is made from the story; None where there are several or
    none, for what has no story in common is no thread."""
    only = story_of(events)
    return f"story-{sha256(only.encode(errors='replace')).hexdigest()[:24]}" if only else None


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye; what the server makes of it no longer matters."""
    with suppress(smtplib.SMTPException, OSError):
        server.quit()
    server.close()
