"""The demo's six days, played through the program's own command path: baseline, a report that moves two
judgements, a focused visit, a broken page and its recovery, a document replaced in place."""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from shutil import which

from monitor.config import file as config_file
from monitor.config.file import Config
from monitor.deliver import ways_out
from monitor.deliver.audience import channels
from monitor.deliver.sender import Sender
from monitor.demo.councils import write_registry
from monitor.demo.history import WEEK, demo_world
from monitor.demo.site import DemoSite
from monitor.demo.world import Day
from monitor.model.reach import Depth
from monitor.site.build import write
from monitor.store import Store
from monitor.watch import source as watch_source
from monitor.watch.source import Round

CONFIG = """\
[http]
delay = 0
[watch]
registry = "councils.csv"
[sources.ofsted]
base_url = "{base_url}"
[site]
enabled = true
title = "Ofsted watch (made-up councils)"
[[channels]]
name = "demo"
kind = "console"
[[channels]]
name = "feed"
kind = "feed"
"""

Say = Callable[[str], object]
SITE_PREFIX = "ofsted-watch-demo-site-"


def play(keep: Path | None, say: Say, show: Callable[[Path], object] | None = None) -> int:
    """Play it, and print the messages as people would see them. Leaves behind the pages that it makes of its councils,
    and its data if told to `keep` its folder. `show` shows the pages to somebody, and returns when that is over.
    Returns the exit status: 1 where a day did not bring what it should."""
    world = demo_world()
    with _folder(keep) as folder, DemoSite(world) as site:
        settings = _settings(folder, site.base_url)
        brought = [_day(settings, site, day, say) for day in world.days]
        well = all(brought)  # every day is played, also after one that went wrong
        pages = _pages(settings, keep / "data" / "site" if keep else Path(tempfile.mkdtemp(prefix=SITE_PREFIX)))
    if keep:
        say(f"\nThe demo's data is in {keep}.")
    say(f"\nPages about these councils are in {pages}. To look at them:")
    say(f"  {sys.executable} -m http.server --bind 127.0.0.1 8000 --directory {pages}")
    say("  and open http://127.0.0.1:8000/ (or begin with: ofsted-watch demo --serve)")
    if show:
        show(pages)
    say(f"\n{_ending()}" if well else "\nThe demo did not go as it should.")
    return 0 if well else 1


def _ending() -> str:
    """What comes next, with the command as a newcomer's shell finds it: by its path, where its environment is not
    activated. In the clone lies a config.toml already, which `init` leaves as it is."""
    beside = Path(sys.executable).with_name("ofsted-watch")
    command = "ofsted-watch" if which("ofsted-watch") or not beside.exists() else beside
    return f"That was the whole way. Next, in a folder of your own: {command} init"


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ofsted-watch-demo-") as folder:
        yield Path(folder)
        if keep:
            shutil.copytree(folder, keep, dirs_exist_ok=True)


def _settings(folder: Path, base_url: str) -> Config:
    write_registry(folder / "councils.csv")
    path = folder / "config.toml"
    path.write_text(CONFIG.format(base_url=base_url), encoding="utf-8")
    return config_file.load(path)


def _pages(settings: Config, folder: Path) -> Path:
    """The site of the made-up councils, as of now, or of the last day played where that is later."""
    now = max(datetime.now(UTC), _noon(WEEK[-1]))
    with Store.reading(settings.data_dir) as store:
        write(store, settings, folder, now, scheduled=False)
    folder.chmod(0o755)
    return folder


def _day(settings: Config, site: DemoSite, day: Day, say: Say) -> bool:
    """One day: move the site's date and the clock there, crawl, print what goes out."""
    site.today = day.date
    noon = _noon(day.date)
    say(f"\n── {day.date:%A} {day.date.day} {day.date:%B %Y}: {day.what}")
    with Store(settings.data_dir) as store:
        look = Round(Depth.EVERYTHING if day.sweep else Depth.NEW)
        found = watch_source.crawl_source(settings, store, "ofsted", look, clock=lambda: noon)
        printed = io.StringIO()
        failures = Sender(store, ways_out.build(settings, printed), channels(settings), lambda: noon).send_due()
    say(_indented(printed.getvalue()) or "   nobody is told anything")
    return not failures and [e.kind for e in found.events] == list(day.expects)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def _indented(text: str) -> str:
    return "\n".join(f"   {line}".rstrip() for line in text.strip().splitlines())
