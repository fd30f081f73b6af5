"""Where things are: the files that ship with the program, and the user's own folders."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

from coder.errors import CoderError, UsageError

_PACKAGE = Path(__file__).resolve().parent

_OURS = "mist-coder"
"""Name of the user's own folders: the bare name is another program's."""


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


def settings_files(study: Path | None = None) -> tuple[Path, ...]:
    """The settings files that count, the farthest first: the user's, then the one beside a study.

    Named whether they are there or not; nothing is made.
    """
    from platformdirs import user_config_path

    own = os.environ.get("CODER_SETTINGS", "")
    mine = Path(own) if own else user_config_path(_OURS) / "settings.toml"
    return (mine,) if study is None else (mine, study.absolute().parent / "coder.toml")


def state_file() -> Path:
    """What the program remembers about its user; made when something is to be remembered."""
    from platformdirs import user_state_path

    return user_state_path(_OURS) / "state.json"


def faults_folder() -> Path:
    """Where details of the program's own faults are; made when there is one."""
    from platformdirs import user_state_path

    return user_state_path(_OURS) / "faults"


def find_study(given: str = "", *, must_exist: bool = True) -> Path:
    """The study that a command is about.

    ``--study``, else ``$CODER_STUDY``, else the only ``*.coder`` in the current folder.

    Args:
        given: What ``--study`` says.
        must_exist: Refuse a name that nothing has.

    Raises:
        UsageError: None is named and the folder holds none or several, or the named one is not
            there.
    """
    named = given or os.environ.get("CODER_STUDY", "")
    if named:
        path = Path(named)
        if must_exist:
            _refuse_nothing(path, "" if given else "$CODER_STUDY: ")
        return path
    here = sorted(path for path in Path.cwd().glob("*.coder") if path.is_file())
    if len(here) == 1:
        return here[0]
    if not here:
        raise UsageError("there is no study here", "say --study FILE, or coder new NAME.coder")
    names = ", ".join(path.name for path in here)
    raise UsageError(f"there are several studies here: {names}", "say --study FILE")


def _refuse_nothing(path: Path, where: str) -> None:
    if path.is_dir():
        raise UsageError(f"{where}{path} is a folder", "name the study file in it")
    # A companion without its study is named when the study is opened.
    if path.exists() or path.with_name(f"{path.name}-wal").exists():
        return
    known = [other.name for other in path.parent.glob("*.coder")]
    close = difflib.get_close_matches(path.name, known, n=1)
    hint = f"did you mean {path.with_name(close[0])}?" if close else "coder new makes one"
    raise UsageError(f"{where}there is no study {path}", hint)


def recent_file() -> Path:
    """Where it is remembered which studies were opened; made when one is."""
    from platformdirs import user_state_path

    return user_state_path("mist-coder") / "studies.json"
