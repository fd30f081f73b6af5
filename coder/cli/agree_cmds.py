"""agree, disagreements, settle."""

from __future__ import annotations

import click

from coder.cli.common import coder_of, coder_option, opened, study_option, viewer_of
from coder.cli.output import emit, say, table_options, write, write_json


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
@click.option("--by-code", is_flag=True, help="Also code by code.")
@click.option("--confusion", is_flag=True, help="Also the confusion tables.")
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
    by_code: bool,
    confusion: bool,
    form: str | None,
    coder_alias: str,
    study_file: str,
) -> None:
    """Agreement between coders on the excerpts they all finished.

    Percent agreement, Cohen's kappa, Krippendorff's alpha and Gwet's AC1 with 95 % intervals over
    transcripts; weighted forms for rubrics, pooled kappa for sets of several codes. --csv and
    --json hold every figure.
    """  # fmt: skip
    from coder.ops import agreement_tables as tables
    from coder.ops.agreeing import Options, agreement, interval_method

    options = Options(interval_method(interval), replicates, seed)
    with opened(study_file) as study:
        report = agreement(
            study,
            viewer_of(study, coder_alias),
            code_sets,
            [alias for alias in coders.split(",") if alias],
            options=options,
            all_units=all_units,
        )
    if form == "json":
        write_json(tables.to_json(report))
        return
    if form == "csv":
        emit([tables.full(report)], form)
        return
    shown = [tables.overview(report)]
    if by_code:
        shown.append(tables.codes_table(report))
    if confusion:
        shown += [tables.confusion_table(c) for c in tables.shown_confusions(report)]
    emit(shown, form)
    for warning in report.warnings:
        say(f"caution: {warning}")
    for line in tables.unfinished_lines(report):
        say(f"note: {line}")


@click.command("disagreements")
@click.option("--set", "code_set", default="", metavar="SET", help="Only this code set.")
@click.option("--all", "with_settled", is_flag=True, help="Also those that are settled.")
@table_options
@coder_option()
@study_option
def disagreements_command(
    code_set: str, with_settled: bool, form: str | None, coder_alias: str, study_file: str
) -> None:
    """List the excerpts on which finished coders differ."""
    from coder.ops.disagreement_tables import disagreement_table
    from coder.ops.settling import disagreements

    with opened(study_file) as study:
        viewer = viewer_of(study, coder_alias)
        rows = disagreements(study, viewer, code_set, with_settled=with_settled)
        emit([disagreement_table(rows)], form)
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
    """Record the settled answer to a disagreement: all codes that apply.

    What each coder said stays; tables count the settled answer.
    """
    from coder.errors import UsageError
    from coder.ops.settling import settle

    if nothing == bool(codes):
        raise UsageError("name the codes that apply, or say --nothing")
    with opened(study_file) as study:
        done = settle(study, coder_of(study, coder_alias), excerpt, code_set, codes, why)
    write(done.words)
