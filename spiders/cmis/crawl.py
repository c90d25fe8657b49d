"""Reads one CMIS site: the way to its calendar, the months of the window, the meetings that may have moved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date

from monitor.model import Poll, Record, Target
from monitor.model.remarks import MEETINGS_LEFT
from spiders.cmis.calendar import Row, Rows, month_rows
from spiders.cmis.meeting import STANDS, Meeting, meeting_page
from spiders.cmis.papers import Papers
from spiders.cmis.records import Place, items_of, keyed
from spiders.cmis.way import SKIPPED, way_to_months
from spiders.committees.memory import MINUTES, CommitteeMemory, Held, write_memory
from spiders.committees.names import matters
from spiders.committees.sample import described, sampled
from spiders.committees.span import DateSpan
from spiders.counts import counted
from spiders.http.documents import Documents
from spiders.http.errors import PageError
from spiders.job import PollInProgress
from spiders.remarks import Remarks, one_line

TIMEOUT = 120.0
"""Seconds; the site takes about forty to show a month."""
MOST_FAILURES = 3
"""After so many the rest waits for the next crawl."""
MOST_REMARKS = 3
MINUTED = 2
"""Months after which a meeting has minutes, as a rule."""
TRIES = 5
"""Crawls in which an unreadable meeting counts as a failure; after them it is a remark."""


@dataclass
class CommitteeCrawl:
    """One crawl of one site. `memory` is that of the crawl before; `after` becomes that of this one. `every_item` tells
    the items that are plainly about something else as well. `guard` makes a PageError of an unforeseen error, so that
    it costs one meeting only. `sample`: how many meetings are opened, of this month and an earlier one."""

    place: Place
    target: Target
    progress: PollInProgress
    window: DateSpan
    sweep: bool
    every_item: bool
    documents: Documents
    memory: CommitteeMemory
    guard: Callable[[Awaitable[None]], Awaitable[None]]
    sample: int | None = None
    records: list[Record] = field(default_factory=list)
    failures: list[PageError] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)
    refused: list[PageError] = field(default_factory=list)  # meetings whose pages are not as expected
    read: int = 0

    async def look(self) -> None:
        """Read the site. Raises PageError if there is no calendar."""
        rows = await self._calendar()
        wanted = [row for row in rows.values() if (self.every_item or matters(row.committee)) and self._may_move(row)]
        wanted = sampled(wanted, self.sample, self.window.today)
        for number, row in enumerate(wanted):
            if len(self.failures) >= MOST_FAILURES:
                self.remarks.say(f"{MEETINGS_LEFT}: {len(wanted) - number} of {len(wanted)}")
                break
            try:
                await self.guard(self._open(row))
            except PageError as failed:
                self.failures.append(failed.at(f"meeting {row.key}"))
        self._judge_refused()
        months = self.window.months()  # whole ones are read, so whole ones are remembered
        kept = {key: held for key, held in self.after.meetings.items() if held.day >= months[0]}
        self.after.meetings = kept
        self.after.retry_count = {key: n for key, n in self.after.retry_count.items() if key in rows}

    def poll(self) -> Poll:
        """Make the poll of what was read. Whatever failed is tried again."""
        cursor, remarks = write_memory(self.after), one_line(self.remarks.sentences(), MOST_REMARKS)
        if not self.failures:
            return self.progress.poll("ok", detail=remarks, cursor=cursor)
        detail = one_line([*(failed.reason for failed in self.failures[:MOST_FAILURES]), remarks])
        first = self.failures[0]
        return self.progress.poll(first.outcome, detail=detail, cursor=cursor, not_before=first.not_before)

    async def _calendar(self) -> dict[str, Row]:
        """The meetings of the window. A month that fails is a failure, and the others are read."""
        found = Rows()
        address = self.memory.base
        if not address:
            address, found = await way_to_months(self.target.url or "", self._page)
            self.progress.recognise(
                f"its calendar, whose months are at {address}", f"a list of {counted(len(found.meetings), 'meeting')}"
            )
        self.after = replace(
            self.memory, base=address, meetings=dict(self.memory.meetings), retry_count=dict(self.memory.retry_count)
        )
        rows, months_read = found.meetings, 0
        for day in self._months():
            if len(self.failures) < MOST_FAILURES and (month := await self._month(address.format(day=day), day)):
                months_read += 1
                rows = rows | month.meetings
                found.bad += month.bad
        for bad in found.bad:
            self.remarks.add("rows of the calendar left out", bad)
        if self.failures and not months_read:
            self.after.base = ""  # the calendar may have moved
        return rows

    async def _month(self, url: str, day: str) -> Rows | None:
        try:
            rows = month_rows(await self._page(url), url, day)
            self.progress.recognise(f"the month from {day} with {counted(len(rows.meetings), 'meeting')}")
            return rows
        except PageError as failed:
            self.failures.append(failed)
            return None

    def _months(self) -> list[str]:
        """The months to read. A sample is of this month and of one that has minutes: a month may take 40 seconds."""
        months = self.window.months()
        if self.sample is None:
            return months
        now = months.index(self.window.today[:8] + "01")
        return list(dict.fromkeys([months[max(0, now - MINUTED)], months[now]]))

    def _may_move(self, row: Row) -> bool:
        """Whether to open a meeting: not if it was held and its minutes are known."""
        held = self.memory.meetings.get(row.key)
        return self.sweep or held is None or held.day >= self.window.today or MINUTES not in held.flags

    async def _open(self, row: Row) -> None:
        try:
            meeting = meeting_page(await self._page(row.url), row)
        except PageError as failed:
            self._not_read(row, failed)
            return
        self.read += 1
        self.after.retry_count.pop(row.key, None)
        for remark in meeting.remarks:
            self.remarks.add("dates of meetings not readable", remark)
        await self._keep(meeting)

    def _not_read(self, row: Row, failed: PageError) -> None:
        """The calendar's row is all there is to remember of a meeting whose page cannot be read."""
        if row.day and row.key not in self.memory.meetings:
            self.after.meetings[row.key] = Held(row.day, STANDS, committee=row.committee)
        if failed.outcome not in SKIPPED:
            self.failures.append(failed)
            return
        tries = self.memory.retry_count.get(row.key, 0) + 1
        self.after.retry_count[row.key] = min(tries, TRIES)
        self.remarks.add("meetings left out", failed.reason)
        if tries < TRIES:
            self.refused.append(failed)

    def _judge_refused(self) -> None:
        """A few meetings that cannot be read are remarks. If they are more than those that can, the site has changed,
        or this program reads it wrongly."""
        if len(self.refused) > self.read:
            self.failures.append(self.refused[0])
            self.remarks.take_back("meetings left out")
            for failed in self.refused[1:]:
                self.remarks.add("further meetings left out", failed.reason)

    async def _keep(self, meeting: Meeting) -> None:
        """Keep the records of a meeting and what is to be remembered of it."""
        before = self.memory.meetings.get(meeting.key)
        meeting = replace(meeting, status=meeting.status or (before.status if before else STANDS))
        items = keyed(meeting.key, items_of(meeting, every=self.every_item), before.items if before else ())
        papers = Papers(self.place, self.documents, self.target.documents, meeting, self.remarks)
        for key, item in items:
            papers.records.append(self.place.item(meeting, key, item))
            await papers.of_item(key, item.papers)
        minuted = await papers.own_minutes(items, date.fromisoformat(self.window.today))
        if before:
            papers.records += self.place.called_off(meeting, before, (key for key, _ in items))
        self.records += papers.records
        self.progress.recognise(described(meeting, papers.records))
        self.failures += papers.failures
        flags = MINUTES if minuted and papers.whole else ""
        rows = tuple((key, item.number, item.title) for key, item in items)
        self.after.meetings[meeting.key] = Held(meeting.day, meeting.status, flags, meeting.committee, rows)

    async def _page(self, url: str) -> str:
        return await self.progress.fetcher.page(url, {"download_timeout": TIMEOUT})
