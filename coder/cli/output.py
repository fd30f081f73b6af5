"""stdout is data, stderr is talk; the same table as text, CSV or JSON."""

from __future__ import annotations

import json
import os
import shutil
import sys
import textwrap
from collections import Counter as Counts
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from coder.formats.tables import Table

F = TypeVar("F", bound=Callable[..., Any])


def say(words: str) -> None:
    """Tell the user something that is not data; in a terminal no word is broken in two."""
    if sys.stderr.isatty():
        columns = shutil.get_terminal_size((80, 24)).columns
        words = "\n".join(
            textwrap.fill(
                line,
                max(columns, 20),
                subsequent_indent="  ",
                break_long_words=False,
                break_on_hyphens=False,
            )
            for line in words.splitlines()
        )
    click.echo(words, err=True)


def table_options(command: F) -> F:
    """Give a command ``--csv``, ``--json``, ``--markdown``, ``--latex``; it receives ``form``."""
    for name, words in (
        ("latex", "LaTeX"),
        ("markdown", "Markdown"),
        ("json", "JSON"),
        ("csv", "CSV"),
    ):
        command = click.option(
            f"--{name}", "form", flag_value=name, help=f"Print {words} instead of text."
        )(command)
    return command


def emit(tables: Sequence[Table], form: str | None) -> None:
    """Print tables to stdout.

    CSV takes the first table only, so that a file made with ``>`` has one header. On screen a
    note that belongs to several tables stands once, below the last of them, and times are local.
    """
    from coder.formats.tables import (
        to_csv,
        to_json,
        to_latex,
        to_markdown,
        to_text,
        with_local_times,
    )

    if not tables:
        return
    if form == "csv":
        write(to_csv(tables[0]))
        return
    if form == "json":
        found = [json.loads(to_json(table)) for table in tables]
        write_json(found[0] if len(found) == 1 else found)
        return
    if form in ("markdown", "latex"):
        made = to_markdown if form == "markdown" else to_latex
        write("\n".join(made(table) for table in tables))
        return
    apart, shared = shared_notes(tables)
    width = page_width()
    texts = [to_text(with_local_times(table), width) for table in apart]
    if shared:
        texts.append("\n".join(_wrapped(note, width) for note in shared) + "\n")
    write("\n".join(texts))


def shared_notes(tables: Sequence[Table]) -> tuple[list[Table], list[str]]:
    """The tables without the notes that several of them have, and those notes."""
    count = Counts(note for table in tables for note in dict.fromkeys(table.notes))
    shared = [note for note, n in count.items() if n > 1]
    apart = [
        replace(table, notes=tuple(note for note in table.notes if note not in shared))
        for table in tables
    ]
    return apart, shared


def _wrapped(note: str, width: int) -> str:
    return "\n".join(textwrap.wrap(_plain(note), max(width, 20), subsequent_indent="  "))


def write(text: str) -> None:
    """Print text to stdout exactly as it is."""
    click.echo(text, nl=not text.endswith("\n"))


def write_json(data: object) -> None:
    """Print plain data as JSON."""
    write(json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False))


def page_width() -> int:
    """Columns to lay tables out in: the terminal's, or 80 into a file or pipe.

    The app runs commands through a pipe and says how much room it has.
    """
    told = os.environ.get("CODER_COLUMNS", "")
    if told.isdigit():
        return int(told)
    return shutil.get_terminal_size((80, 24)).columns if sys.stdout.isatty() else 80


class Counter:
    """Progress on stderr: a line that overwrites itself, shown only in a terminal."""

    def __init__(self) -> None:
        self._shown = False

    def __call__(self, done: int, total: int, what: str) -> None:
        if not sys.stderr.isatty():
            return
        if done < total:
            click.echo(f"\r\x1b[K{done + 1} of {total}: {_plain(what)}", err=True, nl=False)
            self._shown = True
        elif self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
            self._shown = False


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isprintable())
