"""Real days as people saw them: Slack's channel and e-mail on a telephone, light and dark, as pictures to look at.

    python -m benchmarks.real_days DATA_FOLDER OUT_DIR 2024-07-12 2024-05-16

DATA_FOLDER holds the `config.toml` and the data of an installation that has watched these days. Each day's events are
shown as a channel would have got them that is told everything at once. Without a `chromium` in the PATH there are the
pages only, and a line says so.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks import slack_look
from benchmarks.looks import DARK, NARROW, WIDE, Look, framed, shots
from monitor.channels.rules import Channel
from monitor.config.file import load
from monitor.deliver.linking import linked
from monitor.deliver.preview import PreviewedMessage, preview
from monitor.model import Event
from monitor.model.event import story_of
from monitor.store import Store, outbox
from monitor.wording.text import count
from notifiers.chart.picture import picture
from notifiers.mail import page as mail_page
from notifiers.slack import blocks
from notifiers.slack.elements import dicts

EVERYTHING = Channel("everything")
WHY = "the channel “everything” is told of all 153 councils: everything, at once"
PAGE = 3
"""Messages on one picture of the channel; more of them are taller than a browser's window can be."""
MAILS = 3
"""E-mails of a day that are shown on the telephone: the first ones, which are the most severe."""


def pages(events: Sequence[Event], day: date, folder: Path) -> Iterator[Look]:
    """Write the pages of a day: a name, the file, a width and the browser's options."""
    told = preview(events, EVERYTHING, [EVERYTHING])
    messages = _threaded([message for message in told if message.at.date() == day])
    shown = [_shown(message, f"{day}-{n}", folder) for n, message in enumerate(messages)]
    for start in range(0, len(shown), PAGE) or [0]:
        slack = folder / f"{day}-slack-{start // PAGE}.html"
        title = f"{day:%A} {day.day} {day:%B %Y}: {count(len(messages), 'message')}"
        slack.write_text(slack_look.page(title, shown[start : start + PAGE]), encoding="utf-8")
        yield f"{slack.stem}-light", slack, WIDE, ()
        yield f"{slack.stem}-dark", slack, WIDE, DARK
    for n, message in enumerate(messages[:MAILS]):
        page = folder / f"{day}-mail-{n}.html"
        page.write_text(mail_page.html(message.events, "ofsted-watch@example.org", WHY), encoding="utf-8")
        yield f"{day}-mail-{n}-light", framed(page, NARROW), NARROW, ()
        yield f"{day}-mail-{n}-dark", framed(page, NARROW), NARROW, DARK


def _threaded(messages: Sequence[PreviewedMessage]) -> list[PreviewedMessage]:
    """Each thread below the message that opened it, as people see it; what answers an earlier day's, where it came."""
    threads: dict[str, list[PreviewedMessage]] = {}
    for number, message in enumerate(messages):
        story = story_of(message.events)
        name = story if story and (not message.reply or story in threads) else str(number)
        threads.setdefault(name, []).append(message)
    return [message for thread in threads.values() for message in thread]


def _shown(message: PreviewedMessage, name: str, folder: Path) -> slack_look.Shown:
    (first, *_) = blocks.pages(message.events, interactive=True)
    made = picture(message.events[0]) if len(message.events) == 1 else None
    if made:
        (folder / f"{name}.png").write_bytes(made.png)
    return slack_look.Shown(f"{message.at:%H:%M}", dicts(first), message.reply, f"{name}.png" if made else None)


def main(arguments: Sequence[str]) -> int:
    """Make all of it."""
    if len(arguments) < 3:
        print(__doc__)
        return 2
    data, folder, days = Path(arguments[0]), Path(arguments[1]), list(map(date.fromisoformat, arguments[2:]))
    folder.mkdir(parents=True, exist_ok=True)
    config = load(data / "config.toml")
    with Store.reading(config.data_dir) as store:
        events = list(map(linked(config), outbox.events(store)))
    made = [page for day in days for page in pages(events, day, folder)]
    print(shots(made, folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
