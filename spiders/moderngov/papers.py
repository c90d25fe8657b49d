"""The files of a ModernGov meeting: the papers of its items, and the printed minutes of a site that has no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from monitor.model import Known, Record
from spiders.committees.memory import DECISIONS, MINUTES
from spiders.http.documents import Documents
from spiders.http.errors import PageError
from spiders.moderngov.records import Place, document_of, missing_outcome, printed_of
from spiders.moderngov.service import Item, Meeting

OUTCOMES = {MINUTES: "minutes", DECISIONS: "decisions"}


@dataclass
class Papers:
    """The files of one meeting: `records`, `failures` and `remarks` as they come. `known` are the documents kept
    already, by their keys. `unseen` is MINUTES or DECISIONS where those are published and were not to be seen."""

    place: Place
    documents: Documents
    known: Mapping[str, Known]
    meeting: Meeting
    records: list[Record] = field(default_factory=list)
    failures: list[PageError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    unseen: str | None = None

    async def of_item(self, item: Item) -> None:
        """Each public document of an item."""
        for attached in item.documents:
            record = document_of(self.place, self.meeting, item, attached)
            await self._keep([record], record.url, self.known.get(record.key))

    async def outcome(self, items: Iterable[Item]) -> None:
        """The printed minutes or decisions as the minutes of each item, where the service says that they are published
        and shows none. Where they are on no page that lets itself be read, `unseen` is set and a remark says so: a
        site may show its service to everybody and its pages to browsers only."""
        public = [item for item in items if not item.restricted]
        kind = missing_outcome(self.meeting) if public else None
        if kind is None:
            return
        try:
            url = (await self.place.site.printed(self.meeting.key)).get(kind)
        except PageError as failed:
            self._failed(kind, failed)
        else:
            await self._printed(public, kind, url)

    async def _printed(self, items: list[Item], kind: str, url: str | None) -> None:
        if url is None:
            self._unseen(kind, "its page links to none")
        else:
            await self._keep([printed_of(self.place, self.meeting, i, kind, url) for i in items], url, None)

    def _failed(self, kind: str, failed: PageError) -> None:
        if failed.outcome == "error":
            self.failures.append(failed)
        else:
            self._unseen(kind, failed.reason)

    def _unseen(self, kind: str, why: str) -> None:
        self.unseen = kind
        self.remarks.append(f"the {OUTCOMES[kind]} of meeting {self.meeting.key} are published and not seen: {why}")

    async def _keep(self, records: list[Record], url: str, known: Known | None) -> None:
        """Records of one file, which is asked for once."""
        filled, failed = await self.documents.of_records(records, url, known)
        self.records += filled
        if failed:
            self.failures.append(failed.at(f"file {records[0].key}"))
