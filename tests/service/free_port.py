"""An address on which nothing listens."""

from __future__ import annotations

import random
import socket

NOBODYS = range(20_000, 32_000)
"""Systems give out higher ones by themselves: another test's server could get the port before it is used."""


def free_port() -> int:
    while True:
        port = random.choice(NOBODYS)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def free_address() -> str:
    return f"127.0.0.1:{free_port()}"
