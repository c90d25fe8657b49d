"""Everything that people are shown, read as they would: every event of the corpus, the history and three replica years.

    python -m soak.shown                     all of it, the replica a fortnight at a time; about an hour
    python -m soak.shown --days 60           the replica in longer steps
    python -m soak.shown --no-replica        the letters and the recorded table alone; about ten minutes
    python -m soak.shown --only Devon Kent   the replica with these councils alone

Each event is worded for every way out (subject, e-mail as text and page, feed, Slack, console, webhook), alone and in
digests of ten. Nothing may be shown that is a cut quotation, a broken year, a word of the program's, an ISO date, a
path or a status code (operators' messages excepted), a count without its noun, or a headline that does not fit or has
no verb. Every grade that is told is held against the judgement, the change or the page's fact that it came from. Exit
status 1 where anything is found.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from monitor.model import Event
from monitor.store import Store
from monitor.wording import describe
from notifiers.console import ConsoleNotifier
from notifiers.feed import page as feed_page
from notifiers.mail import page as mail_page
from notifiers.slack import blocks
from notifiers.webhook import WebhookNotifier
from soak import mailing, sources
from soak.replica import SHARED, Replica
from soak.told_grades import wrong_grades

HEADER = 150
DIGEST = 10
IN_ANY_TEXT = {
    "a cut quotation": re.compile(r"…[”\"]"),
    "a broken year": re.compile(r"\b\d{1,3}…"),
    "a letter that is about itself": re.compile(r"About letter"),
}
IN_OUR_WORDS = {
    "a word of the program's": re.compile(r"\b(?:targets?|records?|sweep|baseline|None)\b"),
    "an equals sign or a bare arrow": re.compile(r" = | =$| → "),
    "a count without its noun": re.compile(
        r"\band \d+ more\b(?! [a-z])|, \d+ (?:improved|declined|moved|added|removed|changed)\b"
    ),
}
FOR_READERS = {
    "an ISO date": re.compile(r"(?<![\w/-])\d{4}-\d{2}-\d{2}"),
    "a status code": re.compile(r"\b(?:HTTP )?[45]\d\d\b(?= from)|\bHTTP \d{3}\b"),
    "a path": re.compile(r"(?<![\w.<])/(?:[\w.-]+/)+|\b\w+/\w+/\w+\.(?:pdf|aspx?|html?)\b"),
}
VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|says?|said|gives?|asks?|asked|found|finds|published|replaced|lists|listed|looks?"
    r"|looked|updated|changed|took|takes?|held|holds|meets?|met|will|could|cannot|can|judged|seen|begins?|began|ended|ends"
    r"|closed|opened|cancelled|moved|added|agreed|resolved|noted|answers?|reports?|writes?|reached|blocked|failed|works|does"
    r"|comes|came|cited|quotes?|welcomed|issued|lifted|discusse[sd]|on the agenda)\b",
    re.IGNORECASE,
)
"""A headline tells who did what, so it has one of these; one that names a publication by its title quotes that."""
QUOTATION = re.compile(r"[“\u2018][^“”]*”")
ADDRESS = re.compile(r"(?:https?|cid|mailto):[^\s<>|\"]+")
_TAG = re.compile(r"<[^>]+>")
_UNSEEN = re.compile(r"<style>.*?</style>|<!--.*?-->", re.DOTALL)
_AT = datetime(2026, 9, 1, tzinfo=UTC)


def ways_out(told: Sequence[Event]) -> Iterator[tuple[str, str]]:
    """Each text in which people see a message about these events, by its way."""
    yield "subject", mail_page.subject(told)
    yield "e-mail", mail_page.text(told, "off@example.org")
    yield "web page of the e-mail", _untagged(_UNSEEN.sub("", mail_page.html(told, "off@example.org")))
    yield "feed", "\n".join(map(_entry, told))
    pages = blocks.pages(told)
    yield "slack", html.unescape("\n".join(text for page in pages for text in slack_texts(blocks.dicts(page))))
    out = StringIO()
    ConsoleNotifier(out).send("m", told)
    yield "console", out.getvalue()


def _entry(told: Event) -> str:
    entry = feed_page.entry(told)
    texts = (entry.findtext(f"{feed_page.ATOM}{part}") or "" for part in ("title", "summary", "content"))
    return _untagged("\n".join(texts))


def _untagged(page: str) -> str:
    return html.unescape(_TAG.sub("\n", page))


def slack_texts(found: Any) -> Iterator[str]:
    """The texts of Slack's blocks."""
    if isinstance(found, dict):
        yield from (found["text"],) if isinstance(found.get("text"), str) else slack_texts(list(found.values()))
    elif isinstance(found, list):
        for part in found:
            yield from slack_texts(part)


def findings(told: Event) -> list[str]:
    """What is wrong with what people see of an event."""
    return [
        *(f"{told.kind} of {told.council}, {line}" for line in _wrong_words([told])),
        *(f"{told.kind} of {told.council}, headline: {line}" for line in _wrong_headline(told)),
        *(f"{told.kind} of {told.council}, webhook: {line}" for line in _wrong_payload(told)),
        *(f"{told.kind} of {told.council}, grade: {line}" for line in wrong_grades(told)),
    ]


def findings_of_digest(told: Sequence[Event]) -> list[str]:
    """What is wrong with what people see of several events in one message."""
    return [f"a digest of {len(told)}, {line}" for line in _wrong_words(told)]


def _wrong_words(told: Sequence[Event]) -> Iterator[str]:
    operators = any(event.kind.startswith("source.") for event in told)
    for way, text in ways_out(told):
        shown = ADDRESS.sub("", text)
        ours = QUOTATION.sub("“”", shown)
        for words, named in ((shown, IN_ANY_TEXT), (ours, IN_OUR_WORDS), (ours, {} if operators else FOR_READERS)):
            for name, pattern in named.items():
                if found := pattern.search(words):
                    yield f"{way}: {name}: …{words[max(0, found.start() - 60) : found.end() + 20]!r}"


def _wrong_headline(told: Event) -> Iterator[str]:
    header = blocks.dicts(blocks.pages([told])[0])[0]["text"]["text"]
    if len(header) > HEADER or header.endswith("…"):
        yield f"it does not fit: {header}"
    said = QUOTATION.sub("“”", describe.describe(told).headline)
    if not VERB.search(said) and "“”" not in said:
        yield f"it has no verb: {header}"


def _wrong_payload(told: Event) -> Iterator[str]:
    """What a webhook's receiver would get that is cut."""
    notifier = WebhookNotifier(url="https://receiver.example/", secret="shown only here")
    (sent,) = json.loads(notifier.payload("m", [told], _AT))["events"]
    quoted = [*(sent.get("summary") or ()), *((sent.get("after") or {}).get("findings") or ())]
    yield from (f"a cut quotation: {quote['text']}" for quote in quoted if quote["text"].endswith(("…", "...")))


def left_out(told: Event) -> Iterator[str]:
    """What a letter asks and a message does not say: each priority action everywhere, each improvement by e-mail."""
    card = describe.describe(told)
    slack = html.unescape(json.dumps(blocks.dicts(blocks.pages([told])[0]), ensure_ascii=False))
    mail = mail_page.text([told], "off@example.org")
    for item in card.priority:
        if json.dumps(item, ensure_ascii=False)[1:-1] not in slack or item not in mail:
            yield f"{told.council}: a priority action is left out: {item}"
    yield from (f"{told.council}: left out of the e-mail: {item}" for item in card.improvements if item not in mail)


def of_corpus(councils: int | None = None) -> Iterator[Event]:
    """Each letter published, replaced and withdrawn; of all councils, or of the first few."""
    for subject, reports in mailing.letters(SHARED / "corpus", councils).items():
        yield from mailing.told(subject, reports)


def of_replica(start: date, end: date, days: int, *councils: str) -> Iterator[Event]:
    """What all sources of the replica tell between two days, so many days at a time; of all councils, or some."""
    given = argparse.Namespace(start=start, end=end, days=days, sources=sources.SOURCES)
    with tempfile.TemporaryDirectory() as name, Replica(start.isoformat()) as site:
        config = sources.configure(Path(name), site.address, *councils)
        with Store(config.data_dir) as store:
            yield from sources.steps(given, site, config, store)


def problems(told: Iterable[Event]) -> Iterator[tuple[Event, list[str]]]:
    """Each event with what is wrong with it, and with every tenth the digest of the last ten."""
    held: list[Event] = []
    for event in told:
        held.append(event)
        wrong = [*findings(event), *left_out(event)]
        if len(held) == DIGEST:
            wrong += findings_of_digest(held)
            held = []
        yield event, wrong


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the events, read what is shown, print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, help="letters of so many councils only")
    parser.add_argument("--days", type=int, default=14, help="of one step of the replica")
    parser.add_argument("--only", nargs="+", default=[], help="councils of the replica")
    parser.add_argument("--no-replica", action="store_true")
    given = parser.parse_args(arguments)
    worlds: dict[str, Iterable[Event]] = {
        "corpus": of_corpus(given.councils),
        "history": mailing.recorded(SHARED / "corpus"),
    }
    if not given.no_replica:
        worlds["replica"] = of_replica(sources.START, sources.END, given.days, *given.only)
    found = [_report(name, told) for name, told in worlds.items()]
    return int(any(found))


def _report(name: str, told: Iterable[Event]) -> bool:
    kinds, found = Counter[str](), 0
    for event, wrong in problems(told):
        kinds[event.kind] += 1
        found += len(wrong)
        for line in wrong:
            print(f"  {line}", flush=True)
    print(f"{name}: {sum(kinds.values())} events {dict(kinds)}, {found} findings", flush=True)
    return bool(found or not kinds)


if __name__ == "__main__":
    sys.exit(main())
