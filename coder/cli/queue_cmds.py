"""queue, progress: which excerpts are left to do, how far one is and how fast."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder.cli.common import book_option, coder_of, coder_option, opened, round_option, study_option
from coder.cli.output import emit, say, table_options, write
from coder.errors import UsageError

if TYPE_CHECKING:
    from coder.ops.study import Study
    from coder.ops.working_lists import WorkingList

F = TypeVar("F", bound=Callable[..., Any])


def _filter_options(command: F) -> F:
    """Give a command the filters of a working list; each may be given again."""
    for name, what in reversed(
        (
            ("transcript", "of this transcript"),
            ("role", "whose speaker has this role"),
            ("district", "whose speaker is of this district"),
            ("wave", "of this wave"),
            ("year", "of this school year"),
            ("question", "that answer this question"),
        )
    ):
        command = click.option(
            f"--{name}", multiple=True, metavar=name.upper(), help=f"Only excerpts {what}."
        )(command)
    return command


@click.command("queue")
@_filter_options
@click.option("--open", "is_open", is_flag=True, help="Only excerpts that need work.")
@click.option("--revisit", is_flag=True, help="Only excerpts to revisit.")
@click.option(
    "--flagged",
    is_flag=False,
    flag_value="",
    metavar="[NAME]",
    help="Only with a flag of this coder, or with the flag of this name.",
)
@click.option("--code", default="", metavar="CODE", help="Only with this code of this coder.")
@click.option("--shuffle", type=int, metavar="SEED", help="In the order that a seed draws.")
@click.option("--count", is_flag=True, help="Only how many there are.")
@round_option
@book_option
@coder_option()
@table_options
@study_option
def queue_command(
    is_open: bool,
    revisit: bool,
    flagged: str | None,
    code: str,
    shuffle: int | None,
    count: bool,
    round_name: str,
    book: str,
    coder_alias: str,
    form: str | None,
    study_file: str,
    **filters: tuple[str, ...],
) -> None:
    """List the excerpts of a working list.

    By your own work only. Options of different names must all hold; of one that is given again
    any will do. Shuffled is for coding anew without the interview around it: the same seed gives
    the same order.
    """
    from coder.ops.list_tables import count_table, queue_table
    from coder.ops.working_lists import WorkingList, count_in_words, in_words, read_list

    if is_open and revisit:
        raise UsageError("--open or --revisit, not both", "ask twice")
    wanted = WorkingList(
        needs="open" if is_open else "revisit" if revisit else "",
        flag=flagged,
        code=code,
        seed=shuffle,
        round=round_name,
        **_plural(filters),
    )
    with opened(study_file, book) as study:
        coder = coder_of(study, coder_alias)
        pass_, wanted = _entered(study, wanted)
        found = read_list(study, coder, wanted, pass_)
        words = in_words(study.codebook, wanted)
    if count:
        if form is None:
            write(count_in_words(found))
        else:
            emit([count_table(found)], form)
    elif found or form is not None:
        emit([queue_table(found, words)], form)
    else:
        say(f"no excerpts: {words}")


@click.command("progress")
@_filter_options
@round_option
@book_option
@coder_option()
@table_options
@study_option
def progress_command(
    round_name: str,
    book: str,
    coder_alias: str,
    form: str | None,
    study_file: str,
    **filters: tuple[str, ...],
) -> None:
    """Show how far a coder is with each code set.

    Finished of asked, by transcript and in all; and how fast, from the last twenty excerpts of all
    sittings, with pauses of more than five minutes left out. The app tells the same, and beside it
    the pace of the sitting that is on.
    """
    from coder.ops.list_tables import progress_tables
    from coder.ops.pace import minutes_left, own_pace, pace_in_words, time_in_words
    from coder.ops.working_lists import WorkingList, read_list

    wanted = WorkingList(round=round_name, **_plural(filters))
    with opened(study_file, book) as study:
        coder = coder_of(study, coder_alias)
        pass_, wanted = _entered(study, wanted)
        found = read_list(study, coder, wanted, pass_)
        tables = progress_tables(found, study.codebook, coder.alias)
        pace = own_pace(study, coder)
    emit(tables, form)
    if pace is None:
        say("too few excerpts were finished one after the other to tell a pace")
        return
    left = sum(row.state in ("open", "started") for row in found)
    minutes = minutes_left(pace, left)
    rest = f"; {left} left, about {time_in_words(minutes)}" if minutes else "; nothing is left"
    say(f"pace of {coder.alias}: {pace_in_words(pace)} of all sittings{rest}")


def _plural(filters: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {f"{name}s": values for name, values in filters.items()}


def _entered(study: Study, wanted: WorkingList) -> tuple[int, WorkingList]:
    """The pass of a list, and the list as the study knows it.

    In an open round work is of the round; a closed one only says which excerpts are meant.
    """
    from coder.ops.rounds import enter_round, find_round
    from coder.ops.working_lists import checked

    is_open = bool(wanted.round) and find_round(study, wanted.round).is_open
    pass_ = enter_round(study, wanted.round) if is_open else 0
    return pass_, checked(study, wanted)
