"""What the store knows of a council, arranged for a reader. No judgement is made here: see judgements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from monitor.councils.registry import Council
from monitor.inspections import judgements, recommendations
from monitor.inspections.notices import Notice, notices, said
from monitor.model import Kind, Letter, to_json
from monitor.model.letter import Inspection
from monitor.model.sources import OFSTED
from monitor.store import Store, outbox, records, stories
from monitor.stories import view as story_view
from monitor.stories.arranging import Story

VISITS = 5
"""How many of the latest visits and other letters a council's page shows."""


@dataclass(frozen=True)
class CouncilView:
    """A council's inspections, oldest first, its other letters, the story that is open, and the department's notices
    and directions, oldest first."""

    council: Council
    inspections: tuple[Inspection, ...]
    others: tuple[Inspection, ...]
    story: Story | None = None
    notices: tuple[Notice, ...] = ()

    @cached_property
    def asked(self) -> dict[str, list[recommendations.Entry]]:
        """What was asked since the last full inspection, beside what was asked before, by domain."""
        return {
            domain: recommendations.of_council(self.letters, domain)
            for domain in dict.fromkeys(recommendations.DOMAINS.values())
        }

    @cached_property
    def letters(self) -> tuple[Inspection, ...]:
        """All of them, oldest first."""
        return tuple(sorted([*self.inspections, *self.others], key=lambda x: (x.published, x.key)))

    @property
    def latest(self) -> Inspection | None:
        """The inspection whose judgements stand."""
        return self.inspections[-1] if self.inspections else None


def of_council(store: Store, council: Council) -> CouncilView:
    """A council's letters as they were read."""
    return of_councils(store, [council])[0]


def of_councils(store: Store, councils: Iterable[Council]) -> list[CouncilView]:
    """The letters of many councils, in the order of these."""
    wanted = list(councils)
    urns = [c.ofsted_urn for c in wanted]
    found, stepped_in = records.all_inspections(store, OFSTED, urns), _notices(store, urns)
    return [_view(store, c, found.get(c.ofsted_urn, []), stepped_in.get(c.ofsted_urn, ())) for c in wanted]


def _view(store: Store, council: Council, found: Iterable[Inspection], stepped_in: tuple[Notice, ...]) -> CouncilView:
    mine = tuple(found)
    graded, others = (tuple(x for x in mine if x.graded is wanted) for wanted in (True, False))
    return CouncilView(council, graded, others, stories.latest(store, council.ofsted_urn), stepped_in)


def _notices(store: Store, urns: Iterable[str]) -> dict[str, tuple[Notice, ...]]:
    """The department's notices and directions to each of these councils, whichever story they are in."""
    keys = stories.keys_of(store, Kind.PUBLICATION, urns)
    sources = {source for mine in keys.values() for source, _ in mine}
    known = [stored.record for source in sources for stored in records.records(store, source)]
    everything = said(known, outbox.events(store, kind="govuk.*") if known else [])
    return {urn: notices([r for r in known if (r.source, r.key) in mine], everything) for urn, mine in keys.items()}


def as_json(view: CouncilView) -> dict[str, Any]:
    """`council NAME --json`: judgements now, their history with what moved, and the last other letters."""
    latest = view.latest
    return {
        "council": view.council.name,
        "urn": view.council.ofsted_urn,
        "judgements": dict(latest.letter.judgements) if latest else {},
        "inspected": latest.letter.inspection_end if latest else None,
        "published": latest.published if latest else None,
        "url": latest.url if latest else None,
        "history": [_inspection(x, view.inspections) for x in view.inspections],
        "visits": [_other(x) for x in view.others[-VISITS:]],
        "asked": {
            domain: [recommendations.as_json(e) for e in entries] for domain, entries in view.asked.items() if entries
        },
        "story": story_view.as_json(view.story) if view.story else None,
    }


def _inspection(inspection: Inspection, history: Iterable[Inspection]) -> dict[str, Any]:
    earlier = judgements.previous(inspection, history)
    moved = judgements.changes(earlier.letter if earlier else None, inspection.letter)
    return _other(inspection) | {
        "judgements": dict(inspection.letter.judgements),
        "lead_inspector": inspection.letter.lead_inspector,
        "changes": [to_json(c) for c in moved],
    }


def _other(inspection: Inspection) -> dict[str, Any]:
    letter: Letter = inspection.letter
    return {
        "kind": letter.kind,
        "variant": letter.variant,
        "published": inspection.published,
        "inspection_start": letter.inspection_start,
        "inspection_end": letter.inspection_end,
        "url": inspection.url,
        "themes": [to_json(q) for q in letter.themes],
        "summary": [to_json(q) for q in letter.summary],
        "problems": list(letter.problems),
    }
