"""Where things are: the files that ship with the program, and the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path

from coder.errors import CoderError, UsageError

_PACKAGE = Path(__file__).resolve().parent


def shipped(folder: str) -> Path:
    """A folder that ships with the program: in the wheel, else in the checkout.

    Args:
        folder: ``codebooks`` or ``transcripts_sample``.
    """
    for place in (_PACKAGE / "_shipped" / folder, _PACKAGE.parent / folder):
        if place.is_dir():
            return place
    raise CoderError(f"this installation lacks its {folder}", "install coder again")


def checkout_exports() -> Path | None:
    """The ``exports`` folder of a checkout; None for an installed program."""
    root = _PACKAGE.parent
    return root / "exports" if (root / "pyproject.toml").is_file() else None


def find_study(given: str = "") -> Path:
    """The study that a command is about.

    ``--study``, else ``$CODER_STUDY``, else the only ``*.coder`` in the current folder.

    Raises:
        UsageError: None is named and the folder holds none or several.
    """
    named = given or os.environ.get("CODER_STUDY", "")
    if named:
        return Path(named)
    here = sorted(Path.cwd().glob("*.coder"))
    if len(here) == 1:
        return here[0]
    if not here:
        raise UsageError("there is no study here", "say --study FILE, or coder new NAME.coder")
    names = ", ".join(path.name for path in here)
    raise UsageError(f"there are several studies here: {names}", "say --study FILE")
