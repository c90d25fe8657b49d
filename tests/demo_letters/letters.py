"""Made-up letters of every kind that the demonstration and the tests need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from threading import Lock
from typing import Any

from monitor.councils.registry import Council
from monitor.demo.world import Edition, Publication, publication
from tests.demo_letters.draft import Draft
from tests.demo_letters.ilacs import write_ilacs
from tests.demo_letters.prose import PRIORITY_ACTIONS, improvements
from tests.demo_letters.sif import write_sif
from tests.demo_letters.visits import write_visit

RI = "requires improvement"

WRITERS = {
    "ilacs": write_ilacs,
    "sif": write_sif,
    "focused_visit": write_visit,
    "monitoring_visit": write_visit,
}

SAMPLES: dict[str, Draft] = {
    "ilacs": Draft(
        kind="ilacs",
        council="Fenwick Vale",
        body="Fenwick Vale Metropolitan Borough Council",
        start=date(2024, 9, 30),
        end=date(2024, 10, 11),
        published=date(2024, 11, 26),
        judgements={
            "impact_of_leaders": "good",
            "help_and_protection": RI,
            "in_care": "good",
            "care_leavers": "outstanding",
            "overall_effectiveness": "good",
        },
        improvements=improvements(5, "ilacs"),
        previous=(date(2021, 7, 12), RI),
    ),
    "ilacs_combined": Draft(
        kind="ilacs",
        council="Fenwick Vale",
        body="Fenwick Vale Metropolitan Borough Council",
        start=date(2019, 6, 10),
        end=date(2019, 6, 21),
        published=date(2019, 8, 5),
        judgements={
            "impact_of_leaders": RI,
            "help_and_protection": "inadequate",
            "in_care_and_care_leavers": "good",
            "overall_effectiveness": RI,
        },
        inspectors=("Tobias Merriweather",),
        improvements=improvements(4, "combined"),
        previous=(date(2015, 11, 2), RI),
    ),
    "ilacs_2026": Draft(
        kind="ilacs",
        council="Port Carrow",
        start=date(2026, 5, 11),
        end=date(2026, 5, 15),
        published=date(2026, 7, 7),
        judgements={
            "impact_of_leaders": "outstanding",
            "help_and_protection": "good",
            "in_care": RI,
            "care_leavers": "inadequate",
        },
        inspectors=("Zainab Holloway",),
        improvements=improvements(3, "2026"),
    ),
    "sif": Draft(
        kind="sif",
        council="Fenwick Vale",
        body="Fenwick Vale Metropolitan Borough Council",
        start=date(2015, 11, 2),
        end=date(2015, 11, 26),
        published=date(2016, 1, 26),
        judgements={
            "overall_effectiveness": RI,
            "help_and_protection": RI,
            "in_care": "good",
            "adoption_performance": "outstanding",
            "care_leavers": "inadequate",
            "impact_of_leaders": RI,
            "lscb": RI,
        },
        inspectors=("Prudence Ockley",),
        improvements=improvements(6, "sif"),
        previous=(date(2011, 3, 14), "adequate"),
    ),
    "focused_visit": Draft(
        kind="focused_visit",
        council="Port Carrow",
        start=date(2024, 1, 31),
        end=date(2024, 2, 1),
        published=date(2024, 3, 5),
        inspectors=("Zainab Holloway", "Giles Threlfall"),
        improvements=improvements(3, "focused"),
        theme="in_care",
    ),
    "monitoring_visit": Draft(
        kind="monitoring_visit",
        council="Harrowmoor",
        start=date(2024, 6, 11),
        end=date(2024, 6, 12),
        published=date(2024, 7, 17),
        inspectors=("Tobias Merriweather", "Rowena Ashdown"),
        priority_actions=PRIORITY_ACTIONS[:1],
        improvements=improvements(2, "monitoring"),
        previous=(date(2023, 3, 13), "inadequate"),
        visit=3,
    ),
}
"""One draft of each shape, by name; `sample_letter` writes them with changes."""


_writing = Lock()


def write(draft: Draft) -> bytes:
    """The letter as a PDF. The same draft is always the same bytes."""
    with _writing:  # PDFium is not made for threads
        return WRITERS[draft.kind](draft)


def published(council: Council, draft: Draft, serial: int) -> Publication:
    """The draft as it stands on a made-up site; its file is written when it is first asked for."""
    return publication(council, draft.kind, draft.start, serial, Edition(draft.published, partial(write, draft)))


def sample_letter(kind: str = "ilacs", **overrides: Any) -> bytes:
    """A sample (`ilacs`, `ilacs_combined`, `ilacs_2026`, `sif`, `focused_visit`, `monitoring_visit`) as a PDF.

    Any field of `Draft` can be given another value: `sample_letter("sif", council="Wealdshire")`.
    """
    return write(sample_draft(kind, **overrides))


def sample_draft(kind: str = "ilacs", **overrides: Any) -> Draft:
    """What `sample_letter` would write."""
    return replace(SAMPLES[kind], **overrides)
