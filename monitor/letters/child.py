"""The child that reads documents: `python -m monitor.letters.child LIMITS`, as `reader.Reader` starts it.

It ends when its standard input closes, so also when its parent is killed, and an alarm ends it should it hang at that
moment.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monitor.letters.failures import TOO_LITTLE_MEMORY
from monitor.model import to_json

if TYPE_CHECKING:
    from monitor.councils.registry import Registry

_PATIENCE = 5
"""Seconds beyond the time for a document, in which whoever asked ends the child himself."""


def allowed_memory(wanted: int) -> int:
    """Return how many bytes of address space a child of this process can be given, up to those wanted."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def serve(limits: dict[str, Any]) -> None:
    """The child's life: a question a line until the input closes. An alarm stands over each document."""
    allowed = allowed_memory(limits["memory"])
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from monitor.councils.registry import Registry

    registry = Registry.load(Path(limits["registry"])) if limits["registry"] else Registry.load()
    for line in sys.stdin.buffer:
        signal.alarm(int(limits["timeout"]) + _PATIENCE)
        try:
            answer: Any = _answer(json.loads(line), registry)
        except MemoryError:
            answer = _out_of_memory(allowed, limits["memory"])
        _say(json.dumps(answer).encode() + b"\n")
        signal.alarm(0)


def _out_of_memory(allowed: int, wanted: int) -> str:
    if allowed < wanted:
        return f"{TOO_LITTLE_MEMORY}: {allowed >> 20} MB, of {wanted >> 20} that it should have"
    return f"reading needs more than {wanted >> 20} MB of memory"


def _say(answer: bytes) -> None:
    """Answer; where whoever asked has been killed meanwhile there is nobody to answer, and nothing to complain of."""
    try:
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os._exit(0)  # an ordinary end would try once more


def _answer(question: dict[str, str], registry: Registry) -> Any:
    from monitor.letters.paragraphs import paragraphs
    from monitor.letters.reading import read

    data = Path(question["path"]).read_bytes()
    if question.get("what") == "paragraphs":
        return {"paragraphs": [to_json(paragraph) for paragraph in paragraphs(data)]}
    return to_json(read(data, registry, question["file"]))


if __name__ == "__main__":
    serve(json.loads(sys.argv[1]))
