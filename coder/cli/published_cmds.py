"""check-published."""

from __future__ import annotations

import click

from coder.cli.common import coder_option, files, opened, study_option, viewer_of
from coder.cli.output import emit, page_width, say, table_options, write
from coder.errors import UsageError
from coder.paths import find_study


@click.command("check-published")
@click.argument("paths", nargs=-1, metavar="[FILE...]")
@click.option(
    "--counts",
    "given",
    multiple=True,
    metavar="SET=N,N,N",
    help="Numbers as typed, such as uptake=10,20,30; may be given again.",
)
@click.option("--role", default="", metavar="ROLE", help="Of a study, count only people of a role.")
@click.option(
    "--book", "books", multiple=True, metavar="ID|FILE", help="Only the figures of this codebook."
)
@click.option("--strict", is_flag=True, help="Exit with 1 where a figure is not met.")
@table_options
@coder_option()
@study_option
def check_published_command(
    paths: tuple[str, ...],
    given: tuple[str, ...],
    role: str,
    books: tuple[str, ...],
    strict: bool,
    form: str | None,
    coder_alias: str,
    study_file: str,
) -> int:
    """Set results beside the figures that sources publish.

    Every figure that the codebooks list: what the source says, what comes out here, whether that
    is met, and the caution that goes with it. Results come from tables with a column called like
    a code set (a row a person or record), or typed with --counts; else from the study, and without
    one the figures are listed with what to enter. What is derived is never shown as published.
    """
    from coder.ops.check_published import check_published
    from coder.ops.published_tables import published_page, published_table, summary

    study_file = study_file or ("" if paths or given else _study_here())
    if study_file:
        with opened(study_file) as study:
            viewer = viewer_of(study, coder_alias)
            findings = check_published(files(paths), given, books, study, viewer, role=role)
    else:
        findings = check_published(files(paths), given, books, role=role)
    if form is None:
        write(published_page(findings, page_width()))
    else:
        emit([published_table(findings)], form)
    say(summary(findings) or "the codebooks list no published figures")
    return 1 if strict and any(one.verdict == "not met" for one in findings) else 0


def _study_here() -> str:
    """The study that any other command would take; none is no mistake here."""
    try:
        return str(find_study())
    except UsageError as error:
        say(f"note: {error.message}; the figures are listed without results of your own")
        return ""
