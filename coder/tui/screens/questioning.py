"""A question in the last line: the same key again says yes, and no other does so unawares."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import cached_property
from typing import NamedTuple

from coder.tui.commands import key_name
from coder.tui.screens.reading import ReadingScreen
from coder.tui.sitting import Sitting
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import clipped

_MEANT_AS_YES = ("finish", "code_key('y')")
"""What Enter and y do: pressed for OK they must not do it, nor answer what they do not mean."""

_MEANT_AS_NO = ("leave", "nothing", "end_tour")
"""What Escape and n do: they take the question back, and do no more than that."""


class Question(NamedTuple):
    """Something that is done only once yes was said to it."""

    about: Hashable
    """What is asked: equal where the same is asked again."""
    yes: tuple[str, ...]
    """Actions of the keys that say yes: they come again, and are let through."""
    how: str
    """How it is answered, in words."""
    on_no: Callable[[], None] | None = None
    """What puts things back as they were before it was asked."""


class QuestioningScreen(ReadingScreen):
    """A screen that asks before it does what may not be meant.

    A verb that asks is called again by the key that says yes: ``agreed`` tells the two apart.
    The same key again is yes; n and Escape are no; Enter and y, where they are not that key, do
    nothing, and the question stays. Any other key is no, and does what it always does.
    """

    @cached_property
    def key_line(self) -> KeyLine:
        """The last line."""
        return self.query_one(KeyLine)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting)
        self.question: Question | None = None
        """What is asked now."""

    def agreed(self, about: Hashable) -> bool:
        """Whether yes is being said to this; whatever was asked is asked no more."""
        question = self.question
        self.withdraw()
        return question is not None and question.about == about

    def ask(self, question: Question, why: Callable[[int], str], does: str, key: str) -> None:
        """Show a question in place of the keys until it is answered.

        Args:
            question: What is asked.
            why: What it is about, in so many cells.
            does: What yes does, as a question.
            key: The key that says yes.
        """
        answers = f" {does} {key} again = yes, Esc = no"
        room = max(self.size.width - len(answers) - 2, 20)
        words = clipped(why(room), room)
        self.question = question
        self.key_line.ask(f" {words}{'' if words.endswith('…') else '.'}{answers}")

    def withdraw(self) -> None:
        """Take the question back."""
        question, self.question = self.question, None
        if question is not None:
            self.key_line.ask("")
            if question.on_no is not None:
                question.on_no()

    def before_action(self, action: str) -> bool:
        """Told by the app what a key is about to do; True where that key was an answer only."""
        question = self.question
        if question is None or action in question.yes:
            return False
        if action in _MEANT_AS_YES:
            self.app.tell(question.how)
            return True
        self.withdraw()
        return action in _MEANT_AS_NO

    def arrive(self) -> None:
        """At another excerpt nothing is asked yet."""
        super().arrive()
        self.withdraw()

    def key_of(self, command: str, key: str) -> str:
        """How the key of a command is written, which somebody may have changed."""
        found = self.app.remapped.get(command, key).split(",")[0]
        return "Enter" if found == "enter" else key_name(found)
