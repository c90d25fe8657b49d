"""Asking one ModernGov site: its feed and its web service. Failures are `PageError`s that name the question."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from spiders.http.addresses import joined
from spiders.http.errors import PageError, where
from spiders.http.fetch import Fetcher
from spiders.http.xml import xml_root
from spiders.moderngov.feed import ROOTS, Entry, entries
from spiders.moderngov.printed import printed
from spiders.moderngov.service import Listed, Meeting, listed_meetings, live_committees, read_meeting

EVERY = "0"
"""As a committee's id: all of them at once, which some installs answer with an error."""


class Site:
    """`base` is the folder that holds mgWebService.asmx; one host may hold two installs in two folders."""

    def __init__(self, base: str, fetcher: Fetcher) -> None:
        self.base = folder(base)
        self.host = urlsplit(self.base).netloc
        self._fetcher = fetcher

    async def feed(self, *, robots_read: bool) -> list[Entry]:
        """What is new. `robots_read`: its robots.txt was read today and let us, so it is not asked for again."""
        meta = {"dont_obey_robotstxt": True} if robots_read else {}
        root = await self._xml("mgRss.aspx", ROOTS, meta, lenient=True)
        return entries(root)

    async def committees(self) -> tuple[dict[str, str], tuple[str, ...]]:
        """Titles by id of the committees that are neither expired nor deleted, and remarks about those without one."""
        return live_committees(await self._ask("GetCommittees", ("committees", "getcommittees")))

    async def meetings(self, committee: str, first: str, last: str) -> tuple[dict[str, list[Listed]], tuple[str, ...]]:
        """The meetings of a committee, or of all, by committee's id, between two days (both in ISO 8601), and remarks
        about what cannot be read. Some installs tell all that there ever were, so the days are looked at again here."""
        days = {"sFromDate": _uk(first), "sToDate": _uk(last)}
        answer = await self._ask("GetMeetings", ("getmeetings", "meetings"), lCommitteeId=committee, **days)
        found, remarks = listed_meetings(answer)
        return {key: [m for m in rows if first <= m.day <= last] for key, rows in found.items()}, remarks

    async def meeting(self, key: str) -> Meeting | None:
        """One meeting with its items; None where the service tells nothing of it."""
        return read_meeting(await self._ask("GetMeeting", ("meeting", "getmeeting"), lMeetingId=key), key)

    async def printed(self, key: str) -> dict[str, str]:
        """The addresses of a meeting's printed minutes and decisions, which only its page links to."""
        path = f"ieListDocuments.aspx?CId=0&MId={key}"
        try:
            html = await self._fetcher.page(self.base + path)
        except PageError as failed:
            raise self._named(failed, path) from failed
        return printed(html, self.base + path, key)

    def item_url(self, key: str) -> str:
        """The page of an agenda item."""
        return f"{self.base}mgAi.aspx?ID={key}"

    def document_url(self, url: str, key: str) -> str:
        """The canonical address of a document, on this site's own host."""
        parts = urlsplit(joined(self.base, url))
        if "mgconvert2pdf.aspx" in parts.path.lower() or not url or parts.netloc != self.host:
            return f"{self.base}mgConvert2PDF.aspx?ID={key}"
        return urlunsplit((urlsplit(self.base).scheme, parts.netloc, parts.path, parts.query, ""))

    async def _ask(self, method: str, roots: Collection[str], **parameters: str) -> Any:
        query = f"?{urlencode(parameters)}" if parameters else ""
        return await self._xml(f"mgWebService.asmx/{method}{query}", roots, {})

    async def _xml(self, path: str, roots: Collection[str], meta: dict[str, Any], lenient: bool = False) -> Any:
        judge = partial(xml_root, roots=roots, lenient=lenient)
        try:
            return await self._fetcher.get(self.base + path, {}, judge, meta)
        except PageError as failed:
            raise self._named(failed, path) from failed

    def _named(self, failed: PageError, path: str) -> PageError:
        """The failure with host and question in front: a council may have two hosts, and a service many questions."""
        rest = failed.reason.removeprefix(where(self.base + path))
        reason = f"{self.host}{urlsplit(self.base).path}{path}" + (rest if rest != failed.reason else f": {rest}")
        return PageError(failed.outcome, reason, gone=failed.gone, not_before=failed.not_before)


def folder(address: str) -> str:
    """An address as a folder: a page's name at its end is taken off, a slash put there."""
    parts = urlsplit(address)
    path = parts.path if parts.path.endswith("/") else parts.path + "/"
    if path.rstrip("/").lower().endswith((".aspx", ".asmx")):
        path = path.rstrip("/").rpartition("/")[0] + "/"
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))


def _uk(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"
