"""What Ofsted judges of children's services: the names of the areas in the database and in JSON. Pure.

The combined care judgement ended on 31 December 2022, overall effectiveness on 31 March 2026; adoption and the board
were judged under SIF (2013 to 2018).
"""

from __future__ import annotations

OVERALL = "overall_effectiveness"
LEADERS = "impact_of_leaders"
PROTECTION = "help_and_protection"
IN_CARE, CARE_LEAVERS = "in_care", "care_leavers"
COMBINED = "in_care_and_care_leavers"
ADOPTION = "adoption_performance"
BOARD = "lscb"
SPLIT = (IN_CARE, CARE_LEAVERS)
"""The separate judgements of care, which came in the place of the combined one."""
AREAS = (OVERALL, LEADERS, PROTECTION, *SPLIT, COMBINED, ADOPTION, BOARD)
"""In the order of Ofsted's own table."""


def order(area: str) -> tuple[int, str]:
    """Return a key that sorts areas as Ofsted's table has them, unknown ones last."""
    return AREAS.index(area) if area in AREAS else len(AREAS), area
