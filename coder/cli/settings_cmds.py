"""settings: what holds and where it comes from, every command with its key, an example file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from coder.cli.common import opened_if_any, study_option
from coder.cli.output import emit, say, table_options, write
from coder.errors import UsageError
from coder.paths import find_study, settings_files

if TYPE_CHECKING:
    from coder.config import Loaded
    from coder.formats.tables import Table
    from coder.tui.keymap import Settled


@click.command("settings")
@click.option("--path", "what", flag_value="path", help="Only say where settings files are.")
@click.option("--example", "what", flag_value="example", help="Print a file to begin with.")
@click.option("--keys", "what", flag_value="keys", help="List every command of the app.")
@table_options
@study_option
def settings_command(what: str | None, form: str | None, study_file: str) -> int:
    """Show the settings, the keys, or an example file.

    Each setting of the app with where it comes from; what cannot be used is named on stderr.
    --keys lists every command with its id, its keys as they are now, its screen and what it does.
    """
    from coder.config import example_file, from_environment, load

    if what == "example":
        write(example_file())
        return 0
    files = settings_files(_study_path(study_file))
    if what == "path":
        for path in files:
            write(str(path))
        return 0
    loaded = load(files, from_environment())
    keys = _settled(loaded, study_file)
    emit([_keys_table(keys) if what == "keys" else _settings_table(loaded, keys)], form)
    problems = [*loaded.problems, *_theme_problem(loaded), *keys.problems]
    for problem in problems:
        say(problem)
    return 1 if problems else 0


def _study_path(study_file: str) -> Path | None:
    try:
        return find_study(study_file)
    except UsageError:
        if study_file:
            raise
        return None


def _settled(loaded: Loaded, study_file: str) -> Settled:
    """The keys as the app would give them, with the codebook of the study there is."""
    from coder.tui.keymap import settled

    if not loaded.settings.keys:
        return settled(loaded, None)
    with opened_if_any(study_file) as study:
        has_book = study is not None and study.codebook_ids
        return settled(loaded, study.codebook if study is not None and has_book else None)


def _theme_problem(loaded: Loaded) -> list[str]:
    from coder.tui.themes import theme_problem

    found = theme_problem(loaded.settings.theme)
    return [f"{loaded.origin('theme')}: {found}"] if found else []


def _settings_table(loaded: Loaded, keys: Settled) -> Table:
    from coder.config import KEYS, SETTINGS, value_in_words
    from coder.formats.tables import Column, Table

    rows = [
        (one.name, value_in_words(getattr(loaded.settings, one.name)), loaded.origin(one.name))
        for one in SETTINGS
        if one.name != KEYS
    ]
    rows += [
        (f"{KEYS}.{name}", value_in_words(words), loaded.origin(f"{KEYS}.{name}"))
        for name, words in loaded.settings.keys.items()
        if name in keys.keymap
    ]
    columns = (Column("name", "Setting"), Column("value", "Value"), Column("origin", "From"))
    return Table("settings", "Settings", columns, tuple(rows))


def _keys_table(keys: Settled) -> Table:
    from coder.formats.tables import Column, Table
    from coder.tui.commands import keys_in_words
    from coder.tui.keymap import rooms

    rows = tuple(
        (command.id, keys_in_words(command, keys.keymap), room.name, command.title)
        for room in rooms()
        for command in room.commands
    )
    columns = (
        Column("id", "Command"),
        Column("keys", "Keys"),
        Column("screen", "Screen"),
        Column("title", "What it does"),
    )
    return Table("keys", "Keys", columns, rows)
