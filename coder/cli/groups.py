"""Groups of commands whose mistakes are one line with a next step.

Nothing but click is imported here: ``coder --help`` needs this module.
"""

from __future__ import annotations

import click

from coder.errors import UsageError


class HelpfulGroup(click.Group):
    """A group whose unknown and missing subcommands are one line with a next step."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the subcommand.

        Raises:
            UsageError: There is none of that name.
        """
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            import difflib

            close = difflib.get_close_matches(args[0], names, n=1)
            hint = f"did you mean {ctx.command_path} {close[0]}?" if close else ""
            raise UsageError(
                f"there is no command {ctx.command_path} {args[0]}",
                hint or f"{ctx.command_path} --help lists them",
            )
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse a call without a subcommand, where one is needed.

        Raises:
            UsageError: None is named.
        """
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            names = ", ".join(self.list_commands(ctx))
            raise UsageError(
                f"{ctx.command_path} needs a command: {names}",
                f"{ctx.command_path} --help explains them",
            )
        return super().parse_args(ctx, args)
