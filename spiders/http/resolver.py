"""Which addresses a name leads to: the only ones that the client may connect to."""

from __future__ import annotations

import asyncio
import functools
import socket
from collections.abc import Callable
from concurrent.futures import Executor

from aiohttp.abc import AbstractResolver, ResolveResult

from spiders.http.addresses import AddressRefused, is_public


class PublicResolver(AbstractResolver):
    """Gives aiohttp the public addresses of a name; aiohttp connects to these and to no others, so nothing can change
    between the check and the connection.

    `may_be_private` says for which hosts the operator allowed private addresses. Names are looked up in `threads`.
    """

    def __init__(self, threads: Executor, may_be_private: Callable[[str], bool]) -> None:
        self._threads = threads
        self._may_be_private = may_be_private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Raises AddressRefused if all addresses are private, OSError if the name leads nowhere."""
        look_up = functools.partial(_addresses, host, port, family)
        found = await asyncio.get_running_loop().run_in_executor(self._threads, look_up)
        usable = [result for result in found if self._may_be_private(host) or is_public(result["host"])]
        if not usable:
            raise AddressRefused(f"{host} is at the private address {found[0]['host']}")
        return usable

    async def close(self) -> None:
        """Nothing is held open; `threads` belongs to the caller."""


def _addresses(host: str, port: int, family: int) -> list[ResolveResult]:
    try:
        found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is empty or longer than 63 characters
        raise socket.gaierror(socket.EAI_NONAME, "not a valid host name") from error
    return [
        ResolveResult(hostname=host, host=str(address[0]), port=port, family=kind, proto=proto,
                      flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV)
        for kind, _, proto, _, address in found
    ]  # fmt: skip
