"""29 February, on pages that leave the year out: it is of the last year that had one."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.councils.registry import Registry
from monitor.coverage import reading as coverage
from monitor.stories.days import day_of, visit_of

REGISTRY = Registry.load()
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CAME_OUT = [(f"{year}-{day}", year - year % 4) for year in range(2024, 2033) for day in ("03-04", "12-31")]


def inferred(text: str, published: str) -> list[object]:
    says = coverage.read(
        text, title="Ofsted", published=published, own=REGISTRY.get("Devon"), registry=REGISTRY, where="news"
    )
    return [fact.value for fact in says.inferred if fact.field == "report_published"]


@pytest.mark.parametrize(("published", "leap"), CAME_OUT)
def test_a_page_s_29_february_is_of_the_last_year_that_had_one(published: str, leap: int) -> None:
    found = f"{leap}-02-29"
    assert day_of("29 February", published) == found
    assert visit_of(["28 and 29 February"], f"{leap}-03-04") == (f"{leap}-02-28", found)
    weekday = WEEKDAYS[date(leap, 2, 29).weekday()]
    text = "Ofsted's report on children's services was published on {} 29 February."
    assert inferred(text.format(weekday), published) == [found]
    other = WEEKDAYS[(date(leap, 2, 29).weekday() + 1) % 7]
    assert inferred(text.format(other), published) == []


def test_before_the_day_in_its_year_it_is_the_one_four_years_before() -> None:
    assert day_of("29 February", "2028-02-01") == "2024-02-29"


@pytest.mark.parametrize("words", ["30 February", "31 June", "0 May", "99 May"])
def test_a_day_that_is_in_no_year_is_none(words: str) -> None:
    assert day_of(words, "2025-06-01") is None
    assert inferred(f"Ofsted's report on children's services was published on Monday {words}.", "2025-06-01") == []
