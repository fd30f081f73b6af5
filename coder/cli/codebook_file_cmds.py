"""codebook check|schema: codebook files, before any study holds them."""

from __future__ import annotations

import click

from coder.cli.common import opened
from coder.cli.output import say, write, write_json


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
    from coder.ops.library import surroundings

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
