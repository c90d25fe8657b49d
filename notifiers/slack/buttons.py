"""The buttons under a message about one event, and what a press of one means. Pure."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, ConfirmObject, DividerBlock, PlainTextObject

from monitor.model import Event
from monitor.wording.text import cut, one_line
from notifiers.slack.elements import paragraph

MUTE, UNMUTE, IRRELEVANT = "ofsted_watch_mute", "ofsted_watch_unmute", "ofsted_watch_irrelevant"
"""The names under which Slack gives a press back."""
MUTE_DAYS = 30
LABEL, VALUE = 75, 150
"""Slack's limit of a button's text, and ours of its value (Slack takes 2,000): no id of ours is longer."""


def buttons(event: Event) -> list[Block]:
    """ "Not relevant" (its value is the event's id) and, below a line, "Mute Devon for 30 days" (the council's URN).

    They stand apart, and muting asks once more, because it silences a council for everybody in the channel. None under
    news of the sources themselves: whoever could silence them would not know of what is missed.
    """
    if event.kind.startswith(("source.", "receipt.")):
        return []
    irrelevant = ButtonElement(text=_plain("Not relevant"), action_id=IRRELEVANT, value=event.id)
    made: list[Block] = [ActionsBlock(elements=[irrelevant])] if len(event.id) <= VALUE else []
    if event.urn and len(event.urn) <= VALUE:
        made += [DividerBlock()] if made else []
        made.append(ActionsBlock(elements=[_mute(event, event.urn)]))
    return made


def announcement(line: str, undo: str) -> list[Block]:
    """A line, escaped already, that the whole channel sees, with "Undo" (its value is a council's URN) if any."""
    button = ButtonElement(text=_plain("Undo"), action_id=UNMUTE, value=undo)
    return [paragraph(line), *([ActionsBlock(elements=[button])] if undo else [])]


def _mute(event: Event, urn: str) -> ButtonElement:
    ending = f" for {MUTE_DAYS} days"
    who = cut(one_line(event.council), LABEL - len("Mute ") - len(ending)) or "this council"
    asked = f"Nobody in this channel gets news of {who}{ending}, except what is critical. A line says when it ends."
    confirm = ConfirmObject(title=_plain(f"Mute {who}?"), text=_plain(asked), confirm="Mute", deny="Cancel")
    return ButtonElement(text=_plain(f"Mute {who}{ending}"), action_id=MUTE, value=urn, confirm=confirm)


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)
