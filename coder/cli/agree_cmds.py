"""agree, disagreements, settle."""

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
from coder.cli.output import emit, page_width, say, table_options, write, write_json


@click.command("agree")
@click.option(
    "--set",
    "code_sets",
    multiple=True,
    metavar="SET",
    help="Only this code set; may be given again.",
)
@click.option("--coders", default="", metavar="AL,RR", help="Only these coders.")
@click.option(
    "--interval",
    default="jackknife",
    show_default=True,
    type=click.Choice(["jackknife", "bootstrap", "analytic", "none"]),
    help="How intervals are made; transcripts are left out or drawn whole.",
)
@click.option(
    "--replicates",
    default=1000,
    show_default=True,
    type=click.IntRange(100, 100_000),
    help="Samples of the bootstrap.",
)
@click.option("--seed", default=1, show_default=True, help="Seed of the bootstrap.")
@click.option(
    "--all-units", is_flag=True, help="Also units whose question does not feed the code set."
)
@click.option(
    "--full", "every", is_flag=True, help="Every statistic with its interval, one a line."
)
@click.option("--by-code", is_flag=True, help="Also code by code.")
@click.option("--confusion", is_flag=True, help="Also the confusion tables.")
@round_option
@book_option
@table_options
@coder_option()
@study_option
def agree_command(
    code_sets: tuple[str, ...],
    coders: str,
    interval: str,
    replicates: int,
    seed: int,
    all_units: bool,
    every: bool,
    by_code: bool,
    confusion: bool,
    round_name: str,
    book: str,
    form: str | None,
    coder_alias: str,
    study_file: str,
) -> None:
    """Agreement between coders, with intervals.

    Over the excerpts that both finished and whose question feeds the code set: percent agreement,
    Cohen's kappa, Krippendorff's alpha and Gwet's AC1 with 95 % intervals over transcripts;
    weighted forms for rubrics, pooled kappa for sets of several codes. --csv and --json hold
    every figure.
    """
    from coder.ops.agreeing import agreement, interval_method
    from coder.ops.agreement_pages import caution_lines, pages, unfinished_lines
    from coder.ops.agreement_report import Options
    from coder.ops.agreement_tables import full, to_json

    options = Options(interval_method(interval), replicates, seed)
    with opened(study_file, book) as study:
        report = agreement(
            study,
            viewer_of(study, coder_alias),
            code_sets,
            [alias.strip() for alias in coders.split(",") if alias.strip()],
            round_name=round_name,
            options=options,
            all_units=all_units,
        )
    if form == "json":
        write_json(to_json(report))
    elif form == "csv":
        emit([full(report)], form)
    else:
        emit(pages(report, full=every, by_code=by_code, confusion=confusion), form)
    for line in caution_lines(report):
        say(f"caution: {line}")
    for line in unfinished_lines(report):
        say(f"note: {line}")


@click.command("disagreements")
@click.option("--set", "code_set", default="", metavar="SET", help="Only this code set.")
@click.option("--all", "with_settled", is_flag=True, help="Also those that are settled.")
@book_option
@table_options
@coder_option()
@study_option
def disagreements_command(
    code_set: str,
    with_settled: bool,
    book: str,
    form: str | None,
    coder_alias: str,
    study_file: str,
) -> None:
    """List what coders disagree on.

    The excerpts that two coders have finished with different codes.
    """
    from coder.ops.disagreement_tables import disagreement_page, disagreement_table
    from coder.ops.settling import disagreements

    with opened(study_file, book) as study:
        viewer = viewer_of(study, coder_alias)
        rows = disagreements(study, viewer, code_set, with_settled=with_settled)
    if form is not None:
        emit([disagreement_table(rows)], form)
    elif rows:
        write(disagreement_page(rows, page_width()))
        say("coder settle EXCERPT SET CODE... --why REASON records the settled answer")
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
