"""The differ against three real years of a published table, with its three faulty episodes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.crawl.child import closed_targets
from monitor.model.event import Subject
from monitor.store import Store
from monitor.watch.replay import replay
from tests import history
from tests.making import outward


@pytest.mark.corpus
@pytest.mark.slow  # by its nature: 394 crawls are followed, three times
@pytest.mark.parametrize("absence", ["missing", "empty", "no poll"])
def test_three_years_of_a_real_table_give_exactly_the_genuine_reports(
    shared: Path, store: Store, absence: history.Absence
) -> None:
    lines = (json.dumps(item) for item in history.polls(shared / "corpus", absence))
    events = list(replay(store, closed_targets(lines), lambda target: Subject(None, target)))
    reports = [e for e in events if e.kind.startswith("report.")]
    assert {e.kind for e in reports} == {"report.published"}
    found = sorted((e.urn, outward(e.after)["key"]) for e in reports)
    assert found == sorted(history.expected(shared / "corpus"))
    about = [(e.kind, outward(e.after)["since"][:10]) for e in events if e.kind.startswith("source.")]
    assert about == [
        ("source.failing", "2024-03-05"),
        ("source.recovered", "2024-03-05"),
        ("source.quarantined", "2024-03-19"),
        ("source.recovered", "2024-03-19"),
        ("source.failing", "2025-02-10"),
        ("source.recovered", "2025-02-10"),
    ]
