"""A site's own word that it is out of order, or has no such page, in its own layout and with status 200. Pure.

Only whole headings count ("Service unavailable | Devon County Council"), or a page whose main part says nothing else:
a council writes of its highways' maintenance too.
"""

from __future__ import annotations

import re

from spiders.http.html_words import headings, own_words

MAX_CHARACTERS = 600
"""Characters of a main part that is nothing but an apology."""
PARTS = re.compile(r"\s*(?:[|:\u2013\u2014\u00b7\u00bb]|\s-\s|[.!?,](?=\s|$))\s*")
"""What stands between the words of a heading and the site's name in it."""
_THING = (
    r"((the|this|that|requested) )*"
    r"((news )?(report|page|document|article|item)|content|resource|url|(file or )?directory|file)"
    r"( (that )?you( are|'re| were) looking for| you( have|'ve)? requested)?"
)
_GONE = r"(removed|deleted|moved|archived|expired)"
NOT_FOUND = re.compile(
    rf"(error )?404( error)?|(404 )?not found|no page found|{_THING} ((was|is|does|could|can)( not|n't)( be)?"
    rf"|cannot be|can't be|(is )?no longer|not) (found|exists?|here|there)( \(404\)| on this server)?"
    rf"|{_THING} (is )?no longer available|{_THING} (has|may have) (been )?{_GONE}( or {_GONE})?"
    r"|(we )?(can't|cannot|can not|couldn't|could not) find (that|this|the) (page|report|document|file|article)"
    r"( you( are|'re| were) looking for| you requested)?",
    re.I,
)
OUT_OF_ORDER = re.compile(
    r"((the|this|our) )?(web ?site|site|service|page|system|server|portal) (is )?"
    r"((currently|temporarily) )?(unavailable|not available|offline|down|out of service|(under|undergoing|down for|"
    r"closed for|offline for) (\w+ )?maintenance)|"
    r"(temporarily|currently) (unavailable|offline|down|out of service)|service (temporarily )?unavailable|"
    r"(down|closed|offline) for (\w+ )?maintenance|under maintenance|(web ?site|site|system) maintenance|"
    r"(oops )?something (went|has gone) wrong|there( is|'s| was| has been) a problem( with (the|this) (service|page|"
    r"site|web ?site))?|(experiencing )?technical (difficulties|problems?)|we( wi|')ll be (right )?back (soon|shortly)|"
    r"an? (unexpected |unhandled )?(error|exception) (has )?occurred|(slim )?application error|(internal )?server error"
    r"( in '[^']*' application)?|runtime error|unexpected error|bad gateway|gateway time-?out|"
    r"error establishing a database connection|(http )?(error )?50\d( error)?( .{0,40})?",
    re.I,
)
APOLOGY = re.compile(
    r"\b(site|service|page|system|portal|server)s? (is|are) ((currently|temporarily) )?(unavailable|not available|"
    r"offline|down\b|(under|undergoing|down for|closed for) (\w+ )?maintenance)|temporarily (unavailable|offline) (due|"
    r"while|for|because)|(carrying out|performing|undergoing) (\w+ ){0,3}maintenance|something (went|has gone) wrong|"
    r"experiencing technical|(an|unexpected) error (has )?occurred|we( wi|')ll be back (soon|shortly|online)",
    re.I,
)
TRIGGERS = (b"maintenance", b"available", b"offline", b"down", b"wrong", b"technical", b"occurred", b"back ")
"""One of these stands in every apology; they are looked for first, because most pages have none."""


def not_found(body: bytes) -> str | None:
    """The heading in which a page says that what was asked for is not there."""
    return _whole_heading(body, NOT_FOUND)


def out_of_order(body: bytes) -> str | None:
    """The words in which a page says that the site is out of order."""
    return _whole_heading(body, OUT_OF_ORDER) or _nothing_but_apology(body)


def _whole_heading(body: bytes, said: re.Pattern[str]) -> str | None:
    for words in headings(body):
        plain = re.sub(
            r"^(we( a|')re )?sorry\b[-\u2013\u2014,:!. ]*(but )?", "", words.replace("\u2019", "'"), flags=re.I
        )
        if any(said.fullmatch(part) for part in (plain, *PARTS.split(plain))):
            return words
    return None


def _nothing_but_apology(body: bytes) -> str | None:
    lower = body.lower()
    if not any(trigger in lower for trigger in TRIGGERS):
        return None
    words = own_words(body).replace("\u2019", "'")
    found = APOLOGY.search(words) if len(words) <= MAX_CHARACTERS else None
    return words[:80] if found else None
