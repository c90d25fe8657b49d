"""A decision, written: state, events and deliveries in one short transaction, or nothing.

What a decision rests on may have moved since: a person released the source or split a story, another crawl has found
something about the same council. Then nothing is written, and whoever decided decides again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.channels import rules
from monitor.deliver.audience import Audience
from monitor.model import Event
from monitor.store import Store, outbox, records, said, sources, stories
from monitor.watch.decide import Decision
from monitor.watch.known import Run


class MovedError(Exception):
    """What was decided on is not how it stands any more."""


def commit(store: Store, decision: Decision, run: Run, audience: Audience, now: datetime) -> list[Event]:
    """Write a decision; the events that are new. Raises MovedError, with nothing written; StoreError."""
    placed = {
        urn: (known.arranged, stories.rows_of(known.arranged, known.stored)) for urn, known in decision.stories.items()
    }
    with store.transaction():
        _unmoved(store, decision, run)
        _save_source(store, decision, run)
        records.save(store, decision.changes, now.isoformat())
        opened = {c.poll.target for c in decision.polls if c.poll.outcome == "ok"}
        asked = ((target, key) for target in opened for key in run.asked.get(target, ()))
        records.save_asked(store, run.source, asked, now.isoformat())
        for urn, (arranged, rows) in placed.items():
            stories.save(store, urn, arranged, rows)
        return _queue(store, decision.events, audience, now)


def _unmoved(store: Store, decision: Decision, run: Run) -> None:
    """Raise where a generation is not the one that was decided on."""
    known = {urn: found.generation for urn, found in decision.stories.items()}
    now = {urn: stories.generation(store, urn) for urn in known}
    if now != known or sources.state(store, run.source).generation != decision.generation:
        raise MovedError(f"{run.source}: its state has moved while it was decided on")


def _save_source(store: Store, decision: Decision, run: Run) -> None:
    if decision.state:
        sources.save_state(store, run.source, decision.state)
    else:
        sources.moved(store, run.source)
    for targets, held in decision.holds.items():
        sources.save_hold(store, run.source, targets, held)
    sources.save_episodes(store, decision.turned.begun, (*decision.turned.ended, *decision.turned.dropped))
    sources.save_polls(store, decision.polls, decision.broken, run.shows)
    sources.use_release(store, run.source, decision.used)
    if decision.health and decision.run:
        sources.save_run(store, run.id, list(decision.run), decision.health)


def _queue(store: Store, events: Sequence[Event], audience: Audience, now: datetime) -> list[Event]:
    """Save the events, each with the deliveries that it owes to those who are told as of this moment."""
    if not events:
        return []
    channels, texts = audience(store, now), said.of(store)
    return [e for e in events if outbox.add(store, e, rules.recipients_of(e, channels, now, texts))]
