"""Signs that a page is an old or broken copy of itself although it looks sound. Pure.

A cache or a standby site may answer 200 with last month's state; a template may lose its archive. What was
known for years is the canary: it does not go away by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.model import Record
from monitor.model.days import FARTHEST, day, days_before
from monitor.model.state import Key, Stored, key_of

SETTLED = timedelta(days=365)
"""A report that has stood for a year is not withdrawn any more; that two are at once was never seen."""
LOST = 2
BACK = 3
"""So many pages whose newest report has gone at once are old copies. One or two may have been withdrawn together:
two councils can share a letter (Northamptonshire)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was seen on a day, and what was known of it before."""

    records: Collection[Record]
    known: Mapping[Key, Stored]
    seen: date | None

    def newest(self, records: Iterable[Record]) -> str | None:
        """The newest date of publication; one ahead of the day on which the page was seen is mistyped."""
        latest = self.seen or FARTHEST
        return max((r.published for r in records if r.published and day(r.published, latest)), default=None)


def missing_old_reports(page: Page) -> str | None:
    """Why a page is not believed that no longer lists several settled reports."""
    listed, here = _listed(page.known), {key_of(r) for r in page.records}
    newest = page.newest(s.record for s in listed)
    last = day(newest)
    if newest is None or last is None:
        return None
    until = days_before(last, SETTLED).isoformat()
    gone = [s for s in listed if (s.record.published or newest) < until and key_of(s.record) not in here]
    if len(gone) < LOST:
        return None
    example = min(gone, key=lambda s: s.record.published or "").record
    return (
        f"invalid: {len(gone)} old reports are not listed any more, {example.title} of {example.published} among them"
    )


def older_copy(pages: Mapping[str, Page]) -> dict[str, str]:
    """The pages, by target, that show an old state, where they are too many to be withdrawals."""
    found = {}
    for target, page in pages.items():
        now, before = page.newest(page.records), page.newest(s.record for s in _listed(page.known))
        if now and before and now < before:
            found[target] = f"invalid: an old state: the newest report is of {now}, one of {before} was listed before"
    return found if len(found) >= BACK else {}


def _listed(known: Mapping[Key, Stored]) -> list[Stored]:
    return [s for s in known.values() if s.state == "listed"]
