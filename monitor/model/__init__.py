"""The words that every part shares: record, poll, job, letter, event, delivery.

Plain dataclasses with a JSON form and no behaviour beyond it. Spiders and notifiers import this package and
nothing else of the core, so whatever crosses a process or a package is written here. Dates are ISO 8601
strings as the source gave them; times carry a zone. Grades are lower case.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from monitor.model.codec import item_from_json, job_from_json, letter_from_json, to_json
from monitor.model.crawl import Document, DocumentError, Http, Job, Known, Outcome, Poll, Record, Target
from monitor.model.kinds import KINDS, Kind, Voice
from monitor.model.letter import LETTER_KINDS, Fact, Letter, Paragraph, Previous, Quantity, Quote
from monitor.model.payload_codec import payload_from_json

if TYPE_CHECKING:
    from monitor.model.event import EVENT_KINDS, SEVERITIES, Change, DeliveryError, Direction, Event, Severity, Thread
    from monitor.model.event_codec import event_from_json

__all__ = [
    "EVENT_KINDS",
    "KINDS",
    "LETTER_KINDS",
    "SEVERITIES",
    "Change",
    "DeliveryError",
    "Direction",
    "Document",
    "DocumentError",
    "Event",
    "Fact",
    "Http",
    "Job",
    "Kind",
    "Known",
    "Letter",
    "Outcome",
    "Paragraph",
    "Poll",
    "Previous",
    "Quantity",
    "Quote",
    "Record",
    "Severity",
    "Target",
    "Thread",
    "Voice",
    "event_from_json",
    "item_from_json",
    "job_from_json",
    "letter_from_json",
    "payload_from_json",
    "to_json",
]


def __getattr__(name: str) -> Any:
    """Load what is about events when it is first asked for: a crawl and the reader of PDFs, each a process of its own,
    need none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module("monitor.model.event_codec" if name == "event_from_json" else "monitor.model.event")
    return vars(module)[name]
