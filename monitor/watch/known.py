"""What the store knows, as one typed snapshot: all that a decision rests on is read at one moment."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.health.silence import MOST_DAYS
from monitor.model.reach import Depth, Reach, Shows
from monitor.model.state import Key, KnownTarget
from monitor.model.trouble import Episode, Quarantine, SourceState, Targets
from monitor.store import Store, job_runs, records, sources


@dataclass(frozen=True, slots=True)
class Run:
    """Which crawl it is. `expected`: the targets that it was to see; `asked`: documents asked for again, by target."""

    id: str
    source: str
    shows: Shows = Shows.EVERYTHING
    depth: Depth = Depth.NEW
    reach: Reach = Reach.CONFIGURED
    expected: Collection[str] = ()
    asked: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of a source, and of the targets that are decided on. `listed` is how many records the source
    lists. It is 0 for a source that shows only what is new: there the number would only grow with the years."""

    state: SourceState = field(default_factory=SourceState)
    targets: Mapping[str, KnownTarget] = field(default_factory=dict)
    holds: Mapping[Targets, Quarantine] = field(default_factory=dict)
    listed: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """What was known of a source as a whole when its crawl had ended. `seen`: when each target was last seen well;
    `first_seen`: when each was seen for the first time; `news`: the days (ISO) with something new, by target."""

    state: SourceState = field(default_factory=SourceState)
    holds: Mapping[Targets, Quarantine] = field(default_factory=dict)
    episodes: tuple[Episode, ...] = ()
    seen: Mapping[str, datetime] = field(default_factory=dict)
    first_seen: tuple[datetime, ...] = ()
    news: Mapping[str, Collection[str]] = field(default_factory=dict)


def load(
    store: Store,
    run: Run,
    targets: Iterable[str],
    opened: Iterable[str] | None = None,
    keys: Collection[Key] | None = None,
) -> Known:
    """What is known of these targets, and of the records of those that were `opened` (None: of all); with `keys`, only
    of these records."""
    wanted = list(dict.fromkeys(targets))
    with store.snapshot():
        return Known(
            sources.state(store, run.source),
            records.before(store, run.source, wanted, wanted if opened is None else opened, keys),
            sources.holds(store, run.source),
            records.count(store, run.source) if run.shows is Shows.EVERYTHING else 0,
        )


def load_standing(store: Store, run: Run) -> Standing:
    """What is known of the source as a whole."""
    with store.snapshot():
        return Standing(
            sources.state(store, run.source),
            sources.holds(store, run.source),
            sources.episodes(store, run.source),
            sources.last_seen(store, run.source),
            tuple(sources.first_seen(store, run.source)),
            _news(store, run),
        )


def _news(store: Store, run: Run) -> Mapping[str, Collection[str]]:
    """The days with something new, from which only a look at all of a source judges silence."""
    judged = run.depth is Depth.EVERYTHING and run.reach.whole
    return job_runs.days_of_news(store, run.source, MOST_DAYS) if judged else {}
