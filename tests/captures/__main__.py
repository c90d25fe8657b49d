"""Makes a test case of a capture that somebody sent.

    python -m tests.captures add FOLDER [--name NAME] [--source SOURCE]…

copies the folder's sources to tests/captures/NAME, crawls them as they were captured, and writes what was found to
`expected.jsonl` beside each. Read that file before you commit it: it says what the program makes of the site today,
which is what somebody sent the capture for. Put right what is wrong in it, and let the test fail until the program
agrees.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from monitor.model.capture import JOB
from tests.captures.replay import play

HERE = Path(__file__).parent
EXPECTED = "expected.jsonl"


def add(folder: Path, name: str, sources: list[str]) -> list[Path]:
    """Copy a capture and write what is found in it. Returns the folders of the new cases. Raises ValueError."""
    found = [job.parent for job in sorted(folder.glob(f"*/{JOB}"))]
    chosen = [place for place in found if not sources or place.name in sources]
    if not chosen:
        raise ValueError(f"{folder}: no capture of {' or '.join(sources) or 'any source'} ({JOB} is missing)")
    made = [HERE / name / place.name for place in chosen]
    for place, case in zip(chosen, made, strict=True):
        if case.exists():
            raise ValueError(f"{case}: is there already")
        shutil.copytree(place, case)
        write(case, played(case))
    return made


def played(case: Path) -> list[dict[str, Any]]:
    """What the program finds in a case now."""
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-") as work:
        return play(case, Path(work))


def write(case: Path, items: list[dict[str, Any]]) -> None:
    """Write what is expected of a case."""
    lines = (json.dumps(item, ensure_ascii=False, sort_keys=True) + "\n" for item in items)
    (case / EXPECTED).write_text("".join(lines), encoding="utf-8")


def expected(case: Path) -> list[dict[str, Any]]:
    """What somebody has agreed that a case shows."""
    return [json.loads(line) for line in (case / EXPECTED).read_text(encoding="utf-8").splitlines()]


def cases() -> list[Path]:
    """All cases: the folders with a job in them."""
    return [job.parent for job in sorted(HERE.glob(f"*/*/{JOB}"))]


def main(arguments: list[str]) -> int:
    """Exit status 2 where nothing could be added."""
    parser = argparse.ArgumentParser(prog="python -m tests.captures", description=__doc__)
    adding = parser.add_subparsers(required=True).add_parser("add", help="make a test case of a capture")
    adding.add_argument("folder", type=Path)
    adding.add_argument("--name", help="what the case is called (the folder's name)")
    adding.add_argument("--source", action="append", default=[], help="only this source")
    given = parser.parse_args(arguments)
    try:
        made = add(given.folder, given.name or given.folder.resolve().name, given.source)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    for case in made:
        sys.stdout.write(f"{case / EXPECTED}: read it, put right what is wrong, and commit the folder\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
