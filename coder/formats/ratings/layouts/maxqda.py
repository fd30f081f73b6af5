"""MAXQDA's results of intercoder agreement, which hold too little to be recomputed.

Source: maxqda.com/help "Intercoder Agreement" (help-max12 to mx24), of which only the first part
could be read: agreement by existence, frequency or segment, given as a percentage. No exported
file was seen, so nothing is taken but the two words of the header. The four-field table that
MAXQDA shows for its kappa can be typed in and read as ``four-field``.
"""

from __future__ import annotations

from collections.abc import Sequence

from coder.errors import BadInput
from coder.formats.ratings.content import RatingsFile
from coder.formats.ratings.layouts.tables import files_of, tables_of
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Sheet


class Maxqda:
    """A table of agreements and disagreements: known, so that the reason can be given."""

    name = "maxqda"
    says = "MAXQDA's table of agreements and disagreements, of which nothing can be computed"

    def fits(self, sheets: Sequence[Sheet], how: HowToRead) -> bool:
        """Columns of agreements and of disagreements."""
        return any(
            {"agreements", "disagreements"} <= set(table.names)
            for table in tables_of(sheets, how.sheet)
        )

    def read(self, sheets: Sequence[Sheet], how: HowToRead) -> RatingsFile:
        """Never anything.

        Raises:
            BadInput: Always, with the reason and what to give in its place.
        """
        raise BadInput(
            f"{files_of(sheets)[0]}: the table has only agreements and disagreements; who of the "
            "two used a code, and how often neither did, is not in it, so nothing corrected for "
            "chance can be computed",
            "give both coders' codes unit by unit (a row for a unit, a column for a coder), or "
            "the counts as columns code, a, b, c, d",
        )
