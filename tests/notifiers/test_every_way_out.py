"""What people are shown, through every way out: no cut quotation, no broken year, no word or date of the program's."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from monitor.coverage.grade_areas import area_of
from monitor.model import Fact, Severity
from monitor.model.sources import TELLINGS
from monitor.wording import describe
from monitor.wording.page_grades import judged
from notifiers.slack import blocks
from notifiers.slack.elements import dicts
from soak import shown, shown_rules
from soak.told_grades import wrong_grades
from tests.making import event
from tests.notifiers.notifier_samples import CASES, IMPROVEMENTS, ilacs


@pytest.mark.parametrize("name", CASES)
def test_what_people_see_of_every_kind_of_event(name: str) -> None:
    assert shown_rules.findings(CASES[name]) == []


def test_what_people_see_of_a_document_that_is_published_again() -> None:
    copy = {
        "what": "letter",
        "title": "Inspection",
        "url": "https://x.example/1",
        "published": "2024-07-12",
        "kind": "ilacs",
    }
    after = {"committee": "Children's Scrutiny", "meeting_date": "2024-09-03", "meeting": "7", "copy_of": copy}
    told = event(kind="meeting.document", severity="info", title="Appendix A", published=None, after=after)
    assert told.copy
    assert shown_rules.findings(told) == []


def test_the_rules_find_what_they_are_for() -> None:
    said = "Was “cut…” in 201… About letter 7 targets Good = and 2 more, 1 improved 2024-05-03 /srv/data/"
    told = event(kind="page.changed", title="t", source="page.x", after={"text": "new"}, before={"text": "old"})
    assert shown_rules.findings(told) == []
    for name, pattern in (shown_rules.IN_ANY_TEXT | shown_rules.IN_OUR_WORDS | shown_rules.FOR_READERS).items():
        assert pattern.search(f"{said} = HTTP 503"), name


@pytest.mark.parametrize(
    "line",
    [
        "🔹 Devon: Scrutiny Committee, agenda item “”",
        "🔹 Devon: “” (council news, 13 May 2025)",
        "🔹 Ofsted's reports: nothing new for improbably long",
        "🔹 Devon: monitoring visit",
    ],
)
def test_a_headline_without_a_verb_of_its_own_is_found(line: str) -> None:
    assert not shown_rules.VERB.search(line)


def test_a_doubled_word_is_found() -> None:
    assert shown_rules.DOUBLED.search("Devon: the the council writes “”")
    assert not shown_rules.DOUBLED.search("Devon: the council writes “” on 3 3")


LONG = "Children, Young People and Families Overview and Scrutiny Select Committee (Education, Skills and Care)"


@pytest.mark.parametrize("council", [None, "Devon", "Bournemouth, Christchurch and Poole"])
@pytest.mark.parametrize("severity", ["notice", "critical"])
@pytest.mark.parametrize("title", ["", "Ofsted report", "Ofsted inspection of children's services: " * 6])
@pytest.mark.parametrize("kind", [kind for kind in TELLINGS if not kind.startswith("report.")])
def test_a_headline_of_every_kind_has_a_verb_and_fits(
    kind: str, title: str, severity: Severity, council: str | None
) -> None:
    source = "page.interventions" if kind == "page.changed" else "moderngov"
    after = {"committee": LONG, "meeting_date": "2024-06-05", "publication": LONG, "text": "new", "document_type": LONG}
    told = event(kind=kind, title=title, source=source, council=council, severity=severity, after=after,
                 published="2024-06-05", before=None)  # fmt: skip
    assert [line for line in shown_rules.findings(told) if "headline" in line] == []


@pytest.mark.corpus
@pytest.mark.slow
def test_what_people_see_of_a_sample_of_real_letters(shared: Path) -> None:
    assert [line for _, wrong in shown.problems(shown.of_corpus(3)) for line in wrong] == []


@pytest.mark.corpus
@pytest.mark.slow
def test_what_people_see_of_a_fortnight_of_all_sources(shared: Path) -> None:
    told = list(shown.of_replica(date(2024, 7, 8), date(2024, 7, 22), 14, "Halton", "Devon", "Nottinghamshire", "Kent"))
    assert len({event.kind for event in told}) > 1
    assert [line for _, wrong in shown.problems(told) for line in wrong] == []


def test_slack_shows_the_first_things_to_improve_and_counts_the_rest() -> None:
    said = str(dicts(blocks.pages([ilacs()])[0]))
    shown = [item["text"] in said for item in IMPROVEMENTS]
    assert shown == [True, True, False, False, True]  # the last is asked again
    assert "and 2 more things to improve, <https://files.ofsted.gov.uk/v1/file/50276411#page=1|in the report>" in said


def test_a_grade_that_nothing_gives_is_found() -> None:
    told = CASES["report.published"]
    card = describe.describe(told)
    swapped = {"Inadequate": "Good", "Good": "Inadequate", "Requires improvement": "Outstanding"}
    lines = tuple(
        replace(line, text=re.sub("|".join(swapped), lambda m: swapped[m[0]], line.text)) for line in card.lines
    )
    assert list(wrong_grades(told)) == []
    assert len(list(wrong_grades(told, replace(card, lines=lines)))) >= len(lines)


def test_a_page_s_grade_of_another_area_is_found() -> None:
    fact = Fact("judgement_now", {"grade": "outstanding", "area": "impact_of_leaders"}, LEADERS)
    told = event(kind="press.published", council="Nottinghamshire", facts=(fact,))
    assert list(wrong_grades(told)) == []
    other = Fact("judgement_now", {"grade": "outstanding", "area": "care_leavers"}, LEADERS)
    said = describe.describe(told)
    assert "was judged Outstanding for the impact of leaders" in " ".join(said.notes)
    assert any(wrong_grades(replace(told, facts=(other,)), said))


LEADERS = "Its leaders were judged ‘outstanding’ by inspectors."  # noqa: RUF001
SERVICES = "Nottinghamshire’s services were judged ‘good’ overall."  # noqa: RUF001


@pytest.mark.parametrize(
    ("facts", "said", "never"),
    [
        (
            [("impact_of_leaders", "outstanding", LEADERS), ("overall_effectiveness", "good", SERVICES)],
            "was judged Good overall and Outstanding for the impact of leaders: ",
            "Outstanding overall",
        ),
        (
            [("impact_of_leaders", "outstanding", LEADERS)],
            "was judged Outstanding for the impact of leaders: ",
            "Outstanding:",
        ),
        ([("impact_of_leaders", "outstanding", LEADERS), (None, "good", SERVICES)], "was judged Good: ", "Outstanding"),
        (
            [(None, "outstanding", LEADERS), (None, "good", SERVICES)],
            "speaks of more than one grade: ",
            "was judged Good:",
        ),
    ],
)
def test_the_grade_told_is_that_of_the_area_that_it_is_about(
    facts: list[tuple[str | None, str, str]], said: str, never: str
) -> None:
    made = [Fact("judgement_now", {"grade": g} | ({"area": a} if a else {}), q) for a, g, q in facts]
    told = judged(event(kind="press.published", council="Nottinghamshire", facts=tuple(made)))
    assert said in told
    assert never not in told.split("“")[0]


@pytest.mark.parametrize(
    ("sentence", "grade", "area"),
    [
        ("Services were rated good, with its leaders judged outstanding.", "outstanding", "impact_of_leaders"),
        ("Services were rated good, with its leaders judged outstanding.", "good", None),
        ("It was judged good for help and protection and outstanding overall.", "good", "help_and_protection"),
        ("It was judged good for help and protection and outstanding overall.", "outstanding", "overall_effectiveness"),
        ("Services for care leavers were judged outstanding.", "outstanding", "care_leavers"),
        ("Inspectors rated the council's services as good.", "good", None),
    ],
)
def test_a_grade_in_a_sentence_is_of_what_its_clause_names(sentence: str, grade: str, area: str | None) -> None:
    start = sentence.index(grade)
    assert area_of(sentence, start, start + len(grade)) == area
