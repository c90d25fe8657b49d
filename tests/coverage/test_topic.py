"""Whether a page is about an inspection of a council's children's services, and of which council. All made up."""

# ruff: noqa: E501, RUF001 - tables of sentences, each on its line and with the quotation marks that pages have
from __future__ import annotations

import pytest

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.coverage.reading import read

REGISTRY = Registry.load()


def look(
    title: str, text: str, own: str | None = None, where: str = "press", published: str = "2024-06-12"
) -> Coverage:
    council = REGISTRY.get(own) if own else None
    return read(text, title=title, published=published, own=council, registry=REGISTRY, where=where)


ABOUT = [
    ("Our children’s services after the inspection", "Ofsted inspectors spent two weeks with us in May.", "news"),
    ("Ofsted praises support for care leavers", "A focused visit found that care leavers are well supported.", "news"),
    (
        "Council statement",
        "The council has received the letter after Ofsted’s monitoring visit of its children’s social care.",
        "news",
    ),
    ("Childrens Services rated good", "Inspectors rated our Childrens Services good.", "news"),
    (
        "Joint inspection of the response to serious youth violence",
        "Ofsted, the CQC and HMICFRS published a JTAI letter.",
        "news",
    ),
    (
        "SEND inspection published",
        "Ofsted and the Care Quality Commission looked at the local area partnership.",
        "news",
    ),
    (
        "Ofsted responds to council",
        "Inspectors judged the council to require improvement for its work with children in care.",
        "news",
    ),
    ("Notice for children’s services", "The Department for Education has issued an improvement notice.", "govuk"),
    ("ILACS", "To receive the report.", "item"),
    ("SEND commissioner appointed", "The DfE has named a commissioner for Devon’s SEND services.", "govuk"),
    ("Ofsted Inspection Feedback", "The Director of Children, Families and Communities attended.", "minutes"),
    (
        "Ofsted sends council a letter",
        "Improvement has begun in its children’s social care, the inspectorate says.",
        "news",
    ),
    ("Ofsted Outcome", "Report of the Director of Children’s Services on the inspection report from Ofsted.", "item"),
    ("Children’s Services – Ofsted Action Plan", "To consider the plan.", "item"),
    ("Devon Children’s Trust is good", "Ofsted’s inspectors were in Devon in May.", "news"),
    ("Together for Children hailed by Ofsted", "Inspectors met its leaders in Devon in May.", "news"),
    (
        "Top marks",
        "Devon’s children’s services have been rated outstanding. It is Ofsted’s highest grade.",
        "news",
    ),
    ("Letter published", "Ofsted’s letter following its monitoring visit on 11 and 12 May is out.", "news"),
    (
        "SEND failings laid bare",
        "There are “widespread and/or systemic failings” for children with special needs, Ofsted found.",
        "news",
    ),
    (
        "Agencies praised",
        "Inspectors from Ofsted, the Care Quality Commission and HM Inspectorate of Probation saw agencies work well.",
        "news",
    ),
    (
        "Apology over SEND",
        "A damning Ofsted inspection of SEND services ended in May. Inspectors are due to return in a year.",
        "news",
    ),
    (
        "Children at risk",
        "Children are at risk that could be judged better, inspectors say of our children’s services.",
        "news",
    ),
    (
        "Up",
        "Ten years ago this week our children’s services were inadequate. Today Ofsted’s inspectors praise them.",
        "news",
    ),
    (
        "Failed",
        "Vulnerable children were failed by services. Ofsted told the council that services were inadequate.",
        "news",
    ),
    (
        "Notice for council",
        "The DfE has issued an improvement notice to the council after Ofsted found that its services had declined.",
        "news",
    ),
    ("Children’s Scrutiny Panel – Ofsted", "The panel noted that the council had been judged good.", "minutes"),
    ("Improvement plan", "Practice was better, as the focused visit in May recognised.", "minutes"),
    (
        "Question time",
        "Will the Cabinet Member say if children’s services got better? Yes, Ofsted confirmed it.",
        "minutes",
    ),
    ("Ofsted action plan", "The earlier judgement was requires improvement. The plan was approved.", "minutes"),
    ("Ofsted Report", "The Leader apologised to children and families.", "minutes"),
    ("Inspectors arrive", "Ofsted has begun an inspection of our children’s services this week.", "news"),
    (
        "Good news for families",
        "Our children’s social care has been judged good by Ofsted, as have three of our schools.",
        "news",
    ),
]


@pytest.mark.parametrize(("title", "text", "where"), ABOUT)
def test_a_page_about_an_inspection(title: str, text: str, where: str) -> None:
    found = look(title, text, "Devon", where)
    assert found.relevant, found.why
    assert found.urns == ("80461",)


BESIDE = [
    ("Highfield Primary School rated good by Ofsted", "Inspectors praised pupils.", "news"),
    ("Nursery is outstanding", "Ofsted judged Sunny Days nursery outstanding. Cllr Ann Smith, cabinet member for children’s services, said: “Well done.”", "news"),
    ("Ofsted success", "The children’s home in Exeter was rated good after an Ofsted inspection in May.", "news"),
    ("College celebrates", "The college’s apprenticeships were inspected by Ofsted.", "news"),
    ("Ofsted good for fostering agency", "The independent fostering agency was judged good by Ofsted.", "news"),
    ("Schools’ Ofsted outcomes", "Report of the Director of Children’s Services on the inspection outcomes of maintained schools.", "item"),
    ("School improvement update", "Members noted that 91% of schools are judged good or outstanding by Ofsted.", "minutes"),
    ("Become a foster carer", "We need foster carers. Could you help?", "news"),
    ("Bin collections", "The next inspection of brown bins is on Monday.", "news"),
    ("Bridge inspection", "Inspectors will look at the bridge for two nights.", "news"),
    ("Care home inspection", "The Care Quality Commission rated the home inadequate.", "news"),
    ("Adult social care", "The Care Quality Commission assessed the council’s adult social care as good.", "news"),
    ("Food hygiene", "Inspectors rated the takeaway zero.", "press"),
    ("Ready for Ofsted", "Members will hear how children’s services prepare for the next Ofsted inspection.", "news"),
    ("Adult learning praised", "Ofsted found that adult and community learning at the council is good.", "news"),
    ("Budget 2025", "Members debated the budget.\nRoads were discussed.\nLibraries were discussed.\nParks were discussed.\n"
     "Bins were discussed.\nChildren’s services were last inspected by Ofsted some years ago.\nThe meeting closed.", "minutes"),
    ("Youth justice inspection", "His Majesty’s Inspectorate of Probation rated the youth justice service good.", "news"),
    ("Children’s centre wins prize", "Parents love the children’s centre, which Ofsted rated good.", "news"),
    ("Children’s Commissioner visits", "The Children’s Commissioner for England met pupils in Exeter.", "news"),
    ("Inspections of early years settings", "Ofsted’s inspections of nurseries and childminders were discussed.", "item"),
    ("Work Programme", "The Committee considered the work programme. Members noted good progress.", "minutes"),
    ("Join our children’s services", "We are rated good by Ofsted: come and be a social worker.", "news"),
    ("Ofsted Update", "The head of school improvement told members that three schools had been inspected.", "minutes"),
    ("Holiday club", "The holiday club is registered with Ofsted.", "news"),
    ("Devon Children’s Trust fostering agency rated good by Ofsted", "The trust’s agency was inspected in May.", "news"),
    ("Home is outstanding", "A children’s home run by Together for Children was rated outstanding by Ofsted.", "news"),
    ("Secure home", "Ofsted judged the secure children’s home, run by Devon’s children’s services, good.", "news"),
    ("The Children’s Trust rated good by Ofsted", "The charity helps children with brain injury.", "news"),
    ("Ward requires improvement", "Children’s services at the hospital were rated by the Care Quality Commission after an inspection.", "news"),
    ("Join Devon: social workers wanted", "Our children’s services were rated good by Ofsted in 2022.", "news"),
    ("Ofsted return looms", "Inspectors from Ofsted are due to return to Devon’s children’s services this autumn.", "news"),
    ("To face Ofsted", "Our children’s services prepare for an Ofsted inspection which is expected in May.", "news"),
    ("Board minutes", "The ILACS inspection was expected in the new year.", "minutes"),
    ("School makes progress, says Ofsted", "An Ofsted monitoring inspection of the school took place in May.", "news"),
    ("Half-term fun", "Clubs are Ofsted-registered and are paid for by children’s services.", "news"),
    ("Recommendation tracking", "It covers Ofsted school inspections and the budget of children’s services.", "item"),
    ("Vapes seized", "Trading Standards inspectors found vapes in shops. Children’s services were told.", "news"),
    ("New director", "She led children’s social care in Hull. She has seen many an Ofsted inspection.", "news"),
    ("Ten years ago", "From our archives: Ofsted has rated our children’s services inadequate.", "press"),
    ("On this day: children’s services fail Ofsted inspection", "It was in 2009.", "press"),
    ("Risk register", "Risk 7: that children’s services are judged inadequate by Ofsted.", "item"),
    ("Medium-term budget", "There is a risk that an Ofsted inspection of children’s services brings costs.", "item"),
    ("Jobs in children’s services", "Join our team of social workers.", "news"),
    ("Ofsted Update", "Early years providers that look after children had been inspected.", "minutes"),
    ("Ofsted registration of clubs", "Report on clubs for children.", "item"),
    ("Holiday scheme", "Vulnerable children can join a scheme that is inspected by Ofsted and run by the council.", "news"),
    ("Playground Inspection Report", "Swings that children use were inspected.", "minutes"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "where"), BESIDE)
def test_a_page_beside_it(title: str, text: str, where: str) -> None:
    found = look(title, text, "Devon", where)
    assert not found.relevant, found.why
    assert (found.urns, found.facts) == ((), ())


SUBJECTS = [
    (
        "Staff thanked",
        "Staff at Leeds City Council are thanked.\nOfsted has praised its children’s services.",
        {"Leeds"},
    ),
    ("Ofsted on children’s services", "A round-up.\nLeeds: Outstanding\nBradford: Inadequate", {"Leeds", "Bradford"}),
    ("Keeps grade", "Children’s services on the Isle of Wight have kept their grade.\nOfsted was there in May.", {"Isle of Wight"}),
    (
        "Trust to be handed back",
        "Slough Children First is handed back to Slough Borough Council.\nOfsted had called children’s services inadequate.",
        {"Slough"},
    ),
    ("Apology", "Bosses at Kent County Council are sorry.\nOfsted found that children’s services had declined.", {"Kent"}),
    (
        "Children’s services: Ofsted’s week",
        "Three ILACS reports came out.\nSalford went from good to outstanding.\nThurrock fell to good.\nBarnet was rated good.",
        {"Salford", "Thurrock", "Barnet"},
    ),
    (
        "Children’s services: Ofsted’s week",
        "Ofsted’s inspections of children’s services took long.\nMoney is short.\nStaff are few.\nTalks go on.\nKent has bins.",
        set(),
    ),
    ("Somerset’s social workers praised", "Ofsted’s letter on children’s services says that Essex County Council, the improvement partner, has helped.", {"Somerset"}),
    ("Inspectors’ verdict", "Ofsted has inspected children’s services in Leeds. Bradford, its neighbour, awaits its letter.", {"Leeds"}),
    ("What inspectors found", "A monitoring visit to Bradford Council’s children’s services found progress. The council gets support from Leeds.", {"Bradford"}),
    ("Essex to help Torbay’s children’s services", "Torbay was judged inadequate by Ofsted in March.", {"Torbay"}),
    ("Improvement notice: Slough children’s services", "A notice issued to Slough Borough Council.", {"Slough"}),
    ("Ofsted inspections of children’s services: what has changed", "The framework for inspecting local authorities was updated.", set()),
    ("North East Lincolnshire: what Ofsted found", "Inspectors visited in May and saw children’s services change.", {"North East Lincolnshire"}),
    ("Two councils rated good for children’s services", "Ofsted rated children’s services in Bolton and in Bury good.", {"Bolton", "Bury"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "names"), SUBJECTS)
def test_the_councils_that_an_article_is_about(title: str, text: str, names: set[str]) -> None:
    found = look(title, text)
    assert found.relevant, found.why
    assert {REGISTRY.by_urn(urn).name for urn in found.urns if REGISTRY.by_urn(urn)} == names  # type: ignore[union-attr]


def test_a_councils_own_page_is_about_itself_even_if_it_names_another() -> None:
    text = "Ofsted says that our children’s services improve. We learn from Essex, whose children’s services are outstanding."
    assert look("Ofsted’s letter", text, "Devon", "news").urns == ("80461",)


def test_a_councils_page_about_another_council_is_about_that_one() -> None:
    text = "Ofsted has judged Torbay’s children’s services inadequate, the inspection report says."
    assert look("Inspection of Torbay’s children’s services", text, "Plymouth", "news").urns == (
        REGISTRY.get("Torbay").urn,
    )


def test_a_councils_page_that_tells_of_others_further_on_is_about_itself() -> None:
    text = (
        "The outcome of the Ofsted inspection of children’s services was presented.\nMembers were delighted.\n"
        "The panel thanked staff.\nIt was reported that inspectors had judged Doncaster good."
    )
    assert look("Corporate Parenting Panel", text, "Devon", "minutes").urns == ("80461",)


SEVERAL = [
    ("Reading Borough Council’s children’s services were judged good.", []),
    ("Slough Borough Council’s children’s services were judged inadequate.", []),
    ("Children’s services in Slough and Reading were judged good.", ["good"]),
]


@pytest.mark.parametrize(("sentence", "grades"), SEVERAL)
def test_on_a_page_about_several_councils_a_grade_is_of_them_all(sentence: str, grades: list[str]) -> None:
    found = look("Ofsted on Slough and Reading children’s services", f"Reports came out on Monday.\n{sentence}")
    assert len(found.urns) == len(("Slough", "Reading"))
    assert [f.value["grade"] for f in found.facts if f.field.startswith("judgement")] == grades


def test_a_county_that_is_no_more_is_not_the_council_that_followed_it() -> None:
    text = "Ofsted inspected the council in May.\nCumbria’s children’s services had been judged inadequate in 2013."
    found = look("Cumberland’s children’s services: Ofsted’s first report", text)
    assert [f for f in found.facts if f.field.startswith("judgement")] == []


KINDS = [
    ("Ofsted focused visit", "A letter on the focused visit to children’s services.", "focused_visit"),
    ("Monitoring visit letter", "Ofsted’s second monitoring visit to children’s services since the inspection in 2022.", "monitoring_visit"),
    ("ILACS report", "The inspection followed a focused visit in May 2022.", "ilacs"),
    ("Children’s services judged good", "Ofsted has judged children’s services good, after five monitoring visits.", "ilacs"),
    ("Inspectors report", "Ofsted’s inspectors say that our children’s services improve.", None),
    ("JTAI", "The joint targeted area inspection looked at domestic abuse.", "jtai"),
    ("Weaknesses remain", "Following a monitoring visit in May inspectors saw children’s services improve.", "monitoring_visit"),
    ("Focus visit", "The outcome of the Ofsted focus visit to children’s services.", "focused_visit"),
    ("Rated good", "Ofsted rated children’s services good. Caseloads were too high in 2018, following a focused visit.", "ilacs"),
    ("SEND", "Ofsted saw inconsistent experiences and outcomes for children with SEND.", "area_send"),
    ("SEND", "The area SEND inspection by Ofsted and the CQC was in May.", "area_send"),
    ("Ofsted letter", "Since the last focused visit, a monitoring visit to children’s services took place.", "monitoring_visit"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "kind"), KINDS)
def test_the_kind_of_inspection(title: str, text: str, kind: str | None) -> None:
    assert look(title, text, "Devon", "news").kind == kind


def test_a_visit_that_only_an_after_introduces_is_named_as_what_it_is() -> None:
    found = look("Praise for staff", "Following a focused visit in May, Ofsted praised children’s services.", "Devon")
    assert [f.value for f in found.facts if f.field == "inspection_type"] == ["focused visit"]


def test_before_2018_a_graded_inspection_is_a_single_one() -> None:
    text = "Ofsted has judged children’s services in Devon good."
    assert look("Good", text, published="2016-05-05").kind == "sif"
    assert look("Good", text, published="2018-05-05").kind is None
    assert look("Good", text, published="2024-05-05").kind == "ilacs"


@pytest.mark.parametrize(
    ("title", "councils"),
    [
        ("Improvement notice issued to Hull City Council: May 2026", ["Kingston upon Hull"]),
        ("Revised direction issued to the Royal Borough of Windsor and Maidenhead", ["Windsor and Maidenhead"]),
        ("Direction issued to Birmingham Children's Trust", ["Birmingham"]),
        ("Directions issued to Cumberland Council and Westmorland and Furness Council",
         ["Cumberland", "Westmorland and Furness"]),
        ("Direction to Devon County Council: Example Primary School", None),
        ("Improvement notices and directions", None),
        ("Devon County Council: annual report", None),
    ],
)  # fmt: skip
def test_the_departments_notice_concerns_its_council_though_it_names_no_services(
    title: str, councils: list[str] | None
) -> None:
    found = look(title, "This publication applies to England.", where="govuk")
    assert found.relevant is (councils is not None)
    assert list(found.urns) == [REGISTRY.get(name).ofsted_urn for name in councils or []]


def test_a_paper_that_names_a_notice_in_its_title_alone_is_not_told_for_it() -> None:
    assert not look("Improvement notice issued to Hull City Council", "It applies to England.", where="press").relevant
