"""How long each council has waited for its next full inspection. The rules are in `inspections.waits`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from monitor.councils.registry import Council
from monitor.inspections import notices, waits
from monitor.inspections.waits import Wait
from monitor.model import Voice
from monitor.model.letter import Inspection
from monitor.stories.item import StoryItem
from monitor.views.council import CouncilView


@dataclass(frozen=True, slots=True)
class Due:
    """A council and its wait. `notices` are the department's notices and directions in its open story, oldest first."""

    council: Council
    wait: Wait
    notices: tuple[StoryItem, ...] = ()

    @property
    def inadequate(self) -> bool:
        """Whether the last full inspection judged it inadequate, or a notice or direction holds since."""
        holds = bool(self.notices) and not notices.ended(self.notices[-1].title)
        return self.wait.after_inadequate is not None or holds


def due(views: Iterable[CouncilView], on: date) -> list[Due]:
    """The waits of these councils on a day, the longest first. Ranks and what is usual are among these councils, so ask
    for all of them and choose afterwards."""
    seen = {view.council.ofsted_urn: view for view in views}
    found = waits.waits({urn: view.letters for urn, view in seen.items()}, on)
    return [Due(seen[wait.urn].council, wait, _notices(seen[wait.urn], on)) for wait in found]


def _notices(view: CouncilView, on: date) -> tuple[StoryItem, ...]:
    pieces = [member.piece for member in view.story.members] if view.story else []
    found = (p for p in pieces if p.voice is Voice.GOVUK and notices.steps_in(p.title) and p.day <= on.isoformat())
    return tuple(sorted(found, key=lambda p: p.order))


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
        "notices": [{"title": n.title, "published": n.published, "url": n.url} for n in found.notices],
        "rule": {
            "text": waits.GUIDANCE,
            "source": waits.GUIDANCE_SOURCE,
            "three_years": wait.three_years.isoformat() if wait.three_years else None,
        },
    }


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
