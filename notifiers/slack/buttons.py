"""The buttons under a message about one event, and what a press of one means. Pure."""

from __future__ import annotations

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, PlainTextObject

from monitor.model import Event
from monitor.wording.text import cut, one_line

MUTE, IRRELEVANT = "ofsted_watch_mute", "ofsted_watch_irrelevant"
"""The names under which Slack gives a press back."""
MUTE_DAYS = 30
LABEL, VALUE = 75, 150
"""Slack's limit of a button's text, and ours of its value (Slack takes 2,000): no id of ours is longer."""


def buttons(event: Event) -> list[Block]:
    """ "Mute Devon for 30 days" (its value is the council's URN) and "Not relevant" (the event's id).

    None under news of the sources themselves: whoever could silence them would not know of what is missed.
    """
    if event.kind.startswith(("source.", "receipt.")):
        return []
    made = [_irrelevant(event)] if len(event.id) <= VALUE else []
    if event.urn and len(event.urn) <= VALUE:
        made.insert(0, _mute(event, event.urn))
    return [ActionsBlock(elements=[*made])] if made else []


def _mute(event: Event, urn: str) -> ButtonElement:
    ending = f" for {MUTE_DAYS} days"
    who = cut(one_line(event.council), LABEL - len("Mute ") - len(ending)) or "this council"
    return ButtonElement(text=_plain(f"Mute {who}{ending}"), action_id=MUTE, value=urn)


def _irrelevant(event: Event) -> ButtonElement:
    return ButtonElement(text=_plain("Not relevant"), action_id=IRRELEVANT, value=event.id)


def _plain(text: str) -> PlainTextObject:
    return PlainTextObject(text=text, emoji=False)
