"""What may not be seen in any message, and how each text is got in which people see one.

A cut quotation, a broken year, a word of the program's, an ISO date, a path or a status code (operators' messages
excepted), a count without its noun, a headline that does not fit, has no verb or doubles a word; a grade that nothing
of the event gives.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from monitor.model import Event
from monitor.wording import describe
from notifiers.console import ConsoleNotifier
from notifiers.feed import page as feed_page
from notifiers.mail import page as mail_page
from notifiers.slack import blocks
from notifiers.slack.elements import dicts
from notifiers.webhook import WebhookNotifier
from soak.told_grades import wrong_grades

HEADER = 150
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
    r"\b(?:is|are|was|were|has|have|found|published|replaced|lists|updated|changed|could|cannot|can|writes|improved"
    r"|declined|moved|judged|failed)\b",
    re.IGNORECASE,
)
"""A headline tells who did what, so it has one of these outside the titles that it quotes."""
DOUBLED = re.compile(r"\b([^\W\d_]{2,}) \1\b", re.IGNORECASE)
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
    yield "slack", html.unescape("\n".join(text for page in pages for text in slack_texts(dicts(page))))
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
    """What is wrong with the one line that people see first, in Slack, as a subject and in the feed. A document that is
    published again has no header, but is one line."""
    header = describe.describe(told).headline if told.copy else next(slack_texts(dicts(blocks.pages([told])[0])))
    if len(header) > HEADER or header.endswith("…"):
        yield f"it does not fit: {header}"
    entry = feed_page.entry(told).findtext(f"{feed_page.ATOM}title") or ""
    for line in (header, mail_page.subject([told]), entry):
        said = QUOTATION.sub("“”", line)
        if not VERB.search(said):
            yield f"it has no verb: {line}"
        if DOUBLED.search(said):
            yield f"a word is doubled: {line}"


def _wrong_payload(told: Event) -> Iterator[str]:
    """What a webhook's receiver would get that is cut."""
    notifier = WebhookNotifier(url="https://receiver.example/", secret="shown only here")
    (sent,) = json.loads(notifier.payload("m", [told], _AT))["events"]
    quoted = [*(sent.get("summary") or ()), *((sent.get("after") or {}).get("findings") or ())]
    yield from (f"a cut quotation: {quote['text']}" for quote in quoted if quote["text"].endswith(("…", "...")))


def left_out(told: Event) -> Iterator[str]:
    """What a letter asks and a message does not say: each priority action everywhere, each improvement by e-mail."""
    card = describe.describe(told)
    slack = html.unescape(json.dumps(dicts(blocks.pages([told])[0]), ensure_ascii=False))
    mail = mail_page.text([told], "off@example.org")
    for item in card.priority:
        if json.dumps(item, ensure_ascii=False)[1:-1] not in slack or item not in mail:
            yield f"{told.council}: a priority action is left out: {item}"
    yield from (f"{told.council}: left out of the e-mail: {item}" for item in card.improvements if item not in mail)
