"""Parses GOV.UK's search and content API, and chooses the publications that concern inspections. Pure functions."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from scrapy.http import Response

from monitor.model.notices import is_called_a_notice
from spiders.counts import counted
from spiders.http.answers import refuse_status_and_title
from spiders.http.charsets import decode
from spiders.http.errors import BEGINNING, PageError, beginning, where
from spiders.http.paragraphs import normalised, paragraphs_of

CHILDREN_WORDS = re.compile(
    r"\b(child(ren)?.?s (social (care|work) )?services|children.?s social care|local authorit(y|ies) inspections?|"
    r"ILACS|JTAIs?|joint targeted area|area SEND|SEND (inspections?|framework)|looked[- ]after children|care leavers|"
    r"children in care)\b",
    re.I,
)
INSPECTION_WORDS = re.compile(
    r"\b(inspect\w*|judg\w+|outcomes?|framework|handbook|guidance|improvement|direction|commissioner\w*|monitoring)\b",
    re.I,
)
NO_LONGER = ("redirect", "gone", "vanish")
"""Kinds of content that stand where a publication was (GOV.UK's content schemas)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A publication as the search shows it; `stamp` is the time of its last change."""

    path: str
    title: str
    description: str
    stamp: str


@dataclass(frozen=True, slots=True)
class Results:
    """One page of the search: the total that it states, and how many rows came, also those that are no publication."""

    total: int
    received: int
    rows: tuple[Row, ...]
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """A publication as the content API gives it; `note` describes its last change, or says why it was withdrawn."""

    title: str
    document_type: str
    published: str | None
    updated: str | None
    note: str | None
    withdrawn: bool
    lines: tuple[str, ...]
    remark: str | None = None


def concerns(row: Row) -> bool:
    """Whether a publication is about inspections of children's services, or is a notice or direction to a council."""
    words = f"{row.title}\n{row.description}"
    return bool(is_called_a_notice(row.title) or (CHILDREN_WORDS.search(words) and INSPECTION_WORDS.search(words)))


def as_json(response: Response) -> tuple[dict[str, Any], str | None]:
    """Return the JSON object of an answer, and what is odd about its characters. Raises PageError for another status,
    a challenge page, or other content."""
    if response.status != 200:
        refuse_status_and_title(response)
    text = decode(response.body, ())
    try:
        found = json.loads(text.text)
    except (ValueError, RecursionError) as error:
        refuse_status_and_title(response)
        empty = "is empty" if not response.body.strip() else f"is not JSON; {_began(response)}"
        raise PageError("invalid", f"{where(response.url)} {empty}") from error
    if not isinstance(found, dict):
        raise PageError("invalid", f"{where(response.url)} holds no JSON object; {_began(response)}")
    return found, text.remark


def _began(response: Response) -> str:
    return beginning(response.body[: 4 * BEGINNING].decode("utf-8", "replace"))


def parse_search(response: Response, asked: int) -> Results:
    """Parse a page of results. Raises PageError if fewer rows came than the total promises."""
    (raw, remark), path = as_json(response), where(response.url)
    total, results = raw.get("total"), raw.get("results")
    if not isinstance(total, int) or not isinstance(results, list):
        raise PageError("invalid", f"{path} has no total or no results; {_began(response)}")
    start = raw["start"] if isinstance(raw.get("start"), int) else 0
    if len(results) < min(asked, total - start):
        raise PageError(
            "invalid", f"{path} says that it has {counted(total, 'publication')} and gave {len(results)} from {start}"
        )
    return Results(total, len(results), tuple(row for one in results if (row := _row(one)) is not None), remark)


def _row(raw: Any) -> Row | None:
    """A row; None if it has no page of its own or no time, like those of organisations and links to other sites."""
    if not isinstance(raw, dict):
        return None
    link, stamp = _words(raw, "link"), _words(raw, "public_timestamp")
    if not link.startswith("/") or not stamp:
        return None
    return Row(link, normalised(_words(raw, "title")), normalised(_words(raw, "description")), stamp)


def parse_publication(response: Response) -> Publication:
    """Parse a publication. Raises PageError if it has no title or no time, `gone` if it says that it was moved or taken
    down, which the search may not have noticed."""
    (raw, remark), path = as_json(response), where(response.url)
    if (kind := _words(raw, "schema_name") or _words(raw, "document_type")) in NO_LONGER:
        raise PageError("missing", f'{path} is only a "{kind}"', gone=True)
    title, updated = normalised(_words(raw, "title")), _words(raw, "public_updated_at")
    if not title or not updated:
        lacking = "title" if not title else "time of its last change"
        raise PageError("invalid", f"{path} has no {lacking}; {_began(response)}")
    withdrawal = raw.get("withdrawn_notice")
    details = raw["details"] if isinstance(raw.get("details"), dict) else {}
    description = normalised(_words(raw, "description"))
    lines = [description, *paragraphs_of(_html(details.get("body")))]
    lines += [f"- {normalised(_words(a, 'title'))}" for a in _objects(details.get("attachments"))]
    return Publication(
        title, _words(raw, "document_type"), _words(raw, "first_published_at") or None, updated,
        _why(withdrawal) or _last_note(details.get("change_history")), bool(withdrawal),
        tuple(line for line in lines if line.strip("- ")), remark,
    )  # fmt: skip


def _html(body: Any) -> str:
    """The HTML of a body. Some kinds give a list of the same text in several formats."""
    if isinstance(body, list):
        return next((_words(b, "content") for b in _objects(body) if b.get("content_type") == "text/html"), "")
    return body if isinstance(body, str) else ""


def _words(raw: dict[str, Any], name: str) -> str:
    """A string of an object; "" if it is absent or no string."""
    return raw[name] if isinstance(raw.get(name), str) else ""


def _objects(raw: Any) -> list[dict[str, Any]]:
    """The objects of a list; none if it is no list."""
    return [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []


def _why(withdrawal: Any) -> str | None:
    """Why a publication was withdrawn, which GOV.UK writes in HTML; None if it was not, or nobody says."""
    explained = _words(withdrawal, "explanation") if isinstance(withdrawal, dict) else ""
    return " ".join(paragraphs_of(explained)) or None


def _last_note(history: Any) -> str | None:
    last = max(_objects(history), key=lambda change: _words(change, "public_timestamp"), default=None)
    return normalised(_words(last, "note")) or None if last else None
