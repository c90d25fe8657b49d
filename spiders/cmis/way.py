"""Finds the months of a CMIS calendar: its page by the usual names or from the home page, then its list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from spiders.cmis.calendar import (
    Rows,
    calendars_linked,
    list_address,
    list_rows,
    module_of,
    months_behind,
    months_beside,
)
from spiders.http.errors import PageError

CALENDARS = ("Meetings.aspx", "MeetingsCalendar.aspx", "MeetingCalendar.aspx", "CalendarofMeetings.aspx")
USUAL_TAB = "70"
"""The tab of the calendar at Birmingham, Hull and three others, for a site that names none. An address with a wrong
one leads to the home page, which is refused."""
SKIPPED = ("missing", "invalid")
"""Outcomes of a page after which another name of the calendar is tried. A host that is down is not asked further."""

Ask = Callable[[str], Awaitable[str]]


async def way_to_months(site: str, ask: Ask) -> tuple[str, Rows]:
    """Return the address of a month, with `{day}` in it, and the meetings that the list showed on the way.

    `site` is the site's folder or the page of its calendar. Raises PageError if no page shows a calendar.
    """
    page, text = await _calendar(site, ask)
    module = module_of(text, page)
    address = list_address(page, module)
    try:
        listed = await ask(address)
        rows = list_rows(listed, address)
    except PageError as failed:
        beside = months_behind(text, page) or months_beside(text, page, module, "")
        if failed.outcome not in SKIPPED or "/tabid//" in beside:
            raise
        return beside, Rows(bad=[failed.reason])
    found = months_behind(listed, address) or months_behind(text, page)
    return found or months_beside(text, page, module, USUAL_TAB), rows


async def _calendar(site: str, ask: Ask) -> tuple[str, str]:
    """The address and the text of the calendar's page."""
    folder = site.rstrip("/")
    if urlsplit(folder).path.lower().endswith(".aspx"):
        return await _first([folder], ask, [])
    failures: list[PageError] = []
    try:
        return await _first([f"{folder}/{name}" for name in CALENDARS], ask, failures)
    except PageError as failed:
        if failed.outcome not in SKIPPED:
            raise
    return await _first(await _linked(f"{folder}/", ask, failures), ask, failures)


async def _first(pages: list[str], ask: Ask, failures: list[PageError]) -> tuple[str, str]:
    """The first page that shows a calendar. Raises the failure that says most: a page that is there and shows none
    goes before pages that are not there."""
    for page in pages:
        try:
            text = await ask(page)
            module_of(text, page)
        except PageError as failed:
            failures.append(failed)
            if failed.outcome not in SKIPPED:
                raise
        else:
            return page, text
    raise min(failures, key=lambda failed: failed.outcome == "missing")


async def _linked(home: str, ask: Ask, failures: list[PageError]) -> list[str]:
    """The calendars that the home page links to; none if it cannot be read."""
    try:
        return calendars_linked(await ask(home), home)
    except PageError as failed:
        failures.append(failed)
        if failed.outcome not in SKIPPED:
            raise
        return []
