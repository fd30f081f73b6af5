"""What the commands know of themselves, as plain data for the command line in the app.

Only the module of the command that is typed is imported, so that no letter waits for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import click

from coder.cli.main import COMMANDS, cli
from coder.tui.completing import Known, Offer

_OF_FILES = ("FILE", "FOLDER", "PATH", "DIR")


def known(before: Sequence[str], begun: str) -> Known:
    """What may come next on the command line.

    Args:
        before: The words before, without ``coder``.
        begun: What is typed of the next.
    """
    if not before:
        found = [Offer(name, about) for name, (_, about) in COMMANDS.items() if name != "open"]
        return Known(tuple(one for one in found if one.word.startswith(begun)))
    command: click.Command | None = cli
    context = click.Context(cli, info_name="coder")
    words = list(before)
    while words and isinstance(command, click.Group):
        name = words.pop(0)
        command = command.get_command(context, name)
        if command is not None:
            context = click.Context(command, info_name=name, parent=context)
    if command is None:
        return Known()
    path = context.command_path.removeprefix("coder ")
    if isinstance(command, click.Group):
        usage = f"{path}: {command.get_short_help_str(200)}"
        subs = [Offer(name, sub.get_short_help_str(100)) for name, sub in command.commands.items()]
        return Known(tuple(one for one in subs if one.word.startswith(begun)), usage)
    pieces = " ".join(command.collect_usage_pieces(context)).removeprefix("[OPTIONS]").strip()
    usage = f"{path} {pieces}".strip()
    return _of_leaf(command, words, begun, f"{usage}: {command.get_short_help_str(200)}")


def _of_leaf(command: click.Command, words: Sequence[str], begun: str, usage: str) -> Known:
    """Of a command that has no others under it: values, files, options."""
    options = [one for one in command.params if isinstance(one, click.Option) and not one.hidden]
    waiting = [one for one in options if words and words[-1] in one.opts and not _is_switch(one)]
    if waiting:
        about = f"{waiting[0].opts[-1]} {waiting[0].metavar or ''}: {waiting[0].help or ''}"
        values = tuple(_values(waiting, begun))
        return Known(values, about, _may_be_file(waiting), _kinds(waiting))
    here = _argument_here(command, options, words)
    offers = list(_values(here, begun))
    if not begun or begun.startswith("-"):
        offers += _options(options, words, begun)
    return Known(tuple(offers), usage, _may_be_file(here), _kinds(here))


def _argument_here(
    command: click.Command, options: Sequence[click.Option], words: Sequence[str]
) -> Sequence[click.Argument]:
    """The argument that would be typed next, if there is one."""
    takes_value = {name for one in options if not _is_switch(one) for name in one.opts}
    given, before = 0, ""
    for word in words:
        given += not word.startswith("-") and before not in takes_value
        before = word
    for one in command.params:
        if isinstance(one, click.Argument):
            if one.nargs < 0 or given < one.nargs:
                return [one]
            given -= one.nargs
    return []


_KINDS = {
    "TRANSCRIPT": "transcript",
    "TRANSCRIPTS": "transcript",
    "EXCERPT": "excerpt",
    "EXCERPTS": "excerpt",
    "NEXT_EXCERPT": "excerpt",
    "AL": "coder",
    "RR": "coder",
    "CODERS": "coder",
    "SET": "set",
    "CODE": "code",
    "CODES": "code",
    "ID": "book",
    "BOOK": "book",
    "ROUND": "round",
    "ROUND_NAME": "round",
}
"""What an argument or a value names, by its names."""


def _kinds(params: Sequence[click.Parameter]) -> frozenset[str]:
    said = " ".join([f"{one.metavar or ''} {one.name or ''}" for one in params]).upper()
    return frozenset(_KINDS[name] for name in re.split(r"[^A-Z_]+", said) if name in _KINDS)


def _options(options: Sequence[click.Option], words: Sequence[str], begun: str) -> Iterator[Offer]:
    """Those that are not given yet; those that must be given first."""
    for one in sorted(options, key=lambda option: not option.required):
        is_given = any(word.partition("=")[0] in one.opts for word in words)
        if is_given and not one.multiple:
            continue
        names = [*one.opts, *one.secondary_opts]
        for name in [name for name in names if name.startswith(begun or "--")]:
            value = "" if _is_switch(one) or not one.metavar else f"{one.metavar}: "
            needed = "needed; " if one.required else ""
            yield Offer(name, f"{needed}{value}{one.help or ''}", one.required)


def _is_switch(option: click.Option) -> bool:
    return option.is_flag or option.count


def _values(params: Sequence[click.Parameter], begun: str) -> Iterator[Offer]:
    for one in params:
        if isinstance(one.type, click.Choice):
            for value in one.type.choices:
                if str(value).startswith(begun):
                    yield Offer(str(value))


def _may_be_file(params: Sequence[click.Parameter]) -> bool:
    names = [(one.metavar or one.name or "").upper() for one in params]
    return any(word in name for name in names for word in _OF_FILES)
