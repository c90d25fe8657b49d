"""Words of these pages, as parts of patterns. Sites write apostrophes and quotation marks in every way, or not."""

from __future__ import annotations

import re

APOSTROPHE = r"['\u2018\u2019]"
OPENING = r"[\"'\u201c\u2018]"
CLOSING = r"[\"'\u201d\u2019]"

CHILDRENS = rf"child(?:ren)?{APOSTROPHE}?s?{APOSTROPHE}?"
"""Children's, Children\u2019s, Childrens, Children: the spellings of councils and papers."""

BODIES = (
    rf"(?:(?<!\bthe ){CHILDRENS}\s+(?:and\s+famil(?:y|ies)\s+)?(?:services\s+)?trust"
    r"|(?:achieving|together)\s+for\s+children|(?:slough|worcestershire)\s+children\s+first)"
)
"""Who runs such services for a council. "The Children's Trust" alone is a charity."""

SERVICES = (
    rf"(?:{CHILDRENS}\s+(?:and\s+(?:young\s+people|famil(?:y|ies)|adults?|education){APOSTROPHE}?s?{APOSTROPHE}?\s+)?"
    rf"(?:social\s+(?:care|work)|(?:social\s+care\s+|safeguarding\s+)?services?\b|department|directorate)"
    r"|services\s+for\s+(?:vulnerable\s+)?(?:children|young\s+people|looked[\s-]after)"
    r"|(?:SEND|special\s+educational\s+needs)\b[^.;:]{0,40}?\b(?:services?|provision|arrangements|partnership|support)"
    rf"|local\s+area\s+partnership|social\s+work\s+practice|{BODIES})"
)
"""A council's work for children that Ofsted inspects, without its schools, nurseries and homes."""

SEND_OUTCOME = (
    r"(?:widespread\s+and\s*(?:/?\s*or\s+)?systemic\s+failings"
    r"|(?:positive|inconsistent)\s+experiences\s+and\s+outcomes\s+for\s+children)"
)
"""The outcomes of an area SEND inspection in Ofsted's words. No other inspection has them."""
JOINT = (
    r"(?:Ofsted\b[^.]{0,150}\b(?:HMICFRS|Constabulary|of\s+Probation|HMI\s+Probation)"
    r"|(?:HMICFRS|Constabulary|of\s+Probation|HMI\s+Probation)\b[^.]{0,150}\bOfsted)\b"
)
"""Ofsted together with those who inspect the police or probation: a joint targeted area inspection."""

INSPECTION = (
    r"(?:Ofsted|ILACS|JTAI|inspections?|inspectors?|inspected|inspectorates?|watchdog|HMI"
    r"|Care\s+Quality\s+Commission|CQC)"
)

NUMBERS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}

GRADE = r"(?:requir(?:es?|ed|ing)[\s-]+improvement(?:\s+to\s+be\s+good)?|outstanding|good|inadequate)"
"""The four grades of ILACS and of the single inspection framework. "Adequate" has not been a grade since 2013."""


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that ignores case."""
    return re.compile(pattern, re.IGNORECASE)


RISK = compiled(
    r"(?<!\bat )\brisks?\s*(?:\d+\b|:"
    r"|(?:that|of)\b[^.;]{0,60}\b(?:Ofsted|inspections?|judged?|judge?ment|rated|rating))"
)
"""A grade or an inspection as an entry of a register of risks. Children who are "at risk" are something else."""

ROLES = compiled(
    rf"\b(?:(?:cabinet|lead|executive|portfolio|shadow)\s+(?:member|holder|councillor|spokesperson)\b\s+(?:[^.,;:\u201c]{{0,40}}?\b(?:for|with|of|over)\s+[^.,;:\u201c]{{0,50}}?)?{SERVICES}"
    rf"|(?:corporate\s+|executive\s+|interim\s+|strategic\s+|assistant\s+|deputy\s+|service\s+)*(?:director"
    rf"|head|chief\s+officer|commissioner|minister)"
    rf"\s+(?:of|for)\s+[^.,;:\u201c]{{0,40}}?{SERVICES}(?:\s+and\s+\w+)?)"
)
"""The offices of people. They contain the name of the services, but do not say what Ofsted inspected."""
