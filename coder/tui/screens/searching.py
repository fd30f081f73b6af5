"""Searching: a line to type in below the transcript, and a list of hits in all transcripts."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Awaitable, Callable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

from textual import getters, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from coder.model import Viewer
from coder.ops.searching import Hit, search
from coder.tui.screens.pick_dialog import PickDialog
from coder.tui.widgets.choice_list import Part
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line, padded

if TYPE_CHECKING:
    from coder.tui.app import CoderApp

MOST_HITS = 500
"""Listed at once; a word more finds the others."""

PAUSE = 0.15
"""Seconds without a key after which all transcripts are searched."""


class SearchBar(ModalScreen[None]):
    """A line at the bottom; what is typed shows in the transcript above at once.

    Args:
        words: What stands there at first, to be typed over.
        look: Shows the words in the transcript, so many hits on, and says how many there are.
        end: Ends the search; True to stay at the hit, False to go back to where one was.
        everywhere: Looks for the words in all transcripts.
    """

    CSS_PATH = "pickers.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "end(True)", "stay here", id="search.keep", priority=True),
        Binding("down,f3", "look(1)", "next", id="search.next", priority=True),
        Binding("up,shift+f3", "look(-1)", "previous", id="search.previous", priority=True),
        Binding("tab", "everywhere", "all transcripts", id="search.everywhere", priority=True),
        Binding("escape", "end(False)", "back", id="search.back", priority=True),
    ]

    line = getters.query_one(Input)
    count = getters.query_one("#count", Static)

    def __init__(
        self,
        words: str,
        look: Callable[[str, int], str],
        end: Callable[[str, bool], object],
        everywhere: Callable[[str], Awaitable[object]],
    ) -> None:
        super().__init__()
        self._words = words
        self._look = look
        self._end = end
        self._everywhere = everywhere
        self._looked_for = ""

    def compose(self) -> ComposeResult:
        """The line, the count, the keys."""
        with Vertical(id="bar"):
            with Horizontal(id="line"):
                yield Static("/", id="label", markup=False)
                yield Input(self._words, placeholder="words as they were said", compact=True)
                yield Static(id="count", markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """Ready to type from the first key on; what was looked for last is typed over."""
        self.set_focus(self.line)
        self.line.select_all()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look as the words are typed."""
        message.stop()
        self._show()

    def _show(self, step: int = 0) -> None:
        if step or self.line.value != self._looked_for:
            self._looked_for = self.line.value
            self.count.update(Content(self._look(self.line.value, step)), layout=False)

    async def _all_read(self) -> None:
        read_all = Event()
        self.line.call_next(read_all.set)
        await read_all.wait()
        self._show()

    async def action_look(self, step: int) -> None:
        """Go to the next hit, or the one before."""
        await self._all_read()
        self._show(step)

    async def action_end(self, keeps: bool) -> None:
        """Stay where the hit is, or go back to where one was."""
        await self._all_read()
        self.dismiss()
        self._end(self.line.value, keeps)

    async def action_everywhere(self) -> None:
        """Look for the words in all transcripts."""
        await self._all_read()
        self.dismiss()
        self._end(self.line.value, False)
        await self._everywhere(self.line.value)


class EverywhereDialog(PickDialog):
    """Hits in all transcripts, in a list to go through.

    Args:
        words: What is looked for at first.
        viewer: Who is looking.
        open_: Opens a transcript at a hit; gets the words too.
    """

    PLACEHOLDER = "words as they were said"

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(
        self, words: str, viewer: Viewer, open_: Callable[[Hit, str], Awaitable[object]]
    ) -> None:
        super().__init__("Find in all transcripts", words)
        self._viewer = viewer
        self._open = open_
        self._hits: Sequence[Hit] = ()
        self._widths = (0, 0)
        self._waiting: Timer | None = None
        self.found_for: str | None = None
        """The words whose hits are listed; None while they are being looked for."""

    def find(self, typed: str) -> int:
        """Nothing yet: the hits come from a thread, after a pause in the typing."""
        self._hits, self.found_for = (), None
        if self._waiting is not None:
            self._waiting.stop()
        if typed.strip():
            self.show_count("looking \u2026")
            self._waiting = self.set_timer(PAUSE, lambda: self._search(typed))
        else:
            self.show_count("")
        return 0

    @work(thread=True, exclusive=True, group="search")
    def _search(self, words: str) -> None:
        worker = get_current_worker()
        with self.app.study.again() as study:
            found = search(study, self._viewer, words, goes_on=lambda: not worker.is_cancelled)
            hits = tuple(islice(found, MOST_HITS + 1))
        if not worker.is_cancelled:
            self.app.call_from_thread(self._found, words, hits)

    def _found(self, words: str, hits: Sequence[Hit]) -> None:
        if not self.is_mounted or words != self.line.value:
            return
        self._hits, self.found_for = hits[:MOST_HITS], words
        shown = len(self._hits)
        names = {hit.transcript for hit in self._hits}
        count = f"{shown} in {len(names)} transcripts" if len(names) > 1 else f"{shown}"
        more = f"the first {shown}: type more words" if len(hits) > MOST_HITS else count
        self.show_count(more if shown else "not found")
        self._widths = (
            max((len(one_line(_where(hit))) for hit in self._hits), default=0),
            max((len(one_line(hit.speaker)) for hit in self._hits), default=0),
        )
        self.listed.show(shown, self.parts)
        self._moved()

    def parts(self, number: int, width: int) -> Sequence[Part]:
        """Excerpt, speaker, and the words between what is said around them."""
        hit = self._hits[number]
        ref, speaker = self._widths
        head = padded(one_line(_where(hit)), min(ref, 20)) + "  "
        who = padded(one_line(hit.speaker), min(speaker, 8)) + "  "
        room = max(width - len(head) - len(who), 20)
        words, before = one_line(hit.words), one_line(hit.before)
        left = max((room - len(words)) // 2, 8)
        if len(before) > left:
            before = f"\u2026{before[1 - left :]}"
        return (
            (head, "name"),
            (who, "quiet"),
            (before.rjust(left), "quiet"),
            (words, "hit"),
            (one_line(hit.after), "quiet"),
        )

    def words_about(self, number: int) -> Content:
        """Which of the hits it is."""
        where = f"{number + 1} of {len(self._hits)}, {self._hits[number].transcript}"
        return Content(one_line(where))

    async def take(self, number: int) -> None:
        """Close, and open the transcript at the hit."""
        hit, words = self._hits[number], self.line.value
        self.dismiss()
        await self._open(hit, words)


def _where(hit: Hit) -> str:
    return hit.ref or hit.transcript
