"""Every message that the corpus can give, as e-mail and as plain text.

    python -m soak.mailing                  all of them (needs the shared corpus and the double of an SMTP server)
    python -m soak.mailing --councils 5     a short run

Each letter of the corpus is published, put in the place of the council's letter before it, and withdrawn; the recorded
table of three years is replayed besides. Each event is mailed to the strict double alone, and all of them in digests
of ten: no finding is allowed, every picture has to be as small as promised, and every line of plain text printable.
Prints what was mailed and each finding; exit status 1 where there is one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from statistics import median

from monitor.model import Event
from monitor.wording import describe, plain
from notifiers.chart import picture
from notifiers.mail.notifier import MailNotifier
from soak.corpus import gold, recorded, told_of_all
from soak.doubles import Double

DIGEST, BATCH = 10, 200
PICTURE = 60_000
"""Bytes of a picture at most."""


def findings(server: Double, mails: Sequence[tuple[str, Sequence[Event]]]) -> Iterator[str]:
    """Send mails and have the server forget them: what the lint has against each, and each that did not come."""
    way = MailNotifier(
        "ann@council.example", sender="Ofsted watch <bot@example.org>", host="127.0.0.1", port=server.port,
        security="none",
    )  # fmt: skip
    for message_id, told in mails:
        way.send(message_id, told)
    kept = server.get("/_mails")
    server.reset()
    yield from (f"{mail['subject']}: {problem}" for mail in kept for problem in mail["problems"])
    if len(kept) != len(mails):
        yield f"{len(mails)} mails were sent and {len(kept)} came"


def unprintable(event: Event) -> Iterator[str]:
    """Lines of its plain text that a terminal or a mail could take for more than text."""
    text = plain.message([event], long=True) + describe.subject([event])
    yield from (f"{event.title}: unprintable {line!r}" for line in text.split("\n") if not line.isprintable())


def large(event: Event) -> tuple[int, list[str]]:
    """The size of its picture, and what is wrong with it."""
    made = picture.picture(event)
    if made is None:
        return 0, []
    wrong = len(made.png) > PICTURE or made.width > 600 or not made.alt
    return len(made.png), [f"{event.title}: a picture of {len(made.png)} bytes, {made.width} wide"] if wrong else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the events, send them, print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int)
    given = parser.parse_args(arguments)
    rows = gold(given.councils)
    found = list(told_of_all(rows))
    if given.councils is None:
        found += recorded()
    return _report(found, len(rows))


def _report(found: Sequence[Event], read_letters: int) -> int:
    wrong = [line for event in found for line in unprintable(event)]
    pictures = [large(event) for event in found]
    wrong += [line for _, lines in pictures for line in lines]
    digests = [found[i : i + DIGEST] for i in range(0, len(found), DIGEST)]
    mails = [(f"{i:064x}", told) for i, told in enumerate([*([e] for e in found), *digests])]
    with Double("smtp.py") as server:
        for start in range(0, len(mails), BATCH):
            wrong += findings(server, mails[start : start + BATCH])
    sizes = sorted(size for size, _ in pictures if size)
    print(f"{read_letters} letters gave {len(found)} events and {len(mails)} mails; findings: {len(wrong)}")
    middle = f", {median(sizes):,.0f} bytes in the middle, {sizes[-1]:,} at most" if sizes else ""
    print(f"pictures: {len(sizes)}{middle}")
    print(*wrong[:20], sep="\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
