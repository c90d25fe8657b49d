"""How a site has to prove who it is."""

from __future__ import annotations

import functools
import ssl
from collections.abc import Mapping


class Certificates:
    """Which certificates are trusted for which host. `extra_ca` names a file of certificates for some hosts."""

    def __init__(self, extra_ca: Mapping[str, str]) -> None:
        self._extra_ca = extra_ca

    def of(self, host: str) -> ssl.SSLContext | bool:
        """aiohttp's `ssl` argument: True is its own context, which verifies and is made once for all hosts."""
        file = self._extra_ca.get(host)
        return _with(file) if file else True


@functools.cache
def _with(extra_ca: str) -> ssl.SSLContext:
    """The system's trusted roots, and certificates that help to find the way to one of them. The helpers are no roots
    themselves: from Python 3.13 on partial chains would be accepted, so this is turned off."""
    context = ssl.create_default_context()
    context.verify_flags &= ~ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(extra_ca)
    return context
