"""Dates that no one can have meant: the years 1 and 9999, with zones, at midnight, and words that are no date.

None of them stops a look, a judgement of one or a message; each is remarked on and left out.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.channels import digests
from monitor.channels.rules import Channel
from monitor.councils.registry import Registry
from monitor.coverage.pages import Reader
from monitor.coverage.reading import read as read_page
from monitor.crawl import listing_job
from monitor.health import canary, silence
from monitor.model import Event, Poll, Record, days, publication
from monitor.model.date_spans import spans
from monitor.model.letter import Inspection
from monitor.model.state import PolledTarget, Stored, key_of
from monitor.store import Store, crawl_memory, outbox, records, sources
from monitor.watch.run import RunResult
from monitor.wording import dates, describe, plain
from notifiers.console import ConsoleNotifier
from notifiers.feed import page
from notifiers.mail.notifier import MailNotifier
from notifiers.slack import blocks
from notifiers.slack.elements import dicts
from notifiers.webhook import WebhookNotifier
from spiders.articles.dates import iso
from spiders.articles.feeds import parse_feed
from tests.making import NOON, SHA_B, closed, document, event, letter, outward, record, remembered, typed
from tests.post import Post
from tests.watch.looking import follow

REGISTRY = Registry.load()
DEVON, OTHER = "80461", REGISTRY.get("Torbay").ofsted_urn
LAST = "9999-12-31T23:59:59-05:00"
ENDS = ("0001-01-01", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31",
        "9999-12-31T23:59:59", LAST, "9999-12-31T23:59:59+14:00", "0001-06-30", "9999-07-01T00:00-12:00")  # fmt: skip
NO_DATES = ("", "soon", "2024", "2024-13-45", "\u0662\u0660\u0662\u0664-05-13", "2024-W99-1", "0000-00-00")
ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
TIMES = st.one_of(st.just(time(0)), st.just(time(23, 59, 59)), st.times())
MOMENTS = st.builds(datetime.combine, st.dates(), TIMES, st.one_of(st.none(), ZONES)).map(datetime.isoformat)
ANY = st.one_of(st.sampled_from(ENDS + NO_DATES), st.dates().map(date.isoformat), MOMENTS)
SLOWLY = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def article(key: str, published: str | None, **more: Any) -> Record:
    text = "Ofsted inspected Devon's children's services from 10 to 21 March 2024 and judged them Good."
    return Record(
        "newsroom", DEVON, "article", key, f"https://devon.example/{key}", "Ofsted judges Devon", published,
        text=text, **more,
    )  # fmt: skip


def item(key: str, published: str | None, target: str = DEVON) -> Record:
    fields = {"committee": "Scrutiny", "meeting": "7", "meeting_date": published, "status": "Confirmed", "number": "1"}
    council = "Devon" if target == DEVON else REGISTRY.get("Torbay").name
    return Record(
        "moderngov", target, "item", key, f"https://x.example/{key}", f"Ofsted inspection of {council}", published,
        fields, text=f"Ofsted inspected {council}'s children's services on 10 March 2024 and judged them Good.",
    )  # fmt: skip


def look(store: Store, source: str, *found: PolledTarget, day: int = 0) -> RunResult:
    pages = Reader(REGISTRY, source, {DEVON, OTHER}) if source != "ofsted" else None
    return follow(store, iter(found), NOON + timedelta(days=day), source=source, pages=pages)


def shown(source: str, target: str, *listed: Record) -> PolledTarget:
    at = NOON.isoformat()
    return PolledTarget(Poll("r", source, target, at, at, "ok", complete=source == "ofsted"), listed)


def keys(found: RunResult) -> list[str]:
    return sorted(outward(e.after)["key"] for e in found.events if "key" in outward(e.after))


# what enters


@given(ANY)
@SLOWLY
def test_an_article_of_any_date_costs_no_other_its_news(stated: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        look(store, "newsroom", shown("newsroom", DEVON, article("old", "2024-04-01")))
        odd, sound = article("odd", stated, fields={"updated": stated}), article("sound", "2024-05-14")
        found = look(store, "newsroom", shown("newsroom", DEVON, odd, sound), day=1)
        assert "sound" in keys(found)
        kept = {s.record.key: s.record for s in records.records(store, "newsroom")}
        assert days.day(kept["odd"].published, NOON.date() + timedelta(days=400)) or not kept["odd"].published
        assert bool(stated and not kept["odd"].published) == any("cannot be" in note for note in found.notes)


@given(ANY)
@SLOWLY
def test_a_paper_of_any_date_at_one_council_stops_no_other(stated: str) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        both = [shown("moderngov", DEVON), shown("moderngov", OTHER)]
        look(store, "moderngov", *both)
        odd, sound = item("odd", stated), item("sound", "2024-05-14", OTHER)
        found = look(store, "moderngov", shown("moderngov", DEVON, odd), shown("moderngov", OTHER, sound), day=1)
        assert {"odd", "sound"} <= set(keys(found))


@given(ANY)
@SLOWLY
def test_one_council_s_page_of_any_date_leaves_the_others_watched(stated: str) -> None:
    good, other = record("1", published="2023-01-10"), record("9", OTHER, document=document(SHA_B))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        look(store, "ofsted", closed(DEVON, good), closed(OTHER, other))
        look(store, "ofsted", closed(DEVON, replace(good, published=stated)), closed(OTHER, other), day=1)
        new = record("10", OTHER, published="2024-05-16", document=document("c" * 64))
        found = look(store, "ofsted", closed(DEVON, good), closed(OTHER, other, new), day=2)
        assert "10" in keys(found)


@given(ANY)
@SLOWLY
def test_dates_that_an_earlier_edition_stored_stop_nothing(stated: str) -> None:
    good, other = record("1", published="2023-01-10"), record("9", OTHER, document=document(SHA_B))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        look(store, "ofsted", closed(DEVON, good), closed(OTHER, other))
        with store.transaction():
            store.connection.execute("UPDATE records SET published = ?, fields = ?", (stated, "{}"))
        listing_job._recent(crawl_memory.remembered(store, "ofsted"), NOON.date())
        new = record("10", OTHER, document=document("c" * 64))
        assert "10" in keys(look(store, "ofsted", closed(DEVON, good), closed(OTHER, other, new), day=1))
        records.inspections(store, "ofsted", DEVON)


def test_a_meeting_may_lie_ahead_and_a_publication_not_far() -> None:
    ahead = item("1", "2031-01-01")
    assert publication.credible(ahead, NOON.date() + days.AHEAD).fields["meeting_date"] == "2031-01-01"
    assert publication.credible(ahead, NOON.date() + days.AHEAD).published is None
    assert publication.credible(article("1", "2024-12-24"), NOON.date() + days.AHEAD).published == "2024-12-24"


def test_what_is_left_out_is_said_once_with_its_number(store: Store) -> None:
    odd = [article(str(n), "0001-01-01") for n in range(3)]
    (note,) = look(store, "newsroom", shown("newsroom", DEVON, *odd)).notes
    assert note == (
        f"page {DEVON}: a date that cannot be is left out: Ofsted judges Devon: published 0001-01-01 (and 2 more)"
    )
    assert sources.baselined(store, "newsroom") == {DEVON}


# what judges


@given(ANY, ANY)
def test_no_judgement_of_a_page_fails_on_a_date(one: str, other: str) -> None:
    pair = [record("1", published=one), record("2", published=other)]
    known = {key_of(r): Stored(r, "listed", NOON.isoformat()) for r in pair}
    for seen in (NOON.date(), None):
        canary.missing_old_reports(canary.Page([], known, seen))
        canary.older_copy({t: canary.Page([pair[0]], known, seen) for t in "abc"})
    listing_job._recent({"1": {r.key: remembered(r) for r in pair}}, NOON.date())
    silence.quiet({"1": [one[:10], other[:10]]}, NOON.date())


def test_one_date_far_ahead_leaves_the_replaced_documents_of_others_noticed() -> None:
    known = {"0": [record("typo", "0", published="2042-01-01")], "1": [record("1", "1", published="2024-01-10")]}
    listed = {t: {r.key: remembered(r) for r in rs} for t, rs in known.items()}
    assert ("1", "1") in listing_job._recent(listed, NOON.date())


@given(ANY)
@example("0001-01-01")
@example("9999-12-31")
@settings(deadline=None, max_examples=40)
def test_a_page_of_any_date_can_be_read(stated: str) -> None:
    text = "\n".join((
        "Ofsted inspected Devon's children's services from 10 to 21 March 2024 and judged them Good.",
        "The letter was published on Friday 31 December. Inspectors visited on 31/12/9999 and 01/01/0100.",
    ))  # fmt: skip
    council = REGISTRY.by_urn(DEVON)
    assert read_page(text, title="Ofsted", published=stated, own=council, registry=REGISTRY, where="newsroom").relevant


def test_a_report_without_a_credible_date_is_compared_by_the_letter_s_own() -> None:
    said = letter(letter_date="2024-03-01", inspection_end="2024-01-20")
    assert Inspection.of("1", "u", "9999-12-31", said).published == "2024-03-01"
    assert Inspection.of("1", "u", None, letter(inspection_end="2024-01-20")).published == "2024-01-20"
    assert Inspection.of("1", "u", "2024-03-04", said).published == "2024-03-04"


# what tells


@given(ANY)
def test_any_date_has_a_wording(stated: str) -> None:
    for write in (dates.day, dates.month, dates.moment):
        assert isinstance(write(stated), str)
    assert isinstance(dates.span(stated, LAST), str)
    assert isinstance(dates.days([stated, "2024-05-13"]), str)


def test_a_time_at_the_calendar_s_end_is_written_as_it_stands() -> None:
    assert dates.day(LAST) == "31 December 9999"
    assert dates.moment("0001-01-01T00:00:00+14:00") == "1 January 1, 00:00"
    assert dates.moment("2025-06-03T06:15:00Z") == "3 June 2025, 07:15"


KINDS = ("report.published", "report.replaced", "news.published", "press.published", "govuk.updated", "meeting.item",
         "meeting.document", "page.changed")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@given(stated=ANY)
@example(stated=LAST)
@settings(max_examples=20, deadline=None)
def test_every_way_out_can_tell_of_any_date(kind: str, stated: str) -> None:
    fields = {"updated": stated, "meeting_date": stated, "key": "1", "inspection_start": stated, "kind": "ilacs",
              "inspection_end": stated, "judgements": {"in_care": "good"}}  # fmt: skip
    before = {"published": stated, "meeting_date": stated, "judgements": {"in_care": "inadequate"}}
    told = Event(
        "e" * 32, NOON.isoformat(), kind, "notice", "ofsted", "A title", "Devon", DEVON, "https://x.example/1",
        stated, **typed(kind, {"before": before, "after": fields}),
    )  # fmt: skip
    out = MailNotifier("ann@x.example", sender="bot@example.org", host="h", port=25, security="none")
    assert out.message("ab" * 32, [told], NOON).as_bytes()
    assert "Devon" in plain.message([told], long=True)
    assert "Devon" in describe.subject([told])
    assert dicts(blocks.pages([told])[0])
    assert ElementTree.tostring(page.entry(told))
    assert WebhookNotifier(url="https://x.example/", secret="s" * 32).payload("m", [told], NOON)
    told_to = StringIO()
    ConsoleNotifier(told_to).send("m", [told])
    assert told_to.getvalue()
    assert digests.ordered([told, replace(told, published="2024-05-13")])


FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>Ofsted judges Devon</title>
<link href="https://devon.example/odd"/><published>{}</published></entry></feed>"""


@pytest.mark.parametrize("stated", ENDS)
def test_a_feed_s_entry_of_any_date_leaves_ofsted_s_reports_told_to_everybody(store: Store, stated: str) -> None:
    (entry,) = parse_feed(FEED.format(stated).encode(), "/feed").entries
    shown_to = StringIO()
    post = Post(store, Channel("all"))
    look(store, "newsroom", shown("newsroom", DEVON, article("old", "2024-04-01")))
    look(store, "ofsted", closed(DEVON, record("1", published="2023-01-10")))
    look(store, "newsroom", shown("newsroom", DEVON, article("odd", entry.published)), day=1)
    reports = [record(key, published="2024-05-16", document=document(key * 64)) for key in "23"]
    look(store, "ofsted", closed(DEVON, record("1", published="2023-01-10"), *reports), day=2)
    post.tell(event("stored-by-an-earlier-edition", "news.published", title="Of old", published=stated))
    post.now = NOON + timedelta(days=3)
    post.ways["all"] = ConsoleNotifier(shown_to)  # type: ignore[assignment]
    assert post.deliver() == []
    assert outbox.unsent(store) == 0
    assert shown_to.getvalue().count("https://files.example/") >= 2
    assert "Ofsted judges Devon" in shown_to.getvalue()
    assert "Of old" in shown_to.getvalue()


# what a letter prints


@pytest.mark.parametrize("printed", ["12/09/9999", "12/09/0216", "31 December 1975", "1 January 9999"])
def test_a_year_that_no_letter_can_print_is_no_date(printed: str) -> None:
    assert list(spans(f"Inspection dates: {printed}")) == []


def test_a_year_of_any_length_is_no_date() -> None:
    assert iso("Mon, 05 Mar 99999999999999999999 00:00:00 +0000") is None
