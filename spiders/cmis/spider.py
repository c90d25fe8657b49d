"""Council meetings on CMIS (Civica, on DotNetNuke), the system of 12 of the 153 councils.

Built from what others wrote of such sites, on pages of our own made after it; not seen live yet. As told, until
November 2026:
- There is neither feed nor service. The calendar's page (`Meetings.aspx`, by other names elsewhere) names its module;
  any month is shown by an address made with it, in about 40 seconds, so a look is long and one a day is enough.
- Meetings are links that end in `/Meeting/{id}/Committee/{id}/…`; their documents are `Document.ashx?id=…` with an id
  that is encrypted anew each time. A document is known by its meeting, title and size; its record links to the meeting.
- Agenda items have no page of their own: a document whose title may concern an inspection stands for its item, and
  minutes are a document too, told where such an item was on the agenda.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from monitor.model import Kind, Poll, Record, Target
from spiders.cmis.pages import File, Page, Row, meeting_page, month_rows, months_address
from spiders.committees.memory import MINUTES, CommitteeMemory, Held, read_memory, write_memory
from spiders.committees.names import matters
from spiders.committees.span import DateSpan, date_span
from spiders.http.documents import Documents, as_error
from spiders.http.errors import PageError
from spiders.job import Items, JobSpider, PollInProgress
from spiders.together import together
from spiders.topics import may_concern

AT_ONCE = 8
TIMEOUT = 120.0
"""Seconds; a month takes about forty to render."""
CALENDARS = ("Meetings.aspx", "MeetingsCalendar.aspx", "CalendarofMeetings.aspx")
MINUTES_TITLE = re.compile(r"^(?!.*\b(previous|last)\b).*\bminutes\b", re.I)
"""Of this meeting: those of the one before are on the agenda as "Minutes of the previous meeting"."""
MOST_FAILURES = 3
"""After so many the rest waits for the next look."""


@dataclass
class CommitteeCrawl:
    """A look at one site: what it found, what failed, and what is remembered of it."""

    source: str
    target: Target
    progress: PollInProgress
    window: DateSpan
    sweep: bool
    documents: Documents
    memory: CommitteeMemory
    records: list[Record] = field(default_factory=list)
    failures: list[PageError] = field(default_factory=list)

    async def look(self) -> None:
        """Month by month, then the meetings that may have moved. Raises PageError if there is no calendar."""
        address = self.memory.base or await self._calendar()
        self.after = replace(self.memory, base=address, meetings=dict(self.memory.meetings))
        rows: dict[str, Row] = {}
        for day in self.window.months():
            if len(self.failures) >= MOST_FAILURES:
                break
            rows |= {row.key: row for row in await self._month(address.format(day=day))}
        if self.failures and not rows:
            self.after.base = ""  # the calendar may have moved
        for row in [row for row in rows.values() if matters(row.title) and self._moved(row)]:
            if len(self.failures) < MOST_FAILURES:
                await self._open(row)
        kept = {key: held for key, held in self.after.meetings.items() if held.day >= self.window.first}
        self.after.meetings = kept

    def poll(self) -> Poll:
        """The poll of what was seen."""
        cursor = write_memory(self.after)
        if not self.failures:
            return self.progress.poll("ok", cursor=cursor)
        detail = "; ".join(failed.reason for failed in self.failures[:MOST_FAILURES])
        first = self.failures[0]
        return self.progress.poll(first.outcome, detail=detail, cursor=cursor, not_before=first.not_before)

    async def _calendar(self) -> str:
        """The address of the months, from the first of the usual pages that shows a calendar."""
        url = (self.target.url or "").rstrip("/")
        pages = [url] if url.lower().endswith(".aspx") else [f"{url}/{name}" for name in CALENDARS]
        failures = []
        for page in pages:
            try:
                return months_address(await self._page(page), page)
            except PageError as failed:
                failures.append(failed)
                if failed.outcome not in ("missing", "invalid"):
                    raise
        raise failures[0]

    async def _month(self, url: str) -> list[Row]:
        try:
            return month_rows(await self._page(url), url)
        except PageError as failed:
            self.failures.append(failed)
            return []

    def _moved(self, row: Row) -> bool:
        """Whether to open a meeting: not if it was held and its minutes are known."""
        held = self.memory.meetings.get(row.key)
        return self.sweep or held is None or held.day >= self.window.today or MINUTES not in held.flags

    async def _open(self, row: Row) -> None:
        try:
            page = meeting_page(await self._page(row.url), row)
        except PageError as failed:
            self.failures.append(failed)
            return
        failed_before = len(self.failures)
        concerned = [file for file in page.files if may_concern(file.title)]
        minutes = [file for file in page.files if MINUTES_TITLE.search(file.title)]
        for file in concerned:
            self.records.append(self._record(Kind.ITEM, row, page, file))
            await self._keep(Kind.DOCUMENT, row, page, file, item=file.key)
        for file in minutes if concerned else []:
            await self._keep(Kind.MINUTES, row, page, file)
        whole = len(self.failures) == failed_before
        self.after.meetings[row.key] = Held(page.day, page.status, MINUTES if minutes and whole else "")

    async def _keep(self, kind: Kind, row: Row, page: Page, file: File, **more: Any) -> None:
        """A record with its document. One that fails makes the meeting be opened again."""
        document, failed = await self.documents.get(file.url, self.target.documents.get(file.key))
        error = as_error(failed) if failed else None
        record = self._record(kind, row, page, file, **more)
        self.records.append(replace(record, document=document, document_error=error))
        if failed and not failed.gone:
            self.failures.append(failed.at(f"file {file.key} of meeting {row.key}"))

    def _record(self, kind: Kind, row: Row, page: Page, file: File, **more: Any) -> Record:
        fields = {"committee": page.committee, "meeting": row.key, "meeting_date": page.day, **more}
        fields |= {"status": page.status} if kind is not Kind.DOCUMENT else {}
        return Record(self.source, self.target.target, kind, file.key, row.url, file.title, fields=fields)

    async def _page(self, url: str) -> str:
        return await self.progress.fetcher.page(url, {"download_timeout": TIMEOUT})


class CmisSpider(JobSpider):
    """A target is a council's site, `url` its folder or the page of its calendar. Options of the job:
    `today`."""

    name = "cmis"

    async def look(self) -> AsyncIterator[Items]:
        """Each council's items as it is done."""
        self._window = date_span(self.job.options)
        targets = self.job.targets or (Target("site", "site", url=self.job.base_url),)
        async for items in together([partial(self._council, target) for target in targets], AT_ONCE):
            yield items

    async def _council(self, target: Target) -> Items:
        progress = self.begin_beside(target.target)
        documents = Documents(self.job.documents_dir, progress.fetcher)
        memory, sweep = read_memory(target.cursor), self.job.sweep
        crawl = CommitteeCrawl(self.job.source, target, progress, self._window, sweep, documents, memory)
        try:
            await self.guarded(target.target, crawl.look())
        except PageError as failed:
            return [*crawl.records, replace(progress.failed(failed), cursor=target.cursor)]
        finally:
            progress.fetcher.close()
        return [*crawl.records, crawl.poll()]
