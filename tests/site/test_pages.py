"""Every page: valid, whole in itself, small enough, and deaf to what texts of elsewhere tell a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.site import world
from tests.site.checking import faults, parsed, words

MAX_PAGE_BYTES = 60_000
MAX_STYLE_BYTES = 8_000
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def test_every_kind_of_page_is_there(site: Path) -> None:
    for name in ("", "areas/help-and-protection", "councils", "councils/devon", "councils/by-region", "letters",
                 "letters/50000002", "moves", "moves/2026", "due", "meetings", "search", "health", "data"):  # fmt: skip
        assert (site / name / "index.html").is_file(), name
        assert json.loads((site / name / "index.json").read_text()), name


def test_every_page_is_valid_and_its_links_lead_somewhere(site: Path) -> None:
    assert {str(p.relative_to(site)): found for p in world.pages(site) if (found := faults(site, p))} == {}


def test_no_page_is_larger_than_it_may_be(site: Path) -> None:
    sizes = {str(p.relative_to(site)): p.stat().st_size for p in world.pages(site) if "letters" not in p.parts}
    assert {name: size for name, size in sizes.items() if size > MAX_PAGE_BYTES} == {}
    assert (site / "site.css").stat().st_size <= MAX_STYLE_BYTES


def test_a_page_says_when_it_last_looked_what_it_saw_and_when_it_looks_next(site: Path) -> None:
    for path in world.pages(site):
        said = words(parsed(path))
        assert "Last looked at Ofsted on 26 November 2026, 12:30: all 3 councils seen, 12 letters read" in said, path
        assert "1 could not be read; looks next at 13:00" in said, path


def test_texts_that_mean_harm_are_text(site: Path) -> None:
    """Markup is shown as it is written; marks that turn or hide text are gone; no address runs code."""
    pages = {p: p.read_text(encoding="utf-8") for p in world.pages(site)}
    harmed = [p for p, html in pages.items() if "alert(1)" in html]
    assert {p.parent.relative_to(site).parts[0] for p in harmed if p.parent != site} >= {
        "councils",
        "letters",
        "meetings",
    }
    for path, html in pages.items():
        assert UNSEEN.search(html) is None, path
        assert "<script>" not in html, path
        assert "<img src=x" not in html, path
        assert "javascript:" not in html, path


def test_twins_hold_the_words_verbatim_and_nothing_that_ends_a_script(site: Path) -> None:
    text = (site / "letters/50000002/index.json").read_text(encoding="utf-8")
    assert world.HOSTILE in json.loads(text)["letter"]["lead_inspector"]
    for path in site.rglob("index.json"):
        raw = path.read_text(encoding="utf-8")
        assert "<" not in raw, path
        assert UNSEEN.search(raw.rstrip("\n")) is None, path


def test_the_letter_is_there_page_by_page(site: Path) -> None:
    root = parsed(site / "letters/50000002/index.html")
    assert [e.get("id") for e in root.iter("h3") if (e.get("id") or "").startswith("page-")] == [
        f"page-{n}" for n in range(1, 13)
    ]
    assert "Permanence planning is late." in words(root)


def test_a_council_shows_its_grades_their_age_what_is_asked_and_how_long_it_waits(site: Path) -> None:
    said = words(parsed(site / "councils/devon/index.html"))
    for words_ in ("inspection of 8 to 19 June 2026, 5 months ago", "Outstanding improved from Good",
                   "Inadequate declined from Requires improvement", "No longer judged was Good", "asked 2 times",
                   "Devon has waited 171 days since its last full inspection began on 8 June 2026",
                   "Good judged together before: Good"):  # fmt: skip
        assert words_ in said


def test_the_map_hatches_what_is_no_longer_judged_and_has_letters(site: Path) -> None:
    html = (site / "index.html").read_text()
    assert "Devon: No longer judged" in html
    assert re.search(r'<g class="i"[^>]*><path [^>]*/><text [^>]*>I</text></g>', html)
    assert "url(#hatch)" in (site / "maps/overall-effectiveness-now.svg").read_text()
    assert "Torbay: Inadequate" in html


def test_moves_are_told_from_the_letters(site: Path) -> None:
    found = json.loads((site / "moves/index.json").read_text())["moves"]
    assert {(m["area"], m["before"], m["after"], m["direction"]) for m in found} == {
        ("impact_of_leaders", "good", "outstanding", "improved"),
        ("help_and_protection", "requires improvement", "inadequate", "declined"),
        ("care_leavers", "good", "outstanding", "first_separate"),
    }


@pytest.mark.parametrize("name", ["meetings/meetings.ics", "councils/devon/meetings.ics"])
def test_meetings_are_a_calendar(site: Path, name: str) -> None:
    calendar = Calendar.from_ical((site / name).read_bytes())
    ahead = [e for e in calendar.walk("VEVENT") if str(e["dtstart"].dt) == "2026-12-10"]
    assert [str(e["summary"]) for e in ahead] == ["Devon: Cabinet"]
    harmful = next(e for e in calendar.walk("VEVENT") if str(e["dtstart"].dt) == "2026-09-10")
    assert UNSEEN.search(str(harmful["summary"]) + str(harmful["description"]).replace("\n", "")) is None
    assert "url" not in harmful


def test_health_names_no_channel(tmp_path: Path) -> None:

    config = world.filled(tmp_path, '[[channels]]\nname = "the director\'s own"\nkind = "feed"\n')
    world.built(config, tmp_path / "out")
    assert "Feeds" in words(parsed(tmp_path / "out/health/index.html"))
    assert not any("director" in p.read_text() for p in (tmp_path / "out").rglob("*.[hj]*"))
