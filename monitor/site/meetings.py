"""The page of committee meetings: what is ahead, and what was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.model import KINDS
from monitor.site import calendars
from monitor.site.page import Page
from monitor.site.picture import CouncilPicture, Picture
from monitor.views.meetings import Meeting

MAX_PAST = 60


def pages(picture: Picture) -> Iterator[Page]:
    """The one page."""
    found = [(c, m) for c in picture.by_name for m in c.meetings]
    yield Page(
        ("meetings",),
        "meetings.html.j2",
        "Committee meetings",
        (picture.today, [(x.council.name, m) for x, m in found]),
        lambda: _content(picture, found),
    )


def _content(picture: Picture, found: list[tuple[CouncilPicture, Meeting]]) -> Mapping[str, Any]:
    ahead = sorted((x for x in found if x[1].day >= picture.today), key=lambda x: x[1].day)
    past = sorted((x for x in found if x[1].day < picture.today), key=lambda x: x[1].day, reverse=True)
    return {
        "ahead": [_row(*x) for x in ahead],
        "past": [_row(*x) for x in past[:MAX_PAST]],
        "older": len(past[MAX_PAST:]),
        "councils": [(c.council.name, calendars.of_council(c)) for c in picture.by_name if c.meetings],
        "json": {"meetings": [_json(c, m) for c, m in (*ahead, *past)]},
    }


def _row(council: CouncilPicture, meeting: Meeting) -> dict[str, Any]:
    return {"council": council.council, "meeting": meeting, "papers": papers(meeting)}


def papers(meeting: Meeting) -> list[tuple[str, str, str]]:
    """What a meeting had before it: what it is, its title, its address."""
    return [(KINDS[p.record].in_story, p.title, p.url) for p in meeting.papers]


def _json(council: CouncilPicture, meeting: Meeting) -> dict[str, Any]:
    return {
        "council": council.council.name,
        "urn": meeting.urn,
        "day": meeting.day,
        "committee": meeting.committee,
        "papers": [{"what": what, "title": title, "url": url} for what, title, url in papers(meeting)],
    }
