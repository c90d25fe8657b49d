"""A PostgreSQL server of Debian's package in a temporary folder; a test without one is skipped with a plain reason."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

FOLDERS = "/usr/lib/postgresql/*/bin"
USER = "postgres"


def programs() -> Path | None:
    """The folder of initdb and pg_ctl of the newest version, or None."""
    found = sorted(Path("/").glob(f"{FOLDERS[1:]}/initdb"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def refusal() -> str | None:
    """Why no server can be started here; None if one can."""
    from monitor.workers.queue import refusal as missing

    if missing():
        return "needs the extra workers"
    if programs() is None:
        return "needs PostgreSQL's server programs (Debian: postgresql)"
    if os.getuid() == 0 and USER not in {user.pw_name for user in pwd.getpwall()}:
        return "PostgreSQL does not run as root, and there is no user postgres"
    return None


class Server:
    """One server; `address` is that of its database."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.address = f"postgresql://{USER}@/postgres?host={quote(str(folder))}"
        self._data = folder / "data"
        self._pg("initdb", "-D", str(self._data), "-U", USER, "-A", "trust", "--no-sync", "--no-locale", "-E", "UTF8")

    def start(self) -> None:
        """Serve on a socket in the folder, and on no port."""
        options = f"-c listen_addresses='' -k {self.folder} -c fsync=off -c max_connections=60"
        self._pg("pg_ctl", "-D", str(self._data), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """End it, and every connection."""
        self._pg("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")

    def _pg(self, program: str, *arguments: str) -> None:
        bin_ = programs()
        assert bin_ is not None
        command = [str(bin_ / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", USER, "--", *command]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/", check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr.decode(errors='replace')}")


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs until the block ends. Its folder is short, for the path of a socket is bounded."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        folder = Path(name)
        if os.getuid() == 0:
            user = pwd.getpwnam(USER)
            os.chown(folder, user.pw_uid, user.pw_gid)
        made = Server(folder)
        made.start()
        try:
            yield made
        finally:
            made.stop()
