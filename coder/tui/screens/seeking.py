"""Going about by turns and questions, and to the next excerpt of some kind."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from coder.model import Turn
from coder.ops import walking
from coder.ops.walking import Wanted
from coder.tui.screens.revisiting import RevisitingScreen
from coder.tui.sought import Sought, SoughtExcerpts, SoughtWords, next_of
from coder.tui.widgets.wrapping import one_line


class SeekingScreen(RevisitingScreen):
    """A screen that goes to what is flagged, coded, disagreed on; every jump is on the trail."""

    pointed: tuple[str, str]
    """Set and id of the code at the code cursor."""

    @abstractmethod
    def _show_about(self) -> None:
        """Show the line about the transcript, with what was done last."""

    def say_where(self, words: str) -> None:
        """Say where one is, in the line about the transcript."""
        self.said = words
        self._show_about()

    # Jumps that are made elsewhere.

    async def action_step_open(self, step: int) -> None:
        """Go to an excerpt that needs work."""
        before = self.spot
        await super().action_step_open(step)
        self.jumped_from(before)

    def action_ends(self, place: int) -> None:
        """Go to the first (0) or last (-1) excerpt."""
        before = self.spot
        super().action_ends(place)
        self.jumped_from(before)

    async def action_step_revisit(self, step: int) -> None:
        """Go to an excerpt to revisit, in this transcript or another."""
        before = self.spot
        await super().action_step_revisit(step)
        if self.is_current:
            self.jumped_from(before)

    # Turns and questions.

    def action_step_turn(self, step: int) -> None:
        """Go to the turn after or before, whoever speaks."""
        self._step_turn(step, lambda turn: True, "turn")

    def action_step_question(self, step: int) -> None:
        """Go to the question after or before."""
        self._step_turn(step, lambda turn: bool(turn.question), "marked question")

    def _step_turn(self, step: int, wanted: Callable[[Turn], bool], what: str) -> None:
        transcript, here = self.sitting.transcript, self.reading_place
        began = max((t.span.start for t in transcript.turns if t.span.start <= here), default=-1)
        ahead = [
            turn
            for turn in transcript.turns[::step]
            if (turn.span.start - began) * step > 0
            and wanted(turn)
            and turn.words.of(transcript.text).strip()
        ]
        if not ahead:
            side = "after" if step > 0 else "before"
            self.app.tell(f"there is no {what} {side} this one")
            return
        turn = ahead[0]
        # In its own words: where the marks of time and speaker end.
        text = turn.words.of(transcript.text)
        self.view.put_cursor(turn.words.start + len(text) - len(text.lstrip()))
        self._follow()
        asked = f"  {one_line(turn.question)}" if turn.question else ""
        self.say_where(f"turn {turn.number} of {len(transcript.turns)}{asked}")

    @property
    def reading_place(self) -> int:
        """Code point of the sentence cursor, else of the current excerpt, else of the screen."""
        chosen, current = self.view.selected_span, self.sitting.work(self.index)
        if chosen is not None:
            return chosen.start
        return current.unit.span.start if current is not None else self.view.place_at_top

    # What is looked for, and the next of it.

    def action_next_flagged(self) -> None:
        """Go to the next excerpt with the flag chosen last, at first with any."""
        sought = self.app.sought
        is_flag = isinstance(sought, SoughtExcerpts) and sought.wanted.kind == "flagged"
        self._seek(sought if is_flag and sought else _flagged(""))

    async def action_choose_flag(self) -> None:
        """Choose which flag to look for, and go to the next excerpt with it."""
        from coder.ops.flags import flag_names
        from coder.tui.screens.forms import ChoiceDialog

        names = flag_names(self.sitting.study, self.sitting.coder)
        choices = [("", "any flag"), *((name, name) for name in names)]

        def seek(name: str | None) -> None:
            if name is not None:
                self._seek(_flagged(name))

        await self.app.push_screen(ChoiceDialog("Go to the next flagged", choices), seek)

    def action_next_with_code(self) -> None:
        """Go to the next excerpt that has the code at the cursor."""
        _, code = self.sitting.find(*self.pointed)
        if code is None:
            ids = ("coding.point_next", "coding.point_previous", "coding.pick_code")
            down, up, pick = map(self.app.shown_key, ids)
            self.app.tell(f"no code is at the cursor: choose one with {down} and {up} or {pick}")
        else:
            title = f"coded {one_line(code.name)}"
            self._seek(SoughtExcerpts(Wanted("code", code.id), title))

    def action_next_disagreement(self) -> None:
        """Go to the next excerpt on which somebody differs from this coder."""
        self._seek(SoughtExcerpts(Wanted("disagreement"), "disagreed on"))

    def action_next_sought(self, step: int) -> None:
        """Go to the next of what was looked for last, or the one before."""
        if self.app.sought is None:
            ids = ("find", "next_flagged", "next_with_code", "next_disagreement")
            words, flag, code, other = (self.app.shown_key(f"coding.{name}") for name in ids)
            self.app.tell(
                f"first look for something: {words} words, {flag} a flag, {code} a code, "
                f"{other} disagreements"
            )
        else:
            self._seek(self.app.sought, step)

    def _seek(self, sought: Sought, step: int = 1) -> None:
        self.app.sought = sought
        before = self.spot
        if isinstance(sought, SoughtWords):
            self.seek_words(sought, step)
        else:
            self._seek_excerpt(sought, step)
        self.jumped_from(before)

    @abstractmethod
    def seek_words(self, sought: SoughtWords, step: int) -> None:
        """Go to the next place where words stand, or the one before."""

    def _seek_excerpt(self, sought: SoughtExcerpts, step: int) -> None:
        places = self.app.attempt(lambda: self._places(sought.wanted))
        if places is None:
            return
        found = next_of(places, self.index, step)
        if found is None:
            self.app.tell(f"nothing here is {sought.title}{self._why_none(sought.wanted)}")
            return
        number, is_round = found
        if places == [self.index]:
            self.app.tell(f"this is the only excerpt here that is {sought.title}")
            return
        self.go_to(places[number])
        if sought.wanted.kind == "code":
            # So that the same key goes on to the next one.
            self.point_at(*self._place_of(sought.wanted.name))
        if is_round:
            end = "first" if step > 0 else "last"
            self.app.tell(f"round to the {end} excerpt that is {sought.title}")
        self.say_where(f"{sought.title}: {number + 1} of {len(places)}")

    def _places(self, wanted: Wanted) -> list[int]:
        sitting = self.sitting
        if wanted.kind == "disagreement":
            refs = walking.disagreed_in(
                sitting.study, sitting.coder, sitting.name, sitting.in_round
            )
            return [n for n, work in enumerate(sitting.works) if work.unit.ref in refs]
        book = sitting.book
        return [n for n, work in enumerate(sitting.works) if walking.fits(wanted, work, book)]

    def _place_of(self, code: str) -> tuple[str, str]:
        """Set and id of a code of the book."""
        found = ((s.id, c.id) for s, c in self.sitting.book.codes() if c.id == code)
        return next(found, self.pointed)

    def _why_none(self, wanted: Wanted) -> str:
        if wanted.kind != "disagreement":
            return ""
        hiding = walking.hiding_round(self.sitting.study, self.sitting.coder)
        return f": the open round {one_line(hiding)} hides others' codes" if hiding else ""


def _flagged(name: str) -> SoughtExcerpts:
    return SoughtExcerpts(Wanted("flagged", name), f"flagged {one_line(name)}".strip())
