"""The watched councils side by side: what their letters say, and how much of it there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitor.councils.registry import Council
from monitor.inspections.full import full_inspections
from monitor.model.sources import OFSTED
from monitor.store import Store, records
from monitor.views import council as council_view
from monitor.views.council import CouncilView
from monitor.wording.coverage import looked_at
from monitor.wording.text import count


@dataclass(frozen=True, slots=True)
class Sector:
    """All councils that are watched. `unread` letters of theirs have no words that could be read."""

    views: Sequence[CouncilView]
    unread: int

    def compared(self, did: str) -> str:
        """What an answer about full inspections rests on, in one line; `did` says what was done with them."""
        days = sorted(x.published for view in self.views for x in full_inspections(view.letters))
        councils = sum(bool(view.inspections) for view in self.views)
        first, last = (days[0], days[-1]) if days else (None, None)
        return looked_at(did, count(len(days), "full inspection"), councils, first, last, self.unread)


def sector(store: Store, councils: Iterable[Council]) -> Sector:
    """What is known of these councils, in their order."""
    wanted = list(councils)
    views = council_view.of_councils(store, wanted)
    return Sector(views, len(records.wordless(store, OFSTED, (c.ofsted_urn for c in wanted))))
