"""What is asked for once, in the last line: a code against the book, finishing with nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from coder.tui.screens.questioning import Question
from coder.tui.screens.taking_back import TakingBackScreen
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from coder.model import Code
    from coder.ops.contradictions import Contradiction
    from coder.tui.sitting import Sitting


class AskingScreen(TakingBackScreen):
    """A screen on which some codes, and Enter where nothing is, want the same key again."""

    focused_set: str
    """The set that keys of several sets go to."""

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._agreed: set[tuple[str, str, str]] = set()
        """Excerpt, set and reason of what was put on against the book in this sitting."""

    def may_put(self, code_set: str, code: str) -> bool:
        """Whether a code may go on now; else the question is on screen, and its key says yes."""
        from coder.ops.contradictions import codes_on, contradictions

        work, (found_set, found) = self.sitting.works[self.index], self.sitting.find(code_set, code)
        about = (work.unit.ref, code_set, code)
        is_agreed = self.agreed(about)
        if found_set is None or found is None or not found.is_offered:
            return True
        on_it = codes_on(self.sitting.book, work).get(code_set)
        if on_it or self.sitting.coding_of(self.index, code) is not None:
            return True  # it comes off, or the set was agreed on before
        against = {
            (work.unit.ref, one.code_set, one.reason): one
            for one in contradictions(self.sitting.book, work, found_set)
        }
        doubts = [one for key, one in against.items() if key not in self._agreed]
        if not doubts or is_agreed:
            self._agreed |= against.keys()
            return True
        self._ask_for(about, found, doubts)
        return False

    def _ask_for(
        self, about: tuple[str, str, str], code: Code, doubts: list[Contradiction]
    ) -> None:
        _, code_set, _ = about
        before = self.pointed
        # A digit may be a key of several sets: then it says yes only if it means this code.
        means_it = list(self.sitting.codes_of_key(code.key, self.focused_set)) == [about[1:]]
        key = code.key if means_it else self.app.shown_key("coding.put_pointed")
        yes = (f"code_key({code.key!r})", "put_pointed") if means_it else ("put_pointed",)

        def point_back() -> None:
            if self.pointed == about[1:]:
                self.point_at(*before, is_focused=False)

        # Digits that several sets share still go to the set in focus.
        self.point_at(code_set, code.id, is_focused=False)
        how = f"{key} again puts {one_line(code.name)} on, Esc leaves it off"
        question = Question(about, yes, how, point_back)
        self.ask(question, lambda room: _in_words(doubts, room), "Put it on?", key)

    def may_finish(self) -> bool:
        """Whether the excerpt may be finished now; one with nothing on it is asked for first.

        An absence is recorded, never guessed: not from a key that was pressed once too often.
        """
        work = self.sitting.works[self.index]
        about = ("finish", work.unit.ref)
        is_untouched = bool(work.asked) and not (work.codings or work.decisions)
        if self.agreed(about) or not is_untouched:
            return True
        key = self.key_of("coding.finish", "enter")
        how = f"{key} again finishes it with nothing applied, Esc leaves it open"
        self.ask(
            Question(about, ("finish",), how),
            lambda room: "Nothing is coded here",
            "Finish with nothing applied?",
            key,
        )
        return False

    def tell_what_hangs(self) -> None:
        """Say which codes of the excerpt depend on one that is not there, after a change of it."""
        from coder.ops.contradictions import left_hanging

        work = self.sitting.works[self.index]
        hanging = {
            (work.unit.ref, one.code_set, one.reason): one.words
            for one in left_hanging(self.sitting.book, work)
        }
        news = [words for key, words in hanging.items() if key not in self._agreed]
        self._agreed |= hanging.keys()
        if news:
            self.app.tell(f"still on {work.unit.ref}: {'; '.join(news)}", is_warning=True)


def _in_words(doubts: Sequence[Contradiction], room: int) -> str:
    """What speaks against a code; when the set is asked stands in it as far as there is room."""
    why = one_line("; ".join(one.words for one in doubts))
    when = one_line(doubts[0].asked_when)
    if when and cell_len(why) + 20 < room:
        return clipped(f"{why} (asked when: {when}", room - 1) + ")"
    return why
