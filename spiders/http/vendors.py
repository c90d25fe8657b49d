"""Who may be asked now: one request at a time for a host, and four for all the hosts of one vendor.

Civica hosts some forty of the councils' ModernGov sites and most CMIS ones. A pause between two requests to one name
says little to a machine that answers for all of them, so the names share a number of requests in flight.

Scrapy 2.19 promises one request a host too, but without a reactor it does not keep it: a request counts as under way
only when its task has begun, and by then everything that waited for the same host has been let go as well.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

VENDORS = ("moderngov.co.uk", "cmis.uk.com")
IN_FLIGHT = 4
"""Requests at once to all the hosts of a vendor together."""
SLOW_SECONDS = 10.0
"""A request in flight for longer is one to a slow host, and gives its place to the others."""
SLOW_IN_FLIGHT = 4
"""Requests to a vendor's slow hosts, beside the others: few, for it may be the vendor's machine that is slow."""


class HostLimiter:
    """Limits how many requests are under way to one host: one."""

    def __init__(self) -> None:
        self._hosts: dict[str, asyncio.Lock] = {}

    def of(self, host: str) -> asyncio.Lock:
        """Held while a host is asked, with the pauses that it wants."""
        return self._hosts.setdefault(host, asyncio.Lock())


class VendorLimiter:
    """Limits how many requests are in flight to all hosts of one vendor. A host's own pauses are not counted: one that
    asks us to wait holds up no other. So many `crawls` on several machines have a share each."""

    def __init__(self, crawls: int = 1) -> None:
        self._crawls = crawls
        self._vendors: dict[str, Places] = {}

    @asynccontextmanager
    async def of(self, host: str) -> AsyncIterator[None]:
        """Held while a request is in flight; waits until the vendor may be asked."""
        vendor = vendor_of(host)
        if vendor is None:
            yield
            return
        async with self._vendors.setdefault(vendor, Places(self._crawls)).held(host):
            yield


def share(requests: int, crawls: int) -> int:
    """Return how many of these requests each of several crawls may have in flight."""
    return max(1, requests // max(1, crawls))


class Places:
    """The requests that one vendor may have in flight. Slow hosts have places of their own: a host that was slow last
    time starts there, and one that turns out to be slow is moved there. So the others go on."""

    def __init__(self, crawls: int) -> None:
        self._quick, self._slow = (asyncio.Semaphore(share(most, crawls)) for most in (IN_FLIGHT, SLOW_IN_FLIGHT))
        self._slow_hosts: set[str] = set()

    @asynccontextmanager
    async def held(self, host: str) -> AsyncIterator[None]:
        """Hold a place for one request to a host."""
        place = [self._slow if host in self._slow_hosts else self._quick]
        await place[0].acquire()
        moving = asyncio.create_task(self._move(place)) if place[0] is self._quick else None
        began = time.monotonic()
        try:
            yield
        finally:
            slow = time.monotonic() - began >= SLOW_SECONDS
            (self._slow_hosts.add if slow else self._slow_hosts.discard)(host)
            await _ended(moving)
            place[0].release()

    async def _move(self, place: list[asyncio.Semaphore]) -> None:
        """Give a quick host's place away when its request has taken too long, once there is one for a slow host."""
        await asyncio.sleep(SLOW_SECONDS)
        await self._slow.acquire()
        place[0].release()
        place[0] = self._slow


async def _ended(task: asyncio.Task[None] | None) -> None:
    """End a task and wait until it has."""
    if task is not None:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def vendor_of(host: str) -> str | None:
    """The vendor whose name a host is below, if there is one."""
    return next((vendor for vendor in VENDORS if host == vendor or host.endswith("." + vendor)), None)
