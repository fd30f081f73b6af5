"""The door through which a new layout joins: it says whether a file fits, and reads it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Sheet


class Layout(Protocol):
    """One shape in which ratings are kept."""

    @property
    def name(self) -> str:
        """What ``--layout`` calls it."""

    @property
    def says(self) -> str:
        """What a file of it looks like, one clause for the list of layouts."""

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """Whether the files look like it: judged by headers, never by counting what would fit."""

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """The ratings.

        Raises:
            BadInput: Names the file, the row and the column.
        """
