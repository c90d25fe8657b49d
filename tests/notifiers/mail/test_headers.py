"""Texts in headers come back to the letter, by a decoder that knows RFC 5322 and 2047 and nothing of the writer."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.header import decode_header
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.model import Event
from notifiers.mail import page
from notifiers.mail.notifier import POLICY, MailNotifier
from soak import corpus
from tests.notifiers.notifier_samples import CASES, ilacs
from tests.read_letters import READ_ONCE, by_path

WORD = re.compile(r"=\?utf-8\?[bq]\?([!->@-~]*)\?=", re.IGNORECASE)
BETWEEN = re.compile(r"(?<=\?=)[ \t]+(?==\?)")
LETTERS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))
AWKWARD = st.sampled_from("ab  \"'[]()<>=?_:;,@\\.é→—“”😀🏴ä")
TEXTS = st.text(LETTERS | AWKWARD, min_size=1, max_size=400).filter(str.strip)


def decoded(value: str) -> str:
    """The text of a header's value: unfolded (RFC 5322, 2.2.3), each encoded word by itself (RFC 2047, 6.2)."""
    line = BETWEEN.sub("", value.replace("\r\n", ""))
    return WORD.sub(lambda word: _one(word[0]), line)


def _one(word: str) -> str:
    ((raw, charset),) = decode_header(word)
    assert isinstance(raw, bytes)
    assert charset == "utf-8"
    return raw.decode(charset)


def raw_header(raw: bytes, name: str) -> str:
    """A header's value as it is in the mail, held against the rules of its form."""
    block = raw.partition(b"\r\n\r\n")[0].decode("ascii")
    found = re.search(rf"(?m)^{name}: ([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)", block)
    assert found is not None, block
    lines = f"{name}: {found[1]}".split("\r\n")
    assert lines[0].removeprefix(f"{name}:").strip(), lines
    assert all(line.strip() for line in lines), lines
    assert all(len(line) <= (76 if "=?" in line else 998) for line in lines), lines
    assert all(len(word[0]) <= 75 for line in lines for word in WORD.finditer(line)), lines
    return found[1]


def sent(name: str, value: object) -> str:
    mail = EmailMessage(policy=POLICY)
    mail[name] = value
    mail.set_content("text")
    return raw_header(mail.as_bytes(), name)


@given(TEXTS)
@example("Devon: report replaced — Overall effectiveness now Good")
@example("[Critical] North Northamptonshire: 10 updates, 1 with judgements that moved: and Dorset as well")
@example("a  b   c ")
@example(" leading and trailing ")
@example("=?utf-8?q?Bcc=3A_x?= and =?utf-8?b?eA==?=")
@example("x" * 1200)
@example("😀" * 300)
def test_any_subject_comes_back_to_the_letter(text: str) -> None:
    assert decoded(sent("Subject", text)) == text


@given(st.text(st.sampled_from("ab\r\n\x0b\x0c\x1c\x85\u2028:"), max_size=40))
def test_no_line_end_in_a_subject_begins_a_header(text: str) -> None:
    mail = EmailMessage(policy=POLICY)
    mail["Subject"] = f"x{text}Bcc: y"
    lines = mail.as_bytes().partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert all(line.startswith((b"Subject: ", b" ")) for line in lines if line)


@given(TEXTS)
@example("Ann, Bob <x@y.example>")
@example('The "best" \\ watch')
@example("=?utf-8?q?x?=")
@example("Öffentliche Nachrichten, sehr lang: " * 6)
def test_any_name_beside_an_address_comes_back_to_the_letter(name: str) -> None:
    value = sent("From", Address(name, addr_spec="bot@example.org"))
    words, _, address = value.rpartition("<")
    assert address == "bot@example.org>"
    assert words.rstrip("\r\n ") != words
    phrase = words.removesuffix(" ").removesuffix("\r\n")
    quoted = re.fullmatch(r'"((?:[^"\\]|\\.)*)"', phrase)
    assert (re.sub(r"\\(.)", r"\1", quoted[1]) if quoted else decoded(phrase)) == name
    assert quoted or not set(WORD.sub("", phrase)) & set('()<>[]:;@\\,."')


def test_a_plain_subject_stays_readable_in_the_raw_mail() -> None:
    assert sent("Subject", "Devon: inspection report published") == "Devon: inspection report published"


def subject_of(*events: Event) -> str:
    out = MailNotifier(
        "ann@council.example", sender="Ofsted watch <bot@example.org>", host="h", port=25, security="none"
    )
    return decoded(raw_header(out.message("ab" * 32, events, datetime(2025, 5, 13, tzinfo=UTC)).as_bytes(), "Subject"))


def test_every_kind_of_event_has_its_subject_to_the_letter() -> None:
    for event in (ilacs(), *CASES.values()):
        assert subject_of(event) == page.subject([event])
    assert subject_of(*CASES.values()) == page.subject(list(CASES.values()))


@pytest.mark.corpus
@pytest.mark.slow
@READ_ONCE
def test_every_subject_of_the_corpus_comes_back_to_the_letter(shared: Path) -> None:
    assert shared.is_dir()
    told = list(corpus.told_of_all(corpus.gold(), by_path()))
    assert len(told) > 1000
    batches = [[e] for e in told] + [told[i : i + 10] for i in range(0, len(told), 10)]
    for events in batches:
        text = page.subject(events)
        assert decoded(sent("Subject", text)) == text
