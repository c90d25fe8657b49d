"""Committee meetings as calendars (RFC 5545): one of all councils, one for each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from monitor.model.addresses import council_page, safe_id
from monitor.site.page import Extra
from monitor.site.picture import CouncilPicture, Picture
from monitor.views.meetings import Meeting
from monitor.wording.text import lower_first, one_line, safe_url

ALL = "meetings/meetings.ics"
TITLE = "Committee meetings about letters from Ofsted"
PRODUCT = "-//ofsted-watch//site//EN"


def files(picture: Picture) -> Iterator[Extra]:
    """The calendar of all councils, and one for each council that has a meeting."""
    having = [c for c in picture.by_name if c.meetings]
    everything = [(c, m) for c in having for m in c.meetings]
    yield _file(ALL, TITLE, everything, picture)
    for council in having:
        mine = [(council, meeting) for meeting in council.meetings]
        yield _file(of_council(council), f"{council.council.name}: {lower_first(TITLE)}", mine, picture)


def of_council(council: CouncilPicture) -> str:
    """The file of a council's calendar."""
    return f"councils/{safe_id(council.council.slug)}/meetings.ics"


def _file(name: str, title: str, meetings: list[tuple[CouncilPicture, Meeting]], picture: Picture) -> Extra:
    made_of = (title, picture.address, [(c.council.name, m) for c, m in meetings])
    return Extra(name, made_of, lambda: written(title, meetings, picture.address))


def written(title: str, meetings: Iterable[tuple[CouncilPicture, Meeting]], address: str | None) -> bytes:
    """A calendar. Committees publish the day of a meeting and seldom its hour, so each is a whole day."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("name", one_line(title))
    calendar.add("x-wr-calname", one_line(title))
    for council, meeting in meetings:
        calendar.add_component(_event(council, meeting, address))
    return bytes(calendar.to_ical())


def _event(council: CouncilPicture, meeting: Meeting, address: str | None) -> Event:
    day = date.fromisoformat(meeting.day)
    event = Event()
    event.add("uid", f"{sha256(meeting.key.encode(errors='replace')).hexdigest()[:24]}@ofsted-watch")
    event.add("dtstamp", datetime.fromisoformat(max(p.seen or meeting.day for p in meeting.papers)).replace(tzinfo=UTC))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", one_line(f"{council.council.name}: {meeting.committee or 'committee'}", 200))
    titles = "\n".join(one_line(p.title, 200) for p in meeting.papers)
    page = f"\n{council_page(address, council.council.slug)}" if address else ""
    event.add("description", titles + page)
    if url := safe_url(meeting.papers[0].url):
        event.add("url", url)
    return event
