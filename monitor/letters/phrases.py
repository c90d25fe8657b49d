"""The phrases that make a sentence of a letter more or less telling, each list with its reason.

Phrases are whole words in lower case, not patterns: looking for them in two hundred sentences costs little beside
reading the PDF. The words are those of Ofsted's letters, 2009 to 2026.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """Phrases that make a sentence more or less telling, in lower case; "*" is any one word."""

    why: str
    phrases: tuple[str, ...]
    weight: float = 0.0


def _words(why: str, phrases: str, weight: float = 0.0) -> Words:
    return Words(why, tuple(phrase.strip() for phrase in phrases.split("/")), weight)


WEAK = _words(
    "criticism",
    "not/delay/delays/delayed/drift/lack/lacks/lacked/lacking/inconsistent/inconsistency/inconsistencies/inconsistently"
    "/weak/weaker/weakness/weaknesses/weakened/poor/poorer/poorly/insufficient/insufficiently/limited/limits/limiting"
    "/ineffective/underdeveloped/inadequate/inappropriate/inappropriately/fail/fails/failed/failure/failures/failing"
    "/more work/more to do/more needs/needs to be/need to be/needs to improve/need to improve/needs to ensure"
    "/need to ensure/needs to start/a need to/variable/variability/variation/vary/varies/shortfall/shortfalls"
    "/should have/negative/negatively/without/too many/too few/too long/too often/too slow/too late/too early"
    "/too soon/too high/too low/too much/too narrow/is low/are low/little/unclear/unsure/confusion/gap/gaps/disjointed"
    "/fragmented/concern that/a concern/of concern/particular concern/significant concerns/serious concerns/yet to"
    "/is a challenge/a challenge for/remains a challenge/significant challenge/more of a challenge"
    "/it difficult/difficult to/difficulties in/difficulties with/difficulties accessing/hampered/hampers"
    "/hinder/hinders/hindered/hindering/deteriorated/declined/worsen/worsened/backlog/backlogs/overdue"
    "/missed/overly/over-optimism/over-optimistic/instability/unstable/shortage/shortages/less well/less strong"
    "/less robust/less timely/less consistent/less effective/long waits/lengthy waits/lengthy delays/rarely/unmet"
    "/under-resourced/breached/drops off/there is no/been no/no robust/no clear/no single/no dedicated/no formal"
    "/no provision/no consistent/no effective/no process/no strategic/no overarching",
)
BARE_GRADE = re.compile(
    r" (?:the |local authority )?(?:overall effectiveness|capacity to improve|children's (?:social care )?services"
    r"|services for|leadership) (?:(?!improv|since|declin|deterior|previous)\S+ ){0,14}?"
    r"(?:is|are|remain|remains|require|requires)(?: now| still| overall| therefore)*"
    r" (?:good|outstanding|inadequate|adequate|improvement(?: to be good)?)(?: overall)? "
)
"""A sentence that gives a grade and nothing else; the headline gives it too."""
GOOD = _words(
    "praise", "good/effective/well/benefit/supported/timely/responsive/strong/robust/skilled/strengthened/improved"
)
BEST = _words(
    "the best that is said",
    "outstanding/exceptional/exceptionally/transformed/transformational/transformative/impressive"
    "/particularly successful/one of the most/high-quality/consistently good/at the very centre"
    "/at the very heart/excellent/stable",
)
OUT_OF_ORDINARY = _words(
    "what is out of the ordinary",
    "unregistered/unapproved/unlawful/unlawfully/without legal/without any legal/police station"
    "/police stations/police cell/police cells/unallocated/death/deaths/died/bed and breakfast"
    "/held overnight/overnight in/detained overnight/sleeping in"
    "/statutory guidance is not",
)
AT_RISK = _words(
    "children at risk", "at risk of harm/at risk of significant harm/at risk of further harm/at risk of serious harm"
)
IN_HARM = _words(
    "children in harm",
    "not protected/not safe/not being protected/not safeguarded/not being safeguarded/not consistently protected"
    "/left in/left at/left too long in/left children/leaving children at/leaves children at/leave children at"
    "/unsafe/harmed/harmful/unassessed/unacceptable/unacceptably/unsatisfactory/falls well short/fall well short"
    "/chronic neglect",
)
AVOIDED = _words(
    "what is avoided, or never happens",
    "no/none/nor/avoid/avoids/avoided/prevent/prevents/prevented/rarely/never/eradicated",
    1.5,
)
WEIGHED = (
    _words(
        "what changed since the last inspection",
        "since the last/since the previous/since its last/since their last/since its previous/since * last"
        "/since the inspection/since the ilacs/since the sif/significantly improved/significantly improve"
        "/sustained improvements/sustained improvement/deteriorated/deterioration/deteriorating/declined"
        "/weakened/have improved/has improved/have been strengthened/has been strengthened/have strengthened"
        "/has strengthened/have been improved/not achieved enough/not made enough/significant progress"
        "/slower progress/further improvements/gradual improvements/gradual improvement"
        "/over the last * months",
        3.0,
    ),
    _words(
        "how many children it concerns",
        "number of children/number of care leavers/number of young people/number of care-experienced"
        "/minority of children/some children/some care leavers/some young people/some care-experienced"
        "/some older children/several children/many children/many young people/many care leavers"
        "/not all children/not all care leavers/most children/most care leavers/most young people"
        "/most care-experienced/a few children/a few care-experienced",
        1.5,
    ),
    _words(
        "what inspectors saw with their own eyes",
        "inspectors found/inspectors saw/inspectors identified/seen during/seen on/seen by"
        "/during the inspection/at the time of inspection/at the time of the inspection",
        1.5,
    ),
    _words(
        "how far a weakness reaches",
        "too many/too few/too long/too often/too slow/too late/too early/unacceptable/unacceptably/widespread"
        "/serious/seriously/systemic",
        3.0,
    ),
    _words(
        "what it means for children",
        "mean that/means that/result in/results in/resulted in/resulting in/leading to/lead to/leads to/leaving",
        1.0,
    ),
    _words(
        "what leaders know or plan",
        "recognise/recognises/recognised/acknowledge/acknowledges/acknowledged/aware/plan to/plans to/is planned"
        "/clear understanding/good understanding/an understanding of/know their services/knows the service",
        -1.0,
    ),
    _words(
        "history and background",
        "was judged/were judged/judged both/has been delivered by/have been delivered by/was established"
        "/launched/historical/historically/appointed/focused visit/focused visits/jtai/monitoring visit"
        "/monitoring visits/pandemic/covid-19/commissioned/statistical neighbours/there have been changes"
        "/there have been some changes/there have been significant changes",
        -1.0,
    ),
    _words(
        "what the pandemic brought",
        "infection/infections/death rate/covid-19 has/covid-19 had/the pandemic has/the pandemic had/pandemic on",
        -4.0,
    ),
    _words(
        "what the last inspection found, and who is responsible",
        "at the last/at the previous/judged to be good/judged to be outstanding/reconstituted/functions under"
        "/joint arrangement/share the statutory/jointly responsible",
        -2.0,
    ),
    _words(
        "the grade again, which the headline tells",
        "is inadequate/are inadequate/is adequate/is good/are good/is outstanding/the overall effectiveness"
        "/there are widespread and serious failures/there are widespread or serious failures",
        -2.0,
    ),
    _words("the finding after a concession", "however/nevertheless", 0.5),
    _words("an example", "for example/one child", -1.0),
)
PROCEDURE = _words(
    "how the inspection was made",
    "the purpose of this/in this visit/in this inspection/in this letter/in this report/this is the"
    "/inspectors looked/inspectors considered/inspectors reviewed/inspectors spoke/inspectors visited"
    "/remotely/was not tested/in a significant proportion of cases seen/ofsted has conducted/ofsted produces"
    "/next inspection/next full inspection/next full area/next area send"
    "/carried out in line/power to/powers to/undertook a joint/carried out a joint/ask the local area"
    "/ask that the local area/chief inspector/arrangements lead to/arrangements typically lead to"
    "/should take the following/graded judgement/the inspectorates recognise"
    "/no widespread or serious failures/no widespread or serious concerns/ofsted's expectation/not yet delivering good"
    "/the requirements for good/the characteristics of good",
)
