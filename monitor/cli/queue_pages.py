"""What `check` and `status` say of the queue of workers; only where one is configured."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from monitor.config.errors import ConfigError
from monitor.config.file import Config
from monitor.wording.text import count

ALONE = "`run` crawls by itself meanwhile"


def queue(config: Config) -> dict[str, Any] | None:
    """How the queue stands, as JSON: its address, why it cannot be asked (`refusal`), or what is in it. None without
    one. Takes a few seconds at most."""
    if config.run.queue is None:
        return None
    from monitor.workers.queue import QueueError, refusal
    from monitor.workers.standing import standing

    found: dict[str, Any] = {"address": config.run.queue, "refusal": refusal()}
    try:
        return found if found["refusal"] else found | asdict(standing(config.run))
    except ConfigError as error:
        return found | {"refusal": str(error)}
    except QueueError as error:
        return found | {"refusal": f"{error}; {ALONE}"}


def queue_lines(found: dict[str, Any] | None) -> list[str]:
    """Show it in one line; in none without a queue."""
    if found is None:
        return []
    if found["refusal"]:
        return [f"queue {found['address']}: {found['refusal']}"]
    overdue = f" ({found['overdue']} of them overdue)" if found["overdue"] else ""
    alone = "" if found["workers"] else f"; {ALONE}"
    waiting, workers = count(found["waiting"], "part"), count(found["workers"], "worker")
    parts = f"{waiting} of crawls waiting, {found['taken']} taken{overdue}"
    return [f"queue {found['address']}: {parts}; {workers} of this version{alone}"]
