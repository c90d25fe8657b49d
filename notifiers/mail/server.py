"""An SMTP server as `smtplib` speaks to it, within a time limit and with answers of a bounded length."""

from __future__ import annotations

import smtplib
import socket
from typing import IO, Any

from notifiers.time_limit import connect

MAX_REPLY_BYTES = 65_536
"""All lines of one answer together; RFC 5321 (4.5.3.1.5) asks for 512 bytes a line."""

REFUSED_LOGINS = (530, 534, 535, 538, 550, 554)
"""Codes with which servers refuse a user or password (RFC 4954, 6, and two that are in use). 500 to 504 speak of one
way of logging in, and 4xx of now."""


class _BoundedReply:
    """The lines of one answer. A server that says "220-…" without end is treated as one that has gone away."""

    def __init__(self, lines: IO[bytes]) -> None:
        self._lines = lines
        self.left = MAX_REPLY_BYTES

    def readline(self, size: int) -> bytes:
        """The next line; empty at the end, also where a line was cut: "25" is no answer."""
        line = self._lines.readline(size)
        self.left -= len(line)
        return line if self.left > 0 and line.endswith(b"\n") else b""

    def close(self) -> None:
        """Read no more."""
        self._lines.close()


class Server(smtplib.SMTP):
    """Speaks without TLS until `starttls`."""

    file: Any
    _refused: smtplib.SMTPAuthenticationError | None = None

    def login(self, user: str, password: str, *, initial_response_ok: bool = True) -> tuple[int, bytes]:
        """Log in. Raises SMTPAuthenticationError, with the server's "no" if it said so to any of the ways that smtplib
        tries: many servers hang up after it, or answer the next way with something else."""
        try:
            return super().login(user, password, initial_response_ok=initial_response_ok)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPServerDisconnected, OSError) as error:
            raise self._refused or error from error

    def auth(self, mechanism: str, authobject: Any, *, initial_response_ok: bool = True) -> tuple[int, bytes]:
        """Try one way of logging in, and keep it in mind if user and password were refused."""
        try:
            return super().auth(mechanism, authobject, initial_response_ok=initial_response_ok)
        except smtplib.SMTPAuthenticationError as error:
            self._refused = error if error.smtp_code in REFUSED_LOGINS else self._refused
            raise

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return connect((host, port), timeout)

    def getreply(self) -> tuple[int, bytes]:
        """One answer, of one line or several."""
        if self.file is None and self.sock is not None:
            self.file = _BoundedReply(self.sock.makefile("rb"))
        if self.file is not None:
            self.file.left = MAX_REPLY_BYTES
        return super().getreply()


class TlsServer(smtplib.SMTP_SSL, Server):
    """Speaks TLS from the start."""
