"""Where an export goes, and what is there already."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from coder.errors import StudyProblem
from coder.ops.study import Study


def usual_folder(study: Study) -> Path:
    """Where a study is exported to where nobody says otherwise: beside it."""
    return study.path.absolute().parent / "exports"


def earlier_files(study: Study, folder: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Files in a folder that an export would replace where it has tables of these names, sorted.

    Raises:
        StudyProblem: It is no folder, or cannot be looked into.
    """
    stem = study.path.stem
    found: list[Path] = []
    try:
        if folder.exists() and not folder.is_dir():
            raise StudyProblem(f"{folder} is a file, not a folder", "name another folder")
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            is_workbook = "xlsx" in formats and path.name == f"{stem}.xlsx"
            is_table = path.name.startswith(f"{stem}-") and path.suffix == ".csv"
            if is_workbook or (is_table and "csv" in formats):
                found.append(path)
    except OSError as error:
        raise StudyProblem(f"{folder}: {error.strerror}", "name another folder") from error
    return tuple(found)


def refuse_present(files: Sequence[Path]) -> None:
    """Say which of some files is there, where one is.

    Raises:
        StudyProblem: It is.
    """
    there = [path for path in files if os.path.lexists(path)]
    if there:
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        raise StudyProblem(f"{there[0]}{more}: already there", "name another folder")
