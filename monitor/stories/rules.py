"""The rules that decide whether two publications belong to one story. Each rule gives points and a reason in words.
Pure.

A page is compared with a letter, or with another page while no letter is known. If the points add up to
`MIN_POINTS_FOR_LETTER` (or `MIN_POINTS_WITHOUT_LETTER`), the two are joined, and the reasons of the rules that counted
are kept. A contradiction gives no points but bars the link: another kind of inspection, or a page that is older than
the letter.

The periods come from practice: a council's news appears with the letter or within three days, the press takes up to ten
days, an agenda item three to nine weeks, and a committee's minutes come with its item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

from monitor.model import Voice
from monitor.model.letter import GRADED_KINDS
from monitor.stories.item import StoryItem
from monitor.stories.words import shared_words

MIN_POINTS_FOR_LETTER = 30
"""A page needs so many points to join a letter. Appearing in the days of a letter's first news is enough."""
MIN_POINTS_WITHOUT_LETTER = 40
"""Two pages need so many points to join while no letter is known."""
MAX_SCORE = 100
CERTAIN_SCORE = 100
SAME_VISIT_DAYS = 3
"""Two accounts of one visit differ by at most so many days; two visits are never so close."""
MAX_DAYS_TO_LETTER_DATE = 14
"""A letter's date and the one that a page gives differ by at most so many days: it is dated, then published."""
MIN_DAYS_TO_EARLIER_VISIT = 30
"""A visit so many days before the letter's visit is an earlier one, which the page only recalls."""
MAX_DAYS_OF_NEWS = 60
"""So many days after a letter's publication, news is more likely about a later letter."""
MAX_DAYS_BETWEEN_PAGES = 10
"""Two pages about one letter appear within so many days."""
MAX_DAYS_TO_MEETING = 140
"""A committee discusses news within so many days."""
MAX_DAYS_BEFORE_LETTER = 3
"""A page may speak of a letter so many days before its publication, because councils get it earlier."""
LONGEST_PERIOD = 183
"""No rule gives points for coming out later than so many days after a letter: the department's improvement notices
follow an inspection within half a year."""
Points = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Link:
    """Why a publication is in its story: the reason in words, and a score of at most 100."""

    reason: str
    score: int


OPENED = Link("opened the story", MAX_SCORE)
SAME_DOCUMENT = Link("the same document as the letter", CERTAIN_SCORE)


def fits(page: StoryItem, letter: StoryItem) -> Link | None:
    """How a page fits one of Ofsted's letters; None where it cannot be about it."""
    if _same_document(page, letter):
        return SAME_DOCUMENT
    if not can_fit(page, letter):
        return None
    return _sum((*_kind(page, letter), *_dates(page, letter), *_window(page, letter), *shared_words(page, letter)))


def can_fit(page: StoryItem, letter: StoryItem) -> bool:
    """Whether nothing bars a page from a letter."""
    possible = kinds_agree(page.kind, letter.kind) and not _too_early(page, letter)
    return possible or _same_document(page, letter)


def _same_document(one: StoryItem, other: StoryItem) -> bool:
    return bool(one.sha256) and one.sha256 == other.sha256


def alike(one: StoryItem, other: StoryItem) -> Link | None:
    """How two pages are about one letter that is not known; None where they cannot be."""
    if _same_document(one, other):
        return Link("the same document", CERTAIN_SCORE)
    if not kinds_agree(one.kind, other.kind):
        return None
    return _sum((*_kind(one, other), *_dates(one, other), *_together(one, other), *shared_words(one, other)))


def kinds_agree(one: str | None, other: str | None) -> bool:
    """Return True if two kinds may be the same. A page that only says "report" may mean any kind."""
    return one is None or other is None or one == other or (one in GRADED_KINDS and other in GRADED_KINDS)


def days_between(first: str | None, second: str | None) -> int | None:
    """Whole days from one ISO date to another, None where one is missing or no date."""
    start, end = ordinal(first), ordinal(second)
    return None if start is None or end is None else end - start


@lru_cache(maxsize=4096)
def ordinal(day: str | None) -> int | None:
    """The number of an ISO date's day; None for what is missing or no date."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def _sum(points: Iterable[Points]) -> Link:
    found = list(points)
    return Link("; ".join(words for _, words in found), max(0, min(MAX_SCORE, sum(p for p, _ in found))))


def _too_early(page: StoryItem, letter: StoryItem) -> bool:
    """True if the page came out before the letter and does not speak of the visit itself."""
    before = days_between(page.meeting or page.published, letter.published)
    return (
        before is not None
        and before > MAX_DAYS_BEFORE_LETTER
        and visits_apart(page, letter) not in range(SAME_VISIT_DAYS + 1)
    )


def _kind(one: StoryItem, other: StoryItem) -> Iterator[Points]:
    if one.kind and other.kind:
        yield 20, f"the same kind ({one.kind.replace('_', ' ')})"


def _dates(one: StoryItem, other: StoryItem) -> Iterator[Points]:
    yield from _visits(one, other)
    yield from _letter_days(one, other)


def _visits(one: StoryItem, other: StoryItem) -> Iterator[Points]:
    apart = visits_apart(one, other)
    if apart is None:
        return
    if set(one.visits) & set(other.visits):
        yield 60, "the same days of the visit"
    elif apart <= SAME_VISIT_DAYS:
        yield 40, "days of the visit that nearly agree"
    elif other.letter and all(
        (days_between(last, other.visits[0][0]) or 0) > MIN_DAYS_TO_EARLIER_VISIT for _, last in one.visits
    ):
        yield -10, "days of an earlier visit"
    else:
        yield -40, "other days of a visit"


def visits_apart(one: StoryItem, other: StoryItem) -> int | None:
    """The days between the nearest visits of two publications, 0 if they overlap, None if one states no visit."""
    return min((days_apart(a, b) for a, b in product(one.visits, other.visits)), default=None)


def days_apart(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Return the days between two visits, 0 if they overlap."""
    found = [days_between(one[1], other[0]), days_between(other[1], one[0])]
    return max(0, *(10_000 if days is None else days for days in found))


def _letter_days(one: StoryItem, other: StoryItem) -> Iterator[Points]:
    gaps = [days_between(a, b) for a, b in product(one.letters, other.letters)]
    apart = min((abs(g) for g in gaps if g is not None), default=None)
    if apart == 0:
        yield 50, "the letter's own date"
    elif apart is not None and apart <= MAX_DAYS_TO_LETTER_DATE:
        yield 10, f"a letter {_days(apart)} apart"
    elif apart is not None:
        yield -40, "a letter of another date"


def _window(page: StoryItem, letter: StoryItem) -> Iterator[Points]:
    if page.of_committee:
        yield from _in(days_between(letter.published, page.meeting), "on the agenda", ((21, 63, 20), (7, 140, 10)))
    elif page.voice is Voice.GOVUK:
        yield from _notice(page, letter)
    else:
        yield from _news(page, days_between(letter.published, page.published))


def _news(page: StoryItem, days: int | None) -> Iterator[Points]:
    if page.voice is Voice.NEWS:
        yield from _in(days, "in the news", ((-1, 3, 30), (-MAX_DAYS_BEFORE_LETTER, 10, 15)))
    else:
        yield from _in(days, "reported", ((-1, 10, 30), (-MAX_DAYS_BEFORE_LETTER, 21, 15)))
    if days is not None and days > MAX_DAYS_OF_NEWS:
        yield -50, f"{_days(days)} after the letter"


def _in(days: int | None, what: str, windows: tuple[tuple[int, int, int], ...]) -> Iterator[Points]:
    """The points of the narrowest period that contains this number of days."""
    for first, last, points in windows:
        if days is not None and first <= days <= last:
            yield points, f"{what} {_when(days)}"
            return


def _when(days: int) -> str:
    if days == 0:
        return "on the letter's day"
    return f"{_days(abs(days))} {'after' if days > 0 else 'before'} the letter"


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _notice(page: StoryItem, letter: StoryItem) -> Iterator[Points]:
    """Points for the department's improvement notices, within half a year after the judgement inadequate."""
    days = days_between(letter.published, page.published)
    if letter.inadequate and days is not None and 0 <= days <= LONGEST_PERIOD:
        yield 30, f"published {_days(days)} after an inspection that judged inadequate"


def _together(one: StoryItem, other: StoryItem) -> Iterator[Points]:
    """Two pages that come out at one time, or a meeting some weeks after the news."""
    if one.of_committee or other.of_committee:
        days = days_between(one.published or one.meeting, other.published or other.meeting)
        if days is not None and abs(days) <= MAX_DAYS_TO_MEETING:
            yield 10, "within weeks of each other"
        return
    apart = days_between(one.published, other.published)
    if apart is not None and abs(apart) <= MAX_DAYS_BETWEEN_PAGES:
        yield 20, f"published {_days(abs(apart))} apart" if apart else "published on one day"
