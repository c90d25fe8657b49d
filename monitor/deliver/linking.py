"""Links into the site (`[site] address`): put into each event as it is sent, for every way out alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from monitor.config.file import Config
from monitor.model import Event, Thread, addresses
from monitor.model.event import SitePages
from monitor.model.payloads import ReportPayload
from monitor.model.sources import OFSTED
from notifiers import Notifier

Linked = Callable[[Event], Event]


def linked(config: Config) -> Linked:
    """Return a function that gives an event the addresses of its council and letter on the site; the same event where
    the configuration names no site, or the event has no page there."""
    address = config.site.address
    slugs = {council.urn: council.slug for council in config.watched()} if address else {}

    def with_pages(event: Event) -> Event:
        slug = slugs.get(event.urn or "")
        if address is None or slug is None:
            return event
        return replace(event, site=SitePages(addresses.council_page(address, slug), _letter(address, event)))

    return with_pages


def _letter(address: str, event: Event) -> str | None:
    """The page of the letter, at the page of its first quotation. A letter that is no longer listed or could not be
    read is not sure to have one."""
    key = event.after_as(ReportPayload).key
    if event.source != OFSTED or event.kind == "report.withdrawn" or event.unread or not key:
        return None
    return addresses.letter_page(address, key, event.summary[0].page if event.summary else None)


class LinkingNotifier:
    """Sends through another notifier, with links into the site."""

    def __init__(self, notifier: Notifier, linked: Linked) -> None:
        self._notifier, self._linked = notifier, linked

    def send(
        self, message_id: str, events: Sequence[Event], maybe_sent: bool = False, thread: Thread | None = None
    ) -> str | None:
        """Send the events as one message. Raises DeliveryError."""
        told = [self._linked(event) for event in events]
        if thread is not None:
            thread = replace(thread, told=tuple(map(self._linked, thread.told)))
        return self._notifier.send(message_id, told, maybe_sent, thread)

    def advice(self) -> list[str]:
        """What the other notifier's installation lacks, a line each; empty where it has nothing to say."""
        said: list[str] = getattr(self._notifier, "advice", list)()
        return said
