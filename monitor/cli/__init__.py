"""The command `ofsted-watch`. A subcommand's module is imported only when it is called, for a quick start."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click

from monitor.version import VERSION

COMMANDS = {
    "init": "check",
    "check": "check",
    "crawl": "crawl",
    "run": "crawl",
    "worker": "worker",
    "deliver": "deliver",
    "events": "show",
    "council": "show",
    "story": "story",
    "search": "ask",
    "moves": "ask",
    "due": "ask",
    "read": "letters",
    "replay": "letters",
    "status": "show",
    "health": "show",
    "export": "export",
    "site": "site",
    "mcp": "mcp",
    "preview": "show",
    "reference": "reference",
    "reread": "check",
    "release": "check",
    "backup": "backups",
    "restore": "backups",
    "demo": "check",
}


OTHER_NAMES = {"rehearse": "preview"}
"""Old names of commands, which still work."""


class Commands(click.Group):
    """The subcommands. COMMANDS names the module of each."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        cmd_name = OTHER_NAMES.get(cmd_name, cmd_name)
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"monitor.cli.{COMMANDS[cmd_name]}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Click's, but an unknown command is told with the one most like it."""
        if args[0] not in (*COMMANDS, *OTHER_NAMES) and not args[0].startswith("-"):
            from monitor.councils.nearest import did_you_mean

            ctx.fail(f'no command "{args[0]}"{did_you_mean(args[0], COMMANDS)}')
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(path_type=Path, readable=False),
    default=Path("config.toml"),
    envvar="OFSTED_WATCH_CONFIG",
    show_default=True,
    help="The configuration file.",
)
@click.version_option(VERSION, prog_name="ofsted-watch")
@click.pass_context
def cli(ctx: click.Context, config: Path) -> None:
    """Watch Ofsted's reports on councils' children's services and tell what changed.

    Exit status: 0 for success, 1 if a source or a delivery failed, 2 for wrong usage or a wrong configuration.
    """
    ctx.obj = config


def main() -> None:
    """Run the command. A foreseen fault becomes a line on standard error and an exit status, not a traceback."""
    from monitor.cli.faults import FORESEEN, exit_status

    try:
        sys.exit(cli(prog_name="ofsted-watch", standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as asked:
        asked.show()
        sys.exit(2)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (*FORESEEN, KeyboardInterrupt) as error:
        sys.exit(exit_status(error))
