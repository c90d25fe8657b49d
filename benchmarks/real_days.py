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
from monitor.store import Store, outbox
from monitor.wording.text import count
from notifiers.chart.picture import picture
from notifiers.mail import page as mail_page
from notifiers.slack import blocks
from notifiers.slack.elements import dicts

EVERYTHING = Channel("everything")
WHY = "the channel “everything” is told of all 153 councils: everything, at once"
MAILS = 3
"""E-mails of a day that are shown on the telephone: the first ones, which are the most severe."""


def pages(events: Sequence[Event], day: date, folder: Path) -> Iterator[Look]:
    """Write the pages of a day: a name, the file, a width and the browser's options."""
    found = [event for event in events if event.at[:10] == day.isoformat()]
    messages = preview(found, EVERYTHING, [EVERYTHING])
    slack = folder / f"{day}-slack.html"
    shown = [_shown(message, f"{day}-{n}", folder) for n, message in enumerate(messages)]
    slack.write_text(
        slack_look.page(f"{day:%A} {day.day} {day:%B %Y}: {count(len(messages), 'message')}", shown), encoding="utf-8"
    )
    yield f"{day}-slack-light", slack, WIDE, ()
    yield f"{day}-slack-dark", slack, WIDE, DARK
    for n, message in enumerate(messages[:MAILS]):
        page = folder / f"{day}-mail-{n}.html"
        page.write_text(mail_page.html(message.events, "ofsted-watch@example.org", WHY), encoding="utf-8")
        yield f"{day}-mail-{n}-light", framed(page, NARROW), NARROW, ()
        yield f"{day}-mail-{n}-dark", framed(page, NARROW), NARROW, DARK


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
