"""Councils' news, the press, GOV.UK and watched pages in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from monitor.model import Event, Voice
from monitor.model.sources import TELLINGS
from monitor.wording import differences, page_statements
from monitor.wording import source_health as source_words
from monitor.wording.card import CardText, about_council, titled
from monitor.wording.dates import day
from monitor.wording.text import cut, one_line, safe_url


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
    return CardText(
        what=titled(about_council(event, _label(event)), event),
        when=_on(event, _site(event) if _is_press(event) else ""),
        notes=[page_statements.about(event), *page_statements.conflicts(event), page_statements.judged(event)],
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
    facts = event.after or {}
    updated = event.kind == "govuk.updated"
    kind = one_line(str(facts.get("document_type") or "page").replace("_", " "), 40)
    when = facts.get("updated") or event.published if updated else event.published
    note = one_line(facts.get("change_note"), 300) if updated else ""
    return CardText(
        what=titled(about_council(event, f"{'updated' if updated else 'new'} {kind} on GOV.UK"), event),
        when=f"({day(when)})" if when else "",
        gist=cut(note, 90),
        notes=[
            *_noted(note),
            *(differences.notes(event) if updated else ()),
            page_statements.about(event),
            *page_statements.conflicts(event),
        ],
        said=page_statements.quotes(event),
        read_on="Read it on GOV.UK",
    )


def _noted(note: str) -> Iterator[str]:
    if note:
        yield f"Its note on the change: “{note}”"


def _page(event: Event) -> str:
    """ "Commissioners' reports: new entry “…”", by the name that a person gave the page."""
    name = source_words.name(event.source)
    title = "" if one_line(event.title).casefold() == name.casefold() else one_line(event.title, 160)
    label = f"{name}: new entry “{title}”" if title and differences.is_new(event) else f"{name}: “{title}” changed"
    return about_council(event, label if title else f"{name} changed")


def _on(event: Event, where: str = "") -> str:
    told = ", ".join(filter(None, [where, day(event.published)]))
    return f"({told})" if told else ""


def _site(event: Event) -> str:
    """The host of an article, as people know it."""
    url = safe_url(event.url)
    return one_line((urlsplit(url).hostname or "").removeprefix("www."), 60) if url else ""
