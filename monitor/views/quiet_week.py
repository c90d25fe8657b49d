"""What is to be said of a week in which a channel was told nothing: what was looked at, and what stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from monitor.config.file import Config
from monitor.councils.registry import Council
from monitor.model import Event, Kind
from monitor.model.days import LONDON
from monitor.model.letter import Inspection
from monitor.model.payload_parts import About, Earlier, Unseen, Waited
from monitor.model.payloads import ReceiptPayload
from monitor.model.sources import OFSTED, title
from monitor.store import Store, stories
from monitor.stories.item import StoryItem
from monitor.views import council as council_views
from monitor.views import due as due_views
from monitor.views import status as status_views

MAX_COUNCILS = 3
"""A receipt for more councils gives neither each one's last report nor its wait."""
MAX_MEETINGS = 3


def quiet_week(
    store: Store,
    config: Config,
    found: dict[str, Any],
    councils: Sequence[Council],
    outside: Iterable[Event],
    began: datetime,
    until: datetime,
) -> ReceiptPayload:
    """The week that ended at `until` for a channel that is told of these councils. `found` is the status; `outside` is
    what happened in that week and its filters held back."""
    urns = {council.urn for council in councils}
    seen = _seen_at_ofsted(found, urns, began)
    held = [event for event in outside if event.urn is None or event.urn in urns]
    letters = sum(event.kind.startswith("report.") for event in held)
    few = councils if len(councils) <= MAX_COUNCILS else ()
    return ReceiptPayload(
        until=until.isoformat(),
        councils=tuple(c.name for c in councils),
        watched=len(config.registry),
        seen=None if seen is None else len(seen),
        seen_at=min(seen) if seen else None,
        letters_outside=letters,
        others_outside=len(held) - letters,
        unseen=tuple(_unseen(found, urns)),
        last=tuple(_last_reports(store, few)),
        waits=tuple(_waits(store, config, few, until)),
        meetings=tuple(_meetings(store, councils, until)),
    )


def _seen_at_ofsted(found: dict[str, Any], urns: Collection[str], since: datetime) -> list[str] | None:
    """When each of the councils seen at Ofsted since then was last seen; None where Ofsted is not watched."""
    ofsted = next((source for source in found["sources"] if source["source"] == OFSTED), None)
    if ofsted is None:
        return None
    times = [target["last_ok"] for target in ofsted["targets"] if target["target"] in urns and target["last_ok"]]
    return [time for time in times if datetime.fromisoformat(time) >= since]


def _unseen(found: dict[str, Any], urns: Collection[str]) -> Iterable[Unseen]:
    """The sources that could not be read, as a whole or on pages that these councils' news may be on."""
    for source in found["sources"]:
        near = [t for t in source["targets"] if t["council"] is None or t["target"] in urns]
        amiss = [part for part in (source, *near) if part["status"] not in status_views.WELL]
        if amiss and not (amiss == [source] and source["status"] == "degraded"):
            begun = [part["since"] for part in amiss if part["since"]]
            yield Unseen(source=title(source["source"]), since=min(begun, default=None))


def _last_reports(store: Store, councils: Sequence[Council]) -> Iterable[About]:
    for view in council_views.of_councils(store, councils):
        if view.letters:
            yield About(council=view.council.name, publication=_earlier(view.letters[-1]))


def _earlier(letter: Inspection) -> Earlier:
    return Earlier(what="letter", url=letter.url, published=letter.published, kind=letter.letter.kind)


def _waits(store: Store, config: Config, councils: Sequence[Council], until: datetime) -> Iterable[Waited]:
    """The waits of these councils; with their rank where every council is watched."""
    if not councils:
        return
    everyone = len(config.watched()) == len(config.registry)
    views = council_views.of_councils(store, config.watched() if everyone else councils)
    wanted = {council.urn for council in councils}
    for due in due_views.due(views, until.astimezone(LONDON).date()):
        wait = due.wait
        if wait.urn in wanted and wait.days is not None:
            rank, of = (wait.rank, wait.of) if everyone else (None, None)
            yield Waited(council=due.council.name, days=wait.days, rank=rank, of=of)


def _meetings(store: Store, councils: Sequence[Council], until: datetime) -> list[About]:
    """The next meetings that have an inspection on their agenda."""
    today = until.astimezone(LONDON).date().isoformat()
    found = [(item.meeting or "", council, item) for council in councils for item in _items(store, council, today)]
    found.sort(key=lambda one: (one[0], one[1].urn))
    first = {(day, council.urn, item.place): (council, item) for day, council, item in found}
    return [
        About(council=council.name, publication=Earlier(what=item.place, title=item.title, url=item.url, published=day))
        for (day, _, _), (council, item) in list(first.items())[:MAX_MEETINGS]
    ]


def _items(store: Store, council: Council, today: str) -> Iterable[StoryItem]:
    near = (datetime.fromisoformat(today) + timedelta(days=92)).date().isoformat()
    items = stories.of_council(store, council.urn).pieces
    return [item for item in items if item.record == Kind.ITEM and today <= (item.meeting or "") <= near]
