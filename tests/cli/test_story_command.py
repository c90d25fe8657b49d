"""The story command and the time line on a council's page."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.model import Fact
from monitor.store import Store
from tests.command import Folder
from tests.telling import URN, item, ofsteds, page, take

VISIT = ("2024-04-08", "2024-04-19")
ILACS = ofsteds("1", "2024-05-15", visit=VISIT)
FOCUSED = ofsteds("2", "2024-11-20", "focused_visit", ("2024-10-22", "2024-10-23"))
SAID = Fact("visit_dates", ["2024-04-09", "2024-04-22"], "They came from 9 to 22 April \x1b[31m2024.")
DATED = Fact("visit_dates", ["2024-04-08", "2024-04-19"], "Inspected from 8 to 19 April 2024.")
RELEASE = page("release", "2024-05-15", "Ofsted published its report today.", facts=(DATED,))
PRESS = page("paper", "2024-05-17", kind="ilacs", source="press", target="The Paper", facts=(SAID,))
VAGUE = item("50", "2025-06-18", title="Ofsted update")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    folder = Folder(tmp_path)
    folder.configure("http://127.0.0.1:9/reports", watch='councils = ["Devon"]')
    with Store(tmp_path / "data") as store, store.transaction():
        take(store, URN, [ILACS, FOCUSED, RELEASE, PRESS, VAGUE])
    return folder


def test_a_council_s_stories_are_listed_with_reasons_scores_and_what_is_in_none(folder: Folder) -> None:
    first, second, loose = folder("story", "Devon", "--json").objects
    assert [e["what"] for e in first["timeline"]] == ["letter", "news", "news"]
    assert all(e["reason"] and e["score"] >= 30 and e["url"] for e in first["timeline"])
    assert (first["closed"], second["kind"], second["closed"]) == ("2024-11-20", "focused_visit", None)
    assert (loose["id"], [e["title"] for e in loose["timeline"]]) == (None, ["Ofsted update"])
    text = folder("story", "devon").out
    assert f"{first['id']}  Inspection (ILACS), opened 15 May 2024, closed 20 November 2024" in text
    assert "  15 May 2024  letter, Ofsted: Letter: https://ofsted.example/1" in text
    assert f"[{RELEASE.name}] " in text
    assert "9 to 22 April 2024, The Paper: “They came from 9 to 22 April [31m2024.”" in text
    assert "In no story" in text


def test_pieces_are_split_and_joined_by_hand(folder: Folder) -> None:
    first, second, _ = folder("story", "Devon", "--json").objects
    parted = folder("story", "split", first["id"], PRESS.name[:5], "--json")
    assert {len(s["timeline"]) for s in parted.objects} == {1, 2}
    new = next(s for s in parted.objects if len(s["timeline"]) == 1)
    (joined,) = folder("story", "join", second["id"], new["id"], "--json").objects
    assert (joined["id"], {e["piece"] for e in joined["timeline"]}) == (second["id"], {FOCUSED.name, PRESS.name})
    again = folder("story", "join", first["id"][:10], PRESS.url)
    assert again.status == 0
    assert "joined by hand" in again.out
    (vague,) = folder("story", "join", second["id"], VAGUE.name, "--json").objects
    assert VAGUE.name in {e["piece"] for e in vague["timeline"]}
    assert len(folder("story", "Devon", "--json").objects) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("story", "Devom"), "did you mean"),
        (("story", "Essex"), "not among the councils watched"),
        (("story", "split", "80461-nothing", "x"), 'no story "80461-nothing"'),
        (("story", "split", "80461-", "x"), "may be 80461-"),
    ],
)
def test_what_is_not_there_is_a_line_and_status_2(folder: Folder, line: tuple[str, ...], said: str) -> None:
    ran = folder(*line)
    assert ran.status == 2
    assert said in ran.err
    assert len(ran.lines) == 1


def test_the_last_piece_of_a_story_is_not_split_from_it(folder: Folder) -> None:
    second = folder("story", "Devon", "--json").objects[1]
    ran = folder("story", "split", second["id"], FOCUSED.name)
    assert (ran.status, len(ran.lines)) == (2, 1)
    assert "has nothing else" in ran.err


def test_the_open_story_is_on_the_council_s_page(folder: Folder) -> None:
    story = folder("council", "Devon", "--json").objects[0]["story"]
    assert (story["kind"], [e["source"] for e in story["timeline"]]) == ("focused_visit", ["Ofsted"])
    assert f"Story {story['id']}  Focused visit, opened 20 November 2024" in folder("council", "Devon").out


def test_a_council_without_letters_has_no_story(folder: Folder) -> None:
    folder.configure("http://127.0.0.1:9/reports", watch='councils = ["Essex"]')
    assert folder("story", "Essex").out == "Essex: no story\n"
    assert folder("council", "Essex", "--json").objects[0]["story"] is None


def test_help_says_how_it_is_called(folder: Folder) -> None:
    for line in (("story", "--help"), ("story", "-h")):
        ran = folder(*line)
        assert ran.status == 0
        assert "ofsted-watch story split STORY PIECE" in ran.out
    assert folder("story", "split").status == 2
