"""Headers that carry text, as they go over the wire: any mail program gets the text back to the letter. Pure."""

from __future__ import annotations

import re
from email.header import Header
from email.headerregistry import Address
from email.policy import EmailPolicy
from email.utils import quote
from typing import Any

IDS = {"Message-ID", "In-Reply-To", "References", "List-Id", "List-Unsubscribe"}
"""Headers of ids and addresses, which stay in one piece: nobody looks for them in an encoded word (RFC 2047, 5)."""
TEXTS = {"Subject", "From", "To"}
"""Headers with words for people."""
LINE = 76
"""Characters of a line that holds an encoded word (RFC 2047, 2)."""
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~ -]+", re.ASCII)
"""Words of a name that need no quotation marks (RFC 5322, 3.2.3)."""


class WireHeaders(EmailPolicy):
    """Writes ids in one piece and texts by `written`. The standard library's own folding can break an encoded word
    inside, lose or double a space, and leave the first line empty."""

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        """A header as the mail keeps it: a text in the form in which it is sent."""
        if name not in TEXTS:
            return super().header_store_parse(name, value)
        return name, _mailbox(name, value) if isinstance(value, Address) else written(name, str(value))

    def fold_binary(self, name: str, value: str) -> bytes:
        """A header as it goes over the wire."""
        if name in IDS | TEXTS:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


def written(name: str, text: str) -> str:
    """One line of text as the value of a header: as it stands where no program can misread it, else the whole text
    in encoded words, each of whole characters. Words beside encoded ones would lose their spaces (RFC 2047, 6.2)."""
    if _PLAIN.fullmatch(text) and "=?" not in text and len(f"{name}: {text}") <= LINE:
        return text
    line = " ".join(text.splitlines())  # `Header` ends a header's line at each of the characters that end a line
    return Header(line, "utf-8", LINE - 1, name).encode(linesep="\r\n")


def _mailbox(name: str, address: Address) -> str:
    """A name with its address, each on a line of its own where both are too long for one."""
    if not address.display_name:
        return address.addr_spec
    words = written(name, address.display_name)
    if words == address.display_name and not _ATOMS.fullmatch(words):
        words = f'"{quote(words)}"'
    fits = "\n" not in words and len(f"{name}: {words} <{address.addr_spec}>") <= LINE
    return f"{words} <{address.addr_spec}>" if fits else f"{words}\r\n <{address.addr_spec}>"
