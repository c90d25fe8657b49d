"""A second process that holds a database's write lock for as long as a test wants."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOLD = """
import sys
from monitor.store.sqlite import sqlite3
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
connection.execute("CREATE TABLE half_written (x)")
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def writing(database: Path) -> Iterator[None]:
    """While this lasts another process is in the middle of a transaction."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD, str(database)], **pipes) as child:  # type: ignore[call-overload]
        try:
            assert child.stdout.readline() == b"held\n"
            yield
        finally:
            child.stdin.close()
