"""Why two pieces belong to one story: rules that can be read, each worth some points, each with its words. Pure.

A page is held against a letter, or against another page while no letter is known. The sum decides: from `JOIN`
(or `ALIKE`) points on they are joined, and the words of the rules that counted are the reason that is kept.
What contradicts is no rule but a bar: another kind of inspection, a page that is older than the letter.

Windows of publication are those seen in practice: a council's news comes out with the letter or within three
days, the press takes up to ten, an agenda item three to nine weeks, and a committee's minutes come with its item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import product

from monitor.model import Voice
from monitor.stories.item import StoryItem
from monitor.stories.words import shared_words

JOIN = 30
"""Points from which a page is joined to a letter: alone, the days in which news of a letter comes out."""
ALIKE = 40
"""Points from which two pages are joined without a letter."""
MOST = 100
SURE = 100
GRADED = ("ilacs", "sif")
"""Full inspections of the same services. SIF ended when ILACS began, so a page that takes one for the other
still means the inspection of its days."""
NEAR = 3
"""Days by which two accounts of one visit may differ; two visits are never so close."""
LATER = 14
"""Days by which a letter's own date may differ from what a page says of it: it is dated, then published."""
RECALLED = 30
"""Days before a letter's visit from which on another visit is an earlier one that a page recalls."""
STALE = 60
"""Days after a letter's publication from which on news is rather about a later one."""
EARLY = 3
"""Days before a letter's publication on which a page may speak of it: councils have it before."""
Points = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Link:
    """Why a piece is in its story, in words, and how surely (of 100)."""

    reason: str
    score: int


OPENED = Link("opened the story", MOST)
SAME_DOCUMENT = Link("the same document as the letter", SURE)


def fits(page: StoryItem, letter: StoryItem) -> Link | None:
    """How a page fits one of Ofsted's letters; None where it cannot be about it."""
    if page.sha256 and page.sha256 == letter.sha256:
        return SAME_DOCUMENT
    if not kinds_agree(page.kind, letter.kind) or _too_early(page, letter):
        return None
    return _sum((*_kind(page, letter), *_dates(page, letter), *_window(page, letter), *shared_words(page, letter)))


def alike(one: StoryItem, other: StoryItem) -> Link | None:
    """How two pages are about one letter that is not known; None where they cannot be."""
    if one.sha256 and one.sha256 == other.sha256:
        return Link("the same document", SURE)
    if not kinds_agree(one.kind, other.kind):
        return None
    return _sum((*_kind(one, other), *_dates(one, other), *_together(one, other), *shared_words(one, other)))


def same_inspection(one: StoryItem, other: StoryItem) -> bool:
    """Whether two of Ofsted's publications are of one inspection: a re-issue under another id."""
    if one.sha256 and one.sha256 == other.sha256:
        return True
    return one.kind == other.kind and bool(one.visits) and one.visits == other.visits


def kinds_agree(one: str | None, other: str | None) -> bool:
    """Whether two kinds may be one: a page that says only "report" may mean any."""
    return one is None or other is None or one == other or (one in GRADED and other in GRADED)


def days_between(first: str | None, second: str | None) -> int | None:
    """Whole days from one ISO date to another, None where one is missing or no date."""
    start, end = _ordinal(first), _ordinal(second)
    return None if start is None or end is None else end - start


@lru_cache(maxsize=4096)
def _ordinal(day: str | None) -> int | None:
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def _sum(points: Iterable[Points]) -> Link:
    found = list(points)
    return Link("; ".join(words for _, words in found), max(0, min(MOST, sum(p for p, _ in found))))


def _too_early(page: StoryItem, letter: StoryItem) -> bool:
    """Before a letter is out only the visit itself can be spoken of."""
    before = days_between(page.meeting or page.published, letter.published)
    return before is not None and before > EARLY and visits_apart(page, letter) not in range(NEAR + 1)


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
    elif apart <= NEAR:
        yield 40, "days of the visit that nearly agree"
    elif other.letter and all((days_between(last, other.visits[0][0]) or 0) > RECALLED for _, last in one.visits):
        yield -10, "days of an earlier visit"
    else:
        yield -40, "other days of a visit"


def visits_apart(one: StoryItem, other: StoryItem) -> int | None:
    """Days between the nearest two visits that two pieces state, 0 where they overlap; None where one states none."""
    return min((days_apart(a, b) for a, b in product(one.visits, other.visits)), default=None)


def days_apart(one: tuple[str, str], other: tuple[str, str]) -> int:
    """Whole days between two visits, 0 where they overlap."""
    found = [days_between(one[1], other[0]), days_between(other[1], one[0])]
    return max(0, *(10_000 if days is None else days for days in found))


def _letter_days(one: StoryItem, other: StoryItem) -> Iterator[Points]:
    gaps = [days_between(a, b) for a, b in product(one.letters, other.letters)]
    apart = min((abs(g) for g in gaps if g is not None), default=None)
    if apart == 0:
        yield 50, "the letter's own date"
    elif apart is not None and apart <= LATER:
        yield 10, f"a letter of {apart} days' difference"
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
        yield from _in(days, "in the news", ((-1, 3, 30), (-EARLY, 10, 15)))
    else:
        yield from _in(days, "reported", ((-1, 10, 30), (-EARLY, 21, 15)))
    if days is not None and days > STALE:
        yield -50, f"{days} days after the letter"


def _in(days: int | None, what: str, windows: tuple[tuple[int, int, int], ...]) -> Iterator[Points]:
    """The points of the narrowest window that a number of days falls into."""
    for first, last, points in windows:
        if days is not None and first <= days <= last:
            yield points, f"{what} {_when(days)}"
            return


def _when(days: int) -> str:
    if days == 0:
        return "on the letter's day"
    count = f"{abs(days)} day" + ("s" if abs(days) > 1 else "")
    return f"{count} {'after' if days > 0 else 'before'} the letter"


def _notice(page: StoryItem, letter: StoryItem) -> Iterator[Points]:
    """The department's improvement notices follow an inspection that judged inadequate, within half a year."""
    days = days_between(letter.published, page.published)
    if letter.inadequate and days is not None and 0 <= days <= 183:
        yield 30, f"published {days} days after an inspection that judged inadequate"


def _together(one: StoryItem, other: StoryItem) -> Iterator[Points]:
    """Two pages that come out at one time, or a meeting some weeks after the news."""
    if one.of_committee or other.of_committee:
        days = days_between(one.published or one.meeting, other.published or other.meeting)
        if days is not None and abs(days) <= 140:
            yield 10, "within weeks of each other"
        return
    apart = days_between(one.published, other.published)
    if apart is not None and abs(apart) <= 10:
        yield 20, f"published {abs(apart)} days apart" if apart else "published on one day"
