"""Finding: words, flags, codes, disagreements, turns and questions, a code, a transcript."""

from __future__ import annotations

from collections.abc import Callable

from coder.model import Span, Turn, Viewer
from coder.ops import recents, walking
from coder.ops.searching import Hit, find_in
from coder.ops.walking import Wanted
from coder.tui.screens.revisiting import RevisitingScreen
from coder.tui.sought import Sought, SoughtExcerpts, SoughtWords, next_of
from coder.tui.trail import Spot
from coder.tui.widgets.transcript_hits import Hits
from coder.tui.widgets.wrapping import one_line


class FindingScreen(RevisitingScreen):
    """A screen from which anything in the study is found; every jump is on the trail."""

    pointed: tuple[str, str]
    """Set and id of the code at the code cursor."""

    def press(self, code_set: str, code: str) -> None:
        """Put a code on the current excerpt, or take it off."""
        raise NotImplementedError

    def _show_about(self) -> None:
        """Show the line about the transcript, with what was done last."""
        raise NotImplementedError

    def _say(self, words: str) -> None:
        """Say where one is, in the line about the transcript."""
        self.said = words
        self._show_about()

    # Jumps that are made elsewhere.

    def action_step_open(self, step: int) -> None:
        """Go to an excerpt that needs work."""
        before = self.spot
        super().action_step_open(step)
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
        transcript, here = self.sitting.transcript, self._reading_place
        spoken = [turn for turn in transcript.turns if turn.words.of(transcript.text).strip()]
        if step > 0:
            ahead = [turn for turn in spoken if turn.words.start > here and wanted(turn)]
        else:
            ahead = [turn for turn in spoken if turn.words.stop <= here and wanted(turn)][::-1]
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
        self._say(f"turn {turn.number} of {len(transcript.turns)}{asked}")

    @property
    def _reading_place(self) -> int:
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
            self.app.tell("no code is at the cursor: choose one with . and , or +")
        else:
            title = f"coded {one_line(code.name)}"
            self._seek(SoughtExcerpts(Wanted("code", code.id), title))

    def action_next_disagreement(self) -> None:
        """Go to the next excerpt on which somebody differs from this coder."""
        self._seek(SoughtExcerpts(Wanted("disagreement"), "disagreed on"))

    def action_next_sought(self, step: int) -> None:
        """Go to the next of what was looked for last, or the one before."""
        if self.app.sought is None:
            self.app.tell("first look for something: / words, ! a flag, * a code, % disagreements")
        else:
            self._seek(self.app.sought, step)

    def _seek(self, sought: Sought, step: int = 1) -> None:
        self.app.sought = sought
        before = self.spot
        if isinstance(sought, SoughtWords):
            self._seek_words(sought, step)
        else:
            self._seek_excerpt(sought, step)
        self.jumped_from(before)

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
        if is_round:
            end = "first" if step > 0 else "last"
            self.app.tell(f"round to the {end} excerpt that is {sought.title}")
        self._say(f"{sought.title}: {number + 1} of {len(places)}")

    def _places(self, wanted: Wanted) -> list[int]:
        sitting = self.sitting
        if wanted.kind == "disagreement":
            refs = walking.disagreed_in(
                sitting.study, sitting.coder, sitting.name, sitting.in_round
            )
            return [n for n, work in enumerate(sitting.works) if work.unit.ref in refs]
        book = sitting.book
        return [n for n, work in enumerate(sitting.works) if walking.fits(wanted, work, book)]

    def _why_none(self, wanted: Wanted) -> str:
        if wanted.kind != "disagreement":
            return ""
        hiding = walking.hiding_round(self.sitting.study, self.sitting.coder)
        return f": the open round {one_line(hiding)} hides others' codes" if hiding else ""

    # Words.

    async def action_find(self) -> None:
        """Type words to find in this transcript."""
        from coder.tui.screens.searching import SearchBar

        begun, before = self._reading_place, self.spot
        index, top, hits = self.index, self.view.scroll_offset.y, self.view.hits

        def look(words: str, step: int) -> str:
            if not step:
                return self._look(words, begun)
            self._to_hit(step)
            return self._hit_count

        def end(words: str, keeps: bool) -> None:
            if keeps and self.view.hits.spans:
                self.app.sought = SoughtWords(words)
                self.jumped_from(before)
                self._say(f"{SoughtWords(words).title} {self._hit_count}")
                return
            self.view.show_hits(hits)
            self.go_to(index, reveal=False)
            self.view.scroll_to(y=top, animate=False, force=True, immediate=True)
            if keeps and words.strip():
                self.app.tell(
                    f"{SoughtWords(words).title} is not in this transcript; \\ looks in all"
                )

        sought = self.app.sought
        words = sought.words if isinstance(sought, SoughtWords) else ""
        bar = SearchBar(words, look, end, self._find_everywhere)
        await self.app.push_screen(bar)

    async def action_find_everywhere(self) -> None:
        """Type words to find in all transcripts."""
        sought = self.app.sought
        await self._find_everywhere(sought.words if isinstance(sought, SoughtWords) else "")

    async def _find_everywhere(self, words: str) -> None:
        from coder.tui.screens.searching import EverywhereDialog

        viewer = Viewer(self.sitting.coder.alias)
        await self.app.push_screen(EverywhereDialog(words, viewer, self._open_hit))

    async def _open_hit(self, hit: Hit, words: str) -> None:
        """Show a hit, in this transcript or another."""
        self.app.sought = SoughtWords(words)
        before = self.spot
        screen: FindingScreen | None = self
        if hit.transcript != self.sitting.name:
            screen = await self.open_at(Spot(hit.transcript, hit.ref, hit.span.start))
        if screen is not None:
            screen._look(words, hit.span.start)
            screen._say(f"{SoughtWords(words).title} {screen._hit_count}")
            if screen is self:
                self.jumped_from(before)

    def _look(self, words: str, begin: int) -> str:
        """Mark the words and go to the first place of them from a place on; say how many."""
        spans = find_in(self.sitting.transcript.text, words) if words.strip() else ()
        found = Hits(spans)
        self._go_to_hit(spans, found.after(begin))
        return self._hit_count if words.strip() else ""

    def _to_hit(self, step: int) -> bool:
        """Go to the hit after or before; whether that took going round an end."""
        hits, here = self.view.hits, self.view.hits.here
        if not hits.spans:
            return False
        place = self._reading_place
        after = hits.after(place) if step > 0 else hits.before(place)
        if here is not None and self._is_at(hits.spans[here]):
            after = (here + step) % len(hits.spans)
        self._go_to_hit(hits.spans, after)
        if here is None or after is None or (after - here) * step > 0:
            return False
        end = "beginning" if step > 0 else "end"
        self.app.tell(f"round to the {end} of the transcript")
        return True

    def _is_at(self, span: Span) -> bool:
        """Whether one is still at a hit, and has not gone somewhere else since."""
        found = self.view.excerpt_at(span.start)
        return found is None or found == self.index

    def _go_to_hit(self, spans: tuple[Span, ...], number: int | None) -> None:
        self.view.show_hits(Hits(spans, number))
        if number is None:
            return
        place = spans[number].start
        index = self.view.excerpt_at(place)
        if index is not None:
            self.go_to(index, reveal=False)
        self.view.show_place(place)

    def _seek_words(self, sought: SoughtWords, step: int) -> None:
        spans = find_in(self.sitting.transcript.text, sought.words)
        if spans != self.view.hits.spans:
            self.view.show_hits(Hits(spans))
        if not spans:
            self.app.tell(f"{sought.title} is not in this transcript; \\ looks in all")
            return
        self._to_hit(step)
        self._say(f"{sought.title} {self._hit_count}")

    @property
    def _hit_count(self) -> str:
        hits = self.view.hits
        here = 0 if hits.here is None else hits.here + 1
        return f"{here} of {len(hits.spans)}" if hits.spans else "not found"

    def put_hits_away(self) -> bool:
        """Mark nothing any more; whether anything was marked."""
        had_any = bool(self.view.hits.spans)
        if had_any:
            self.view.show_hits(Hits())
            self._say("")
        return had_any

    # Pickers.

    async def action_pick_code(self) -> None:
        """Find a code by typing, and put it on the current excerpt."""
        from coder.tui.screens.pickers import CodePicker

        current, sitting = self.sitting.work(self.index), self.sitting
        if current is None or not self.work_is_here():
            return
        recent = recents.recent_codes(sitting.study, sitting.coder, sitting.book)
        items = sitting.set_items(self.index)
        title = f"A code for {current.unit.ref}"
        picker = CodePicker(title, sitting.book, items, recent, self.press, self.point_at)
        await self.app.push_screen(picker)
        self.view.keep_above(picker.covered_rows)

    async def action_pick_transcript(self) -> None:
        """Find a transcript by typing, and open it."""
        from coder.tui.screens.pickers import pick_transcript

        async def open_(name: str) -> None:
            await self.open_at(Spot(name))

        await pick_transcript(self.app, self.sitting.coder, open_)


def _flagged(name: str) -> SoughtExcerpts:
    return SoughtExcerpts(Wanted("flagged", name), f"flagged {one_line(name)}".strip())
