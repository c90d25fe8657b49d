"""The program in a container, as an operator runs it: read-only, not root, no capabilities."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SEALED = (
    "--network host --read-only --tmpfs /tmp:size=256m,mode=1777 --cap-drop ALL --security-opt no-new-privileges "
    "--memory 768m --pids-limit 128"
)


class NotSoError(Exception):
    """What the image should have done and did not."""


def must(what: bool, said: str) -> None:
    """Say that it is so, or end."""
    if not what:
        raise NotSoError(said)
    print(f"  {said}", flush=True)


def wait(until: Callable[[], Any], said: str, seconds: float = 180) -> float:
    """Wait for something; how long it took."""
    began = time.monotonic()
    while not until():
        if time.monotonic() - began > seconds:
            raise NotSoError(f"{said}: not within {seconds:.0f} s")
        time.sleep(0.2)
    took = time.monotonic() - began
    print(f"  {said} after {took:.1f} s", flush=True)
    return took


class Engine:
    """podman or docker."""

    def __init__(self, command: list[str], options: list[str]) -> None:
        self._command, self._options = command, options

    def __call__(self, *arguments: str, fail: bool = True) -> str:
        done = subprocess.run([*self._command, *arguments], capture_output=True, text=True, check=False)
        if fail and done.returncode:
            raise NotSoError(f"{shlex.join(arguments[:3])}: exit {done.returncode}: {done.stderr.strip()[-400:]}")
        return done.stdout + done.stderr

    def succeeds(self, *arguments: str) -> bool:
        return not subprocess.run([*self._command, *arguments], capture_output=True, check=False).returncode

    def run(self, *arguments: str, fail: bool = True) -> str:
        return self("run", *shlex.split(SEALED), *self._options, *arguments, fail=fail)

    def inspect(self, name: str, field: str) -> str:
        return self("inspect", "--format", f"{{{{{field}}}}}", name).strip()


class Deployment:
    """The container, with its volume, configuration and secret."""

    def __init__(self, engine: Engine, image: str, folder: Path, text: str) -> None:
        self.engine, self.image = engine, image
        self.name = f"ofsted-watch-soak-{os.getpid()}"
        config, token = folder / "config.toml", folder / "slack_bot_token"
        config.write_text(text, encoding="utf-8")
        token.write_text("xoxb-test-token\n", encoding="ascii")
        self._mounts = [
            *("-v", f"{self.name}:/data", "-v", f"{config}:/config/config.toml:ro"),
            *("-v", f"{token}:/run/secrets/slack_bot_token:ro"),
            *("-e", "SLACK_BOT_TOKEN_FILE=/run/secrets/slack_bot_token"),
        ]

    def __enter__(self) -> Deployment:
        return self

    def __exit__(self, *_: object) -> None:
        self.engine("rm", "-f", self.name, fail=False)
        self.engine("volume", "rm", "-f", self.name, fail=False)

    def up(self) -> None:
        self.engine.run("-d", "--name", self.name, *self._mounts, self.image)

    def once(self, *arguments: str) -> str:
        """A command in a container of its own, on the same volume."""
        return self.engine.run("--rm", *self._mounts, self.image, *arguments)

    def inside(self, *arguments: str) -> str:
        return self.engine("exec", self.name, *arguments, fail=False)

    def well(self) -> bool:
        """What the HEALTHCHECK asks."""
        return self.engine.succeeds("exec", self.name, "ofsted-watch", "health")

    def process(self) -> int:
        """The process that runs in it, as the host sees it."""
        return int(self.engine.inspect(self.name, ".State.Pid"))

    def read_only(self, *arguments: str) -> str:
        """What a command says in a container of its own whose volume is read-only."""
        mounts = [mount.replace(":/data", ":/data:ro") for mount in self._mounts]
        return self.engine.run("--rm", *mounts, self.image, *arguments, fail=False)

    def crawls(self) -> int:
        """How many looks at Ofsted the log tells of."""
        return self.engine("logs", self.name).count('"polls"')

    def stop(self) -> tuple[float, str]:
        """Tell it to stop; how long that took, and the exit status."""
        began = time.monotonic()
        self.engine("stop", "-t", "30", self.name)
        return time.monotonic() - began, self.engine.inspect(self.name, ".State.ExitCode")
