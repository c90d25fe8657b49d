"""How the messages look: e-mails light, dark and narrow, and the chart, as pictures to look at.

    python -m benchmarks.looks OUT_DIR

Writes the pages and, where a `chromium` is in the PATH, a screenshot of each; without one it says so in a line.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageChops

from monitor.model import Event
from notifiers.chart.picture import picture
from notifiers.mail import page as mail_page
from tests.making import outward
from tests.notifiers.notifier_samples import CASES, HISTORY, visit, with_history

COUNCILS = (
    "Devon",
    "Brent",
    "Kent",
    "Leeds",
    "York",
    "Hull",
    "Dudley",
    "Slough",
    "Bury",
    "Torbay",
    "Kirklees",
    "Essex",
)
BROWSER = (
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--force-device-scale-factor=2",
)  # fmt: skip
DARK = ("--force-dark-mode", "--blink-settings=preferredColorScheme=0")
WIDE, NARROW, TALL = 720, 375, 4_000
Look = tuple[str, Path, int, tuple[str, ...]]
"""A page to look at: a name, the file, a width and the browser's options."""
WHY = "the channel “directors” is told of Devon and Torbay: Ofsted's reports and GOV.UK, at once"
SECONDS = 240
"""A browser that has not finished then is stopped."""


def messages() -> dict[str, Sequence[Event]]:
    """The mails that are looked at."""
    named = {
        "critical": "report.published",
        "visit": "report.published_visit",
        "replaced": "report.replaced",
        "failing": "source.failing",
        "minutes": "meeting.minutes",
        "press": "press.published",
        "conflict": "news.published_conflict",
        "page": "page.changed",
        "first": "report.published_first",
        "unreadable": "report.published_unreadable",
    }
    digest = [with_history(id=name, council=name) for name in COUNCILS[:2]]
    digest += [visit(id=name, council=name) for name in COUNCILS[2:4]]
    digest += [replace(CASES["press.published"], id=name, council=name) for name in COUNCILS[4:]]
    return {**{name: [CASES[case]] for name, case in named.items()}, "digest": digest}


def pages(folder: Path) -> Iterator[Look]:
    """Write each mail as a page, with its pictures beside it: a name, the file, a width and the browser's options."""
    for name, events in messages().items():
        html = mail_page.html(events, "bot@example.org", WHY)
        page = folder / f"{name}.html"
        page.write_text(html, encoding="utf-8")
        yield f"{name}-light", page, WIDE, ()
        yield f"{name}-dark", page, WIDE, DARK
        yield f"{name}-narrow", framed(page, NARROW), NARROW, ()
    bare = folder / "critical-bare.html"
    head, _, rest = (folder / "critical.html").read_text(encoding="utf-8").partition("<style>")
    bare.write_text(head + rest.partition("</style>")[2], encoding="utf-8")
    yield "critical-bare", bare, WIDE, ()


def framed(page: Path, width: int) -> Path:
    """A page in a frame: a browser's window has a least width, and a frame has none."""
    frame = page.with_name(f"{page.stem}-{width}.html")
    style = f"border:0; width:{width}px; height:{TALL}px"
    body = f'<body style="margin:0"><iframe src="{page.name}" style="{style}"></iframe>'
    frame.write_text(f"<!DOCTYPE html>{body}", encoding="utf-8")
    return frame


def shots(made: Sequence[Look], folder: Path) -> str:
    """Screenshots of pages, where there is a browser; in words what was made."""
    if shutil.which("chromium") is None:
        return f"no chromium in the PATH: {len(made)} pages written to {folder}, no screenshots"
    for name, page, width, options in made:
        shot(page, width, options, folder / f"{name}.png")
    return f"{len(made)} screenshots in {folder}"


def shot(page: Path, width: int, options: Sequence[str], target: Path) -> None:
    """A screenshot, cut where the page ends. Raises RuntimeError with the browser's words where there is none."""
    with tempfile.TemporaryDirectory() as profile:
        where = (f"--user-data-dir={profile}", f"--window-size={max(width, 500)},{TALL}", f"--screenshot={target}")
        done = subprocess.run(
            [*BROWSER, *options, *where, page.resolve().as_uri()], capture_output=True, timeout=SECONDS
        )
    if not target.exists():
        raise RuntimeError(f"no screenshot of {page}: {done.stderr.decode(errors='replace')[-500:]}")
    with Image.open(target) as image:
        _ended(image.convert("RGB").crop((0, 0, width * 2, image.height))).save(target)


def _ended(image: Image.Image) -> Image.Image:
    """A picture without the empty rest below."""
    empty = Image.new("RGB", image.size, image.getpixel((0, image.height - 1)))
    box = ImageChops.difference(image, empty).getbbox()
    return image.crop((0, 0, image.width, min(image.height, (box[3] if box else 0) + 16)))


def charts(folder: Path) -> None:
    """The picture for a council with two, three and five inspections."""
    new = {"published": "2026-06-17", "kind": "ilacs", "judgements": {"in_care": "good", "care_leavers": "outstanding"}}
    last = outward(with_history().after)
    many = [{**HISTORY[0], "published": "2011-03-02"}, *last["history"], new]
    for number, history in enumerate((last["history"][1:], last["history"], many)):
        made = picture(with_history(after={**last, "history": history}))
        if made is not None:
            (folder / f"chart-{number}.png").write_bytes(made.png)


def main(arguments: Sequence[str]) -> int:
    """Make all of it."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    charts(folder)
    print(shots(list(pages(folder)), folder))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
