"""The weekly receipt in words: that there was nothing to tell, and how that is known. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monitor.model import Event
from monitor.model.payload_parts import Earlier, Remarked, Unseen, Waited
from monitor.model.payloads import ReceiptPayload
from monitor.model.sources import title
from monitor.wording import earlier
from monitor.wording.card import CardText
from monitor.wording.dates import day, moment
from monitor.wording.quotations import titled
from monitor.wording.text import council, count, joined, one_line, ordinal, upper_first

MAX_NAMES = 4
MUTE_ENDED = "receipt.mute"
"""The kind of the line that says that a mute has ended."""
REMARKS = "receipt.remarks"
"""The kind of the digest for operators of what is not as expected on the sources."""
MAX_REMARKS = 20
"""Kinds of remarks that one digest tells."""
NOTHING_LOST = "What it is about was read all the same. ofsted-watch status shows each of them, with its pages."


def words(event: Event) -> CardText:
    """ "Nothing new from Ofsted about Devon and Torbay this week", with what stands. Or a mute's end, or remarks."""
    if event.kind == REMARKS:
        return _remarks(event.after_as(ReceiptPayload).remarks)
    if event.kind == MUTE_ENDED:
        return CardText(what=one_line(event.title, 140), read_on="Open the page")
    known = event.after_as(ReceiptPayload)
    return CardText(what=_what(event, known), notes=list(_notes(known)), read_on="Open the page")


def _what(event: Event, known: ReceiptPayload) -> str:
    """Says "nothing new" only where everything was seen and nothing was held back."""
    if not known.until:  # a receipt of an earlier version
        return f"Weekly receipt: {one_line(event.title, 300)}"
    if known.letters_outside:
        return f"Nothing for this channel about {_about(known, 'its {}')} this week"
    about = _about(known, "the {} of this channel")
    if known.seen is None:
        return f"Nothing new about {about} this week"
    unseen = len(known.councils) - known.seen
    if unseen == len(known.councils):
        return f"Ofsted's pages about {about} could not be read this week"
    return f"Nothing new from Ofsted about {about} this week" + (", as far as it could be read" if unseen else "")


def _about(known: ReceiptPayload, many: str) -> str:
    """The councils by name, or how many they are, in the words of `many`."""
    names = [*map(council, known.councils)]
    if len(names) > MAX_NAMES:
        told = count(len(names), "council")
        return f"all {told}" if len(names) == known.watched else many.format(told)
    return joined(names, MAX_NAMES)


def _notes(known: ReceiptPayload) -> Iterator[str]:
    if not known.until:
        return
    yield f"This is the week to {moment(known.until)}. {_seen(known)}".strip()
    yield from _outside(known)
    if known.unseen:
        yield f"Not all could be read: {'; '.join(map(_unread, known.unseen))}."
    for about in known.last:
        if about.publication:
            yield f"The last about {council(about.council)} is {earlier.named(about.publication)}."
    yield from map(_waited, known.waits)
    yield from (_meets(one_line(about.council, 60), about.publication) for about in known.meetings if about.publication)


def _unread(unseen: Unseen) -> str:
    since = f" since {moment(unseen.since)}" if unseen.since else ""
    return f"{upper_first(one_line(unseen.source, 80))}{since}"


def _meets(council: str, item: Earlier) -> str:
    """ "Devon: Children's Scrutiny has “…” on its agenda for 14 June 2024."."""
    committee, title = one_line(item.what, 90) or "a committee", titled(item.title, 120) or "an inspection"
    return f"{council}: {committee} has {title} on its agenda for {day(item.published)}."


def _seen(known: ReceiptPayload) -> str:
    """ "Each council was last looked up at Ofsted on 20 May 2024, 01:50 or later."."""
    if known.seen is None or known.seen_at is None:
        return ""
    at = moment(known.seen_at)
    if len(known.councils) == 1:
        return f"{upper_first(council(known.councils[0]))} was last looked up at Ofsted on {at}."
    whom = "Each council" if known.seen == len(known.councils) else f"{known.seen} of {len(known.councils)} councils"
    verb = "was" if whom.startswith("Each") else "were"
    return f"{whom} {verb} last looked up at Ofsted on {at} or later."


def _outside(known: ReceiptPayload) -> Iterator[str]:
    held = []
    if known.letters_outside:
        held.append(count(known.letters_outside, "publication of Ofsted", "publications of Ofsted"))
    if known.others_outside:
        held.append(count(known.others_outside, "other piece of news", "other pieces of news"))
    if held:
        verb = "is" if known.letters_outside + known.others_outside == 1 else "are"
        yield f"{upper_first(joined(held))} {verb} outside this channel's filters."


def _waited(wait: Waited) -> str:
    """ "Devon has waited 1,159 days since its last full inspection began, the third longest of 153 councils."."""
    who, long = upper_first(council(wait.council)), count(wait.days, "day")
    told = f"{who} has waited {long} since its last full inspection began"
    if wait.rank and wait.of:
        nth = "" if wait.rank == 1 else f"{ordinal(wait.rank)} "
        return f"{told}, the {nth}longest of {count(wait.of, 'council')}."
    return f"{told}."


def _remarks(found: Sequence[Remarked]) -> CardText:
    """ "The sources show 2 things that were not expected", a line each."""
    notes = [_remark(remark) for remark in found[:MAX_REMARKS]]
    if len(found) > MAX_REMARKS:
        notes.append(f"And {count(len(found) - MAX_REMARKS, 'more kind')} of remarks.")
    verb = f"{count(len(found), 'thing')} that {'was' if len(found) == 1 else 'were'} not expected"
    return CardText(what=f"The sources show {verb}", notes=[*notes, NOTHING_LOST], read_on="Open the page")


def _remark(remark: Remarked) -> str:
    """ "Ofsted's reports: labels without a date: 3 (file 501), on 12 pages such as Devon's."."""
    pages = f"on {remark.pages:,} pages, such as" if remark.pages > 1 else "on the page of"
    said = one_line(remark.words, 200).rstrip(".")
    return f"{upper_first(one_line(title(remark.source), 80))}: {said} ({pages} {one_line(remark.page, 60)})."
