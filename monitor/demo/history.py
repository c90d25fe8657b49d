"""The demonstration's world: four made-up councils, eleven years of reports, and one eventful week.

The week: a report that moves two judgements; a focused visit; a council's page that is broken on the very day that a
letter appears on it; the page well again; a report replaced in place. The letters are the PDF files in `letters`;
`python -m tests.demo_letters` writes them.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from importlib.resources import files

from monitor.councils.registry import Council
from monitor.demo import councils as c
from monitor.demo.world import Day, Edition, Publication, World, publication

WEEK = tuple(date(2026, 9, day) for day in (7, 8, 9, 10, 11, 14))

# Council, kind, first day on site, day of publication.
REPORTS: tuple[tuple[Council, str, date, date], ...] = (
    (c.FENWICK_VALE, "sif", date(2015, 11, 2), date(2016, 1, 26)),
    (c.PORT_CARROW, "sif", date(2017, 5, 8), date(2017, 7, 11)),
    (c.FENWICK_VALE, "ilacs", date(2019, 6, 10), date(2019, 8, 5)),
    (c.WEALDSHIRE, "ilacs", date(2020, 1, 20), date(2020, 3, 17)),
    (c.FENWICK_VALE, "focused_visit", date(2021, 3, 3), date(2021, 3, 30)),
    (c.PORT_CARROW, "ilacs", date(2021, 11, 15), date(2022, 1, 17)),
    (c.HARROWMOOR, "ilacs", date(2023, 3, 13), date(2023, 5, 15)),
    (c.FENWICK_VALE, "ilacs", date(2023, 11, 6), date(2024, 1, 5)),
    (c.PORT_CARROW, "focused_visit", date(2024, 1, 31), date(2024, 3, 6)),
    (c.HARROWMOOR, "monitoring_visit", date(2024, 6, 11), date(2024, 7, 17)),
    (c.HARROWMOOR, "monitoring_visit", date(2025, 2, 4), date(2025, 3, 13)),
    (c.PORT_CARROW, "ilacs", date(2025, 3, 10), date(2025, 4, 25)),
    (c.WEALDSHIRE, "ilacs", date(2026, 6, 8), date(2026, 8, 3)),
    (c.FENWICK_VALE, "ilacs", date(2026, 7, 13), WEEK[1]),
    (c.PORT_CARROW, "focused_visit", date(2026, 8, 4), WEEK[2]),
    (c.HARROWMOOR, "monitoring_visit", date(2026, 8, 4), WEEK[3]),
)
CORRECTED = ("wealdshire-2026-06-08", WEEK[5])
"""A grade for care leavers was a misprint there: another file lies behind its link from that day."""


def demo_world() -> World:
    """The world around the week, whose first day is the baseline."""
    published = [_publication(serial, *row) for serial, row in enumerate(REPORTS)]
    return World(c.COUNCILS, published, _play(), [(c.HARROWMOOR.urn, WEEK[3])])


def file_name(council: Council, inspected: date) -> str:
    """The name of a letter's file, without its ending."""
    return f"{council.slug}-{inspected.isoformat()}"


def _publication(serial: int, council: Council, kind: str, inspected: date, published: date) -> Publication:
    name, (corrected, since) = file_name(council, inspected), CORRECTED
    again = [_edition(f"{name}-corrected", since)] if name == corrected else []
    return publication(council, kind, inspected, serial, _edition(name, published), *again)


def _edition(name: str, since: date) -> Edition:
    return Edition(since, partial(_letter, name))


def _letter(name: str) -> bytes:
    return files("monitor.demo.letters").joinpath(f"{name}.pdf").read_bytes()


def _play() -> list[Day]:
    days = (
        ("Baseline: all that is known so far, without a message", ()),
        (f"A new inspection report for {c.FENWICK_VALE.name}: two judgements move", ("report.published",)),
        (f"A letter after a focused visit to {c.PORT_CARROW.name}", ("report.published",)),
        (f"{c.HARROWMOOR.name} has a new letter, but its page answers with a challenge", ("source.failing",)),
        (f"The page of {c.HARROWMOOR.name} can be read again", ("report.published", "source.recovered")),
        (f"The report on {c.WEALDSHIRE.name} is replaced behind the same link", ("report.replaced",)),
    )
    return [
        Day(day, words, sweep=day == WEEK[-1], expects=brings) for day, (words, brings) in zip(WEEK, days, strict=True)
    ]
