"""Councils' news, the press, GOV.UK and watched pages in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from monitor.model import Event, Voice
from monitor.model.payloads import PagePayload, PublicationPayload
from monitor.model.sources import TELLINGS
from monitor.wording import differences, earlier, page_grades, page_statements
from monitor.wording import source_health as source_words
from monitor.wording.card import CardText, Said, about_council, titled_headline
from monitor.wording.dates import day
from monitor.wording.quotations import quoted, titled, whole
from monitor.wording.text import one_line, safe_url

_WROTE = Said("writes", "", "published something about Ofsted")
NAMED_OTHERWISE = {
    "foi_release": "freedom of information release",
    "html_publication": "publication",
    "transparency": "transparency data",
}
"""GOV.UK's kinds of document whose names are no words for one."""
TITLE = 100
"""Characters of a watched page's title and name together."""


def words(event: Event) -> CardText:
    """A page that is new or says something else than before."""
    if event.kind == "page.changed":
        return _changed(event)
    return _govuk(event) if event.kind.startswith("govuk.") else _article(event)


def _changed(event: Event) -> CardText:
    return CardText(
        what=_page(event),
        when=_on(event),
        gist=differences.gist(event),
        notes=list(differences.notes(event)),
        said=page_statements.quotes(event),
        read_on="Open the page",
    )


def _article(event: Event) -> CardText:
    grades = page_grades.judged(event)
    quotes = page_statements.quotes(event, grades)
    about = (page_statements.whom(event), page_statements.about(event))
    return CardText(
        what=_writes(event),
        when=_on(event),
        notes=[*about, *page_statements.conflicts(event), grades],
        said=quotes,
        longer=quotes,
        read_on="Read the article",
    )


def _writes(event: Event) -> str:
    """ "Devon: the council writes “…”", "Dudley: Community Care writes “…”": a title is the words of who wrote it."""
    told = TELLINGS.get(event.kind)
    press = told is not None and told.voice is Voice.PRESS
    council = "the council" if event.council else "a council"
    whom = list(filter(None, [outlet(event), "the press"])) if press else [council]
    return titled_headline(event, _WROTE, _on(event), *whom)


def _govuk(event: Event) -> CardText:
    """A publication of the government, and what its own note says changed."""
    facts = event.after_as(PublicationPayload)
    updated = event.kind == "govuk.updated" or bool(facts.withdrawn)
    known = facts.document_type or "page"
    kind = NAMED_OTHERWISE.get(known) or one_line(known.replace("_", " "), 40)
    when = facts.updated or event.published if updated else event.published
    verb = "withdrew" if facts.withdrawn else "updated" if updated else "published"
    told = f"({day(when)})" if when and not facts.withdrawn else ""
    note = one_line(facts.change_note) if updated else ""
    return CardText(
        what=titled_headline(event, Said(f"{verb} the {kind}", "", f"{verb} something ({kind})"), told, "GOV.UK"),
        when=told,
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
        yield f"GOV.UK's note on the change: {quoted(said)}"


def _page(event: Event) -> str:
    """ "Commissioners' reports: “…” is new", by the name that a person gave the page."""
    name = source_words.name(event.source)
    same = one_line(event.title).casefold() in ("", name.casefold())
    title = "" if same else titled(event.title, TITLE - len(name))
    label = f"{name}: {title} {'is new' if differences.is_new(event) else 'changed'}"
    return about_council(event, label if title else f"{name} changed")


def _on(event: Event) -> str:
    return f"({day(event.published)})" if event.published else ""


def outlet(event: Event) -> str:
    """The publication that an article is in, by its name; in events of the first edition, which have none, its host."""
    if name := one_line(event.after_as(PagePayload).publication, 60):
        return name
    url = safe_url(event.url)
    return one_line((urlsplit(url).hostname or "").removeprefix("www."), 60) if url else ""
