"""The five seed pages: every fact that they support word for word is found, what they leave open stays open."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.model import Fact
from tests.coverage.gold import Seed, flat, matches, seeds

pytestmark = pytest.mark.corpus
REGISTRY = Registry.load()
NUMBERS = ("000", "001", "002", "003", "004")
JUDGED = Path(__file__).parent / "golden" / "beyond.json"
SUBJECTS = {"000": "Devon", "001": "Gloucestershire", "002": "Somerset", "003": "Dudley", "004": "Devon"}
KINDS = {"000": None, "001": "monitoring_visit", "002": None, "003": "monitoring_visit", "004": "monitoring_visit"}


@pytest.fixture(params=NUMBERS)
def seed(request: pytest.FixtureRequest, shared: Path) -> Seed:
    return next(s for s in seeds(shared / "seeds") if s.number == request.param)


def test_every_fact_of_the_gold_is_found_with_its_sentence(seed: Seed) -> None:
    facts = seed.read(REGISTRY).facts
    missing = [(gold["field"], gold["value"]) for gold in seed.gold["facts"] if not _found(gold, facts)]
    assert missing == []


def _found(gold: dict[str, object], facts: tuple[Fact, ...]) -> bool:
    """A list of people is one gold fact and several of ours."""
    matching = [fact for fact in facts if matches(gold, fact, REGISTRY)]
    people = gold["value"] if isinstance(gold["value"], list) and gold["field"] == "person" else [None]
    return len(matching) >= len(people)


def test_what_the_page_does_not_say_is_absent(seed: Seed) -> None:
    facts = seed.read(REGISTRY).facts
    assert [fact for fact in facts if fact.field in seed.gold["must_be_null"]] == []


def test_what_is_only_inferred_is_not_said_to_be_read(seed: Seed) -> None:
    read = {(fact.field, json.dumps(fact.value)) for fact in seed.read(REGISTRY).facts}
    assert [i for i in seed.gold["inferred"] if (i["field"], json.dumps(i["value"])) in read] == []


def test_every_quote_stands_in_the_page_letter_for_letter(seed: Seed) -> None:
    found = seed.read(REGISTRY)
    assert [fact for fact in (*found.facts, *found.inferred) if fact.quote not in seed.text] == []


def test_the_page_is_of_the_right_council_and_kind(seed: Seed) -> None:
    found = seed.read(REGISTRY)
    assert found.relevant
    assert found.urns == (REGISTRY.get(SUBJECTS[seed.number]).urn,)
    assert found.kind == KINDS[seed.number]


def test_facts_beyond_the_gold_are_those_that_a_person_has_judged_right(seed: Seed) -> None:
    facts = seed.read(REGISTRY).facts
    beyond = [f for f in facts if not any(matches(gold, f, REGISTRY) for gold in seed.gold["facts"])]
    written = sorted(
        f"{f.field}: {json.dumps(f.value, ensure_ascii=False)[:60]} < {flat(f.quote)[:40]}" for f in beyond
    )
    judged = json.loads(JUDGED.read_text(encoding="utf-8")) if JUDGED.exists() else {}
    if seed.number not in judged:
        JUDGED.parent.mkdir(exist_ok=True)
        JUDGED.write_text(json.dumps(judged | {seed.number: written}, indent=1, ensure_ascii=False) + "\n", "utf-8")
        pytest.fail(f"{JUDGED.name} now has the facts of seed {seed.number}: read them one by one")
    assert written == judged[seed.number]


def test_the_day_that_a_weekday_tells_is_an_inference(shared: Path) -> None:
    devon = next(s for s in seeds(shared / "seeds") if s.number == "000").read(REGISTRY)
    assert [(f.field, f.value) for f in devon.inferred] == [("report_published", "2023-05-25")]
    assert devon.reports == ()


def test_the_visit_and_the_letter_of_minutes_are_whole_days(shared: Path) -> None:
    minutes = next(s for s in seeds(shared / "seeds") if s.number == "004").read(REGISTRY)
    assert minutes.visits == (("2022-02-02", "2022-02-03"),)
    assert minutes.letters == ("2022-03-09",)
