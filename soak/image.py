"""The image, built and run as an operator would: read-only, not root, no capabilities, against the replica and Slack.

    python -m soak.image                                  build it with podman or docker, then run it
    python -m soak.image --image localhost/ofsted-watch   run one that is there already
    python -m soak.image --engine "podman --runtime /usr/sbin/runc" --run-options "--ulimit nofile=1024:4096"

Baseline, a report that is published meanwhile, its message in Slack; SIGTERM and its time; a restart without a second
message; one crawl by hand in the same image; what it carries besides the program, and what its health check says
(soak/image_health.py). Prints the size and the times; exit status 1 where something is not so.
"""

from __future__ import annotations

import argparse
import json
import shlex
import shutil
import sys
import tempfile
import time
from pathlib import Path

from soak import image_health
from soak.containers import Deployment, Engine, NotSoError, must, wait
from soak.doubles import SlackDouble
from soak.replica import Replica

ROOT = Path(__file__).resolve().parents[1]
QUIET_DAY, NEWS, MORE_NEWS = "2024-05-15", "2024-05-16", "2024-07-12"
CONFIG = """
[data]
dir = "/data"
[http]
contact = "soak@localhost"
delay = 0.1
[run]
jitter = 0.0
[watch]
councils = [{councils}]
[sources.ofsted]
base_url = "{base_url}"
schedule = "* * * * *"
{newsrooms}
[[channels]]
name = "team"
kind = "slack"
token_env = "SLACK_BOT_TOKEN"
channel = "C0OFSTED"
api_url = "{api_url}"
kinds = ["report.*"]
[[channels]]
name = "operators"
kind = "console"
kinds = ["source.*"]
"""
WATCHED = ("Brighton and Hove", "Devon", "Oldham", "Torbay", *image_health.COUNCILS)
MAX_BYTES = 260e6
MAX_START_SECONDS = 2.0
LIBRARY = "from monitor.store.sqlite import LIBRARY as library; print(library.words, library.log_is_safe)"


def sealed(box: Deployment) -> None:
    """It is not root and can write nowhere but to its volume and /tmp."""
    must(box.inside("id", "-u").strip() == "10001", "runs as user 10001")
    tried = box.inside("sh", "-c", "for d in / /venv /pyc /config /usr /etc; do touch $d/x && echo WROTE; done")
    must("WROTE" not in tried, "can write neither to its own code nor anywhere else outside the volume")
    caps = box.inside("sh", "-c", "grep CapEff /proc/1/status").split()[-1]
    must(int(caps, 16) == 0, "has no capability")


def unattended(box: Deployment, site: Replica, slack: SlackDouble) -> None:
    """Baseline, news, its message; stopped and started again without another."""
    box.up()
    wait(lambda: '"watching ' in box.engine("logs", box.name), "it is at work")
    sealed(box)
    wait(lambda: box.crawls() >= 1, "the baseline is there")
    wait(box.well, "the health check is content")
    must(not slack.messages(), "nobody was told of the baseline")
    site.control(today=NEWS)
    wait(slack.messages, "the new report is told in Slack")
    seconds, status = box.stop()
    must(seconds < 10 and status == "0", f"SIGTERM ended it after {seconds:.1f} s with exit status {status}")
    before = box.crawls()
    box.engine("start", box.name)
    wait(lambda: box.crawls() >= before + 2, "it was started again and has looked twice")
    told(slack, "Brighton and Hove")
    box.stop()


def told(slack: SlackDouble, *councils: str) -> None:
    """Each of these councils' reports was told in one message, and nothing else but pictures in its thread."""
    texts = [" ".join(message["text"].split())[:90] for message in slack.messages() if message["text"]]
    right = len(texts) == len(councils) and all(name in text for name, text in zip(councils, texts, strict=False))
    must(right, f"Slack has {len(texts)} messages: {texts}")


def by_hand(box: Deployment, site: Replica, slack: SlackDouble) -> None:
    """One crawl in a container of its own, a backup, and the messages that came of it."""
    site.control(today=MORE_NEWS)
    found = [json.loads(line) for line in box.once("crawl", "ofsted", "--json").splitlines() if line.startswith("{")]
    must([e["council"] for e in found] == ["Oldham"], "a crawl by hand finds the next report")
    told(slack, "Brighton and Hove", "Oldham")
    must("wrote /data/by-hand.db" in box.once("backup", "/data/by-hand.db"), "a backup is made")
    must("restored" in box.once("restore", "/data/by-hand.db"), "and put back")
    must(not box.once("crawl", "ofsted", "--json").count('"kind"'), "and nothing is found again")
    told(slack, "Brighton and Hove", "Oldham")


def carried(engine: Engine, image: str) -> None:
    """What the image carries besides the program."""
    for program, arguments in (("litestream", ["version"]), ("python", ["-m", "pagefind", "--version"])):
        said = engine.run("--rm", "--entrypoint", program, image, *arguments).splitlines()[0]
        must(bool(said), f"{' '.join([program, *arguments])}: {said}")
    said = engine.run("--rm", "--entrypoint", "python", image, "-c", LIBRARY).splitlines()[0]
    must(said.endswith("True"), f"a write-ahead log is safe: {said.removesuffix(' True')}")


def figures(engine: Engine, image: str) -> None:
    """Size and start-up time. The engine's own share of the time is what an empty container takes."""
    size = int(engine("image", "inspect", "--format", "{{.Size}}", image))
    must(size <= MAX_BYTES, f"unpacked: {size / 1e6:.0f} MB")
    empty, starts = (
        min(_timed(engine, command) for _ in range(3))
        for command in (["--entrypoint", "true", image], [image, "--version"])
    )
    must(starts - empty <= MAX_START_SECONDS, f"`--version` takes {starts - empty:.2f} s more than an empty container")


def _timed(engine: Engine, command: list[str]) -> float:
    began = time.monotonic()
    engine.run("--rm", *command)
    return time.monotonic() - began


def main() -> int:
    """Build, run, report."""
    given = argparse.ArgumentParser()
    given.add_argument("--image", help="run this one and build none")
    given.add_argument("--engine", default=shutil.which("podman") or shutil.which("docker"))
    given.add_argument("--run-options", default="", help="more options for the engine's run")
    options = given.parse_args()
    if not options.engine:
        print("neither podman nor docker is here: nothing was built or run", file=sys.stderr)
        return 2
    engine = Engine(shlex.split(options.engine), shlex.split(options.run_options))
    try:
        _prove(engine, options.image or _built(engine))
    except NotSoError as error:
        print(f"NOT SO: {error}", file=sys.stderr)
        return 1
    print("all of it is so")
    return 0


def _built(engine: Engine) -> str:
    engine("build", "-t", "ofsted-watch", str(ROOT))
    return "ofsted-watch"


def _prove(engine: Engine, image: str) -> None:
    """Everything, one after the other. Raises NotSoError at the first thing that is not as it must be."""
    figures(engine, image)
    carried(engine, image)
    with tempfile.TemporaryDirectory() as folder, Replica(QUIET_DAY) as site, SlackDouble() as slack:
        site.fault("/news/", "403")
        text = CONFIG.format(
            base_url=site.base_url, api_url=slack.api_url, councils=", ".join(f'"{name}"' for name in WATCHED),
            newsrooms=image_health.newsrooms(site.address, WATCHED),
        )  # fmt: skip
        with Deployment(engine, image, Path(folder), text) as box:
            unattended(box, site, slack)
            by_hand(box, site, slack)
            engine("start", box.name)
            image_health.prove(box, site)


if __name__ == "__main__":
    sys.exit(main())
