"""The server: each answer as a read-only tool, by the official SDK. Standard output carries the protocol alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp_types import ToolAnnotations

from monitor.assistants import answers
from monitor.assistants.answers import Answer, NoAnswerError
from monitor.config.file import Config
from monitor.councils.registry import UnknownCouncil
from monitor.model.days import LONDON
from monitor.query import QueryError
from monitor.store import StoreError
from monitor.version import VERSION

READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
INSTRUCTIONS = (
    "What Ofsted's published reports and letters say about English councils' children's services. Quote word for word, "
    "with council, date and page, and give the address. Never state a grade that an answer does not state. Tell what "
    "was looked at (coverage): what is not found may be in a letter that could not be read. Waits are facts: nobody "
    "knows when an inspection comes."
)


P = ParamSpec("P")


def server(config: Config) -> MCPServer:
    """A server that answers from this configuration's data folder, anew at each question."""
    made = MCPServer("ofsted-watch", version=VERSION, instructions=INSTRUCTIONS, log_level="WARNING")
    tools = Tools(config)
    for tool in (tools.search, tools.council, tools.moves, tools.due, tools.letter_page):
        made.tool(annotations=READ_ONLY)(tool)
    return made


def answered(tool: Callable[P, Answer]) -> Callable[P, Answer]:
    """The same tool; what cannot be answered is an error that says why."""

    @wraps(tool)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Answer:
        try:
            return tool(*args, **kwargs)
        except (NoAnswerError, QueryError, UnknownCouncil, StoreError) as error:
            raise ToolError(str(error)) from error

    return answer


class Tools:
    """What an assistant can ask. Names, parameters and docstrings are what it reads of them."""

    def __init__(self, config: Config) -> None:
        self._config = config

    @answered
    def search(self, words: str, council: str = "", kind: str = "", since: str = "", asked: bool = False) -> Answer:
        """Find the paragraphs of letters that say something, newest first, verbatim with page and heading.

        words: words that must all be in the paragraph; "a phrase" in quotation marks; OR between alternatives; -word
        for what must not be there; beginning* for words that begin so. council: only this one. kind: ilacs, sif,
        focused_visit, monitoring_visit, jtai, area_send, looked_after. since: a day (2026-01-31). asked: only what
        inspectors ask to improve.
        """
        return answers.search(self._config, words, council, kind, since, asked=asked)

    @answered
    def council(self, name: str) -> Answer:
        """A council's judgements now with the words that state them, what its last full inspection asks, its letters
        (with ids for letter_page) and its statistical neighbours."""
        return answers.council(self._config, name)

    @answered
    def moves(self, since: str = "", until: str = "") -> Answer:
        """The judgements that moved from one full inspection to the next, newest first. since, until: days of
        publication (2026-01-31)."""
        return answers.moves(self._config, since, until)

    @answered
    def due(self, councils: list[str] | None = None, on: str = "") -> Answer:
        """How long councils have waited since their last full inspection began, the longest first, and how long is
        usual. Facts, never a forecast. councils: names; none for all. on: a day (2026-01-31); none for today."""
        return answers.due(self._config, councils or (), on, datetime.now(LONDON).date())

    @answered
    def letter_page(self, letter: str, page: int) -> Answer:
        """A page of a letter, paragraph by paragraph. letter: an id from search or council."""
        return answers.letter_page(self._config, letter, page)
