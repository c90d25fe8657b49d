"""The command that shows where the reference data come from, and holds them against the registry."""

from __future__ import annotations

from pathlib import Path

import click

from monitor.cli.faults import FAILED
from monitor.config.file import load


@click.command()
@click.pass_obj
def reference(path: Path) -> int:
    """Check the data of others, and show their sources.

    These are the tables of statistical neighbours, the map and figures, checked against the registry. The exit status
    is 1 if something in them is wrong.
    """
    from monitor.councils.registry import Registry
    from monitor.reference.check import faults
    from monitor.reference.sources import sources
    from monitor.reference.tables import rows
    from monitor.wording.text import count

    registry = load(path).registry if path.exists() else Registry.load()
    for name, table in sources().tables.items():
        click.echo(f"{name}.csv: {table.title}; {count(sum(1 for _ in rows(name)), 'row')}")
        taken = [table.source] if table.source else dict.fromkeys(sources().measures.values())
        for source in taken:
            click.echo(f"  {source.dated}" + (f"; read in {source.read_in}" if source.read_in else ""))
    click.echo(f"{sources().licence}\n{sources().licence_url}")
    wrong = faults(registry)
    for line in wrong:
        click.echo(line, err=True)
    click.echo(f"{count(len(registry), 'council')} checked: {len(wrong) or 'no'} fault{'s' * (len(wrong) != 1)}")
    return FAILED if wrong else 0
