"""What a command costs: CPU and peak memory of its whole process tree, and the wall time. Shared by the measurements.

Linux only. CPU is user and system time of the process and of every child that it waited for; the peak is the
resident memory of the largest of them.
"""

from __future__ import annotations

import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of CPU and of wall time, megabytes (2**20) at the peak, and requests that a site counted."""

    cpu: float
    wall: float
    peak: float = 0.0
    requests: int = 0


def cost_of(command: Sequence[str], folder: Path, env: Mapping[str, str] | None = None, limit: float = 900) -> Cost:
    """Run a command in a folder to its end. Raises RuntimeError with its last words if it fails or takes too long."""
    with tempfile.TemporaryFile() as output:
        began = time.monotonic()
        code, usage = _waited(command, folder, env, output.fileno(), limit)
        wall = time.monotonic() - began
        if code:
            output.seek(0)
            words = output.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{' '.join(command)}: exit status {code}\n{words}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)


def _waited(
    command: Sequence[str], folder: Path, env: Mapping[str, str] | None, output: int, limit: float
) -> tuple[int, os.struct_rusage]:  # type: ignore[name-defined]  # typeshed has it in resource
    """A child's exit status and what the kernel says of it and of the children that it waited for."""
    child = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    deadline = time.monotonic() + limit
    while True:
        pid, status, usage = os.wait4(child.pid, os.WNOHANG)
        if pid:
            child.returncode = os.waitstatus_to_exitcode(status)
            return child.returncode, usage
        if time.monotonic() > deadline:
            child.kill()
            deadline += limit
        time.sleep(0.01)


def clean_env(folder: Path) -> dict[str, str]:
    """The caller's environment with bytecode kept in a folder of ours: compiled in the first run of each command, as
    an installation does it, and nowhere else. Without this a machine that writes none would measure the compiler."""
    kept = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy") and k != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def cpu_of(pid: int) -> float:
    """Seconds of CPU of a running process and of the children that it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def memory_of(pid: int) -> float:
    """Resident megabytes of a running process."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def typical(costs: Iterable[Cost]) -> Cost:
    """The median of each figure; the largest peak."""
    found = list(costs)
    return Cost(
        median(c.cpu for c in found),
        median(c.wall for c in found),
        max(c.peak for c in found),
        round(median(c.requests for c in found)),
    )


def machine() -> str:
    """The machine in a line, without its name."""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}"
