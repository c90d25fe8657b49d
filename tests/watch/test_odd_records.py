"""Records with dates, numbers and texts of every size, from every kind of source, through whole looks: no look ends by
one, whatever else is shown is told once, and the same look again tells nothing."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.coverage.pages import Reader
from monitor.model import Document, DocumentError, Poll, Record
from monitor.model.state import PolledTarget
from monitor.store import Store, outbox
from monitor.watch.run import RunResult
from tests.making import NOON, SHA_B, letter
from tests.watch.looking import Library, follow
from tests.watch.test_dates_of_every_size import ANY, DEVON, OTHER, REGISTRY
from tests.watch.test_windows import NEWS

SLOWLY = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NUMBERS = st.one_of(st.integers(-(10**30), 10**30), st.floats(allow_nan=False, allow_infinity=False))
WORDS = st.one_of(
    st.text(max_size=60),
    st.text(st.characters(codec="utf-8"), min_size=1, max_size=5).map(lambda few: few * 3000),
    st.sampled_from(["", " ", "\x00", "\u202e", "İ" * 500, "ﬀ" * 500, NEWS, NEWS * 40, "Ofsted " * 2000, "“" * 999]),
    st.integers(-(10**40), 10**40).map(lambda n: f"Ofsted inspected Devon on {n} May {n} and found {n}% of {n} Good."),
)  # fmt: skip
VALUES = st.one_of(ANY, NUMBERS, WORDS, st.none(), st.booleans(), st.lists(WORDS, max_size=2))
FIELDS = st.dictionaries(
    st.sampled_from(["updated", "meeting_date", "item", "meeting", "committee", "status", "text", "inspection_date",
                     "document_type", "urns", "kind", "target", "state", "body"]),
    VALUES, max_size=6,
)  # fmt: skip
KINDS = {
    "ofsted": ["report"],
    "newsroom": ["article"],
    "moderngov": ["item", "minutes", "document"],
    "press": ["article"],
    "govuk": ["publication"],
    "page.x": ["page", "entry"],
}


@st.composite
def odd(draw: st.DrawFn, source: str) -> Record:
    document = draw(st.sampled_from([None, Document(SHA_B, -1, "")]))
    error = draw(st.sampled_from([None, DocumentError("error", "x")]))
    kind, key = draw(st.sampled_from(KINDS[source])), draw(st.text(min_size=1, max_size=40))
    title, published, text = draw(WORDS), draw(st.one_of(ANY, WORDS)), draw(st.one_of(st.none(), WORDS))
    url = "https://x.example/1"
    return Record(source, DEVON, kind, key, url, title, published, draw(FIELDS), document, error, text)


def sound(source: str, target: str, key: str = "sound") -> Record:
    fields = {"item": "9", "meeting": "1", "committee": "Scrutiny", "meeting_date": "2024-05-20", "status": "Confirmed"}
    council = REGISTRY.by_urn(target)
    assert council is not None
    text = NEWS.replace("Devon County Council", council.name)
    kind, url, title = KINDS[source][0], f"https://x.example/{key}", "Ofsted focused visit"
    return Record(source, target, kind, key, url, title, "2024-05-14", fields, text=text)


def look(store: Store, source: str, *found: tuple[str, list[Record]], day: int) -> RunResult:
    at = (NOON + timedelta(days=day)).isoformat()
    crawl = [PolledTarget(Poll("r", source, t, at, at, "ok", complete=source == "ofsted"), tuple(r)) for t, r in found]
    pages = Reader(REGISTRY, source, {DEVON, OTHER}) if source != "ofsted" else None
    reader = Library({SHA_B: letter(sha256=SHA_B)})
    return follow(store, crawl, NOON + timedelta(days=day), source=source, pages=pages, reader=reader)


def sound_ones(found: RunResult) -> list[str | None]:
    return sorted(
        str(e.url).rpartition("/")[2] for e in found.events if str(e.url).startswith("https://x.example/sound")
    )


@given(st.data())
@SLOWLY
def test_whatever_a_record_says_everything_else_is_told_once(data: Any) -> None:
    source = data.draw(st.sampled_from(list(KINDS)))
    strange = data.draw(st.lists(odd(source), min_size=1, max_size=3, unique_by=lambda r: (r.kind, r.key)))
    strange = [r for r in strange if r.key not in ("sound", "sound2", "old")]
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder), durable=False) as store:
        old = [sound(source, DEVON, "old")]
        look(store, source, (DEVON, old), (OTHER, [sound(source, OTHER, "old")]), day=0)
        shown = [(DEVON, [*old, *strange, sound(source, DEVON)]),
                 (OTHER, [sound(source, OTHER, "old"), sound(source, OTHER, "sound2")])]  # fmt: skip
        assert sound_ones(look(store, source, *shown, day=1)) == ["sound", "sound2"]
        again = look(store, source, *shown, day=2)
        assert sound_ones(again) == []
        ids = [e.id for e in outbox.events(store)]
        assert len(ids) == len(set(ids))
