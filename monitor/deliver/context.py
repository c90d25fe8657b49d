"""Puts the context of graded inspections into events. It takes the letters of all councils, so it is looked up only
where there is such an inspection."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.events.context import wanted, with_context
from monitor.model import Event
from monitor.model.sources import OFSTED
from monitor.reference import tables
from monitor.store import Store, records


def with_contexts(store: Store, events: Sequence[Event]) -> Sequence[Event]:
    """The events, those of graded inspections with their context as the store knows it."""
    if not any(map(wanted, events)):
        return events
    histories = records.all_inspections(store, OFSTED, tables.tiles())
    return [with_context(event, histories) for event in events]
