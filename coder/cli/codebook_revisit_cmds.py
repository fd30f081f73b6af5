"""codebook log|revisit|confirm: what changed, what it puts in question, standing by it."""

from __future__ import annotations

import click

from coder.cli.codebook_edit_cmds import book_of, book_option, code_of
from coder.cli.common import coder_of, coder_option, opened, study_option
from coder.cli.output import emit, page_width, say, table_options, write
from coder.errors import UsageError


@click.command("log")
@click.argument("book", default="", metavar="[BOOK]")
@table_options
@study_option
def log(book: str, form: str | None, study_file: str) -> None:
    """List the versions of a codebook: who made them, why, and what changed."""
    from coder.model import Viewer
    from coder.ops.codebook_log import codebook_log, log_page, log_table

    with opened(study_file) as study:
        lines = codebook_log(study, Viewer(), book)
        found = book_of(study, book)
    if form is None:
        write(log_page(lines, page_width()))
    else:
        emit([log_table(found, lines)], form)


@click.command("revisit")
@click.option("--code", default="", metavar="CODE", help="Only what was coded with this.")
@table_options
@coder_option()
@book_option
@study_option
def revisit(code: str, form: str | None, coder_alias: str, book: str, study_file: str) -> None:
    """List your excerpts whose codes mean something else now than when you put them on."""
    from coder.ops.codebook_log import revisit_table
    from coder.ops.revisiting import count_by_version, to_revisit

    with opened(study_file) as study:
        who = coder_of(study, coder_alias)
        rows = to_revisit(study, who, book=book, code=code_of(study, book, code) if code else "")
    emit([revisit_table(rows)], form)
    for line in count_by_version(rows):
        say(line)
    if not rows:
        say(f"{who.alias} has nothing to revisit")


@click.command("confirm")
@click.argument("excerpts", nargs=-1, metavar="EXCERPT...")
@click.option("--all", "is_all", is_flag=True, help="Everything with --code that is to revisit.")
@click.option("--code", default="", metavar="CODE", help="With --all: which code.")
@coder_option()
@book_option
@study_option
def confirm(
    excerpts: tuple[str, ...], is_all: bool, code: str, coder_alias: str, book: str,
    study_file: str,
) -> None:  # fmt: skip
    """Stand by your answers on excerpts under the codebook as it is now.

    They are decided again; the codings stay as they are. What you would code otherwise now, code
    otherwise: that confirms it too.
    """
    from coder.ops.revisiting import confirm, confirm_all

    if is_all != bool(code) or is_all == bool(excerpts):
        raise UsageError("say what to confirm", "EXCERPT..., or --all --code CODE")
    with opened(study_file) as study:
        who = coder_of(study, coder_alias)
        if is_all:
            say(confirm_all(study, who, code_of(study, book, code), book=book).words)
        else:
            say(confirm(study, who, excerpts, book=book).words)


COMMANDS = (log, revisit, confirm)
"""In the order of the help."""
