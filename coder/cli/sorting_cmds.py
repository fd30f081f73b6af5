"""sort, piles, sort-agreement."""

from __future__ import annotations

import click

from coder.cli.common import coder_of, coder_option, opened, study_option
from coder.cli.groups import HelpfulGroup
from coder.cli.output import emit, page_width, say, table_options, write
from coder.errors import UsageError

set_option = click.option(
    "--set", "code_set", default="", metavar="SET", help="The code set; by default the scratch set."
)


class SortGroup(HelpfulGroup):
    """A group whose first word may be a code: ``coder sort CODE... --into PILE``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Sort codes where no subcommand is named."""
        if args and args[0] not in (*self.list_commands(ctx), "-h", "--help"):
            args = ["put", *args]
        return super().parse_args(ctx, args)


@click.group("sort", cls=SortGroup)
def sort_command() -> None:
    """Sort codes into piles, or make piles categories.

    coder sort CODE... --into "PILE" is short for coder sort put. Everybody sorts for themselves;
    coder sort-agreement compares.
    """


@sort_command.command("put")
@click.argument("codes", nargs=-1, metavar="CODE...")
@click.option("--into", default="", metavar="PILE", help="The pile; made if there is none.")
@click.option("--also", is_flag=True, help="Leave them in the piles they lie in already.")
@click.option("--discard", "is_discarded", is_flag=True, help="Put them on the discard pile.")
@click.option("--loose", "is_loose", is_flag=True, help="Take them out of every pile.")
@set_option
@coder_option()
@study_option
def put_command(
    codes: tuple[str, ...],
    into: str,
    also: bool,
    is_discarded: bool,
    is_loose: bool,
    code_set: str,
    coder_alias: str,
    study_file: str,
) -> None:
    """Put codes into a pile, discard them, or make them loose.

    Codes are named by id or by name.
    """
    from coder.ops.sorting import discard, make_loose, put_into

    if sum((bool(into), is_discarded, is_loose)) != 1 or (also and not into):
        raise UsageError("where do the codes go?", 'say one of --into "PILE", --discard, --loose')
    with opened(study_file) as study:
        coder = coder_of(study, coder_alias)
        if into:
            done = put_into(study, coder, code_set, codes, into, also=also)
        else:
            done = (discard if is_discarded else make_loose)(study, coder, code_set, codes)
        say(done.words if done.entry else f"nothing to change: {done.words} already")


@sort_command.command("rename")
@click.argument("pile")
@click.argument("name")
@set_option
@coder_option()
@study_option
def rename_command(pile: str, name: str, code_set: str, coder_alias: str, study_file: str) -> None:
    """Call a pile something else."""
    from coder.ops.sorting import rename_pile

    with opened(study_file) as study:
        say(rename_pile(study, coder_of(study, coder_alias), code_set, pile, name).words)


@sort_command.command("remove")
@click.argument("pile")
@set_option
@coder_option()
@study_option
def remove_command(pile: str, code_set: str, coder_alias: str, study_file: str) -> None:
    """Take a pile away; what lay only there is loose again."""
    from coder.ops.sorting import remove_pile

    with opened(study_file) as study:
        say(remove_pile(study, coder_of(study, coder_alias), code_set, pile).words)


@sort_command.command("adopt")
@click.option("--first", is_flag=True, help="A code in several piles goes where it was put first.")
@set_option
@coder_option()
@study_option
def adopt_command(first: bool, code_set: str, coder_alias: str, study_file: str) -> None:
    """Make a coder's piles the categories of the code set."""
    from coder.ops.adopting import adopt

    with opened(study_file) as study:
        done = adopt(study, coder_of(study, coder_alias), code_set, first=first)
        say(done.words if done.entry else "nothing to change: the categories are these piles")


def _list(code_set: str, form: str | None, coder_alias: str, study_file: str) -> None:
    from coder.ops.sorting import sorting_by
    from coder.ops.sorting_tables import piles_page, piles_table

    with opened(study_file) as study:
        sorting = sorting_by(study, coder_of(study, coder_alias), code_set)
    if form is None:
        write(piles_page(sorting, page_width()))
    else:
        emit([piles_table(sorting)], form)


@sort_command.command("list")
@set_option
@coder_option()
@table_options
@study_option
def list_command(code_set: str, form: str | None, coder_alias: str, study_file: str) -> None:
    """List a coder's piles of codes.

    With what lies in each, what is discarded, and what is loose.
    """
    _list(code_set, form, coder_alias, study_file)


@click.command("piles")
@click.argument("code_set", default="", metavar="[SET]")
@coder_option()
@table_options
@study_option
def piles_command(code_set: str, form: str | None, coder_alias: str, study_file: str) -> None:
    """List a coder's piles of codes.

    With what lies in each, what is discarded, and what is loose.
    """
    _list(code_set, form, coder_alias, study_file)


@click.command("sort-agreement")
@click.argument("code_set", default="", metavar="[SET]")
@click.option("--coders", default="", metavar="AL,RR", help="Only these coders.")
@click.option(
    "--top",
    default=10,
    show_default=True,
    type=click.IntRange(min=0),
    help="How many disputed pairs of codes.",
)
@click.option("--pairs", is_flag=True, help="Only the disputed pairs of codes.")
@table_options
@study_option
def sort_agreement_command(
    code_set: str, coders: str, top: int, pairs: bool, form: str | None, study_file: str
) -> None:
    """Agreement on how codes are sorted into piles.

    The adjusted Rand index of every two people over the codes that both have in piles, and the
    pairs of codes that some put together and others apart.
    """
    from coder.ops.sort_agreement import sort_agreement
    from coder.ops.sorting_tables import pairs_page, pairs_table, split_table

    with opened(study_file) as study:
        who = [alias.strip() for alias in coders.split(",") if alias.strip()]
        report = sort_agreement(study, code_set, who)
    first = pairs_page(report) if form is None else pairs_table(report)
    tables = [] if pairs else [first]
    if pairs or (report.split and top):
        tables.append(split_table(report, top))
    emit(tables, form)
    if not report.split:
        say("nobody differs on two codes that both have in piles")
