"""The memo dialog: a real editor for notes of several lines, whose words outlive the window."""

from __future__ import annotations

from asyncio import Event
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import getters
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from coder.errors import CoderError
from coder.model import Coder, Viewer
from coder.model.times import local_hour
from coder.ops import desk_notes
from coder.ops.memo_tables import memo_page
from coder.ops.memos import MemoTarget, memos_on
from coder.ops.study import Study
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.memo_editor import MemoEditor

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.tui.app import CoderApp

LEAST_ROWS = 8
ROWS_BESIDE = 3
"""The line above, the title, the keys."""

SECONDS_BETWEEN = 1.0
"""Words that are being typed are on disk this soon: a write takes 0.4 ms, but another window may
look at the study after each."""


@dataclass(frozen=True, slots=True)
class MemoPage:
    """What the editor begins with."""

    kept: str
    """The memo as it stands."""
    text: str
    """What is in the editor: the same, or words that were not kept last time."""
    note: str
    """Who wrote it when, or that unfinished words are back."""
    others: str
    """What others wrote on the same, as far as one may see it."""
    remember: Callable[[str], None]
    """Takes the words under way; nothing forgets them."""


def memo_page_of(study: Study, coder: Coder, where: MemoTarget) -> MemoPage:
    """What a coder's editor on something begins with."""
    seen = memos_on(study, Viewer(coder.alias), where)
    # Of a code on an excerpt a coder may have several codings, in rounds: one memo each.
    is_coding = where.kind == "coding"
    own = next(
        (m for m in seen if m.coder == coder.alias and (not is_coding or m.target == where.target)),
        None,
    )
    left = desk_notes.draft_left(study, coder, where.kind, where.target)
    note = f"{coder.alias}, {local_hour(own.at)}" if own else ""
    if left is not None:
        note = f"unfinished words of {local_hour(left.at)} are back; Ctrl+G drops them"
    kept = own.body if own else ""
    text = left.body if left else kept
    if left is not None and left.is_moved and kept not in text:
        # Begun on one of several excerpts that were joined: it knows nothing of the others' memos.
        text = f"{kept}\n\n{text}"
    return MemoPage(
        kept=kept,
        text=text,
        note=note,
        others=memo_page([m for m in seen if m.coder != coder.alias], 70, with_place=False),
        remember=lambda body: desk_notes.keep_draft(study, coder, where.kind, where.target, body),
    )


class MemoDialog(ModalScreen[None]):
    """An editor for one memo, at the foot of the screen, as high as the words need.

    Escape keeps, because a hand that wants out should not lose words; what was kept can be
    taken back with undo. Words under way are remembered while they are typed, and come back.

    Args:
        title: What the memo is about.
        page: What the editor begins with.
        keep: Takes the text, before the next key is read; False where it cannot be kept, and
            the words stay in the editor.
    """

    CSS_PATH = ["dialogs.tcss", "memo.tcss"]  # noqa: RUF012 - Textual says list
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "keep", "keep and close", id="memo.keep", priority=True),
        Binding("ctrl+g", "discard", "close without keeping", id="memo.discard", priority=True),
    ]

    editor = getters.query_one(TextArea)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, title: str, page: MemoPage, keep: Callable[[str], bool]) -> None:
        super().__init__()
        self._title = title
        self._page = page
        self._keep = keep
        self._words = self._remembered = page.text
        self._timer: Timer | None = None
        self._is_over = False
        self._rows = 0

    def compose(self) -> ComposeResult:
        """A title, the editor, what others wrote, the two ways out."""
        with Vertical(id="dialog", classes="-memo"):
            yield Static(self._title, id="title", markup=False)
            if self._page.note:
                yield Static(self._page.note, id="note", classes="note", markup=False)
            yield MemoEditor(self._page.text, soft_wrap=True, show_line_numbers=False, compact=True)
            if self._page.others:
                with VerticalScroll(id="others", can_focus=False):
                    yield Static(self._page.others, markup=False)
            yield KeyLine()

    def on_mount(self) -> None:
        """Go on writing where the text ends, from the first key on."""
        self.set_focus(self.editor)
        self.editor.move_cursor(self.editor.document.end)
        self._stand()
        self.set_class(not self._keep_in_sight(), "-above")
        # Ctrl+Z puts the program to sleep, and somebody may end it there.
        self.app.app_suspend_signal.subscribe(self, lambda _: self.keep_words())

    # Where it stands.

    def on_resize(self) -> None:
        """The window has another height, or the words other lines."""
        self.call_after_refresh(self._grow)

    def _stand(self) -> bool:
        """Be as high as the words need, within bounds; whether that is another height now."""
        least = max(LEAST_ROWS, self.size.height // 3)
        most = max(least, self.size.height * 2 // 3)
        beside = ROWS_BESIDE + bool(self._page.note)
        for others in self.query("#others"):
            # And the line above them.
            rows = min(len(self._page.others.splitlines()), most // 3) + 1
            others.styles.height = rows
            beside += rows
        # One line more than there are: to see that there is room to go on.
        rows = min(max(beside + self.editor.wrapped_document.height + 1, least), most)
        dialog = self.query_one("#dialog")
        is_new = dialog.styles.height is None or dialog.styles.height.value != rows
        dialog.styles.height = self._rows = rows
        return is_new

    def _grow(self) -> None:
        # It may be open without its editor yet, or closed already.
        if self.query(TextArea) and self._stand():
            self._keep_in_sight()

    def _keep_in_sight(self) -> bool:
        """Bring the excerpt that is written about out from under; whether it is."""
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        view = getattr(below, "view", None)
        return view is None or self.has_class("-above") or bool(view.keep_above(self._rows))

    # Words under way.

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Remember the words soon."""
        message.stop()
        self._words = message.text_area.text
        # The lines are counted when the words have been laid out.
        self.call_after_refresh(self._grow)
        if self._timer is None and not self._is_over:
            self._timer = self.set_timer(SECONDS_BETWEEN, self.keep_words)

    def on_descendant_blur(self) -> None:
        """The editor, or the whole window, is left: remember them now."""
        self.keep_words()

    def on_unmount(self) -> None:
        """The app ends: remember them now."""
        self.keep_words()

    def keep_words(self) -> None:
        """Remember the words as they stand, unless the memo is kept or dropped already."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._is_over:
            return
        # At the end of the app the editor may be gone before its dialog.
        text = next((editor.text for editor in self.query(TextArea)), self._words)
        if text != self._remembered:
            self._remember("" if text == self._page.kept else text)
            self._remembered = text

    def _remember(self, words: str) -> None:
        try:
            self._page.remember(words)
        except CoderError as error:
            self.app.tell(f"these words are not on disk yet: {error}", is_warning=True)

    # The two ways out.

    async def action_keep(self) -> None:
        """Close and keep what is written, down to the last letter."""
        # Letters typed just before may still wait in the editor's queue.
        read_all = Event()
        self.editor.call_next(read_all.set)
        await read_all.wait()
        if self._keep(self.editor.text):
            self._end()

    def action_discard(self) -> None:
        """Close and leave the memo as it was."""
        self._end()

    def _end(self) -> None:
        self._is_over = True
        if self._page.text != self._page.kept or self._remembered != self._page.text:
            self._remember("")
        self.dismiss()
