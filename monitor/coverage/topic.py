"""Decides whether a page is about an inspection of a council's children's services.

It is, if its title, its opening or two of its sentences tie an inspection to such services. Ofsted also inspects and
grades schools, nurseries, children's homes, colleges and agencies. A sentence about one of those does not count, even
if it quotes the cabinet member for children's services.
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.coverage.agenda_titles import names_an_inspection
from monitor.coverage.passages import OPENING_SENTENCES, Passage
from monitor.coverage.upcoming import inspectors_acted, only_to_come
from monitor.coverage.words import (
    BODIES,
    CHILDRENS,
    GRADE,
    INSPECTION,
    JOINT,
    RISK,
    ROLES,
    SEND_OUTCOME,
    SERVICES,
    compiled,
)
from monitor.model import Voice

_INSPECTION = compiled(rf"\b(?:{INSPECTION}|inspecting|inspects)\b")
_CQC = compiled(r"\b(?:CQC|Care\s+Quality\s+Commission)\b")
_BESIDE_CQC = compiled(
    r"\b(?:Ofsted|ILACS|JTAI|SEND|special\s+educational\s+needs|joint\s+(?:targeted|inspection)|HMICFRS)\b"
)
"""The Care Quality Commission inspects hospitals and adults' care, a council's work for children only with Ofsted."""
_SERVICES = compiled(SERVICES)
_OFSTED = compiled(r"\bOfsted\b")
_GRADED = compiled(rf"\b(?:rated|judged|graded)\b[^.;]{{0,40}}\b{GRADE}\b")
_OWN_KIND = compiled(
    r"\b(?:SEND\s+commissioner|children\W?s\s+services\s+commissioner|ILACS|JTAI|joint\s+targeted\s+area\s+inspection"
    r"|joint\s+inspection\b[^.]{0,60}\bprotect\w*\s+children"
    r"|inspections?\s+of\s+local\s+authority\s+child\w*\W?\w?\s+services|area\s+SEND\b[^.]{0,20}?\b(?:inspection"
    r"|visit|letter|report)"
    r"|(?:focused|assurance)\s+visit"
    rf"|SEND\s+inspection|inspection\b[^.]{{0,30}}\bSEND\b|{SEND_OUTCOME}|{JOINT})"
)
"""Kinds of inspection that no school, nursery or home has."""
_MONITORING = compiled(
    r"\bOfsted\b[^.]{0,60}\bmonitoring\s+(?:visit|inspection)"
    r"|\bmonitoring\s+(?:visit|inspection)\b[^.]{0,60}\b(?:Ofsted|council|authority)\b"
)
"""Schools have such visits too, so the page may name none."""
_DEPARTMENT = compiled(
    rf"\b(?:improvement\s+notice|statutory\s+direction|directions?\s+(?:issued|given|made|under"
    rf"|to)|non-statutory\s+notice"
    rf"|{CHILDRENS}\s+services\s+commissioner|SEND\s+commissioner|commissioner\s+for\s+{CHILDRENS}\s+services"
    r"|appoint\w*\s+[^.]{0,30}commissioner)\b"
)
_REGISTERED = compiled(
    r"\bOfsted[\s-]+regist(?:ered|ration)\b|\bregist(?:ered|ration)\s+(?:with|by)\s+Ofsted\b|\b(?:Ofsted\s+)?school\s+inspections?\b"
)
_RUN_BY = compiled(
    rf"\b(?:run|managed|operated|provided|owned|maintained|commissioned)\s+by\s+[^.,;:]{{0,60}}?{SERVICES}|{BODIES}"
)
"""Whoever runs a home or an agency, and the bodies that run both such and a council's services."""
_ONE_SETTING = (
    rf"(?:(?:primary|secondary|infant|junior|grammar|special|high|independent|boarding|free|prep\w*"
    rf"|community|{CHILDRENS})\s+(?:schools?|academ(?:y|ies))"
    rf"|schools?\b(?!\s*(?:improvement|place|census|-age|age))|academ(?:y|ies)|nurser(?:y|ies)"
    rf"|pre-?schools?|play-?groups?|child-?minders?"
    rf"|{CHILDRENS}\s+(?:residential\s+)?(?:homes?|centres?)|care\s+homes?|secure\s+(?:home|unit)"
    rf"|colleges?|sixth\s+form|universit(?:y|ies)"
    r"|(?:independent\s+)?(?:fostering|adoption)\s+(?:agenc(?:y|ies)|services?)|adult\s+(?:and\s+community\s+)?(?:learning"
    r"|education|social\s+care)"
    r"|training\s+provider|apprentice(?:s|ships?)?|holiday\s+clubs?|wrap-?around|early\s+years\s+(?:settings?|providers?|provision)"
    r"|pupils?|head\s?teacher)"
)
_SETTING = compiled(rf"\b{_ONE_SETTING}\b")
_COUNCIL = compiled(r"\b(?:councils?|(?:local\s+)?authorit(?:y|ies)|count(?:y|ies)|boroughs?)\b")
_YOUNG = compiled(
    rf"\b(?:{SERVICES}|social\s+work(?:ers?)?|children\s+in\s+care|care\s+leavers|safeguarding"
    rf"|corporate\s+parent\w*|(?:director|member)\b[^.;]{{0,50}}\bchildren,?\s+(?:and\s+)?(?:families"
    rf"|young\s+people))"
)
_VULNERABLE = compiled(r"\bvulnerable\s+(?:children|young\w*)\b")
_SERVICE_OR_GRADE = compiled(rf"\b(?:services|{GRADE})\b")
"""How an article may say of what services it speaks, without their name."""
_CHILDREN = compiled(r"\bchild(?:ren)?\b")
_WANTED = compiled(
    r"\b(?:jobs?|careers?|vacanc(?:y|ies)|we\W?re\s+hiring|recruit(?:ing|ment)|join\s+(?:us|our)"
    r"|\bjoin\s+(?!forces|up|calls?)\w+:|(?:social\s+workers?|carers?|staff|managers?|practitioners?)\s+wanted"
    r"|work\s+(?:for|with)\s+us|apply\s+now|become\s+an?|could\s+you\s+foster|fostering\s+(?:for|with))\b"
)
_OF_OLD = compiled(
    r"\bfrom\s+(?:our|the)\s+archives?\b|^\W*(?:on\s+this\s+day|nostalgia|this\s+week\s+in\s+(?:19|20)\d\d"
    r"|\w+\s+years\s+ago\s+(?:today|this\s+(?:week|month))\s*:)"
)
"""What a column of old news calls itself."""
COMMITTEES = (Voice.ITEM, Voice.MINUTES)


def verdict(title: str, said: Sequence[Passage], where: Voice) -> tuple[bool, str]:
    """Return whether the page is relevant, and the rule that decided it."""
    words = [title, *(p.plain for p in said)]
    if not any(_INSPECTION.search(w) or _DEPARTMENT.search(w) or _OWN_KIND.search(w) for w in words):
        return False, "names no inspection, inspectorate or notice"
    if any(_CQC.search(w) for w in words) and not any(_BESIDE_CQC.search(w) or _DEPARTMENT.search(w) for w in words):
        return False, "an inspection by the Care Quality Commission alone"
    setting = bool(_SETTING.search(title)) and not _certain(title)
    if where == Voice.GOVUK and _DEPARTMENT.search(title) and not setting:
        return True, "a notice or direction of the department's, which need not say of what services"
    ties = [n for n, w in enumerate(words) if _ties(w, where) and not (setting and n and not _certain(w))]
    weak = [] if setting else [n for n, w in enumerate(words) if _ties_weakly(w, words, n == 0 and where in COMMITTEES)]
    if where in COMMITTEES and _is_named_after_one(words):
        return True, "an agenda item named after an inspection"
    if any(_OF_OLD.search(w) for w in words[:2]):
        return False, "a column of old news"
    if _WANTED.search(title) and not _INSPECTION.search(title):
        return False, "a call for staff or carers"
    return _decide(words, ties or _together(words), weak)


def _is_named_after_one(words: list[str]) -> bool:
    """Return True for an item with the title of an inspection, whose text names no school, nursery or home."""
    named = names_an_inspection(words[0]) and not any(_SETTING.search(w) for w in words)
    return named and not only_to_come(words[:1], words)


def _together(words: list[str]) -> list[int]:
    """The title, if it names the services and the opening names the inspection; or the sentence of the opening in which
    Ofsted's inspectors did or said something, or in which services are graded, if another names the services."""
    title, opening = words[0], words[1 : OPENING_SENTENCES + 1]
    if any(_SETTING.search(w) for w in (title, *opening)):
        return []
    if _SERVICES.search(ROLES.sub(" ", title)):
        return [0] if any(_INSPECTION.search(w) or _DEPARTMENT.search(w) for w in opening) else []
    named = [w for w in opening if _SERVICES.search(ROLES.sub(" ", w)) and not RISK.search(w)]
    if not named or not any(_OFSTED.search(w) for w in (title, *opening)):
        return []
    return [n for n, w in enumerate((title, *opening)) if inspectors_acted(w) or (w in named and _GRADED.search(w))][:1]


def _decide(words: list[str], ties: list[int], weak: list[int]) -> tuple[bool, str]:
    if not ties and not _leads(weak):
        settings = any(_SETTING.search(w) and _INSPECTION.search(w) for w in words)
        whose = "a school, nursery, home or other setting" if settings else "nobody in particular"
        return False, f"an inspection of {whose}, not of a council's children's services"
    if only_to_come([words[n] for n in ties or weak], words):
        return False, "an inspection that is still to come"
    if not _leads([*ties, *weak]) and len(ties) < 2:
        return False, "mentions an inspection in passing"
    if ties and ties[0] == 0:
        return True, "its title names an inspection of children's services"
    if ties:
        return True, "its sentences tie an inspection to children's services"
    return True, "an inspection of the council, on a page about children"


def _leads(numbers: list[int]) -> bool:
    """Return True if the title or the opening is among these."""
    return any(n <= OPENING_SENTENCES for n in numbers)


def _bare(words: str) -> str:
    """The words without the offices of people, what schools and clubs have of Ofsted, and whoever runs the home, school
    or agency that they name."""
    bare = _REGISTERED.sub(" ", ROLES.sub(" ", words))
    return _RUN_BY.sub(" ", bare) if _SETTING.search(bare) else bare


def _certain(words: str) -> bool:
    """Return True if the words tie an inspection to services beyond doubt, even beside the name of a school."""
    bare = _bare(words)
    return bool(_OWN_KIND.search(bare) or (_INSPECTION.search(bare) and _SERVICES.search(bare)))


def _ties(words: str, where: Voice) -> bool:
    bare = _bare(words)
    if RISK.search(bare):
        return False
    if _OWN_KIND.search(bare) or (_MONITORING.search(bare) and not _SETTING.search(bare)):
        return True
    if not (_INSPECTION.search(bare) or _DEPARTMENT.search(bare)):
        return False
    if _DEPARTMENT.search(bare) and _OFSTED.search(bare) and _COUNCIL.search(bare) and not _SETTING.search(bare):
        return True
    if _SERVICES.search(bare):
        return True
    return where in COMMITTEES and bool(ROLES.search(words)) and not _SETTING.search(bare)


def _ties_weakly(words: str, all_words: list[str], of_committee: bool) -> bool:
    """Return True for an inspection of "the council", if the page is about children and the sentence names no school.
    In a committee's item not even the title must say so: "Ofsted Inspection Feedback"."""
    bare = _bare(words)
    if not (_INSPECTION.search(bare) and (_COUNCIL.search(bare) or of_committee)) or _SETTING.search(bare):
        return False
    if of_committee and any(_SETTING.search(other) for other in all_words[1 : OPENING_SENTENCES + 1]):
        return False
    if of_committee and _OFSTED.search(words) and any(_CHILDREN.search(other) for other in all_words):
        return True
    if inspectors_acted(words) and _SERVICE_OR_GRADE.search(words) and any(map(_VULNERABLE.search, all_words)):
        return True
    return any(_YOUNG.search(other if of_committee else ROLES.sub(" ", other)) for other in all_words)
