"""What is judged of a year: what was seen from outside, and what the program's database says."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.model import Event, event_from_json
from monitor.store.sqlite import sqlite3
from soak.year_plan import Plan
from soak.year_world import World


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen from outside: what happened when, the signs of life, what was published, what arrived."""

    plan: Plan
    small_disk: bool
    beats: list[tuple[datetime, bool]]
    truth: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    mails: list[dict[str, Any]]


def seen(world: World) -> Seen:
    """The same of a world whose year is over."""
    first, last = world.plan.first.date() + timedelta(days=1), world.plan.last.date()
    truth = world.site.truth(f"{first}", f"{last}", "all")
    sent = world.slack.get("/_messages"), world.smtp.get("/_mails")
    return Seen(world.plan, world.small_disk, world.beats, truth, *sent)


class Told:
    """What the program's database says at the end."""

    def __init__(self, data: Path) -> None:
        with closing(sqlite3.connect(data / "ofsted-watch.db")) as database:
            database.row_factory = sqlite3.Row
            bodies = database.execute("SELECT body FROM events ORDER BY seq").fetchall()
            self.events: list[Event] = [event_from_json(json.loads(row["body"])) for row in bodies]
            self.deliveries = database.execute("SELECT * FROM deliveries").fetchall()
            self.runs = database.execute("SELECT * FROM runs ORDER BY started").fetchall()
            self.open = database.execute("SELECT source, targets, reason FROM episodes").fetchall()
