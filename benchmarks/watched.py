"""Makes an installation that has watched some councils on the replica of the sites, to be looked at afterwards.

    python -m benchmarks.watched DATA --start 2024-06-27 --end 2024-08-02 --councils Halton Oldham "Telford and Wrekin"
    python -m benchmarks.watched DATA --start … --end … --fault 2024-07-22 500 /moderngov/halton 2024-07-26

DATA gets a `config.toml`, the councils' addresses and the data folder, as `benchmarks.real_days` and
`ofsted-watch --config DATA/config.toml preview …` read them. Every source is looked at each day, or every so many.
`--fault` is switched on at its first date and off at its second; the kinds are the replica's (`replace_pdf`,
`withdraw`, `500`, …), the match is searched in the address.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from monitor.store import Store
from soak import sources
from soak.replica import Replica
from soak.watched import SOURCES, configure


class Fault(NamedTuple):
    """What is wrong with the addresses that `match` finds, from one day until another."""

    begins: str
    kind: str
    match: str
    ends: str


class Troubled(Replica):
    """A replica on which faults begin and end with the date."""

    def __init__(self, today: str, faults: Sequence[Fault]) -> None:
        super().__init__(today)
        self._faults = faults

    def control(self, **order: Any) -> None:
        """As ever; a new date brings the faults of that day."""
        super().control(**order)
        if "today" in order:
            super().control(clear_faults=True)
            for fault in self._faults:
                if fault.begins <= order["today"] < fault.ends:
                    super().control(fault={"match": fault.match, "kind": fault.kind, "times": None})


def main(arguments: Sequence[str] | None = None) -> int:
    """Make it, and say what was told."""
    given = _given(arguments)
    given.data.mkdir(parents=True)
    faults = [Fault(*values) for values in given.fault]
    with Troubled(given.start.isoformat(), faults) as site:
        config = configure(given.data, site.address, *given.councils)
        with Store(config.data_dir) as store:
            told = Counter(event.kind for event in sources.steps(given, site, config, store, full=True))
    print(dict(told))
    return 0


def _given(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="a folder that does not exist yet")
    parser.add_argument("--start", type=date.fromisoformat, required=True)
    parser.add_argument("--end", type=date.fromisoformat, required=True)
    parser.add_argument("--councils", nargs="+", required=True)
    parser.add_argument("--fault", nargs=4, action="append", default=[], metavar=("FROM", "KIND", "MATCH", "UNTIL"))
    parser.add_argument("--days", type=int, default=1, help="days between two looks, of the press at most three")
    parser.set_defaults(sources=SOURCES, faults=False)
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
