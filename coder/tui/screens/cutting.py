"""What may change the excerpts themselves: split, join, drop, add, resize."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coder.model import Span
from coder.tui.screens.questioning import QuestioningScreen
from coder.tui.sitting import Sitting

if TYPE_CHECKING:
    from coder.ops.coding import Done


_PAINTS = frozenset(
    (
        "step",
        "ends",
        "pages",
        "select_move",
        "select_extend",
        "select_edge",
        "select_end",
        "select_to",
    )
)
"""Moves after which the line above is painted in any case."""
_MOVES = _PAINTS | frozenset(
    (
        "step_open",
        "step_revisit",
        "rows",
        "step_turn",
        "step_question",
        "trail",
        "find",
        "next_flagged",
        "next_with_code",
        "next_disagreement",
        "next_sought",
    )
)
"""Actions that go on to something else, where what was done last is no more of interest."""

_SCROLLS = ("rows", "pages")
_NOW_AT = "now at "


class CuttingScreen(QuestioningScreen):
    """A reading screen on which excerpts can be made and unmade."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.said = ""
        """What was done last, in the study's words."""

    def before_action(self, action: str) -> bool:
        """Told by the app what a key is about to do: whoever moves on has read what was done."""
        is_answer = super().before_action(action)
        if self.said and not is_answer:
            name = action.partition("(")[0]
            # Who scrolls on has not chosen that excerpt either.
            is_news = name in _SCROLLS and self.said.startswith(_NOW_AT)
            if name in _MOVES and not is_news:
                self.said = ""
                if name not in _PAINTS:
                    self.show_selection()
        return is_answer

    def taken_along(self) -> None:
        """Say which excerpt the keys mean from now on, which nobody chose."""
        mark = self.view.current_mark
        self.said = f"{_NOW_AT}{mark.number}" if mark else ""

    def do_to_list(self, verb: Callable[[], tuple[Done, int]], *, is_told: bool = True) -> None:
        """Do something that may change the excerpts themselves."""
        found = self.app.attempt(verb)
        if found is None:
            return
        done, place = found
        self.said = "" if is_told else done.words
        if is_told:
            self.app.tell(done.words)
        self.view.reshow(self.sitting.marks(), self.index)
        self.go_to(place, reveal=place != self.index)

    def work_is_here(self) -> bool:
        """Whether there is an excerpt to work on; one out of sight is brought back first."""
        if self.sitting.work(self.index) is None:
            self.app.tell("this transcript has no excerpts", is_warning=True)
            return False
        if not self.view.is_current_on_screen():
            self.view.reveal()
        return True

    def action_split(self) -> None:
        """Split the current excerpt before what is selected."""
        span = self.view.selected_span
        if span is None:
            key = self.app.shown_key("coding.cursor_right")
            self.app.tell(f"first move the cursor ({key}) to where the second part begins")
        elif self.work_is_here():
            self.do_to_list(lambda: self.sitting.split(self.index, span.start), is_told=False)

    def action_join(self) -> None:
        """Join the current excerpt with the one after it."""
        if self.index + 1 >= len(self.sitting.works):
            self.app.tell("there is no excerpt after this one", is_warning=True)
        elif self.work_is_here():
            self.do_to_list(lambda: self.sitting.join(self.index), is_told=False)

    def action_drop(self) -> None:
        """Drop the current excerpt."""
        if self.work_is_here():
            self.do_to_list(lambda: self.sitting.drop(self.index))

    def action_add(self) -> None:
        """Make an excerpt of what is selected."""
        span = self.view.selected_span
        if span is None:
            ids = ("cursor_right", "stop_later", "extend_right", "select_step")
            first, later, more, step = (self.app.shown_key(f"coding.{name}") for name in ids)
            self.app.tell(f"first select words: {first}, then {later} or {more}; {step} by words")
        else:
            self.do_to_list(lambda: self.sitting.add(self.index, span), is_told=False)

    def action_resize(self) -> None:
        """Let the current excerpt begin and end where the selection does."""
        span = self.view.selected_span
        if span is None:
            ids = ("start_earlier", "start_later", "stop_earlier", "stop_later")
            ends = " ".join(self.app.shown_key(f"coding.{name}") for name in ids)
            key = self.app.shown_key("coding.select_excerpt")
            self.app.tell(
                f"first select what it shall be: {key} selects it all, {ends} move its ends"
            )
        elif self.work_is_here():
            # An end that still shows the same words stays where it was, tags and all.
            before = self.sitting.works[self.index].unit.span
            shown = self.view.words_shown(before) or before
            start = before.start if span.start == shown.start else span.start
            stop = before.stop if span.stop == shown.stop else span.stop
            self.do_to_list(
                lambda: self.sitting.resize(self.index, Span(start, stop)), is_told=False
            )
