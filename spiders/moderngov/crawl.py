"""One look at one ModernGov site: the feed first, and only if it has changed the meetings that it calls for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from monitor.model import Poll, Record, Target
from monitor.model.remarks import MEETING_GIVEN_UP, MEETINGS_PUT_OFF
from spiders.committees.memory import CommitteeMemory, Held, write_memory
from spiders.committees.sample import described, sampled
from spiders.committees.span import DateSpan
from spiders.counts import counted
from spiders.http.documents import Documents
from spiders.http.errors import PageError
from spiders.job import PollInProgress
from spiders.moderngov.feed import Entry, digest, news
from spiders.moderngov.papers import Papers
from spiders.moderngov.records import Place, called_off, concerning, held, known_again, records_of
from spiders.moderngov.service import Item, Listed, Meeting
from spiders.moderngov.site import Site
from spiders.moderngov.timetable import Timetable
from spiders.remarks import one_line

MOST_MEETINGS = 400
"""Opened in one look; a council has some two hundred in five months, all committees together."""
IN_A_ROW = 3
"""So many meetings that could not be read, one after the other, and the rest waits for the next look."""
MOST_REMARKS = 5
TRIES = 5
"""Looks in which a meeting is tried again; after them it is what the site has, and said so."""


@dataclass
class CommitteeCrawl:
    """`memory` is that of the look before; `after` becomes that of this one. `every_item`: items that are plainly about
    something else are told as well. `sample`: how many meetings are opened, if not all that are called for; `seen`:
    what was recognised, in sentences."""

    place: Place
    target: Target
    memory: CommitteeMemory
    window: DateSpan
    sweep: bool
    every_item: bool
    documents: Documents
    sample: int | None = None
    seen: list[str] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    failures: list[PageError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def site(self) -> Site:
        return self.place.site

    async def look(self) -> bool:
        """Whether anything moved; the records, and what failed of them, are kept here. Raises PageError where the
        site as a whole could not be looked at."""
        today = self.window.today
        same = self.memory.base == self.site.base
        listed = await self.site.feed(robots_read=same and self.memory.robots == today)
        self.seen.append(f"its feed of {counted(len(listed), 'entry', 'entries')}")
        self.after = replace(self.memory, base=self.site.base, robots=today, meetings=dict(self.memory.meetings))
        if self._is_known(listed):
            return False
        self.after.feed, self.after.feed_editions = digest(listed), tuple(entry.edition for entry in listed)
        self.after.retry_count = {}
        self.timetable = Timetable(
            self.site, self.window, per_committee=self.memory.per_committee, every=self.every_item, sample=self.sample
        )
        self._committee_ids = {entry.meeting: entry.committee for entry in listed if entry.meeting}
        try:
            await self._open_all(await self._to_open(listed))
        finally:
            self.after.per_committee = self.timetable.per_committee
            self.remarks += self.timetable.remarks
        self._forget()
        return True

    def _is_known(self, listed: list[Entry]) -> bool:
        settled = bool(self.memory.feed) and not self.memory.retry_count
        return settled and not self.sweep and digest(listed) == self.memory.feed

    async def _to_open(self, listed: list[Entry]) -> list[str]:
        """Return the meetings to open. After a gap, or in a sweep, these are all of the window that may have moved.
        Otherwise they are those that the feed names, and the coming ones that concern us: their papers and status may
        change without a word in the feed."""
        told = news(listed, self.memory.feed_editions)
        whole = self.sweep or not self.memory.feed or told.gap
        found = await self._window() if whole else self._to_come()
        keys = dict.fromkeys([*told.meetings, *found] if not whole or self.memory.feed else found)
        again = [key for key in self.memory.retry_count if key not in keys]
        return [*keys, *again]

    def _to_come(self) -> list[str]:
        coming = ((key, before) for key, before in self.memory.meetings.items() if before.items)
        return [key for key, before in coming if before.day >= self.window.today]

    async def _window(self) -> list[str]:
        rows = [row for row in await self.timetable.read() if self._moved(row)]
        self.seen += self.timetable.seen
        return [row.key for row in sampled(rows, self.sample, self.window.today)]

    def _moved(self, row: Listed) -> bool:
        before = self.memory.meetings.get(row.key)
        return self.sweep or before is None or before.status != row.status or not before.settled

    async def _open_all(self, keys: list[str]) -> None:
        in_a_row = 0
        for number, key in enumerate(keys):
            if in_a_row >= IN_A_ROW or number >= MOST_MEETINGS:
                return self._put_off(keys[number:])
            failed = await self._open(key)
            in_a_row = in_a_row + 1 if failed else 0
            if failed and failed.outcome == "blocked" and not self.records:
                raise failed
        return None

    def _put_off(self, keys: list[str]) -> None:
        """Meetings that are left for the next look do not count as tried."""
        self.after.retry_count |= {key: self.memory.retry_count.get(key, 0) for key in keys}
        self.remarks.append(counted(len(keys), *MEETINGS_PUT_OFF))

    async def _open(self, key: str) -> PageError | None:
        """Read a meeting; what could not be read is remembered and tried again. The failure of the meeting itself."""
        try:
            meeting = await self.site.meeting(key)
        except PageError as failed:
            self._again(key, [failed])
            return failed
        if meeting is None:
            self._untold(key)
            return None
        try:
            failures = await self._read(await self._named(meeting))
        except PageError as failed:
            failures = [failed]
        if failures:
            self._again(key, failures)
        return None

    def _untold(self, key: str) -> None:
        """The list is all that there is to remember of a meeting that the service tells nothing of."""
        self.remarks.append(f"the service tells nothing of meeting {key}")
        if row := self.timetable.meetings.get(key):
            self.after.meetings[key] = Held(row.day, row.status, committee=row.committee)

    async def _named(self, meeting: Meeting) -> Meeting:
        """The meeting with its committee, from the list, the look before, or the meeting's own documents. Where all
        three are silent, the feed names the committee's id."""
        row, before = self.timetable.meetings.get(meeting.key), self.memory.meetings.get(meeting.key)
        name = (row and row.committee) or (before and before.committee) or meeting.committee
        if not name and self._wanted(meeting):
            name = await self.timetable.committee(self._committee_ids.get(meeting.key))
            self.remarks += [] if name else [f"no committee is named for meeting {meeting.key}"]
        return replace(meeting, committee=name)

    def _wanted(self, meeting: Meeting) -> list[Item]:
        return list(meeting.items) if self.every_item else concerning(meeting)

    def _again(self, key: str, failures: list[PageError]) -> None:
        tries = self.memory.retry_count.get(key, 0) + 1
        if tries < TRIES:
            self.after.retry_count[key] = tries
            self.failures += failures
        else:
            self.remarks.append(f"{MEETING_GIVEN_UP.format(key, tries)}: {failures[0].reason}")

    async def _read(self, meeting: Meeting) -> list[PageError]:
        """Keep the records of a meeting and what is to be remembered of it; what failed of its files."""
        before = self.memory.meetings.get(meeting.key)
        meeting = known_again(meeting, before)
        items = self._wanted(meeting)
        papers = Papers(self.place, self.documents, self.target.documents, meeting)
        for item in items:
            papers.records += records_of(self.place, meeting, item)
            await papers.of_item(item)
        await papers.outcome(items)
        self.records += papers.records
        self.seen.append(described(meeting, papers.records))
        if before:
            self.records += called_off(self.place, before, meeting, items)
        self.after.meetings[meeting.key] = held(meeting, items, papers.unseen)
        self.remarks += [*meeting.remarks, *papers.remarks]
        return papers.failures

    def _forget(self) -> None:
        """What is older than the window is not listed any more, nor remembered."""
        kept = {key: before for key, before in self.after.meetings.items() if before.day >= self.window.first}
        self.after.meetings = kept

    def poll(self, progress: PollInProgress, moved: bool) -> Poll:
        """The poll of what was seen. What failed is tried again, so the cursor may move on all the same."""
        cursor = write_memory(self.after)
        progress.recognise(*self.seen)
        if self.failures:
            first, reasons = self.failures[0], one_line((failed.reason for failed in self.failures), 2)
            detail = one_line([reasons, *self.remarks], MOST_REMARKS)
            return progress.poll(first.outcome, detail=detail, cursor=cursor, not_before=first.not_before)
        return progress.poll("ok" if moved else "unchanged", detail=one_line(self.remarks, MOST_REMARKS), cursor=cursor)
