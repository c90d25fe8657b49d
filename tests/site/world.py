"""A small store to make a site of: three councils, letters of every kind, meetings, events, texts that mean harm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.config.file import Config
from monitor.model import Kind, Letter, Paragraph, Quote
from monitor.site.build import Built, write
from monitor.store import Store, outbox, sources, stories, texts
from monitor.stories.arranging import Arranged
from monitor.stories.item import StoryItem
from tests.configured import configured
from tests.making import closed, document, event, letter, record
from tests.views.test_export import keep_all

NOW = datetime(2026, 11, 26, 12, 30, tzinfo=UTC)
HOSTILE = "</script><script>alert(1)</script>\u202egnp.exe\u2066 \x1b[31m\x00</title><img src=x onerror=alert(2)>\"' &"
URL_OF_HARM = "javascript:alert(3)"
COUNCILS = '[watch]\ncouncils = ["Devon", "Torbay", "Camden"]\n'
DEVON, TORBAY, CAMDEN = "80461", "80572", "80491"
GOOD = {"overall_effectiveness": "good", "impact_of_leaders": "good", "help_and_protection": "requires improvement",
        "in_care_and_care_leavers": "good"}  # fmt: skip
LATER = {"impact_of_leaders": "outstanding", "help_and_protection": "inadequate", "in_care": "good",
         "care_leavers": "outstanding"}  # fmt: skip
ASKED = "The timeliness of initial health assessments for children in care."


def configure(folder: Path, more: str = "") -> Config:
    """A configuration of three councils; `more` is TOML."""
    return configured(folder, COUNCILS + more)


def sha(number: int) -> str:
    """The digest of a document."""
    return f"{number:064x}"


def paragraphs(*texts: str) -> list[Paragraph]:
    """A letter's text, a paragraph a page, each below a heading."""
    found = []
    for page, text in enumerate(texts, 1):
        heading = f"What it is like, part {page}"
        found += [Paragraph(page, heading, heading), Paragraph(page, heading, text, asked=page == 1)]
    return found


def add_letter(store: Store, urn: str, number: int, published: str, made: Letter, *words: str, title: str = "") -> None:
    """A report on a council's page, read and taken apart."""
    kept = replace(made, sha256=sha(number))
    listed = record(str(50_000_000 + number), urn, document=document(sha(number)), published=published,
                    title=title or "Children's services inspection")  # fmt: skip
    keep_all(store, [(listed, kept)])
    if words:
        with store.transaction():
            texts.save(store, sha(number), paragraphs(*words), 1)


def full(kind: str, start: str, end: str, judgements: dict[str, str], **more: object) -> Letter:
    """A full inspection's report."""
    given = {"inspection_start": start, "inspection_end": end, "judgements": judgements, "variant": "standard",
             "evidence": {f"judgements.{area}": Quote("is good", 1) for area in judgements}, **more}  # fmt: skip
    return letter(kind, **given)


def filled(folder: Path, more: str = "") -> Config:
    """The configuration of a folder in which the small world is stored."""
    config = configure(folder, more)
    with Store(config.data_dir) as store:
        fill(store)
    return config


def fill(store: Store) -> None:
    """Everything that a page may show."""
    improvements = [Quote(ASKED, 2)]
    add_letter(store, DEVON, 1, "2022-03-01",
               full("ilacs", "2022-01-10", "2022-01-21", GOOD, improvements=improvements),
               "Agency staff leave often.", "Children are seen.")  # fmt: skip
    add_letter(store, DEVON, 2, "2026-08-20",
               full("ilacs", "2026-06-08", "2026-06-19", LATER, improvements=improvements, lead_inspector=HOSTILE,
                    summary=[Quote(HOSTILE, 1)]),
               f"Leaders said: {HOSTILE}", "Permanence planning is late. " * 30, title=HOSTILE)  # fmt: skip
    add_letter(store, DEVON, 3, "2024-05-01",
               letter("focused_visit", inspection_start="2024-04-02", themes=[Quote("care leavers", 1)]),
               "Care leavers have homes.")  # fmt: skip
    add_letter(
        store, TORBAY, 4, "2016-01-26", full("sif", "2015-11-02", "2015-11-20", {"overall_effectiveness": "inadequate"})
    )
    add_letter(
        store, TORBAY, 5, "2025-02-12", letter("area_send", outcome=3, inspection_start="2024-12-02"), "Too long."
    )
    add_letter(store, TORBAY, 6, "2025-03-12", Letter("unknown", sha(6), 0, problems=["not a PDF"]))
    for year in range(2018, 2025):  # a wide grid of what is asked
        asks = [
            Quote(f"The oversight of {year} children missing from education by {word}.", 1)
            for word in ("leaders", "staff")
        ]
        add_letter(store, TORBAY, year, f"{year}-06-01", letter("focused_visit", improvements=asks))
    meeting = item("1", "2026-12-10")
    pieces = Arranged((), (meeting, replace(item("2", "2026-09-10"), title=HOSTILE, url=URL_OF_HARM, place=HOSTILE)))
    with store.transaction():
        stories.save(store, DEVON, pieces, stories.rows_of(pieces))
        sources.save_polls(store, [closed(urn, at=NOW) for urn in (DEVON, TORBAY, CAMDEN)])
        outbox.add(store, event(at=NOW.isoformat(), kind="press.published", title=HOSTILE, url=URL_OF_HARM), [])


def item(key: str, day: str) -> StoryItem:
    """An agenda item of a meeting."""
    given = {"urn": DEVON, "source": "moderngov", "target": DEVON, "record": Kind.ITEM, "key": key,
             "url": f"https://democracy.test/{key}", "title": "Ofsted inspection outcome", "place": "Cabinet",
             "published": day, "meeting": day, "seen": "2026-09-01", "sha256": None, "item": None}  # fmt: skip
    return StoryItem(**given)  # type: ignore[arg-type]


def built(config: Config, folder: Path, now: datetime = NOW, *, scheduled: bool = True) -> Built:
    """The site of a configuration's store."""
    with Store.reading(config.data_dir) as store:
        return write(store, config, folder, now, scheduled=scheduled)


def pages(folder: Path) -> Iterable[Path]:
    """All pages of a site."""
    return sorted(folder.rglob("*.html"))
