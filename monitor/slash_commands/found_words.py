"""What letters say, for somebody who asks from a channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from monitor.channels.mentions import passage
from monitor.model import Quote
from monitor.public import reading
from monitor.public.reading import Choice, Hit
from monitor.query import Query
from monitor.store import NoStoreError
from monitor.wording import quotations
from monitor.wording.commands import Reply
from monitor.wording.dates import day
from monitor.wording.describe import Link
from monitor.wording.letter_kinds import LABELS
from monitor.wording.text import count, one_line

MAX_LETTERS = 5
MAX_QUOTE = 600
"""Characters of a quotation; of a longer paragraph the sentences that say it are told."""
LOOKED_BACK = timedelta(days=2 * 365)
"""How far back it is said how often words were in letters, before somebody is told of them from now on."""


def answer(folder: Path, query: Query) -> Reply:
    """The newest letters that say it, each with its first place, and what was searched. Raises NoStoreError."""
    with reading.opened(folder) as public:
        hits, seen = public.search(query), public.coverage()
    first = list({hit.letter: hit for hit in reversed(hits)}.values())[::-1]
    shown = first[:MAX_LETTERS]
    rest = f", the newest {len(shown)} here" if len(first) > len(shown) else ""
    said = f"{count(len(hits), 'paragraph')} in {count(len(first), 'letter')}{rest}." if hits else "No letter says it."
    links = tuple(Link(f"{hit.council}, {day(hit.published)}", hit.url) for hit in shown)
    return Reply((*(told(hit, query) for hit in shown), said, f"{seen.words}."), links)


def told(hit: Hit, query: Query) -> str:
    """The sentences that say it, whole and with their page; only the page where they are too long to quote."""
    where = f"{hit.council}, {LABELS.get(hit.kind, 'Letter')}, {day(hit.published)}"
    said = quotations.whole(quotations.unglued(one_line(passage(query, hit.text))), MAX_QUOTE)
    return f"{where}: {quotations.with_page(Quote(said, hit.page))}" if said else f"{where}: on page {hit.page}"


def often(folder: Path, query: Query, today: date) -> Iterator[str]:
    """How often letters said it lately; nothing before the first crawl."""
    since = (today - LOOKED_BACK).isoformat()
    try:
        with reading.opened(folder) as public:
            hits = public.search(query, Choice(since=since))
    except NoStoreError:
        return
    letters = len({hit.letter for hit in hits})
    yield f"Since {day(since)} {count(letters, 'letter')} said it, in {count(len(hits), 'paragraph')}."
