"""codebook check|schema|export|import: codebook files, outside of any study."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.common import opened, opened_if_any, study_option
from coder.cli.output import say, write, write_json
from coder.errors import UsageError

if TYPE_CHECKING:
    from coder.model import Codebook
    from coder.ops.study import Study

FORMATS = ("yaml", "csv", "tsv", "xlsx", "qdc")


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Print json instead of text.")
@click.option(
    "--study",
    "study_file",
    default="",
    metavar="FILE",
    help="Also against this study's attributes and other codebooks.",
)
def check_command(paths: tuple[str, ...], as_json: bool, study_file: str) -> int:
    """Check codebook files; every complaint names line, column and the fix.

    Several files are also checked against each other: no id and no set name twice.
    """
    from coder.formats.codebook_yaml import check_codebooks
    from coder.ops.codebook_files import ENDINGS
    from coder.ops.library import surroundings

    for name in paths:
        if ENDINGS.get(Path(name).suffix.lower(), "yaml") != "yaml":
            hint = f"coder codebook import {name} makes one of it"
            raise UsageError(f"{name} is no codebook file, which is YAML", hint)
    around = None
    if study_file:
        with opened(study_file) as study:
            around = surroundings(study)
    found = check_codebooks(paths, around)
    if as_json:
        write_json(
            [
                {
                    "file": str(path),
                    "line": one.line,
                    "column": one.column,
                    "field": one.key,
                    "kind": "fault" if one.is_fatal else "advice",
                    "message": one.message,
                    "fix": one.hint,
                }
                for path, complaints in found
                for one in complaints
            ]
        )
    for path, complaints in found:
        for one in complaints if not as_json else ():
            key = f"{one.key}: " if one.key else ""
            hint = f" ({one.hint})" if one.hint else ""
            write(f"{path}:{one.line}:{one.column}: {key}{one.message}{hint}")
        if not complaints:
            say(f"{path}: no complaints")
    return 1 if any(complaints for _, complaints in found) else 0


@click.command("schema")
def schema_command() -> None:
    """Print the JSON Schema of codebook files, for editors."""
    from coder.formats.codebook_yaml import json_schema

    write(json_schema())


@click.command("export")
@click.argument("name", default="", metavar="[ID|FILE]")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Else what the ending of --to says, else yaml. qdc is REFI-QDA.",
)
@click.option("--to", "target", default="", metavar="FILE", help="Else to the screen or a pipe.")
@study_option
def export_command(name: str, form: str | None, target: str, study_file: str) -> None:
    """Write a codebook for other programs: the active one, a shipped one, or a file."""
    from coder.formats.atomic import write_atomic
    from coder.ops.codebook_files import export_codebook, format_of
    from coder.ops.library import book_named

    form = form or (format_of(Path(target)) if target else "yaml")
    if not target and form == "xlsx":
        raise UsageError("a workbook cannot go to the screen", "say --to FILE.xlsx")
    if name:
        with opened_if_any(study_file) as study:
            book = book_named(study, name)
    else:
        with opened(study_file) as study:
            book = study.codebook
    made = export_codebook(book, form)
    if target:
        write_atomic(Path(target), made.data)
        say(f"wrote {book.id} {book.version} to {target}")
    else:
        write(made.data.decode())
    for note in made.notes:
        say(f"note: {note}")


@click.command("import")
@click.argument("path", metavar="FILE")
@click.option("--id", "book_id", default="", metavar="ID", help="Id of the book; else the file's.")
@click.option("--title", default="", metavar="WORDS", help="Title of the book; else the file's.")
@click.option("--to", "target", default="", metavar="FILE.yaml", help="Else ID.yaml beside FILE.")
@study_option
def import_command(path: str, book_id: str, title: str, target: str, study_file: str) -> None:
    """Make a codebook file from a spreadsheet, a REFI-QDA codebook (.qdc) or another YAML file.

    The study is not changed: look at the file, then use it.
    """
    from coder.formats.atomic import write_atomic
    from coder.ops.codebook_files import import_codebook

    source = Path(path)
    with opened_if_any(study_file) as study:
        made = import_codebook(source, book_id=book_id, title=title, known=_known(study))
    goal = Path(target) if target else source.with_name(f"{made.book.id}.yaml")
    if goal.exists():
        raise UsageError(f"{goal} is already there", "name another file with --to, or --id ID")
    write_atomic(goal, made.text.encode())
    sets = len(made.book.code_sets)
    codes = sum(len(code_set.codes) for code_set in made.book.code_sets)
    say(f"made {goal}: {counted(sets, 'code set')}, {counted(codes, 'code')}")
    for note in made.notes:
        say(f"note: {note}")
    if made.advice:
        say(f"note: coder codebook check {goal} has advice: {made.advice}")
    say(f"next: coder codebook use {goal}")


def counted(number: int, what: str) -> str:
    """A number of things: ``1 code``, ``2 codes``."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _known(study: Study | None) -> Iterator[Codebook]:
    """The books whose codes may come back from another program."""
    from coder.ops.library import load_codebook, shelf

    for name in shelf():
        yield load_codebook(name)
    if study is not None:
        yield from study.codebooks
