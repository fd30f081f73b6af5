"""Opening studies in the app, one after the other, and choosing one where none is named."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from coder.cli.common import opened
from coder.cli.output import say
from coder.errors import CoderError, UsageError
from coder.paths import find_study, recent_file

if TYPE_CHECKING:
    from coder.tui.completing import Known


def open_in_turn(
    study_file: str = "",
    book: str = "",
    coder_alias: str = "",
    round_name: str = "",
    *,
    theme: str = "",
    with_tour: bool = False,
) -> int:
    """Open a study in the app, then whichever is asked for there, until none is.

    Args:
        study_file: As typed; empty for the only one here, or to choose.
        book: Id of the codebook to work with in the first one.
        coder_alias: Who codes in the first one.
        round_name: The round to code in there.
        theme: Colours for this time.
        with_tour: Begin with the tour in the first one.

    Returns:
        The exit code of the last one.
    """
    from coder.tui.running import run

    def ask_commands(before: Sequence[str], begun: str) -> Known:
        # Deferred: the first frame should not wait for what is typed later.
        from coder.cli.known_words import known

        return known(before, begun)

    code, greeting = 0, ""
    name = _first(study_file, theme)
    while name is not None:
        # Told by the app as it ends.
        wanted: list[tuple[str, Sequence[str]]] = []
        complaints: list[str] = []
        with opened(name, book) as study:
            path, alias = study.path, coder_alias
            code = run(
                study,
                coder_alias,
                round_name,
                theme=theme,
                with_tour=with_tour,
                greeting=greeting,
                then=lambda *what: wanted.append(what),  # noqa: B023
                ask_commands=ask_commands,
                once_shown=lambda: complaints.extend(_remembered(path, alias)),  # noqa: B023
                likely_coder=lambda: _last_coder(path),  # noqa: B023
                once_chosen=lambda who: complaints.extend(_remembered(path, who)),  # noqa: B023
            )
        # On the screen of the app they would stand among its lines.
        for complaint in complaints:
            say(f"note: {complaint}")
        book = coder_alias = round_name = ""
        with_tour = False
        if not wanted:
            break
        name, meanwhile = wanted[0]
        greeting = _done(meanwhile, name) if meanwhile else ""
        name = name or _chosen(theme)
    return code


def _done(words: Sequence[str], study: str) -> str:
    """Run a command while no study is open, and give what it says."""
    from coder.cli.main import run as run_command

    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        run_command([*words, "--study", study])
    return said.getvalue().strip()


def _first(study_file: str, theme: str) -> str | None:
    """The study that is named or the only one here; else the one that is chosen."""
    if study_file or os.environ.get("CODER_STUDY"):
        return study_file
    try:
        return str(find_study())
    except UsageError:
        return _chosen(theme)


def _chosen(theme: str) -> str | None:
    """The study that somebody chooses; None where they leave."""
    from coder.tui.preferences import preferred
    from coder.tui.start import StartApp

    here = sorted(path.resolve() for path in Path.cwd().glob("*.coder") if path.is_file())
    return StartApp(recent_file(), here, preferred(theme=theme)).run()


def _last_coder(path: Path) -> str:
    """Who coded a study here last; empty where that is not known, or the list cannot be read."""
    from coder.ops.recent import last_coder

    try:
        return last_coder(recent_file(), path)
    except UsageError:
        # Told already: it could not be remembered that the study was opened.
        return ""


def _remembered(path: Path, coder_alias: str) -> list[str]:
    """What went wrong: a list that cannot be kept is no reason not to open a study."""
    from coder.ops.recent import remember

    try:
        remember(recent_file(), path, coder_alias)
    except CoderError as error:
        return [str(error)]
    return []
