"""What each trouble means, and what its end means: in words of its own, with nothing left to be filled in."""

from __future__ import annotations

import pytest

from monitor.events import sources
from monitor.model.event import Subject
from monitor.model.trouble import WHOLE, Episode, Reason, Trouble
from monitor.wording.describe import describe
from monitor.wording.source_health import TROUBLES, notes

BEGAN, ENDED = "2024-05-15T12:00:00+00:00", "2024-05-16T12:00:00+00:00"


@pytest.mark.parametrize("trouble", Trouble)
@pytest.mark.parametrize("why", ["a disk that is full", "{odd} words", ""])
def test_a_trouble_and_its_end_have_sentences_of_their_own(trouble: Trouble, why: str) -> None:
    held = [Episode("ofsted", WHOLE, trouble, BEGAN, Reason(None, why))]
    begun, ended = (
        make(held, Subject(), "Ofsted", at) for make, at in ((sources.begun, BEGAN), (sources.ended, ENDED))
    )
    for event, told in ((begun, TROUBLES[trouble].means), (ended, TROUBLES[trouble].over)):
        said = notes(event)
        assert len(said) == len(told)
        assert "{" not in " ".join(said).replace(why, "")
        assert describe(event).what
    assert why[1:] in " ".join(notes(begun))


@pytest.mark.parametrize("trouble", [trouble for trouble in Trouble if trouble is not Trouble.BROKEN])
def test_only_what_could_not_be_read_is_read_again(trouble: Trouble) -> None:
    event = sources.ended([Episode("ofsted", WHOLE, trouble, BEGAN, Reason(None, "why"))], Subject(), "It", ENDED)
    assert not any("read again" in line.lower() or "could not be read" in line for line in notes(event))


def test_how_many_pages_are_in_trouble_is_said_once() -> None:
    several = [
        Episode("newsroom", (urn,), Trouble.BROKEN, BEGAN, Reason("error", "error: 500")) for urn in ("1", "2", "3")
    ]
    told = describe(sources.begun(several, Subject(), "Councils' news", BEGAN))
    assert told.headline == "Councils' news: 3 pages cannot be read"
    assert " ".join([told.gist, *told.notes]).count("3 pages") == 1
