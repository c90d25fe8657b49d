"""Nothing is said twice: copies of a document, headlines as their own evidence, points that are left out."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.model import Change, Event, Fact
from monitor.wording.describe import SUBJECT, describe, subject
from notifiers.slack import blocks
from notifiers.slack.elements import dicts
from tests.making import event

LETTER = {"what": "letter", "title": "Inspection", "url": "https://x.example/1", "published": "2024-07-12"}
COPY = {**LETTER, "kind": "ilacs"}
MEETING = {"committee": "Children's Scrutiny Committee", "meeting_date": "2024-09-03", "meeting": "7"}


def paper(**more: Any) -> Event:
    after = {**MEETING, "copy_of": COPY}
    return event(kind="meeting.document", severity="info", title="Appendix A", published=None, after=after, **more)


def test_a_copy_is_one_line_that_names_what_it_repeats() -> None:
    card = describe(paper())
    said = "Devon: Children's Scrutiny Committee has Ofsted's inspection report of 12 July 2024 among its papers"
    assert card.headline == f"{said} (meeting of 3 September 2024)"
    assert (card.lines, card.notes, card.quotes) == ((), (), ())


def test_in_slack_a_copy_is_small_and_has_neither_header_nor_buttons() -> None:
    (page,) = blocks.pages([paper()], interactive=True)
    assert [block["type"] for block in dicts(page)] == ["context"]


def test_among_other_news_a_copy_stays_a_line() -> None:
    news = event("e2", kind="news.published", severity="info", title="The council answers")
    (page,) = blocks.pages([news, paper()])
    assert [b["type"] for b in dicts(page)][-1] == "context"
    assert "Scrutiny Committee has Ofsted's inspection report" in str(dicts(page)[-1])


def test_an_item_says_which_of_its_papers_are_known() -> None:
    papers = [{"title": "Appendix A", "url": None, "document": None, "copy_of": COPY}]
    item = event(kind="meeting.item", title="Ofsted", after={**MEETING, "documents": papers})
    assert "Among its papers is Ofsted's inspection report of 12 July 2024, unchanged." in describe(item).notes


def test_a_headline_is_not_its_own_evidence() -> None:
    title = "Ofsted rates Devon's children's services ‘Good’"  # noqa: RUF001 - as papers print it
    body = "Inspectors found that children are safer than they were."
    facts = (
        Fact(
            "judgement_now.overall_effectiveness", {"grade": "good"}, "Ofsted rates Devon's children's services 'Good'"
        ),
        Fact("quote", "", "Ofsted rates Devon's children's services ‘Good’."),  # noqa: RUF001
        Fact("quote", "", body),
    )
    card = describe(event(kind="press.published", title=title, facts=facts))
    assert card.quotes == (f"“{body}”",)
    assert card.notes == ("The article says that Devon was judged Good overall.",)


def test_minutes_have_all_their_points_or_say_how_many_more_there_are() -> None:
    def minutes(number: int, words: str) -> Event:
        said = [Fact(f"resolution.{n}", "", f"That point {n} be {words}") for n in range(1, number + 1)]
        return event(kind="meeting.minutes", title="Ofsted", facts=tuple(said), after=MEETING)

    few, many, long = (describe(minutes(*given)) for given in ((8, "noted"), (11, "noted"), (8, "noted " + "so " * 60)))
    assert len(few.quotes) == len(few.findings) == 8
    assert (many.quotes[-1], [q for _, q in many.findings].count("and 3 more points")) == ("and 3 more points", 0)
    shown = len(long.quotes) - 1
    assert long.quotes[-1] == f"and {8 - shown} more points"
    assert len(long.findings) == 8


def test_a_notice_says_what_it_follows() -> None:
    before = [
        {**COPY, "inadequate": True},
        {"what": "publication", "title": "Improvement notice", "published": "2023-05-03"},
    ]
    notice = event(
        kind="govuk.published",
        severity="critical",
        title="Second improvement notice: Devon",
        after={"came_before": before},
    )
    follows = "It follows Ofsted's inspection report of 12 July 2024 (with the judgement Inadequate)"
    assert describe(notice).notes[0] == f"{follows} and the publication “Improvement notice” of 3 May 2023."
    assert subject([notice]).startswith("Devon: GOV.UK published the page “Second improvement notice: Devon”")


def test_an_overview_names_as_many_councils_as_have_room_and_is_not_cut() -> None:
    names = ["Bournemouth, Christchurch and Poole", "Bath and North East Somerset", "Cheshire West and Chester", "York"]
    mixed = [
        event(f"{name}{kind}", kind=kind, council=name, urn=name, severity="info")
        for name in names
        for kind in ("press.published", "news.published", "meeting.item", "meeting.minutes")
    ]
    told = subject(mixed)
    assert len(told) <= SUBJECT
    assert "…" not in told
    assert told.endswith("about 4 councils")
    assert subject(mixed[:8]).endswith("about 2 councils")


def test_an_overview_counts_the_pieces_that_it_has_no_room_to_name() -> None:
    kinds = ("press.published", "news.published", "meeting.item", "meeting.minutes", "govuk.published", "page.changed")
    mixed = [event(f"{n}", kind=kind, council=f"Council number {n}") for n, kind in enumerate((*kinds, *kinds))]
    told = subject(mixed)
    named, _, rest = told.partition(" and ")
    assert rest.startswith(f"{len(mixed) - 2 * named.count('2 ')} other pieces of news about 12 councils")
    assert "kinds" not in told


@pytest.mark.parametrize(
    ("found", "period"),
    [
        (("2024-07-15T22:59:00+00:00", "2024-07-15T23:00:00+00:00"), "15 and 16 July 2024"),
        (("2024-07-15T23:00:00+00:00", "2024-07-16T09:00:00+01:00"), "16 July 2024"),
    ],
)
def test_an_overview_is_of_days_in_london(found: tuple[str, str], period: str) -> None:
    assert subject([event(at, at=at) for at in found]).endswith(f", {period}")


def test_what_the_headline_says_stands_nowhere_else() -> None:
    after = {"kind": "focused_visit", "priority_actions": [{"text": "The front door.", "page": 1}]}
    visit = describe(event(severity="critical", after=after))
    assert "1 area for priority action" in visit.headline
    assert (visit.alert, visit.gist) == ("", "")
    asking = {**after, "improvements": [{"text": "Audit.", "page": 1}]}
    assert describe(event(severity="critical", after=asking)).gist == "1 thing to improve"


def test_an_outage_names_pages_and_entries_and_no_word_of_the_programs() -> None:
    reason = "37 of 96 targets could not be seen: 12 records changed under the same id"
    told = describe(event(kind="source.failing", source="ofsted", after={"reason": reason, "state": "broken"}))
    assert any("37 of 96 pages could not be seen: 12 entries changed" in line for line in (*told.notes, told.gist))


def test_an_overview_of_many_kinds_names_its_period_whole_and_counts_what_it_has_no_room_for() -> None:
    kinds = ("jtai", "focused_visit", "area_send", "monitoring_visit", "looked_after", "ilacs")
    days = ("2015-09-30", "2026-11-27")
    told = [
        event(kind="report.published", council=f"Bournemouth, Christchurch and Poole {n}", at=f"{day}T09:00:00+00:00",
              after={"kind": kind}, changes=(Change("in_care", "good", "inadequate", "declined"),))
        for n, (kind, day) in enumerate((kind, day) for kind in kinds for day in days)
    ]  # fmt: skip
    assert subject(told) == (
        "30 September 2015 to 27 November 2026: 12 pieces of news (judgements moved in 12 reports) about 12 councils"
    )


@pytest.mark.parametrize("severity", ["critical", "important", "notice"])
def test_no_overview_is_cut_in_slacks_header_whatever_its_length(severity: str) -> None:
    """The header has the severity before it, as a mark and in words."""
    kinds = ("press.published", "news.published")
    lengths = set()
    for longer in range(1, 60):
        names = ("A" * 40, "B" * longer)
        told = [event(f"{n}{k}", kind=k, council=n, severity=severity) for n in names for k in kinds]
        header = dicts(blocks.pages(told)[0])[0]["text"]["text"]
        assert header.endswith(subject(told))
        lengths.add(len(subject(told)))
    assert max(lengths) == SUBJECT
