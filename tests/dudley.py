"""One letter in five outlets: what is known of the coverage of Ofsted's visit to Dudley in October 2017, retold.

The texts are ours. As the real pages did, two of them give different days of the visit (here one without its year),
one says when the earlier judgement was and another says it otherwise, and the councillor's words are nearly the same.
"""

from __future__ import annotations

from monitor.coverage import Coverage
from monitor.model import Fact, Record

DUDLEY = "80464"
COMMUNITY_CARE = (
    "In a monitoring inspection of children's services in Dudley, Ofsted said that the pace of change had been swift "
    "in places.\nDudley's children's services were rated inadequate by inspectors in 2016.\n"
    "Councillor Anne Millward, Dudley's cabinet member for children's services, said the report “demonstrates we are "
    "continuing to move in the right direction to transform services”."
)
WILLISPALMER = (
    "Ofsted has praised the progress at Dudley in its latest monitoring visit of the council's children's services.\n"
    "Social work practice goes on getting better, the report said, and reviewing officers have more influence."
)
EXPRESS_AND_STAR = (
    "Inspectors have found better social work at Dudley Council, which was rated inadequate earlier this year.\n"
    "They made their monitoring visit to children's services on 12 and 13 October.\n"
    "Councillor Anne Millward said: “It shows that we are continuing to move in the right direction.”"
)
DUDLEY_NEWS = (
    "Ofsted made a monitoring visit to Dudley children's services on 11 and 12 October 2017.\n"
    "The services were judged inadequate in April 2016.\n"
    "Cllr Anne Millward said the council was moving in the right direction."
)
RELEASE = (
    "Ofsted has published the letter of its fourth monitoring visit to Dudley children's services today.\n"
    "Inspectors said that the quality of work to help and protect children has improved.\n"
    "Councillor Anne Millward, cabinet member for children's services, said: “We will not rest on our laurels.”"
)
PAGES = {
    "Community Care": ("2017-11-10", "Ofsted praises improving social work practice", COMMUNITY_CARE),
    "WillisPalmer": ("2017-11-15", "Ofsted praises progress at Dudley", WILLISPALMER),
    "Express & Star": ("2017-11-16", "Social work in Dudley is better, say inspectors", EXPRESS_AND_STAR),
    "Dudley News": ("2017-11-14", "Progress at Dudley children's services", DUDLEY_NEWS),
    "newsroom": ("2017-11-10", "Fourth positive visit by Ofsted", RELEASE),
}


def records() -> list[Record]:
    """The five pages as their spiders yield them."""
    return [_record(outlet, *page) for outlet, page in PAGES.items()]


def _record(outlet: str, published: str, title: str, text: str) -> Record:
    source, target = ("newsroom", DUDLEY) if outlet == "newsroom" else ("press", outlet)
    key = f"https://{outlet.replace(' ', '').lower()}.example/2017/11/dudley"
    return Record(source, target, "article", key, key, title, published, {"body": "feed"}, text=text)


def coverage(record: Record) -> Coverage:
    """What each page says, read by hand."""
    facts = [*_person(record), *_said(record)]
    visits = tuple((f.value[0], f.value[1]) for f in facts if f.field == "visit_dates" and len(f.value) == 2)
    return Coverage(True, "read by hand", (DUDLEY,), "monitoring_visit", visits=visits, facts=tuple(facts))


def _person(record: Record) -> list[Fact]:
    lines = [line for line in (record.text or "").splitlines() if "Anne Millward" in line]
    return [Fact("person", {"name": "Anne Millward", "title": "Councillor"}, line) for line in lines]


def _said(record: Record) -> list[Fact]:
    lines = (record.text or "").splitlines()
    return {
        "Community Care": [Fact("judgement_previous", {"grade": "inadequate", "year": 2016}, lines[1])],
        "Express & Star": [Fact("visit_dates", ["12 and 13 October"], lines[1])],
        "Dudley News": [
            Fact("visit_dates", ["2017-10-11", "2017-10-12"], lines[0]),
            Fact("judgement_previous", {"grade": "inadequate", "date": "2016-04"}, lines[1]),
        ],
    }.get(record.target, [])
