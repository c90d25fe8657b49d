"""The list of councils, in three orders, each a page of its own so that no script has to sort it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from monitor.site import grades
from monitor.site.page import Page
from monitor.site.picture import CouncilPicture, Picture

ORDERS: Mapping[str, tuple[str, Callable[[CouncilPicture], Any]]] = {
    "": ("name", lambda c: c.council.name),
    "by-region": ("region", lambda c: (c.council.region, c.council.name)),
    "by-last-inspection": ("last inspection, the oldest first", lambda c: (_inspected(c), c.council.name)),
}


def pages(picture: Picture) -> Iterator[Page]:
    """A page for each order."""
    for slug, (words, key) in ORDERS.items():
        path = ("councils", slug) if slug else ("councils",)
        yield Page(
            path,
            "councils.html.j2",
            "Councils" if not slug else f"Councils by {words.partition(',')[0]}",
            [c.made_of for c in picture.by_name],
            partial(_content, sorted(picture.by_name, key=key), slug),
        )


def _content(councils: list[CouncilPicture], slug: str) -> Mapping[str, Any]:
    firsts = {} if slug else {c.council.name[:1].upper(): c.council.slug for c in reversed(councils)}
    return {
        "initials": sorted(firsts),
        "firsts": {first: initial for initial, first in firsts.items()},
        "rows": [(c.council, c.view.latest, grades.all_areas(c.view.latest), len(c.letters)) for c in councils],
        "orders": [(other, words, other == slug) for other, (words, _) in ORDERS.items()],
        "short": {a: grades.short(a) for a in grades.AREAS},
        "json": {
            "councils": [
                {
                    "council": c.council.name,
                    "urn": c.council.ofsted_urn,
                    "slug": c.council.slug,
                    "region": c.council.region,
                    "letters": len(c.letters),
                    "judgements": grades.as_json(c.view.latest),
                }
                for c in councils
            ]
        },
    }


def _inspected(council: CouncilPicture) -> str:
    latest = council.view.latest
    return (latest.letter.inspection_start or latest.published) if latest else "9999"
