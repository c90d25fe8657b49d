"""What a pass over 153 councils costs, on a local site, and beside urlwatch 2.29 where that can be installed.

    python -m benchmarks.passes                    # about five minutes
    python -m benchmarks.passes --rounds 3 --no-peer

The baseline comes first, once. Then, in turns, so that a noisy machine disturbs all of them alike: the no-change pass
inside a process that stays up, as `run` makes it; the same as a one-off command; urlwatch's second pass over 150 of
the same pages; and our own passes over those pages as `[[sources.page]]`, inside and one-off. After them five changes
at a time; then the full sweep and a plain Scrapy spider over the same pages, in turns. It prints medians, and what
was asked for. CPU seconds are the machine's, so the ratios are what to compare.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping

from benchmarks.cost import Cost, machine, typical
from benchmarks.inside import scheduler
from benchmarks.peer import VERSION, Urlwatch
from benchmarks.place import Place, place
from benchmarks.site import ENTRIES

INSIDE, ONE_OFF, PEER = "no change, inside run", "no change, one-off", f"urlwatch {VERSION}"
PAGES_INSIDE, PAGES_ONE_OFF = "pages, inside run", "pages, one-off"
CHANGES, SWEEP, BARE, BASELINE = "five changes", "full sweep", "a plain Scrapy spider", "baseline"
PUBLISHED = 5
SWEEP_SECONDS = 1.6
SWEEP_SHARE = round(SWEEP_SECONDS / 1.28, 2)
"""The same goal without the machine: where it was set, a plain spider took 1.28 s."""


def main() -> None:
    """Measure and print."""
    args = _arguments()
    print(machine(), flush=True)
    for line in report(args.councils, args.entries, args.rounds, peer=not args.no_peer):
        print(line, flush=True)


def report(councils: int, entries: int, rounds: int, *, peer: bool) -> Iterator[str]:
    """The measurement, line by line as it goes."""
    with place(councils, entries) as here:
        yield f"{'':24}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'requests':>10}"
        yield line(BASELINE, here.crawl())
        watch, refused = _peer(here) if peer else (None, "not asked for")
        figures, memory = _quiet(here, watch, rounds)
        figures[CHANGES] = typical(_five_changes(here) for _ in range(rounds))
        figures |= in_turns({SWEEP: lambda: here.crawl("--full"), BARE: here.bare}, rounds)
        yield from (line(name, cost) for name, cost in figures.items())
        yield "inside run, resident: " + ", ".join(f"{who} {size:.0f} MB" for who, size in memory.items())
        if refused:
            yield f"urlwatch {VERSION} was not measured: {refused}"
        yield from verdicts(figures)


def _peer(here: Place) -> tuple[Urlwatch | None, str | None]:
    """urlwatch with its cache filled, or why there is none."""
    watch = Urlwatch(here)
    refused = watch.install()
    if refused:
        return None, refused
    watch.watch()
    return watch, None


def _quiet(here: Place, watch: Urlwatch | None, rounds: int) -> tuple[dict[str, Cost], dict[str, float]]:
    """The passes that find nothing."""
    with scheduler(here) as running, scheduler(here, "page") as pages:
        passes = {INSIDE: running.crawl, ONE_OFF: here.crawl} | ({PEER: watch.watch} if watch else {})
        passes |= {PAGES_INSIDE: pages.crawl, PAGES_ONE_OFF: here.crawl_pages}
        return in_turns(passes, rounds), running.memory


def in_turns(passes: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """Each pass once, then each again: A B A B."""
    found: dict[str, list[Cost]] = {name: [] for name in passes}
    for _ in range(rounds):
        for name, one_pass in passes.items():
            found[name].append(one_pass())
    return {name: typical(costs) for name, costs in found.items()}


def _five_changes(here: Place) -> Cost:
    here.site.publish(min(PUBLISHED, here.councils))
    return here.crawl()


def line(name: str, cost: Cost) -> str:
    """One row of the table."""
    peak = f"{cost.peak:.0f}" if cost.peak else "-"
    return f"{name:24}{cost.cpu:8.2f}{cost.wall:8.2f}{peak:>9}{cost.requests:>10}"


def verdicts(figures: dict[str, Cost]) -> Iterator[str]:
    """Each figure beside its goal."""
    peer, bare = figures.get(PEER), figures.get(BARE)
    if peer:
        yield goal("inside run / urlwatch", figures[INSIDE].cpu / peer.cpu, 1.0, "x")
        yield goal("one-off / urlwatch", figures[ONE_OFF].cpu / peer.cpu, 2.0, "x")
        yield goal("pages inside run / urlwatch", figures[PAGES_INSIDE].cpu / peer.cpu, 0.5, "x")
        yield goal("pages one-off / urlwatch", figures[PAGES_ONE_OFF].cpu / peer.cpu, 1.5, "x")
        yield f"full sweep / urlwatch: {figures[SWEEP].cpu / peer.cpu:.2f} x"
    if bare:
        yield goal("full sweep / plain spider", figures[SWEEP].cpu / bare.cpu, SWEEP_SHARE, "x")
    yield goal("full sweep", figures[SWEEP].cpu, SWEEP_SECONDS, "CPU s")
    yield goal("one-off, peak", figures[ONE_OFF].peak, 110, "MB")
    yield goal("no-change pass", max(figures[INSIDE].requests, figures[ONE_OFF].requests), 3, "requests")


def goal(name: str, value: float, most: float, unit: str) -> str:
    """A figure with what it may be at most, and whether it is."""
    return f"{name}: {value:.3g} {unit} (goal: at most {most:g}) {'met' if value <= most else 'MISSED'}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="What a pass costs.")
    parser.add_argument("--councils", type=int, default=153)
    parser.add_argument("--entries", type=int, default=ENTRIES, help="reports of each council, at most ten")
    parser.add_argument("--rounds", type=int, default=7, help="times that each pass is measured")
    parser.add_argument("--no-peer", action="store_true", help="without urlwatch, which has to be installed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
