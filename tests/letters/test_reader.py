"""The reader's process: what hangs or dies costs one document and says so."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.councils.registry import Registry
from monitor.letters import child, pdf
from monitor.letters.failures import NO_TIME_LEFT
from monitor.letters.reader import COMMAND, MAX_ANSWER_BYTES, TOO_MUCH_TEXT, Reader
from monitor.model.letter import NotReadError
from tests.letters.sheets import ilacs

STAND_IN = """
import json, os, sys, time
for line in sys.stdin:
    path = json.loads(line)["path"]
    words = open(path).read()
    if words == "too much":
        print(json.dumps("reading needs more than 1024 MB of memory"), flush=True)
        continue
    if words == "hang":
        time.sleep(60)
    if words == "die":
        os.kill(os.getpid(), 9)
    if words.startswith("talk"):
        print(json.dumps("x" * int(words[4:])), flush=True)
        continue
    if words == "give up":
        sys.exit(3)
    letter = {"kind": "other", "sha256": "0", "pages": os.getpid()}
    print(json.dumps(letter), flush=True)
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> Iterator[Reader]:
    """A reader whose child does what the document says."""
    script = tmp_path / "stand_in.py"
    script.write_text(STAND_IN)
    with Reader(timeout=3.0, command=(sys.executable, str(script))) as reader:
        yield reader


def written(folder: Path, words: str) -> Path:
    path = folder / f"{words}.pdf"
    path.write_text(words)
    return path


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "devon.pdf"
    path.write_bytes(ilacs())
    return path


def test_a_letter_comes_back_whole(report: Path) -> None:
    with Reader() as reader:
        letter = reader.read(report)
    assert (letter.kind, letter.council, letter.file) == ("ilacs", "Devon", str(report))
    assert letter.judgements["care_leavers"] == "good"
    assert letter.evidence["judgements.care_leavers"].page == 1
    assert [item.page for item in letter.improvements] == [2, 2]


def test_one_child_reads_many_documents(stand_in: Reader, tmp_path: Path) -> None:
    one, two = (stand_in.read(written(tmp_path, name)).pages for name in ("a", "b"))
    assert one == two


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("hang", "reading took longer than 3 s"),
        ("die", "the reader died (signal 9)"),
        ("give up", "the reader died (exit status 3)"),
    ],
)
def test_a_document_that_hangs_or_kills_costs_that_document(
    stand_in: Reader, tmp_path: Path, words: str, problem: str
) -> None:
    lost = stand_in.read(written(tmp_path, words))
    assert (lost.kind, lost.problems) == ("unknown", [problem])
    assert len(lost.sha256) == 64
    assert stand_in.read(written(tmp_path, "next")).kind == "other"


@pytest.mark.parametrize("words", ["hang", "die", "give up"])
def test_a_reading_that_failed_is_another_thing_than_a_document_that_cannot_be_read(
    stand_in: Reader, tmp_path: Path, words: str
) -> None:
    with pytest.raises(NotReadError, match=r"reading took longer|the reader died"):
        stand_in.attempt(written(tmp_path, words))
    assert stand_in.read(written(tmp_path, words)).kind == "unknown"
    assert stand_in.attempt(written(tmp_path, "too much")).kind == "unknown"


def test_slow_documents_do_not_hold_up_all_that_come_after(
    tmp_path: Path, stand_in: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.letters.reader.QUICK", 0.2)
    monkeypatch.setattr(stand_in, "_slow_left", 1.0)
    slow, since = written(tmp_path, "hang"), time.monotonic()
    problems = [stand_in.read(slow).problems for _ in range(30)]
    assert time.monotonic() - since < 10
    assert problems[-1] == [NO_TIME_LEFT]
    assert stand_in.read(written(tmp_path, "next")).problems == [NO_TIME_LEFT]


def limited(megabytes: int, report: Path) -> subprocess.CompletedProcess[str]:
    """A reading in a process that may not have more memory than this."""
    program = (
        "import logging, resource, sys; from pathlib import Path; from monitor.letters.reader import Reader\n"
        "logging.basicConfig(format='%(message)s')\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({megabytes << 20}, {megabytes << 20}))\n"
        "with Reader() as reader:\n"
        f"    for _ in range(2): print(reader.read(Path({str(report)!r})).kind)"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)


def test_under_a_lower_limit_of_the_system_a_letter_is_read_with_what_there_is_and_that_is_said(report: Path) -> None:
    done = limited(700, report)
    assert done.stdout.split() == ["ilacs", "ilacs"]
    assert done.stderr.splitlines() == [
        "the reader of PDFs has 700 MB of memory and not 1024: this process may not have more (ulimit -v)"
    ]


def test_with_too_little_memory_the_reading_failed_and_not_the_document(report: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.pdf"
    with big.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(900 << 20)
    program = (
        "import resource; from pathlib import Path; from monitor.letters.reader import Reader\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({700 << 20}, {700 << 20}))\n"
        f"with Reader() as reader: reader.attempt(Path({str(big)!r}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=120)
    assert "NotReadError: the reader was given too little memory: 700 MB, of 1024" in done.stderr


def test_a_child_that_dies_between_documents_is_replaced(stand_in: Reader, tmp_path: Path) -> None:
    first = stand_in.read(written(tmp_path, "a")).pages
    subprocess.run(["kill", "-9", str(first)], check=True)
    time.sleep(0.1)
    assert stand_in.read(written(tmp_path, "b")).pages != first


def test_too_much_memory_costs_the_document(tmp_path: Path) -> None:
    big = tmp_path / "big.pdf"
    with big.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(600 << 20)
    with Reader(memory_bytes=400 << 20) as reader:
        assert reader.read(big).problems == ["reading needs more than 400 MB of memory"]


@pytest.mark.parametrize(("size", "problem"), [(1000, "x" * 1000), (MAX_ANSWER_BYTES + 1, TOO_MUCH_TEXT)])
def test_an_answer_has_a_bounded_length_and_the_next_document_is_read(tmp_path: Path, size: int, problem: str) -> None:
    script = tmp_path / "stand_in.py"
    script.write_text(STAND_IN)
    with Reader(command=(sys.executable, str(script))) as reader:
        found = reader.attempt(written(tmp_path, f"talk{size}"))
        assert (found.kind, found.problems) == ("unknown", [problem])
        assert reader.read(written(tmp_path, "next")).kind == "other"


def test_a_file_that_is_not_there_is_the_callers_error(tmp_path: Path) -> None:
    with Reader() as reader, pytest.raises(FileNotFoundError):
        reader.read(tmp_path / "missing.pdf")


def test_no_child_is_started_for_nothing() -> None:
    reader = Reader(command=("/nonexistent",))
    reader.close()


def test_the_child_ends_when_its_input_closes() -> None:
    limits = '{"timeout": 5, "memory": 1073741824, "registry": null}'
    child = subprocess.Popen([*COMMAND, limits], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child.communicate(timeout=10)
    assert child.returncode == 0


def test_the_child_ends_without_a_word_when_nobody_hears_its_answer(report: Path) -> None:
    limits, pipe = '{"timeout": 5, "memory": 1073741824, "registry": null}', subprocess.PIPE
    child = subprocess.Popen([*COMMAND, limits], stdin=pipe, stdout=pipe, stderr=pipe)
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    child.stdin.write(json.dumps({"path": str(report), "file": "devon.pdf"}).encode() + b"\n")
    child.stdin.close()
    assert (child.stderr.read(), child.wait(60)) == (b"", 0)
    child.stderr.close()


def test_the_parent_never_loads_pdfium(report: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from monitor.letters.reader import Reader\n"
        f"with Reader() as reader: print(reader.read(Path({str(report)!r})).kind)\n"
        "print([name for name in sys.modules if name.startswith('pypdfium2')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["ilacs", "[]"]


def test_a_document_is_opened_once_and_a_changed_one_again(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = list[int]()
    monkeypatch.setattr(pdf, "_refuse_what_is_no_pdf", lambda data: opened.append(len(data)))
    registry, data = Registry.load(), report.read_bytes()
    for content in (data, data + b"\n", data):
        report.write_bytes(content)
        kind = child._answer({"path": str(report), "file": "devon.pdf"}, registry)["kind"]
        words = child._answer({"path": str(report), "what": "paragraphs"}, registry)["paragraphs"]
        assert (kind, bool(words)) == ("ilacs", True)
    assert opened == [len(data), len(data) + 1, len(data)]
