"""Finding by typing: words in the text, a code of the book, a transcript of the study."""

from __future__ import annotations

from abc import abstractmethod

from coder.model import Span, Viewer
from coder.ops import recents
from coder.ops.searching import Hit, find_in
from coder.tui.screens.seeking import SeekingScreen
from coder.tui.sought import SoughtWords
from coder.tui.trail import Spot
from coder.tui.widgets.transcript_hits import Hits


class FindingScreen(SeekingScreen):
    """A screen from which anything in the study is found."""

    @abstractmethod
    def press(self, code_set: str, code: str) -> None:
        """Put a code on the current excerpt, or take it off."""

    # Words.

    async def action_find(self) -> None:
        """Type words to find in this transcript."""
        from coder.tui.screens.searching import SearchBar

        begun, before = self.reading_place, self.spot
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
                self.say_where(f"{SoughtWords(words).title} {self._hit_count}")
                return
            self.view.show_hits(hits)
            self.go_to(index, reveal=False)
            self.view.scroll_to(y=top, animate=False, force=True, immediate=True)
            if keeps and words.strip():
                self._tell_not_here(SoughtWords(words))

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
            screen.say_where(f"{SoughtWords(words).title} {screen._hit_count}")
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
        place = self.reading_place
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

    def seek_words(self, sought: SoughtWords, step: int) -> None:
        """Go to the next place where words stand, or the one before."""
        spans = find_in(self.sitting.transcript.text, sought.words)
        if spans != self.view.hits.spans:
            self.view.show_hits(Hits(spans))
        if not spans:
            self._tell_not_here(sought)
            return
        self._to_hit(step)
        self.say_where(f"{sought.title} {self._hit_count}")

    def _tell_not_here(self, sought: SoughtWords) -> None:
        key = self.app.shown_key("coding.find_everywhere")
        self.app.tell(f"{sought.title} is not in this transcript; {key} looks in all")

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
            self.say_where("")
        return had_any

    # Pickers.

    async def action_pick_code(self) -> None:
        """Find a code by typing, and put it on the current excerpt."""
        from coder.tui.screens.pick_dialog import WIDE_FROM
        from coder.tui.screens.pickers import ROWS_BELOW, CodePicker

        current, sitting = self.sitting.work(self.index), self.sitting
        if current is None or not self.work_is_here():
            return
        recent = recents.recent_codes(sitting.study, sitting.coder, sitting.book)
        items = sitting.set_items(self.index)
        title = f"A code for {current.unit.ref}"
        picker = CodePicker(title, sitting.book, items, recent, self.press, self.point_at)
        if self.app.size.width < WIDE_FROM:
            picker.set_class(not self.view.keep_above(ROWS_BELOW), "-above")
        await self.app.push_screen(picker)

    async def action_pick_transcript(self) -> None:
        """Find a transcript by typing, and open it."""
        from coder.tui.screens.pickers import pick_transcript

        async def open_(name: str) -> None:
            await self.open_at(Spot(name))

        await pick_transcript(self.app, self.sitting.coder, open_)
