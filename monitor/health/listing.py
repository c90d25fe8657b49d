"""How far a source's own listing is believed, and when its host wants to be left alone. Pure.

It is not known whether Ofsted's listing counts every kind of report. So each sweep of all pages is held against it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.model.crawl import Poll
from monitor.model.trouble import Listing, SourceState

AGREEMENTS = 2
"""Sweeps in a row that must find nothing hidden before the listing is trusted again."""
UNNAMED = "the listing does not show every report"


def swept(listing: Listing, poll: Poll, *, whole: bool) -> Listing:
    """The listing's standing after a crawl that polled it. `whole`: the crawl covered every configured target; one of
    a few councils can find that the listing hides something, but cannot vouch for it."""
    if poll.listing is None:
        return listing
    found = replace(listing, swept=listing.swept or whole)
    if poll.listing == "hides":
        return replace(found, hides=poll.detail or UNNAMED, agreed=0)
    if not whole or found.hides is None:
        return found
    agreed = found.agreed + 1
    return replace(found, hides=None, agreed=0) if agreed >= AGREEMENTS else replace(found, agreed=agreed)


def wait_until(state: SourceState, now: datetime) -> datetime | None:
    """The time that the source's host asked us to wait for, where it lies ahead (Retry-After)."""
    return state.not_before if state.not_before and state.not_before > now else None
