"""excerpt add|split|join|resize|drop."""

from __future__ import annotations

import click

from coder.cli.common import coder_of, coder_option, opened, study_option
from coder.cli.groups import HelpfulGroup
from coder.cli.output import say
from coder.model import Span

_POSITION = click.IntRange(min=0)


@click.group("excerpt", cls=HelpfulGroup)
def excerpt_command() -> None:
    """Add, split, join, resize and drop excerpts.

    Say where by quoting words, or by positions: code points of the transcript's text, as coder
    excerpts --json and coder show count them. Splitting, joining and resizing make new excerpts
    with the codes copied; other coders' decisions on them reopen.
    """


@excerpt_command.command("add")
@click.argument("transcript")
@click.argument("start", type=_POSITION, required=False)
@click.argument("stop", type=_POSITION, required=False)
@click.option("--from", "first", default="", metavar="WORDS", help="The words it begins with.")
@click.option("--to", "last", default="", metavar="WORDS", help="The words it ends with.")
@coder_option()
@study_option
def add_command(
    transcript: str,
    start: int | None,
    stop: int | None,
    first: str,
    last: str,
    coder_alias: str,
    study_file: str,
) -> None:
    """Make an excerpt from START up to, not including, STOP, or of the words quoted.

    coder excerpt add T-1 --from "They never had" --to "before sixth grade" --coder AL
    """
    from coder.errors import UsageError
    from coder.ops.excerpts import add_excerpt
    from coder.ops.quoting import add_quoted

    if bool(first) == (start is not None) or (start is None) != (stop is None):
        raise UsageError("say where it begins and ends", "--from WORDS --to WORDS, or START STOP")
    if start is not None and stop is not None and start >= stop:
        raise UsageError(f"{start} to {stop} is no stretch of text", "START comes before STOP")
    with opened(study_file) as study:
        coder = coder_of(study, coder_alias)
        if start is not None and stop is not None:
            done = add_excerpt(study, coder, transcript, Span(start, stop))
        else:
            done = add_quoted(study, coder, transcript, first, last)
        say(done.words)


@excerpt_command.command("split")
@click.argument("excerpt")
@click.argument("at", type=_POSITION, required=False)
@click.option("--before", default="", metavar="WORDS", help="The words that begin the second part.")
@coder_option()
@study_option
def split_command(
    excerpt: str, at: int | None, before: str, coder_alias: str, study_file: str
) -> None:
    """Split an excerpt in two; AT, or the words quoted, begin the second part."""
    from coder.errors import UsageError
    from coder.ops.excerpts import split_excerpt
    from coder.ops.quoting import split_before

    if bool(before) == (at is not None):
        raise UsageError("say where the second part begins", "--before WORDS, or a position")
    with opened(study_file) as study:
        coder = coder_of(study, coder_alias)
        if at is not None:
            say(split_excerpt(study, coder, excerpt, at).words)
        else:
            say(split_before(study, coder, excerpt, before).words)


@excerpt_command.command("join")
@click.argument("excerpt")
@click.argument("next_excerpt")
@coder_option()
@study_option
def join_command(excerpt: str, next_excerpt: str, coder_alias: str, study_file: str) -> None:
    """Join two excerpts that follow each other."""
    from coder.ops.excerpts import join_excerpts

    with opened(study_file) as study:
        coder = coder_of(study, coder_alias)
        say(join_excerpts(study, coder, excerpt, next_excerpt).words)


@excerpt_command.command("resize")
@click.argument("excerpt")
@click.option("--from", "first", default="", metavar="WORDS", help="The words it is to begin with.")
@click.option("--to", "last", default="", metavar="WORDS", help="The words it is to end with.")
@click.option("--start", type=_POSITION, help="The position where it is to begin.")
@click.option("--stop", type=_POSITION, help="The position before which it is to end.")
@coder_option()
@study_option
def resize_command(
    excerpt: str,
    first: str,
    last: str,
    start: int | None,
    stop: int | None,
    coder_alias: str,
    study_file: str,
) -> None:
    """Let an excerpt begin or end elsewhere; an end that is not named stays."""
    from coder.errors import UsageError
    from coder.ops.quoting import resize_quoted

    if (first and start is not None) or (last and stop is not None):
        raise UsageError("say each end once", "--from or --start, --to or --stop")
    if not (first or last) and start is None and stop is None:
        raise UsageError("say where it is to begin or end", "--from WORDS, --to WORDS")
    with opened(study_file) as study:
        coder = coder_of(study, coder_alias)
        done = resize_quoted(study, coder, excerpt, start=start, stop=stop, first=first, last=last)
        say(done.words)


@excerpt_command.command("drop")
@click.argument("excerpt")
@coder_option()
@study_option
def drop_command(excerpt: str, coder_alias: str, study_file: str) -> None:
    """Take an excerpt out of all counts; undo brings it back."""
    from coder.ops.excerpts import drop_excerpt

    with opened(study_file) as study:
        say(drop_excerpt(study, coder_of(study, coder_alias), excerpt).words)
