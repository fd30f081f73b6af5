"""import, transcripts, people, excerpts, show, search."""

from __future__ import annotations

import click

from coder.cli.common import coder_of, coder_option, files, opened, study_option, viewer_of
from coder.cli.output import Counter, emit, say, table_options, write
from coder.model import PLANS


@click.command("import")
@click.argument("paths", nargs=-1, required=True, metavar="FILE|FOLDER...")
@click.option(
    "--unit",
    "plan",
    default="answer",
    metavar="PLAN",
    show_default=True,
    help=f"How excerpts are cut: {', '.join(PLANS)}.",
)
@click.option("--dry-run", is_flag=True, help="Read and check only.")
@table_options
@study_option
def import_command(
    paths: tuple[str, ...], plan: str, dry_run: bool, form: str | None, study_file: str
) -> None:
    """Import interview transcripts.

    All or none of them: .txt and .md files with a header, and .vtt, .srt and .csv files with a
    .yaml header beside them. What is there already stays as it is.
    """
    from coder.ops.corpus_tables import import_table
    from coder.ops.importing import import_files

    with opened(study_file) as study:
        report = import_files(study, files(paths), plan=plan, dry_run=dry_run, progress=Counter())
    for file in report.files:
        for note in file.notes:
            say(f"note: {note}")
    for path in report.skipped:
        say(f"note: {path} is not a transcript and was left out")
    emit([import_table(report)], form)


@click.command("transcripts")
@click.option(
    "--only",
    "words",
    default="",
    metavar="WORDS",
    help="Only those with all these words; role:coach asks one column.",
)
@click.option(
    "--mine",
    is_flag=True,
    help="What the coder has in each: progress by code set, flags, memos, what to revisit.",
)
@table_options
@coder_option()
@study_option
def transcripts_command(
    words: str, mine: bool, form: str | None, coder_alias: str, study_file: str
) -> None:
    """List transcripts and progress."""
    from coder.ops.corpus import list_coders, list_transcripts
    from coder.ops.corpus_tables import transcripts_page, transcripts_table
    from coder.ops.filtering import matches

    with opened(study_file) as study:
        found = list_transcripts(study, viewer_of(study, coder_alias), with_progress=not mine)
        rows = [row for row in found if matches(row, words)]
        if mine:
            from coder.ops.overview import overview_table

            emit([overview_table(study, coder_of(study, coder_alias), rows)], form)
            return
        table = transcripts_table(rows, [c.alias for c in list_coders(study)])
    emit([transcripts_page(table) if form is None else table], form)


@click.command("people")
@table_options
@study_option
def people_command(form: str | None, study_file: str) -> None:
    """List people and their attributes.

    One line per person and school year.
    """
    from coder.model import Viewer
    from coder.ops.corpus import list_people
    from coder.ops.corpus_tables import people_page, people_table

    with opened(study_file) as study:
        table = people_table(list_people(study, Viewer()))
    emit([people_page(table) if form is None else table], form)


@click.command("excerpts")
@click.argument("transcript")
@table_options
@coder_option()
@study_option
def excerpts_command(transcript: str, form: str | None, coder_alias: str, study_file: str) -> None:
    """List the excerpts of a transcript.

    With --coder also that coder's codes.
    """
    from coder.ops.corpus_tables import excerpts_table

    with opened(study_file) as study:
        viewer, is_page = viewer_of(study, coder_alias), form is None
        emit([excerpts_table(study, viewer, transcript, in_words=is_page)], form)


@click.command("show")
@click.argument("name", metavar="TRANSCRIPT|EXCERPT")
@coder_option()
@study_option
def show_command(name: str, coder_alias: str, study_file: str) -> None:
    """Show a transcript or an excerpt with its codes.

    A transcript as it is; an excerpt with the codes and memos of --coder.
    """
    from coder.ops.corpus_tables import show

    with opened(study_file) as study:
        write(show(study, viewer_of(study, coder_alias), name))


@click.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--transcript", default="", metavar="NAME", help="Only in this transcript.")
@table_options
@coder_option()
@study_option
def search_command(
    words: tuple[str, ...], transcript: str, form: str | None, coder_alias: str, study_file: str
) -> None:
    """Find words in transcripts.

    The words in this order, in any case; straight and curly quotation marks, dashes and line
    breaks are taken for the same. Nothing found is exit code 1.
    """
    from coder.ops.corpus_tables import hits_table
    from coder.ops.searching import search

    with opened(study_file) as study:
        viewer = viewer_of(study, coder_alias)
        found = tuple(search(study, viewer, " ".join(words), transcript=transcript))
    if not found:
        say(f"not found: {' '.join(words)}")
        raise SystemExit(1)
    emit([hits_table(found, whole=form is not None)], form)
