"""Names the themes of a request: supervision, private fostering, return home interviews … Pure.

Inspectors ask the same thing in other words ("Timely completion of initial health assessments", "The health needs of
children in care"). The words decide whether it is the same request (`recommendations`); a theme only brings requests
side by side, so that a reader can compare them. The keys were written from the 3,034 requests of the letters of 96
councils, 2013 to 2026; a request may have several themes, and some have none.
"""

from __future__ import annotations

import re

THEMES = {
    "supervision and management oversight": (
        r"supervis(?:ion|e|ing)|management (?:oversight|grip|direction)|managers?\b.{0,40}\b(?:oversight"
        r"|direction|challenge)|oversight (?:and|of)|management decision|case direction"
    ),
    "caseloads and staffing": (
        r"\bcaseloads?|workloads?|\bcapacity\b|workforce|recruit|retention|turnover|agency (?:staff|social)"
        r"|staffing|vacanc|capacity of (?:social|staff|the)|sufficient (?:social workers|staff)"
        r"|changes? of (?:social )?worker|social worker changes"
    ),
    "quality assurance and performance": (
        r"quality assurance|\baudit|performance (?:management|information|data|monitoring)|learning from"
        r"|management information|self-assessment|self-evaluation|\bdata\b|scrutin"
    ),
    "leadership and governance": (
        r"\bleadership|governance|strategic (?:plan|oversight|leader|direction)|senior leaders"
        r"|corporate leaders|elected members|improvement plan|lead member|political"
    ),
    "corporate parenting": r"corporate parent",
    "assessments": r"\bassessments?\b",
    "plans": r"\bplans?\b|\bplanning\b",
    "case recording": r"\brecord(?:s|ing|ed)?\b|case notes|chronolog|case files?|electronic (?:system|record)",
    "front door and thresholds": (
        r"front door|threshold|\bMASH\b|safeguarding hub|contacts? and referral|referrals?\b|consent"
    ),
    "early help": r"early help|early intervention|step(?:ped|ping)?[- ](?:down|up)|family hub",
    "strategy meetings": r"strategy (?:meeting|discussion)|section 47|child protection enquir|multi-agency enquir",
    "child protection conferences and plans": (
        r"child protection (?:conference|plan|process|chair|work|practice|visit)|conference chairs?"
        r"|core groups?"
    ),
    "children in need": r"child(?:ren)? in need\b",
    "neglect": r"\bneglect",
    "domestic abuse": r"domestic (?:abuse|violence)",
    "exploitation and harm outside the home": (
        r"exploit|extra-familial|contextual|outside the (?:home|family)|radicalis|gangs?\b|county lines"
        r"|trafficked|serious youth violence"
    ),
    "children who go missing and return interviews": (
        r"\bmissing\b(?! (?:education|from education|school))|return (?:home )?interview|returns? (?:from"
        r"|home)"
    ),
    "private fostering": r"private(?:ly)? foster",
    "16- and 17-year-olds who are homeless": (
        r"homeless|16[- ](?:and|or|to) ?(?:17|18)|16- (?:and|to) 17|aged 16 and 17|southwark|bed and breakfast"
    ),
    "disabled children": r"disab(?:led|ilit)|short breaks",
    "children missing education": (
        r"missing (?:from )?education|missing school|elective(?:ly)? home|home[- ]educated"
        r"|alternative provision|exclu(?:ded|sion)|attendance"
    ),
    "young carers": r"young carers?",
    "unaccompanied children": r"unaccompanied|asylum",
    "allegations against professionals": r"designated officer|\bLADO\b|allegations",
    "pre-proceedings": (
        r"pre-proceedings|before proceedings|legal (?:proceedings|order)|public law outline|\bPLO\b"
        r"|care proceedings|letters? before|court|legal (?:advice|planning)|section 20"
        r"|voluntarily accommodated|applications to"
    ),
    "permanence and life story": (
        r"permanen(?:ce|cy|t)|life[- ]story|later[- ]life|early permanence|foster(?:ing)? to adopt"
    ),
    "adoption": r"\badopt(?!ed (?:by|a|the|practice))",
    "sufficiency of homes": (
        r"accommodation|(?:range|supply|availability) of (?:homes|placements)|sufficien(?:cy"
        r"|t) (?:of )?(?:\w+ ){0,3}(?:placements?|homes?|accommodation|provision|carers?)|sufficiency"
        r"|placement (?:choice|stability|sufficiency|matching)|matching|unregistered|unregulated|unapproved"
        r"|suitab\w+ (?:\w+ ){0,2}(?:accommodation|placement|homes?)|placements?\b"
        r"|stability of (?:\w+ ){0,3}(?:homes?|living)|where (?:they|children) live"
    ),
    "foster and kinship carers": (
        r"foster carers?|connected (?:persons?|carers?)|kinship|special guardian|family and friends"
        r"|fostering (?:service|panel|assess)|supervising social worker|viability assessment"
    ),
    "health of children in care": (
        r"health (?:assessment|need|histor|passport|information|record|review|care)|initial health|immunis"
        r"|dental|strengths and difficulties"
    ),
    "emotional and mental health": r"mental health|emotional|\bCAMHS\b|well-?being|therap",
    "education of children in care": (
        r"personal education|virtual school|key stage|GCSE|education (?:for|of) (?:children|looked)"
        r"|quality of education|\bPEPs?\b|educational? (?:attainment|achievement|progress|outcome)"
        r"|pupil premium"
    ),
    "education, employment and training": r"employment|apprentice|\bNEET\b|\bEET\b",
    "reviews and independent reviewing officers": (
        r"independent reviewing|\bIROs?\b|reviewing officers?|statutory reviews?|reviews? (?:of|for) children"
        r"|looked after reviews?"
    ),
    "visits and direct work": (
        r"direct work|\bvisit(?:s|ed|ing)?\b|wishes and feelings|voice|views of|children.s views"
        r"|lived experience|daily lives"
    ),
    "advocacy and independent visitors": r"advoca|independent visitor|complaint",
    "pathway plans": r"pathway plan",
    "care leavers: homes, rights and advisers": (
        r"care[- ](?:leavers?|experienced)|leaving care|personal advis|local offer|entitlement|staying put"
        r"|setting up home"
    ),
    "children placed at a distance or with parents": (
        r"placed (?:at (?:home|a distance)|out of|outside|with (?:their )?parents)|placement with parents"
        r"|out[- ]of[- ](?:area|borough|county)|distance from|live (?:at a distance|outside)|reunif"
        r"|return(?:ing|ed)? home (?:to|from care)"
    ),
    "contact with family": (
        r"contact (?:with|arrangements)|family time|brothers and sisters|siblings|famil(?:y group|ies are)"
        r"|fathers"
    ),
    "diversity": r"divers|ethnic|cultur|identity|equalit",
    "drift and delay": r"\bdrift|\bdelays?\b|timel(?:y|iness)|\bpace\b|promptly|without delay|timescales?",
    "partner agencies": (
        r"partner(?:s|ship)?\b|multi-agency|inter-agency|agencies|information[- ]sharing"
        r"|safeguarding (?:children )?board|\bLSCB\b|\bpolice\b|probation"
    ),
    "EHC plans": r"\bEHC\b|education, health and care (?:plan|need)|annual reviews?",
    "waiting times and specialist services": (
        r"wait(?:ing|s)?\b|speech and language|neurodevelop|autism|occupational therapy|health visit"
        r"|specialist (?:service|health|support)"
    ),
    "preparation for adulthood": (
        r"preparation for adult|transition|adult services|adulthood|independen(?:ce|t living|t skills)"
    ),
    "joint commissioning": r"commission",
    "out-of-hours service": r"out[- ]of[- ](?:office[- ])?hours|emergency duty",
    "training and practice model": r"\btraining|induction|newly qualified|practice (?:model|framework)|IT systems",
    "participation of children": r"participat|children in care council|engage\w* (?:with|of) children|consult",
    "edge of care": r"edge of care|edge-of-care",
    "decisions and case closure": r"case closure|closing cases|cases? (?:is|are) closed|decision-making|escalat",
    "youth justice": r"youth (?:offend|justice)|custody|remand",
}
"""Each theme as people call it, and the words by which to know it, upper and lower case alike."""

_PATTERNS = {theme: re.compile(words, re.IGNORECASE) for theme, words in THEMES.items()}
WIDE = frozenset(
    ("assessments", "plans", "case recording", "drift and delay", "partner agencies", "leadership and governance")
)
"""Themes of so many requests that sharing one says nothing."""


def themes(text: str) -> tuple[str, ...]:
    """The themes of a request's words, the narrow ones first."""
    found = [theme for theme, words in _PATTERNS.items() if words.search(text)]
    return tuple(sorted(found, key=lambda theme: theme in WIDE))


def shared(one: str, other: str) -> frozenset[str]:
    """The narrow themes that two requests have in common."""
    return (frozenset(themes(one)) & frozenset(themes(other))) - WIDE
