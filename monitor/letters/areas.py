"""Which judgement a label means, by framework. The label beside a grade decides, never the position of its row.

ILACS (from January 2018): until 2022 children in care and care leavers are one judgement, for inspections from 1
January 2023 two. Overall effectiveness ends with inspections from 1 April 2026. Two misprints stand in published
reports: "children care leavers" (2025-26) and "impact of leaders on practice" (2026). The single inspection framework
(2013-18) judges leadership and "looked after and achieving permanence": these are other judgements than those of ILACS,
although the names are alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.model.areas import ADOPTION, CARE_LEAVERS, COMBINED, IN_CARE, LEADERS, OVERALL, PROTECTION


@dataclass(frozen=True, slots=True)
class Areas:
    """The judgements of a framework, each with a pattern for its label. The first pattern that fits counts."""

    labels: tuple[tuple[str, str], ...]

    def pattern(self) -> str:
        """All labels as one pattern, with a named group for each judgement."""
        return "|".join(f"(?P<{name}>{words})" for name, words in self.labels)

    def named(self, label: str) -> str | None:
        """Return the judgement that a label names."""
        match = re.search(self.pattern(), label, re.IGNORECASE)
        return match.lastgroup if match else None


ILACS = Areas(
    (
        (LEADERS, r"impact of leaders on"),
        (PROTECTION, r"need(?:ing)? (?:of )?help and protection"),
        (
            COMBINED,
            r"children (?:and young people )?in care,? (?:and|&) (?:children )?care leavers"
            r"|care leavers (?:and|&) children in care",
        ),
        (IN_CARE, r"children (?:and young people )?in care(?! (?:and|&) care)"),
        (CARE_LEAVERS, r"care leavers"),
        (OVERALL, r"overall effectiveness"),
    )
)

SIF = Areas(
    (
        (PROTECTION, r"children who need help and protection"),
        (IN_CARE, r"children looked after and achieving permanence"),
        (ADOPTION, r"adoption performance"),
        (CARE_LEAVERS, r"experiences? and progress of care leavers"),
        (LEADERS, r"leadership,? management and governance"),
    )
)

LOOKED_AFTER = Areas(
    (
        (OVERALL, r"overall effectiveness"),
        ("capacity_to_improve", r"capacity to improve"),
        ("outcomes", r"outcomes for looked after children(?: and young people)?"),
        ("quality_of_provision", r"quality of provision"),
        (LEADERS, r"leadership and management"),
    )
)
"""Services for looked-after children, 2012-13. `impact_of_leaders` holds their judgement of leadership."""
