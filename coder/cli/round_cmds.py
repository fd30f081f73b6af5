"""round new, list, show, close."""

from __future__ import annotations

import click

from coder.cli.common import book_option, coder_option, opened, study_option, viewer_of
from coder.cli.groups import HelpfulGroup
from coder.cli.output import emit, page_width, say, table_options, write
from coder.errors import UsageError


@click.group("round", cls=HelpfulGroup)
def round_command() -> None:
    """Samples that several people code blind.

    While a round is open none of its coders is shown another's codes on its excerpts.
    """


@round_command.command("new")
@click.argument("name")
@click.argument("excerpts", nargs=-1, metavar="[EXCERPT...]")
@click.option("--coders", required=True, metavar="AL,RR", help="Who codes it.")
@click.option("--transcripts", default="", metavar="A,B", help="All that is asked in these.")
@click.option("--share", type=float, metavar="0.25", help="Draw this share of the transcripts.")
@click.option(
    "--stratify", default="", metavar="role,district", help="Draw within each of these values."
)
@click.option("--seed", default=1, show_default=True, help="Draws the same sample again.")
@click.option("--training", is_flag=True, help="Practice: its figures are not for reports.")
@book_option
@study_option
def new_command(
    name: str,
    excerpts: tuple[str, ...],
    coders: str,
    transcripts: str,
    share: float | None,
    stratify: str,
    seed: int,
    training: bool,
    book: str,
    study_file: str,
) -> None:
    """Open a round on excerpts, on transcripts, or on a share of the transcripts."""
    from coder.ops.rounds import Sampling, find_round, new_round

    if sum((bool(excerpts), bool(transcripts), share is not None)) != 1:
        raise UsageError(
            "which excerpts are in the round?", "name them, or say --transcripts or --share"
        )
    sampling = Sampling(share, _listed(stratify), seed) if share is not None else None
    with opened(study_file, book) as study:
        done = new_round(
            study,
            name,
            _listed(coders),
            refs=excerpts,
            names=_listed(transcripts),
            sampling=sampling,
            purpose="training" if training else "reliability",
        )
        say(done.words)
        for drawn in find_round(study, name).sample.get("transcripts", ()):
            say(f"  {drawn}")
    say(f"next: coder open --round {name} --coder {_listed(coders)[0]}")


@round_command.command("list")
@table_options
@coder_option()
@study_option
def list_command(form: str | None, coder_alias: str, study_file: str) -> None:
    """List rounds, and how far their coders are.

    Of an open round its coders are told who has finished, not how far the others are.
    """
    from coder.ops.round_tables import rounds_page, rounds_table
    from coder.ops.rounds import list_rounds

    with opened(study_file) as study:
        viewer, found = viewer_of(study, coder_alias), list_rounds(study)
        if form is not None:
            emit([rounds_table(study, viewer, found)], form)
        elif found:
            write(rounds_page(study, viewer, found, page_width()))
        else:
            say("no rounds yet: coder round new makes one")


@round_command.command("show")
@click.argument("name", metavar="ROUND")
@study_option
def show_command(name: str, study_file: str) -> None:
    """Show the excerpts of a round, one a line."""
    from coder.ops.rounds import find_round

    with opened(study_file) as study:
        for ref in find_round(study, name).units:
            write(ref)


@round_command.command("close")
@click.argument("name", metavar="ROUND")
@click.option("--unfinished", is_flag=True, help="Also while somebody has not finished it.")
@study_option
def close_command(name: str, unfinished: bool, study_file: str) -> None:
    """Close a round; its coders see each other's codes from now on.

    What each said in it also becomes their ordinary answer wherever they have none.
    """
    from coder.ops.rounds import close_round

    with opened(study_file) as study:
        say(close_round(study, name, unfinished_too=unfinished).words)
    say(f"next: coder agree --round {name}")


def _listed(words: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in words.split(",") if word.strip())
