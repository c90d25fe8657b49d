"""Reads GOV.UK's publications about inspections of councils' children's services: Ofsted's frameworks and statistics,
the Department for Education's improvement notices and directions.

As known in November 2026: `/api/search.json` answers 422 to a parameter that it does not know, so a changed interface
is an error and not an empty list. `/api/content/PATH` gives the history of changes. Every change moves a publication's
time in the search, so the newest results are enough: the spider does not ask for a publication that has not moved. A
framework changes once a year. The first crawl asks for it by name, so that the next change is known as a change.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Mapping
from functools import partial
from urllib.parse import urlencode

from monitor.model import Kind, Record, Target
from monitor.model.days import FARTHEST
from spiders.counts import counted
from spiders.govuk.memory import Memory
from spiders.govuk.pages import Publication, Row, parse_publication, parse_search
from spiders.http.errors import PageError, where
from spiders.job import Items, JobSpider, PollInProgress
from spiders.remarks import one_line

FRAMEWORKS = ("/government/publications/inspecting-local-authority-childrens-services-from-2018",)
"""The first crawl and full crawls ask for these by name; `options.paths` names others."""
DFE = ("filter_organisations", "department-for-education")
SEARCHES = (
    (("filter_organisations", "ofsted"),),
    (DFE, ("q", "improvement notice")),
    (DFE, ("q", "direction children")),
)
FIELDS = ("title", "link", "description", "public_timestamp")
ROWS_OF_PAGE = 100
MAX_PAGES_OF_SEARCH = 10
"""After a long silence the spider reads at most so many pages of a search, down to what it knows."""

Failures = dict[str, PageError]
"""By the path of the publication."""


class GovukSpider(JobSpider):
    """The one target is "govuk"; a publication is named by its path."""

    name = "govuk"
    base_url = "https://www.gov.uk"

    async def look(self) -> AsyncIterator[Items]:
        """Search, then read the publications that have changed since the last crawl."""
        for target in self.job.targets or (Target("govuk", "GOV.UK"),):
            progress = self.begin(target.target)
            try:
                yield await self.guarded(target.target, self._looked_at(target, progress))
            except PageError as failed:
                yield [progress.failed(failed)]

    async def _looked_at(self, target: Target, progress: PollInProgress) -> Items:
        self._odd = list[str]()
        known = Memory.read(target.cursor)
        before = Memory({}) if self.job.sweep else known
        rows = await self._rows(before.newest)
        seen = known.seen(rows, str(self.job.options.get("today") or FARTHEST))
        asked = self._asked(before, seen, rows)
        if not asked:
            return [progress.poll("unchanged", cursor=seen.cursor())]
        progress.recognise(
            f"{counted(len(rows), 'publication')} found by the search, {len(seen.stamps)} of them on our subject"
        )
        records, failures = await self._publications(target, asked[: self.sample])
        progress.recognise(*(f"the publication “{record.title}”" for record in records))
        if lasting := _lasting(failures, len(records), baselined=target.baselined):
            return [*records, progress.failed(lasting)]
        gone = {path for path, failed in failures.items() if failed.gone}
        cursor = seen.without(_owed(failures, baselined=target.baselined), gone).cursor()
        return [*records, progress.poll("ok", detail=_remark(failures, self._odd), cursor=cursor)]

    def _asked(self, before: Memory, seen: Memory, rows: Mapping[str, Row]) -> list[str]:
        """The paths to read, each once: the frameworks where nothing is known yet, what has moved, and in a full crawl
        the notices that the search lists no more."""
        first = [] if before.stamps or before.newest else self.job.options.get("paths", FRAMEWORKS)
        unlisted = [path for path in seen.notices if self.job.sweep and path not in rows]
        return list(dict.fromkeys([*first, *seen.moved(before.stamps, rows), *unlisted]))

    async def _rows(self, newest: str) -> dict[str, Row]:
        """The results of the searches by path, down to the newest known one; at a first crawl one page of each."""
        found: dict[str, Row] = {}
        for search in SEARCHES:
            found |= await self._search(search, newest)
        return found

    async def _search(self, search: tuple[tuple[str, str], ...], newest: str) -> dict[str, Row]:
        found: dict[str, Row] = {}
        start = 0
        for _ in range(MAX_PAGES_OF_SEARCH):
            page = [
                ("order", "-public_timestamp"),
                ("count", ROWS_OF_PAGE),
                ("start", start),
                ("fields", ",".join(FIELDS)),
            ]
            url = f"{self._site()}/api/search.json?{urlencode([*search, *page])}"
            results = await self.fetcher.get(url, {}, partial(parse_search, asked=ROWS_OF_PAGE))
            found |= {row.path: row for row in results.rows}
            self._odd += [f"/api/search.json: {results.remark}"] if results.remark else []
            start += results.received
            if not results.received or start >= results.total or not newest or _reached(results.rows, newest):
                break
        if not found and dict(search).keys() == {"filter_organisations"}:
            raise PageError("invalid", "/api/search.json: an organisation is said to have no publications")
        return found

    async def _publications(self, target: Target, paths: Iterable[str]) -> tuple[list[Record], Failures]:
        records: list[Record] = []
        failures: Failures = {}
        for path in paths:
            url = f"{self._site()}/api/content{path}"
            try:
                found = await self.fetcher.get(url, {}, parse_publication)
            except PageError as failed:
                failures[path] = failed.at(where(url))
            else:
                records.append(self._record(target, path, found))
                self._odd += [f"{path}: {found.remark}"] if found.remark else []
        return records, failures

    def _record(self, target: Target, path: str, found: Publication) -> Record:
        fields = {
            "document_type": found.document_type,
            "updated": found.updated,
            "change_note": found.note,
            "withdrawn": found.withdrawn or None,
        }
        return Record(
            self.job.source, target.target, Kind.PUBLICATION, path, self._site() + path, found.title,
            published=found.published, fields={name: value for name, value in fields.items() if value},
            text="\n".join((found.title, *found.lines)),
        )  # fmt: skip

    def _site(self) -> str:
        return self.job.base_url.rstrip("/")


def _lasting(failures: Failures, read: int, *, baselined: bool) -> PageError | None:
    """The failure that fails the look: none of what was asked for came, or, in a first look, something did not that is
    there. What comes later than the baseline would be told as new."""
    hosts = [failed for failed in failures.values() if failed.outcome in ("error", "blocked")]
    return hosts[0] if hosts and not (read and baselined) else None


def _owed(failures: Failures, *, baselined: bool) -> list[str]:
    """The paths that are asked for again in the next look. What is gone waits until the search has another time for
    it; so does what a first look could not read, because nobody is told of that."""
    return [path for path, failed in failures.items() if baselined and not failed.gone]


def _remark(failures: Failures, odd: list[str]) -> str | None:
    reasons = [failed.reason for failed in failures.values()]
    lost = [f"publications that could not be read: {len(reasons)} (first: {reasons[0]})"] if reasons else []
    return one_line([*lost, one_line(odd, 1)])


def _reached(rows: Iterable[Row], newest: str) -> bool:
    """Return True if a page goes back to what is known. All times of the search are in UTC and have one form."""
    return min((row.stamp for row in rows), default="") <= newest
