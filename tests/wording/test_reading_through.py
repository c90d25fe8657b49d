"""What readers stumbled over when whole days of messages were read: each kind of it, held here."""

# ruff: noqa: RUF001 - letters have typographic quotation marks

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import Change, Event, Fact, Quote
from monitor.model.letter import NO_INSPECTOR, UNSEEN
from monitor.model.payloads import ReportPayload
from monitor.wording import plain, quotations
from monitor.wording.describe import describe, subject
from notifiers.feed import page as feed_page
from notifiers.mail import page as mail_page
from notifiers.slack import blocks
from notifiers.slack.elements import dicts
from tests.making import outward
from tests.notifiers.notifier_samples import CASES, IMPROVEMENTS, ilacs, make_event, revised

AREAS = ("impact_of_leaders", "help_and_protection", "in_care", "care_leavers")
BULLETS = "•▪●◦∙■"


def quoting(whole: int, judged: tuple[str, ...], mixed: int) -> Event:
    """An ILACS report with quotations of the whole letter and of judgements, one of which stands among the former."""
    own = {area: {"text": f"Here is what is said of {area}.", "page": 5} for area in judged}
    said = [{"text": f"Sentence number {n} is about the whole.", "page": 1} for n in range(whole)]
    found = [*said[:mixed], *list(own.values())[:1], *said[mixed:]]
    event = ilacs()
    return revised(event, after={**outward(event.after), "findings": found, "by_judgement": own})


@given(st.integers(0, 8), st.lists(st.sampled_from(AREAS), unique=True).map(tuple), st.integers(0, 4))
def test_no_quotation_of_the_whole_letter_stands_below_a_judgements_name(
    whole: int, judged: tuple[str, ...], mixed: int
) -> None:
    areas = [area for area, _ in describe(quoting(whole, judged, mixed)).findings]
    assert not any(before and not after for before, after in pairwise(areas))
    assert len(set(filter(None, areas))) == len(judged)


def test_quotations_below_what_is_asked_have_a_title_of_their_own() -> None:
    event = quoting(2, AREAS[:1], 2)
    bare = revised(event, after={**outward(event.after), "improvements": [], "asked_again": []})
    judged = revised(event, after={**outward(event.after), "findings": []}, summary=())
    for told, titled in ((event, True), (bare, False), (judged, False)):
        assert (plain.FOUND in plain.message([told], long=True)) is titled
        assert (plain.FOUND in mail_page.html([told], "bot@example.org")) is titled


def test_what_was_asked_before_is_said_once_and_first_in_every_message() -> None:
    said = IMPROVEMENTS[-1]["text"]
    for text in (
        plain.message([ilacs()]),
        mail_page.text([ilacs()], "bot@example.org"),
        str(dicts(blocks.pages([ilacs()])[0])),
    ):
        assert text.count(str(said)) == 1
        assert f"“{said}” (page 3) — Ofsted also asked for this in 2019 and 2020" in text
    assert str(said) in describe(ilacs()).improvements[0]


def test_what_was_asked_before_and_is_not_listed_has_a_line() -> None:
    event = ilacs()
    told = revised(event, after={**outward(event.after), "improvements": IMPROVEMENTS[:2]})
    line = f"Ofsted also asked for this in 2019 and 2020: “{IMPROVEMENTS[-1]['text']}” (page 3)"
    assert line in describe(told).notes


@given(
    st.sampled_from(BULLETS), st.lists(st.from_regex(r"[a-z]{2,9}( [a-z]{2,9}){0,3}[;,]?", fullmatch=True), min_size=1)
)
def test_a_list_within_a_quotation_has_no_bullets(mark: str, items: list[str]) -> None:
    told = quotations.unbulleted(" ".join(["This includes:", *(f"{mark} {item}" for item in items)]))
    assert not set(told) & set(BULLETS)
    assert told == f"This includes: {'; '.join(item.rstrip(';,') for item in items)}"


def test_a_quotation_without_bullets_stays_as_it_is() -> None:
    assert (
        quotations.unbulleted("Since 2023 – 24, plans drift; they end late.")
        == "Since 2023 – 24, plans drift; they end late."
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Inspectors said: “Too many plans drift.", "“Inspectors said: ‘Too many plans drift.’”"),
        ("Plans are not always clear.”", "“Plans are not always clear.”"),
        ("“Plans drift.", "“Plans drift.”"),
        ("“Plans drift.”", "“Plans drift.”"),
        ("They call it “drift” and “delay”.", "“They call it ‘drift’ and ‘delay’.”"),
    ],
)
def test_each_mark_of_a_quotation_has_its_pair(words: str, told: str) -> None:
    """A page's quotation of several sentences is found a sentence at a time, with one of its marks."""
    assert quotations.quoted(words) == told


def test_marks_within_a_title_are_single_even_where_it_is_cut() -> None:
    assert quotations.titled("Services “fail” children", 60) == "“Services ‘fail’ children”"
    assert quotations.titled("“We fail”: Ofsted", 60) == "“‘We fail’: Ofsted”"
    assert quotations.titled("Services that “fail children” again", 28) == "“Services that ‘fail […]’”"


def care_apart(*more: Change) -> Event:
    apart = [Change(area, "good", "outstanding", "first_separate") for area in ("in_care", "care_leavers")]
    return ilacs(changes=(*more, *apart))


@pytest.mark.parametrize("way", ["improved", "declined"])
def test_care_that_is_judged_apart_is_told_beside_what_else_moved(way: str) -> None:
    before, after = ("good", "outstanding") if way == "improved" else ("outstanding", "good")
    one = Change("help_and_protection", before, after, way)  # type: ignore[arg-type]
    told = "the grade of care, now in two judgements, changed"
    assert f"1 judgement {way} and {told} since the report of" in " ".join(describe(care_apart(one)).notes)
    assert f"{told[0].upper()}{told[1:]} since the report of" in " ".join(describe(care_apart()).notes)


def test_a_headline_says_which_way_the_other_judgements_moved() -> None:
    others = [Change(area, "good", "outstanding", "improved") for area in AREAS[:2]]
    overall = Change("overall_effectiveness", "good", "good", "same")
    event = replace(
        ilacs(changes=(overall, *others)), severity="important", council="Bournemouth, Christchurch and Poole"
    )
    after = {**outward(event.after), "judgements": {c.area: c.after for c in event.changes}}
    told = describe(revised(event, after=after)).headline
    assert "2 other judgements improved" in told
    assert told.endswith("inspection report published 13 May 2025")


def test_a_replaced_reports_headline_has_the_grade_that_differs_where_it_fits() -> None:
    told = CASES["report.replaced"]
    assert "children in care now Requires improvement" in subject([told])
    same = replace(told, changes=())
    assert subject([same]).startswith("Devon: Ofsted replaced its inspection report of 13 May 2025 (seen on")
    long = replace(told, council="A council of a very long name " * 2)
    assert describe(long).headline.endswith("(seen on 3 June 2025)")


def test_slack_calls_the_document_what_the_link_calls_it() -> None:
    assert "|in the report>" in str(dicts(blocks.pages([ilacs()])[0]))
    letter = make_event(after={"kind": "focused_visit", "key": "1", "improvements": IMPROVEMENTS})
    assert letter.after_as(ReportPayload).improvements[0] == Quote(str(IMPROVEMENTS[0]["text"]), 2)
    assert "|in the letter>" in str(dicts(blocks.pages([letter])[0]))


def test_moves_of_two_ways_are_not_told_as_one() -> None:
    """ "help and protection Inadequate and 1 more judgement improved" would say that the former improved."""
    declined = Change("help_and_protection", "requires improvement", "inadequate", "declined")
    improved = [Change(area, "inadequate", "requires improvement", "improved") for area in AREAS[:1]]
    overall = Change("overall_effectiveness", "inadequate", "inadequate", "same")
    event = ilacs(changes=(overall, declined, *improved))
    told = revised(event, after={**outward(event.after), "judgements": {c.area: c.after for c in event.changes}})
    counted = "Devon: Inadequate again overall; 1 judgement improved and 1 judgement declined"
    assert describe(told).what == counted
    short = describe(replace(told, severity="notice", published=None)).what
    assert "help and protection Inadequate (was Requires improvement), 1 other judgement improved" in short


def test_care_that_alone_differs_is_named_and_not_counted() -> None:
    same = [Change(area, "outstanding", "outstanding", "same") for area in ("overall_effectiveness", *AREAS[:2])]
    apart = [Change(area, "good", "outstanding", "first_separate") for area in AREAS[2:]]
    event = ilacs(changes=(*same, *apart), council="Redbridge")
    told = revised(event, after={**outward(event.after), "judgements": {c.area: c.after for c in event.changes}})
    assert describe(told).what == "Redbridge: Outstanding again, in all five areas; care was Good before"


@pytest.mark.parametrize("outcome", [1, 2, 3])
def test_only_the_worst_outcome_is_an_alarm(outcome: int) -> None:
    event = CASES["report.published_area_send"]
    told = describe(revised(event, after={**outward(event.after), "outcome": outcome, "priority_actions": []}))
    assert told.alert == ("outcome 3 of 3" if outcome == 3 else "")
    assert (f": outcome {outcome} of 3." in " ".join(told.notes)) is (outcome < 3)


def judged_alike(befores: tuple[str | None, ...], before: str = "inadequate") -> Event:
    """An inspection that says the same of four areas; `befores` were said of the three beside the whole."""
    now = "requires improvement"
    ways = {None: "new", now: "same", "good": "declined", "inadequate": "improved"}
    each = zip(("overall_effectiveness", *AREAS[:3]), (before, *befores), strict=True)
    changes = tuple(Change(area, was, now, ways[was]) for area, was in each)  # type: ignore[arg-type]
    event = ilacs(changes=changes, council="York", published=None)
    return revised(event, after={**outward(event.after), "judgements": {c.area: c.after for c in changes}})


@pytest.mark.parametrize(
    ("befores", "was"),
    [
        (("inadequate",) * 3, "(was Inadequate)"),
        (("inadequate", "requires improvement", "good"), "(was Inadequate overall)"),
        ((None,) * 3, "(was Inadequate overall)"),
    ],
)
def test_a_grade_that_was_not_that_of_all_areas_is_not_told_as_theirs(
    befores: tuple[str | None, ...], was: str
) -> None:
    assert f"York: Requires improvement in all four areas {was}" in describe(judged_alike(befores)).headline


def test_what_moved_among_all_areas_is_no_other_judgement() -> None:
    event = replace(judged_alike(("good", "good", "requires improvement"), "requires improvement"), severity="critical")
    told = replace(event, published="2023-01-13", council="Bournemouth, Christchurch and Poole")
    assert "in all four areas; 2 of them declined" in describe(told).headline


def test_the_grade_that_care_had_together_is_called_joint() -> None:
    apart = Change("care_leavers", "outstanding", "good", "first_separate")
    event = ilacs(changes=(Change("overall_effectiveness", "good", "good", "same"), apart), published=None)
    told = revised(event, after={**outward(event.after), "judgements": {c.area: c.after for c in event.changes}})
    assert "care leavers Good (joint grade was Outstanding)" in describe(told).what


def test_a_theme_does_not_end_in_whether() -> None:
    theme = "planning and achieving permanence for children, whether by way of adoption, living with family or friends"
    said = [{"text": f"The focus of this visit was on {theme}, or long-term fostering.", "page": 1}]
    told = describe(make_event(after={"kind": "focused_visit", "key": "1", "themes": said})).headline
    assert "focused visit on planning and achieving permanence for children, letter" in told


def test_a_title_that_the_headline_shortens_is_whole_below_it() -> None:
    title = "Ofsted inspection of children's services in Devon, its outcome, and the plan of improvement that follows"
    event = replace(CASES["meeting.item"], title=title)
    assert describe(event).notes[0] == f"The whole title is “{title}”."
    assert not any("whole title" in note for note in describe(replace(event, title="Ofsted report")).notes)
    assert not any("whole title" in note for note in describe(replace(event, title=f"{title} …")).notes)


def test_nothing_stands_between_what_was_resolved_and_its_announcement() -> None:
    event = replace(CASES["meeting.minutes"], mentions=(Quote("Agency staff leave.", 0),))
    assert describe(event).notes[-1] == "Resolved in 4 points:"
    assert "Agency staff leave." in " ".join(describe(event).notes)


def test_what_stands_beside_a_title_begins_with_a_capital() -> None:
    event = CASES["report.published_unreadable"]
    gist = describe(event).gist
    assert gist.startswith("please read it yourself")
    assert (feed_page.entry(event).findtext(f"{feed_page.ATOM}summary") or "").startswith("Please read it yourself")
    assert f">{gist}" not in mail_page.html([event], "bot@example.org")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Isle of Wight", "the Isle of Wight"),
        ("Isles of Scilly", "the Council of the Isles of Scilly"),
        ("City of London", "the City of London"),
        ("East Riding of Yorkshire", "the East Riding of Yorkshire"),
        ("Bath and North East Somerset", "Bath and North East Somerset"),
    ],
)
def test_a_council_has_its_article_in_a_sentence(name: str, said: str) -> None:
    event = replace(CASES["news.published"], council=name)
    judged = replace(event, facts=(Fact("judgement_now", "good", "It is good."),))
    assert describe(judged).headline.startswith(f"{name}: the council writes")
    assert f"says that {said} was judged Good" in " ".join(describe(judged).notes)
    assert subject([event, replace(CASES["press.published"], council="Devon")]).endswith(f"about {said} and Devon")


def test_an_overview_names_ofsteds_reports_first() -> None:
    kinds = ("govuk.updated", "meeting.item", "meeting.minutes", "news.published", "press.published", "govuk.published")
    several = [replace(CASES[kind], council="Torbay") for kind in kinds]
    told = subject([*several, replace(ilacs(), council="Torbay")])
    assert told.startswith("Torbay: 1 inspection report")


def test_a_publication_that_was_withdrawn_is_not_counted_as_updated() -> None:
    updated = CASES["govuk.updated"]
    withdrawn = revised(updated, after={**outward(updated.after), "withdrawn": True})
    assert "1 updated GOV.UK publication and 1 withdrawn GOV.UK publication" in subject([updated, withdrawn])


def _entry(event: Event) -> str:
    """An entry of a feed, all its texts."""
    return " ".join(feed_page.entry(event).itertext())


TITLES = st.text("abcdefghij ", min_size=1, max_size=120).filter(str.strip)


@given(TITLES, st.text("KLMNO ", min_size=1, max_size=80).filter(str.strip))
def test_a_meetings_day_is_in_every_message(title: str, committee: str) -> None:
    told = CASES["meeting.item"]
    event = revised(told, title=title, after={**outward(told.after), "committee": committee})
    for text in (plain.message([event]), str(dicts(blocks.pages([event])[0])), _entry(event)):
        assert "eeting of 21 March 2022" in text


@given(TITLES)
def test_a_title_is_not_so_long_that_the_day_has_no_room(title: str) -> None:
    told = CASES["meeting.item"]
    assert describe(revised(told, title=title)).headline.endswith("(meeting of 21 March 2022)")


def test_where_the_headline_has_no_room_for_the_day_it_has_a_line() -> None:
    theme = {"text": "Inspectors evaluated the multi-agency response to serious youth violence in the area.", "page": 1}
    told = make_event(
        council="Bournemouth, Christchurch and Poole",
        severity="critical",
        after={"kind": "jtai", "key": "1", "themes": [theme], "priority_actions": IMPROVEMENTS[:2]},
    )
    assert "13 May 2025" not in describe(told).headline
    assert "Letter published 13 May 2025." in plain.message([told])
    assert "Letter published 13 May 2025." in str(dicts(blocks.pages([told])[0]))


def test_the_letter_among_a_meetings_papers_is_told_once() -> None:
    event = CASES["meeting.item"]
    copy = {"what": "letter", "title": "", "url": None, "published": "2024-07-12", "kind": "ilacs"}
    paper = {"title": "Appendix 1", "url": "https://x.example/1", "copy_of": copy}
    facts = (Fact("letter_date", "2024-07-12", "dated 12 July 2024"),)
    told = describe(revised(event, after={**outward(event.after), "kind": "ilacs", "documents": [paper]}, facts=facts))
    assert " ".join(told.notes).count("12 July 2024") == 1
    other = describe(revised(event, after={**outward(event.after), "kind": "ilacs"}, facts=facts))
    assert "It is about the report of 12 July 2024." in other.notes


def test_a_missing_inspectors_name_is_no_readers_trouble() -> None:
    event = ilacs()
    for problem, told in ((NO_INSPECTOR, False), (f"{UNSEEN}: 3", False), ("no judgements were found", True)):
        noted = revised(event, after={**outward(event.after), "problems": [problem]})
        assert ("Please check" in " ".join(describe(noted).notes)) is told


@pytest.mark.parametrize("kind", ["source.failing", "source.recovered"])
@pytest.mark.parametrize("pages", [0, 12])
def test_an_outage_reads_as_a_sentence(kind: str, pages: int) -> None:
    event = CASES[kind]
    told = describe(revised(event, after={**outward(event.after), "targets": [str(n) for n in range(pages)]}))
    again = " again" if kind == "source.recovered" else ""
    can = "can" if again else "cannot"
    whom = ": 12 pages" if pages > 1 else ""
    assert told.what == f"Ofsted's reports{whom} {can} be read{again}"
    assert f"{'12 pages' if pages > 1 else 'it'} could not be read" in " ".join(told.notes)


def test_only_the_judgement_that_moved_is_bold_where_care_is_judged_apart() -> None:
    apart = [Change("in_care", "outstanding", "outstanding", "first_separate")]
    apart += [Change("care_leavers", "outstanding", "good", "first_separate")]
    shown = mail_page.body([ilacs(changes=tuple(apart))])
    assert "<strong>Good; judged together" in shown
    assert "<strong>Outstanding; judged together" not in shown
    assert "Outstanding; judged together" in shown


def test_a_date_on_a_page_about_no_council_is_not_that_of_an_inspection() -> None:
    facts = (Fact("visit_dates", "2024-03-31", "outcomes as at 31 March 2024"),)
    statistics = revised(CASES["govuk.published"], facts=facts, council=None)
    assert "31 March 2024" not in plain.message([statistics])
    assert "It is about the inspection or visit of 31 March 2024." in plain.message(
        [replace(statistics, council="Kent")]
    )
