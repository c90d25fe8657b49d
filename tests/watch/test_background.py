"""What is known of a council before a page came: whose document it repeats, what led to a notice."""

from __future__ import annotations

from dataclasses import replace

from monitor.model import Letter, Record
from monitor.stories.item import StoryItem, sentences
from monitor.watch.background import StoryBackground
from monitor.watch.place import KnownStories
from tests.making import document
from tests.telling import URN, item, ofsteds, page, quotes, stories

SHA, STAMPED = f"{1:064x}", "c" * 64
SAID = {"summary": quotes("Leaders have acted with pace.", "Children are seen.", "Plans are clear.")}
REPORT = ofsteds("1", "2024-04-01", "ilacs", ("2024-02-05", "2024-02-16"), **SAID)


def paper(key: str, sha: str) -> tuple[Record, StoryItem]:
    found = replace(item(key, "2024-06-03", "document"), sha256=sha, kind="ilacs")
    return Record("moderngov", URN, found.record, key, "u", "Ofsted", None, {}, document(sha)), found


def background(*items: StoryItem, letters: dict[str, Letter] | None = None) -> StoryBackground:
    known = KnownStories(stories(*items), sentences={SHA: sentences(Letter("ilacs", SHA, 8, **SAID))})
    return StoryBackground({URN: known}, letters or {})


def test_a_paper_with_the_letters_document_is_a_copy_of_the_letter() -> None:
    record, own = paper("p", SHA)
    found = background(REPORT, own).copy_of(record, URN)
    assert found is not None
    assert (found.what, found.published, found.kind) == ("letter", "2024-04-01", "ilacs")


def test_a_letter_in_another_file_is_a_copy_if_it_says_the_same_words() -> None:
    record, own = paper("p", STAMPED)
    same = {STAMPED: Letter("ilacs", STAMPED, 8, **SAID)}
    other = {STAMPED: Letter("ilacs", STAMPED, 8, summary=quotes("Leaders have acted.", "Children wait.", "No plans."))}
    assert background(REPORT, own, letters=same).copy_of(record, URN) is not None
    assert background(REPORT, own, letters=other).copy_of(record, URN) is None
    assert background(REPORT, own).copy_of(record, URN) is None


def test_of_two_papers_with_one_document_the_later_is_the_copy() -> None:
    (first, one), (second, two) = paper("p", STAMPED), paper("q", STAMPED)
    two = replace(two, meeting="2024-07-01", published="2024-07-01")
    known = background(one, two)
    assert known.copy_of(first, URN) is None
    found = known.copy_of(second, URN)
    assert found is not None
    assert found.what == "committee paper"


def test_what_led_to_a_notice_is_the_last_inspection_the_visit_after_it_and_earlier_notices() -> None:
    old = ofsteds("2", "2019-04-01", "ilacs")
    visit = ofsteds("3", "2024-10-01", "monitoring_visit")
    notice = page("n1", "2024-06-01", source="govuk", record="publication", title="Improvement notice")
    later = page("n2", "2025-01-01", source="govuk", record="publication", title="Second improvement notice")
    known = background(old, REPORT, visit, notice, later)
    record = Record("govuk", URN, later.record, "n2", "u", "Second improvement notice", "2025-01-01", {})
    assert [e.published for e in known.came_before(record, URN)] == ["2024-10-01", "2024-06-01", "2024-04-01"]
    assert known.came_before(record, "80462") == ()
