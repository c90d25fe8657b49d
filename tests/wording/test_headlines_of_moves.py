"""What a report's headline says where several judgements moved: a decline is never hidden behind an improvement."""

from __future__ import annotations

import pytest

from monitor.model import Change
from monitor.model.payloads import ReportPayload
from monitor.wording.verdict import verdict
from tests.notifiers.notifier_samples import make_event

WORSE = Change("care_leavers", "outstanding", "good", "declined")
BETTER = Change("help_and_protection", "requires improvement", "good", "improved")
BEST = Change("in_care", "good", "outstanding", "improved")
MADE = {"help_and_protection": "good", "in_care": "outstanding", "care_leavers": "good"}


@pytest.mark.parametrize("moved", [(BETTER, WORSE), (WORSE, BETTER), (BETTER, BEST, WORSE)])
@pytest.mark.parametrize("room", [40, 60, 90, 200])
def test_a_decline_is_named_first_whatever_else_moved(moved: tuple[Change, ...], room: int) -> None:
    event = make_event(changes=moved, after=ReportPayload(kind="ilacs", judgements=MADE))
    assert verdict(event, room).startswith("care leavers Good (was Outstanding)")


def test_every_move_is_named_where_there_is_room_and_counted_where_there_is_not() -> None:
    event = make_event(changes=(BETTER, WORSE), after=ReportPayload(kind="ilacs", judgements=MADE))
    both = "care leavers Good (was Outstanding), help and protection Good (was Requires improvement)"
    assert verdict(event, len(both)) == both
    assert verdict(event, len(both) - 1) == "care leavers Good (was Outstanding), 1 other judgement improved"
