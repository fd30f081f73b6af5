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
@click.option(
    "--per",
    default="",
    metavar="PART",
    help="Also part by part: transcript, question, or an attribute such as role; round for each"
    " closed round by itself.",
)
@click.option("--people", is_flag=True, help="Also person-years, by the set's roll-up.")
@click.option("--listwise", is_flag=True, help="Only units that all compared coders finished.")
@click.option(
    "--self",
    "self_alias",
    default="",
    metavar="AL",
    help="One coder's passes against each other: ordinary coding and closed rounds.",
)
@click.option(
    "--against-settled",
    is_flag=True,
    help="Coders beside the settled answers: training feedback, not agreement.",
)
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
    per: str,
    people: bool,
    listwise: bool,
    self_alias: str,
    against_settled: bool,
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
    from coder.ops.feedback_tables import feedback_tables
    from coder.ops.self_agreement import self_agreement
    from coder.ops.settled_feedback import settled_feedback

    options = Options(interval_method(interval), replicates, seed)
    named = [alias.strip() for alias in coders.split(",") if alias.strip()]
    _refuse_together(
        {
            "--self": bool(self_alias),
            "--against-settled": against_settled,
            "--per": bool(per),
            "--people": people,
            "--listwise": listwise,
        },
        {"--coders": bool(named)},
    )
    with opened(study_file, book) as study:
        viewer = viewer_of(study, coder_alias)
        if against_settled:
            found = settled_feedback(
                study, viewer, code_sets, named, round_name=round_name, all_units=all_units
            )
            emit(feedback_tables(found), form)
            return
        if self_alias:
            report = self_agreement(
                study,
                viewer,
                self_alias,
                code_sets,
                round_name=round_name,
                options=options,
                all_units=all_units,
            )
        else:
            report = agreement(
                study,
                viewer,
                code_sets,
                named,
                round_name=round_name,
                options=options,
                all_units=all_units,
                per=per,
                people=people,
                listwise=listwise,
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


def _refuse_together(given: dict[str, bool], with_self: dict[str, bool]) -> None:
    """Refuse options of which each is another comparison."""
    from coder.errors import UsageError

    named = [name for name, is_given in given.items() if is_given]
    if given["--self"]:
        named += [name for name, is_given in with_self.items() if is_given]
    alone = [name for name in ("--self", "--against-settled") if given[name]]
    if alone and len(named) > 1:
        other = next(name for name in named if name != alone[0])
        raise UsageError(f"{alone[0]} and {other} are two comparisons", "ask for one at a time")


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
