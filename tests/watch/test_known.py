"""What is loaded before a decision: the records of what was opened, and of nothing else."""

from __future__ import annotations

from monitor.store import Store
from monitor.watch import known
from monitor.watch.known import Run
from tests.making import NOON, closed, record
from tests.watch.looking import follow

DEVON, OTHER = "80461", "80482"


def test_records_are_loaded_of_the_targets_that_were_opened(store: Store) -> None:
    follow(store, [closed(DEVON, record("1")), closed(OTHER, record("9", OTHER))], NOON)
    opened = known.load(store, Run("r", "ofsted"), [DEVON, OTHER], [DEVON]).targets
    assert {target: sorted(key for _, key in t.known) for target, t in opened.items()} == {DEVON: ["1"], OTHER: []}
    assert all(t.baselined for t in opened.values())
    every = known.load(store, Run("r", "ofsted"), [DEVON, OTHER]).targets
    assert [key for _, key in every[OTHER].known] == ["9"]
