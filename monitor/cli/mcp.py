"""The command that answers assistants."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click

from monitor.cli.faults import Misuse
from monitor.config.file import load

MISSING = 'assistants need one more package: pip install "ofsted-watch[mcp]"'


@click.command()
@click.pass_obj
def mcp(path: Path) -> None:
    """Answer assistants (Model Context Protocol). It speaks over standard input and output, and only reads."""
    if find_spec("mcp") is None:
        raise Misuse(MISSING)
    from monitor.assistants.server import server

    server(load(path)).run()
