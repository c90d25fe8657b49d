"""Decides whether Ofsted's listing as a whole can be believed. Pure functions.

The site once changed its page size overnight (February 2025: 100 rows instead of 160, and every scraper lost 53
councils for a day). So this module checks totals, page sizes and the number of councils.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.model import Outcome, Target
from monitor.model.english_dates import printed
from spiders.counts import counted
from spiders.http.errors import PageError
from spiders.ofsted.pages import Provider
from spiders.ofsted.results import Listing, Row

NONE = "none"
"""The cursor of a council whose row has no "Latest report"."""
MAX_ABSENT_ONE_IN = 10
"""If more than one in so many councils is absent, and more than three are, the listing is wrong, not the councils."""


@dataclass(frozen=True, slots=True)
class Search:
    """The pages of the listing together: its rows by URN. With `problems`, or `lost` rows (in words, with their
    count), absence from it means nothing. `capped` describes pages that were smaller than asked for; `failure` is the
    error of a page that could not be read; `notes` are oddities."""

    rows: Mapping[str, Row]
    total: int
    problems: tuple[str, ...]
    capped: str | None = None
    failure: PageError | None = None
    lost: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        return self.outcome == "ok" and self.lost is None

    @property
    def outcome(self) -> Outcome:
        if self.failure:
            return self.failure.outcome
        return "invalid" if self.problems or self.capped else "ok"

    def absence(self) -> tuple[Outcome, str]:
        """The outcome of the poll of a council that is not in the listing."""
        if self.failure:
            return self.failure.outcome, f"not in the part of the listing that could be read ({self.failure.reason})"
        if self.problems:
            return "invalid", f"not in the listing, which is not sound ({self.problems[0]})"
        if self.lost:
            return "invalid", f"not in what could be read of the listing ({self.lost})"
        return "missing", "not in the listing"


def gathered(pages: Sequence[Listing], size: int, failure: PageError | None = None) -> Search:
    """Join the pages of one search, asked for with `size` rows each."""
    rows: dict[str, Row] = {}
    problems: list[str] = []
    for row in (row for page in pages for row in page.rows):
        if row.urn in rows:
            problems.append(f"{row.name} ({row.urn}) is listed twice")
        rows.setdefault(row.urn, row)
    total = _total(pages)
    problems += _sums(pages, total) if not failure else []
    capped = None if problems or failure else _capped(pages, size, total)
    notes = tuple(dict.fromkeys(note for page in pages for note in page.notes))
    return Search(rows, total, tuple(problems), capped, failure, _lost(pages), notes)


def _total(pages: Sequence[Listing]) -> int:
    """The number of councils as the listing says it; as it shows them, if it says none."""
    said = [page.total for page in pages if page.total is not None]
    return said[-1] if said else sum(page.received for page in pages)


def _lost(pages: Sequence[Listing]) -> str | None:
    """The rows that could not be read, in words."""
    lost = [row for page in pages for row in page.lost]
    return f"rows that cannot be read: {len(lost)} ({lost[0]})" if lost else None


def is_last(pages: Sequence[Listing]) -> bool:
    """Return True if the search has no page after these. Where it states no total, its last page is a shorter one."""
    last, received = pages[-1], sum(page.received for page in pages)
    if last.received == 0:
        return True
    if last.total is None:
        return last.received < pages[0].received
    return received >= last.total


def _sums(pages: Sequence[Listing], total: int) -> list[str]:
    totals = sorted({page.total for page in pages if page.total is not None})
    received = sum(page.received for page in pages)
    if len(totals) > 1:
        return [f"the listing said {totals[0]} and {totals[-1]} councils while it was read"]
    if received != total:
        return [f"the listing says that it has {counted(total, 'council')} but shows {received}"]
    return [] if total else ["the listing shows no council at all"]


def _capped(pages: Sequence[Listing], size: int, total: int) -> str | None:
    """A remark if a page before the last was shorter than asked for."""
    shorter = [page.received for page in pages[:-1] if page.received < size]
    if not shorter:
        return None
    return f"{counted(min(shorter), 'row')} a page where {size} were asked for; all {total} were read by paging on"


def compared(search: Search, targets: Sequence[Target], all_targets: bool) -> tuple[Search, str | None]:
    """Compare the listing with the councils that should be in it; with a remark on councils that nobody watches."""
    if not all_targets or search.failure:
        return search, None
    watched = {target.target for target in targets}
    absent = [target.name for target in targets if target.target not in search.rows]
    if len(absent) > 3 and len(absent) * MAX_ABSENT_ONE_IN > len(targets):
        words = f"{len(absent)} of {len(targets)} councils are not in the listing, {absent[0]} among them"
        search = replace(search, problems=(*search.problems, words), capped=None)
    unwatched = [f"{row.name} ({urn})" for urn, row in search.rows.items() if urn not in watched]
    return search, f"listed but not watched: {some(unwatched)}" if unwatched else None


def to_open(target: Target, row: Row, today: str | None) -> bool:
    """Return True if the crawl must open a council's page: the listing's date has changed since the last crawl, or is
    so fresh that a second report of the same day may have followed."""
    if target.cursor is None or row.unread or target.cursor != (row.latest or NONE):
        return True
    if row.latest is None or today is None:
        return False
    return row.latest >= (date.fromisoformat(today) - timedelta(days=1)).isoformat()


def disagreement(page: Provider, row: Row | None) -> str | None:
    """Describe a report that the listing shows and the page does not; None if they agree."""
    newest = newest_of(page)
    if row is None or row.latest is None or (newest and newest >= row.latest):
        return None
    has = f"the newest report on the page is of {day(newest)}" if newest else "the page has no report with a date"
    return f"the listing says {day(row.latest)}, {has}"


def is_explained(page: Provider) -> bool:
    """Return True if the report that a page lacks may be one that it shows without a date, or that cannot be read."""
    return bool(page.lost) or any(entry.published is None for entry in page.entries)


def hidden(page: Provider, row: Row | None) -> str | None:
    """Describe a report that the page has and the listing does not show; None if they agree."""
    newest = newest_of(page)
    if row is None or row.unread or newest is None or (row.latest and newest <= row.latest):
        return None
    said = day(row.latest) if row.latest else f'"{row.unread}"' if row.unread else "nothing"
    return f"{page.name} has a report of {day(newest)}, the listing said {said}"


def newest_of(page: Provider) -> str | None:
    """Return the latest day of publication on a page, ISO."""
    return max((entry.published for entry in page.entries if entry.published), default=None)


def day(iso: str | None) -> str:
    """Return "2024-07-12" as "12 July 2024"."""
    return printed(date.fromisoformat(iso)) if iso else "no date"


def some(names: Iterable[str], most: int = 3) -> str:
    """Name the first few of a list, and say how many more there are."""
    found = list(names)
    return ", ".join(found[:most]) + (f" and {len(found) - most} more" if len(found) > most else "")
