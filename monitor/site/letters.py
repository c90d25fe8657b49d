"""The letters: a line about each, and a page with what it says and its whole text, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from monitor.inspections import judgements
from monitor.model import Change, Letter, Paragraph, Quote, to_json
from monitor.model.addresses import safe_id
from monitor.model.areas import COMBINED, order
from monitor.model.letter import Inspection
from monitor.site import grades
from monitor.site.page import Page
from monitor.site.picture import CouncilPicture, Picture
from monitor.wording.grading import SEND_OUTCOMES, area_name
from monitor.wording.letter_kinds import KINDS, UNNAMED, LetterKind
from monitor.wording.text import lower_first, upper_first
from monitor.wording.themes import topic

NEWEST = 100
"""Letters on the page that lists the newest of them."""
WAYS = {
    "improved": "improved from {}",
    "declined": "declined from {}",
    "same": "as before",
    "new": "",
    "no_longer_judged": "was {}",
    "first_separate": "judged together before: {}",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement of a report: what is shown of it, how it stands beside the one before, the words that state it."""

    area: str
    name: str
    shown: grades.Shown
    change: Change | None
    quote: Quote | None

    @property
    def short(self) -> str:
        """The area's name for a narrow place."""
        return grades.short(self.area)

    @property
    def way(self) -> str:
        """How it moved, in words."""
        if self.change is None:
            return ""
        return WAYS[self.change.direction].format((self.change.before or "").capitalize())


def name(inspection: Inspection) -> str:
    """What kind of letter it is, written out: "Focused visit: care leavers"."""
    return _with_theme(_kind(inspection.letter).full, inspection.letter)


def short_name(inspection: Inspection) -> str:
    """The same for a narrow place."""
    return _with_theme(_kind(inspection.letter).short, inspection.letter)


def _kind(letter: Letter) -> LetterKind:
    return KINDS.get(letter.kind, UNNAMED)


def _with_theme(words: str, letter: Letter) -> str:
    theme = topic(letter.themes)
    return upper_first(f"{words}: {theme}" if theme else words)


def judged(council: CouncilPicture, inspection: Inspection) -> list[Judged]:
    """The judgements of a report, in Ofsted's order, with what became of those before."""
    if not inspection.graded:
        return []
    before = judgements.previous(inspection, council.view.inspections)
    changes = {c.area: c for c in judgements.changes(before.letter, inspection.letter)} if before else {}
    letter = inspection.letter
    apart = any(c.direction == "first_separate" for c in changes.values())
    areas = sorted({*letter.judgements, *changes} - ({COMBINED} if apart else set()), key=order)
    return [
        Judged(
            area,
            area_name(area, letter.kind),
            grades.shown(letter.judgements[area]) if area in letter.judgements else grades.NO_LONGER,
            changes.get(area),
            letter.evidence.get(f"judgements.{area}"),
        )
        for area in areas
    ]


def line(council: CouncilPicture, inspection: Inspection) -> dict[str, Any]:
    """What a list says of a letter."""
    found = judged(council, inspection)
    return {
        "council": council.council,
        "inspection": inspection,
        "name": short_name(inspection),
        "judged": found,
        "moved": moved(found),
        "outcome": SEND_OUTCOMES.get(inspection.letter.outcome or 0, ""),
    }


def moved(found: Iterable[Judged]) -> str:
    """What moved, in a sentence: "Care leavers declined from Outstanding; leaders improved from Good."."""
    told = [_told(one) for one in found if one.change and one.change.moved]
    return f"{upper_first('; '.join([*told[:1], *map(lower_first, told[1:])]))}." if told else ""


def _told(one: Judged) -> str:
    apart = one.change and one.change.direction == "first_separate"
    return f"{one.short} {one.shown.words}, {one.way}" if apart else f"{one.short} {one.way}"


def line_json(council: CouncilPicture, inspection: Inspection) -> dict[str, Any]:
    """The same for the twin of a page."""
    letter = inspection.letter
    return {
        "council": council.council.name,
        "urn": council.council.ofsted_urn,
        "kind": letter.kind,
        "published": inspection.published,
        "judgements": dict(letter.judgements),
        "outcome": letter.outcome,
        "url": inspection.url,
        "sha256": letter.sha256,
        "key": inspection.key,
    }


def pages(picture: Picture) -> Iterator[Page]:
    """The newest letters, then each letter. One that stands on the pages of two councils is told with the first."""
    newest = picture.letters[:NEWEST]
    yield Page(
        ("letters",),
        "letters.html.j2",
        "The newest letters",
        [(c.council.slug, c.marks[x.key]) for c, x in newest],
        lambda: {
            "lines": [line(c, x) for c, x in newest],
            "all": len(picture.letters),
            "json": {"letters": [line_json(c, x) for c, x in newest]},
        },
    )
    done: set[str] = set()
    for council, inspection in picture.letters:
        id_ = safe_id(inspection.key)
        if id_ not in done:
            done.add(id_)
            yield _page(picture, council, inspection, id_)


def pages_of(text: Iterable[Paragraph], number: int) -> list[tuple[int, list[Paragraph]]]:
    """Return all pages of a letter with their paragraphs, so that every link to a page of it leads somewhere."""
    found = {page: list(paragraphs) for page, paragraphs in groupby(text, key=lambda paragraph: paragraph.page)}
    return [(page, found.get(page, [])) for page in range(1, max([number, *found]) + 1)]


def _page(picture: Picture, council: CouncilPicture, inspection: Inspection, id_: str) -> Page:
    before = judgements.previous(inspection, council.view.inspections)
    return Page(
        ("letters", id_),
        "letter.html.j2",
        f"{council.council.name}: {name(inspection)}",
        (
            council.council.slug,
            council.marks[inspection.key],
            before and before.key,
            picture.readers.get(inspection.letter.sha256),
        ),
        partial(_content, picture, council, inspection),
    )


def _content(picture: Picture, council: CouncilPicture, inspection: Inspection) -> Mapping[str, Any]:
    letter, text = inspection.letter, picture.texts(inspection.letter.sha256)
    return {
        "council": council.council,
        "inspection": inspection,
        "letter": letter,
        "name": name(inspection),
        "kind": upper_first(_kind(letter).short),
        "judged": judged(council, inspection),
        "outcome": SEND_OUTCOMES.get(letter.outcome or 0, ""),
        "pages": pages_of(text, letter.pages),
        "has_text": bool(text),
        "json": line_json(council, inspection)
        | {"letter": to_json(letter), "paragraphs": [to_json(paragraph) for paragraph in text]},
    }
