"""new, open, recent, demo, samples, undo, redo, log, check, backup, restore, where."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.common import (
    book_option,
    coder_option,
    opened,
    round_option,
    study_option,
    viewer_of,
)
from coder.cli.output import Counter, emit, page_width, say, table_options, write
from coder.errors import UsageError
from coder.paths import find_study

if TYPE_CHECKING:
    from coder.ops.study import Study


@click.command("new")
@click.argument("path", metavar="NAME.coder")
@click.option(
    "--codebook",
    "books",
    multiple=True,
    required=True,
    metavar="ID|FILE",
    help="A shipped codebook or a .yaml file; the first one is active.",
)
@click.option("--name", default="", help="The study's name; else the file's.")
def new_command(path: str, books: tuple[str, ...], name: str) -> None:
    """Make a new study."""
    from coder.ops.library import load_codebook, shared_set_names
    from coder.ops.study import create_study

    found = [load_codebook(book) for book in books]
    with create_study(Path(path), found, name=name) as study:
        say(f"made {study.path} with {', '.join(f'{b.id} {b.version}' for b in found)}")
    for note in shared_set_names(found):
        say(f"note: {note}")
    say("next: coder import FOLDER")


@click.command("open")
@round_option
@book_option
@click.option("--theme", default="", metavar="NAME", help="Colours for now, such as coder-light.")
@click.option("--tour", is_flag=True, help="Begin with the guided tour.")
@coder_option()
@study_option
def open_command(
    round_name: str, book: str, theme: str, tour: bool, coder_alias: str, study_file: str
) -> int:
    """Open the study in the app.

    Without a study here, or with several, one of those opened recently is chosen first. Needs a
    terminal for its input and its output.
    """
    _need_terminal()
    from coder.cli.opening import open_in_turn

    return open_in_turn(study_file, book, coder_alias, round_name, theme=theme, with_tour=tour)


@click.command("recent")
@click.option(
    "--forget",
    "forgotten",
    multiple=True,
    metavar="FILE",
    help="Forget that this study was opened; the study stays.",
)
@click.option("--forget-all", is_flag=True, help="Forget all of them.")
@table_options
def recent_command(forgotten: tuple[str, ...], forget_all: bool, form: str | None) -> None:
    """List the studies opened recently.

    The list is yours alone and lies in your state folder; nothing of what is in a study is in it.
    """
    from coder.ops import recent
    from coder.paths import recent_file

    file = recent_file()
    if forget_all or forgotten:
        paths = [Path(name) for name in forgotten]
        number = recent.forget_all(file) if forget_all else recent.forget(file, paths)
        say(f"forgot {number} stud{'y' if number == 1 else 'ies'}")
        return
    emit([recent.recent_table(recent.read_recent(file))], form)


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _need_terminal() -> None:
    if not _has_terminal():
        raise UsageError(
            "the app needs a terminal for its input and its output",
            "every action has a command too: coder --help",
        )


@click.command("demo")
@click.argument("folder", default="", metavar="[FOLDER]")
@click.option("--no-open", is_flag=True, help="Do not open the app at the end.")
def demo_command(folder: str, no_open: bool) -> int:
    """Build the invented sample study, print results, open it.

    Spreadsheets are written beside it. A sample study that somebody has coded in is never
    replaced: the next one gets a number.
    """
    from coder.model import Viewer
    from coder.ops.exporting import export
    from coder.ops.sample import build_sample, untouched_or_next
    from coder.ops.study import open_study
    from coder.paths import checkout_exports

    place = Path(folder) if folder else checkout_exports() or Path.cwd()
    if not place.is_dir():
        if not place.absolute().parent.is_dir():
            raise UsageError(f"there is no folder {place.parent}", "make it first")
        if place.exists():
            raise UsageError(f"{place} is not a folder", "name a folder for the sample study")
        place.mkdir()
    path, is_there = untouched_or_next(place)
    if not is_there:
        say(f"building the sample study {path} ...")
    with open_study(path) if is_there else build_sample(path, Counter()) as study:
        write("Sample study: interviews, people and coders are invented.\n")
        _print_results(study)
        say("writing spreadsheets ...")
        done = export(study, Viewer(), place, progress=Counter())
        workbook = next(file for file in done.files if file.suffix == ".xlsx")
        write(f"\nSpreadsheet: {workbook}")
        write(f"Tables as CSV: {len(done.files) - 1} files {workbook.stem}-*.csv beside it")
        write(f"Study: {path}")
        if no_open or not _has_terminal():
            write(f"Next: coder open --study {shlex.quote(str(path))} --coder AL")
            return 0
    from coder.cli.opening import open_in_turn

    return open_in_turn(str(path))


@click.command("samples")
@click.argument("folder", default="sample_interviews", metavar="[FOLDER]")
def samples_command(folder: str) -> None:
    """Copy the sample interviews to a folder.

    With their codings and tables to practise on; all of it is invented.
    """
    from coder.ops.sample import copy_samples

    number = copy_samples(Path(folder))
    say(f"copied {number} files to {folder}")
    say(f"next: coder import {shlex.quote(folder)}")


def _print_results(study: Study) -> None:
    """Agreement, shares by role and the cross-table, as their own commands print them."""
    from coder.model import Viewer
    from coder.ops.agreeing import agreement
    from coder.ops.agreement_pages import caution_lines
    from coder.ops.agreement_pages import pages as agreement_pages
    from coder.ops.tally_pages import pages as tally_pages
    from coder.ops.tally_tables import cross_table
    from coder.ops.tallying import cross, tally

    viewer = Viewer()
    report = agreement(study, viewer)
    shown = agreement_pages(report)
    for name in ("attribution", "adjustment"):
        shown += tally_pages(tally(study, viewer, name, by=["role"]), page_width())
    shown.append(cross_table(cross(study, viewer, "attribution", "adjustment")))
    emit(shown, None)
    for line in caution_lines(report):
        say(f"caution: {line}")


@click.command("undo")
@coder_option()
@study_option
def undo_command(coder_alias: str, study_file: str) -> None:
    """Undo the last thing a coder did.

    Without --coder, the last import, or load of several coders' codings.
    """
    from coder.ops.corpus import coder_named
    from coder.ops.history import undo

    with opened(study_file) as study:
        say(undo(study, coder_named(study, coder_alias) if coder_alias else None).words)


@click.command("redo")
@coder_option()
@study_option
def redo_command(coder_alias: str, study_file: str) -> None:
    """Redo what was undone.

    As long as nothing new was done since.
    """
    from coder.ops.corpus import coder_named
    from coder.ops.history import redo

    with opened(study_file) as study:
        say(redo(study, coder_named(study, coder_alias) if coder_alias else None).words)


@click.command("log")
@click.option(
    "--limit",
    default=50,
    show_default=True,
    type=click.IntRange(1),
    help="How many entries, newest first.",
)
@click.option("--excerpt", default="", metavar="REF", help="Only what was done to this one.")
@table_options
@coder_option()
@study_option
def log_command(
    limit: int, excerpt: str, form: str | None, coder_alias: str, study_file: str
) -> None:
    """Show the journal.

    Newest first; what was undone stays there and says so. While a round is open, what others did
    to its excerpts is not there for its coders.
    """
    from coder.ops.history import blind_in, excerpt_log, log
    from coder.ops.history_tables import log_page, log_table

    with opened(study_file) as study:
        viewer = viewer_of(study, coder_alias)
        if excerpt:
            found = excerpt_log(study, viewer, excerpt)
            lines, hiding = found.lines[:limit], found.blind_in
        else:
            lines, hiding = log(study, viewer, limit), blind_in(study, viewer)
        has_hidden = bool(blind_in(study, viewer))
    if form is None:
        write(log_page(lines, page_width()))
    else:
        emit([log_table(lines, with_numbers=not has_hidden)], form)
    if hiding:
        say(f"note: without what others did in the round {hiding}, while it is open")


@click.command("check")
@coder_option()
@study_option
def check_command(coder_alias: str, study_file: str) -> None:
    """Check a study file for damage.

    Also for tables that this program did not make. While a round is open its coders are not told
    how much there is of what people did.
    """
    from coder.ops.history import blind_in
    from coder.ops.study import check_study

    with opened(study_file) as study:
        viewer = viewer_of(study, coder_alias)
        for line in check_study(study, viewer=viewer):
            write(line)
        hiding = blind_in(study, viewer)
    if hiding:
        say(f"note: all was checked; counts of what people did are hidden: {hiding} is open")


@click.command("backup")
@click.argument("target", metavar="FILE")
@study_option
def backup_command(target: str, study_file: str) -> None:
    """Copy the study to one file.

    Also while it is open elsewhere.
    """
    from coder.ops.study import backup_study

    with opened(study_file) as study:
        backup_study(study, Path(target))
    say(f"copied to {target}")


@click.command("restore")
@click.argument("backup", metavar="FILE")
@study_option
def restore_command(backup: str, study_file: str) -> None:
    """Put a backup in the study's place.

    What was there is kept beside it.
    """
    from coder.ops.study import restore_study

    kept = restore_study(Path(backup), find_study(study_file, must_exist=False))
    say(f"restored from {backup}" + (f"; what was there is now {kept}" if kept else ""))


@click.command("where")
@study_option
def where_command(study_file: str) -> None:
    """Say where files are.

    The study, the settings, and the codebooks and interviews that ship with the program.
    """
    from coder.paths import faults_folder, settings_files, shipped, state_file

    write(f"codebooks: {shipped('codebooks')}")
    write(f"sample interviews: {shipped('transcripts_sample')}")
    study, problem = None, ""
    try:
        study = find_study(study_file).resolve()
    except UsageError as error:
        problem = str(error)
    for path in settings_files(study):
        write(f"settings: {path}{'' if path.is_file() else ' (not there)'}")
    path = state_file()
    write(f"what the program remembers: {path}{'' if path.is_file() else ' (nothing yet)'}")
    path = faults_folder()
    write(f"details of its faults: {path}{'' if path.is_dir() else ' (none yet)'}")
    if study is not None:
        write(f"study: {study}")
    else:
        say(f"study: {problem}")
