"""A total limit for an exchange with another server.

A socket's own time-out begins anew with every byte, so a server that sends one byte every few seconds would be
waited for without end. Within a `TimeLimit` every connection that `connect` opens on the same thread is cut when
the time is up, in whatever phase it is: greeting, TLS handshake, head, body. A name is looked up on a thread of its own
and waited for as long: the system's resolver has limits of its own, which may be minutes, or none.
"""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from contextvars import ContextVar
from threading import Thread
from types import TracebackType
from typing import Any

from monitor.model import DeliveryError

LIMIT_SECONDS = 60.0
"""The whole exchange of one message, unless a way out needs more."""

_current: ContextVar[TimeLimit | None] = ContextVar("time limit", default=None)


class TimeLimit:
    """Use it with `with`: what is still connected after `seconds` is cut, and fails as a broken connection does.

    A DeliveryError that leaves it after that says so in its words.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds, self.expired = seconds, False
        self._ends = 0.0
        self._lock = threading.Lock()
        self._twins: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> TimeLimit:
        self._ends = time.monotonic() + self.seconds
        self._token = _current.set(self)
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        _current.reset(self._token)
        with self._lock:
            for twin in self._twins:
                twin.close()
            self._twins.clear()
        if self.expired and isinstance(error, DeliveryError):
            raise DeliveryError(
                f"{error} (cut off after {self.seconds:g} s)",
                permanent=False,
                retry_after=error.retry_after,
                maybe_sent=error.maybe_sent,
            ) from None

    def left(self) -> float:
        """Seconds until the end. Raises TimeoutError when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is up")
        return left

    def watch(self, connection: socket.socket) -> None:
        """Cut this connection, too, when the time is up. A duplicate is kept for that. It shares the connection, so TLS
        may be put over the original later."""
        with self._lock:
            self._twins.append(connection.dup())
        if self.expired:
            self._cut()

    def _cut(self) -> None:
        with self._lock:
            self.expired = True
            for twin in self._twins:
                with suppress(OSError):  # it has ended by itself
                    twin.shutdown(socket.SHUT_RDWR)


def connect(
    address: tuple[str, int], timeout: float = LIMIT_SECONDS, source_address: tuple[str, int] | None = None
) -> socket.socket:
    """`socket.create_connection` within the time limit of this thread. The addresses of a name share the time that is
    left, so a dead one leaves some to the next. Raises OSError."""
    limit = _current.get()
    if limit is None:
        return socket.create_connection(address, timeout, source_address)
    places = _places(address, limit.left())
    failed: OSError = ConnectionError(f"no address of {address[0]} is known")
    for tried, (*_, place) in enumerate(places):
        try:
            share = limit.left() / (len(places) - tried)
            made = socket.create_connection((str(place[0]), address[1]), min(timeout, share), source_address)
        except OSError as error:
            failed = error
            continue
        made.settimeout(min(timeout, limit.left()))
        limit.watch(made)
        return made
    raise failed


def _places(address: tuple[str, int], seconds: float) -> list[Any]:
    """The addresses of a name. Raises TimeoutError; the thread that asked is left to itself then."""
    answer: Future[list[Any]] = Future()
    Thread(target=_look_up, args=(address, answer), daemon=True).start()
    try:
        return answer.result(seconds)
    except TimeoutError:
        raise TimeoutError(f"the name {address[0]} was not found in time") from None


def _look_up(address: tuple[str, int], answer: Future[list[Any]]) -> None:
    try:
        answer.set_result(socket.getaddrinfo(*address, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError) as error:
        answer.set_exception(error)
