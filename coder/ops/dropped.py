"""Files dropped on a terminal window: it pastes their paths, quoted in a way of its own."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from coder.ops.importing import ImportReport

_LONGEST = 20_000
"""Characters; what is longer is a text and no list of paths."""


def dropped_paths(pasted: str) -> tuple[Path, ...]:
    """The files and folders that pasted words name, if they name nothing else; else none.

    Terminals paste a path as it is, between quotation marks, with a backslash before every space,
    or as ``file://``; several on lines or behind each other.
    """
    text = pasted.strip()
    if not text or len(text) > _LONGEST:
        return ()
    for words in _readings(text):
        found = [_path(word) for word in words]
        # Not Path.exists: it raises where a name is too long.
        if found and all(os.path.exists(path) for path in found):
            return tuple(dict.fromkeys(found))
    return ()


def _readings(text: str) -> Iterator[list[str]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    yield [text]
    yield lines
    try:
        yield shlex.split(text)
    except ValueError:
        # An open quotation mark: these are words, not paths.
        return


def _path(word: str) -> Path:
    if len(word) > 1 and word[0] == word[-1] and word[0] in "'\"":
        word = word[1:-1]
    if word.startswith("file://"):
        word = unquote(urlsplit(word).path)
    return Path(os.path.expanduser(word))


def import_lines(report: ImportReport) -> list[str]:
    """What came of an import, a line for each file, then what there is to know."""
    lines = [
        f"{file.transcript}: {file.outcome}, {file.excerpts} excerpts, {file.words:,} words"
        for file in report.files
    ]
    notes = [f"note: {note}" for file in report.files for note in file.notes]
    notes += [f"note: {path} is not a transcript and was left out" for path in report.skipped]
    return lines + notes
