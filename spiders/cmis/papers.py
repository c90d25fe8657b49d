"""Fetches the files of a CMIS meeting: the papers of its items, and its own minutes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from monitor.model import Known, Record
from monitor.model.remarks import DOCUMENTS_UNREADABLE
from spiders.cmis.agenda import Item
from spiders.cmis.lines import Link
from spiders.cmis.links import document_key
from spiders.cmis.meeting import Meeting
from spiders.cmis.minutes import own_minutes, unsaid_minutes
from spiders.cmis.records import Place
from spiders.http.documents import Documents
from spiders.http.errors import PageError
from spiders.remarks import Remarks


@dataclass
class Papers:
    """The files of one meeting. `known` are the documents kept already, by key. `failures` are the host's; what the
    site has and cannot be used is among the `remarks`. `whole` is False if anything is to be tried again."""

    place: Place
    documents: Documents
    known: Mapping[str, Known]
    meeting: Meeting
    remarks: Remarks
    records: list[Record] = field(default_factory=list)
    failures: list[PageError] = field(default_factory=list)
    whole: bool = True

    async def of_item(self, key: str, papers: Iterable[Link]) -> None:
        """Fetch each paper of an item. One that another item of the meeting has already is not told again."""
        told = {record.key for record in self.records}
        for paper in papers:
            if not paper.address:
                self.remarks.add(
                    "papers left out", f'"{paper.title[:80]}" of meeting {self.meeting.key} has no address'
                )
                continue
            record = self.place.paper(self.meeting, key, paper)
            if record.key not in told:
                told.add(record.key)
                await self._fetch([record], paper.address)

    async def own_minutes(self, items: Iterable[tuple[str, Item]], today: date) -> bool:
        """Fetch the meeting's own minutes, as those of each public item. Return True if the site has them."""
        agenda, day = self.meeting.agenda, date.fromisoformat(self.meeting.day)
        for paper in unsaid_minutes(agenda, day):
            self.remarks.add(
                "papers called minutes that do not say of which meeting",
                f'"{paper.title[:80]}" of meeting {self.meeting.key}',
            )
        minutes = own_minutes(agenda, day, today)
        if minutes is None:
            return False
        found = [self.place.minutes(self.meeting, key, item, minutes) for key, item in items if not item.restricted]
        if found:
            await self._fetch(found, minutes.address)
        return True

    async def _fetch(self, records: list[Record], url: str) -> None:
        """Fetch one file for its records."""
        known = self.known.get(document_key(self.meeting.key, url))
        filled, failed = await self.documents.of_records(records, url, known)
        self.records += filled
        if failed:
            self._failed(failed.at(f"file {records[0].key} of meeting {self.meeting.key}"))

    def _failed(self, failed: PageError) -> None:
        self.whole = False
        if failed.outcome == "invalid":
            self.remarks.add(DOCUMENTS_UNREADABLE, failed.reason)
        else:
            self.failures.append(failed)
