"""codebook list|show|use, and where the other commands of the group come in."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.codebook_edit_cmds import COMMANDS as EDITS
from coder.cli.codebook_file_cmds import (
    check_command,
    export_command,
    import_command,
    schema_command,
)
from coder.cli.codebook_revisit_cmds import COMMANDS as REVISITS
from coder.cli.common import coder_option, opened, opened_if_any, study_option, viewer_of
from coder.cli.groups import HelpfulGroup
from coder.cli.open_coding_cmds import category_command, scratch_command, tree_command
from coder.cli.output import emit, page_width, say, table_options, write
from coder.errors import UsageError

APPENDIX_FORMATS = ("md", "html", "docx", "csv")


@click.group("codebook", cls=HelpfulGroup)
def codebook_command() -> None:
    """List, show, check, choose and edit codebooks."""


@codebook_command.command("list")
@click.option("--shelf", is_flag=True, help="Those that ship with the program.")
@table_options
@study_option
def list_command(shelf: bool, form: str | None, study_file: str) -> None:
    """List the codebooks of the study, or those that ship with the program."""
    from coder.model import Viewer
    from coder.ops import library
    from coder.ops.codebook_tables import books_table, shelf_table

    if shelf:
        emit([shelf_table([library.load_codebook(name) for name in library.shelf()])], form)
        return
    with opened(study_file) as study:
        emit([books_table(library.list_codebooks(study, Viewer()))], form)


@codebook_command.command("show")
@click.argument("name", default="", metavar="[ID|FILE]")
@click.option("--full", is_flag=True, help="Also whole definitions, boundaries and examples.")
@click.option(
    "--format",
    "appendix",
    type=click.Choice(APPENDIX_FORMATS),
    help="The book as the appendix of a paper, with counts if the study holds it.",
)
@click.option("--to", "target", default="", metavar="FILE", help="Where the appendix goes.")
@table_options
@coder_option()
@study_option
def show_command(
    name: str,
    full: bool,
    appendix: str | None,
    target: str,
    form: str | None,
    coder_alias: str,
    study_file: str,
) -> None:
    """Show every code of a codebook: the active one, another of the study, a shipped one, a file.

    --format md, html, docx or csv makes an appendix; what is counted is what --coder may see.
    """
    from coder.ops.codebook_tables import codes_page, codes_table
    from coder.ops.library import book_named

    if target or appendix:
        if full or form:
            option = "--full" if full else f"--{form}"
            raise UsageError(f"{option} and an appendix do not go together", f"leave out {option}")
        _show_appendix(name, appendix or _format_of(target), target, coder_alias, study_file)
        return
    if name:
        with opened_if_any(study_file) as study:
            book = book_named(study, name)
    else:
        with opened(study_file) as study:
            book = study.codebook
    if form is None:
        write(codes_page(book, page_width(), full=full))
    else:
        emit([codes_table(book)], form)


def _show_appendix(name: str, form: str, target: str, coder_alias: str, study_file: str) -> None:
    from coder.formats.atomic import write_atomic
    from coder.model import Viewer
    from coder.ops.codebook_use import appendix_of
    from coder.ops.library import book_named

    if form == "docx" and not target:
        raise UsageError("a Word document cannot go to the screen", "say --to FILE.docx")
    with opened_if_any(study_file) if name else opened(study_file) as study:
        book = book_named(study, name)
        viewer = viewer_of(study, coder_alias) if study is not None else Viewer()
        data = appendix_of(book, form, study, viewer)
        is_counted = study is not None and book.id in study.codebook_ids
        where = study.path.name if study is not None else ""
    if target:
        write_atomic(Path(target), data)
        say(f"wrote {book.id} {book.version} to {target}")
    else:
        write(data.decode())
    if study is not None and not is_counted:
        say(f"note: nothing is counted, because {where} does not hold {book.id}")


def _format_of(target: str) -> str:
    ending = Path(target).suffix.lower().removeprefix(".")
    found = {"markdown": "md", "htm": "html"}.get(ending, ending)
    if found not in APPENDIX_FORMATS:
        raise UsageError(
            f"{target} ends in no format of appendices",
            f"say --format {' or '.join(APPENDIX_FORMATS)}",
        )
    return found


@codebook_command.command("use")
@click.argument("name", metavar="ID|FILE")
@study_option
def use_command(name: str, study_file: str) -> None:
    """Add a codebook to the study, or a new version of one, and make it the active one."""
    from coder.ops.library import load_codebook, shared_set_names, use_codebook

    book = load_codebook(name)
    with opened(study_file) as study:
        say(use_codebook(study, book).words)
        for note in shared_set_names(study.codebooks):
            say(f"note: {note}")


FILES = (check_command, schema_command, export_command, import_command)
OPEN_CODING = (scratch_command, category_command, tree_command)

for _command in (*FILES, *EDITS, *REVISITS, *OPEN_CODING):
    codebook_command.add_command(_command)
