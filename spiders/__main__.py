"""`python -m spiders SPIDER JOBFILE`: one crawl, JSON lines on stdout, log on stderr.

With `-` for the file the job is the first line of stdin, so that nothing is left behind by a parent that is killed.

If stdin is a pipe, its end means that the parent has died, and the child ends at once too: an orphan would go on
asking, and its lines would reach nobody.
"""

from __future__ import annotations

import gc
import json
import os
import stat
import sys
import threading
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Exit status 2 for a wrong command line or job, else 0: only the polls tell how the crawl went."""
    if len(arguments) != 2:
        sys.stderr.write("usage: python -m spiders SPIDER JOBFILE\n")
        return 2
    gc.disable()  # while importing; `run` turns it on again
    from monitor.model import job_from_json
    from spiders.child import run

    name, path = arguments
    try:
        text = sys.stdin.buffer.readline() if path == "-" else Path(path).read_bytes()
        die_with_parent()
        job = job_from_json(json.loads(text))
    except (OSError, ValueError, KeyError) as error:
        sys.stderr.write(f"{path}: {error}\n")
        return 2
    if job.source != name:
        sys.stderr.write(f"{path}: the job is for {job.source!r}, not {name!r}\n")
        return 2
    try:
        run(job, sys.stdout)
    except KeyboardInterrupt:
        return 130
    return 0


def die_with_parent() -> None:
    """Watch stdin in a thread, if it is a pipe that somebody holds the other end of."""
    if stat.S_ISFIFO(os.fstat(0).st_mode) or stat.S_ISSOCK(os.fstat(0).st_mode):
        threading.Thread(target=_wait_for_end, daemon=True).start()


def _wait_for_end() -> None:
    while os.read(0, 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(status)  # nothing is left to do, and tearing the interpreter down takes time
