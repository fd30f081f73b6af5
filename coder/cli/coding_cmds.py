"""coders, code, uncode, done, memo, memos, flag, flags, load."""

from __future__ import annotations

from pathlib import Path

import click

from coder.cli.common import (
    book_option,
    coder_of,
    coder_option,
    opened,
    round_option,
    study_option,
    viewer_of,
)
from coder.cli.groups import HelpfulGroup
from coder.cli.output import emit, page_width, say, table_options, write
from coder.errors import UsageError


@click.group("coders", cls=HelpfulGroup, invoke_without_command=True)
@table_options
@study_option
@click.pass_context
def coders_command(ctx: click.Context, form: str | None, study_file: str) -> None:
    """List coders, or add one."""
    if ctx.invoked_subcommand is None:
        from coder.ops.corpus import list_coders
        from coder.ops.corpus_tables import coders_table

        with opened(study_file) as study:
            emit([coders_table(list_coders(study))], form)


@coders_command.command("add")
@click.argument("alias")
@click.option("--name", default="", help="The coder's name, if the study may hold it.")
@study_option
def add_coder_command(alias: str, name: str, study_file: str) -> None:
    """Add a coder under a short name, such as AL."""
    from coder.ops.corpus import add_coder

    with opened(study_file) as study:
        say(f"{add_coder(study, alias, name).alias} codes in {study.path.name}")


@click.command("code")
@click.argument("excerpt")
@click.argument("codes", nargs=-1, required=True)
@round_option
@book_option
@coder_option()
@study_option
def code_command(
    excerpt: str,
    codes: tuple[str, ...],
    round_name: str,
    book: str,
    coder_alias: str,
    study_file: str,
) -> None:
    """Put codes on an excerpt.

    All of them are one undoable action. A code is CODE, SET:CODE or BOOK:SET:CODE. In sets that
    take one code a new one replaces the old.
    """
    from coder.ops.coding import put_codes
    from coder.ops.contradictions import against_the_book
    from coder.ops.rounds import enter_round

    with opened(study_file, book) as study:
        coder, pass_ = coder_of(study, coder_alias), enter_round(study, round_name)
        done = put_codes(study, coder, excerpt, codes, pass_)
        say(done.words if done.entry else f"nothing to change: {done.words} already")
        for found in against_the_book(study, coder, excerpt, codes, pass_):
            when = f"; it is asked when: {found.asked_when}" if found.asked_when else ""
            say(f"note: {found.words}{when}")


@click.command("uncode")
@click.argument("excerpt")
@click.argument("codes", nargs=-1, required=True)
@round_option
@book_option
@coder_option()
@study_option
def uncode_command(
    excerpt: str,
    codes: tuple[str, ...],
    round_name: str,
    book: str,
    coder_alias: str,
    study_file: str,
) -> None:
    """Take codes off an excerpt.

    The last one off reopens its code set.
    """
    from coder.ops.coding import remove_codes
    from coder.ops.contradictions import against_the_book
    from coder.ops.rounds import enter_round

    with opened(study_file, book) as study:
        coder, pass_ = coder_of(study, coder_alias), enter_round(study, round_name)
        say(remove_codes(study, coder, excerpt, codes, pass_).words)
        for found in against_the_book(study, coder, excerpt, (), pass_):
            say(f"note: {found.words}")


@click.command("done")
@click.argument("excerpt")
@click.option(
    "--nothing",
    "code_sets",
    multiple=True,
    metavar="SET",
    help="Say that nothing of this code set applies; may be given again.",
)
@click.option(
    "--not-asked",
    multiple=True,
    metavar="SET",
    help="Say that this code set was not asked here; may be given again.",
)
@round_option
@book_option
@coder_option()
@study_option
def done_command(
    excerpt: str,
    code_sets: tuple[str, ...],
    not_asked: tuple[str, ...],
    round_name: str,
    book: str,
    coder_alias: str,
    study_file: str,
) -> None:
    """Finish an excerpt, or say that nothing applies.

    Code sets that its question feeds are then coded, or finished with nothing applied; the others
    are not applicable. With --nothing or --not-asked only the named sets are finished.
    """
    from coder.ops.coding import finish, not_applicable, nothing_applies
    from coder.ops.contradictions import against_the_book
    from coder.ops.rounds import enter_round

    with opened(study_file, book) as study:
        coder, pass_ = coder_of(study, coder_alias), enter_round(study, round_name)
        if not code_sets and not not_asked:
            done = finish(study, coder, excerpt, pass_)
            say(done.words if done.entry else f"{excerpt} was finished already")
        for code_set in code_sets:
            say(nothing_applies(study, coder, excerpt, code_set, pass_).words)
        for code_set in not_asked:
            say(not_applicable(study, coder, excerpt, code_set, pass_).words)
        for found in against_the_book(study, coder, excerpt, (), pass_):
            say(f"note: {found.words}")


@click.command("memo")
@click.argument("target", metavar="EXCERPT|TRANSCRIPT|CODE")
@click.argument("words", nargs=-1)
@click.option("--code", default="", help="On this code at the excerpt.")
@round_option
@book_option
@coder_option()
@study_option
def memo_command(
    target: str,
    words: tuple[str, ...],
    code: str,
    round_name: str,
    book: str,
    coder_alias: str,
    study_file: str,
) -> None:
    """Write or read memos on an excerpt, transcript or code.

    Without words it prints what stands there, of others too as far as no open round hides it. An
    empty memo ("") removes yours.
    """
    from coder.ops.coding import write_memo
    from coder.ops.memo_tables import memo_page
    from coder.ops.memos import memo_target, memos_on
    from coder.ops.rounds import enter_round

    with opened(study_file, book) as study:
        pass_ = enter_round(study, round_name)
        if not words:
            found = memos_on(
                study, viewer_of(study, coder_alias), memo_target(study, None, target, code)
            )
            if found:
                write(memo_page(found, page_width(), with_place=False))
            else:
                whom = "" if coder_alias else " that everybody may read (--coder AL for yours)"
                say(f"no memo on {target}{f' {code}' if code else ''}{whom}")
            return
        coder = coder_of(study, coder_alias)
        where = memo_target(study, coder, target, code, pass_)
        if not where.target:
            raise UsageError(f"{coder.alias} has not put {code} on {target}")
        say(write_memo(study, coder, where.kind, where.target, " ".join(words)).words)


@click.command("memos")
@click.option("--transcript", default="", metavar="NAME", help="Only on this one, or in it.")
@click.option("--whose", default="", metavar="AL", help="Only those of this coder.")
@click.option("--unfinished", is_flag=True, help="Only what --coder began and did not keep.")
@table_options
@coder_option()
@study_option
def memos_command(
    transcript: str,
    whose: str,
    unfinished: bool,
    form: str | None,
    coder_alias: str,
    study_file: str,
) -> None:
    """List memos with what they stand on, who and when.

    Those of --coder first. Of others only what no open round hides.
    """
    from coder.ops.memo_tables import drafts_as_memos, memo_page, memos_table
    from coder.ops.memos import list_memos

    with opened(study_file) as study:
        if unfinished:
            found = drafts_as_memos(study, coder_of(study, coder_alias))
        else:
            viewer = viewer_of(study, coder_alias)
            found = list_memos(study, viewer, transcript=transcript, whose=whose)
    if form is not None:
        emit([memos_table(found)], form)
    elif found:
        write(memo_page(found, page_width()))
    else:
        say("no memos: coder memo EXCERPT WORDS writes one")


@click.command("flag")
@click.argument("excerpt")
@click.argument("name", default="discuss", required=False)
@click.option("--off", is_flag=True, help="Take the flag off.")
@coder_option()
@study_option
def flag_command(excerpt: str, name: str, off: bool, coder_alias: str, study_file: str) -> None:
    """Flag an excerpt to come back to.

    "discuss" unless another name is given, such as quotable. coder flags lists them.
    """
    from coder.ops.flags import put_flag, remove_flag

    with opened(study_file) as study:
        change = remove_flag if off else put_flag
        done = change(study, coder_of(study, coder_alias), excerpt, name)
    say(done.words if done.entry else f"{excerpt} has this flag already")


@click.command("flags")
@click.option("--transcript", default="", metavar="NAME", help="Only of this transcript.")
@click.option("--name", default="", help="Only flags of this name.")
@table_options
@coder_option()
@study_option
def flags_command(
    transcript: str, name: str, form: str | None, coder_alias: str, study_file: str
) -> None:
    """List flagged excerpts."""
    from coder.formats.tables import Column, Table
    from coder.ops.flags import list_flags

    with opened(study_file) as study:
        found = list_flags(study, viewer_of(study, coder_alias), transcript=transcript, name=name)
    columns = (
        Column("excerpt", "Excerpt"),
        Column("coder", "Coder"),
        Column("flag", "Flag"),
        Column("at", "Since (UTC)", "date"),
    )
    rows = tuple((flag.ref, flag.coder, flag.name, flag.at) for flag in found)
    emit([Table("flags", "Flagged", columns, rows)], form)


@click.command("load")
@click.argument("file")
@click.option("--dry-run", is_flag=True, help="Read and check only.")
@click.option(
    "--keep-open", is_flag=True, help="Leave code sets that the question does not feed unfinished."
)
@round_option
@book_option
@coder_option()
@table_options
@study_option
def load_command(
    file: str,
    dry_run: bool,
    keep_open: bool,
    round_name: str,
    book: str,
    coder_alias: str,
    form: str | None,
    study_file: str,
) -> None:
    """Load codings from a spreadsheet.

    A .csv, .tsv or .xlsx file, all of it or none, as one undoable action. Long form: columns
    excerpt, code_set, code and optionally coder, memo; an empty code means finished with nothing
    applied. Wide form: excerpt, then one column per code set.
    """
    from coder.formats.tables import Column, Table
    from coder.ops.loading import load_codings
    from coder.ops.rounds import enter_round

    if not Path(file).suffix:
        raise UsageError(f"{file}: which kind of table is it?", "name a .csv, .tsv or .xlsx file")
    with opened(study_file, book) as study:
        enter_round(study, round_name)
        report = load_codings(
            study,
            Path(file),
            coder=coder_alias,
            round_name=round_name,
            dry_run=dry_run,
            finish=not keep_open,
        )
    for note in report.notes:
        say(f"note: {note}")
    row = (", ".join(report.coders), report.units, report.codes, report.nothing)
    columns = (
        Column("coders", "Coders"),
        Column("units", "Excerpts", "count"),
        Column("codes", "Codes", "count"),
        Column("nothing", "Nothing applied", "count"),
    )
    title = "Would be loaded" if dry_run else "Loaded"
    emit([Table("load", title, columns, (row,))], form)
