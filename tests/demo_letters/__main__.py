"""Writes the demonstration's letters into the program: `python -m tests.demo_letters`."""

from __future__ import annotations

from pathlib import Path

import monitor.demo.letters
from tests.demo_letters.history import drafts
from tests.demo_letters.letters import write

FOLDER = Path(monitor.demo.letters.__file__).parent


def main() -> None:
    for name, draft in drafts().items():
        (FOLDER / f"{name}.pdf").write_bytes(write(draft))


if __name__ == "__main__":
    main()
