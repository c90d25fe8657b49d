"""How a site has to prove who it is."""

from __future__ import annotations

import functools
import ssl


@functools.cache
def trusted(extra_ca: str | None) -> ssl.SSLContext | bool:
    """aiohttp's `ssl` argument: True is its own context, which verifies and is made once for all hosts. `extra_ca` is a
    file of certificates that help to find the way to one of the system's trusted roots. The helpers are no roots
    themselves: from Python 3.13 on partial chains would be accepted, so this is turned off."""
    if not extra_ca:
        return True
    context = ssl.create_default_context()
    context.verify_flags &= ~ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_verify_locations(extra_ca)
    return context
