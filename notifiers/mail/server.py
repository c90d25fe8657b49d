"""An SMTP server as `smtplib` speaks to it, within a time limit and with answers of a bounded length."""

from __future__ import annotations

import smtplib
import socket
from typing import IO, Any

from notifiers.time_limit import connect

MAX_REPLY_BYTES = 65_536
"""All lines of one answer together; RFC 5321 (4.5.3.1.5) asks for 512 bytes a line."""


class _BoundedReply:
    """The lines of one answer. A server that says "220-…" for ever is like one that has gone away."""

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
