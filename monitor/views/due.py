"""How long each council has waited for its next full inspection. The rules are in `inspections.waits`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from monitor.councils.registry import Council
from monitor.inspections import waits
from monitor.inspections.full import full_inspections
from monitor.inspections.notices import Notice
from monitor.inspections.waits import Wait
from monitor.model.letter import Inspection
from monitor.views.council import CouncilView


@dataclass(frozen=True, slots=True)
class Due:
    """A council and its wait. `notices` are the department's improvement notices and directions since the last full
    inspection that found nothing inadequate, oldest first."""

    council: Council
    wait: Wait
    notices: tuple[Notice, ...] = ()

    @property
    def inadequate(self) -> bool:
        """Whether the last full inspection judged it inadequate, or a notice or direction holds since."""
        return self.wait.after_inadequate is not None or any(map(self.holds, self.notices[-1:]))

    def holds(self, notice: Notice) -> bool:
        """Whether a notice holds on the day of the wait."""
        return notice.holds(self.wait.on.isoformat())


def due(views: Iterable[CouncilView], on: date) -> list[Due]:
    """The waits of these councils on a day, the longest first. Ranks and what is usual are among these councils, so ask
    for all of them and choose afterwards."""
    seen = {view.council.ofsted_urn: view for view in views}
    found = waits.waits({urn: view.letters for urn, view in seen.items()}, on)
    return [Due(seen[wait.urn].council, wait, _notices(seen[wait.urn], on)) for wait in found]


def _notices(view: CouncilView, on: date) -> tuple[Notice, ...]:
    """Those by a day that no later full inspection has answered, by finding nothing inadequate."""
    until = on.isoformat()
    well = [x.published for x in full_inspections(view.letters, until) if not waits.inadequate(x.letter)]
    since = max(well, default="")
    return tuple(n for n in view.notices if since <= n.published <= until)


def as_json(found: Due) -> dict[str, Any]:
    """One line of `due --json`."""
    wait = found.wait
    return {
        "council": found.council.name,
        "urn": wait.urn,
        "on": wait.on.isoformat(),
        "last_full": _full(wait.last_full) if wait.last_full else None,
        "days_waited": wait.days,
        "rank": wait.rank,
        "of": wait.of,
        "days_since_any": wait.days_since_any,
        "after_inadequate": _monitoring(wait.after_inadequate),
        "usual": asdict(wait.usual),
        "since": [_visit(x) for x in wait.since],
        "notices": [_notice(found, n) for n in found.notices],
        "rule": {
            "text": waits.GUIDANCE,
            "source": waits.GUIDANCE_SOURCE,
            "three_years": wait.three_years.isoformat() if wait.three_years else None,
        },
    }


def _notice(found: Due, notice: Notice) -> dict[str, Any]:
    return {"title": notice.title, "published": notice.published, "url": notice.url, "holds": found.holds(notice)}


def _full(report: Inspection) -> dict[str, Any]:
    return {
        "start": report.letter.inspection_start,
        "published": report.published,
        "url": report.url,
        "judgements": dict(report.letter.judgements),
    }


def _visit(visit: Inspection) -> dict[str, Any]:
    letter = visit.letter
    return {"kind": letter.kind, "start": letter.inspection_start, "published": visit.published, "url": visit.url}


def _monitoring(found: waits.Monitoring | None) -> dict[str, Any] | None:
    if found is None:
        return None
    last = found.visits[-1].letter.inspection_start if found.visits else None
    return {"monitoring_visits": len(found.visits), "last_visit": last, "because": found.because}
