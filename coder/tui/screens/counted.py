"""The excerpts behind a number of a tally."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from coder.model import CodeSet, Viewer
from coder.ops.finals import Final
from coder.ops.study import find_set
from coder.ops.tally_excerpts import (
    BehindNumber,
    CountedExcerpt,
    Counting,
    TallyCell,
    excerpts_counted,
)
from coder.tui.commands import bindings
from coder.tui.screens.behind import BehindScreen
from coder.tui.screens.compared import answer_words
from coder.tui.screens.tally_commands import COUNTED_COMMANDS
from coder.tui.widgets.excerpt_list import ExcerptItem

if TYPE_CHECKING:
    from coder.ops.study import Study

SOURCE_WORDS = {
    "agreed": "counts as, agreed",
    "settled": "counts as, settled",
    "single": "counts as",
    "unresolved": "counts as",
    "unfinished": "counts as",
}


class CountedScreen(BehindScreen[BehindNumber, CountedExcerpt]):
    """What was said by whom, what each coder made of it, and what it counts as.

    Args:
        what: The tally.
        cell: The number.
        title: The number in words.
    """

    DECLARED = COUNTED_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(COUNTED_COMMANDS)

    def __init__(self, what: Counting, cell: TallyCell, title: str) -> None:
        super().__init__(title)
        self.what = what
        self.cell = cell

    def fetch(self, study: Study, viewer: Viewer) -> BehindNumber:
        """The units that the number counts."""
        return excerpts_counted(study, viewer, self.what, self.cell)

    @property
    def rows(self) -> Sequence[CountedExcerpt]:
        """The units that were found."""
        return self.behind.rows if self.behind is not None else ()

    def items(self) -> list[ExcerptItem]:
        """These with every answer that may be seen, and the final one."""
        code_set = find_set(self.app.study, self.what.code_set)[1]
        return [_item(code_set, row) for row in self.rows]


def _item(code_set: CodeSet, row: CountedExcerpt) -> ExcerptItem:
    if not row.ref:
        return ExcerptItem("", row.who, "nothing of this set was asked of this person", ())
    about = "  ".join(part for part in (row.question, row.who) if part)
    said = [(one.coder, answer_words(code_set, one.status, one.codes)) for one in row.answers]
    final = (SOURCE_WORDS[row.final.source], _final_words(code_set, row.final))
    return ExcerptItem(row.ref, about, row.words, (*said, final))


def _final_words(code_set: CodeSet, final: Final) -> str:
    if final.status == "unresolved":
        return "unresolved: coders differ, and it is not settled"
    if final.status == "unfinished":
        return "incomplete: nobody has finished it"
    return answer_words(code_set, final.status, final.codes)
