"""The coding screen: read an interview and code it from the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Container

from coder.tui.about_line import About, about_line
from coder.tui.answering import people_in_line
from coder.tui.commands import bindings
from coder.tui.marks import STATE_SIGNS, first_open_set, short_title
from coder.tui.messages import CodePicked, CodePointed
from coder.tui.screens.coding_keys import CODE_KEYS, CODING_COMMANDS
from coder.tui.screens.queueing import QueueingScreen
from coder.tui.sitting import Sitting
from coder.tui.widgets.code_panel import CodePanel
from coder.tui.widgets.definition_pane import DefinitionPane
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.one_line import OneLine
from coder.tui.widgets.transcript_view import TranscriptView
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.ops.coding import Done

WIDE_FROM = 110
"""From this many columns the definition stands beside the transcript, else below it."""


class CodingScreen(QueueingScreen):
    """One transcript, one coder, one codebook.

    Every key goes to the study through the sitting, and what is painted is what the study says
    afterwards: a code that shows is on disk.
    """

    CSS_PATH = ["../panels.tcss", "coding.tcss"]  # noqa: RUF012 - Textual says list
    AUTO_FOCUS = "TranscriptView"
    DECLARED = CODING_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CODING_COMMANDS), *CODE_KEYS]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_FROM, "-wide")]  # noqa: RUF012 - theirs

    @cached_property
    def panel(self) -> CodePanel:
        """The code sets."""
        return self.query_one(CodePanel)

    @cached_property
    def pane(self) -> DefinitionPane:
        """What the book says of the code at the cursor."""
        return self.query_one(DefinitionPane)

    @cached_property
    def about(self) -> OneLine:
        """The line at the top."""
        return self.query_one("#about", OneLine)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.focused_set = ""
        self.pointed: tuple[str, str] = ("", "")

    def compose(self) -> ComposeResult:
        """A line about the transcript, the sitting, the keys."""
        yield OneLine(id="about")
        with Container(id="desk"):
            yield TranscriptView()
            yield CodePanel()
            yield DefinitionPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin where it was left, else where work is left."""
        is_long = self.app.loaded.settings.definition == "long"
        self.set_class(is_long and self.app.size.width < WIDE_FROM, "-defined")
        self.view.show(self.sitting.transcript, self.sitting.marks(), self.first_place())
        self.arrive()
        self.keep_places()

    def on_resize(self) -> None:
        """The line about the transcript, and the form of the definition, depend on the width."""
        self.call_after_refresh(self._show_all)

    # What is shown beside the transcript.

    def arrive(self) -> None:
        """At another excerpt: look at the set that is asked first here."""
        super().arrive()
        current = self.sitting.work(self.index)
        if current is not None:
            self._focus_on(first_open_set(current, self.sitting.book))
        self._show_all()
        self.view.prepare_soon(self.index + 1)

    def _focus_on(self, code_set: str) -> None:
        """Look at a set: at the first code of it that is on the excerpt, else at its first."""
        self.focused_set = code_set
        items = self.sitting.set_items(self.index)
        codes = next((item.codes for item in items if item.id == code_set), ())
        on_it = [code.id for code in codes if code.is_applied]
        if self.pointed not in [(code_set, code) for code in on_it]:
            self.pointed = (code_set, next(iter([*on_it, *(code.id for code in codes)]), ""))

    def look_at_set(self, code_set: str) -> None:
        """Show a code set, and what the book says of the code of it that is on the excerpt."""
        self._focus_on(code_set or self.focused_set)
        self._show_all()

    def _show_all(self) -> None:
        if self.is_mounted:
            self._show_panel()
            self._show_definition()
            self._show_about()

    def _show_panel(self) -> None:
        self.panel.show(self.sitting.set_items(self.index), self.focused_set, self.pointed)

    def _show_definition(self) -> None:
        is_short = self.has_class("-narrow") and not self.has_class("-defined")
        current = self.sitting.work(self.index)
        changed = current.in_question.get(self.pointed[0], ()) if current else ()
        found = self.sitting.find(*self.pointed)
        on_it = self.sitting.coding_of(self.index, self.pointed[1]) if current else None
        memo = on_it.memo if on_it else ""
        self.pane.show(*found, is_short=is_short, changed=changed, memo=memo)

    def _show_about(self) -> None:
        """Where we are and what was done last, in one line."""
        sitting, count = self.sitting, len(self.sitting.works)
        finished, asked = sitting.progress
        done = f"{STATE_SIGNS['finished']} {finished} of {asked}"
        if self.time_left and finished < asked and self.size.width >= WIDE_FROM:
            done += f"   {self.time_left}"
        listed, at = self.list_words
        current = sitting.work(self.index)
        unit = current.unit if current else None
        about = About(
            transcript=one_line(sitting.transcript.name),
            people=lambda width: (
                ((clipped(listed, width), "quiet"),)
                if listed
                else people_in_line(sitting.transcript, unit, width)
            ),
            at=at,
            said=self.said,
            selecting=self.selection_in_words,
            place=f"{self.index + 1} of {count}" if count else "no excerpts",
            done=done,
            alias=one_line(sitting.coder.alias),
        )
        self.about.show(*about_line(about, self.size.width))

    def show_selection(self) -> None:
        """Show by what the keys select."""
        self._show_about()

    # Doing.

    def _do(self, verb: Callable[[], Done], at_code: tuple[str, str] | None = None) -> bool:
        """Do something to the current excerpt and show it; False where it was refused.

        Args:
            verb: What to do.
            at_code: Set and id of the code that was pressed: the code cursor goes there.
        """
        done = self.app.attempt(verb)
        return done is not None and self._show_done(self.index, done, at_code)

    def do_at(self, place: int, verb: Callable[[], Done]) -> bool:
        """Do something to an excerpt and show it; False where it was refused."""
        done = self.app.attempt(verb)
        return done is not None and self._show_done(place, done)

    def _show_done(self, place: int, done: Done, at_code: tuple[str, str] | None = None) -> bool:
        self.said = done.words
        if at_code is not None:
            self.pointed, self.focused_set = at_code, at_code[0]
        self.view.remark(place, self.sitting.mark(place))
        self._show_all()
        return True

    def action_code_key(self, key: str) -> None:
        """A code's key puts it on the current excerpt, whatever panel has the focus."""
        found = self.sitting.codes_of_key(key, self.focused_set)
        if len(found) == 1:
            self.press(*found[0])
        elif found:
            sets = [self.sitting.book.code_set(set_id) for set_id, _ in found]
            names = " and ".join(short_title(code_set) for code_set in sets if code_set)
            other = self.app.shown_key("coding.next_set")
            self.app.tell(f"{key} is a key of {names}: choose the set with {other}")

    def press(self, code_set: str, code: str) -> None:
        """Put a code on the current excerpt, or take it off."""
        if not self.work_is_here() or not self.may_put(code_set, code):
            return
        press = self.sitting.press
        if self._do(lambda: press(self.index, code_set, code), at_code=(code_set, code)):
            self.tell_what_hangs()

    def action_nothing(self) -> None:
        """Say that nothing of the set in focus applies, and look at the next open set."""
        self._decide(self.sitting.nothing)

    def action_not_applicable(self) -> None:
        """Say that the set in focus was not asked here, and look at the next open set."""
        self._decide(self.sitting.not_applicable)

    def _decide(self, verb: Callable[[int, str], Done]) -> None:
        code_set = self.focused_set
        if self.work_is_here() and self._do(lambda: verb(self.index, code_set)):
            current = self.sitting.works[self.index]
            self._focus_on(first_open_set(current, self.sitting.book))
            self._show_panel()
            self._show_definition()
            self.tell_what_hangs()

    async def action_finish(self) -> None:
        """Finish the current excerpt and go to the next that needs work."""
        if not self.work_is_here():
            return
        if not self.may_finish():
            return
        is_revisited = self.sitting.is_in_question(self.index)
        has_work = is_revisited or self.sitting.has_open_sets(self.index)
        if has_work and not self._do(lambda: self.sitting.finish(self.index)):
            return
        if has_work:
            self.count_time_left()
        if is_revisited and self.walk is None:
            self.go_on_revisiting()
        else:
            await self.go_on()

    # The code sets and the code cursor.

    def point_at(self, code_set: str, code: str, *, is_focused: bool = True) -> None:
        """Put the code cursor on a code, and its set in focus."""
        self.pointed = (code_set, code)
        if is_focused:
            self.focused_set = code_set
        self._show_panel()
        self._show_definition()

    def on_code_pointed(self, message: CodePointed) -> None:
        """A code was clicked."""
        message.stop()
        self.point_at(message.code_set, message.code)

    def on_code_picked(self, message: CodePicked) -> None:
        """A code was taken from the panel."""
        message.stop()
        self.press(message.code_set, message.code)

    def action_focus_set(self, step: int) -> None:
        """Go round the code sets."""
        ids = [code_set.id for code_set in self.sitting.book.code_sets]
        if ids:
            place = ids.index(self.focused_set) if self.focused_set in ids else -step
            self._focus_on(ids[(place + step) % len(ids)])
            self._show_panel()
            self._show_definition()

    def action_point(self, step: int) -> None:
        """Move the code cursor."""
        place = self.panel.beside(self.pointed, step)
        if place is not None:
            self.point_at(*place)

    def action_rows(self, rows: int) -> None:
        """Scroll by lines; in the code panel the same keys move the code cursor."""
        if self.panel.has_focus:
            self.action_point(rows)
        else:
            super().action_rows(rows)

    def action_put_pointed(self) -> None:
        """Put on or take off the code at the cursor."""
        if self.pointed[1]:
            self.press(*self.pointed)

    def action_definition(self) -> None:
        """More or less of the definition."""
        self.toggle_class("-defined")
        self.call_after_refresh(self._show_definition)

    async def action_codebook(self) -> None:
        """The codebook, at the code at the cursor."""
        await self.app.open_codebook(self.pointed)

    async def action_agreement(self) -> None:
        """How far coders agree on the set in focus."""
        await self.app.open_agreement(self.focused_set)

    async def action_tallies(self) -> None:
        """Shares of the set in focus."""
        await self.app.open_tallies(self.focused_set)

    def action_export(self) -> None:
        """All tables as spreadsheets."""
        from coder.tui.exporting import ask_and_export

        ask_and_export(self.app)

    def action_panel(self) -> None:
        """Between the text and the codes."""
        self.set_focus(self.view if self.panel.has_focus else self.panel)

    def action_leave(self) -> None:
        """One step out: selection, what was found, code panel, list, transcript."""
        if self.view.leave_selection() or self.put_hits_away():
            return
        if self.panel.has_focus:
            self.set_focus(self.view)
        elif not self.end_list():
            self.keep_place()
            self.app.trail.leave(self.spot)
            self.app.came_from = self.sitting.name
            self.dismiss()

    # Other windows.

    def on_screen_resume(self) -> None:
        """Back from the codebook, which may say something else now."""
        if self.is_mounted and self.sitting.book is not self.app.study.codebook:
            self.study_changed()

    def study_changed(self) -> None:
        """Something was changed elsewhere: show it without moving what is being read."""
        current = self.sitting.work(self.index)
        text = self.sitting.transcript.revision
        self.sitting.read_all()
        place = self.index
        if current is not None:
            found = self.sitting.index_of(current.unit.ref)
            place = self.sitting.index_near(current.unit.span) if found is None else found
        if self.sitting.transcript.revision != text:
            self.view.show(self.sitting.transcript, self.sitting.marks(), place)
        else:
            self.view.reshow(self.sitting.marks(), place)
        self._show_all()
