"""How fast letters are read: `python -m benchmarks.reading FOLDER`.

Prints pages, CPU seconds and pages a CPU second for whole readings (text, tables, prose, evidence,
summary), and for PDFium's bare text of the same files in the same run; their ratio is the figure to
compare, because it does not depend on the machine. Memory is the process's peak after each pass.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2

from monitor.councils import Registry
from monitor.letters import read


def main(arguments: Sequence[str]) -> int:
    """Measure over every .pdf below a folder, smallest share of set-up counted."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m benchmarks.reading FOLDER", file=sys.stderr)
        return 2
    documents = [path.read_bytes() for path in sorted(Path(arguments[0]).rglob("*.pdf"))]
    documents = [data for data in documents if data.startswith(b"%PDF-")]
    registry = Registry.load()
    read(documents[0], registry)
    bare = _measure("bare text", documents, _bare_pages)
    whole = _measure("whole letters", documents, lambda data: read(data, registry).pages)
    print(f"whole letters at {whole / bare:.2f} of the speed of bare text")
    return 0


def _measure(name: str, documents: Sequence[bytes], pages_of: Callable[[bytes], int]) -> float:
    """Pages a CPU second, printed with what it is made of."""
    started = time.process_time()
    pages = sum(pages_of(data) for data in documents)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name}: {pages} pages, {seconds:.1f} CPU s, {pages / seconds:.0f} pages/s, peak {peak} MB")
    return pages / seconds


def _bare_pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    pages = len(document)
    document.close()
    return pages


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
