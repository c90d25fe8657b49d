"""Which meetings a ModernGov site lists in a window of days, and what their committees are called."""

from __future__ import annotations

from dataclasses import replace

from spiders.committees.names import matters
from spiders.committees.span import DateSpan
from spiders.counts import counted
from spiders.http.errors import PageError
from spiders.moderngov.service import Listed
from spiders.moderngov.site import EVERY, Site


class Timetable:
    """`per_committee`: the site lists meetings committee by committee only, which is learned once. `every`: committees
    that are plainly about something else are listed as well. `remarks` say what could not be read, `seen` what was
    recognised. With a `sample` no more committees are asked than it takes to find so many meetings."""

    def __init__(
        self, site: Site, window: DateSpan, *, per_committee: bool, every: bool, sample: int | None = None
    ) -> None:
        self.per_committee = per_committee
        self.remarks: list[str] = []
        self.seen: list[str] = []
        self._sample = sample
        self.meetings: dict[str, Listed] = {}
        self._site, self._window, self._every = site, window, every
        self._titles: dict[str, str] | None = None

    async def read(self) -> list[Listed]:
        """The meetings of the window. Raises PageError where the site lists none at all."""
        titles = {key: name for key, name in (await self._committees()).items() if self._every or matters(name)}
        self.seen.append(f"{counted(len(titles), 'committee')}, such as “{next(iter(titles.values()), '')}”")
        rows = await self._listed(list(titles))
        how = "one committee at a time" if self.per_committee else "asked for all committees at once"
        self.seen.append(f"{counted(len(rows), 'meeting')} from {self._window.first} to {self._window.last}, {how}")
        self.meetings = {r.key: replace(r, committee=r.committee or titles[of]) for of, r in rows}
        if not self.meetings:
            days = f"{self._window.first} to {self._window.last}"
            said = f"{self._site.host}: of {counted(len(titles), 'committee')} no meeting is listed, {days}"
            raise PageError("invalid", "; ".join([said, *self.remarks]))
        return list(self.meetings.values())

    async def committee(self, key: str | None) -> str:
        """The title of a committee, "" if the site does not know it."""
        return (await self._committees()).get(key, "") if key else ""

    async def _committees(self) -> dict[str, str]:
        if self._titles is None:
            self._titles, remarks = await self._site.committees()
            self.remarks += remarks
        return self._titles

    async def _listed(self, committees: list[str]) -> list[tuple[str, Listed]]:
        """Each meeting with its committee's id; all at once if the site can."""
        if not self.per_committee:
            try:
                if rows := await self._of(EVERY, committees):
                    return rows
            except PageError as failed:
                if failed.outcome == "blocked":
                    raise
        self.per_committee = True
        return await self._one_by_one(committees)

    async def _one_by_one(self, committees: list[str]) -> list[tuple[str, Listed]]:
        rows: list[tuple[str, Listed]] = []
        for key in committees:
            rows += await self._of(key, [key])
            if self._sample and len(rows) >= self._sample:
                break
        return rows

    async def _of(self, asked: str, wanted: list[str]) -> list[tuple[str, Listed]]:
        """One committee's list may not say whose it is; a list of all says so."""
        found, remarks = await self._site.meetings(asked, self._window.first, self._window.last)
        self.remarks += remarks
        if asked != EVERY:
            return [(asked, row) for rows in found.values() for row in rows]
        return [(key, row) for key in wanted for row in found.get(key, ())]
