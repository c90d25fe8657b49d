"""The page that says what could not be seen and since when, and what was sent, without a name of whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from monitor.model.days import LONDON
from monitor.model.sources import OFSTED, title
from monitor.site.frame import Strip
from monitor.site.page import Page
from monitor.site.picture import Picture
from monitor.views.status import SEEN_IN_PART, WELL
from monitor.wording.dates import moment
from monitor.wording.text import count

STATES = {
    "ok": "read well",
    "quiet": "read well, but nothing new for improbably long",
    "degraded": "read in part",
    "failing": "cannot be read",
    "blocked": "refuses to be read",
    "quarantined": "changed too much at once; held until it is confirmed",
    "stale": "not looked at for days",
    "never seen": "not looked at yet",
}
CHANNELS = {
    "console": "Terminal",
    "slack": "Slack",
    "email": "E-mail",
    "webhook": "Webhooks",
    "feed": "Feeds",
    "other": "Channels that are configured no more",
}
MAX_NAMED = 60


def pages(picture: Picture) -> Iterator[Page]:
    """The one page."""
    yield Page(("health",), "health.html.j2", "Health", (picture.now,), lambda: _content(picture))


def strip(picture: Picture) -> Strip:
    """What every page says of the last and the next look at Ofsted."""
    source = next((s for s in picture.status["sources"] if s["source"] == OFSTED), None)
    if source is None:
        return Strip("Ofsted is not watched", f"{count(len(picture.read), 'letter')} read", "", well=False)
    councils = [t for t in source["targets"] if t["council"]]
    well = source["status"] in WELL and all(t["status"] == "ok" for t in councils)
    last = source["last_ok"]
    looked = f"Last looked at Ofsted on {moment(last)}" if last else "Ofsted was not looked at yet"
    return Strip(looked, _saw(picture, source, councils), _next(picture), well=well)


def _saw(picture: Picture, source: Mapping[str, Any], councils: list[dict[str, Any]]) -> str:
    if source["status"] not in SEEN_IN_PART:
        return f"since then: {STATES[source['status']]}" if source["last_ok"] else "no council seen"
    seen = sum(t["status"] == "ok" for t in councils)
    pages = f"{count(seen, 'council')} of {len(councils)} seen" if seen < len(councils) else f"all {seen} councils seen"
    unread = f", {len(picture.unread)} could not be read" if picture.unread else ""
    return f"{pages}, {count(len(picture.read), 'letter')} read{unread}"


def _next(picture: Picture) -> str:
    if not picture.scheduled:
        return "no next look: the watch is not running"
    due = picture.next_looks.get(OFSTED)
    if due is None:
        return ""
    today = due.astimezone(LONDON).date() == picture.now.astimezone(LONDON).date()
    return f"looks next at {due.astimezone(LONDON):%H:%M}" if today else f"looks next on {moment(due.isoformat())}"


def _content(picture: Picture) -> Mapping[str, Any]:
    return {
        "sources": [_source(picture, s) for s in picture.status["sources"]],
        "told": [(CHANNELS[t.kind], t) for t in picture.told],
        "unread": [(picture.councils[record.target].council, record) for record in picture.unread],
        "json": _json(picture),
    }


def _source(picture: Picture, source: Mapping[str, Any]) -> dict[str, Any]:
    unseen = [t for t in source["targets"] if t["status"] != "ok"]
    named = [t for t in unseen if t["council"]]
    due = picture.next_looks.get(source["source"]) if picture.scheduled else None
    return {
        "title": title(source["source"]),
        "state": STATES[source["status"]],
        "well": source["status"] in WELL,
        "since": source["since"],
        "last_ok": source["last_ok"],
        "next": due.isoformat() if due else None,
        "targets": len(source["targets"]),
        "seen": len(source["targets"]) - len(unseen),
        "unseen": [(t["council"], STATES.get(t["status"], t["status"]), t["since"]) for t in named[:MAX_NAMED]],
        "more": len(unseen) - len(named[:MAX_NAMED]),
    }


def _json(picture: Picture) -> dict[str, Any]:
    """Sources without the words of their troubles: those are for operators, and may hold addresses."""
    return {
        "at": picture.now.isoformat(),
        "sources": [
            {
                "source": s["source"],
                "status": s["status"],
                "since": s["since"],
                "last_ok": s["last_ok"],
                "unseen": [
                    {"council": t["council"], "status": t["status"], "since": t["since"]}
                    for t in s["targets"]
                    if t["status"] != "ok" and t["council"]
                ],
            }
            for s in picture.status["sources"]
        ],
        "sent": [
            {"kind": t.kind, "sent": t.sent, "waiting": t.waiting, "given_up": t.given_up, "last_sent": t.last_sent}
            for t in picture.told
        ],
        "letters": {"read": len(picture.read), "unread": len(picture.unread)},
    }
