"""The five seeds and their gold facts, and how a fact that was read is held against one of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.councils.registry import Registry
from monitor.coverage import Coverage
from monitor.coverage.reading import read
from monitor.model import Fact

STRUCTURED = (
    "metric.agency_share", "metric.caseload", "person", "mover", "seconder", "judgement_previous", "visit_dates",
    "judgement_current_standing", "letter_date", "next_meeting",
    "visit_number", "earlier_visit", "target", "report_published",
)  # fmt: skip
PLACES = {  # seed: (council of the site, what kind of site, the page's own day)
    "000": ("Devon", "news", "2023-05-25"),
    "001": (None, "press", None),
    "002": (None, "press", "2017-06-14"),
    "003": (None, "press", "2017-11-10"),
    "004": ("Devon", "minutes", None),
}


@dataclass(frozen=True)
class Seed:
    """A seed: its number, its text, what is known of it."""

    number: str
    text: str
    gold: dict[str, Any]

    def read(self, registry: Registry) -> Coverage:
        own, where, published = PLACES[self.number]
        title = self.gold["source"].get("title")
        council = registry.get(own) if own else None
        return read(self.text, title=title, published=published, own=council, registry=registry, where=where)


def seeds(folder: Path) -> Iterator[Seed]:
    """The five seeds."""
    for gold in json.loads((folder / "gold.json").read_text(encoding="utf-8"))["seeds"]:
        yield Seed(gold["seed"][:3], (folder / gold["seed"]).read_text(encoding="utf-8"), gold)


def flat(words: str) -> str:
    """Words with single spaces and one kind of apostrophe."""
    return " ".join(words.split()).replace("\u2019", "'").replace("\u2018", "'")


def matches(gold: dict[str, Any], fact: Fact, registry: Registry) -> bool:
    """Whether the fact is the gold one: its field, its sentence, and its value where that has a shape."""
    ours, theirs = flat(fact.quote), flat(gold["quote"])
    if fact.field != gold["field"] or not (ours in theirs or theirs in ours):
        return False
    return _same(gold["field"], gold["value"], fact.value, registry)


def _same(field: str, gold: Any, ours: Any, registry: Registry) -> bool:
    if field in ("council", "area", "improvement_partner"):
        return registry.get(gold) == registry.get(ours)
    if field == "inspection_type":
        return ours.split()[0] in gold
    if field.startswith("metric.") and isinstance(gold, dict):
        return (gold["op"], gold["value"]) == (ours["op"], ours["value"]) and ours["unit"] in gold["unit"]
    if field == "person" and isinstance(gold, list):
        return ours in gold
    return field not in STRUCTURED or _folded(gold) == _folded(ours)


def _folded(value: Any) -> Any:
    if isinstance(value, str):
        return flat(value).lower()
    return {k: _folded(v) for k, v in value.items()} if isinstance(value, dict) else value
