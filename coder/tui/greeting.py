"""What is said once, after the first frame: what is wrong with the settings, and the tour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coder.config import is_remembered
from coder.tui.themes import theme_problem

if TYPE_CHECKING:
    from coder.tui.guided import GuidedApp


def greet(app: GuidedApp, key_problems: Sequence[str]) -> None:
    """Name what could not be used of the settings, and begin the tour where it is due."""
    settings = app.loaded.settings
    problems = [*app.loaded.problems]
    wrong_theme = theme_problem(settings.theme)
    if wrong_theme:
        problems.append(f"{app.loaded.origin('theme')}: {wrong_theme}")
    tell_problems(app, [*problems, *key_problems])
    if is_due(app):
        app.action_tour()


def tell_problems(app: GuidedApp, problems: Sequence[str]) -> None:
    """One line; the command has them all."""
    if problems:
        more = f" ({len(problems) - 1} more: coder settings)" if len(problems) > 1 else ""
        app.tell(f"{problems[0]}{more}", is_warning=True, seconds=12)


def is_due(app: GuidedApp) -> bool:
    """Whether the tour begins by itself: on the sample study, once."""
    memory = app.memory
    return (
        memory is not None
        and app.study.is_sample
        and app.loaded.settings.tour
        and not is_remembered(memory, "tour")
    )
