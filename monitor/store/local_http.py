"""HTTP over a socket of this machine, by which a running Litestream is asked."""

from __future__ import annotations

import http.client
import socket
from contextlib import closing
from pathlib import Path


def post(path: Path, address: str, body: str, seconds: float) -> tuple[int, bytes]:
    """Post to an address at the socket: the answer's status and body. Raises OSError, also for what is no HTTP."""
    try:
        with closing(_Connection(path, seconds)) as connection:
            connection.request("POST", address, body)
            answer = connection.getresponse()
            return answer.status, answer.read()
    except http.client.HTTPException as error:
        raise OSError(str(error)) from error


class _Connection(http.client.HTTPConnection):
    def __init__(self, path: Path, timeout: float) -> None:
        super().__init__("localhost", timeout=timeout)
        self._path = path

    def connect(self) -> None:
        """Connect to the socket."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(str(self._path.absolute()))
