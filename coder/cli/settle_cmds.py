"""disagreements, settle."""

from __future__ import annotations

import click

from coder.cli.common import (
    book_option,
    coder_of,
    coder_option,
    opened,
    round_option,
    study_option,
    viewer_of,
)
from coder.cli.output import emit, page_width, say, table_options, write


@click.command("disagreements")
@click.option("--set", "code_set", default="", metavar="SET", help="Only this code set.")
@click.option("--all", "with_settled", is_flag=True, help="Also those that are settled.")
@round_option
@book_option
@table_options
@coder_option()
@study_option
def disagreements_command(
    code_set: str,
    with_settled: bool,
    round_name: str,
    book: str,
    form: str | None,
    coder_alias: str,
    study_file: str,
) -> None:
    """List what coders disagree on.

    The excerpts that two coders have finished with different codes.
    """
    from coder.ops.disagreement_tables import disagreement_page, disagreement_table
    from coder.ops.settling import disagreements, settled_counts

    with opened(study_file, book) as study:
        viewer = viewer_of(study, coder_alias)
        rows = disagreements(
            study, viewer, code_set, round_name=round_name, with_settled=with_settled
        )
        counts = settled_counts(study, viewer, code_set, round_name=round_name)
    if form is not None:
        emit([disagreement_table(rows)], form)
    elif rows:
        write(disagreement_page(rows, page_width()))
        say("coder settle EXCERPT SET CODE... --why REASON records the settled answer")
    for one in counts:
        if one.settled:
            say(f"{one.code_set}: {one.sentence}")
    if not rows:
        say("nothing to settle")


@click.command("settle")
@click.argument("excerpt")
@click.argument("code_set", metavar="SET")
@click.argument("codes", nargs=-1)
@click.option("--nothing", is_flag=True, help="The settled answer is that nothing applies.")
@click.option("--why", required=True, help="The reason, for whoever reads it later.")
@coder_option()
@study_option
def settle_command(
    excerpt: str,
    code_set: str,
    codes: tuple[str, ...],
    nothing: bool,
    why: str,
    coder_alias: str,
    study_file: str,
) -> None:
    """Record the settled answer to a disagreement.

    Name all codes that apply. What each coder said stays; tables count the settled answer.
    """
    from coder.errors import UsageError
    from coder.ops.settling import settle

    if nothing == bool(codes):
        raise UsageError("name the codes that apply, or say --nothing")
    with opened(study_file) as study:
        done = settle(study, coder_of(study, coder_alias), excerpt, code_set, codes, why)
    write(done.words)
