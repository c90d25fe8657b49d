"""Reading in a child process, so that a document which hangs or kills its reader costs that document only.

The child (`monitor.letters.child`) is started for the first document and reads many: one JSON line asks, one answers.
This end never loads PDFium.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from monitor.letters.child import allowed_memory
from monitor.letters.failures import DIED, NO_TIME_LEFT, TOO_LITTLE_MEMORY, TOO_SLOW
from monitor.model import Letter, Paragraph, letter_from_json
from monitor.model.environment import harmless
from monitor.model.letter import NotReadError

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
COMMAND = (sys.executable, "-m", "monitor.letters.child")


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

    def __exit__(self, *_: object) -> None:
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
        line = self._said(self._running(), question)
        if line is None:
            return TOO_MUCH_TEXT
        answer: dict[str, Any] | str = json.loads(line)
        if isinstance(answer, str) and answer.startswith(TOO_LITTLE_MEMORY):
            raise NotReadError(answer)
        return answer

    def _said(self, child: subprocess.Popen[bytes], question: dict[str, str]) -> bytes | None:
        """What the child says to a question; None where it says too much."""
        try:
            _send(child, question)
            line = _line(child, time.monotonic() + self._timeout)
        except BrokenPipeError:
            line = b""
        if line is None:
            self._kill(child)
            raise NotReadError(f"{TOO_SLOW} {self._timeout:g} s")
        if not line:
            raise NotReadError(f"{DIED} ({self._reap()})")
        if len(line) <= MAX_ANSWER_BYTES:
            return line
        self._kill(child)
        return None

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
