"""excerpt add|split|join|drop."""

from __future__ import annotations

import click

from coder.cli.common import coder_of, coder_option, opened, study_option
from coder.cli.groups import HelpfulGroup
from coder.cli.output import say
from coder.model import Span


@click.group("excerpt", cls=HelpfulGroup)
def excerpt_command() -> None:
    """Add, split, join and drop excerpts.

    Positions are code points of the transcript's text, as coder excerpts --json and coder show
    count them. Splitting and joining make new excerpts with the codes copied; other coders'
    decisions on them reopen.
    """


@excerpt_command.command("add")
@click.argument("transcript")
@click.argument("start", type=click.IntRange(min=0))
@click.argument("stop", type=click.IntRange(min=0))
@coder_option()
@study_option
def add_command(transcript: str, start: int, stop: int, coder_alias: str, study_file: str) -> None:
    """Make an excerpt from START up to, not including, STOP."""
    from coder.errors import UsageError
    from coder.ops.excerpts import add_excerpt

    if start >= stop:
        raise UsageError(f"{start} to {stop} is no stretch of text", "START comes before STOP")
    with opened(study_file) as study:
        coder = coder_of(study, coder_alias)
        say(add_excerpt(study, coder, transcript, Span(start, stop)).words)


@excerpt_command.command("split")
@click.argument("excerpt")
@click.argument("at", type=click.IntRange(min=0))
@coder_option()
@study_option
def split_command(excerpt: str, at: int, coder_alias: str, study_file: str) -> None:
    """Split an excerpt in two; AT begins the second part."""
    from coder.ops.excerpts import split_excerpt

    with opened(study_file) as study:
        say(split_excerpt(study, coder_of(study, coder_alias), excerpt, at).words)


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


@excerpt_command.command("drop")
@click.argument("excerpt")
@coder_option()
@study_option
def drop_command(excerpt: str, coder_alias: str, study_file: str) -> None:
    """Take an excerpt out of all counts; undo brings it back."""
    from coder.ops.excerpts import drop_excerpt

    with opened(study_file) as study:
        say(drop_excerpt(study, coder_of(study, coder_alias), excerpt).words)
