"""How long a source may say nothing new before that is improbable: from its own history. Pure.

Silence is counted in working days on which something might have come: weekends, bank holidays, Christmas, the
weeks that follow the school holidays' pause in inspections, and the silence before elections do not count.
The limit is what the source has never reached, and would be reached by chance once in `YEARS` years, taking
the longest tenth of its gaps to fall off evenly (exponentially), as gaps between independent happenings do.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from monitor.model.days import day as stated
from monitor.model.english_dates import printed
from monitor.model.trouble import WHOLE, Targets
from monitor.times.workdays import is_silent, is_workday

YEARS = 20
"""A false alarm of a source is to be so rare."""
LEAST_GAPS = 40
"""With fewer gaps in its history nothing is expected of a source."""
MOST_DAYS = 500
"""So many days with something new are a target's history: two years of a busy newsroom, all of any council at Ofsted.
Older ones would only tell how it published then."""
LEAST_SPAN = timedelta(days=365)
"""A history that has not seen every season expects nothing."""
LEAST_DAYS = 10
"""Less than two weeks of silence are never remarked on."""
TAIL = 0.1
SINCE = date(2018, 3, 1)
"""The first ILACS reports; before, another framework set another pace."""
PAUSES = ((date(2020, 3, 17), date(2021, 4, 30)),)
"""Ofsted suspended routine inspections on 17 March 2020 and took them up step by step until spring 2021."""
LULLS = (((9, 5), (10, 15)), ((12, 23), (12, 31)), ((1, 1), (1, 8)))
"""Days of the year on which next to nothing comes. Reports follow a visit by five weeks or so; no visits are made
in the summer holidays, so that September's second half has three days of publication in eight years."""


@dataclass(frozen=True, slots=True)
class Silence:
    """How many working days without anything new there are now, what was the longest before, and the limit."""

    days: int
    longest: int
    limit: int
    since: date

    @property
    def improbable(self) -> bool:
        """Whether it has never been so long."""
        return self.days >= self.limit

    @property
    def reason(self) -> str:
        """The same in words."""
        return (
            f"nothing new for {self.days} working days, since {printed(self.since)}; "
            f"the longest silence before was {self.longest}"
        )


def silence(news: Iterable[date], today: date, elections: tuple[date, ...] = ()) -> Silence | None:
    """The silence that a source is in; None where its history is too short to expect anything."""
    days = sorted({day for day in news if SINCE <= day <= today})
    if len(days) <= LEAST_GAPS or days[-1] - days[0] < LEAST_SPAN:
        return None
    count = Counted(days[0], today, elections)
    gaps = [count.between(a, b) for a, b in pairwise(days)]
    years = (today - days[0]).days / 365.25
    return Silence(count.between(days[-1], today), max(gaps), limit(gaps, len(gaps) / years), days[-1])


def limit(gaps: Collection[int], a_year: float) -> int:
    """The length of a gap that is to be expected once in `YEARS`, and that was never reached."""
    ordered = sorted(gaps)
    start = ordered[int(len(ordered) * (1 - TAIL))]
    beyond = [gap - start for gap in ordered if gap > start] or [1]
    excess = sum(beyond) / len(beyond)
    rare = start + excess * math.log(max(1.0, TAIL * a_year * YEARS))
    return max(LEAST_DAYS, ordered[-1] + 1, math.ceil(rare))


def quiet(
    news: Mapping[str, Collection[str]], today: date, elections: tuple[date, ...] = ()
) -> tuple[dict[Targets, str], set[Targets]]:
    """Return the targets that are improbably silent, each with the reason in words, and all targets that could be
    judged. () is the source as a whole. `news` has ISO days by target."""
    read: dict[Targets, set[date]] = {(t,): set(filter(None, map(stated, days))) for t, days in news.items()}
    read[WHOLE] = set().union(*read.values()) if read else set()
    judged = {targets: found for targets, days in read.items() if (found := silence(days, today, elections))}
    return {targets: s.reason for targets, s in judged.items() if s.improbable}, set(judged)


class Counted:
    """Counts the days between two dates on which something new might have come, in one pass over the calendar."""

    def __init__(self, first: date, last: date, elections: tuple[date, ...] = ()) -> None:
        self._first, total = first, 0
        self._sums = [0]
        for number in range((last - first).days):
            total += expects(first + timedelta(days=number + 1), elections)
            self._sums.append(total)

    def between(self, start: date, end: date) -> int:
        """Days after `start` up to and with `end`."""
        return self._sums[(end - self._first).days] - self._sums[(start - self._first).days]


@lru_cache(maxsize=16_384)
def expects(day: date, elections: tuple[date, ...] = ()) -> bool:
    """Whether something new might come on a day."""
    if not is_workday(day) or any(first <= day <= last for first, last in PAUSES):
        return False
    if any(first <= (day.month, day.day) <= last for first, last in LULLS):
        return False
    return not is_silent(day, elections)
