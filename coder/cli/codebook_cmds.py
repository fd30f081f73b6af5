"""codebook list|show|use, and where the other commands of the group come in."""

from __future__ import annotations

import click

from coder.cli.codebook_file_cmds import (
    check_command,
    export_command,
    import_command,
    schema_command,
)
from coder.cli.common import opened, study_option
from coder.cli.groups import HelpfulGroup
from coder.cli.open_coding_cmds import category_command, scratch_command, tree_command
from coder.cli.output import emit, page_width, say, table_options, write


@click.group("codebook", cls=HelpfulGroup)
def codebook_command() -> None:
    """List, show, check and choose codebooks."""


for _command in (scratch_command, category_command, tree_command):
    codebook_command.add_command(_command)


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
@table_options
@study_option
def show_command(name: str, full: bool, form: str | None, study_file: str) -> None:
    """Show every code of a codebook: the active one, a shipped one, or a file."""
    from coder.ops.codebook_tables import codes_page, codes_table
    from coder.ops.library import load_codebook

    if name:
        book = load_codebook(name)
    else:
        with opened(study_file) as study:
            book = study.codebook
    if form is None:
        write(codes_page(book, page_width(), full=full))
    else:
        emit([codes_table(book)], form)


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


for command in (check_command, schema_command, export_command, import_command):
    codebook_command.add_command(command)
