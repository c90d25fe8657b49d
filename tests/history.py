"""394 real states of a published table (latest inspection per council), as recorded crawls."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

Absence = Literal["missing", "empty", "no poll"]
GRADES = ("Overall Effectiveness Grade", "Impact Of Leaders Grade", "Help And Protection Grade",
          "In Care Grade", "Care Leavers Grade")  # fmt: skip


def states(corpus: Path) -> list[dict[str, Any]]:
    with gzip.open(corpus / "history" / "states.json.gz", "rt", encoding="utf-8") as handle:
        found: list[dict[str, Any]] = json.load(handle)
    return found


def urns_by_number(corpus: Path) -> dict[str, str]:
    with (corpus / "councils.csv").open(encoding="utf-8", newline="") as handle:
        return {r["dfe_la_number"]: r["ofsted_urn"] for r in csv.DictReader(handle)}


def expected(corpus: Path) -> list[tuple[str, str]]:
    """The genuine new reports: (URN, file id)."""
    with (corpus / "history" / "expected_events.csv").open(encoding="utf-8", newline="") as handle:
        return [(r["urn"], r["new_link"]) for r in csv.DictReader(handle) if r["genuine"] == "1"]


def polls(corpus: Path, absence: Absence) -> Iterator[dict[str, Any]]:
    """The states as items; a council that is not in a state is told in one of three ways."""
    numbers, known = urns_by_number(corpus), set[str]()
    for state in states(corpus):
        rows = {numbers.get(r["URN"], r["URN"]): r for r in state["rows"]}
        for urn, row in rows.items():
            yield _record(urn, row)
            yield _poll(state, urn, "ok")
        for urn in sorted(known - set(rows)):
            if absence != "no poll":
                yield _poll(state, urn, "ok" if absence == "empty" else "missing")
        known |= set(rows)


def _record(urn: str, row: dict[str, str]) -> dict[str, Any]:
    found = re.search(r'href="([^"]+/file/(\d+))"', row["Inspection Link"])
    assert found, row
    fields = {name: row.get(name, "") for name in GRADES}
    return {"type": "record", "source": "table", "target": urn, "kind": "report", "key": found[2],
            "url": found[1], "title": row["Local Authority"], "published": None, "fields": fields,
            "document": None}  # fmt: skip


def _poll(state: dict[str, Any], urn: str, outcome: str) -> dict[str, Any]:
    at = f"{state['date']}T06:{state['state'] % 60:02}:00+00:00"
    return {"type": "poll", "run": f"{state['date']}-{state['state']}", "source": "table", "target": urn,
            "started": at, "finished": at, "outcome": outcome, "complete": outcome == "ok", "requests": 1,
            "bytes": 0, "detail": None}  # fmt: skip
