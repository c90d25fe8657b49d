"""A server that never comes to an end: what it says first, and then a byte every so often, for ever."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress


class Dribbler:
    """Answers each line (SMTP) or the first bytes (HTTP) with the next of `answers`, and dribbles after the last.

    `byte` is what it dribbles; `every` in seconds. With a `context` the answers go over TLS; without answers not
    even the handshake ends.
    """

    def __init__(
        self,
        *answers: bytes,
        byte: bytes = b" ",
        every: float = 0.05,
        greets: bool = False,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self.answers, self.byte, self.every, self.greets, self.context = answers, byte, every, greets, context
        self.stopped, self.taken = threading.Event(), 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Dribbler:
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.socket.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                self.taken += 1
                threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            self._say(self.context.wrap_socket(connection, server_side=True) if self.context else connection)

    def _say(self, connection: socket.socket) -> None:
        self._answer(connection, self.answers)
        while not self.stopped.wait(self.every):
            connection.sendall(self.byte)

    def _answer(self, connection: socket.socket, answers: Sequence[bytes]) -> None:
        for number, answer in enumerate(answers):
            if number or not self.greets:
                connection.recv(65536)
            connection.sendall(answer)
        if answers and self.greets:
            connection.recv(65536)
