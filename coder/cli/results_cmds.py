"""tally, cross, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.common import book_option, coder_option, opened, study_option, viewer_of
from coder.cli.output import Counter, emit, page_width, say, table_options, write
from coder.errors import UsageError

if TYPE_CHECKING:
    from coder.formats.tables import Table
    from coder.model import Viewer
    from coder.ops.study import Study
    from coder.ops.tallying import Tally


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
    help="Attributes that make the groups; where one is also a code set, the attribute.",
)
@click.option(
    "--people",
    is_flag=True,
    help="Count people by their roll-up; the default but of sets that count records.",
)
@click.option("--excerpts", is_flag=True, help="Count excerpts by valence instead.")
@click.option("--codes", is_flag=True, help="Count excerpts per code.")
@click.option(
    "--only",
    "words",
    default="",
    metavar="WORDS",
    help="Only transcripts with all these words; role:coach asks one column.",
)
@click.option(
    "--behind",
    default="",
    metavar="RESULT",
    help="List the excerpts behind one number: a result, a kind of blank, asked, all.",
)
@click.option("--each", is_flag=True, help="One line per person and year, with their values.")
@book_option
@table_options
@coder_option()
@study_option
def tally_command(
    code_sets: tuple[str, ...],
    by: str,
    people: bool,
    excerpts: bool,
    codes: bool,
    words: str,
    behind: str,
    each: bool,
    book: str,
    form: str | None,
    coder_alias: str,
    study_file: str,
) -> None:
    """Shares of people or excerpts.

    With intervals, and with who is left out of them. People are person-years: each rolls up to
    one value per code set. Sets that count records (recommendations, survey answers) are counted
    record by record. No data, not codable, nothing applied, incomplete and unresolved are
    counted apart. --csv and --json hold every figure.
    """
    from coder.ops.record_counting import counts_records
    from coder.ops.tally_excerpts import reader_of
    from coder.ops.tally_pages import pages
    from coder.ops.tally_tables import person_years_page, person_years_table, shares_table
    from coder.ops.tallying import MANY_VALUED, tally, tally_codes

    if sum((people, excerpts, codes, each)) > 1:
        raise UsageError("what is counted?", "say one of --people, --excerpts, --codes, --each")
    attributes = [name.strip() for name in by.split(",") if name.strip()]
    if each and attributes:
        raise UsageError("--each lists everybody", "leave --by out")
    with opened(study_file, book) as study:
        viewer = viewer_of(study, coder_alias)
        reader = reader_of(study, viewer, words)
        if words and not reader.only:
            raise UsageError(f"no transcript has all of {words}", "coder transcripts --only WORDS")
        sets = study.codebook.code_sets
        single = [s.id for s in sets if s.rollup.rule not in MANY_VALUED]
        if each:
            table = person_years_table(study, viewer, code_sets or single, reader)
            emit([person_years_page(table) if form is None else table], form)
            return
        records = [s.id for s in sets if counts_records(study.codebook, s)]
        found = code_sets or [s.id for s in sets if excerpts or codes or s.id in single + records]
        made = [
            tally_codes(study, viewer, name, by=attributes, reader=reader)
            if codes
            else tally(
                study,
                viewer,
                name,
                by=attributes,
                people=True if people else False if excerpts else None,
                reader=reader,
            )
            for name in dict.fromkeys(found)
        ]
        if behind:
            emit([_behind(study, viewer, made, found, behind, words)], form)
            return
    if not made:
        say("no code set rolls up to one value per person: --of names one, --codes counts codes")
    if form is None:
        emit([page for one in made for page in pages(one, page_width())], form)
        return
    table = shares_table(made)
    emit([table], form)
    if form == "csv":
        for note in table.notes:
            say(f"note: {note}")


def _behind(
    study: Study,
    viewer: Viewer,
    made: Sequence[Tally],
    names: Sequence[str],
    number: str,
    words: str,
) -> Table:
    """The excerpts behind a number of the only tally."""
    from coder.ops.tally_excerpts import Counting, behind_table, cell_named, excerpts_counted

    if len(made) != 1 or made[0].by:
        raise UsageError(
            "--behind lists the excerpts of one number",
            "--of names its code set; --only, not --by, its group",
        )
    what = Counting(names[0], made[0].grain, (), words)
    cell = cell_named(made[0], number)
    return behind_table(excerpts_counted(study, viewer, what, cell), number)


@click.command("cross")
@click.argument("rows", metavar="SET")
@click.argument("columns", metavar="SET")
@table_options
@coder_option()
@study_option
def cross_command(
    rows: str, columns: str, form: str | None, coder_alias: str, study_file: str
) -> None:
    """Cross two code sets, person by person.

    Each person and year by the values that the two sets roll up to, blanks included. Sets that
    count records are crossed record by record.
    """
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
@click.option(
    "--keep", is_flag=True, help="Replace no file; write nothing where an earlier export is."
)
@book_option
@coder_option()
@study_option
def export_command(
    folder: str,
    formats: str,
    raw: bool,
    keep: bool,
    book: str,
    coder_alias: str,
    study_file: str,
) -> None:
    """Write tables to spreadsheets.

    Tallies by role, district and year, cross-tables, agreement, the unit table, the codebook, and
    a data dictionary that says what every column means.
    """
    from coder.ops.exporting import export

    with opened(study_file, book) as study:
        done = export(
            study,
            viewer_of(study, coder_alias),
            Path(folder),
            [name.strip() for name in formats.split(",") if name.strip()],
            raw=raw,
            replacing=not keep,
            progress=Counter(),
        )
    for path in done.files:
        write(str(path))
    for note in done.notes:
        say(f"note: {note}")
