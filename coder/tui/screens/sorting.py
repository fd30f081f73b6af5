"""The sorting screen: codes into piles, from the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import getters
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from coder.model import Code
from coder.tui.commands import bindings
from coder.tui.marks import short_title
from coder.tui.messages import HeapCodePointed, HeapPointed
from coder.tui.screens.sorting_commands import PILE_KEYS, SORTING_COMMANDS
from coder.tui.sorting_table import Heap, SortingTable
from coder.tui.widgets.definition_pane import DefinitionPane, describe, quotation
from coder.tui.widgets.heaps import HeapList, PileBoard
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.model import Coder
    from coder.ops.coding import Done
    from coder.tui.app import CoderApp


async def open_sorting(app: CoderApp, coder: Coder) -> None:
    """Show a coder's sorting of the codes made while reading, else of the first code set."""
    table = app.attempt(lambda: SortingTable(app.study, coder))
    if table is not None:
        await app.push_screen(SortingScreen(table))


class SortingScreen(Screen[None]):
    """One coder's piles for one code set; nobody else's are shown.

    Args:
        table: The sorting.
    """

    CSS_PATH = ["../panels.tcss", "sorting.tcss"]  # noqa: RUF012 - Textual says list
    AUTO_FOCUS = "HeapList"
    DECLARED = SORTING_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(SORTING_COMMANDS), *PILE_KEYS]

    about = getters.query_one("#about", Static)
    codes = getters.query_one(HeapList)
    board = getters.query_one(PileBoard)
    pane = getters.query_one(DefinitionPane)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, table: SortingTable) -> None:
        super().__init__()
        self.table = table
        self.shown = 0
        """Which heap is on the left: 0 is loose, then the piles, then discarded."""
        self.place = 0
        """Of the cursor in it."""
        self.is_adding = False
        """Whether the next pile is one more."""
        self.said = ""

    def compose(self) -> ComposeResult:
        """A line about the set, the codes beside the piles, the definition, the keys."""
        yield Static(id="about", markup=False)
        with Horizontal(id="heaps"):
            yield HeapList()
            yield PileBoard()
        yield DefinitionPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """The loose codes first, or the first pile where none are left."""
        if not self.heap.codes:
            self.shown = next((n for n, heap in enumerate(self.heaps) if heap.codes), 0)
        self.show()

    def on_resize(self) -> None:
        """The line above depends on the width."""
        self.call_after_refresh(self.show)

    def study_changed(self) -> None:
        """Something was changed elsewhere: codes may be new, or gone."""
        self.table.read()
        self.show()

    # What is shown.

    @property
    def heaps(self) -> tuple[Heap, ...]:
        """Loose codes, piles, discarded."""
        return self.table.heaps

    @property
    def heap(self) -> Heap:
        """The heap on the left."""
        return self.heaps[min(self.shown, len(self.heaps) - 1)]

    @property
    def code(self) -> Code | None:
        """The code at the cursor."""
        found = self.heap.codes
        return found[self.place] if self.place < len(found) else None

    def show(self) -> None:
        """Show the sorting as the study has it."""
        heaps = self.heaps
        self.shown = min(self.shown, len(heaps) - 1)
        self.place = min(max(self.place, 0), max(len(self.heap.codes) - 1, 0))
        code = self.code
        several = frozenset(one.id for one in self.table.sorting.in_several)
        self.codes.show(self.heap, self.table.counts, several, self.place)
        self.board.show(heaps, self.shown, code.id if code else "")
        self._show_definition()
        self._show_about()

    def _show_definition(self) -> None:
        code = self.code
        if code is None:
            self.pane.show_paragraphs(())
            return
        shown = list(describe(self.table.sorting.code_set, code, is_short=False))
        if self.has_class("-quoting"):
            shown += [quotation(*one) for one in self.table.quotations(code.id)]
        self.pane.show_paragraphs(tuple(shown))

    def _show_about(self) -> None:
        table, found = self.table, self.table.sorting
        codes = len(found.code_set.offered)
        left = f" {short_title(found.code_set)}  {one_line(table.coder.alias)} "
        right = f" {codes - len(found.loose)} of {codes} sorted "
        room = max(self.size.width - len(left) - len(right) - 2, 0)
        said = one_line(self.said)
        if self.is_adding:
            pile, named = map(self.app.shown_key, ("sorting.pile", "sorting.named"))
            said = f"one more pile: {pile} or {named}"
        middle = clipped(said, room)
        middle += " " * (room - cell_len(middle))
        self.about.update(
            Content.assemble((left, "bold"), "  ", (middle, "italic"), (right, "bold")),
            layout=False,
        )

    # Moving about.

    def action_move(self, step: int) -> None:
        """Move the cursor."""
        self.place = min(max(self.place + step, 0), max(len(self.heap.codes) - 1, 0))
        self.show()

    def action_heap(self, step: int) -> None:
        """Show the next heap, round the end."""
        self.shown = (self.shown + step) % len(self.heaps)
        self.place = 0
        self.show()

    def on_heap_pointed(self, message: HeapPointed) -> None:
        """A heap was clicked."""
        message.stop()
        self.shown, self.place = message.heap, 0
        self.show()

    def on_heap_code_pointed(self, message: HeapCodePointed) -> None:
        """A code was clicked."""
        message.stop()
        self.place = message.place
        self.show()

    def action_next_set(self) -> None:
        """Sort the codes of another set."""
        self.table.next_set()
        self.shown, self.place, self.said = 0, 0, ""
        self.show()

    def action_quote(self) -> None:
        """Show or hide what was said where the code is."""
        self.toggle_class("-quoting")
        self._show_definition()

    def action_leave(self) -> None:
        """Back, or out of adding a pile."""
        if self.is_adding:
            self.is_adding = False
            self.show()
        else:
            self.dismiss()

    # Sorting.

    def do(self, verb: Callable[[], Done]) -> bool:
        """Do something and show it; False where it was refused."""
        done = self.app.attempt(verb)
        if done is None:
            return False
        self.said = done.words
        self.is_adding = False
        self.show()
        return True

    def _with_code(self, verb: Callable[[str], Done]) -> None:
        code = self.code
        if code is None:
            key = self.app.shown_key("sorting.next_heap")
            self.app.tell(f"there is no code here: {key} goes to the next pile")
        else:
            self.do(lambda: verb(code.id))

    def action_into(self, number: int) -> None:
        """Put the code at the cursor into a pile."""
        pile = self.table.pile(number)
        if pile is None:
            key = self.app.shown_key("sorting.named")
            self.app.tell(f"there is no pile {number} yet: {key} makes one")
        else:
            also = self.is_adding
            self._with_code(lambda code: self.table.put(code, pile.name, also=also))

    def action_also(self) -> None:
        """The next pile is one more."""
        self.is_adding = not self.is_adding
        self.show()

    def action_discard(self) -> None:
        """Put the code at the cursor on the discard pile."""
        self._with_code(self.table.discard)

    def action_loose(self) -> None:
        """Take the code at the cursor out of every pile."""
        self._with_code(self.table.make_loose)

    async def action_named(self) -> None:
        """Ask for a pile, and put the code at the cursor into it."""
        from coder.tui.screens.naming import NameDialog

        code, also = self.code, self.is_adding
        title = f"A pile for {one_line(code.name)}" if code else "A new pile"
        await self.app.push_screen(
            NameDialog(
                clipped(title, 60),
                lambda name: self.do(
                    lambda: self.table.put(code.id if code else "", name, also=also)
                ),
                [pile.name for pile in self.table.sorting.piles],
                note="Type a new name, or choose a pile.",
            )
        )

    async def action_rename(self) -> None:
        """Ask what the pile on the left shall be called."""
        from coder.tui.screens.naming import NameDialog

        heap = self._shown_pile()
        if heap is not None:
            await self.app.push_screen(
                NameDialog(
                    f"Rename pile {heap.number}",
                    lambda name: self.do(lambda: self.table.rename(heap.title, name)),
                    value=heap.title,
                )
            )

    def action_remove(self) -> None:
        """Take the pile on the left away."""
        heap = self._shown_pile()
        if heap is not None:
            self.do(lambda: self.table.remove(heap.title))

    def _shown_pile(self) -> Heap | None:
        if self.heap.kind == "pile":
            return self.heap
        self.app.tell(f"these are no pile: {self.app.shown_key('sorting.next_heap')} goes to one")
        return None

    def action_undo(self) -> None:
        """Take back the last action."""
        self._take_back(self.table.undo)

    def action_redo(self) -> None:
        """Bring back what was undone."""
        self._take_back(self.table.redo)

    def _take_back(self, verb: Callable[[], Done]) -> None:
        code = self.code
        if self.do(verb):
            self.app.tell(self.said)
            self.said = ""
            codes = [one.id for one in self.heap.codes]
            if code is not None and code.id in codes:
                self.place = codes.index(code.id)
            self.show()
