"""The guided tour: a panel below the work, which goes on when the real key was pressed.

It only looks on. Whoever does something else does it, and the panel waits or says where the tour
goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Static

from coder.config import remember
from coder.ops.history import done_since, newest
from coder.tui.key_words import filled, known_commands
from coder.tui.surroundings import is_too_small
from coder.tui.tour_steps import CODING, DIALOG, HOME, STEPS, Step, codes_here, free_code
from coder.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from coder.tui.guided import GuidedApp


class TourPanel(Static):
    """What to press, and why: above the keys, beside nothing, over nothing."""

    DEFAULT_CSS = """
    TourPanel {
        height: auto;
        max-height: 5;
        padding: 0 1;
        border-top: solid $accent;
        border-title-color: $turn-margin;
        background: $surface;
    }
    """


class Tour:
    """Where somebody is in the tour.

    Args:
        app: The app, on the sample study.
    """

    def __init__(self, app: GuidedApp) -> None:
        self._app = app
        self._steps: tuple[Step, ...] = ()
        self._place = 0
        self._before: tuple[str, object] | None = None
        self._since = 0
        """Where the journal ended when the tour began."""
        self._is_under_way = False
        """Whether the step's key was pressed, and a dialog that it opened may still be there."""

    @property
    def step(self) -> Step:
        """What is to be tried now."""
        return self._steps[self._place]

    def begin(self) -> None:
        """Show the first step, on whatever screen there is; it is not offered again."""
        app = self._app
        if app.memory is not None:
            try:
                remember(app.memory, "tour")
            except OSError as error:
                app.tell(f"the tour will be offered again: {error.filename}: {error.strerror}")
        self._since = newest(app.study)
        known = known_commands()
        self._steps = tuple(step for step in STEPS if not step.needs or step.needs in known)
        self.look()

    def end(self) -> None:
        """Take the panel away."""
        app = self._app
        app.tour = None
        for screen in app.screen_stack:
            screen.query(TourPanel).remove()
            screen.remove_class("-touring")

    def takes(self, action: str) -> bool:
        """Whether a key is the tour's: in dialogs, and where Escape is asked for, it is not."""
        if self._is_busy():
            return False
        is_wanted = self.step.uses_escape or self._is_elsewhere(HOME)
        return action == "skip_step" or not is_wanted

    def _is_busy(self) -> bool:
        """Whether a dialog is open or words are being typed: then the tour waits."""
        focused = self._app.focused
        is_typing = focused is not None and focused.check_consume_key("a", "a")
        return is_typing or place_of(self._app.screen) == DIALOG

    def _is_elsewhere(self, where: str) -> bool:
        """Whether the step is to be done there, and that is not where we are."""
        return self.step.where == where and place_of(self._app.screen) != where

    def saw(self, action: str) -> None:
        """Something was done: go on if it was what the step asks for."""
        name = action.partition("(")[0].rpartition(".")[2]
        if name in self.step.actions and not self.step.changes:
            self._is_under_way = True
        self.look()

    def look(self) -> None:
        """Go on where the step is done, and show what is next."""
        if self._app.tour is not self or self._is_busy():
            return
        if self._is_done():
            self.go_on()
        else:
            self._show()

    def _is_done(self) -> bool:
        step = self.step
        if step.takes_back:
            return self._left == 0
        if not step.actions:
            return place_of(self._app.screen) != step.where
        if not step.changes:
            return self._is_under_way
        before, now = self._before, codes_here(self._app)
        self._before = now
        return before is not None and now is not None and before[0] == now[0] and before != now

    @property
    def _left(self) -> int:
        """How much of what was done since the tour began still stands."""
        coder = self._app.coder
        return done_since(self._app.study, coder, self._since) if coder else 0

    def go_on(self) -> None:
        """The next step; after the last one, none."""
        self._is_under_way = False
        if self._place + 1 == len(self._steps):
            self.end()
            return
        self._place += 1
        self._before = codes_here(self._app)
        self.look()

    def _show(self) -> None:
        screen = self._app.screen
        where = place_of(screen)
        if is_too_small(self._app.size):
            return
        try:
            panel = screen.query_one(TourPanel)
        except NoMatches:
            panel = TourPanel(markup=False)
            screen.mount(panel, before=screen.query_one(KeyLine))
            screen.add_class("-touring")
        panel.border_title = self._title()
        panel.update(self._words(where))

    def _words(self, where: str) -> Content:
        step = self.step
        words, why = step.words, step.why
        if where != step.where:
            why = ""
            words = "The tour goes on in a transcript: open one"
            if step.where == HOME:
                words = "The tour goes on at the list of transcripts: {coding.home} goes there"
        if "{times}" in words:
            left = self._left
            words = words.replace("{times}", "once" if left == 1 else f"{left} times")
        return Content.assemble((f"{self._filled(words)}\n", "bold"), self._filled(why))

    def _title(self) -> str:
        ends = "" if self.step.uses_escape or self._is_elsewhere(HOME) else "Esc ends it, "
        return f"Tour {self._place + 1} of {len(self._steps)}: {ends}Ctrl+T next step"

    def _filled(self, words: str) -> str:
        """The words with the keys as they are now."""
        screen = self._app.screen
        sitting = getattr(screen, "sitting", None)
        if sitting is not None and "{code}" in words:
            at, code_set = getattr(screen, "index", 0), getattr(screen, "focused_set", "")
            code, name = free_code(sitting, at, code_set)
            words = filled(words, self._app.shown_key)
            return words.replace("{code}", code).replace("{name}", name)
        return filled(words, self._app.shown_key)


def place_of(screen: Screen[object]) -> str:
    """Which of the tour's places a screen is."""
    name = type(screen).__name__
    return {"HomeScreen": HOME, "CodingScreen": CODING}.get(name, DIALOG)
