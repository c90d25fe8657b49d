"""Reading in a child process, so that a document which hangs or kills its reader costs that document only.

The child (`python -m monitor.letters.worker`) is started for the first document and reads many: one
JSON line asks, one answers. It ends when its standard input closes, so also when the parent is killed,
and an alarm ends it should it hang at that moment. The parent never loads PDFium.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from monitor.letters.failures import DIED, NO_TIME_LEFT, TOO_LITTLE_MEMORY, TOO_SLOW
from monitor.model import Letter, Paragraph, letter_from_json, to_json
from monitor.model.environment import harmless
from monitor.model.letter import NotReadError

if TYPE_CHECKING:
    from monitor.councils.registry import Registry

log = logging.getLogger(__name__)

GIGABYTE = 1 << 30
QUICK = 10.0
"""Seconds that any document may take; the letters of the corpus take one or two."""
SLOW_SECONDS = 120.0
"""Seconds beyond `QUICK` that all documents of one reader may take together. What comes after waits for the next
reader, so that a few slow documents do not hold up the news of all councils."""
MAX_ANSWER_BYTES = 16 << 20
"""Of what is read in one document; a committee's pack of 300 pages has two megabytes of words."""
TOO_MUCH_TEXT = f"the file holds more text than {MAX_ANSWER_BYTES >> 20} MB, which no document of an inspection does"
COMMAND = (sys.executable, "-m", "monitor.letters.worker")
_PATIENCE = 5


class Reader:
    """Reads documents in a child, one after another. `timeout`: seconds for one document; `memory_bytes`:
    the child's address space, less where this process may not have so much; `slow_seconds`: those for all documents
    together beyond `QUICK` each; `registry`: a table of councils in place of the built-in one; `command` starts the
    child, which is given the limits as its last argument."""

    def __init__(
        self,
        timeout: float = 30.0,
        memory_bytes: int = GIGABYTE,
        registry: Path | None = None,
        command: Sequence[str] = COMMAND,
        slow_seconds: float = SLOW_SECONDS,
    ) -> None:
        self._timeout = timeout
        self._memory = memory_bytes
        limits = {"timeout": timeout, "memory": memory_bytes, "registry": str(registry) if registry else None}
        self._command = [*command, json.dumps(limits)]
        self._child: subprocess.Popen[bytes] | None = None
        self._slow_left = slow_seconds

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path) -> Letter:
        """What the document says; of kind "unknown", with the reason, where it cannot be read or the reader failed.
        Raises OSError if the file itself cannot be opened."""
        try:
            return self.attempt(path)
        except NotReadError as error:
            return _unread(path, str(error))

    def attempt(self, path: Path) -> Letter:
        """What the document says; of kind "unknown", with the reason, where it cannot be read. Raises NotReadError
        where the reader took too long or died, OSError if the file itself cannot be opened."""
        answer = self._ask({"path": str(path.absolute()), "file": str(path)})
        return _unread(path, answer) if isinstance(answer, str) else letter_from_json(answer)

    def paragraphs(self, path: Path) -> list[Paragraph]:
        """A document's whole text by paragraphs (`paragraphs.paragraphs`); none where it has no words. Raises
        NotReadError where the reader took too long or died, OSError if the file itself cannot be opened."""
        answer = self._ask({"path": str(path.absolute()), "what": "paragraphs"})
        return [] if isinstance(answer, str) else [Paragraph(**paragraph) for paragraph in answer["paragraphs"]]

    def close(self) -> None:
        """End the child: it goes by itself when its input closes, and is killed if it does not."""
        child = self._child
        if child is not None:
            _close_input(child)
            try:
                child.wait(1.0)
            except subprocess.TimeoutExpired:
                child.kill()
        self._reap()

    def _ask(self, question: dict[str, str]) -> dict[str, Any] | str:
        """The child's answer, or in words why the document gives none. Raises NotReadError, FileNotFoundError."""
        Path(question["path"]).open("rb").close()
        if self._slow_left <= 0:
            raise NotReadError(NO_TIME_LEFT)
        since = time.monotonic()
        try:
            return self._answer(question)
        finally:
            self._slow_left -= max(0.0, time.monotonic() - since - QUICK)

    def _answer(self, question: dict[str, str]) -> dict[str, Any] | str:
        child = self._running()
        try:
            _send(child, question)
            line = _line(child, time.monotonic() + self._timeout)
        except BrokenPipeError:
            line = b""
        if line is None:
            self._kill(child)
            raise NotReadError(f"{TOO_SLOW} {self._timeout:g} s")
        if len(line) > MAX_ANSWER_BYTES:
            self._kill(child)
            return TOO_MUCH_TEXT
        if not line:
            raise NotReadError(f"{DIED} ({self._reap()})")
        answer: dict[str, Any] | str = json.loads(line)
        if isinstance(answer, str) and answer.startswith(TOO_LITTLE_MEMORY):
            raise NotReadError(answer)
        return answer

    def _kill(self, child: subprocess.Popen[bytes]) -> None:
        """End a child that is in the middle of something."""
        child.kill()
        self._reap()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._reap()
            self._say_less_memory()
            pipe, plain = subprocess.PIPE, harmless(os.environ)
            self._child = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, env=plain)
        return self._child

    def _say_less_memory(self) -> None:
        """Say once that the child gets less memory than it should have."""
        allowed = allowed_memory(self._memory)
        if allowed < self._memory:
            log.warning(
                "the reader of PDFs has %d MB of memory and not %d: this process may not have more (ulimit -v)",
                allowed >> 20,
                self._memory >> 20,
            )
            self._memory = allowed

    def _reap(self) -> str:
        """Wait for the child's end and say how it was."""
        child, self._child = self._child, None
        if child is None:
            return "not started"
        status = child.wait()
        _close_input(child)
        if child.stdout:
            child.stdout.close()
        return f"signal {-status}" if status < 0 else f"exit status {status}"


def _unread(path: Path, problem: str) -> Letter:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Letter("unknown", digest, 0, file=str(path), problems=[problem])


def allowed_memory(wanted: int) -> int:
    """The bytes of address space that a child of this process can be given, at most those that are wanted."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    return wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)


def _send(child: subprocess.Popen[bytes], question: dict[str, str]) -> None:
    assert child.stdin is not None
    child.stdin.write(json.dumps(question).encode() + b"\n")
    child.stdin.flush()


def _close_input(child: subprocess.Popen[bytes]) -> None:
    """Close the pipe, also where a dead child has left words in it that nobody will take."""
    assert child.stdin is not None
    try:
        child.stdin.close()
    except BrokenPipeError:
        return


def _line(child: subprocess.Popen[bytes], deadline: float) -> bytes | None:
    """One answer, or the start of one that is too long; empty when the child is gone, None when the time is over."""
    assert child.stdout is not None
    held = bytearray()
    while not held.endswith(b"\n"):
        if not select.select([child.stdout], [], [], max(deadline - time.monotonic(), 0))[0]:
            return None
        chunk = child.stdout.read1(1 << 16)  # type: ignore[attr-defined]  # a BufferedReader, typed as IO
        if not chunk:
            return b""
        held += chunk
        if len(held) > MAX_ANSWER_BYTES:
            break
    return bytes(held)


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
