"""Events of pages that are not letters: what they are told as, to whom, and what they never claim."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.coverage.pages import Page, Reader
from monitor.events.pages import Background, Materials, of_pages
from monitor.model import Document, Event, Fact, Letter, Quote, Record
from monitor.model.event import Subject
from monitor.model.payload_parts import Earlier
from monitor.model.state import ChangeType, RecordChange, Stored
from monitor.wording.describe import describe
from tests.making import outward

REGISTRY = Registry.load()
DEVON, TORBAY = "80461", REGISTRY.get("Torbay").ofsted_urn
AT = "2024-05-15T12:00:00+00:00"
ABOUT = Coverage(True, "a letter of Ofsted's", urns=(DEVON,), kind="monitoring_visit")
NOTHING = Coverage(False, "no inspection is spoken of")


def record(kind: str, key: str, source: str = "moderngov", target: str = DEVON, **more: Any) -> Record:
    parts: dict[str, Any] = {"url": f"https://x.example/{key}", "title": f"The {kind}", "fields": {}} | more
    return Record(source, target, kind, key, **parts)


def page(found: Record, says: Coverage = ABOUT, type_: ChangeType = "published", before: Record | None = None) -> Page:
    old = Stored(before, "listed", AT) if before else None
    return Page(RecordChange(type_, old, Stored(found, "listed", AT, versions=1 if before is None else 2)), says)


class Nothing:
    """A background in which nothing was published before."""

    def copy_of(self, record: Record, urn: str | None) -> Earlier | None:
        return None

    def came_before(self, record: Record, urn: str | None) -> tuple[Earlier, ...]:
        return ()


NOTHING_BEFORE = Nothing()


def told(
    *pages: Page,
    letters: dict[str, Letter] | None = None,
    watched: set[str] | None = None,
    background: Background = NOTHING_BEFORE,
) -> list[Event]:
    reader = Reader(REGISTRY, pages[0].record.source, watched or {DEVON, TORBAY})
    return [event for _, event in of_pages(pages, Materials(reader, letters or {}, subject, AT, background))]


def subject(urn: str) -> Subject:
    council = REGISTRY.by_urn(urn)
    return Subject(council.name, urn, f"https://ofsted.example/{urn}") if council else Subject()


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (record("item", "1"), "meeting.item"),
        (record("minutes", "1"), "meeting.minutes"),
        (record("article", "1", "newsroom"), "news.published"),
        (record("article", "1", "press", "Community Care"), "press.published"),
        (record("publication", "1", "govuk", "govuk"), "govuk.published"),
        (record("entry", "1", "page.Board", "Board"), "page.changed"),
    ],
)
def test_each_kind_of_page_has_its_kind_of_event(found: Record, kind: str) -> None:
    (event,) = told(page(found))
    assert (event.kind, event.council, event.urn) == (kind, "Devon", DEVON)
    assert event.changes == ()


def test_what_concerns_no_inspection_or_nobody_watched_is_not_told() -> None:
    assert told(page(record("article", "1", "newsroom"), NOTHING)) == []
    assert told(page(record("article", "1", "press", "Paper")), watched={TORBAY}) == []
    assert told(page(record("publication", "1", "govuk", "govuk")), watched={TORBAY}) == []


def test_a_page_that_somebody_asked_to_be_watched_is_told_whatever_it_says() -> None:
    (event,) = told(page(record("entry", "1", "page.Board", "Board"), NOTHING))
    assert (event.council, event.severity) == (None, "notice")


def test_a_framework_concerns_everybody_and_a_notice_its_council() -> None:
    framework = record("publication", "a", "govuk", "govuk", fields={"document_type": "guidance"})
    notice = record("publication", "b", "govuk", "govuk", title="Improvement notice: Devon")
    (first,) = told(page(framework, NOTHING))
    (second,) = told(page(notice))
    assert (first.urn, first.severity) == (None, "notice")
    assert (second.urn, second.severity) == (DEVON, "critical")


@pytest.mark.parametrize(
    ("title", "severity"),
    [
        ("Improvement notice: Devon County Council", "critical"),
        ("Statutory direction to Devon County Council", "critical"),
        ("Directions issued to Devon", "critical"),
        ("Direction issued under section 497A: Devon", "critical"),
        ("Improvement notice to Devon lifted", "important"),
        ("Devon: closure of the improvement notice", "important"),
        ("A new direction for children's services in Devon", "notice"),
    ],
)
def test_the_department_steps_in_critically_and_out_importantly(title: str, severity: str) -> None:
    (event,) = told(page(record("publication", "b", "govuk", "govuk", title=title)))
    assert event.severity == severity


FIRST, LATER = "2024-03-01T09:30:00Z", "2025-03-01T09:30:00Z"


@pytest.mark.parametrize(
    ("more", "severity", "words"),
    [
        ({"change_note": "Added the letter that confirms that this notice is closed."}, "important", "is closed.”"),
        ({"change_note": "The notice was lifted on 21 December."}, "important", "GOV.UK updated the notice “Impr"),
        ({"withdrawn": True, "change_note": "It was made in error."}, "important", "GOV.UK withdrew the notice “Impr"),
        ({"withdrawn": True}, "important", "GOV.UK withdrew the notice “Improvement"),
        ({"change_note": "Added a revised notice."}, "critical", "“Added a revised notice.”"),
        ({}, "critical", "GOV.UK updated the notice “Improvement"),
    ],
)
def test_a_notice_that_is_lifted_under_its_old_title_is_no_alarm(
    more: dict[str, Any], severity: str, words: str
) -> None:
    fields = {"document_type": "notice", "updated": FIRST}
    title = "Improvement notice issued to Devon County Council: March 2024"
    old = record("publication", "b", "govuk", "govuk", title=title, published=FIRST, fields=fields)
    now = replace(old, fields={**fields, "updated": LATER, **more})
    (event,) = told(page(now, type_="changed", before=old))
    card = describe(event)
    assert (event.kind, event.severity) == ("govuk.updated", severity)
    assert words in "\n".join((card.headline, *card.notes))


def test_a_new_notice_whose_note_recalls_an_ended_one_is_an_alarm() -> None:
    fields = {"document_type": "notice", "updated": FIRST, "change_note": "It replaces the notice that was lifted."}
    new = record("publication", "b", "govuk", "govuk", title="Notice", published=FIRST, fields=fields)
    (event,) = told(page(new))
    assert (event.kind, event.severity) == ("govuk.published", "critical")


class Known:
    """A background in which one document was published before, and an inspection led to each notice."""

    letter = Earlier(what="letter", title="Report", published="2024-04-01", kind="ilacs", inadequate=True)

    def copy_of(self, record: Record, urn: str | None) -> Earlier | None:
        return self.letter if record.key == "p1" and urn == DEVON else None

    def came_before(self, record: Record, urn: str | None) -> tuple[Earlier, ...]:
        return (self.letter,) if urn == DEVON else ()


def in_known(*pages: Page, letters: dict[str, Letter] | None = None) -> Event:
    (event,) = told(*pages, letters=letters, watched={DEVON}, background=Known())
    return event


def test_ofsteds_letter_as_a_committees_paper_is_told_as_a_copy_and_not_quoted_again() -> None:
    sha = "a" * 64
    paper = record("document", "p1", document=Document(sha, 10, "application/pdf"), fields={"item": "1"})
    letters = {sha: Letter("ilacs", sha, 4, summary=[Quote("Leaders have acted.", 1)])}
    alone = in_known(page(paper), letters=letters)
    assert (alone.copy, alone.severity, alone.summary) == (True, "info", ())
    with_item = in_known(page(record("item", "1")), page(paper, NOTHING), letters=letters)
    assert (with_item.copy, with_item.kind, with_item.summary) == (False, "meeting.item", ())
    assert outward(with_item.after)["documents"][0]["copy_of"]["published"] == "2024-04-01"


def test_printed_minutes_are_not_quoted_as_a_letter() -> None:
    sha = "a" * 64
    minutes = record("minutes", "1", document=Document(sha, 10, "application/pdf"))
    read = Letter("ilacs", sha, 2, summary=[Quote("Apologies were received from Councillor Peter Stubbs.", 1)])
    (event,) = told(page(minutes), letters={sha: read})
    assert (event.summary, event.severity, outward(event.after)["kind"]) == ((), "info", "monitoring_visit")


def test_a_notice_says_what_came_before_and_guidance_does_not() -> None:
    notice = in_known(page(record("publication", "b", "govuk", "govuk", title="Improvement notice: Devon")))
    assert outward(notice.after)["came_before"][0]["inadequate"] is True
    other = in_known(page(record("publication", "b", "govuk", "govuk", title="Guidance for Devon")))
    assert "came_before" not in outward(other.after)


def test_an_old_article_that_comes_to_light_is_no_news() -> None:
    assert told(page(record("article", "1", "newsroom", published="2024-03-01"))) == []
    assert len(told(page(record("article", "1", "newsroom", published="2024-05-01T09:00:00+01:00")))) == 1


def test_a_publication_that_came_out_long_before_its_change_is_told_as_updated() -> None:
    fields = {"document_type": "guidance", "updated": "2024-05-14T09:30:00Z"}
    known = record("publication", "a", "govuk", "govuk", published="2018-01-01", fields=fields)
    new = record("publication", "b", "govuk", "govuk", published="2024-05-14", fields=fields)
    assert [e.kind for e in told(page(known, NOTHING))] == ["govuk.updated"]
    assert [e.kind for e in told(page(new, NOTHING))] == ["govuk.published"]


def test_a_baseline_and_a_rewording_are_not_told() -> None:
    assert told(page(record("item", "1"), type_="baseline"), page(record("item", "2"), type_="reworded")) == []


def test_papers_are_told_with_the_item_that_they_came_with_and_later_ones_apart() -> None:
    sha = "a" * 64
    paper = record("document", "p1", document=Document(sha, 10, "application/pdf"), fields={"item": "1"})
    letter = Letter("monitoring_visit", sha, 4, summary=[Quote("Leaders have acted.", 1)])
    together = told(page(record("item", "1")), page(paper, NOTHING), letters={sha: letter})
    assert [event.kind for event in together] == ["meeting.item"]
    after = outward(together[0].after)
    assert [p["kind"] for p in after["documents"]] == ["monitoring_visit"]
    assert together[0].summary == (Quote("Leaders have acted.", 1),)
    (later,) = told(page(paper, NOTHING), letters={sha: letter})
    assert (later.kind, later.severity) == ("meeting.document", "notice")


def test_a_meeting_that_is_called_off_is_told_with_how_it_stood() -> None:
    was = record("item", "1", fields={"status": "Confirmed", "meeting_date": "2024-06-01"})
    now = record("item", "1", fields={"status": "Cancelled", "meeting_date": "2024-06-01"})
    (event,) = told(page(now, type_="changed", before=was))
    assert event.before is not None
    assert event.after is not None
    stood = outward(event.before)["status"], outward(event.after)["status"]
    assert (*stood, event.severity) == ("Confirmed", "Cancelled", "notice")
    (first,) = told(page(was))
    assert event.id != first.id


def test_a_trust_of_several_councils_is_told_of_each() -> None:
    says = Coverage(True, "a trust", urns=(TORBAY, DEVON))
    (event,) = told(page(record("article", "1", "press", "Paper"), says))
    assert event.urn == TORBAY
    assert outward(event.after)["urns"] == [TORBAY, DEVON]


def test_facts_go_with_the_event() -> None:
    fact = Fact("judgement_previous", {"grade": "inadequate"}, "It was judged inadequate in January 2020.")
    (event,) = told(page(record("minutes", "1"), Coverage(True, "minutes", urns=(DEVON,), facts=(fact,))))
    assert event.facts == (fact,)
    assert event.changes == ()


FIELDS = {"urns": [TORBAY], "kind": "ilacs", "target": "search", "state": "quiet", "documents": [7], "conflicts": "x"}


def test_no_field_of_a_record_is_taken_for_ours() -> None:
    (event,) = told(page(record("item", "1", fields={"committee": "Board", **FIELDS})))
    after = outward(event.after)
    assert (after["kind"], after["committee"], after["fields"]) == ("monitoring_visit", "Board", FIELDS)
    assert not set(after) & {"urns", "target", "state", "conflicts"}
    assert not isinstance(after.get("documents"), list) or after["documents"] != [7]


def test_no_field_of_an_earlier_record_is_taken_for_ours() -> None:
    (event,) = told(
        page(record("item", "1"), type_="changed", before=record("item", "1", fields={"status": "Confirmed", **FIELDS}))
    )
    assert outward(event.before) == {"key": "1", "status": "Confirmed", "fields": FIELDS}


@pytest.mark.parametrize("beside", [True, False])
def test_a_letter_about_another_council_is_said_to_be_one_and_not_quoted(beside: bool) -> None:
    """Devon's committee has a letter about Torbay before it: what inspectors found there is not said of Devon."""
    sha = "c" * 64
    paper = record("document", "p1", document=Document(sha, 10, "application/pdf"), fields={"item": "1"})
    said = Coverage(True, "a letter of Ofsted's", urns=(DEVON,), facts=(Fact("overall", "inadequate", "It is poor."),))
    torbays = Letter("ilacs", sha, 4, council="Torbay", urn=TORBAY, summary=[Quote("Leaders have not acted.", 1)])
    pages = [page(record("item", "1")), page(paper, said)] if beside else [page(paper, said)]
    (event,) = told(*pages, letters={sha: torbays})
    assert (event.council, event.summary) == ("Devon", ())
    assert "Leaders have not acted." not in str(outward(event.after))
    assert outward(event.after)["problems"] == ["the document is about Torbay, but it is listed for Devon"]
    assert event.facts == () or beside
    assert "about Torbay, but it is listed for Devon" in str(describe(event))
    (own,) = told(*pages, letters={sha: replace(torbays, council="Devon", urn=DEVON)})
    assert own.summary == (Quote("Leaders have not acted.", 1),)
