"""Whether the department's notices and directions still hold: by titles, notes, the page's words and a withdrawal."""

from __future__ import annotations

import pytest

from monitor.inspections.notices import Version, ended, notices, said
from monitor.model import Record
from tests.making import event

TITLE = "Improvement notice issued to Devon County Council: March 2024"
ENDED = [
    "Lifted.", "Now closed", "The notice was lifted on 21 December.", "This direction has been revoked.",
    "Added the letter that confirms that this notice is closed.", "Added closure letter.", "Closed the notice.",
    "This notice has been replaced by a statutory direction.", "Improvement notice discharged", "Notice superseded",
    "The direction is no longer in force.", "Added the letter lifting the revised improvement notice.",
    "In May 2025 the notice was withdrawn.", "The notice has ended, following an Ofsted inspection.",
]  # fmt: skip
HOLDING = [
    "Added a revised notice.", "It replaces the notice that was lifted.", "Updated contact details.",
    "Added a new direction, which revokes the direction of 2020.", "The notice has not been lifted.",
    "The notice stays until it is lifted.", "The notice may be lifted next year.", "The consultation closed.",
    "Removed a duplicate file.", "The notice: removed a duplicate file.", "Extended the notice.", "First published.",
]  # fmt: skip


@pytest.mark.parametrize(("note", "over"), [*((n, True) for n in ENDED), *((n, False) for n in HOLDING)])
def test_a_note_says_whether_a_notice_holds(note: str, over: bool) -> None:
    assert ended([Version("2024-03-01", TITLE), Version("2025-03-01", TITLE, note)]) is over


@pytest.mark.parametrize(
    ("words", "over"),
    [
        ("This improvement notice was closed and replaced with a direction issued on 9 November 2015.", True),
        ("This notice is now closed.", True),
        ("This direction no longer applies.", True),
        ("This direction has been replaced by the direction of 3 May 2024.", True),
        ("The notice of 2013 was lifted in 2015. This notice follows the inspection of 2024.", False),
        ("This notice remains in force until it is lifted.", False),
        ("This notice will be closed if the council improves. This notice is closed only if it does.", False),
        ("If this notice is lifted, the council writes to the department.", False),
    ],
)
def test_a_notice_says_of_itself_whether_it_holds(words: str, over: bool) -> None:
    assert ended([Version("2024-03-01", TITLE, text=f"{TITLE}\n{words}")]) is over


def test_the_last_version_that_says_anything_decides() -> None:
    first, lifted = Version("2022-01-01", TITLE), Version("2023-01-01", TITLE, "The notice was lifted.")
    typo, anew = Version("2024-01-01", TITLE, "Corrected a date."), Version("2025-01-01", TITLE, "Added a new notice.")
    assert ended([first, lifted, typo]) is True
    assert ended([typo, anew, lifted, first]) is False


def test_a_withdrawn_notice_that_is_back_holds() -> None:
    first = Version("2022-01-01", TITLE)
    withdrawn, back = Version("2023-01-01", TITLE, withdrawn=True), Version("2024-01-01", TITLE, "Put back.")
    assert (ended([first, withdrawn]), ended([first, withdrawn, back])) == (True, False)


def published(title: str = TITLE, key: str = "/notice", day: str = "2024-03-01", **fields: object) -> Record:
    return Record("govuk", "govuk", "publication", key, f"https://www.gov.uk{key}", title, day, dict(fields))


def test_a_later_note_of_a_notice_does_not_hide_the_one_that_ended_it() -> None:
    now = published(updated="2026-01-01", change_note="Corrected a date.")
    after = {"key": "/notice", "updated": "2025-01-01", "change_note": "The notice was lifted."}
    told = event(kind="govuk.updated", title=TITLE, published="2024-03-01", after=after)
    (found,) = notices([now], said([now], [told]))
    assert [found.holds(day) for day in ("2024-06-01", "2025-01-01", "2026-06-01")] == [True, False, False]


def test_the_departments_list_of_notices_closes_one_by_its_title() -> None:
    """As the note on GOV.UK's "Improvement notices and directions" does."""
    other = TITLE.replace("Devon County Council", "Torbay Council")
    note = f"Added '{other}' to Open notices. Moved '{TITLE}' to the closed notices section. The notice was lifted."
    kept = published(
        "Improvement notices and directions", "/list", "2013-07-03", updated="2025-04-09", change_note=note
    )
    (devon,), (torbay,) = (notices([n], said([n, kept], [])) for n in (published(), published(other, "/other")))
    assert (devon.holds("2025-04-08"), devon.holds("2025-04-09")) == (True, False)
    assert torbay.holds("2026-01-01")
