"""A long proof run as its command says, cut short by its options."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def proved(module: str, *options: str) -> str:
    """What the proof prints. Fails with all that it said where its exit status is not 0."""
    command = [sys.executable, "-m", f"soak.{module}", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
