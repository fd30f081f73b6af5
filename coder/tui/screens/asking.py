"""A code that contradicts the book is asked for once, in the last line, without stopping a hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual import getters

from coder.tui.screens.noting import NotingScreen
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from coder.ops.contradictions import Contradiction
    from coder.tui.sitting import Sitting


class _Question(NamedTuple):
    ref: str
    code_set: str
    code: str
    key: str
    """Of the code; empty for one without."""
    before: tuple[str, str]
    """Where the code cursor stood."""


class AskingScreen(NotingScreen):
    """A screen on which some codes are asked for: the same key again puts them on.

    Any other key means no, and does what it always does; only Escape does no more than that.
    """

    key_line = getters.query_one(KeyLine)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self._question: _Question | None = None
        self._agreed: set[tuple[str, str, str]] = set()
        """Excerpt, set and reason of what was put on against the book in this sitting."""

    def may_put(self, code_set: str, code: str) -> bool:
        """Whether a code may go on now; else the question is on screen, and its key says yes."""
        from coder.ops.contradictions import codes_on, contradictions

        work, (found_set, found) = self.sitting.works[self.index], self.sitting.find(code_set, code)
        asked = _Question(work.unit.ref, code_set, code, found.key if found else "", self.pointed)
        is_answer = self._question is not None and self._question[:3] == asked[:3]
        self.withdraw()
        if found_set is None or found is None or not found.is_offered:
            return True
        on_it = codes_on(self.sitting.book, work).get(code_set)
        if on_it or self.sitting.coding_of(self.index, code) is not None:
            return True  # it comes off, or the set was agreed on before
        against = {
            (asked.ref, one.code_set, one.reason): one
            for one in contradictions(self.sitting.book, work, found_set)
        }
        doubts = [one for key, one in against.items() if key not in self._agreed]
        if not doubts or is_answer:
            self._agreed |= against.keys()
            return True
        self._question = asked
        # Digits that several sets share still go to the set in focus.
        self.point_at(code_set, code, is_focused=False)
        key = found.key or self.app.shown_key("coding.put_pointed")
        self.key_line.ask(self._in_words(doubts, key))
        return False

    def _in_words(self, doubts: Sequence[Contradiction], key: str) -> str:
        """The question in one line; when the set is asked stands in it as far as there is room."""
        answers = f". Put it on? {key} = yes, other keys = no "
        why = one_line("; ".join(one.words for one in doubts))
        room = max(self.size.width - len(answers) - 1, 20)
        when = one_line(doubts[0].asked_when)
        if when and cell_len(why) + 20 < room:
            why = clipped(f"{why} (asked when: {when}", room - 1) + ")"
        return f" {clipped(why, room)}{answers}"

    def withdraw(self) -> None:
        """Take the question back; the code cursor goes where it was."""
        question, self._question = self._question, None
        if question is not None:
            self.key_line.ask("")
            if self.pointed == question[1:3]:
                self.point_at(*question.before, is_focused=False)

    def before_action(self, action: str) -> bool:
        """Told by the app what a key is about to do; True where that key was an answer only."""
        question = self._question
        if question is None or action == f"code_key({question.key!r})":
            return False
        if action == "put_pointed":
            return False  # at the code in question, where the code cursor stands
        self.withdraw()
        return action == "leave"

    def arrive(self) -> None:
        """At another excerpt nothing is asked yet."""
        super().arrive()
        self.withdraw()

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
