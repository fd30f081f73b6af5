"""The sample study: twelve invented interviews and their coding, the same every time."""

from __future__ import annotations

import contextlib
import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coder.errors import StudyProblem, UsageError
from coder.model import fixed_ids
from coder.ops.corpus import add_coder
from coder.ops.importing import import_files
from coder.ops.library import load_codebook
from coder.ops.loading import load_codings
from coder.ops.progress import Progress, silent
from coder.ops.rounds import close_round, new_round
from coder.ops.settling import settle
from coder.ops.study import Study, create_study
from coder.paths import shipped

CODERS = {
    "AL": "Ana L. (invented)",
    "RR": "Ruben R. (invented)",
    "YOU": "You, if you want to practise",
}
"""The two invented coders and the newcomer, by alias."""

BOOKS = (
    "mist_student_views",
    "mist_instructional_vision",
    "interview_structure",
    "mist_support_accountability",
    "mist_admin_press",
    "mist_coaching_collaboration",
    "mist_intended_enacted",
    "nic_driver_diagram",
    "pilot_capacity_scaling",
    "leadership_equity",
    "practical_measures",
)
"""The codebooks that the interviews are coded with; the first is active."""


@dataclass(frozen=True, slots=True)
class SampleRound:
    """A round of the sample study; its codings stand in a table of its name."""

    name: str
    book: str
    coders: tuple[str, ...]
    purpose: str
    transcripts: tuple[str, ...] = ()
    excerpts: tuple[str, ...] = ()
    is_closed: bool = True


DOUBLE_CODED = ("AF-T01-Y1", "BC-T03-Y1", "CL-P02-Y2")

ROUNDS = (
    SampleRound("reliability-1", BOOKS[0], ("AL", "RR"), "reliability", DOUBLE_CODED),
    SampleRound("reliability-2", BOOKS[1], ("AL", "RR"), "reliability", DOUBLE_CODED),
    SampleRound(
        "practice",
        "mist_admin_press",
        ("AL", "YOU"),
        "training",
        excerpts=("AF-T01-Y1:5", "AF-T02-Y1:5", "AF-P01-Y1:5", "BC-J01-Y1:12", "BC-J01-Y1:13"),
        is_closed=False,
    ),
)

SETTLEMENTS = "settlements.csv"
"""The table of settled differences, beside the codings."""

_CLOCK = "2024-03-04T09:00:00Z"
_SEED = 20240304


def build_sample(path: Path, progress: Progress = silent) -> Study:
    """Make the sample study and return it open.

    Ids and times come from a fixed source while it is built, so two sample studies hold the same
    rows; whatever is done to it afterwards gets ids and times of its own.

    Raises:
        StudyProblem: Something is at the path already, or it cannot be written.
    """
    folder = shipped("transcripts_sample")
    study = create_study(
        path,
        [load_codebook(book) for book in BOOKS],
        name="Sample study (invented)",
        is_sample=True,
        clock=lambda: _CLOCK,
        new_id=fixed_ids(_SEED),
    )
    try:
        # One transaction for all of it: a commit waits for the disk.
        with study.store.together():
            _fill(study, folder, progress)
    except BaseException:
        study.close()
        path.unlink(missing_ok=True)
        raise
    study.use_real_clock()
    return study


def _fill(study: Study, folder: Path, progress: Progress) -> None:
    for alias, name in CODERS.items():
        add_coder(study, alias, name)
    import_files(study, [folder], progress=progress)
    codings = folder / "codings"
    for one in ROUNDS:
        study.use_here(one.book)
        new_round(
            study,
            one.name,
            one.coders,
            refs=one.excerpts,
            names=one.transcripts,
            purpose=one.purpose,
        )
        load_codings(study, codings / f"{one.name}.csv", round_name=one.name)
        if one.is_closed:
            close_round(study, one.name)
    study.use_here(BOOKS[0])
    for path in _ordinary(codings):
        load_codings(study, path)
    for row in _rows(codings / SETTLEMENTS):
        codes = [code for code in row["codes"].split(";") if code]
        coder = add_coder(study, row["by"])
        settle(study, coder, row["excerpt"], row["code_set"], codes, row["why"])


def _ordinary(folder: Path) -> list[Path]:
    others = {SETTLEMENTS, *(f"{one.name}.csv" for one in ROUNDS)}
    return [path for path in sorted(folder.glob("*.csv")) if path.name not in others]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def copy_samples(folder: Path) -> int:
    """Copy the sample interviews, their codings and the practice tables into a new folder.

    Returns:
        How many files.

    Raises:
        UsageError: Something is there already, or the folder above it is missing.
    """
    if folder.exists():
        raise UsageError(f"{folder} is there already", "name a new folder")
    if not folder.parent.is_dir():
        raise UsageError(f"there is no folder {folder.parent}", "make it first")
    shutil.copytree(shipped("transcripts_sample"), folder)
    return sum(path.is_file() for path in folder.rglob("*"))


def untouched_or_next(folder: Path, name: str = "sample") -> tuple[Path, bool]:
    """Where the next sample study goes, without ever replacing one that somebody has coded in.

    Returns:
        The path, and whether an untouched sample study is there already and can be opened.
    """
    from coder.ops.study import open_study

    number = 1
    while True:
        path = folder / (f"{name}.coder" if number == 1 else f"{name}-{number}.coder")
        if not path.exists():
            return path, False
        # What cannot be opened is somebody's all the same: never replaced, and no reason to stop.
        with contextlib.suppress(StudyProblem), open_study(path) as study:
            if study.is_sample and not study.was_worked_in(since=_CLOCK):
                return path, True
        number += 1
