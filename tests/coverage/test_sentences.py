"""What one sentence says and does not say, in the language of newsrooms, papers and minutes. All are made up."""

# ruff: noqa: E501, RUF001 - tables of sentences, each on its line and with the quotation marks that pages have
from __future__ import annotations

from typing import Any

import pytest

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.coverage.reading import read
from monitor.model import Voice

REGISTRY = Registry.load()
DEVON = REGISTRY.get("Devon")
VISIT = "Ofsted has published its letter about a monitoring visit to Devon’s children’s services."
FULL = "Ofsted has published its report on the inspection of Devon’s children’s services."


def page(sentence: str, opening: str = FULL, published: str | None = "2024-06-12", where: str = "news") -> Coverage:
    text = f"{opening}\n{sentence}"
    found = read(text, title=None, published=published, own=DEVON, registry=REGISTRY, where=where)
    assert found.relevant, found.why
    assert all(fact.quote in text for fact in (*found.facts, *found.inferred))
    return found


def values(found: Coverage, field: str) -> list[Any]:
    return [fact.value for fact in found.facts if fact.field == field]


NOW = [
    ("Inspectors have judged the council’s children’s services to be good.", "good", None),
    ("Ofsted inspectors who visited Devon’s Children and Families Services have judged them to be good.", "good", None),
    ("Ofsted inspectors who visited CHILDREN AND YOUNG PEOPLE SERVICES have judged them to be good.", "good", None),
    ("The department has been rated “requires improvement to be good” by Ofsted.", "requires improvement", None),
    ("Ofsted rated Devon children’s services outstanding overall.", "outstanding", "overall_effectiveness"),
    ("Children’s services were judged ‘inadequate’ by inspectors.", "inadequate", None),
    ("• Overall effectiveness: requires improvement to be good", "requires improvement", "overall_effectiveness"),
    ("• The experiences and progress of care leavers – outstanding", "outstanding", "care_leavers"),
    ("The service received a ‘good’ rating from the inspectorate.", "good", None),
    ("The experiences and progress of children in care were judged to be good.", "good", "in_care"),
    ("The council was given a ‘good’ rating in its first inspection since it was found wanting in 2019.", "good", None),
    ("A ‘requires improvement’ verdict in 2021 is history: services were upgraded to a “good” rating.", "good", None),
    (
        "The overall inspection judgement stated that the service ‘requires improvement to be good’.",
        "requires improvement",
        "overall_effectiveness",
    ),
    ("The experiences and progress of children in care Good", "good", "in_care"),
    ("• Requires improvement for the experiences and progress of children in care", "requires improvement", "in_care"),
    ("Overall effectiveness: Good (previously Inadequate)", "good", "overall_effectiveness"),
    ("Leadership was judged ‘outstanding’ by inspectors.", "outstanding", "impact_of_leaders"),
    ("Two years after being rated inadequate, the services have been judged good by Ofsted.", "good", None),
    ("Services were rated good by Ofsted, having been inadequate in 2015 and in 2018.", "good", None),
    ("The services were judged good after being found inadequate in 2020.", "good", None),
    ("The service had been judged good, having previously been judged inadequate.", "good", None),
    ("Devon’s children’s services have been branded “inadequate” by Ofsted inspectors.", "inadequate", None),
    ("The services have been declared ‘good’ by Ofsted.", "good", None),
    ("Ofsted scored Devon’s children’s services as ‘outstanding’.", "outstanding", None),
    (
        "Inspectors ruled that the department “requires improvement to be good” in all areas.",
        "requires improvement",
        None,
    ),
    ("Devon’s children’s services are now good with outstanding leadership, Ofsted has ruled.", "good", None),
    ("The council’s children’s services require improvement, inspectors said.", "requires improvement", None),
    ("Ofsted inspectors said the council remained ‘outstanding’ after a two-week inspection.", "outstanding", None),
    ("The overall effectiveness of children’s services is now Good.", "good", "overall_effectiveness"),
    ("The services have climbed to ‘good’ after years in the doldrums.", "good", None),
    ("Ofsted found that the services had improved to ‘requires improvement’.", "requires improvement", None),
    (
        "Ofsted has dropped the rating of the services from “good” to “requires improvement”.",
        "requires improvement",
        None,
    ),
    ("Inspectors hailed progress today, upgrading Devon’s children’s services to ‘good’.", "good", None),
    ("Leadership was upgraded to outstanding.", "outstanding", "impact_of_leaders"),
    ("Support for care leavers was rated outstanding by Ofsted.", "outstanding", "care_leavers"),
    ("Devon has become the latest council to be rated outstanding by Ofsted.", "outstanding", None),
    ("The services were praised by Ofsted, retaining their ‘Outstanding’ rating.", "outstanding", None),
    ("The council’s children’s services have received a ‘good’ Ofsted rating.", "good", None),
    ("Unison blamed cuts for the inadequate rating handed to the services by Ofsted last week.", "inadequate", None),
    ("It noted the inspection of children’s services, which resulted in a ‘good’ judgement.", "good", None),
    ("Members heard of the inspection of children’s services, at which the council was judged good.", "good", None),
    (
        "Children’s services are no longer inadequate after Ofsted upgraded them to ‘requires improvement’.",
        "requires improvement",
        None,
    ),
    ("The services have gone up a grade to ‘good’, Ofsted has announced.", "good", None),
    ("Ofsted has spoken on Devon’s services, marking them as inadequate.", "inadequate", None),
    ("Ofsted gave the council a ‘good’ grading.", "good", None),
    ("The City of Exampleton Council’s children’s services have been judged ‘good’ by Ofsted.", "good", None),
    ("The services, which were taken over after years of failure, have been judged good by Ofsted.", "good", None),
    ("Ofsted’s ILACS letter rated the borough outstanding.", "outstanding", None),
    ("The council has been told that its children’s services are ‘good’ by Ofsted inspectors.", "good", None),
    ("It was heard that the report had been published and graded the authority good in all areas.", "good", None),
    ("The services are rated ‘good’, the first time they are judged above ‘requires improvement’.", "good", None),
]


@pytest.mark.parametrize(("sentence", "grade", "area"), NOW)
def test_a_grade_that_inspectors_give_now(sentence: str, grade: str, area: str | None) -> None:
    expected = {"grade": grade} | ({"area": area} if area else {})
    assert values(page(sentence), "judgement_now") == [expected]


NO_GRADE = [
    "The service is on a path to good.",
    "We want to be rated outstanding by the next inspection.",
    "The plan sets out how the council will get to a ‘Good’ or ‘Outstanding’ service.",
    "Inspectors said the pace of change, while adequate, has to quicken.",
    "Staff were praised for good practice with teenagers.",
    "The council is on its path to improvement.",
    "Leaders know what requires improvement and have begun to put it right.",
    "The service must try harder to be good.",
    "Managers had judged the quality of cases to be good in their own audits.",
    "Residents rated the service good in a survey by the council.",
    "Two primary schools were judged good by Ofsted this spring.",
    "Services have not been judged good since the framework began.",
    "The council rates itself as good in its self-evaluation.",
    "Cllr Ann Smith said: “Our children’s services are good and I am sure we would be judged outstanding.”",
    "Inspectors saw good progress and outstanding commitment.",
    "If the service were rated inadequate again, it could lose control.",
    "Ofsted found good relationships between social workers and children.",
    "The ambition remained a ‘good’ or ‘outstanding’ service.",
    "Nine of the country’s departments were rated inadequate by Ofsted last year.",
    "There were no areas that were judged to be inadequate.",
    "Some areas were judged to be good.",
    "It is a year since Ofsted upgraded the services from ‘inadequate’ to ‘good’.",
    "She led the service when it moved from inadequate to good.",
    "An article wrongly stated that the services had been rated inadequate by Ofsted.",
    "Inspectors judged the services to be better than good.",
    "Our children’s services – judged outstanding next time!",
    "Overall effectiveness Good Inadequate",
    "Overall effectiveness | Requires improvement | Good",
    "The director said: “We go on until every judgement is outstanding.”",
    "Staff had been told that the judgement would be good.",
    "Mr Jones asked why, given that Ofsted rated the council’s children’s services inadequate, nobody had resigned.",
    "Devon is to help inadequate-rated Torbay.",
    "Devon is to advise its inadequate-rated near neighbour.",
    "Risk 7: children’s services judged inadequate.",
    "The Cabinet Member replied: “Yes. Ofsted has confirmed that our services are good.”",
    "The Cabinet Member replied: “Yes. Ofsted has judged the services good.”",
    "The fostering service was judged good.",
    "Inspectors found that early help services were good.",
    "The service for disabled children was judged outstanding.",
    "Ofsted downgraded the adoption service from good to requires improvement.",
    "The youth service rose from inadequate to good.",
    "Ofsted’s report grades the service inadequate in three of its five categories.",
    "The service had been judged inadequate in the following areas: leadership; help and protection.",
    "The council’s earlier inadequate judgement in 2019 and good judgement in 2023 were noted.",
    "Parents have branded the children’s services inadequate.",
    "The department has been branded inadequate as parents protest outside the town hall.",
    "Early help is good, Ofsted has said.",
    "Supervision across the service is inadequate, Ofsted has found.",
    "The work of social workers in the service was judged good by Ofsted.",
    "Services for children with SEND were judged good by Ofsted.",
    "Support for social workers in the service was judged good by inspectors.",
    "The quality of social work in children’s services is good, Ofsted said.",
    "Services are good only if they listen, Ofsted said.",
    "Attendance has risen to good levels.",
    "The response was thorough, earning an outstanding rating from residents.",
]


@pytest.mark.parametrize("sentence", NO_GRADE)
def test_a_grade_word_that_is_no_judgement(sentence: str) -> None:
    found = page(sentence)
    assert values(found, "judgement_now") == []
    assert values(found, "judgement_current_standing") == []
    assert values(found, "judgement_previous") == []


def test_what_follows_a_grade_says_of_what_it_is_before_what_stands_in_front() -> None:
    kept = "The services retained their overall rating of ‘good’ and were judged ‘outstanding’ for care leavers."
    assert {v["area"]: v["grade"] for v in values(page(kept), "judgement_now")} == {
        "overall_effectiveness": "good",
        "care_leavers": "outstanding",
    }


@pytest.mark.parametrize(
    ("sentence", "grades"),
    [
        (
            "The judgement for children in care was good and for care leavers was outstanding.",
            {"in_care": "good", "care_leavers": "outstanding"},
        ),
        (
            "Ofsted rated the impact of leaders on social work practice as outstanding, the experiences of children who need help and protection as good.",
            {"impact_of_leaders": "outstanding", "help_and_protection": "good"},
        ),
    ],
)
def test_two_grades_of_a_sentence_are_each_of_their_own_area(sentence: str, grades: dict[str, str]) -> None:
    assert [(v["area"], v["grade"]) for v in values(page(sentence), "judgement_now")] == [*grades.items()]


@pytest.mark.parametrize(
    "sentence",
    [
        "The services, which were taken back in-house in 2022, have been judged good by Ofsted.",
        "The overall rating was ‘good’, an improvement from ‘requires improvement’ in 2019.",
        "The council had moved from inadequate in 2018 to requires improvement in 2022 and was now judged good.",
        "Ofsted said services had changed since the last inspection and were now good.",
        "Inspectors hailed the services, giving them a ‘good’ rating just four years after they were deemed inadequate.",
    ],
)
def test_a_year_or_a_grade_of_before_in_a_sentence_hides_none_of_now(sentence: str) -> None:
    found = page(sentence)
    assert [v["grade"] for v in values(found, "judgement_now")] == ["good"]
    assert "good" not in [v["grade"] for v in values(found, "judgement_previous")]


def test_of_a_correction_no_grade_is_sure() -> None:
    text = f"{FULL}\nA report (15 May, p. 6) said that services had been judged inadequate. They were judged good."
    title = "Corrections and clarifications"
    found = read(text, title=title, published="2024-06-12", own=DEVON, registry=REGISTRY, where=Voice.PRESS)
    assert found.relevant
    assert not any(fact.field.startswith("judgement") for fact in found.facts)
    assert not any(fact.quote.endswith("p.") for fact in found.facts)


def test_an_aside_about_the_council_is_no_news_of_a_grade() -> None:
    found = page("Devon, whose children’s services are rated outstanding by Ofsted, is to help others.")
    assert values(found, "judgement_now") == []
    assert values(found, "judgement_current_standing") == [{"grade": "outstanding"}]


@pytest.mark.parametrize("heading", ["Our judgements in 2019 were:", "Previous inspection", "In 2019, as follows."])
def test_a_list_of_earlier_judgements_gives_none_of_now(heading: str) -> None:
    lists = f"{heading}\nCare leavers: inadequate\nOur judgements since the last inspection:\nCare leavers: good"
    assert values(page(lists), "judgement_now") == [{"grade": "good", "area": "care_leavers"}]


def test_a_visit_gives_no_grade_whatever_is_said_of_it() -> None:
    found = page("The council’s children’s services are currently rated inadequate.", VISIT)
    assert values(found, "judgement_now") == []
    assert values(found, "judgement_current_standing") == [{"grade": "inadequate"}]
    assert found.kind == "monitoring_visit"


BEFORE = [
    ("It is two years since Ofsted judged the services inadequate.", {"grade": "inadequate"}),
    ("The council had been judged inadequate in March 2021.", {"grade": "inadequate", "date": "2021-03"}),
    ("Services were rated ‘requires improvement’ in 2019.", {"grade": "requires improvement", "year": 2019}),
    ("It was previously judged to be good.", {"grade": "good"}),
    ("A commissioner was appointed after Ofsted found the services inadequate.", {"grade": "inadequate"}),
    ("Members heard that a notice had been issued when services were rated inadequate.", {"grade": "inadequate"}),
    ("The report noted that the service had improved since Ofsted judged it inadequate.", {"grade": "inadequate"}),
    ("A trust took over after the services were rated inadequate by Ofsted.", {"grade": "inadequate"}),
    ("After three consecutive ‘inadequate’ ratings, the news was welcome.",
     {"grade": "inadequate", "count": 3, "form": "three consecutive"}),
    ("At the previous inspection the overall judgement was good.", {"grade": "good"}),
    ("The commissioner came following a report by Ofsted that judged services inadequate.", {"grade": "inadequate"}),
    ("It is the first inspection since 2018 when services were found to require improvement.", {"grade": "requires improvement", "year": 2018}),
    ("In 2021, all services were judged as requiring improvement.", {"grade": "requires improvement", "year": 2021}),
    ("The service, which was judged inadequate by Ofsted in January 2020, has new leaders.",
     {"grade": "inadequate", "date": "2020-01"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "value"), BEFORE)
def test_a_grade_of_before(sentence: str, value: dict[str, Any]) -> None:
    found = page(sentence)
    assert values(found, "judgement_previous") == [value]
    assert values(found, "judgement_now") == []


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The aim is to be rated ‘good’ by 2026.", {"grade": "good", "by": "2026"}),
        ("Members supported the ambition to become an outstanding service.", {"grade": "outstanding"}),
        ("The roadmap leads to a ‘good’ or ‘outstanding’ service and is on track.", {"grade": "good or outstanding"}),
        ("Our ambition is an outstanding service.", {"grade": "outstanding"}),
    ],
)
def test_a_grade_that_is_wished_for(sentence: str, value: dict[str, Any]) -> None:
    assert values(page(sentence), "target") == [value]


METRICS = [
    ("More than 30% of social workers are agency staff.", "metric.agency_share", ">", 30),
    ("Around a quarter of the workforce are agency social workers.", "metric.agency_share", "~", "1/4"),
    ("Agency staff make up 18 per cent of the workforce.", "metric.agency_share", "=", 18),
    ("Average caseloads have fallen to 14.", "metric.caseload", "=", 14),
    ("Caseloads of 25 or more were seen in two teams.", "metric.caseload", ">=", 25),
    ("No social worker has a caseload of more than 20.", "metric.caseload", "<=", 20),
    ("Caseloads do not exceed 18.", "metric.caseload", "<=", 18),
    ("Caseloads will never be above 18.", "metric.caseload", "<=", 18),
    ("None of our teams has a vacancy rate of over 10 per cent.", "metric.vacancy_rate", "<=", 10),
    ("Caseloads are no more than 16.", "metric.caseload", "<=", 16),
    ("There is no change, and more than 30% of social workers are agency staff.", "metric.agency_share", ">", 30),
    ("The vacancy rate is 22 per cent.", "metric.vacancy_rate", "=", 22),
    ("Staff turnover has dropped to below 10 per cent.", "metric.turnover_rate", "<", 10),
    ("At least 92 per cent of assessments are completed within timescales.", "metric.timeliness", ">=", 92),
    ("Average caseloads fell from 19.5 to 17.", "metric.caseload", "=", 17),
    ("The vacancy rate is 9 per cent, compared with 22 per cent in 2022.", "metric.vacancy_rate", "=", 9),
    ("Staff turnover is 12 per cent, down from a peak of 28 per cent.", "metric.turnover_rate", "=", 12),
]


@pytest.mark.parametrize(("sentence", "field", "op", "number"), METRICS)
def test_a_number_with_its_subject(sentence: str, field: str, op: str, number: Any) -> None:
    found = page(sentence, VISIT)
    (value,) = values(found, field)
    assert (value["op"], value["value"]) == (op, number)
    assert value["unit"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Vacancy rates remain high.",
        "Caseloads are too high for newly qualified social workers.",
        "The council spent £40 million on agency staff.",
        "In 2023 turnover rose.",
        "Agency social workers have been here for 12 months.",
        "The visit on 14 May looked at caseloads.",
        "There are 120 children in care, and turnover has slowed.",
        "It relies less on agency staff, and 85 per cent of staff are now permanent.",
        "Inspectors found that 22 per cent of children were not visited within timescales.",
        "The vacancy rate of social workers has fallen by 12 per cent.",
    ],
)
def test_what_is_said_without_a_number_stays_without_one(sentence: str) -> None:
    found = page(sentence, VISIT)
    numbers = [f.value for f in found.facts if f.field.startswith("metric.") and "value" in f.value]
    assert numbers == []


DATES = [
    ("Inspectors visited on 14 and 15 May 2024.", "visit_dates", ["2024-05-14", "2024-05-15"]),
    (
        "Between 13 and 17 May 2024, Ofsted completed an inspection of the services.",
        "visit_dates",
        ["2024-05-13", "2024-05-17"],
    ),
    (
        "The letter follows its fourth visit, conducted on 14 - 15 May 2024.",
        "visit_dates",
        ["2024-05-14", "2024-05-15"],
    ),
    (
        "The last inspection was in 2016, and the recent one, the inspection of 4 to 15 March 2024, is the second.",
        "visit_dates",
        ["2024-03-04", "2024-03-15"],
    ),
    (
        "Following the inspection of 17 to 28 September 2018, the fifth visit took place on 28 and 29 May 2024.",
        "visit_dates",
        ["2024-05-28", "2024-05-29"],
    ),
    ("A plan is to be sent by 16 August 2024 after the visit on 14 May 2024.", "visit_dates", ["2024-05-14"]),
    ("They were visited on 27 February - 14 March.", "visit_dates", ["27 February - 14 March"]),
    ("The inspection took place between 4 and 15 March 2024.", "visit_dates", ["2024-03-04", "2024-03-15"]),
    ("A letter dated 9th May 2024 sets out the findings.", "letter_date", "2024-05-09"),
    ("The report was published on Monday 10 June 2024.", "report_published", "2024-06-10"),
    ("The letter was published on Tuesday 11 June.", "report_published", "Tuesday 11 June"),
    ("It will be discussed at the next meeting on 3 July 2024.", "next_meeting", "2024-07-03"),
]


@pytest.mark.parametrize(("sentence", "field", "value"), DATES)
def test_a_date_is_what_the_words_before_it_make_it(sentence: str, field: str, value: Any) -> None:
    found = page(sentence)
    assert values(found, field) == [value]
    others = {f.field for f in found.facts} & {"visit_dates", "letter_date", "report_published", "next_meeting"}
    assert others == {field}


@pytest.mark.parametrize(
    "sentence",
    [
        "The last inspection was in March 2020.",
        "The council was last inspected on 3 to 14 February 2020.",
        "The new leader took office on 6 May 2024.",
        "Twelve children aged 14 and 15 spoke to us.",
    ],
)
def test_other_days_are_no_visit(sentence: str) -> None:
    assert values(page(sentence), "visit_dates") == []
    assert page(sentence).visits == ()


def test_a_report_that_is_due_has_not_come_out() -> None:
    found = page("The final report is due to be published on 5 July 2024.")
    assert (values(found, "report_published"), found.reports) == ([], ())


def test_a_year_is_worked_out_only_where_the_day_of_the_week_agrees() -> None:
    right = page("The letter was published on Tuesday 11 June.")
    assert [f.value for f in right.inferred] == ["2024-06-11"]
    assert right.reports == ()
    assert page("The letter was published on Friday 11 June.").inferred == ()
    assert page("The letter was published on 11 June.").inferred == ()
    assert page("The letter was published on Tuesday 11 June.", published=None).inferred == ()


PEOPLE = [
    ("Councillor Mary O’Neill, cabinet member for children, said she was pleased.",
     {"name": "Mary O’Neill", "title": "Councillor", "role": "cabinet member for children"}),
    ("Cllr J Patel (lead member for children’s services) thanked staff.",
     {"name": "J Patel", "title": "Councillor", "role": "lead member for children’s services"}),
    ("Jane Brown, director of children’s services, told the paper that more is to be done.",
     {"name": "Jane Brown", "role": "director of children’s services"}),
    ("Sir Alan Wood said much had changed.", {"name": "Alan Wood", "title": "Sir"}),
    ("The Chair, Councillor Ruth Bell, welcomed the letter.", {"name": "Ruth Bell", "title": "Councillor", "role": "Chair"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "value"), PEOPLE)
def test_a_person_with_title_and_office(sentence: str, value: dict[str, str]) -> None:
    assert values(page(sentence), "person") == [value]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Department for Education, which oversees the council, was told.",
        "The Children and Families Committee, chaired by the leader, will meet.",
        "A Mackman Group collaboration - market research by Mackman Research | website design by Mackman",
        "Devon County Council said it accepted the findings.",
        "Social Work England, the regulator, was informed by the director.",
    ],
)
def test_no_person_where_none_is_named(sentence: str) -> None:
    assert values(page(sentence), "person") == []


FINDINGS = [
    ("Social workers know children well and visit them regularly.", {"positive"}),
    ("Too many children wait too long for a permanent home.", {"negative"}),
    ("Supervision is regular, but it is not yet effective in driving plans.", {"negative"}),
    ("Leaders have strengthened oversight of the front door.", {"positive"}),
    ("Care plans are not robust.", {"negative"}),
    ("Practice has improved in assessments, although drift and delay remain in permanence planning.",
     {"positive", "negative"}),
    ("Members asked about delays in assessments.", set()),
    ("While most caseloads are manageable, assessments are often delayed.", {"positive", "negative"}),
    ("The cabinet member pointed out that there were delays in assessments.", set()),
    ("It was noted that partners should improve their support.", set()),
    ("The leader thanked the director for hard work in a challenging time.", set()),
    ("Cllr Ann Smith said: “We know that there are delays in our assessments.”", set()),
    ("The improvement plan for social work will be shared with members.", set()),
    ("It concerns Achieving for Children and the support for care leavers.", set()),
    ("The letter concerns children who go missing from care.", set()),
    ("The recommendation concerning the support of care leavers is on page three.", set()),
    ("As far as care leavers are concerned the visit looked at their housing.", set()),
    ("Inspectors had no concerns about children who were seen at home.", set()),
    ("Inspectors did not find services for children inadequate or unsafe.", set()),
    ("Services for care leavers are not inadequate.", set()),
    ("A fail-safe alerts managers before a visit to a child is due.", set()),
    ("Children wait too long, and inspectors were concerned about assessments.", {"negative"}),
    ("Inspectors have serious concerns about assessments of children.", {"negative"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "sides"), FINDINGS)
def test_findings_and_their_side(sentence: str, sides: set[str]) -> None:
    found = page(sentence, VISIT)
    fields = {f.field for f in found.facts if f.field.startswith("finding.") and f.quote == sentence}
    assert fields == {f"finding.{side}" for side in sides}


OTHERS = [
    ("The council is being helped by a team from Leeds City Council.", "improvement_partner", "Leeds City Council"),
    ("North Tyneside Council, which is the improvement partner, has sent managers.", "improvement_partner",
     "North Tyneside Council"),
    ("This was the third monitoring visit since the judgement.", "visit_number", 3),
    ("It was the fifth of a series of monitoring visits.", "visit_number", 5),
    ("The areas covered by the visit were: care leavers and homelessness.", "focus", "care leavers and homelessness"),
    ("The visit followed a focused visit in May 2023.", "earlier_visit", {"kind": "focused visit", "date": "2023-05"}),
    ("Inspectors looked at the arrangements for care leavers.", "focus", "the arrangements for care leavers"),
    ("Progress has been too slow, inspectors said.", "direction", "slow"),
    ("Services have improved since the last inspection, the letter says.", "direction", "improving"),
    ("The lead inspector, Andrew Waugh, thanked staff.", "inspector", "Andrew Waugh"),
    ("“Children are safer because social workers act quickly,” inspectors wrote.", "quote.ofsted",
     "Children are safer because social workers act quickly"),
    ('Ofsted praised "first steps" and "quick help", but not "how slowly the plans of children are written".',
     "quote.ofsted", "how slowly the plans of children are written"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "field", "value"), OTHERS)
def test_the_rest(sentence: str, field: str, value: Any) -> None:
    assert values(page(sentence), field) == [value]


def test_the_list_of_grades_that_there_are_is_no_finding() -> None:
    scale = "Ofsted judges the services for children to be outstanding, good, requires improvement or inadequate."
    assert not any(f.field.startswith("finding") for f in page(scale).facts if f.quote == scale)


def test_what_stands_between_two_quotations_is_none() -> None:
    between = 'Ofsted praised "first steps" forward in the children\'s services, which were "inadequate" in 2022.'
    assert values(page(between), "quote.ofsted") == []


@pytest.mark.parametrize(("speaker", "of_ofsted"), [("council leader Ann Smith", False), ("inspectors", True)])
def test_whose_words_a_paragraph_is_stands_behind_it(speaker: str, of_ofsted: bool) -> None:
    found = page(f"“The report finds too little. Services were judged inadequate,” said {speaker}.")
    assert bool(values(found, "judgement_now")) is of_ofsted
    found = page(f"“The plans of our children are often good. Leaders know the services well,” said {speaker}.")
    assert bool(values(found, "quote.ofsted")) is of_ofsted


def test_a_commissioner_is_an_intervention() -> None:
    sentence = "The government’s commissioner recommended that services stay with the council."
    assert values(page(sentence), "intervention") == [sentence.rstrip(".")]


def test_minutes_have_resolutions_actions_mover_and_seconder() -> None:
    lines = """The Committee considered the Ofsted focused visit letter (dated 3 May 2024), attached.
It was MOVED by Councillor A Jones; and SECONDED by Councillor B Fox and
RESOLVED
(a) that the letter be noted; and
(b) that the following actions be approved:
(i) a plan be brought to the Committee; and
(ii) members visit the front door.
The meeting closed at 4 pm."""
    found = page(lines, opening="Agenda item", where="minutes")
    parts = {f.field: f.value for f in found.facts if f.field.startswith(("resolution", "action", "mover", "seconder"))}
    assert parts == {
        "mover": {"name": "A Jones", "title": "Councillor"},
        "seconder": {"name": "B Fox", "title": "Councillor"},
        "resolution.a": "that the letter be noted",
        "resolution.b": "that the following actions be approved:",
        "action.i": "a plan be brought to the Committee",
        "action.ii": "members visit the front door",
    }
    assert found.letters == ("2024-05-03",)


@pytest.mark.parametrize(
    ("sentence", "decided"),
    [
        ("It was agreed: That the update be noted.", "That the update be noted"),
        ("It was agreed that the plan be scrutinised.", "that the plan be scrutinised"),
        ("The Children’s Scrutiny Panel agreed that the plan be brought back.", None),
        ("The Children’s Scrutiny Panel agreed that the plan be taken further.", "that the plan be taken further"),
        ("The Select Committee AGREED to note the report.", "to note the report"),
        ("Cabinet RESOLVED to note the findings of Ofsted.", "to note the findings of Ofsted"),
        ("The Committee agreed: To receive an update in May.", "To receive an update in May"),
        ("It was agreed that caseloads should be lowered.", None),
        ("The Committee agreed that progress had been made.", None),
        ("Ofsted agreed to return.", None),
        ("RESOLVED that it be noted.", "that it be noted"),
        ("RESOLVED to note the findings.", "to note the findings"),
        ("It was agreed that the following be approved:", None),
    ],
)
def test_a_decision_that_a_sentence_tells(sentence: str, decided: str | None) -> None:
    found = page(f"The Ofsted letter was considered.\n{sentence}", where="minutes")
    assert values(found, "resolution") == ([decided] if decided else [])


@pytest.mark.parametrize(
    ("lines", "decided"),
    [
        (
            "Resolved – (1) That the report be received. (2) That a letter be sent.",
            ["That the report be received", "That a letter be sent"],
        ),
        ("Decisions\n1. To note the report.\n2. To thank staff.", ["To note the report", "To thank staff"]),
        ("Decision\nThat the report be noted.\nMembers left.", ["That the report be noted"]),
        (
            "RESOLVED:\nThat the report be noted.\nThat staff be thanked.",
            ["That the report be noted", "That staff be thanked"],
        ),
    ],
)
def test_decisions_below_or_beside_their_heading(lines: str, decided: list[str]) -> None:
    found = page(f"The Ofsted letter was considered.\n{lines}", where="minutes")
    assert [f.value for f in found.facts if f.field.startswith("resolution")] == decided


def test_the_ninth_resolution_is_no_action() -> None:
    items = "\n".join(f"({mark}) that point {mark} be noted;" for mark in "abcdefghi")
    found = page(f"The Ofsted letter was considered.\nRESOLVED\n{items}", where="minutes")
    assert [f.field for f in found.facts if f.field.startswith(("res", "action"))] == [
        f"resolution.{m}" for m in "abcdefghi"
    ]


def test_supporting_documents_are_those_that_are_listed() -> None:
    found = page(
        "Supporting documents:\n· Ofsted Focused Visit Letter, PDF 119 KB\n· Action plan PDF 80 KB", where="item"
    )
    assert values(found, "supporting_documents") == ["Ofsted Focused Visit Letter", "Action plan"]
    assert values(page("Supporting documents:", where="item"), "supporting_documents") == []
