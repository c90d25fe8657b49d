"""Judges a year: what was told against the truth, what arrived, what was blind, what was held of the machine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from soak.truth import TOLD_AS, identity, key_of, told_as
from soak.year_blind import beats, blind, is_for_readers
from soak.year_lives import Lived, Size
from soak.year_seen import Seen, Told

ONCE_BYTES, FLAT_BYTES = 28_000_000, 6_000_000
"""A life may grow by so much once, for what is loaded when it is first needed (to draw the first chart); but the peak
of the year's later lives may be above that of the earlier ones by no more than the second."""
LAYERS = ("reports", "moderngov", "news", "press")
"""Of the truth, what the year watches: of GOV.UK there is none."""
LONG_DAYS = 6
UNEVEN = 2.5
"""An event of one half of the year may cost so many times as many bytes as one of the other half."""


def judge(folder: Path, world: Seen, lives: list[Lived], councils: dict[str, str]) -> int:
    """Print the figures; 1 where something is not as it must be. The program's data and log are in `folder`."""
    told = Told(folder / "data")
    wrong = [f"life {n}: {what}" for n, life in enumerate(lives, 1) for what in life.wrong]
    _stops(lives, world)
    wrong += _truth(world, told, councils)
    wrong += _arrived(world, told)
    wrong += blind(world, told)
    wrong += beats(world, lives)
    wrong += _memory(lives)
    wrong += _growth(lives)
    wrong += _log(folder / "life.log")
    print(f"wrong: {len(wrong)}", *wrong[:60], sep="\n  ")
    return int(bool(wrong))


def _stops(lives: list[Lived], world: Seen) -> None:
    ends = Counter(f"{life.how}{' in a crawl' if life.crawling else ''}" for life in lives if not life.refused)
    print(f"{ends.total()} lives, ended by {dict(ends)}; clock set {len(world.plan.sets)} times")
    print(f"faults: {len(world.plan.faults)}; disk full {len(world.plan.full) if world.small_disk else 0} times")


def _truth(world: Seen, told: Told, councils: dict[str, str]) -> Iterator[str]:
    """Each publication told once, and nothing else as one. Due is what was out on the day before its last good look."""
    truth, looks = [t for t in world.truth if t["urn"] in councils], _last_looks(told)
    for kind, source in (pair for (layer, _), pair in TOLD_AS.items() if layer in LAYERS):
        wanted = {identity(t): t for t in truth if told_as(t) == (kind, source)}
        due = {name for name, t in wanted.items() if t["date"] < looks.get(source, "")}
        found = Counter(key_of(e) for e in told.events if e.kind == kind)
        twice, lost = [n for n, times in found.items() if times > 1], due - set(found)
        print(f"{kind}: truth {len(due)}, told {len(found)}, lost {len(lost)}, repeated {len(twice)}")
        yield from (f"{kind}: lost {name} of {wanted[name]['date']}" for name in sorted(lost))
        yield from (f"{kind}: {name} told {found[name]} times" for name in sorted(twice))
        yield from (f"{kind}: {name} is not in the truth" for name in sorted(set(found) - set(wanted)))
    print(f"all events: {dict(Counter(e.kind for e in told.events))}")


def _last_looks(told: Told) -> dict[str, str]:
    """The day of each source's last look at which nothing was broken."""
    return {run["source"]: run["started"][:10] for run in told.runs if not run["broken"]}


def _arrived(world: Seen, told: Told) -> Iterator[str]:
    """All that the outbox has sent is there, at Slack once; nothing is owed any more; every event was owed to all."""
    sent: defaultdict[str, set[str]] = defaultdict(set)
    for row in told.deliveries:
        if row["state"] != "sent":
            yield f"{row['channel']}: {row['event'] or row['receipt']} is {row['state']}: {row['error']}"
        elif row["sent"]:
            sent[row["channel"]].add(row["message"])
    posts = [m["metadata"]["event_payload"] for m in world.messages if m["metadata"]]
    at_slack = Counter(p["message_id"] for p in posts if not p.get("part"))
    yield from (f"slack: {name} arrived {n} times" for name, n in at_slack.items() if n > 1)
    yield from _compared("slack", sent["slack"], at_slack)
    mails = Counter(_message_id(m).split("@")[0].strip("<") for m in world.mails)
    yield from _compared("mail", sent["mail"], mails)
    yield from _owed(told, sent)


def _compared(channel: str, sent: set[str], found: Counter[str]) -> Iterator[str]:
    print(f"{channel}: {len(sent)} messages sent, {len(found)} arrived, {found.total() - len(found)} copies more")
    yield from (f"{channel}: {name} never arrived" for name in sent - set(found))
    yield from (f"{channel}: {name} arrived and is not known" for name in set(found) - sent)


def _owed(told: Told, channels: Iterable[str]) -> Iterator[str]:
    """Every event was owed to each channel, and sent but for copies, of which e-mail has none."""
    owed = Counter((row["event"], row["channel"]) for row in told.deliveries if row["event"])
    events = [e for e in told.events if not is_for_readers(e)]
    wanted = [(e, c) for e in events for c in channels if not (e.copy and c == "mail")]
    yield from (f"{c}: {e.id} {e.title} was never owed" for e, c in wanted if not owed[e.id, c])
    copies = {e.id for e in told.events if e.copy}
    left_out = [r for r in told.deliveries if r["state"] == "sent" and not r["sent"] and r["event"] not in copies]
    yield from (f"{row['channel']}: {row['event']} was left out, and is no copy" for row in left_out)


def _message_id(mail: dict[str, Any]) -> str:
    headers = mail["headers"]
    pairs = headers.items() if isinstance(headers, dict) else headers
    return next(str(value) for name, value in pairs if name.lower() == "message-id")


def _memory(lives: list[Lived]) -> Iterator[str]:
    """Each long life, after its second day and at its end."""
    long = [life for life in lives if life.days >= LONG_DAYS and len(life.held) > 3]
    for number, life in enumerate(long, 1):
        values = [h["rss"] for h in life.held]
        early, end = life.held[2], life.held[-1]
        print(
            f"  {life.start:%F} {life.days:5.1f} days: memory {_mb(values[0])} at first, {_mb(early['rss'])} on day 3, "
            f"{_mb(end['rss'])} at the end, peak {_mb(max(values))}; "
            f"files {early['files']} to {end['files']}, threads {early['threads']} to {end['threads']}"
        )
        if end["rss"] > early["rss"] + ONCE_BYTES:
            yield f"long life {number}: memory grew from {_mb(early['rss'])} to {_mb(end['rss'])}"
        if end["files"] > early["files"] + 3 or end["threads"] > early["threads"] + 3:
            yield f"long life {number}: files or threads grew"
    peaks = [max(h["rss"] for h in life.held) for life in long]
    early_ones, late_ones = peaks[: len(peaks) // 2], peaks[len(peaks) // 2 :]
    if early_ones and max(late_ones) > max(early_ones) + FLAT_BYTES:
        yield f"memory's peak in long lives grew from {_mb(max(early_ones))} to {_mb(max(late_ones))}"


def _mb(value: int) -> str:
    return f"{value / 1e6:.1f} MB"


def _growth(lives: list[Lived]) -> Iterator[str]:
    """Bytes of the database against events, at the ends of lives."""
    sizes = [(life.end, life.size) for life in lives if life.size]
    first = sizes[0][1]
    for at, size in sizes[:: max(1, len(sizes) // 10)]:
        print(f"  {at:%F}: {size.used:9} bytes, {size.events:5} events, {size.records:5} records, {size.runs:5} runs,"
              f" since the first {_per_event(first, size):7.0f} bytes an event")  # fmt: skip
    middle, last = sizes[len(sizes) // 2][1], sizes[-1][1]
    one, other = _per_event(first, middle), _per_event(middle, last)
    print(f"bytes an event: {one:.0f} in the first half of the lives, {other:.0f} in the second")
    if last.events - middle.events >= 50 and other > UNEVEN * one > 0:
        yield f"the database grew by {one:.0f} and then by {other:.0f} bytes an event"


def _per_event(a: Size, b: Size) -> float:
    return (b.used - a.used) / max(1, b.events - a.events)


def _log(path: Path) -> Iterator[str]:
    """Nothing that the program did not foresee, and no secret."""
    counts: defaultdict[str, int] = defaultdict(int)
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        if "Traceback" in line or "unforeseen" in line or "xoxb-" in line or "/secret" in line:
            counts[line[:200]] += 1
    yield from (f"in the log {n} times: {line}" for line, n in counts.items())
