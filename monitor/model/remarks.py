"""Remarks that no operator needs to hear of: they say what passes by itself, or what is always so.

Spiders write them into a poll's detail, and `monitor/health/remarks.py` knows them there: `status` shows them, and the
digest of new remarks leaves them out. A "{}" stands for a number; of a pair the first is said of one.
"""

from __future__ import annotations

ARTICLE_UNREAD = "an article could not be read"
DOCUMENTS_UNREADABLE = "documents not readable"
LINKS_FOLLOWED = "of {} links to articles the first {} are followed"
MEETINGS_PUT_OFF = ("meeting was left for the next look", "meetings were left for the next look")
MEETINGS_LEFT = "meetings left for the next crawl"
MEETING_GIVEN_UP = "meeting {} is given up after {} looks"
MORE_ODD_PAGES = "further pages with odd characters"
AND_MORE = "and {} more"

ORDINARY = (
    ARTICLE_UNREAD,
    DOCUMENTS_UNREADABLE,
    LINKS_FOLLOWED,
    *MEETINGS_PUT_OFF,
    MEETINGS_LEFT,
    MEETING_GIVEN_UP,
    MORE_ODD_PAGES,
    AND_MORE,
)
