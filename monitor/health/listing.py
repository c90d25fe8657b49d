"""New file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from monitor.model.crawl import ListingVerdict

SWEPT = "listing_swept"
"""Set once a sweep of all councils has held the listing against their pages."""

DISTRUST = "listing_hides"

AGREEING = "listing_agreed"

AGREEMENTS = 2
"""Sweeps in a row that must find nothing hidden before the listing is trusted again."""


def trust(facts: Mapping[str, str], verdict: ListingVerdict | None, detail: str | None) -> dict[str, str | None]:
    """What to remember of the listing after a crawl whose sweep found that it `hides` something or
    `agrees` (None: not a sweep). It is not known whether Ofsted's listing counts every kind of report."""
    if verdict == "hides":
        return {DISTRUST: detail or "the listing does not show every report", AGREEING: None}
    if verdict != "agrees" or DISTRUST not in facts:
        return {}
    agreed = int(facts.get(AGREEING, "0")) + 1
    if agreed >= AGREEMENTS:
        return {DISTRUST: None, AGREEING: None}
    return {AGREEING: str(agreed)}


def wait_until(facts: Mapping[str, str], now: datetime) -> datetime | None:
    """The time that the source's host asked us to wait for, where it lies ahead (Retry-After)."""
    stated = facts.get("not_before")
    moment = datetime.fromisoformat(stated) if stated else None
    return moment if moment and moment > now else None
