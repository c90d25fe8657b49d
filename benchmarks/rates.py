"""How long Ofsted may be silent, and what the rule would have said since 2018.

    python -m benchmarks.rates                  over the corpus' labels
    python -m benchmarks.rates --data DIR       over the reports in a data folder of your own

Prints the gaps between days of publication in working days, the limit, and, walked forward day by day from the first
year on, every day on which the rule would have called the source quiet with what was known then. Then the same with
publication cut off on each first of a month, to tell after how many days a true silence is noticed.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from monitor.health.silence import MOST_DAYS, SINCE, Counted, silence
from monitor.store import Store, job_runs
from soak.corpus import gold


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path)
    given = parser.parse_args()
    days = stored(given.data) if given.data else corpus()
    gaps = gaps_of(days)
    print(f"{len(days)} days with something new, {days[0]} to {days[-1]}")
    print("longest gaps, in working days that count: " + ", ".join(f"{n} ({a} to {b})" for n, a, b in gaps[-8:][::-1]))
    for share in (0.5, 0.9, 0.99, 0.999):
        print(f"{share:.1%} of the gaps are at most {gaps[min(len(gaps) - 1, int(share * len(gaps)))][0]}")
    last = silence(days, days[-1])
    print(f"limit now: {last.limit if last else 'none'}")
    alarms = false_alarms(days)
    print(f"walked forward: {len(alarms)} false alarms: " + ", ".join(f"{day} ({n} days)" for day, n in alarms))
    noticed = sorted(delays(days))
    print(
        f"cut off on the first of each month: noticed after {noticed[len(noticed) // 2]} days (median), "
        f"{noticed[-1]} at most, over {len(noticed)} cuts"
    )


def corpus() -> list[date]:
    """Days of publication since ILACS, of the labels."""
    found = {date.fromisoformat(row["published"]) for row in gold() if row["published"]}
    return sorted(day for day in found if day >= SINCE)


def stored(folder: Path) -> list[date]:
    """Days of publication since ILACS, of a data folder."""
    with Store(folder) as store:
        news = job_runs.days_of_news(store, "ofsted", MOST_DAYS)
    found = {date.fromisoformat(day) for days in news.values() for day in days}
    return sorted(day for day in found if day >= SINCE)


def gaps_of(days: list[date]) -> list[tuple[int, date, date]]:
    """Each gap with its ends, the shortest first."""
    count = Counted(days[0], days[-1])
    return sorted((count.between(a, b), a, b) for a, b in pairwise(days))


def false_alarms(days: list[date]) -> list[tuple[date, int]]:
    """The first day of each spell that would have been called quiet although publication went on."""
    found, open_now = [], False
    for day in (days[0] + timedelta(days=n) for n in range((days[-1] - days[0]).days + 1)):
        now = silence([d for d in days if d <= day], day)
        improbable = now is not None and now.improbable
        if improbable and now and not open_now:
            found.append((day, now.days))
        open_now = improbable
    return found


def delays(days: list[date]) -> list[int]:
    """After how many calendar days a cut on the first of a month is noticed, from the third year on."""
    found, cut = [], date(days[0].year + 2, 1, 1)
    while cut < days[-1]:
        before = [d for d in days if d < cut]
        found.append(next(n for n in range(1000) if (s := silence(before, cut + timedelta(days=n))) and s.improbable))
        cut = (cut + timedelta(days=32)).replace(day=1)
    return found


if __name__ == "__main__":
    main()
