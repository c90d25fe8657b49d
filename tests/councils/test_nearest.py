"""Which of some words somebody meant."""

from __future__ import annotations

import pytest

from monitor.councils.nearest import nearest

REGIONS = ("North East", "North West", "South East", "South West", "London", "Yorkshire and the Humber")
KINDS = ("report.published", "meeting.minutes", "govuk.published", "page.changed", "source.failing")


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("Southwest", REGIONS, "South West"),
        ("north-west", REGIONS, "North West"),
        ("LONDON", REGIONS, "London"),
        ("humber", REGIONS, "Yorkshire and the Humber"),
        ("report.publish", KINDS, "report.published"),
        ("gov.uk.published", KINDS, "govuk.published"),
        ("minutes", KINDS, "meeting.minutes"),
        ("page", KINDS, "page.changed"),
        ("xyzzy", KINDS, None),
        ("", KINDS, None),
        ("anything", (), None),
    ],
)
def test_the_word_that_was_meant(word: str, choices: tuple[str, ...], meant: str | None) -> None:
    assert nearest(word, choices) == meant
