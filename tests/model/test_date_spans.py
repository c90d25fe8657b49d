"""Every shape in which inspectors print dates."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.letters.when import impossible, variant
from monitor.model.date_spans import first_span, spans

SHAPES = [
    ("6 to 17 December 2021", "2021-12-06", "2021-12-17", 1),
    ("17 March to 21 March 2025", "2025-03-17", "2025-03-21", 1),
    ("11 \u2013 22 July 2022", "2022-07-11", "2022-07-22", 1),
    ("19 November\u201330 November 2018", "2018-11-19", "2018-11-30", 1),
    ("20 June 2017 \u2500 13 July 2017", "2017-06-20", "2017-07-13", 1),
    ("12/09/2016 to 06/10/2016", "2016-09-12", "2016-10-06", 1),
    ("18 Feb 2014 \u2013 12 March 2014", "2014-02-18", "2014-03-12", 1),
    ("28 July 2016", "2016-07-28", "2016-07-28", 1),
    ("7 March 22 to 18 March 2022", "2022-03-07", "2022-03-18", 1),
    ("19 December to 10 January 2020", "2019-12-19", "2020-01-10", 1),
    ("8 July 2019 to 12 July 2019 and 7 August 2019 to 8 August 2019", "2019-07-08", "2019-08-08", 2),
    ("30 September to 11 October 2024 and 13 to 16 January 2025", "2024-09-30", "2025-01-16", 2),
    ("26 February-22 March 2018 and 9 \u2013 12 April 2018", "2018-02-26", "2018-04-12", 2),
    ("on 19 and 20 July 2022. Her", "2022-07-19", "2022-07-20", 1),
    ("on 31 January and 1 February 2024.", "2024-01-31", "2024-02-01", 1),
    ("16, 17 and 18 May 2022", "2022-05-16", "2022-05-18", 1),
    ("1st and 2nd May 2019", "2019-05-01", "2019-05-02", 1),
    ("Tuesday 4 and Wednesday 5 May 2021", "2021-05-04", "2021-05-05", 1),
    ("Tues 4 & Wed. 5 May 2021", "2021-05-04", "2021-05-05", 1),
    ("between 3 and 14 October 2022", "2022-10-03", "2022-10-14", 1),
    ("Between Monday 3 October and Friday 14 October 2022", "2022-10-03", "2022-10-14", 1),
    ("in between. 3 and 14 October 2022", "2022-10-03", "2022-10-14", 2),
    ("1 and 2 October 2019, 12 children", "2019-10-01", "2019-10-02", 1),
    ("29 January 2024 to 02 February 2024", "2024-01-29", "2024-02-02", 1),
]


@pytest.mark.parametrize(("printed", "start", "end", "windows"), SHAPES)
def test_a_shape_is_read(printed: str, start: str, end: str, windows: int) -> None:
    span = first_span(printed)
    assert span is not None
    assert (span.start.isoformat(), span.end.isoformat(), len(span.windows)) == (start, end, windows)
    assert span.words in printed


@pytest.mark.parametrize(
    "words", ["the 12 children in 2020", "31 June 2020", "13 and 14 July", "2018. Furthermore", ""]
)
def test_what_is_no_date(words: str) -> None:
    assert list(spans(words)) == []


def test_a_year_left_out_is_the_last_one_before_the_letter() -> None:
    span = first_span("on 13 and 14 December.", before=date(2021, 1, 23))
    assert span is not None
    assert (span.start, span.end, span.yearless) == (date(2020, 12, 13), date(2020, 12, 14), True)


@pytest.mark.parametrize(
    ("printed", "problem"),
    [
        ("24 October 2022 to 25 October 2023", "would be 367 days on site"),
        ("14 to 3 March 2025", "end before they begin"),
        ("5 and 4 October 2022", "end before they begin"),
        ("3 to 14 March 2025", None),
    ],
)
def test_dates_that_cannot_be_are_told(printed: str, problem: str | None) -> None:
    span = first_span(printed)
    assert span is not None
    told = impossible(span)
    assert (problem is None and told == []) or (problem is not None and problem in told[0])


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("17 to 21 March 2025", "short"),
        ("3 to 14 March 2025", "standard"),
        ("8 to 12 July 2019 and 7 to 8 August 2019", "short"),
    ],
)
def test_one_week_on_site_is_a_short_inspection(printed: str, expected: str) -> None:
    span = first_span(printed)
    assert span is not None
    assert variant(span) == expected
