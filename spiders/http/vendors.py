"""Who may be asked now: one request at a time for a host, and four for all the hosts of one vendor.

Civica hosts some forty of the councils' ModernGov sites and most CMIS ones. A pause between two requests to one name
says little to a machine that answers for all of them, so the names share a number of requests in flight.

Scrapy 2.19 promises one request a host too, but without a reactor it does not keep it: a request counts as under way
only when its task has begun, and by then everything that waited for the same host has been let go as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

VENDORS = ("moderngov.co.uk", "cmis.uk.com")
IN_FLIGHT = 4
"""Requests at once to all the hosts of a vendor together."""


class HostLimiter:
    """Limits how many requests are under way to one host: one."""

    def __init__(self) -> None:
        self._hosts: dict[str, asyncio.Lock] = {}

    def of(self, host: str) -> asyncio.Lock:
        """Held while a host is asked, with the pauses that it wants."""
        return self._hosts.setdefault(host, asyncio.Lock())


class VendorLimiter:
    """Limits how many requests are in flight to all hosts of one vendor. A host's own pauses are not counted: one that
    asks us to wait holds up no other."""

    def __init__(self, most: int = IN_FLIGHT) -> None:
        self._most = most
        self._vendors: dict[str, asyncio.Semaphore] = {}

    @asynccontextmanager
    async def of(self, host: str) -> AsyncIterator[None]:
        """Held while a request is in flight; waits until the vendor may be asked."""
        vendor = vendor_of(host)
        if vendor is None:
            yield
            return
        async with self._vendors.setdefault(vendor, asyncio.Semaphore(self._most)):
            yield


def share(crawls: int) -> int:
    """How many requests each of so many crawls may have in flight to one vendor."""
    return max(1, IN_FLIGHT // max(1, crawls))


def vendor_of(host: str) -> str | None:
    """The vendor whose name a host is below, if there is one."""
    return next((vendor for vendor in VENDORS if host == vendor or host.endswith("." + vendor)), None)
