"""What reading a letter takes in Data to Insight's way, beside ours: `python -m benchmarks.peer_reading FOLDER`.

Their outcomes summary finds the table on page 1 with tabula-py, which runs Java, and takes the words of page 1
with PyPDF2. Here both are asked for just that, on 20 PDFs spread over those below FOLDER (about three minutes):
with a Java for each letter, as tabula-py does it where JPype is not installed, and with one Java for all of them.
We read the same files from end to end: every page, both readings of the judgements, evidence and summary. Each way
is a process of its own, start included, and they take turns. CPU is that of the process and of the Java that it ran.

The packages go into an environment in a temporary folder; where they or Java cannot be had, that is said.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.cost import Cost, clean_env, cost_of, machine, typical

LETTERS, ROUNDS = 20, 2
INSTALL_SECONDS = 300
PACKAGES = ("tabula-py[jpype]==2.10.0", "PyPDF2==3.0.1", "pandas<3")
OURS, EACH, ONE = "ours, whole letters", "theirs, page 1, a Java for each", "theirs, page 1, one Java"
READ = """
import sys
from pathlib import Path
from monitor.councils.registry import Registry
from monitor.letters import read
registry = Registry.load()
for name in sys.argv[1:]:
    assert read(Path(name).read_bytes(), registry).pages
"""
PEER = """
import sys, warnings
warnings.simplefilter("ignore")
import tabula
from PyPDF2 import PdfReader
for name in sys.argv[2:]:
    tabula.read_pdf(name, pages=1, multiple_tables=True, force_subprocess=sys.argv[1] == "each")
    assert PdfReader(name).pages[0].extract_text()
"""


def main(arguments: Sequence[str]) -> int:
    """Measure over a folder."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m benchmarks.peer_reading FOLDER", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-bench-") as folder:
        for line in report(spread(Path(arguments[0])), Path(folder)):
            print(line, flush=True)
    return 0


def spread(folder: Path) -> list[Path]:
    """Some PDFs, evenly over those below a folder."""
    found = [path.resolve() for path in sorted(folder.rglob("*.pdf")) if path.read_bytes().startswith(b"%PDF-")]
    return found[:: max(len(found) // LETTERS, 1)][:LETTERS]


def report(letters: Sequence[Path], folder: Path) -> Iterator[str]:
    """The lines that are printed."""
    if not letters:
        yield "there is no PDF to read"
        return
    ways, refused = {OURS: [sys.executable, "-c", READ]}, install(folder)
    if refused is None:
        peer = [str(folder / "venv/bin/python"), "-c", PEER]
        ways |= {EACH: [*peer, "each"], ONE: [*peer, "one"]}
    files = [str(path) for path in letters]
    reasons = {way: why for way, command in ways.items() if (why := failure([*command, files[0]], folder))}
    yield f"{machine()}; {len(files)} letters, medians of {ROUNDS} rounds"
    yield from table(in_turns({w: c for w, c in ways.items() if w not in reasons}, files, folder), len(files))
    yield from (f"{way}: not measured: {why}" for way, why in reasons.items())
    if refused is not None:
        yield f"tabula-py and PyPDF2 were not measured: {refused}"


def install(folder: Path) -> str | None:
    """Make their environment; in words why it cannot be made, or None."""
    if not shutil.which("java"):
        return "there is no Java on the PATH"
    pip = [str(folder / "venv/bin/pip"), "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
    try:
        for command in (["java", "-version"], [sys.executable, "-m", "venv", str(folder / "venv")], pip):
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    except subprocess.CalledProcessError as error:
        return (error.stderr.strip().splitlines() or [str(error)])[-1]
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return None


def failure(command: Sequence[str], folder: Path) -> str | None:
    """The last words of a way that fails; the one that works has its bytecode compiled by this."""
    try:
        cost_of(command, folder, clean_env(folder))
    except RuntimeError as error:
        return str(error).strip().splitlines()[-1]
    return None


def in_turns(ways: Mapping[str, Sequence[str]], letters: Sequence[str], folder: Path) -> dict[str, Cost]:
    """What each way costs."""
    env = clean_env(folder)
    rounds = [{name: cost_of([*way, *letters], folder, env) for name, way in ways.items()} for _ in range(ROUNDS)]
    return {name: typical(one[name] for one in rounds) for name in ways}


def table(costs: Mapping[str, Cost], letters: int) -> Iterator[str]:
    """Seconds a letter, and how many times ours that is."""
    ours = costs.get(OURS, Cost(float("nan"), float("nan")))
    yield f"{'a letter':34}{'CPU s':>8}{'wall s':>8}{'peak MB':>9}{'CPU / ours':>12}{'wall / ours':>13}"
    for name, cost in costs.items():
        each = f"{cost.cpu / letters:>8.3f}{cost.wall / letters:>8.3f}{cost.peak:>9.0f}"
        yield f"{name:34}{each}{cost.cpu / ours.cpu:>12.1f}{cost.wall / ours.wall:>13.1f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
