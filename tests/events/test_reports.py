"""Events made from steps: ids, severities, what is said of before and after."""

from __future__ import annotations

from datetime import datetime

from monitor.events import payload, reports
from monitor.events.sources import begun, ended
from monitor.model import Change, Event, Quote
from monitor.model.event import Subject
from monitor.model.letter import Inspection
from monitor.model.state import RecordChange, Stored
from monitor.model.trouble import WHOLE, Episode, Reason, Trouble
from tests.making import NOON, SHA_A, SHA_B, document, gone, letter, outward, record

AT = NOON.isoformat()
DEVON = Subject("Devon", "80461")
BEFORE = letter(sha256=SHA_B, judgements={"overall_effectiveness": "good"})
AFTER = letter(judgements={"overall_effectiveness": "requires improvement"}, summary=[Quote("Weaker.", 1)])


def stored(**more: object) -> Stored:
    return Stored(record("7", **more), "listed", AT)  # type: ignore[arg-type]


def published(letter_: object = AFTER, step: RecordChange | None = None) -> Event:
    history = [Inspection("3", "https://files.example/3", "2021-01-01", BEFORE)]
    letters = {SHA_A: letter_} if letter_ else {}
    found = reports.from_change(step or RecordChange("published", None, stored()), DEVON, letters, history, AT)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_a_new_report_says_what_moved_since_which_inspection() -> None:
    event = published()
    assert (event.kind, event.council, event.urn, event.severity) == ("report.published", "Devon", "80461", "important")
    assert event.changes == (Change("overall_effectiveness", "good", "requires improvement", "declined"),)
    assert event.before is not None
    assert outward(event.before)["key"] == "3"
    assert event.after is not None
    assert (outward(event.after)["key"], outward(event.after)["kind"]) == ("7", "ilacs")
    assert event.summary == (Quote("Weaker.", 1),)


def test_the_same_happening_has_the_same_id_whenever_it_is_found() -> None:
    later = datetime.fromisoformat("2030-01-01T00:00:00+00:00").isoformat()
    again = reports.from_change(RecordChange("published", None, stored()), DEVON, {SHA_A: AFTER}, [], later)
    assert again is not None
    assert again.id == published().id


def test_severities() -> None:
    assert published(letter(judgements={"in_care": "inadequate"})).severity == "critical"
    assert published(letter("focused_visit", priority_actions=[Quote("Act.", 1)])).severity == "critical"
    assert published(letter("focused_visit")).severity == "notice"
    assert published(letter(judgements={"overall_effectiveness": "good"})).severity == "notice"


def test_a_letter_about_another_council_is_told_and_nothing_that_it_says() -> None:
    torbay = letter(urn="80480", council="Torbay", judgements={"overall_effectiveness": "inadequate"})
    event = published(torbay)
    assert (event.severity, event.changes, event.summary) == ("important", (), ())
    assert event.after is not None
    assert outward(event.after)["problems"] == ["the document is about Torbay, but it is listed for Devon"]
    assert "judgements" not in outward(event.after)


def test_a_report_without_its_document_says_so_and_grades_nothing() -> None:
    event = published(None, RecordChange("published", None, stored(document=None, document_error=gone())))
    assert event.changes == ()
    assert event.document is None
    assert event.after is not None
    assert outward(event.after)["problems"] == ["its document could not be had: Report not found"]


def test_a_replaced_document_shows_what_differs_between_the_versions() -> None:
    old, new = stored(document=document(SHA_B)), stored()
    event = reports.from_change(RecordChange("replaced", old, new), DEVON, {SHA_A: AFTER, SHA_B: BEFORE}, [], AT)
    assert event is not None
    assert (event.kind, event.severity) == ("report.replaced", "important")
    assert [(c.before, c.after) for c in event.changes] == [("good", "requires improvement")]
    assert event.before is not None
    assert outward(event.before)["sha256"] == SHA_B


def test_steps_of_bookkeeping_tell_nobody() -> None:
    for type_ in ("baseline", "held", "filled", "corrected", "missing", "superseded", "reappeared"):
        assert reports.from_change(RecordChange(type_, None, stored()), DEVON, {}, [], AT) is None  # type: ignore[arg-type]


def test_an_episode_ends_under_its_own_id() -> None:
    episode = Episode("ofsted", WHOLE, Trouble.BROKEN, AT, Reason("error", "HTTP 500"))
    held = Episode("ofsted", WHOLE, Trouble.HELD, AT, Reason(None, "too much"))
    page = Episode("ofsted", ("1",), Trouble.BROKEN, AT, Reason("error", "HTTP 500"))
    other = Episode("ofsted", ("2",), Trouble.BROKEN, AT, Reason("error", "HTTP 500"))
    told = [make(e, Subject(), "Ofsted", AT) for e in ([episode], [held], [page, other], [page], [other])
            for make in (begun, ended)]  # fmt: skip
    assert len({event.id for event in told}) == 10
    assert [outward(e.after)["episodes"] for e in told[:2]] == [[episode.id], [episode.id]]
    assert sorted(outward(told[4].after)["episodes"]) == sorted([page.id, other.id])
    assert [e.severity for e in told[::2]] == ["important", "important", "notice", "notice", "notice"]


def report_in(year: int, start: str | None = None, **judged: str) -> Inspection:
    read = letter(judgements=judged, inspection_start=start or f"{year}-02-01")
    return Inspection(str(year), f"https://files.example/{year}", f"{year}-03-01", read)


def history_of(event: Event | None) -> list[tuple[str, str]]:
    assert event is not None
    assert event.after is not None
    return [(e["published"], e["judgements"]["overall_effectiveness"]) for e in outward(event.after).get("history", ())]


def test_a_graded_report_carries_the_last_five_inspections_and_itself_last() -> None:
    years = [report_in(year, overall_effectiveness="good") for year in range(2010, 2020)]
    again = report_in(2018, start="2017-02-01", overall_effectiveness="good")  # 2017's report under another id
    history = [*years[:8], again, *years[9:]]
    event = reports.from_change(RecordChange("published", None, stored()), DEVON, {SHA_A: AFTER}, history, AT)
    assert [day[:4] for day, _ in history_of(event)] == ["2015", "2016", "2018", "2019", "2024"]
    assert history_of(event)[-1] == (stored().record.published, "requires improvement")


def test_a_visit_carries_the_judgements_that_stand_and_none_of_its_own() -> None:
    history = [report_in(2020, overall_effectiveness="good"), report_in(2030, overall_effectiveness="inadequate")]
    read = {SHA_A: letter("focused_visit", judgements={})}
    event = reports.from_change(RecordChange("published", None, stored()), DEVON, read, history, AT)
    assert history_of(event) == [("2020-03-01", "good")]
    assert history_of(reports.from_change(RecordChange("published", None, stored()), DEVON, read, [], AT)) == []


def test_no_field_of_a_report_decides_who_is_told_of_it() -> None:
    taken = {"urns": ["80101"], "state": "quiet", "judgements": {"overall_effectiveness": "good"}}
    found = outward(payload.after(record("1", fields={"report_type": "inspection", **taken}), None))
    assert {name: found.get(name) for name in ("report_type", "fields", *taken)} == {
        "report_type": "inspection",
        "fields": taken,
        "urns": None,
        "state": None,
        "judgements": None,
    }
