"""tally, cross, export."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.common import coder_option, opened, study_option, viewer_of
from coder.cli.output import Counter, emit, say, table_options, write


@click.command("tally")
@click.option(
    "--of",
    "code_sets",
    multiple=True,
    metavar="SET",
    help="Only this code set; may be given again.",
)
@click.option(
    "--by",
    default="",
    metavar="role,district",
    help="Attributes that make the rows; where one is also a code set, the attribute.",
)
@click.option("--excerpts", is_flag=True, help="Count excerpts instead of people.")
@click.option("--people", is_flag=True, help="Count people by their roll-up (the default).")
@click.option("--codes", is_flag=True, help="Count excerpts per code.")
@table_options
@coder_option()
@study_option
def tally_command(
    code_sets: tuple[str, ...],
    by: str,
    excerpts: bool,
    people: bool,
    codes: bool,
    form: str | None,
    coder_alias: str,
    study_file: str,
) -> None:
    """Shares of people (or excerpts) with intervals, and who is left out of them.

    People are person-years: each rolls up to one value per code set. No data, not codable,
    nothing applied, incomplete and unresolved are counted apart.
    """  # fmt: skip
    from coder.errors import UsageError
    from coder.ops import tally_tables as tables
    from coder.ops.exporting import SINGLE_VALUED
    from coder.ops.tallying import tally, tally_codes

    if people and (excerpts or codes):
        raise UsageError("people or excerpts?", "say --people, --excerpts or --codes")
    attributes = [name.strip() for name in by.split(",") if name.strip()]
    shown = []
    with opened(study_file) as study:
        viewer = viewer_of(study, coder_alias)
        found = code_sets or [
            s.id
            for s in study.codebook.code_sets
            if excerpts or codes or s.rollup.rule in SINGLE_VALUED
        ]
        for name in found:
            if codes:
                made = tally_codes(study, viewer, name, by=attributes)
            else:
                made = tally(study, viewer, name, by=attributes, people=not excerpts)
            if form is None:
                page = tables.tally_page if not codes else tables.code_page
                shown += [page(made), tables.intervals_table(made)]
            else:
                shown.append(tables.shares_table(made))
    if form == "csv":
        emit([tables.stacked(shown)], form)
        for note in shown[0].notes if shown else ():
            say(f"note: {note}")
    else:
        emit(shown, form)


@click.command("cross")
@click.argument("rows", metavar="SET")
@click.argument("columns", metavar="SET")
@table_options
@coder_option()
@study_option
def cross_command(
    rows: str, columns: str, form: str | None, coder_alias: str, study_file: str
) -> None:
    """Cross two code sets' roll-ups, person-year by person-year."""
    from coder.ops.tally_tables import cross_table
    from coder.ops.tallying import cross

    with opened(study_file) as study:
        emit([cross_table(cross(study, viewer_of(study, coder_alias), rows, columns))], form)


@click.command("export")
@click.option(
    "--to", "folder", default="exports", show_default=True, metavar="FOLDER", help="Where to write."
)
@click.option(
    "--format",
    "formats",
    default="xlsx,csv",
    show_default=True,
    metavar="xlsx,csv",
    help="Which files.",
)
@click.option(
    "--raw", is_flag=True, help="CSV without the apostrophe before texts that look like formulas."
)
@coder_option()
@study_option
def export_command(folder: str, formats: str, raw: bool, coder_alias: str, study_file: str) -> None:
    """Write the unit table, tallies, cross-tables, agreement and codebook to spreadsheets."""
    from coder.ops.exporting import export

    with opened(study_file) as study:
        done = export(
            study,
            viewer_of(study, coder_alias),
            Path(folder),
            [name.strip() for name in formats.split(",") if name.strip()],
            raw=raw,
            progress=Counter(),
        )
    for path in done.files:
        write(str(path))
    for note in done.notes:
        say(f"note: {note}")
