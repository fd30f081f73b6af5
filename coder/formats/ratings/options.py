"""What a user may say about a file of ratings, where its own header does not say it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class HowToRead:
    """Everything is optional: what is left out is recognised from the file.

    Args:
        layout: Name of a layout, where the shape of the file is not to be guessed.
        unit: The column that names the units.
        coder: The column that names the coder (long files).
        code: The columns that hold codes; one for an ordinary long file.
        cluster: The column that names what the units are nested in.
        coders: Only these coders; in a wide file the columns that hold ratings.
        ignored: Columns that are no ratings.
        sheet: Only this sheet of a workbook.
        sets: Several rows of one coder for one unit are one set of codes.
        lengths: For spans, a file with columns ``document`` and ``length``.
    """

    layout: str = ""
    unit: str = ""
    coder: str = ""
    code: tuple[str, ...] = ()
    cluster: str = ""
    coders: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    sheet: str = ""
    sets: bool = False
    lengths: Path | None = None
