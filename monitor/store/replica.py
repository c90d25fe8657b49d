"""The replica: the database copied off the machine while it is written, and the documents by their hash.

Litestream copies the database, a program of its own (extra `replica`). It reads the write-ahead log and writes each
transaction to a folder or a bucket. `run` has it as a child (service/replication.py). It switches the database to a
write-ahead log by itself, so there is no replica with a library that is not safe with one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import unquote, urlsplit

from monitor.model.environment import harmless
from monitor.store.backups import PRIVATE, new_file
from monitor.store.database import NAME
from monitor.store.documents import sound, write
from monitor.store.explain import StoreError, explained
from monitor.store.sqlite import LIBRARY

SETTINGS, SOCKET = "replica.json", "replica.sock"
STATE = f".{NAME}-litestream"
"""Where Litestream keeps what it knows of the database, in the data folder."""
MAX_SOCKET_PATH = 100
"""The system takes no longer paths of sockets (108 bytes on Linux)."""
CREDENTIALS = (
    "LITESTREAM_ACCESS_KEY_ID", "LITESTREAM_SECRET_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
)  # fmt: skip
"""What Litestream reads from its environment; all of it counts as secret."""
PLACES = ("AWS_REGION", "AWS_ENDPOINT_URL", "SSH_AUTH_SOCK")
RESTORE_SECONDS = 3600.0
DRILL = "replica drill"
"""The job that restores it every week, as the ledger calls it."""
COMPLETE = "replica.complete"
"""The file in the data folder whose time says when the replica was last known to be complete."""


class ReplicaError(StoreError):
    """The replica cannot be used: what and why, in one line."""


@dataclass(frozen=True, slots=True)
class Replica:
    """A replica of the data folder `folder` at an address (`file:///…`, `s3://…`, `sftp://…`)."""

    address: str
    folder: Path

    @property
    def database(self) -> str:
        """The address of the database's part."""
        return f"{self.address}/database"

    @property
    def documents(self) -> Path | None:
        """The folder of the documents' part; None where the address is no folder, and documents are not copied."""
        parts = urlsplit(self.address)
        return Path(unquote(parts.path)) / "documents" if parts.scheme == "file" else None

    @property
    def control(self) -> Path:
        """The socket over which a running Litestream is asked."""
        return self.folder / SOCKET

    def refusal(self) -> str | None:
        """Why there can be no replica here, in one line; None if there can."""
        if not LIBRARY.log_is_safe:
            bad = f"needs a write-ahead log, which {LIBRARY.words} may corrupt"
            return f"store.replica: {bad}: install ofsted-watch[sqlite]"
        if program() is None:
            return "store.replica: needs Litestream: install ofsted-watch[replica]"
        if len(str(self.control.absolute())) > MAX_SOCKET_PATH:
            return f"store.replica: the path of the data folder is too long for a socket: {self.folder}"
        return None

    def command(self) -> list[str]:
        """The command that replicates until it is stopped. Writes its settings into the data folder."""
        settings = {
            "socket": {"enabled": True, "path": str(self.control.absolute()), "permissions": PRIVATE},
            "dbs": [{"path": str(self._database_path()), "replica": {"url": self.database}}],
        }
        with explained(self.folder), new_file(self.folder / SETTINGS) as new:
            new.write_text(json.dumps(settings), encoding="utf-8")  # JSON is YAML, too
        return [_needed(), "replicate", "-no-expand-env", "-config", str(self.folder / SETTINGS)]

    def sync(self, seconds: float) -> None:
        """Return when all that was committed until now is in the replica. Asks the Litestream that runs on the data
        folder. Raises ReplicaError where there is none, or it could not within so many seconds."""
        body = json.dumps({"path": str(self._database_path()), "wait": True, "timeout": max(1, int(seconds))})
        from monitor.store.local_http import post

        try:
            status, answer = post(self.control, "/sync", body, seconds + 1)
            said = json.loads(answer or b"{}")
        except (OSError, ValueError) as error:
            raise ReplicaError(f"{self.address}: {getattr(error, 'strerror', None) or error}") from error
        if status != HTTPStatus.OK or said.get("txid") != said.get("replicated_txid"):
            raise ReplicaError(f"{self.address}: {said.get('error', 'it is behind')}")

    def restore(self, to: Path) -> None:
        """Write the newest state of the replica's database to a new file. Raises ReplicaError."""
        line = [_needed(), "restore", "-no-expand-env", "-o", str(to), self.database]
        try:
            done = subprocess.run(line, capture_output=True, env=environment(), timeout=RESTORE_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ReplicaError(f"{self.address}: {error}") from error
        if done.returncode or not to.exists():
            said = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
            raise ReplicaError(
                f"{self.address}: nothing could be restored: {said[-1][:300] if said else 'no reason given'}"
            )

    def copy_documents(self, documents: Path) -> int:
        """Copy the documents that the replica lacks. Returns how many. Raises ReplicaError where one is not what its
        name says, once the others are copied."""
        if self.documents is None:
            return 0
        copied, bad = _copied(documents, self.documents)
        if bad:
            more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
            raise ReplicaError(f"{documents / bad[0][:2] / bad[0]}{more}: is not what its name says, and is not copied")
        return copied

    def bring_documents(self, documents: Path) -> tuple[int, list[str]]:
        """Copy the documents that a data folder lacks from the replica. Returns how many, and the names of those that
        are not what they say."""
        there = self.documents
        return _copied(there, documents) if there is not None and there.is_dir() else (0, [])

    def note_complete(self) -> None:
        """Remember that all that was committed until now is in the replica."""
        with explained(self.folder):
            (self.folder / COMPLETE).touch()

    def last_complete(self) -> datetime | None:
        """When the replica was last known to be complete; None if it never was."""
        try:
            return datetime.fromtimestamp((self.folder / COMPLETE).stat().st_mtime, UTC)
        except FileNotFoundError:
            return None

    def _database_path(self) -> Path:
        return (self.folder / NAME).absolute()


def program() -> str | None:
    """The path of Litestream: that of our own environment, or the system's; None where there is none."""
    ours = Path(sys.executable).parent / "litestream"
    return str(ours) if ours.is_file() else shutil.which("litestream")


def environment() -> dict[str, str]:
    """What Litestream gets of our environment: what any child gets, and its own credentials."""
    own = {name: os.environ[name] for name in (*CREDENTIALS, *PLACES) if name in os.environ}
    return harmless(os.environ) | own


def _needed() -> str:
    found = program()
    if found is None:
        raise ReplicaError("Litestream is not installed: install ofsted-watch[replica]")
    return found


def _copied(source: Path, target: Path) -> tuple[int, list[str]]:
    """Copy the documents that a folder lacks, each only if it is what its name says. Returns how many, and the names of
    those that are not."""
    with explained(target):
        missing = [p for p in sorted(source.glob("??/*.pdf")) if not (target / p.parent.name / p.name).exists()]
        bad = [path.name for path in missing if not _copied_one(path, target)]
    return len(missing) - len(bad), bad


def _copied_one(path: Path, target: Path) -> bool:
    """Copy a document, if it is what its name says."""
    there = target / path.parent.name / path.name
    body = sound(path)
    if body is None:
        return False
    write(there, body)
    return True
