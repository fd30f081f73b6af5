"""The dialog in which a working list is chosen, filter by filter, with its count."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events, getters, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static
from textual.worker import get_current_worker

from coder.ops.flags import flag_names
from coder.ops.list_walking import Walk
from coder.ops.rounds import list_rounds
from coder.ops.working_lists import (
    FILTERS,
    Listed,
    WorkingList,
    count_in_words,
    list_choices,
    read_list,
)
from coder.tui.marks import code_name, short_title
from coder.tui.messages import ChoicePicked
from coder.tui.sitting import Sitting
from coder.tui.widgets.choice_list import ChoiceList, Part
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line, padded

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.app import CoderApp

MOST_SEEDS = 99

_TITLES = {
    "roles": "role",
    "districts": "district",
    "waves": "wave",
    "years": "year",
    "questions": "question",
    "transcripts": "transcript",
}


@dataclass(slots=True)
class Row:
    """One filter: what it may be, and what it is."""

    name: str
    title: str
    choices: Sequence[tuple[object, str]]
    """Value and words of each; the first filters nothing."""
    chosen: int = 0

    @property
    def words(self) -> str:
        """What it is, in words."""
        return self.choices[self.chosen][1]

    def turn(self, step: int) -> None:
        """Be the next or the previous, round the end."""
        self.chosen = (self.chosen + step) % len(self.choices)

    def seek(self, typed: str) -> bool:
        """Be the first that begins with what was typed, else that has it; False where none."""
        wanted = typed.casefold()
        words = [words.casefold() for _, words in self.choices]
        found = [n for n, text in enumerate(words) if text.startswith(wanted)]
        found += [n for n, text in enumerate(words) if wanted in text]
        if found:
            self.chosen = found[0]
        return bool(found)

    def put(self, value: object) -> None:
        """Be this value, if it is one of the choices."""
        values = [one for one, _ in self.choices]
        self.chosen = values.index(value) if value in values else 0


def rows_for(sitting: Sitting, wanted: WorkingList) -> list[Row]:
    """Every filter that tells excerpts of the study apart, set to a list."""
    study, book = sitting.study, sitting.book
    flags = flag_names(study, sitting.coder)
    codes = [
        (f"{code_set.id}:{code.id}", f"{code_name(code)}  ({short_title(code_set)})")
        for code_set, code in book.codes()
    ]
    needs = [("", "all excerpts"), ("open", "those that need work")]
    if not sitting.pass_:
        needs.append(("revisit", "those to revisit: their code means something else now"))
    rows = [
        Row("needs", "which", needs),
        Row("flag", "flag", [(None, "any or none"), ("", "any flag"), *((f, f) for f in flags)]),
        Row("code", "code", [("", "any or none"), *codes]),
    ]
    values = list_choices(study)
    rows += [
        Row(name, _TITLES[name], [((), "any"), *(((value,), value) for value in values[what])])
        for name, what in FILTERS
        if len(values[what]) > 1
    ]
    if sitting.in_round is None:
        rounds = [one.name for one in list_rounds(study)]
        if rounds:
            rows.append(Row("round", "round", [("", "in any or none"), *((r, r) for r in rounds)]))
    seeds = [(n, f"shuffled {n}: the same number, the same order") for n in range(1, MOST_SEEDS)]
    rows.append(Row("seed", "order", [(None, "as in the interviews"), *seeds]))
    for row in rows:
        row.put(getattr(wanted, row.name))
    return rows


class ListDialog(ModalScreen[None]):
    """Asks which excerpts to go through; up and down choose a filter, left and right its value.

    Letters find a value by what it is called.

    Args:
        sitting: Whose list, and in which round.
        wanted: What it is at first.
        begin: Takes the list, before the next key is read.
    """

    CSS_PATH = ["dialogs.tcss", "lists.tcss"]  # noqa: RUF012 - Textual says list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "begin", id="list.take", priority=True),
        Binding("right", "turn(1)", "other value", id="list.right", priority=True),
        Binding("left", "turn(-1)", show=False, id="list.left", priority=True),
        Binding("down", "move(1)", "other filter", id="list.down", priority=True),
        Binding("tab", "move(1)", show=False, priority=True),
        Binding("up,shift+tab", "move(-1)", show=False, id="list.up", priority=True),
        Binding("backspace", "rub", show=False, id="list.rub", priority=True),
        Binding("delete", "clear", "none of these", id="list.clear", priority=True),
        Binding("escape", "close", "close", id="list.close", priority=True),
    ]

    listed = getters.query_one(ChoiceList)
    count = getters.query_one("#count", Static)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(
        self, sitting: Sitting, wanted: WorkingList, begin: Callable[[Walk], Awaitable[None]]
    ) -> None:
        super().__init__()
        self._sitting = sitting
        self._wanted = wanted
        self._begin = begin
        self._rows: list[Row] = []
        self._typed = ""

    def compose(self) -> ComposeResult:
        """The filters, how many excerpts they leave, the keys."""
        with Vertical(id="dialog", classes="-list"):
            yield Static("Which excerpts do you want to go through?", id="title", markup=False)
            yield ChoiceList()
            yield Static(id="count", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """What it was last time."""
        self._rows = rows_for(self._sitting, self._wanted)
        self.listed.styles.height = len(self._rows)
        self.listed.show(len(self._rows), self._line)
        self._changed()

    @property
    def wanted(self) -> WorkingList:
        """The list as it is chosen now."""
        values = {row.name: row.choices[row.chosen][0] for row in self._rows}
        return replace(self._wanted, **values)  # type: ignore[arg-type]

    def _line(self, number: int, width: int) -> Sequence[Part]:
        row = self._rows[number]
        size = max(cell_len(one.title) for one in self._rows)
        typed = f"  {self._typed}" if number == self.listed.cursor and self._typed else ""
        return (
            (f"{padded(row.title, size)}  ", "quiet"),
            (one_line(row.words), "name" if row.chosen else "quiet"),
            (one_line(typed), "key"),
        )

    # The count.

    def _changed(self) -> None:
        self.listed.refresh_lines([self.listed.cursor])
        sitting, wanted = self._sitting, self.wanted
        if sitting.study.is_large:
            self.count.update("\u2026")
            self._count_apart(wanted)
            return
        found = self.app.attempt(
            lambda: read_list(sitting.study, sitting.coder, wanted, sitting.pass_)
        )
        if found is not None:
            self._show_count(found)

    @work(thread=True, exclusive=True, group="count")
    def _count_apart(self, wanted: WorkingList) -> None:
        """A large study takes a second: counted on a connection of its own."""
        worker, sitting = get_current_worker(), self._sitting
        with sitting.study.again() as study:
            found = read_list(study, sitting.coder, wanted, sitting.pass_)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._show_count, found)

    def _show_count(self, found: Sequence[Listed]) -> None:
        if self.is_attached:
            self.count.update(Content.assemble((count_in_words(found), "bold")))

    # Keys.

    def on_key(self, event: events.Key) -> None:
        """A letter looks for a value."""
        if event.is_printable and event.character is not None:
            event.stop()
            typed = self._typed + event.character
            if self._rows[self.listed.cursor].seek(typed):
                self._typed = typed
                self._changed()

    def action_rub(self) -> None:
        """One letter less."""
        self._typed = self._typed[:-1]
        row = self._rows[self.listed.cursor]
        if not self._typed:
            row.chosen = 0
        else:
            row.seek(self._typed)
        self._changed()

    def action_turn(self, step: int) -> None:
        """Another value."""
        self._typed = ""
        self._rows[self.listed.cursor].turn(step)
        self._changed()

    def action_move(self, step: int) -> None:
        """Another filter."""
        self._typed = ""
        self.listed.refresh_lines([self.listed.cursor])
        self.listed.move(step)

    def on_choice_picked(self, message: ChoicePicked) -> None:
        """A click turns a filter."""
        message.stop()
        self.action_turn(1)

    def action_clear(self) -> None:
        """No filters."""
        self._typed = ""
        for row in self._rows:
            row.chosen = 0
        self.listed.refresh()
        self._changed()

    async def action_take(self) -> None:
        """Begin the list, if anything is in it."""
        sitting, wanted = self._sitting, self.wanted
        walk = self.app.attempt(lambda: Walk(sitting.study, sitting.coder, wanted, sitting.pass_))
        if walk is None:
            return
        if not len(walk):
            self.app.tell("no excerpt is like that")
            return
        await self.dismiss()
        await self._begin(walk)

    def action_close(self) -> None:
        """No list."""
        self.dismiss()
