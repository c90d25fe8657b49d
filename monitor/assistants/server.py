"""The server: each answer as a read-only tool, by the official SDK. Standard output carries the protocol alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations

from monitor.assistants import answers
from monitor.assistants.answers import Answer, NoAnswerError
from monitor.config.file import Config
from monitor.councils.registry import UnknownCouncil
from monitor.query import QueryError
from monitor.store import StoreError
from monitor.version import VERSION
from monitor.wording.dates import LONDON

READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
INSTRUCTIONS = (
    "What Ofsted's published reports and letters say about English councils' children's services. Quote word for word, "
    "with council, date and page, and give the address. Never state a grade that an answer does not state. Tell what "
    "was looked at (coverage): what is not found may be in a letter that could not be read. Waits are facts: nobody "
    "knows when an inspection comes."
)


def server(config: Config) -> MCPServer:
    """A server that answers from this configuration's data folder, anew at each question."""
    made = MCPServer("ofsted-watch", version=VERSION, instructions=INSTRUCTIONS, log_level="WARNING")

    @made.tool(annotations=READ_ONLY)
    def search(words: str, council: str = "", kind: str = "", since: str = "", asked: bool = False) -> Answer:
        """Find the paragraphs of letters that say something, newest first, verbatim with page and heading.

        words: words that must all be in the paragraph; "a phrase" in quotation marks; OR between alternatives; -word
        for what must not be there; beginning* for words that begin so. council: only this one. kind: ilacs, sif,
        focused_visit, monitoring_visit, jtai, area_send, looked_after. since: a day (2026-01-31). asked: only what
        inspectors ask to improve.
        """
        return _answered(lambda: answers.search(config, words, council, kind, since, asked=asked))

    @made.tool(annotations=READ_ONLY)
    def council(name: str) -> Answer:
        """A council's judgements now with the words that state them, what its last full inspection asks, its letters
        (with ids for letter_page) and its statistical neighbours."""
        return _answered(lambda: answers.council(config, name))

    @made.tool(annotations=READ_ONLY)
    def moves(since: str = "", until: str = "") -> Answer:
        """The judgements that moved from one full inspection to the next, newest first. since, until: days of
        publication (2026-01-31)."""
        return _answered(lambda: answers.moves(config, since, until))

    @made.tool(annotations=READ_ONLY)
    def due(councils: list[str] | None = None, on: str = "") -> Answer:
        """How long councils have waited since their last full inspection began, the longest first, and how long is
        usual. Facts, never a forecast. councils: names; none for all. on: a day (2026-01-31); none for today."""
        today = datetime.now(LONDON).date()
        return _answered(lambda: answers.due(config, councils or (), on, today))

    @made.tool(annotations=READ_ONLY)
    def letter_page(letter: str, page: int) -> Answer:
        """A page of a letter, paragraph by paragraph. letter: an id from search or council."""
        return _answered(lambda: answers.letter_page(config, letter, page))

    return made


def _answered(answer: Callable[[], Answer]) -> Answer:
    """The answer; what cannot be answered as an error that says why."""
    try:
        return answer()
    except (NoAnswerError, QueryError, UnknownCouncil, StoreError) as error:
        raise ToolError(str(error)) from error
