"""Sites and pages that people name with words of ours are told as what they are, and as nothing else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.model import Event, Poll, Record
from monitor.model.event import Subject
from monitor.model.sources import title
from monitor.model.state import PolledTarget
from monitor.model.trouble import Trouble
from monitor.store import Store, sources
from monitor.watch.announce import Names
from monitor.watch.run import RunResult
from monitor.wording.describe import describe
from monitor.wording.source_health import headline
from monitor.wording.text import upper_first
from tests.making import NOON, outward
from tests.watch.looking import follow

NAMED = ["quarantine", "search", "quiet", "quiet:x", "News, Views", "", "ofsted", "listing_hides", "[]", "a|b"]
NAMES = Names("Press", lambda target: target, lambda _: Subject())
DAY = timedelta(days=1)


def look(store: Store, source: str, *outcomes: tuple[str, str], day: int) -> RunResult:
    at = (NOON + day * DAY).isoformat()
    crawl = [PolledTarget(Poll("r", source, t, at, at, outcome, complete=False, cursor="m"),  # type: ignore[arg-type]
                          (article(source, t),) if outcome == "ok" else ()) for t, outcome in outcomes]  # fmt: skip
    return follow(store, crawl, NOON + day * DAY, source=source, names=NAMES)


def article(source: str, target: str) -> Record:
    return Record(source, target, "article", "1", "https://x.example/1", "Bins", "2024-05-01", text="Bins.")


def alone(found: RunResult) -> Event:
    (event,) = found.events
    return event


@pytest.mark.parametrize("source", ["press", "page.x"])
@pytest.mark.parametrize("name", NAMED)
def test_a_site_of_any_name_breaks_and_mends_as_itself(store: Store, source: str, name: str) -> None:
    look(store, source, (name, "ok"), ("other", "ok"), ("third", "ok"), day=0)
    assert sources.cursors(store, source)[name] == "m"
    begun = alone(look(store, source, (name, "error"), ("other", "ok"), ("third", "ok"), day=3))
    assert (begun.kind, begun.severity, begun.title) == ("source.failing", "notice", f"{name} cannot be read")
    assert begun.after is not None
    assert (outward(begun.after)["target"], outward(begun.after)["targets"], outward(begun.after)["trouble"]) == (
        name,
        [name],
        "broken",
    )
    assert headline(begun) == f"{upper_first(name or title(begun.source))} cannot be read"
    assert "pages" not in describe(begun).headline
    (episode,) = sources.episodes(store, source)
    assert (episode.targets, episode.trouble) == ((name,), Trouble.BROKEN)
    ended = alone(look(store, source, (name, "ok"), ("other", "ok"), ("third", "ok"), day=4))
    assert (ended.kind, outward(ended.after)["episodes"]) == ("source.recovered", outward(begun.after)["episodes"])
    assert sources.episodes(store, source) == ()


def test_they_are_all_down_at_once_and_come_back_in_other_company(store: Store) -> None:
    sound = [(f"sound {n}", "ok") for n in range(12)]
    look(store, "press", *((n, "ok") for n in NAMED), *sound, day=0)
    begun = alone(look(store, "press", *((n, "error") for n in NAMED), *sound, day=3))
    assert outward(begun.after)["targets"] == sorted(NAMED)
    assert f"{len(NAMED)} pages cannot be read" in headline(begun)
    back = [look(store, "press", (name, "ok"), *sound, day=4 + n) for n, name in enumerate(NAMED)]
    ids = [i for found in back for i in outward(alone(found).after)["episodes"]]
    assert sorted(ids) == outward(begun.after)["episodes"]
    assert len(set(ids)) == len(NAMED)


def test_a_whole_source_that_is_down_is_no_site(store: Store) -> None:
    look(store, "press", *((n, "ok") for n in NAMED), day=0)
    begun = alone(look(store, "press", *((n, "error") for n in NAMED), day=3))
    assert (begun.severity, outward(begun.after)["targets"], outward(begun.after)["target"]) == ("important", [], None)
    (episode,) = sources.episodes(store, "press")
    assert episode.targets == ()
