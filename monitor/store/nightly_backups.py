"""The backup of each night, in the data folder: the newest are kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from monitor.store.backups import FOLDER
from monitor.store.database import Store
from monitor.store.explain import explained

NAMES = "ofsted-watch-*.db"


def make(store: Store, now: datetime, keep: int) -> Path:
    """Make a backup in the data folder, named by its time (UTC), and keep the newest `keep` of them."""
    folder = store.folder / FOLDER
    with explained(folder):
        folder.mkdir(exist_ok=True)
        path = folder / NAMES.replace("*", f"{now:%Y%m%d-%H%M%S}")
        path.unlink(missing_ok=True)
        store.copy_to(path)
        for old in _oldest_first(folder, path)[:-keep]:
            old.unlink()
    return path


def _oldest_first(folder: Path, newest: Path) -> list[Path]:
    """Return the nightly backups, oldest first. A name later than that of the newest backup was written by a wrong
    clock, so that backup is older too."""
    others = sorted(path for path in folder.glob(NAMES) if path != newest)
    ahead = [path for path in others if path.name > newest.name]
    return [*ahead, *(path for path in others if path not in ahead), newest]
