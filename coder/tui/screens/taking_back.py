"""Undo and redo: they say where, ask before they reach into another transcript, and show what."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.tui.screens.noting import NotingScreen
from coder.tui.screens.questioning import Question
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from coder.ops.coding import Done, UnitWork
    from coder.ops.history import Next
    from coder.ops.list_walking import Walk


class TakingBackScreen(NotingScreen):
    """A screen on which what was done is taken back and brought back."""

    @property
    @abstractmethod
    def walk(self) -> Walk | None:
        """The list that is on."""

    @abstractmethod
    async def go_on(self) -> None:
        """After an excerpt that is finished: the next of the list, or the next open one."""

    @abstractmethod
    def look_at_set(self, code_set: str) -> None:
        """Show a code set, and what the book says of the code of it that is on the excerpt."""

    def action_undo(self) -> None:
        """Take back the last action."""
        from coder.ops.history import next_undo

        sitting = self.sitting
        found = self.app.attempt(lambda: (next_undo(sitting.study, sitting.coder),))
        if found is not None and self._may_take_back(found[0], "undo", "The last action", "u"):
            self._take_back(sitting.undo)

    async def action_redo(self) -> None:
        """Bring back what was undone; one that finished an excerpt goes on as Enter does."""
        from coder.ops.history import next_redo

        sitting = self.sitting
        found = self.app.attempt(lambda: (next_redo(sitting.study, sitting.coder),))
        if found is None or not self._may_take_back(found[0], "redo", "What was undone", "U"):
            return
        before = self._take_back(sitting.redo)
        if before is None or found[0] is None or found[0].kind != "done":
            return
        # As after Enter; what the corner says gives way to where it goes on.
        self.say_where(f"redid: {found[0].words}")
        if before.in_question and self.walk is None:
            self.go_on_revisiting()
        else:
            await self.go_on()

    def _may_take_back(self, found: Next | None, verb: str, what: str, key: str) -> bool:
        """Whether undo or redo may go on; it is asked for in another transcript than this one."""
        from coder.ops.history import transcripts_touched

        study, here = self.sitting.study, self.sitting.name
        is_agreed = self.agreed((verb, found.entry if found else ""))
        names = transcripts_touched(study, found.entry) if found else ()
        if found is None or is_agreed or not names or here in names:
            return True
        name, words = one_line(names[0]), one_line(found.words)
        key = self.key_of(f"coding.{verb}", key)
        how = f"{key} again {verb}es it there, Esc leaves it as it is"

        def why(room: int) -> str:
            long = f"{what} is in {name}: {words}"
            return long if len(long) <= room else f"In {name}: {words.replace(f'{name}:', '')}"

        self.ask(
            Question((verb, found.entry), (verb,), how),
            why,
            f"{verb.capitalize()} it there?",
            key,
        )
        return False

    def _take_back(self, verb: Callable[[int], tuple[Done, int]]) -> UnitWork | None:
        """Do it and look at what came or went; the excerpt as it was, if it is the same one."""
        known = {work.unit.ref: work for work in self.sitting.works}
        self.do_to_list(lambda: self._said_where(verb))
        now = self.sitting.work(self.index)
        before = known.get(now.unit.ref) if now else None
        if now is None or before is None or now == before:
            return None
        code_set, code = _what_changed(before, now)
        codes = [c.id for s in self.sitting.set_items(self.index) for c in s.codes
                 if s.id == code_set]  # fmt: skip
        if code in codes:
            self.point_at(code_set, code)
        elif code_set:
            self.look_at_set(code_set)
        return before

    def _said_where(self, verb: Callable[[int], tuple[Done, int]]) -> tuple[Done, int]:
        from coder.ops.history import touched

        here = self.index
        before = self.sitting.work(here)
        done, place = verb(here)
        refs = touched(self.sitting.study, done.entry)
        if not refs or any(self.sitting.index_of(ref) is not None for ref in refs):
            return done, place
        names = dict.fromkeys(ref.rpartition(":")[0] for ref in refs)
        where = "on an excerpt that is not listed here"
        if self.sitting.name not in names:
            where = f"in {next(iter(names))}, not in this transcript"
        stay = self.sitting.index_of(before.unit.ref) if before else None
        return replace(done, words=f"{done.words} ({where})"), place if stay is None else stay


def _what_changed(before: UnitWork, now: UnitWork) -> tuple[str, str]:
    """Set and id of the code that came, else went; else the one set that is decided otherwise."""
    was = [(c.code_set.rpartition(":")[2], c.code) for c in before.codings]
    has = [(c.code_set.rpartition(":")[2], c.code) for c in now.codings]
    came, went = [one for one in has if one not in was], [one for one in was if one not in has]
    if came or went:
        return (came or went)[0]
    decided = [
        code_set
        for code_set in dict.fromkeys([*before.decisions, *now.decisions])
        if before.decisions.get(code_set) != now.decisions.get(code_set)
    ]
    return (decided[0], "") if len(decided) == 1 else ("", "")
