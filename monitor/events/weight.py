"""How much a page weighs: whether it is too old to be told, an update, or a step of the department. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from monitor.coverage.pages import Page
from monitor.inspections import notices
from monitor.model import KINDS, Letter, Severity
from monitor.model.sources import telling

UPDATED = timedelta(days=2)
"""If a publication that is new to us was changed this long after it came out, it is told as updated."""


def is_old(page: Page, at: str) -> bool:
    """Whether it came out too long ago to be told, by a date that its feed or its page states."""
    record, lag = page.record, _lag(page.record.published, at)
    limit = KINDS[record.kind].old_after
    return limit is not None and record.dated_by != "inferred" and lag is not None and lag > limit


def kind_of(page: Page) -> str:
    """The kind of the page's event."""
    record = page.record
    kind, updated = telling(record.kind, record.source).event, KINDS[record.kind].updated
    return updated if updated and is_updated(page) else kind


def is_updated(page: Page) -> bool:
    """Whether it was there before, to us or by its own dates."""
    lag = _lag(page.record.published, str(page.record.fields.get("updated", "")))
    return page.change.type == "changed" or (lag is not None and lag > UPDATED)


def _lag(first: str | None, then: str) -> timedelta | None:
    """From one day to another; None where one is not stated."""
    try:
        return date.fromisoformat(then[:10]) - date.fromisoformat((first or "")[:10])
    except ValueError:
        return None


def severity(page: Page, letter: Letter | None) -> Severity:
    """How much it matters: a notice or direction to a named council is critical, its end important; a letter that a
    committee publishes, a meeting that is called off and whatever moved on a watched page are a notice; words of others
    are information."""
    record = page.record
    if page.says.urns and notices.steps_in(record):
        return "important" if _steps_out(page) else "critical"
    if page.change.type != "published" or letter is not None:
        return "notice"
    return KINDS[record.kind].severity


def _steps_out(page: Page) -> bool:
    """Whether a notice or direction no longer holds."""
    before = page.change.before
    known = [before.record, page.record] if before else [page.record]
    return notices.ended(map(notices.Version.of, known))
