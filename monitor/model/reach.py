"""How much of a source a crawl looks at, and what a source shows."""

from __future__ import annotations

from enum import Enum

from monitor.model.state import SEARCH


class Shows(Enum):
    """What the targets of a source show. It decides what follows from a thing that is not shown, and whether targets
    are believed one by one."""

    EVERYTHING = "everything"
    """All that was ever published, with a listing over it (Ofsted): what is missing may be withdrawn, and a run that
    changes too much is held whole."""
    RECENT = "recent"
    """Only what is new, each target a site of its own (newsrooms, committees, pages)."""

    @property
    def listing(self) -> str | None:
        """The target that is the source's own listing; None where there is none, whatever a target is called."""
        return SEARCH if self is Shows.EVERYTHING else None


class Depth(Enum):
    """How closely a crawl looks."""

    NEW = "new"
    """Only what the source says has changed."""
    EVERYTHING = "everything"
    """Every target, whatever the source says of it."""


class Reach(Enum):
    """Which targets a crawl looks at."""

    SOME = "some"
    """A person chose a few councils."""
    CONFIGURED = "configured"
    """All that the configuration covers."""
    EVERY_COUNCIL = "every council"
    """All that the configuration covers, which is every council there is."""

    @property
    def whole(self) -> bool:
        """True if nothing that the configuration covers is left out."""
        return self is not Reach.SOME
