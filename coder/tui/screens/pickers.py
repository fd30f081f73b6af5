"""Pickers by typing: a code of the book, a transcript of the study."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.content import Content

from coder.model import Code, Codebook, Coder, CodeSet, Viewer
from coder.ops import corpus, recents
from coder.ops.corpus import TranscriptSummary
from coder.tui.marks import SetItem, short_title
from coder.tui.matching import prepared, ranked
from coder.tui.screens.pick_dialog import PickDialog
from coder.tui.widgets.choice_list import Part
from coder.tui.widgets.wrapping import one_line, padded

if TYPE_CHECKING:
    from coder.tui.app import CoderApp

ON_SIGN = "\u25cf"
"""Before a code that is on the excerpt, as in the code panel."""
RECENT_SIGN = "\u25e6"
"""Before what was used lately."""
MOST_RECENT = 9
"""More than this is not lately."""

ROWS_BELOW = 11
"""Height of the code picker below the transcript; the same in its styles."""


class CodePicker(PickDialog):
    """Finds a code by its name, its id, its key or words of what the book says of it.

    It stands below the transcript, or over the code panel where there is room beside: the excerpt
    in question stays in sight.

    Args:
        title: On which excerpt.
        book: The codebook.
        items: Its sets as they stand on the excerpt; what they list can be picked.
        recent: Ids of the codes this coder put on last, the newest first.
        press: Puts a code on, or takes it off.
        point: Puts the code cursor on a code.
    """

    PLACEHOLDER = "name, key or words of the definition"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "point", "look", id="pick.point", priority=True),
    ]

    def __init__(
        self,
        title: str,
        book: Codebook,
        items: Sequence[SetItem],
        recent: Sequence[str],
        press: Callable[[str, str], object],
        point: Callable[[str, str], object],
    ) -> None:
        super().__init__(title)
        self._book = book
        self._items = [(item, code) for item in items for code in item.codes]
        known = {code.id: (code_set, code) for code_set, code in book.codes()}
        self._known: list[tuple[CodeSet, Code]] = [known[code.id] for _, code in self._items]
        self._entries = [
            prepared(
                one_line(code.name),
                code.id,
                (code.short, code.definition, code.include, code.exclude, code.example,
                 short_title(code_set)),
                code.key if code.is_offered else "",
            )
            for code_set, code in self._known
        ]  # fmt: skip
        places = {code.id: place for place, (_, code) in enumerate(self._items)}
        self._recent = [places[code] for code in recent if code in places][:MOST_RECENT]
        self._widest_name = max((cell_len(code.name) for _, code in self._items), default=0)
        self._widest_set = max((cell_len(item.title) for item in items), default=0)
        self._shown: list[int] = []
        self._press = press
        self._point = point

    def find(self, typed: str) -> int:
        """The codes that fit, those used last first."""
        self._shown = ranked(typed, self._entries, self._recent)
        self.show_count(f"{len(self._shown)} of {len(self._entries)} codes")
        return len(self._shown)

    def parts(self, number: int, width: int) -> Sequence[Part]:
        """Key and sign, name, set; whether it is on, and whether it was used lately."""
        place = self._shown[number]
        item, code = self._items[place]
        is_recent = place in self._recent
        sign = ON_SIGN if code.is_applied else RECENT_SIGN if is_recent else " "
        room = max(width - 6, 8)
        # A few letters of each set would say nothing, and the line below names it.
        has_sets = self._widest_name + 2 + self._widest_set <= room
        name_width = room - self._widest_set - 2 if has_sets else room
        return (
            (f"{sign} ", "key"),
            (f"{code.key or ' '}", "key"),
            (f"{code.sign} ", code.tone if code.tone != "quiet" else "none"),
            (padded(code.name, name_width) + ("  " if has_sets else ""), "name"),
            (item.title if has_sets else "", "quiet"),
        )

    def words_if_none(self) -> Content:
        """What else to type."""
        return Content("No code has these words: type fewer letters, or a word of its definition")

    def words_about(self, number: int) -> Content:
        """What the book says of the code, as far as there is room."""
        code_set, code = self._known[self._shown[number]]
        said = one_line("  ".join(filter(None, (code.short, code.definition))))
        words = said or "(the book says nothing of it)"
        return Content.assemble((f"{short_title(code_set)}: ", "bold"), words)

    async def take(self, number: int) -> None:
        """Put the code on, or take it off, and close."""
        item, code = self._items[self._shown[number]]
        self.dismiss()
        self._press(item.id, code.id)

    async def action_point(self) -> None:
        """Put the code cursor on the code, to read about it, and close."""
        await self._all_read()
        if self.listed.line_count:
            item, code = self._items[self._shown[self.listed.cursor]]
            self.dismiss()
            self._point(item.id, code.id)


class TranscriptPicker(PickDialog):
    """Finds a transcript by its name, people, role, district, school year or wave.

    Args:
        rows: The transcripts.
        recent: Names of those this coder was in last, the newest first.
        open_: Opens one.
    """

    PLACEHOLDER = "name, person, role, district, year"

    def __init__(
        self,
        rows: Sequence[TranscriptSummary],
        recent: Sequence[str],
        open_: Callable[[str], Awaitable[object]],
    ) -> None:
        super().__init__("Open a transcript")
        self._rows = rows
        self._entries = [
            prepared(
                one_line(row.name),
                row.name,
                (*row.people, *row.roles, *row.districts, row.year, row.wave, row.date),
            )
            for row in rows
        ]
        places = {row.name: place for place, row in enumerate(rows)}
        self._recent = [places[name] for name in recent if name in places][:MOST_RECENT]
        self._widest = max((len(one_line(row.name)) for row in rows), default=0)
        self._shown: list[int] = []
        self._open = open_

    def find(self, typed: str) -> int:
        """The transcripts that fit, those worked in last first."""
        self._shown = ranked(typed, self._entries, self._recent)
        self.show_count(f"{len(self._shown)} of {len(self._rows)}")
        return len(self._shown)

    def parts(self, number: int, width: int) -> Sequence[Part]:
        """Name, people, role, district."""
        place = self._shown[number]
        row = self._rows[place]
        about = [*row.people, *row.roles, *row.districts]
        return (
            (f"{RECENT_SIGN if place in self._recent else ' '} ", "key"),
            (padded(one_line(row.name), min(self._widest, 24)) + "  ", "name"),
            (one_line(", ".join(about)), "quiet"),
        )

    def words_if_none(self) -> Content:
        """What else to type; or that there is nothing to open."""
        if not self._rows:
            return Content("This study has no transcripts yet: coder import FILE")
        return Content("No transcript is called that: type fewer letters, or a person or a year")

    def words_about(self, number: int) -> Content:
        """Year, wave, length."""
        row = self._rows[self._shown[number]]
        parts = [row.year, row.wave, f"{row.words} words", f"{row.excerpts} excerpts"]
        return Content(one_line(", ".join(filter(None, parts))))

    async def take(self, number: int) -> None:
        """Close, and open it."""
        name = self._rows[self._shown[number]].name
        self.dismiss()
        await self._open(name)


async def pick_transcript(
    app: CoderApp, coder: Coder | None, open_: Callable[[str], Awaitable[object]]
) -> None:
    """Ask for a transcript; the ones on the trail come first, then those worked in last."""
    rows = corpus.list_transcripts(
        app.study, Viewer(coder.alias if coder else ""), with_progress=False
    )
    if not rows:
        app.tell("the study has no transcripts: coder import FOLDER")
        return
    recent = list(app.trail.newest_first)
    if coder is not None:
        recent += recents.recent_transcripts(app.study, coder)
    await app.push_screen(TranscriptPicker(rows, list(dict.fromkeys(recent)), open_))
