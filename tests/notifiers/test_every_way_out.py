"""What people are shown, through every way out: no cut quotation, no broken year, no word or date of the program's."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from monitor.coverage.grade_areas import area_of
from monitor.model import Event, Fact
from monitor.wording import describe
from monitor.wording.page_grades import judged
from notifiers.console import ConsoleNotifier
from notifiers.feed import page as feed_page
from notifiers.mail import page as mail_page
from notifiers.slack import blocks
from soak import mailing
from tests.making import event
from tests.notifiers.notifier_samples import CASES, IMPROVEMENTS, ilacs

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
}
QUOTATION = re.compile(r"[“‘][^“”]*”")  # noqa: RUF001 - as they stand in messages
ADDRESS = re.compile(r"(?:https?|cid|mailto):[^\s<>|\"]+")


def ways_out(told: Event) -> Iterator[tuple[str, str]]:
    """Each text in which people see the event, by its way."""
    yield "subject", mail_page.subject([told])
    yield "e-mail", mail_page.text([told], "off@example.org")
    page = re.sub(r"<style>.*?</style>|<!--.*?-->", "", mail_page.html([told], "off@example.org"), flags=re.DOTALL)
    yield "web page of the e-mail", html.unescape(re.sub(r"<[^>]+>", "\n", page))
    entry = feed_page.entry(told, "tag:example.org")
    texts = (entry.findtext(f"{feed_page.ATOM}{part}") or "" for part in ("title", "summary", "content"))
    yield "feed", html.unescape(re.sub(r"<[^>]+>", "\n", "\n".join(texts)))
    yield "slack", html.unescape("\n".join(slack_texts(blocks.dicts(blocks.pages([told])[0]))))
    out = StringIO()
    ConsoleNotifier(out).send("m", [told])
    yield "console", out.getvalue()


def slack_texts(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        yield from (found["text"],) if isinstance(found.get("text"), str) else slack_texts(list(found.values()))
    elif isinstance(found, list):
        for part in found:
            yield from slack_texts(part)


def findings(told: Event) -> list[str]:
    """What is wrong with what people see of an event."""
    wrong = []
    for way, text in ways_out(told):
        shown = ADDRESS.sub("", text)
        rules = [(shown, IN_ANY_TEXT), (QUOTATION.sub("“”", shown), IN_OUR_WORDS)]
        rules += [] if told.kind.startswith("source.") else [(QUOTATION.sub("“”", shown), FOR_READERS)]
        for words, named in rules:
            for name, pattern in named.items():
                if found := pattern.search(words):
                    near = words[max(0, found.start() - 60) : found.end() + 20]
                    wrong.append(f"{told.kind} of {told.council}, {way}: {name}: …{near!r}")
    (header, *_) = blocks.dicts(blocks.pages([told])[0])
    if len(header["text"]["text"]) > HEADER or header["text"]["text"].endswith("…"):
        wrong.append(f"the headline does not fit: {header['text']['text']}")
    return wrong


@pytest.mark.parametrize("name", CASES)
def test_what_people_see_of_every_kind_of_event(name: str) -> None:
    assert findings(CASES[name]) == []


def test_the_rules_find_what_they_are_for() -> None:
    said = "Was “cut…” in 201… About letter 7 targets Good = and 2 more, 1 improved 2024-05-03"
    told = event(kind="page.changed", title="t", source="page.x", after={"text": "new"}, before={"text": "old"})
    assert findings(told) == []
    for name, pattern in (IN_ANY_TEXT | IN_OUR_WORDS | FOR_READERS).items():
        assert pattern.search(f"{said} = HTTP 503"), name


def corpus_events(shared: Path, councils: int | None) -> list[Event]:
    found = mailing.letters(shared / "corpus", councils)
    return [told for subject, reports in found.items() for told in mailing.told(subject, reports)]


@pytest.mark.corpus
def test_what_people_see_of_a_sample_of_real_letters(shared: Path) -> None:
    wrong = [line for told in corpus_events(shared, 4) for line in findings(told)]
    assert wrong == []


@pytest.mark.corpus
@pytest.mark.slow
def test_what_people_see_of_every_real_letter(shared: Path) -> None:
    told = corpus_events(shared, None)
    wrong = [line for one in told for line in (*findings(one), *left_out(one))]
    assert (len(told) > 1_000, wrong) == (True, [])


def left_out(told: Event) -> Iterator[str]:
    """What a letter asks and a message does not say: each priority action everywhere, each improvement by e-mail."""
    card = describe.describe(told)
    slack = html.unescape(json.dumps(blocks.dicts(blocks.pages([told])[0]), ensure_ascii=False))
    mail = mail_page.text([told], "off@example.org")
    for item in card.priority:
        if json.dumps(item, ensure_ascii=False)[1:-1] not in slack or item not in mail:
            yield f"{told.council}: a priority action is left out: {item}"
    yield from (f"{told.council}: left out of the e-mail: {item}" for item in card.improvements if item not in mail)


def test_slack_shows_the_first_things_to_improve_and_counts_the_rest() -> None:
    said = str(blocks.dicts(blocks.pages([ilacs()])[0]))
    assert [item["text"] in said for item in IMPROVEMENTS] == [True, True, True, False, True]  # the last is asked again
    assert "and 2 more things to improve, <https://files.ofsted.gov.uk/v1/file/50276411#page=1|in the letter>" in said


LEADERS = "Its leaders were judged ‘outstanding’ by inspectors."  # noqa: RUF001
SERVICES = "Nottinghamshire’s services were judged ‘good’ overall."  # noqa: RUF001


@pytest.mark.parametrize(
    ("facts", "said", "never"),
    [
        (
            [("impact_of_leaders", "outstanding", LEADERS), ("overall_effectiveness", "good", SERVICES)],
            "was judged Good overall: ",
            "Outstanding",
        ),
        (
            [("impact_of_leaders", "outstanding", LEADERS)],
            "was judged Outstanding for impact of leaders on social work practice: ",
            "Outstanding:",
        ),
        ([("impact_of_leaders", "outstanding", LEADERS), (None, "good", SERVICES)], "was judged Good: ", "Outstanding"),
        (
            [(None, "outstanding", LEADERS), (None, "good", SERVICES)],
            "speaks of more than one grade: ",
            "was judged Good:",
        ),
    ],
)
def test_the_grade_told_is_that_of_the_area_that_it_is_about(
    facts: list[tuple[str | None, str, str]], said: str, never: str
) -> None:
    made = [Fact("judgement_now", {"grade": g} | ({"area": a} if a else {}), q) for a, g, q in facts]
    told = judged(event(kind="press.published", council="Nottinghamshire", facts=tuple(made)))
    assert said in told
    assert never not in told.split("“")[0]


@pytest.mark.parametrize(
    ("sentence", "grade", "area"),
    [
        ("Services were rated good, with its leaders judged outstanding.", "outstanding", "impact_of_leaders"),
        ("Services were rated good, with its leaders judged outstanding.", "good", None),
        ("It was judged good for help and protection and outstanding overall.", "good", "help_and_protection"),
        ("It was judged good for help and protection and outstanding overall.", "outstanding", "overall_effectiveness"),
        ("Services for care leavers were judged outstanding.", "outstanding", "care_leavers"),
        ("Inspectors rated the council's services as good.", "good", None),
    ],
)
def test_a_grade_in_a_sentence_is_of_what_its_clause_names(sentence: str, grade: str, area: str | None) -> None:
    start = sentence.index(grade)
    assert area_of(sentence, start, start + len(grade)) == area
