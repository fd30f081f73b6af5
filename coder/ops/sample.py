"""The sample study: three invented interviews coded by two invented coders, the same every time."""

from __future__ import annotations

import contextlib
import csv
from pathlib import Path

from coder.errors import StudyProblem
from coder.model import fixed_ids
from coder.ops.corpus import add_coder
from coder.ops.importing import import_files
from coder.ops.library import load_codebook
from coder.ops.loading import load_codings
from coder.ops.progress import Progress, silent
from coder.ops.settling import settle
from coder.ops.study import Study, create_study
from coder.paths import shipped

CODERS = {"AL": "Ana L. (invented)", "RR": "Ruben R. (invented)"}
"""The two invented coders, by alias."""

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
    book = load_codebook("mist_student_views")
    study = create_study(
        path,
        [book],
        name="Sample study (invented)",
        is_sample=True,
        clock=lambda: _CLOCK,
        new_id=fixed_ids(_SEED),
    )
    try:
        for alias, name in CODERS.items():
            add_coder(study, alias, name)
        import_files(study, [folder], progress=progress)
        for alias in CODERS:
            load_codings(study, folder / f"codings_{alias}.csv", coder=alias)
        with (folder / "settlements.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                coder = add_coder(study, row["by"])
                codes = [code for code in row["codes"].split(";") if code]
                settle(study, coder, row["excerpt"], row["code_set"], codes, row["why"])
    except BaseException:
        study.close()
        path.unlink(missing_ok=True)
        raise
    study.use_real_clock()
    return study


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
