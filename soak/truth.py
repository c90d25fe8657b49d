"""The replica's truth beside what the program tells: which event is to tell what, and what both call a publication."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from monitor.model import Event
from monitor.model.payloads import MeetingPayload, PagePayload

TOLD_AS = {
    ("reports", "new_report"): ("report.published", "ofsted"),
    ("moderngov", "agenda_item"): ("meeting.item", "moderngov"),
    ("moderngov", "minutes"): ("meeting.minutes", "moderngov"),
    ("cmis", "agenda_item"): ("meeting.item", "cmis"),
    ("cmis", "minutes"): ("meeting.minutes", "cmis"),
    ("news", "article"): ("news.published", "newsroom"),
    ("press", "article"): ("press.published", "press"),
    ("govuk", "published"): ("govuk.published", "govuk"),
}
"""The truth's layer and event, and the kind of event that is to tell it, of the source that sees it."""
PLACED = ("moderngov", "cmis", "news", "press")
"""The layers whose pages are about a letter, and so belong in its story."""
Truth = dict[str, Any]


def told_as(truth: Truth) -> tuple[str, str]:
    """Which kind of event is to tell something, and of which source; of neither ("", "") where none is."""
    return TOLD_AS.get((truth["layer"], truth["event"]), ("", ""))


def identity(truth: Truth) -> str:
    """What names a publication in the truth as well as in an event: the council's agenda item, the title at a meeting
    where items have no number (CMIS), or the path."""
    if truth["layer"] == "moderngov":
        return f"{truth['urn']}/{truth['item_id']}"
    if truth["layer"] == "cmis":
        return f"{truth['urn']}/{truth['meeting_id']}/{truth['title']}"
    return urlsplit(str(truth["url"] if "url" in truth else truth["file_url"])).path.removeprefix("/govuk").rstrip("/")


def key_of(event: Event) -> str:
    """The same of an event."""
    if event.kind.startswith("meeting.") and event.source == "cmis":
        return f"{event.urn}/{event.after_as(MeetingPayload).meeting}/{event.title}"
    if event.kind.startswith("meeting."):
        return f"{event.urn}/{event.after_as(PagePayload).key}"
    return urlsplit(event.url or "").path.removeprefix("/govuk").rstrip("/")
