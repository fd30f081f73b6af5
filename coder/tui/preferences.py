"""What a person prefers, found before there is an app: files, variables, what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coder.config import from_environment, load
from coder.errors import UsageError
from coder.paths import settings_files
from coder.tui.themes import theme_problem

if TYPE_CHECKING:
    from pathlib import Path

    from coder.config import Loaded


def preferred(study: Path | None = None, theme: str = "") -> Loaded:
    """The settings that count.

    Args:
        study: The study that is opened; None where none is chosen yet, so that no file lies
            beside it.
        theme: Colours for this time; empty for those of the settings.

    Raises:
        UsageError: There is no such theme.
    """
    typed = from_environment()
    if theme:
        if theme_problem(theme):
            raise UsageError(theme_problem(theme))
        typed["theme"] = (theme, "--theme")
    return load(settings_files(study), typed)
