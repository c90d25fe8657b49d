"""The test message of `check --send-test`: what a channel really gets, about a council that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import click

from monitor.channels.rules import Channel, told
from monitor.cli.faults import say
from monitor.config.file import Config
from monitor.deliver import ways_out
from monitor.deliver.audience import channels
from monitor.deliver.sender import Build
from monitor.model import Change, DeliveryError, Event, Fact, Quote
from monitor.model.days import LONDON
from monitor.model.event import event_id
from monitor.model.payloads import MeetingPayload, PagePayload, PublicationPayload, ReportPayload, SourcePayload
from monitor.model.sources import OFSTED
from monitor.model.trouble import Trouble
from monitor.service import logs
from monitor.wording.describe import subject

COUNCIL = "TEST MESSAGE (no real council)"
"""Stands where a council's name does, so that nobody takes the message for news."""
ADDRESS = "https://example.org/ofsted-watch-test"
BEFORE = {"overall_effectiveness": "requires improvement", "help_and_protection": "requires improvement"}
AFTER = {"overall_effectiveness": "good", "help_and_protection": "good", "care_leavers": "requires improvement"}
CHANGES = (
    Change("overall_effectiveness", "requires improvement", "good", "improved"),
    Change("help_and_protection", "requires improvement", "good", "improved"),
    Change("care_leavers", None, "requires improvement", "new"),
)
SUMMARY = (
    Quote("This message shows what ofsted-watch sends when a report is published.", 1),
    Quote("A real message quotes the report's own sentences here, each with its page.", 2),
)
JUDGED = Fact("judgement", "good", "Ofsted has judged the services of a council that does not exist to be good.")
RESOLVED = Fact("resolution", "noted", "that this test message be noted")
PAGES = (
    ("news.published", "an article", PagePayload(key="1"), (JUDGED,)),
    ("press.published", "an article", PagePayload(key="1", publication="a newspaper"), (JUDGED,)),
    ("meeting.minutes", "an agenda item", MeetingPayload(key="1", committee="a committee"), (RESOLVED,)),
    ("govuk.published", "a publication", PublicationPayload(key="1", document_type="notice"), ()),
    ("page.changed", "an entry", PagePayload(key="1"), ()),
)
"""The samples that are pages: their kind, what their title names, what is known of them."""
ASKED = (Quote("What needs to improve stands here, in the report's words.", 2),)


def send_tests(config: Config) -> list[str]:
    """Send each channel a sample of what it really gets. Returns why it failed, a line for each channel."""
    build, now, hidden = ways_out.build(config), datetime.now(UTC), logs.secrets(config)
    everyone, failures = channels(config), []
    for channel in everyone:
        event = sample_for(channel, everyone, now)
        for recipient in channel.recipients:
            where = f"channel {channel.name}{f' ({recipient})' if recipient else ''}"
            try:
                _send(build, channel.name, recipient, event, where)
            except Exception as error:  # noqa: BLE001 - whatever a way out raises is why its test failed
                known = isinstance(error, DeliveryError)
                said = str(error) if known else f"{type(error).__name__}: {error}"
                failures.append(f"{where}: {logs.masked(said, sorted(hidden, key=len, reverse=True))}")
    return failures


def _send(build: Build, name: str, recipient: str, event: Event, where: str) -> None:
    out = build(name, recipient)
    out.send(event.id, [event], False)
    click.echo(f"{where}: test message sent: {subject([event])}")
    for line in getattr(out, "advice", list)():
        say(f"{where}: {line}")


def sample_for(channel: Channel, everyone: Iterable[Channel], now: datetime) -> Event:
    """The first sample, one of each family of events, that passes the channel's filters; else the report, as a try."""
    known = list(everyone)
    report = _report(now)
    urgent = replace(report, severity="critical")
    samples = (report, *(_page(now, *page) for page in PAGES), _outage(now), urgent)
    return next((event for event in samples if told(event, channel, known)), report)


def _report(now: datetime) -> Event:
    day = _day(now)
    return Event(
        id=event_id("test", now.isoformat()),
        at=now.isoformat(),
        kind="report.published",
        severity="important",
        source=OFSTED,
        title="Inspection of local authority children's services (test message)",
        council=COUNCIL,
        url=ADDRESS,
        published=day,
        before=ReportPayload(key="0", kind="ilacs", published=_day(now - timedelta(days=1200)), judgements=BEFORE),
        after=ReportPayload(key="1", kind="ilacs", published=day, judgements=AFTER, improvements=ASKED),
        changes=CHANGES,
        summary=SUMMARY,
    )


def _page(now: datetime, kind: str, name: str, after: PagePayload, facts: tuple[Fact, ...]) -> Event:
    return Event(
        id=event_id("test", kind, now.isoformat()),
        at=now.isoformat(),
        kind=kind,
        severity="notice",
        source="page.A watched page" if kind == "page.changed" else "ofsted-watch",
        title=f"This is how {name} is told (test message)",
        council=COUNCIL,
        url=ADDRESS,
        published=_day(now),
        after=after,
        facts=facts,
    )


def _outage(now: datetime) -> Event:
    reason = "this is a test, and nothing is wrong"
    return Event(
        id=event_id("test outage", now.isoformat()),
        at=now.isoformat(),
        kind="source.failing",
        severity="important",
        source="ofsted-watch",
        title="TEST MESSAGE (no real source)",
        after=SourcePayload(reason=reason, since=now.isoformat(), targets=("test",), trouble=Trouble.BROKEN.value),
    )


def _day(now: datetime) -> str:
    return now.astimezone(LONDON).date().isoformat()
