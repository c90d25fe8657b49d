"""The words in which a reading says that it failed, and how to tell from them that a file arrived damaged.

A reading that failed on our side (the reader's process died, or took too long) may come out well another time. A file
that is no whole document has to be asked for anew. Any other problem is the document's own: no other try helps.
"""

from __future__ import annotations

from monitor.model import Letter

DIED = "the reader died"
TOO_SLOW = "reading took longer than"
TOO_LITTLE_MEMORY = "the reader was given too little memory"
NO_TIME_LEFT = "not read, because the documents before it took too long"

BROKEN = "the file is damaged or not a PDF"
OTHER = "the file is not a PDF"
WEB_PAGE = "the file is a web page, not a PDF"
EMPTY = "the file is empty"
CLOSED = "the file cannot be opened"
NO_PAGES = "the file holds no pages"
DAMAGED = (BROKEN, OTHER, WEB_PAGE, EMPTY, CLOSED, NO_PAGES)
"""The problems of a file that is no whole document; what the site has may be sound. One that is protected by a
password, or holds only pictures, is what was published."""


def damaged(letter: Letter) -> str | None:
    """Why a document is none, so that it has to be asked for anew; None for one that could be opened."""
    if letter.kind != "unknown" or not letter.problems:
        return None
    return letter.problems[0] if letter.problems[0].startswith(DAMAGED) else None
