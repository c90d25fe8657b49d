"""Councils' news, the press, GOV.UK and watched pages in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from monitor.model import Event, Voice
from monitor.model.payloads import PagePayload, PublicationPayload
from monitor.model.sources import TELLINGS
from monitor.wording import differences, earlier, page_grades, page_statements
from monitor.wording import source_health as source_words
from monitor.wording.card import CardText, about_council, titled_headline
from monitor.wording.dates import day
from monitor.wording.quotations import titled, whole
from monitor.wording.text import one_line, safe_url

TITLE = 100
"""Characters of a watched page's title and name together."""


def words(event: Event) -> CardText:
    """A page that is new or says something else than before."""
    quotes = page_statements.quotes(event)
    if event.kind == "page.changed":
        return CardText(
            what=_page(event),
            when=_on(event),
            gist=differences.gist(event),
            notes=list(differences.notes(event)),
            said=quotes,
            read_on="Open the page",
        )
    if event.kind.startswith("govuk."):
        return _govuk(event)
    when = _on(event, (_is_press(event) and outlet(event)) or _label(event))
    return CardText(
        what=_titled(event, "", when),
        when=when,
        notes=[page_statements.about(event), *page_statements.conflicts(event), page_grades.judged(event)],
        said=quotes,
        longer=quotes,
    )


def _label(event: Event) -> str:
    told = TELLINGS.get(event.kind)
    return told.label if told else one_line(event.kind, 40)


def _is_press(event: Event) -> bool:
    told = TELLINGS.get(event.kind)
    return told is not None and told.voice is Voice.PRESS


def _govuk(event: Event) -> CardText:
    """A publication of the government, and what its own note says changed."""
    facts = event.after_as(PublicationPayload)
    updated = event.kind == "govuk.updated"
    kind = one_line((facts.document_type or "page").replace("_", " "), 40)
    when = facts.updated or event.published if updated else event.published
    note = one_line(facts.change_note) if updated else ""
    return CardText(
        what=_titled(event, f"{'updated' if updated else 'new'} {kind} on GOV.UK", f"({day(when)})"),
        when=f"({day(when)})" if when else "",
        gist=whole(note, 120),
        notes=[
            earlier.followed(facts.came_before),
            *_noted(note),
            *(differences.notes(event) if updated else ()),
            page_statements.about(event),
            *page_statements.conflicts(event),
        ],
        said=page_statements.quotes(event),
        read_on="Read it on GOV.UK",
    )


def _noted(note: str) -> Iterator[str]:
    if said := whole(note, 600):
        yield f"GOV.UK's note on the change: “{said}”"


def _page(event: Event) -> str:
    """ "Commissioners' reports: new entry “…”", by the name that a person gave the page."""
    name = source_words.name(event.source)
    same = one_line(event.title).casefold() in ("", name.casefold())
    title = "" if same else titled(event.title, TITLE - len(name))
    label = f"{name}: new entry {title}" if title and differences.is_new(event) else f"{name}: {title} changed"
    return about_council(event, label if title else f"{name} changed")


def _titled(event: Event, label: str, when: str) -> str:
    return titled_headline(event, label if one_line(event.title) else label or _label(event), when)


def _on(event: Event, where: str = "") -> str:
    told = ", ".join(filter(None, [where, day(event.published)]))
    return f"({told})" if told else ""


def outlet(event: Event) -> str:
    """The publication that an article is in, by its name; in events of the first edition, which have none, its host."""
    if name := one_line(event.after_as(PagePayload).publication, 60):
        return name
    url = safe_url(event.url)
    return one_line((urlsplit(url).hostname or "").removeprefix("www."), 60) if url else ""
