"""Where to read on from a card. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from monitor.model import Event
from monitor.model.event import SitePages
from monitor.model.payloads import PagePayload, ReportPayload
from monitor.wording.card import CardText, Link
from monitor.wording.text import council as in_sentence
from monitor.wording.text import one_line, safe_url


def links(event: Event, words: CardText) -> Iterator[Link]:
    """The thing itself at the page that is quoted, what stood before it, the council's page at Ofsted, and the pages of
    our own site."""
    about = event.after_as(ReportPayload).provider_url or event.after_as(PagePayload).provider_url
    url, earlier, council = (safe_url(x) for x in (event.url, event.before_as(ReportPayload).url, about))
    if url:
        page = event.summary[0].page if event.summary else 0
        yield Link(words.read_on, _at_page(url, page, event))
    if earlier and earlier != url:
        yield Link(words.earlier, earlier)
    if council:
        yield Link(f"{one_line(event.council, 60) or 'The council'} at Ofsted", council)
    if event.site:
        yield from _of_the_site(event, event.site)


def _of_the_site(event: Event, site: SitePages) -> Iterator[Link]:
    """The letter page by page, with what can be searched and quoted, and all that is known of the council."""
    if letter := safe_url(site.letter):
        yield Link("Read it page by page", letter)
    if council := safe_url(site.council):
        yield Link(f"All about {in_sentence(event.council) or 'the council'}", council)


def _at_page(url: str, page: int, event: Event) -> str:
    """The address of a page of a PDF (RFC 8118); of anything else the address itself."""
    parts = urlsplit(url)
    pdf = (event.document and event.document.media_type == "application/pdf") or parts.path.lower().endswith(".pdf")
    return f"{url}#page={page}" if pdf and page > 0 and not parts.fragment else url
