"""Events as the core makes them, one for each kind and for each case worth a wording."""

# ruff: noqa: RUF001 - real pages write typographic quotation marks

from __future__ import annotations

from dataclasses import replace
from typing import Any

from monitor.model import Change, Event, Fact, Quote, payload_from_json
from monitor.model.payload_parts import EventDocument
from tests.making import outward, typed

LETTER = "https://files.ofsted.gov.uk/v1/file/50276411"
EARLIER = "https://files.ofsted.gov.uk/v1/file/50057422"
PDF = {"sha256": "ab" * 32, "bytes": 289321, "media_type": "application/pdf"}


def make_event(kind: str = "report.published", **given: Any) -> Event:
    """An event of Ofsted about Devon; `given` replaces any part."""
    event = Event(
        id="1f" * 16,
        at="2025-05-13T08:02:11+00:00",
        kind=kind,
        severity="notice",
        source="ofsted",
        title="Inspection of Devon local authority children's services",
        council="Devon",
        urn="80461",
        url=LETTER,
        published="2025-05-13",
        document=payload_from_json(EventDocument, PDF),
        story="80461-2025-03",
    )
    return replace(event, **typed(given.get("kind", kind), given))


def revised(event: Event, **given: Any) -> Event:
    """The event with other parts, given as JSON objects where they are such."""
    return replace(event, **typed(given.get("kind", event.kind), given))


IMPROVEMENTS = [
    {"text": "The timeliness and quality of assessments and plans for children in need.", "page": 2},
    {"text": "The oversight of children who are missing or at risk of exploitation.", "page": 2},
    {"text": "The sufficiency of homes that meet the needs of children in care.", "page": 2},
    {"text": "The support for care leavers with their emotional well-being.", "page": 2},
    {"text": "The effectiveness of management oversight and supervision at all levels.", "page": 3},
]
ASKED_AGAIN = [
    {
        "state": "again",
        "times": 3,
        "since": "2019-04-02",
        "published": "2025-05-13",
        "key": "50276411",
        **IMPROVEMENTS[4],
        "earlier": [
            {"published": "2019-04-02", "key": "1", "text": "Management oversight at all levels.", "page": 2},
            {"published": "2020-03-19", "key": "2", "text": "The effectiveness of management oversight.", "page": 2},
        ],
    }
]
FRONT_DOOR = "Inspectors looked at the local authority’s arrangements for the ‘front door’."
PRIORITY = [
    {"text": "The effectiveness of multi-agency strategy discussions when children are at risk of harm.", "page": 1},
    {"text": "The capacity of social workers to see children as often as their needs require.", "page": 2},
]


def ilacs(**given: Any) -> Event:
    """An ILACS report in which two judgements moved."""
    changes = (
        Change("overall_effectiveness", "inadequate", "requires improvement", "improved"),
        Change("impact_of_leaders", "requires improvement", "requires improvement", "same"),
        Change("help_and_protection", "good", "requires improvement", "declined"),
        Change("in_care", "inadequate", "inadequate", "same"),
        Change("care_leavers", "inadequate", "inadequate", "same"),
    )
    parts: dict[str, Any] = {
        "severity": "critical",
        "changes": changes,
        "before": {
            "kind": "ilacs",
            "published": "2020-03-19",
            "url": EARLIER,
            "judgements": {c.area: c.before for c in changes},
        },
        "after": {
            "kind": "ilacs",
            "variant": "standard",
            "key": "50276411",
            "judgements": {c.area: c.after for c in changes},
            "inspection_start": "2025-03-10",
            "inspection_end": "2025-03-21",
            "improvements": IMPROVEMENTS,
            "asked_again": ASKED_AGAIN,
            "problems": [],
        },
        "summary": (
            Quote(
                "Services for children in Devon have improved since the last inspection, but too many children "
                "still wait too long before they are helped.",
                1,
            ),
        ),
    }
    return make_event(**{**parts, **given})


HISTORY = [
    {"published": "2013-06-05", "kind": "sif", "judgements": {"overall_effectiveness": "inadequate"}},
    {
        "published": "2020-03-19",
        "kind": "ilacs",
        "judgements": {
            "overall_effectiveness": "inadequate",
            "impact_of_leaders": "requires improvement",
            "help_and_protection": "good",
            "in_care_and_care_leavers": "inadequate",
        },
    },
]


def with_history(**given: Any) -> Event:
    """The ILACS report with the council's inspections before it."""
    event = ilacs(**given)
    after = outward(event.after)
    own = {"published": event.published, "kind": "ilacs", "judgements": after["judgements"]}
    return revised(event, after={**after, "history": [*HISTORY, own]})


def visit(**given: Any) -> Event:
    """A focused visit that asks for priority action."""
    after = {
        "kind": "focused_visit",
        "key": "50301122",
        "judgements": {},
        "inspection_start": "2025-01-31",
        "inspection_end": "2025-02-01",
        "themes": [{"text": FRONT_DOOR, "page": 1}],
        "priority_actions": PRIORITY,
    }
    summary = (Quote("There are serious weaknesses in the front door.", 2),)
    return make_event(**{"severity": "critical", "after": after, "summary": summary, **given})


def _split() -> Event:
    earlier = {"in_care_and_care_leavers": "requires improvement", "help_and_protection": "good"}
    return ilacs(
        severity="important",
        changes=(
            Change("overall_effectiveness", "good", "good", "same"),
            Change("help_and_protection", "good", "good", "same"),
            Change("in_care", "requires improvement", "good", "first_separate"),
            Change("care_leavers", "requires improvement", "outstanding", "first_separate"),
            Change("in_care_and_care_leavers", "requires improvement", None, "no_longer_judged"),
        ),
        before={
            "kind": "ilacs",
            "published": "2019-11-04",
            "judgements": {"overall_effectiveness": "good", **earlier},
            "url": EARLIER,
        },
        after={
            "kind": "ilacs",
            "variant": "short",
            "judgements": {
                "overall_effectiveness": "good",
                "help_and_protection": "good",
                "in_care": "good",
                "care_leavers": "outstanding",
            },
        },
        summary=(),
    )


def _without_overall() -> Event:
    return ilacs(
        severity="notice",
        changes=(
            Change("overall_effectiveness", "good", None, "no_longer_judged"),
            Change("help_and_protection", "good", "good", "same"),
            Change("in_care", "good", "outstanding", "improved"),
        ),
        after={"kind": "ilacs", "variant": "short", "inspection_start": "2026-04-27", "inspection_end": "2026-05-01"},
    )


def _after_sif() -> Event:
    return ilacs(
        changes=(
            Change("overall_effectiveness", "requires improvement", "good", "improved"),
            Change("in_care_and_care_leavers", None, "good", "new"),
        ),
        before={"kind": "sif", "published": "2016-01-20", "judgements": {"overall_effectiveness": "good"}},
        after={"kind": "ilacs", "inspection_start": "2018-11-05", "inspection_end": "2018-11-16"},
    )


def _send() -> Event:
    after = {
        "kind": "area_send",
        "outcome": 3,
        "priority_actions": 3,  # a number, as in events of the first edition
        "inspection_start": "2024-01-22",
        "inspection_end": "2024-01-26",
    }
    return make_event(severity="critical", after=after, summary=(Quote("There are widespread failings.", 1),))


def _unreadable() -> Event:
    after = {"kind": "unknown", "problems": ["the file is encrypted", "no page 1"]}
    return make_event(severity="important", after=after)


def _first() -> Event:
    changes = (
        Change("overall_effectiveness", None, "good", "new"),
        Change("care_leavers", None, "good", "new"),
    )
    made = {c.area: c.after for c in changes}
    return ilacs(
        severity="notice", changes=changes, before=None, summary=(), after={"kind": "ilacs", "judgements": made}
    )


def _archived(why: dict[str, str]) -> Event:
    """An old report that the page lists under a new number, or for the first time."""
    after = {"kind": "ilacs", "judgements": {"care_leavers": "inadequate"}, "priority_actions": 2, "archive": why}
    return ilacs(severity="info", published="2016-01-26", changes=(), summary=(), before=None, after=after)


def _replaced() -> Event:
    return ilacs(
        kind="report.replaced",
        at="2025-06-03T06:10:00+00:00",
        changes=(Change("in_care", "good", "requires improvement", "declined"),),
        before={"kind": "ilacs", "sha256": "cd" * 32},
        after={
            "kind": "ilacs",
            "judgements": {"in_care": "requires improvement"},
            "differing": 2,
            "differences": [
                {
                    "before": {"text": "The experiences and progress of children in care are good.", "page": 3},
                    "after": {
                        "text": "The experiences and progress of children in care require improving.",
                        "page": 3,
                    },
                    "touches": ["grade"],
                },
                {"before": None, "after": {"text": "The letter was corrected.", "page": 9}, "touches": []},
            ],
        },
        severity="important",
    )


def _source(kind: str, severity: str, reason: str, **given: Any) -> Event:
    after = {"reason": reason, "targets": [f"page {n}" for n in range(12)], "since": "2025-06-03T05:00:00+00:00"}
    blank = {"title": "Ofsted", "council": None, "urn": None, "url": None, "published": None, "document": None}
    return make_event(
        kind, **{**blank, "at": "2025-06-03T08:00:00+00:00", "severity": severity, "after": after, **given}
    )


def _trouble(kind: str, state: str, reason: str) -> Event:
    since = "2025-06-03T05:00:00+00:00"
    after: dict[str, Any] = {"reason": reason, "since": since, "target": None, "targets": [], "trouble": state}
    return _source(kind, "notice", reason, after=after)


def _page(kind: str, source: str, title: str, **given: Any) -> Event:
    url = "https://www.devon.gov.uk/news/ofsted"
    return make_event(kind, **{"source": source, "title": title, "url": url, "document": None, **given})


def _facts(*given: tuple[str, Any, str]) -> tuple[Fact, ...]:
    return tuple(Fact(*parts) for parts in given)


SCRUTINY = {"committee": "Children's Scrutiny Committee", "meeting": "5012", "meeting_date": "2022-03-21"}
VISITED = (
    ("inspection_type", "monitoring visit", "the monitoring visit to Devon Children’s Services"),
    ("visit_number", 2, "This had been the second monitoring visit"),
    ("visit_dates", ["2022-02-02", "2022-02-03"], "on 2 and 3 February 2022"),
    ("letter_date", "2022-03-09", "the Ofsted Monitoring Visit Letter of 9 March 2022"),
)
JUDGED = (
    "judgement_previous",
    {"grade": "inadequate", "date": "2020-01"},
    "This had been the second monitoring visit since the local authority had been judged inadequate in January 2020.",
)
RESOLVED = (
    (
        "resolution.a",
        "thanks",
        "(a) that the Cabinet Member and Senior Leaders be thanked for their involvement in this special meeting;",
    ),
    (
        "resolution.b",
        "letter welcomed",
        "(b) that the Ofsted Monitoring Visit Letter of the 9th March 2022 be welcomed and the comments made by Ofsted "
        "on the improvements made be noted;",
    ),
    ("resolution.c", "commitment", "(c) that the commitment to get to a ‘Good’ or ‘Outstanding’ Service be supported;"),
    ("resolution.d", "actions", "(d) that the resulting immediate actions be approved"),
)
MOVED = (
    ("mover", {"name": "R Hannaford", "title": "Councillor"}, "It was MOVED by Councillor R Hannaford"),
    ("seconder", {"name": "P Sanders", "title": "Councillor"}, "SECONDED by Councillor P Sanders"),
)
CONFLICT = {
    "field": "visit_dates",
    "values": [
        {
            "value": ["2022-02-02", "2022-02-03"],
            "source": "Children's Scrutiny Committee",
            "quote": "on 2 and 3 February 2022",
        },
        {"value": ["2022-02-02", "2022-02-04"], "source": "the council", "quote": "from 2 to 4 February 2022"},
    ],
}
AGENCY = (
    "metric.agency_share",
    {"op": ">", "value": 40, "unit": "% of the workforce"},
    "“Agency social work staff continue to make up over 40 per cent of the workforce, and in recent months the "
    "turnover in this cohort has increased significantly,” Ofsted note.",
)
INCONSISTENT = (
    "finding.negative",
    "quality of social work practice inconsistent",
    "“The quality of social work practice across Devon remains inconsistent,” they write.",
)


def _item(**given: Any) -> Event:
    return _page(
        "meeting.item",
        "moderngov",
        "Ofsted Monitoring Visit Letter",
        **{
            "url": "https://democracy.devon.gov.uk/mgAi.aspx?ID=30677",
            "at": "2022-03-14T09:00:00+00:00",
            "published": None,
            "after": {**SCRUTINY, "key": "30677", "status": "scheduled"},
            "facts": _facts(*VISITED),
            **given,
        },
    )


def _govuk(kind: str, **after: Any) -> Event:
    facts = {"document_type": "guidance", "key": "/government/publications/inspecting", **after}
    url = "https://www.gov.uk/government/publications/inspecting-local-authority-childrens-services-from-2018"
    return _page(kind, "govuk", "Inspecting local authority children's services", council=None, after=facts, url=url)


def _watched(title: str, **given: Any) -> Event:
    url = "https://www.gov.uk/government/collections/childrens-services-improvement"
    return _page("page.changed", "page.DfE interventions", title, council=None, published=None, url=url, **given)


CASES: dict[str, Event] = {
    "report.published": with_history(),
    "report.published_visit": visit(),
    "report.published_monitoring_visit": visit(
        severity="notice",
        after={"kind": "monitoring_visit", "inspection_start": "2025-01-31", "history": HISTORY},
    ),
    "report.published_split_care": _split(),
    "report.published_jtai": make_event(
        title="Joint targeted area inspection of Devon",
        after={
            "kind": "jtai",
            "inspection_start": "2025-03-10",
            "inspection_end": "2025-03-21",
            "themes": [{"text": "children who are victims of domestic abuse", "page": 1}],
            "improvements": IMPROVEMENTS[:2],
        },
    ),
    "report.published_without_overall": _without_overall(),
    "report.published_after_sif": _after_sif(),
    "report.published_first": _first(),
    "report.published_area_send": _send(),
    "report.published_unreadable": _unreadable(),
    "report.published_bare": make_event(url=None, published=None, council=None, document=None),
    "report.published_archived": _archived({"why": "same document", "known_as": "50057422"}),
    "report.published_old": _archived({"why": "old"}),
    "report.replaced": _replaced(),
    "report.withdrawn": ilacs(
        kind="report.withdrawn", at="2025-06-03T06:10:00+00:00", changes=(), summary=(), severity="important"
    ),
    "report.returned": ilacs(
        kind="report.returned", at="2025-06-04T06:10:00+00:00", changes=(), summary=(), severity="important"
    ),
    "meeting.item": _item(),
    "meeting.item_cancelled": _item(
        severity="important",
        before={**SCRUTINY, "key": "30677", "status": "scheduled"},
        after={**SCRUTINY, "key": "30677", "status": "Meeting cancelled"},
        facts=(),
    ),
    "meeting.item_moved": _item(
        before={**SCRUTINY, "key": "30677", "status": "scheduled", "meeting_date": "2022-03-14"},
    ),
    "meeting.item_bare": _page("meeting.item", "cmis", "Ofsted ILACS Inspection: outcome and next steps"),
    "meeting.document": _page(
        "meeting.document",
        "moderngov",
        "Letter from Ofsted, 9 March 2022",
        url="https://democracy.devon.gov.uk/documents/s1234/Letter.pdf",
        published="2022-03-14",
        after={**SCRUTINY, "key": "1234", "item": "Ofsted Monitoring Visit Letter"},
        summary=(Quote("The Committee is asked to note the findings of the visit.", 4),),
        facts=_facts(*VISITED, JUDGED),
    ),
    "meeting.minutes": _page(
        "meeting.minutes",
        "moderngov",
        "Ofsted Monitoring Visit Letter",
        url="https://democracy.devon.gov.uk/mgAi.aspx?ID=30677",
        after={**SCRUTINY, "key": "30677"},
        published="2022-03-21",
        facts=_facts(*VISITED, JUDGED, *RESOLVED, *MOVED),
    ),
    "news.published": _page(
        "news.published",
        "newsroom",
        "Ofsted recognises progress in children's services",
        summary=(Quote("In their latest report, Ofsted inspectors say that there is more to do.", 0),),
        facts=_facts(INCONSISTENT, AGENCY),
    ),
    "news.published_conflict": _page(
        "news.published",
        "newsroom",
        "Ofsted recognises progress in children's services",
        after={"key": "https://www.devon.gov.uk/news/ofsted", "conflicts": [CONFLICT]},
        facts=_facts(*VISITED, INCONSISTENT),
    ),
    "press.published": _page(
        "press.published",
        "press",
        "Ofsted praises council for improving social work practice despite staff turnover concerns",
        url="https://www.communitycare.co.uk/2017/11/10/ofsted-praises-council/",
        council="Dudley",
        urn="80470",
        published="2017-11-10",
        after={"key": "https://www.communitycare.co.uk/2017/11/10/x/", "publication": "Community Care"},
        story="80470-2017-10",
        facts=_facts(
            ("inspection_type", "monitoring inspection (i.e. monitoring visit)", "In a monitoring inspection"),
            (
                "judgement_previous",
                {"grade": "inadequate", "year": 2016},
                "Dudley’s children’s services were rated ‘inadequate’ by inspectors in 2016, but improvements have "
                "been made since.",
            ),
            ("quote.ofsted", "practice improves", "“Overall, social work practice continues to improve.”"),
        ),
    ),
    "press.published_bare": _page("press.published", "press", "Devon lifted out of 'inadequate' after five years"),
    "govuk.published": _govuk("govuk.published"),
    "govuk.updated": _govuk(
        "govuk.updated",
        updated="2026-04-01T09:30:00+01:00",
        change_note="Updated the framework: we no longer make an overall effectiveness judgement.",
    ),
    "page.changed": _watched(
        "Children's services in intervention",
        before={"key": "page", "text": "Councils in intervention\nDevon: improvement notice of 12 May 2020.\nSlough"},
        after={
            "key": "page",
            "text": "Councils in intervention\nDevon: improvement notice lifted on 3 June 2025.\nSlough\nKent",
        },
    ),
    "page.changed_entry": _watched(
        "Devon: commissioner's report",
        after={"key": "/devon-report"},
        summary=(Quote("The commissioner recommends that the direction be lifted.", 0),),
    ),
    "source.failing": _source("source.failing", "important", "403 from reports.ofsted.gov.uk on every page"),
    "source.failing_quiet": _trouble("source.failing", "quiet", "nothing new since 3 May 2025, where 2 days are usual"),
    "source.failing_listing": _trouble("source.failing", "hiding", "the list leaves out 3 reports of Devon"),
    "source.recovered": _source("source.recovered", "info", "error: HTTP 500"),
    "source.recovered_quiet": _trouble("source.recovered", "quiet", "nothing new since 3 May 2025"),
    "source.recovered_held": _trouble("source.recovered", "held", "53 of 153 councils vanished"),
    "source.quarantined": _source("source.quarantined", "important", "53 of 153 councils vanished from the listing."),
}

HOSTILE_TEXTS = (
    "<!channel> <@U0ALICE> <https://evil.example|click>",
    "&lt;!here&gt; &amp; & < > A&B <b>bold</b>",
    "Report\r\nBcc: everyone@example.org\r\n\r\n<script>alert(1)</script>",
    "right \u202eto left\u202c \u2066isolated\u2069 \x1b[31mred\x1b[0m \x00nul \ud800 \u2028line \x07",
    "word " * 800,
    "&" * 4000,
    "x" * 4000,
    "=?utf-8?q?Subject=0D=0ABcc:x@example.org?=",
    "[bold red]markup[/] *bold* _it_ `code` {{ 7*7 }} {% if x %}",
    "ééé→↑ 🙂 " * 60,
    "",
)


def hostile(text: str, kind: str = "report.published") -> Event:
    """An event of a kind in which every text that can come from a source is `text`."""
    return revised(
        ilacs(),
        kind=kind,
        title=text,
        council=text,
        source=text,
        story=text,
        urn=text,
        url="https://example.org/a?b=1&c=<!channel>|x",
        published=text,
        changes=(Change(text, text, text, "declined"), Change("in_care", text, None, "no_longer_judged")),
        summary=(Quote(text, 1), Quote(text, 2)),
        before={"kind": text, "published": text, "url": text, "judgements": {text: text}},
        after={
            "kind": "ilacs",
            "variant": text,
            "judgements": {text: text},
            "inspection_start": text,
            "inspection_end": text,
            "problems": [text, text],
            "reason": text,
            "since": text,
            "priority_actions": [{"text": text, "page": 1}],
            "improvements": [{"text": text, "page": 1}, {"text": f"{text} more", "page": 2}],
            "themes": [{"text": text, "page": 1}],
            "publication": text,
            "provider_url": f"javascript:{text}",
            "committee": text,
            "meeting_date": text,
            "status": text,
            "document_type": text,
            "change_note": text,
            "text": f"{text}\n{text} more",
            "findings": [{"text": text, "page": 2}],
            "differences": [
                {"before": {"text": text, "page": 1}, "after": {"text": f"{text} other", "page": 1}, "touches": []},
                {"before": None, "after": {"text": text, "page": 1}, "touches": []},
            ],
            "conflicts": [{"field": text, "values": [{"value": text, "source": text, "quote": text}]}],
        },
        facts=tuple(
            Fact(field, value, text)
            for field in ("judgement_now", "inspection_type", "visit_dates", "resolution.a", "mover", "metric.x", text)
            for value in (text, {"grade": text, "date": text, "name": text}, [text])
        ),
    )


def hostile_events() -> list[Event]:
    """Every hostile text in every kind of event."""
    kinds = [case.kind for case in CASES.values()]
    return [hostile(text, kind) for text in HOSTILE_TEXTS for kind in dict.fromkeys(kinds)]
