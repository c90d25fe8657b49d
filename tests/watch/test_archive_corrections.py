"""What is new on the page and no news: files with new numbers, old reports, two files in turn."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model import Event, Letter, Quote, Record
from monitor.store import Store
from tests.making import closed, document, gone, letter, outward, record
from tests.watch.looking import Watched

SHAS = [f"{n:064x}" for n in range(1, 9)]
GOOD, BAD = {"in_care": "good"}, {"in_care": "inadequate"}


def read(sha256: str, judged: dict[str, str] = BAD, **more: object) -> Letter:
    given = {"inspection_end": "2024-04-19", "summary": [Quote("Weak.", 1)], **more}
    return letter(sha256=sha256, judgements=judged, **given)  # type: ignore[arg-type]


def shelf(store: Store, *letters: Letter) -> Watched:
    return Watched(store, **{f"n{n}": x for n, x in enumerate(letters)})


def listed(key: str, sha256: str, published: str = "2024-05-15") -> Record:
    return record(key, "1", published=published, document=document(sha256))


def events(watched: Watched, *records: Record) -> list[Event]:
    return list(watched.crawl(closed("1", *records)).events)


def told(found: list[Event]) -> list[tuple[str, str, str]]:
    return [(e.kind, e.severity, str(outward(e.after).get("archive", {}).get("why"))) for e in found]


def test_files_that_get_new_numbers_are_no_news_and_are_said_once(store: Store) -> None:
    watched = shelf(store, *(read(sha) for sha in SHAS[:4]))
    assert events(watched, *(listed(str(n), sha) for n, sha in enumerate(SHAS[:4]))) == []
    moved = [listed(str(n + 50), sha) for n, sha in enumerate(SHAS[:4])]
    found = events(watched, *moved)
    assert told(found) == [("report.published", "info", "same document")] * 4
    assert [(e.changes, e.summary, e.before) for e in found] == [((), (), None)] * 4
    assert [outward(e.after)["archive"]["known_as"] for e in found] == ["0", "1", "2", "3"]
    assert events(watched, *moved) == []


def test_a_stamp_in_the_file_makes_no_report_new(store: Store) -> None:
    watched = shelf(store, read(SHAS[0]), read(SHAS[1]))
    events(watched, listed("1", SHAS[0]))
    assert told(events(watched, listed("9", SHAS[1]))) == [("report.published", "info", "same document")]


def test_what_reads_otherwise_under_a_new_number_is_news(store: Store) -> None:
    watched = shelf(store, read(SHAS[0], GOOD), read(SHAS[1], inspection_end="2024-05-10"))
    events(watched, listed("1", SHAS[0]))
    assert told(events(watched, listed("1", SHAS[0]), listed("9", SHAS[1]))) == [
        ("report.published", "critical", "None")
    ]


def test_two_documents_that_could_not_be_read_are_not_the_same(store: Store) -> None:
    watched = shelf(store, Letter("unknown", SHAS[0], 0), Letter("unknown", SHAS[1], 0))
    events(watched, listed("1", SHAS[0]))
    assert told(events(watched, listed("9", SHAS[1]))) == [("report.published", "notice", "None")]


def test_one_document_under_two_new_numbers_is_told_once(store: Store) -> None:
    watched = shelf(store, read(SHAS[0], GOOD), read(SHAS[1]))
    events(watched, listed("1", SHAS[0]))
    found = events(watched, listed("1", SHAS[0]), listed("8", SHAS[1]), listed("9", SHAS[1]))
    assert told(found) == [("report.published", "critical", "None"), ("report.published", "info", "same document")]


def test_an_earlier_version_under_a_new_number_is_no_news(store: Store) -> None:
    watched = shelf(store, read(SHAS[0], GOOD), read(SHAS[1]))
    events(watched, listed("1", SHAS[0]))
    assert [e.kind for e in events(watched, listed("1", SHAS[1]))] == ["report.replaced"]
    assert told(events(watched, listed("1", SHAS[1]), listed("9", SHAS[0]))) == [
        ("report.published", "info", "same document")
    ]


@pytest.mark.parametrize(
    ("page", "own", "severity"),
    [
        ("2016-01-26", {"inspection_end": "2015-12-01"}, "info"),
        ("2024-05-14", {"inspection_end": "2015-12-01"}, "info"),  # put up again, with a new day on the page
        ("2014-05-14", {"inspection_end": "2024-04-19"}, "critical"),  # a year that was mistyped on the page
        ("2024-05-14", {"inspection_end": None, "letter_date": "2015-12-01"}, "info"),
        ("2016-01-26", {"inspection_end": None}, "info"),
        (None, {"inspection_end": None}, "critical"),
        ("0001-01-01", {"inspection_end": None}, "critical"),
    ],
)
def test_a_report_that_is_years_old_by_its_own_date_completes_the_archive(
    store: Store, page: str | None, own: dict[str, str | None], severity: str
) -> None:
    watched = shelf(store, read(SHAS[0], GOOD), read(SHAS[1], **own))
    events(watched, listed("1", SHAS[0]))
    (event,) = events(watched, listed("1", SHAS[0]), replace(listed("9", SHAS[1]), published=page))
    assert (event.kind, event.severity) == ("report.published", severity)


def test_a_document_that_comes_late_and_is_an_old_one_is_no_news(store: Store) -> None:
    watched = shelf(store, read(SHAS[0]))
    events(watched, listed("1", SHAS[0]))
    waits = replace(record("9", "1"), document=None, document_error=gone())
    for _ in range(2):
        events(watched, listed("1", SHAS[0]), waits)
    assert told(events(watched, listed("1", SHAS[0]), listed("9", SHAS[0]))) == [
        ("report.replaced", "info", "same document"),
        ("source.recovered", "notice", "None"),
    ]


@pytest.mark.parametrize("baseline", [True, False])
def test_a_source_that_shows_two_documents_in_turn_is_told_once(store: Store, baseline: bool) -> None:
    watched = shelf(store, read(SHAS[0], GOOD), read(SHAS[1]), read(SHAS[2], inspection_end="2023-02-01"))
    events(watched, *([listed("1", SHAS[0])] if baseline else []), listed("0", SHAS[2]))
    kinds = [
        e.kind
        for sha in (SHAS[0], SHAS[1], SHAS[0], SHAS[1], SHAS[0], SHAS[1])
        for e in events(watched, listed("1", sha), listed("0", SHAS[2]))
    ]
    assert kinds == ([] if baseline else ["report.published"]) + ["report.replaced"]


def test_a_third_version_is_told_after_two_in_turn(store: Store) -> None:
    watched = shelf(store, read(SHAS[0], GOOD), read(SHAS[1]), read(SHAS[2], {"in_care": "outstanding"}))
    found = [e for sha in (*SHAS[:2], *SHAS[:3]) for e in events(watched, listed("1", sha))]
    assert [[c.after for c in e.changes] for e in found] == [["inadequate"], ["outstanding"]]


def test_a_document_that_is_stamped_at_each_download_is_not_replaced(store: Store) -> None:
    watched = shelf(store, *(read(sha) for sha in SHAS))
    assert [e for sha in SHAS for e in events(watched, listed("1", sha))] == []


def test_a_document_that_has_no_words_to_compare_is_told(store: Store) -> None:
    watched = shelf(store, read(SHAS[0], {}), read(SHAS[1], {}))
    events(watched, listed("1", SHAS[0]))
    (event,) = events(watched, listed("1", SHAS[1]))
    assert event.kind == "report.replaced"
    assert "differing" not in outward(event.after)
