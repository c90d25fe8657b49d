"""The pages of a made-up CMIS that never changes, in the shape of captured ones: calendar, list, months, meetings."""

from __future__ import annotations

import re
from datetime import date, timedelta

from monitor.model.english_dates import MONTHS

WAY = "/cmis/Meetings/tabid/70/ctl"
CALENDAR = (
    '<div><input type="submit" name="dnn$ctr397$MeetingCalendarPublic$btnButtonListView" value="List View"></div>'
)
LIST = '<table id="dnn_ctr397_MeetingCalendarPublicList_grd"><tr><th>Date/Start Time</th></tr></table>'
COMMITTEES = ("Cabinet", "Planning Committee", "Audit Committee", "Children's Services Scrutiny")
MEETING = (
    "<div><h1>Meeting Details</h1><p><b>Committee:</b> {committee}</p><p><b>Date/Time:</b> {day} - 10:00 to 11:46</p>"
    "<p><b>Status:</b> Scheduled</p><h2>Documents</h2><h3>Agenda</h3><h3>Public Agenda</h3>"
    "<h4>1 Apologies</h4><h4>2 School Places</h4></div>"
)


def page(path: str) -> str | None:
    """The page at an address; None where there is none."""
    if path.partition("?")[0] == "/cmis/Meetings.aspx":
        return _framed(LIST if "ctl=" in path else CALENDAR)
    if found := re.match(rf"{WAY}/MeetingCalendarPublicNoJava/mid/397/Date/(\d{{4}}-\d\d-\d\d)/", path):
        return _framed(_month(date.fromisoformat(found[1])))
    if found := re.match(rf"{WAY}/ViewMeetingPublic/mid/397/Meeting/(\d+)/Committee/(\d)", path):
        day = date.fromordinal(int(found[1]))
        return _framed(MEETING.format(committee=COMMITTEES[int(found[2])], day=_written(day)))
    return None


def _month(first: date) -> str:
    """Every weekday; each Tuesday one of the committees meets."""
    days = [first + timedelta(days=n) for n in range(31) if (first + timedelta(days=n)).month == first.month]
    rows = (f"<tr><td>{day:%A}, {day.day} {MONTHS[day.month - 1]}</td><td>{_on(day)}</td></tr>" for day in days)
    return f'<table id="dnn_ctr397_MeetingCalendarPublicPrinter_grd">{"".join(rows)}</table>'


def _on(day: date) -> str:
    if day.weekday() != 1:
        return ""
    which = day.day // 8 % len(COMMITTEES)
    way = f"{WAY}/ViewMeetingPublic/mid/397/Meeting/{day.toordinal()}/Committee/{which}/SelectedTab/Documents"
    return f'<p><a href="{way}/Default.aspx">10:00 {COMMITTEES[which]}</a></p>'


def _written(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _framed(body: str) -> str:
    menu = '<ul><li><a href="/cmis/Meetings.aspx">Meetings</a></li></ul>'
    return f"<html><head><title>Council</title></head><body><form>{menu}{body}</form></body></html>"
