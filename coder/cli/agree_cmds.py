"""agree: of the study, or straight from files of ratings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from coder.cli.agree_checks import check_together
from coder.cli.agree_options import Asked, agree_options, names_in
from coder.cli.common import (
    book_option,
    coder_option,
    opened,
    round_option,
    study_option,
    viewer_of,
)
from coder.cli.output import emit, say, table_options, write_json

if TYPE_CHECKING:
    from coder.formats.ratings import RatingsFile
    from coder.formats.tables import Table
    from coder.ops.agreement_report import AgreementReport, Options
    from coder.ops.thresholds import Threshold


@click.command("agree")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@agree_options
@round_option
@book_option
@table_options
@coder_option()
@study_option
@click.pass_context
def agree_command(ctx: click.Context, /, files: tuple[str, ...], **options: Any) -> int:
    """Agreement between coders, with intervals.

    Straight from spreadsheets (.csv, .tsv, .xlsx): a row per unit and a column per coder; or
    columns unit, coder, code; or a file per coder. A column transcript (or --cluster) says what
    units are nested in. What a file was taken for is said on stderr.

    Without FILE, of the study: over the excerpts that both finished and whose question feeds the
    code set.

    Percent agreement, Cohen's kappa, Krippendorff's alpha and Gwet's AC1 with 95 % intervals over
    transcripts; weighted forms for scales, pooled kappa for sets of several codes, alpha_U and
    u-alpha for spans. --csv and --json hold every figure; coder explain says what each means.
    """
    asked = Asked(**options)
    typed = [
        name for name in options if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    check_together(asked, typed, files=bool(files))
    if asked.convert:
        _convert(asked, files)
        return 0
    if asked.against_settled:
        _feedback(asked)
        return 0
    thresholds = _thresholds(asked)
    report = _of_files(asked, files, thresholds) if files else _of_study(asked, thresholds)
    return _show(asked, report, thresholds)


def _thresholds(asked: Asked) -> list[Threshold]:
    if not asked.minima and not asked.lower_minima:
        return []
    from coder.ops.thresholds import threshold

    return [
        *(threshold(text) for text in asked.minima),
        *(threshold(text, of_lower_end=True) for text in asked.lower_minima),
    ]


def _options(asked: Asked, thresholds: list[Threshold]) -> Options:
    from coder.ops.agreement_report import Options

    wanted = dict.fromkeys((*asked.statistics, *(one.statistic for one in thresholds)))
    return Options(
        asked.interval,  # type: ignore[arg-type]
        asked.replicates,
        asked.seed,
        asked.confidence,
        tuple(wanted),
    )


def _of_study(asked: Asked, thresholds: list[Threshold]) -> AgreementReport:
    from coder.errors import UsageError
    from coder.ops.agreeing import agreement
    from coder.ops.self_agreement import self_agreement
    from coder.ops.study_disagreements import disagreed_units

    if asked.weights not in ("", "linear", "quadratic"):
        raise UsageError(
            f"--weights {asked.weights} does not go with a study",
            "rubrics take --weights linear or quadratic",
        )
    options = _options(asked, thresholds)
    with opened(asked.study_file, asked.book) as study:
        viewer = viewer_of(study, asked.coder_alias)
        if asked.self_alias:
            report = self_agreement(
                study,
                viewer,
                asked.self_alias,
                asked.code_sets,
                round_name=asked.round_name,
                options=options,
                all_units=asked.all_units,
            )
        else:
            report = agreement(
                study,
                viewer,
                asked.code_sets,
                names_in(asked.coders),
                round_name=asked.round_name,
                options=options,
                all_units=asked.all_units,
                per=asked.per,
                people=asked.people,
                listwise=asked.listwise,
            )
        if asked.disagreements:
            found = disagreed_units(
                study, viewer, asked.code_sets, names_in(asked.coders), asked.round_name
            )
            report = replace(report, disagreements=found)
    _check_computed(asked, report)
    return replace(report, weights=asked.weights)


def _check_computed(asked: Asked, report: AgreementReport) -> None:
    """Refuse statistics that the study's code sets do not have."""
    from coder.errors import UsageError
    from coder.ops.statistic_names import kinds_for, no_such
    from coder.stats.register import MEASURES

    computed = {row.estimate.statistic for row in report.rows}
    for name in asked.statistics:
        if name not in MEASURES:
            raise no_such(name, "--statistic")
        if computed and name not in computed:
            raise UsageError(
                f"--statistic {name} is not computed for these code sets",
                f"it is for {kinds_for(name)}; coder explain {name}",
            )


def _feedback(asked: Asked) -> None:
    """Coders beside the settled answers, which is no agreement."""
    from coder.ops.feedback_tables import feedback_tables
    from coder.ops.settled_feedback import settled_feedback

    with opened(asked.study_file, asked.book) as study:
        found = settled_feedback(
            study,
            viewer_of(study, asked.coder_alias),
            asked.code_sets,
            names_in(asked.coders),
            round_name=asked.round_name,
            all_units=asked.all_units,
        )
    emit(feedback_tables(found), asked.form)


def _of_files(asked: Asked, files: tuple[str, ...], thresholds: list[Threshold]) -> AgreementReport:
    from coder.ops.agreeing_files import agreement_of_file
    from coder.ops.file_options import FileOptions
    from coder.ops.own_weights import read_weights

    own = None
    notes: list[str] = []
    weights, scale = asked.weights, asked.scale
    if weights and weights not in ("linear", "quadratic"):
        own, weights = read_weights(Path(weights)), "custom"
        notes.append(f"{own.file}: {own.said}")
    elif weights and not scale:
        scale = "ordinal"
        notes.append(f"--weights {weights}: the codes are taken as levels, in ascending order")
    read = _read(asked, files)
    wanted = FileOptions(
        options=_options(asked, thresholds),
        scale=scale or "nominal",  # type: ignore[arg-type]
        weights=weights,
        own=own,
        categories=names_in(asked.categories),
        by_code=asked.by_code,
        every_pair=asked.every,
        disagreements=asked.disagreements,
    )
    report = agreement_of_file(read, wanted)
    return replace(report, notes=(*notes, *report.notes))


def _read(asked: Asked, files: tuple[str, ...]) -> RatingsFile:
    from coder.formats.ratings import HowToRead, read_ratings

    how = HowToRead(
        layout=asked.layout,
        unit=asked.unit,
        coder=asked.coder_column,
        code=asked.code_columns,
        cluster=asked.cluster,
        coders=names_in(asked.coders),
        ignored=names_in(asked.ignored),
        sheet=asked.sheet,
        sets=asked.sets,
        lengths=Path(asked.lengths) if asked.lengths else None,
    )
    return read_ratings([Path(file) for file in files], how)


def _convert(asked: Asked, files: tuple[str, ...]) -> None:
    from coder.ops.converting import check_target, convert

    check_target(Path(asked.convert), force=asked.force)
    read = _read(asked, files)
    say(f"note: {', '.join(read.files)}: {read.shape}")
    for note in read.notes:
        say(f"note: {note}")
    say(convert(read, Path(asked.convert)))


def _show(asked: Asked, report: AgreementReport, thresholds: list[Threshold]) -> int:
    """Print the report, say what to be careful about, and see whether enough was reached."""
    from coder.ops.agreement_pages import caution_lines, unfinished_lines
    from coder.ops.thresholds import missed

    lines = missed(report, thresholds)  # before the output: a wrong name is a wrong call
    if asked.form == "json":
        from coder.ops.agreement_json import to_json

        write_json(to_json(report, asked.statistics))
    else:
        emit(_tables(asked, report), asked.form)
    if report.files:
        say(f"note: {', '.join(report.files)}: {report.shape}")
    for note in report.notes:
        say(f"note: {note}")
    for line in caution_lines(report):
        say(f"caution: {line}")
    for line in unfinished_lines(report):
        say(f"note: {line}")
    for line in lines:
        say(line)
    return 1 if lines else 0


def _tables(asked: Asked, report: AgreementReport) -> list[Table]:
    from coder.ops.agreement_pages import pages
    from coder.ops.agreement_tables import full

    tables = []
    if asked.disagreements and report.disagreements is not None:
        from coder.ops.disagreed_table import disagreed_table

        tables.append(disagreed_table(report))
    if asked.form == "csv":
        return tables or [full(report, asked.statistics)]
    shown = pages(
        report,
        full=asked.every,
        by_code=asked.by_code,
        confusion=asked.confusion,
        statistics=asked.statistics,
    )
    if asked.bands:
        from coder.ops.bands import bands_table

        shown.append(bands_table(report, asked.bands, asked.statistics))
    return [*shown, *tables]
