"""How fast letters are read: `python -m benchmarks.reading FOLDER`.

Prints pages, CPU seconds and pages a CPU second for whole readings (text, tables, prose, evidence,
summary), and for PDFium's bare text of the same files. Both are taken file by file in turn, so that what
else the machine does weighs on both alike. The goal is 300 pages a CPU second, set where bare text makes
681; on a slower machine the ratio of the two (0.44 there) tells more, so both are printed. Memory is the
process's peak at each quarter of the files; it should not grow.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from monitor.councils.registry import Registry
from monitor.letters.reading import read

GOAL, BARE_AT_GOAL = 300, 681


@dataclass(slots=True)
class Pace:
    """Pages read and the CPU seconds that they took."""

    name: str
    pages: int = 0
    seconds: float = 0.0

    def take(self, pages_of: Callable[[bytes], int], data: bytes) -> None:
        started = time.process_time()
        self.pages += pages_of(data)
        self.seconds += time.process_time() - started

    @property
    def speed(self) -> float:
        return self.pages / self.seconds

    def __str__(self) -> str:
        return f"{self.name}: {self.pages} pages, {self.seconds:.1f} CPU s, {self.speed:.0f} pages a CPU second"


def main(arguments: Sequence[str]) -> int:
    """Measure over every .pdf below a folder."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m benchmarks.reading FOLDER", file=sys.stderr)
        return 2
    for line in report(sorted(Path(arguments[0]).rglob("*.pdf"))):
        print(line)
    return 0


def report(paths: Sequence[Path]) -> Iterator[str]:
    """The lines that are printed."""
    registry, bare, whole = Registry.load(), Pace("bare text"), Pace("whole letters")
    peaks: list[int] = []
    for number, path in enumerate(paths, start=1):
        data = path.read_bytes()
        if data.startswith(b"%PDF-"):
            bare.take(bare_pages, data)
            whole.take(lambda data: read(data, registry).pages, data)
        if number % max(len(paths) // 4, 1) == 0:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    yield str(bare)
    yield str(whole)
    yield f"goal: at least {GOAL} whole pages a CPU second: {_met(whole.speed >= GOAL)}"
    ratio, wanted = whole.speed / bare.speed, GOAL / BARE_AT_GOAL
    yield f"whole letters / bare text: {ratio:.2f}, where the goal was set {wanted:.2f}: {_met(ratio >= wanted)}"
    yield f"peak memory at each quarter: {', '.join(map(str, peaks))} MB"


def _met(yes: bool) -> str:
    return "met" if yes else "MISSED"


def bare_pages(data: bytes) -> int:
    """The pages of a document, each one's text taken and let go."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    pages = len(document)
    document.close()
    return pages


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
