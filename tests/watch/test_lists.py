"""A watched list: changed words are told with how they stood; a list at new addresses is held, and nobody is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.coverage.pages import Reader
from monitor.model import Event, Kind, Poll, Record
from monitor.model.event import Subject
from monitor.model.state import PolledTarget
from monitor.store import Store, records, sources
from monitor.watch.announce import Names
from tests.making import NOON, outward
from tests.watch.looking import follow

BOARD = "page"
NAMES = Names("Watched pages", lambda target: target, lambda _: Subject())
READER = Reader(Registry.load(), BOARD, {"80461"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


class Looks:
    """Looks at one list, an hour after each other."""

    def __init__(self, store: Store) -> None:
        self.store, self.now = store, NOON

    def at(self, *entries: Record) -> list[Event]:
        self.now += timedelta(hours=1)
        at = self.now.isoformat()
        closed = PolledTarget(Poll(at, BOARD, "Board", at, at, "ok", complete=False, cursor=at), entries)
        return list(follow(self.store, (closed,), self.now, source=BOARD, pages=READER, names=NAMES).events)

    def news(self, *entries: Record) -> list[str]:
        """The titles of what is told of the page itself."""
        return [event.title for event in self.at(*entries) if event.kind == "page.changed"]


def entry(key: str, title: str, words: str | None = "Good", text: str = "x") -> Record:
    fields = {} if words is None else {"text": f"{title}\nOverall: {words}"}
    return Record(BOARD, "Board", Kind.ENTRY, key, f"https://a.uk/{key}", title, fields=fields, text=text)


GRADES = ("Good", "Inadequate", "Outstanding", "Requires improvement", "Good")


def test_each_entry_whose_words_change_is_told_with_how_they_stood(store: Store) -> None:
    looks = Looks(store)
    looks.at(*(entry(str(n), f"Report {n}", grade) for n, grade in enumerate(GRADES)))
    after = ("Inadequate", "Good", "Good", "Outstanding", "Outstanding")
    events = looks.at(*(entry(str(n), f"Report {n}", grade) for n, grade in enumerate(after)))
    told = {e.title: (outward(e.before)["text"], outward(e.after)["text"]) for e in events if e.before and e.after}
    assert told == {
        f"Report {n}": (f"Report {n}\nOverall: {was}", f"Report {n}\nOverall: {now}")
        for n, (was, now) in enumerate(zip(GRADES, after, strict=True))
    }
    assert looks.at(*(entry(str(n), f"Report {n}", grade) for n, grade in enumerate(after))) == []
    assert looks.news(entry("0", "Report 0", "Good")) == ["Report 0"]


def test_another_order_or_text_without_other_words_is_no_news(store: Store) -> None:
    looks = Looks(store)
    looks.at(entry("1", "June"), entry("2", "July"))
    assert looks.at(entry("2", "July", text="y"), entry("1", "June", text="z")) == []


def test_what_the_first_edition_kept_without_words_is_no_change(store: Store) -> None:
    looks = Looks(store)
    looks.at(entry("1", "June", None), entry("2", "July", None))
    assert looks.at(entry("1", "June"), entry("2", "July")) == []
    assert looks.news(entry("1", "June", "Inadequate"), entry("2", "July")) == ["June"]


def test_a_long_list_of_the_first_edition_is_not_held(store: Store) -> None:
    looks = Looks(store)
    looks.at(*(entry(str(n), f"Report {n}", None) for n in range(40)))
    assert looks.at(*(entry(str(n), f"Report {n}") for n in range(40))) == []


def at_place(place: str, *titles: str) -> list[Record]:
    return [entry(f"{place}/{title}", title) for title in titles]


def test_a_list_at_other_addresses_each_time_is_held_and_its_new_entry_is_told(store: Store) -> None:
    looks = Looks(store)
    looks.at(*at_place("a", "June", "July", "Plan"))
    assert [e.kind for e in looks.at(*at_place("b", "June", "July", "Plan"))] == ["source.quarantined"]
    for place in "cd":
        assert looks.at(*at_place(place, "June", "July", "Plan")) == []
    assert looks.news(*at_place("e", "June", "July", "Plan", "Monitoring visit")) == ["Monitoring visit"]
    assert looks.news(*at_place("f", "June", "July", "Plan", "Monitoring visit")) == []
    [(targets, held)] = sources.holds(store, BOARD).items()
    assert (targets, held.reason[:24]) == (("Board",), "4 entries appeared at on")


def test_a_list_that_moved_once_is_believed_after_two_more_looks_and_told_to_nobody(store: Store) -> None:
    looks = Looks(store)
    looks.at(*at_place("a", "June", "July"))
    kinds = [[e.kind for e in looks.at(*at_place("b", "June", "July"))] for _ in range(4)]
    assert kinds == [["source.quarantined"], [], ["source.recovered"], []]
    assert records.count(store, BOARD) == 4
    assert looks.news(*at_place("b", "June", "July", "August")) == ["August"]
    changed = [*at_place("b", "July", "August"), entry("b/June", "June", "Inadequate")]
    assert looks.news(*changed) == ["June"]


def test_what_a_person_releases_is_told(store: Store) -> None:
    looks = Looks(store)
    looks.at(*at_place("a", "June", "July"))
    assert looks.news(*at_place("b", "June", "July")) == []
    with store.transaction():
        sources.release(store, BOARD)
    assert set(looks.news(*at_place("b", "June", "July"))) == {"June", "July"}


def test_one_entry_at_a_new_address_is_news_for_its_document_may_be_another(store: Store) -> None:
    looks = Looks(store)
    looks.at(*at_place("a", "Latest letter"))
    assert looks.news(*at_place("b", "Latest letter")) == ["Latest letter"]
