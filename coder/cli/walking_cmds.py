"""next: a plain-text way to walk through excerpts, for scripts and screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from coder.cli.common import book_option, coder_of, coder_option, opened, round_option, study_option
from coder.cli.output import emit, say, table_options, write
from coder.errors import UsageError

if TYPE_CHECKING:
    from coder.ops.walking import Wanted


@click.command("next")
@click.option("--after", default="", metavar="EXCERPT", help="Begin behind this excerpt.")
@click.option("--transcript", default="", metavar="NAME", help="Only in this transcript.")
@click.option("--open", "is_open", is_flag=True, help="That needs work; so without any of these.")
@click.option(
    "--flagged",
    is_flag=False,
    flag_value="",
    metavar="[NAME]",
    help="That has a flag of this coder, or the flag of this name.",
)
@click.option("--code", default="", metavar="CODE", help="On which this coder has put this code.")
@click.option("--disagreement", is_flag=True, help="That somebody coded otherwise.")
@round_option
@book_option
@coder_option()
@table_options
@study_option
def next_command(
    after: str,
    transcript: str,
    is_open: bool,
    flagged: str | None,
    code: str,
    disagreement: bool,
    round_name: str,
    book: str,
    coder_alias: str,
    form: str | None,
    study_file: str,
) -> None:
    """Print the next excerpt to work on.

    Or one that is flagged, has a code, or is disagreed on: its reference and what is quoted of
    it, in text order. Give the reference to --after to go on. Nothing left is exit code 1.
    """
    from coder.formats.tables import Column, Table
    from coder.ops.rounds import enter_round, find_round
    from coder.ops.walking import next_excerpt

    wanted = _wanted(is_open, flagged, code, disagreement)
    with opened(study_file, book) as study:
        coder = coder_of(study, coder_alias)
        enter_round(study, round_name)
        in_round = find_round(study, round_name) if round_name else None
        found = next_excerpt(
            study, coder, wanted, transcript=transcript, after=after, in_round=in_round
        )
    if found is None:
        say(f"no excerpt{f' after {after}' if after else ''}{_in_words(wanted)}")
        raise click.exceptions.Exit(1)
    unit = found.unit
    if form is None:
        write(f"{unit.ref}  {unit.speaker} {unit.question}".rstrip() + f"\n\n{found.words}")
        return
    names = {"excerpt": "Excerpt", "speaker": "Speaker", "question": "Question", "words": "Words"}
    columns = tuple(Column(key, title) for key, title in names.items())
    row = (unit.ref, unit.speaker, unit.question, found.words)
    emit([Table("next", "Next", columns, (row,))], form)


def _wanted(is_open: bool, flagged: str | None, code: str, disagreement: bool) -> Wanted:
    from coder.ops.walking import Wanted

    said = [
        wanted
        for is_said, wanted in (
            (is_open, Wanted("open")),
            (flagged is not None, Wanted("flagged", flagged or "")),
            (bool(code), Wanted("code", code)),
            (disagreement, Wanted("disagreement")),
        )
        if is_said
    ]
    if len(said) > 1:
        raise UsageError("look for one thing at a time", "--open, --flagged, --code CODE ...")
    return said[0] if said else Wanted("open")


def _in_words(wanted: Wanted) -> str:
    named = f" {wanted.name}" if wanted.name else ""
    return {
        "open": " needs work",
        "flagged": f" is flagged{named}",
        "code": f" is coded{named}",
        "disagreement": " is disagreed on, as far as this coder may see",
    }[wanted.kind]
