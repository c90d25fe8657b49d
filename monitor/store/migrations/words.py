"""Turns what the first edition kept as words into values.

There, a target's name also said what an episode was about ("", "quarantine", "search", "quiet", "quiet:NAME"), the
first word of a reason gave the outcome, and a table of names and values held what was remembered of a source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from monitor.model.sources import OFSTED
from monitor.model.trouble import Targets, Trouble

OUTCOME = re.compile(r"(?:could not be seen: |^)(blocked|missing|error|invalid)\b")
SECOND_HAND = re.compile(r"the crawl (?:ended|took)|the crawl's process|its page was not opened")
SEVERAL = re.compile(r"(\d+) pages: ")
SILENT = "nothing new for "


def outcome(reason: str) -> str | None:
    """The outcome that a reason's words begin with."""
    found = OUTCOME.search(reason)
    return found[1] if found else None


def meant(source: str, target: str, reason: str, *, held: bool) -> tuple[Trouble, Targets]:
    """What an episode of the first edition was about. `held`: its source is in quarantine. Where a site's own name is
    one of the words, the reason tells them apart."""
    silent = reason.startswith(SILENT)
    if target == "":
        return Trouble.BROKEN, ()
    if target == "quarantine" and held:
        return Trouble.HELD, ()
    if silent and target.partition(":")[0] == "quiet":
        return Trouble.QUIET, (target.partition(":")[2],) if ":" in target else ()
    if target == "search" and source == OFSTED and outcome(reason) is None:
        return Trouble.HIDING, (target,)
    return Trouble.BROKEN, (target,)


def body(source: str, kind: str, after: Mapping[str, Any]) -> dict[str, Any]:
    """What an event of a source told, with its trouble and its targets named."""
    target, reason = after.get("target") or "", str(after.get("reason") or "")
    if source.startswith("channel "):
        return dict(after, trouble=Trouble.CHANNEL.value, targets=[])
    if after.get("state") == "quiet":
        return dict(after, trouble=Trouble.QUIET.value, targets=[target] if target else [])
    several = SEVERAL.match(reason)
    if several and kind != "source.quarantined":
        names = target.split(",")
        known = names if len(names) == int(several[1]) else [target]  # a name may have a comma in it
        return dict(after, trouble=Trouble.BROKEN.value, targets=known)
    trouble, targets = meant(source, target, reason, held=kind == "source.quarantined" or outcome(reason) is None)
    return dict(after, trouble=trouble.value, targets=list(targets))


def dumped(targets: Targets) -> str:
    """Targets as the database keeps them."""
    return json.dumps(list(targets), ensure_ascii=False)
