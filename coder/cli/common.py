"""What many commands share: finding the study, the coder, and the viewer."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from coder.errors import UsageError
from coder.paths import find_study

if TYPE_CHECKING:
    from coder.model import Coder, Viewer
    from coder.ops.study import Study

F = TypeVar("F", bound=Callable[..., Any])

study_option = click.option(
    "--study", "study_file", default="", metavar="FILE", help="The study file."
)


def coder_option(*, required: bool = False) -> Callable[[F], F]:
    """``--coder AL``; the command receives ``coder_alias``."""
    words = "Short name of the coder." + ("" if required else " Also decides what is blind to you.")
    return click.option(
        "--coder",
        "coder_alias",
        default="",
        envvar="CODER_CODER",
        required=required,
        metavar="AL",
        help=words,
    )


book_option = click.option(
    "--book",
    default="",
    metavar="ID",
    help="A codebook of the study to work with here, instead of the active one.",
)

round_option = click.option(
    "--round", "round_name", default="", metavar="NAME", help="In this round, with its codebook."
)


@contextmanager
def opened(study_file: str, book: str = "") -> Iterator[Study]:
    """The study a command is about, closed afterwards.

    Args:
        study_file: As typed; empty for the only one there is.
        book: Id of the codebook to work with; empty for the active one.
    """
    from coder.ops.study import open_study

    with open_study(find_study(study_file)) as study:
        if book:
            study.use_here(book)
        yield study


@contextmanager
def opened_if_any(study_file: str) -> Iterator[Study | None]:
    """The study that is named or found, or None for a command that can do without.

    What ``--study`` or ``$CODER_STUDY`` names must be there.
    """
    from coder.ops.study import open_study

    if not study_file and not os.environ.get("CODER_STUDY"):
        try:
            found = find_study()
        except UsageError:
            yield None
            return
    else:
        found = find_study(study_file)
    with open_study(found) as study:
        yield study


def coder_of(study: Study, alias: str) -> Coder:
    """The coder who acts: the one named, or the only one there is."""
    from coder.ops.corpus import coder_named, list_coders

    if alias:
        return coder_named(study, alias)
    coders = list_coders(study)
    if len(coders) == 1:
        return coders[0]
    if not coders:
        raise UsageError("the study has no coder yet", "coder coders add AL makes one")
    names = ", ".join(coder.alias for coder in coders)
    raise UsageError("say who codes", f"--coder, one of {names}")


def viewer_of(study: Study, alias: str) -> Viewer:
    """Who is looking: a known coder, or nobody in particular."""
    # Not above: agreement of files needs neither a study nor its nouns.
    from coder.model import Viewer
    from coder.ops.corpus import coder_named

    return Viewer(coder_named(study, alias).alias) if alias else Viewer()


def files(paths: tuple[str, ...]) -> list[Path]:
    """Paths as typed."""
    return [Path(path) for path in paths]
