"""What is noted beside the codes: memos, flags, the history of an excerpt, undo that says where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.model import Viewer
from coder.tui.screens.finding import FindingScreen
from coder.tui.trail import Spot
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from coder.ops.coding import Done
    from coder.ops.memos import MemoTarget, SeenMemo


class NotingScreen(FindingScreen):
    """A screen around one transcript on which notes are taken.

    Memos are written in a dialog of their own. What is typed on while it opens is waited for, and
    what is kept is kept before the next key: letters meant for a memo must not be codes.
    """

    pointed: tuple[str, str]
    """Set and code at the code cursor."""

    # Memos.

    async def action_memo(self) -> None:
        """Write on the current excerpt."""
        from coder.ops.memos import MemoTarget

        current = self.sitting.work(self.index)
        if current is not None:
            ref = current.unit.ref
            await self._write(
                MemoTarget("excerpt", ref, ref, ref), self._on_excerpt(ref, self.sitting.write_memo)
            )

    async def action_coding_memo(self) -> None:
        """Write on the code at the cursor, where it stands on the current excerpt."""
        from coder.ops.memos import MemoTarget

        current = self.sitting.work(self.index)
        _, code = self.sitting.find(*self.pointed)
        if current is None or code is None:
            return
        on_it = self.sitting.coding_of(self.index, code.id)
        if on_it is None:
            key = self.app.shown_key("coding.memo")
            self.app.tell(
                f"{one_line(code.name)} is not on this excerpt: {key} writes on the excerpt"
            )
            return
        ref, uid = current.unit.ref, on_it.id
        where = MemoTarget(
            "coding", uid, f"{code.name} at {ref}", ref, f"{on_it.code_set}:{on_it.code}"
        )
        write = self._on_excerpt(
            ref, lambda place, body: self.sitting.write_coding_memo(place, uid, body)
        )
        await self._write(where, write)

    async def action_transcript_memo(self) -> None:
        """Write on the whole transcript."""
        from coder.ops.memos import MemoTarget

        name = self.sitting.name
        where = MemoTarget("transcript", name, f"the transcript {name}")
        await self._write(where, self._anywhere(where))

    async def action_code_memo(self) -> None:
        """Write on the code at the cursor, wherever it is put."""
        from coder.ops.memos import MemoTarget

        code_set, code = self.sitting.find(*self.pointed)
        if code_set is None or code is None:
            self.app.tell("no code is at the cursor")
            return
        full = f"{code_set.id}:{code.id}"
        name = f"the code {code.name}"
        where = MemoTarget("code", full, name, code=f"{self.sitting.book.id}:{code.id}")
        await self._write(where, self._anywhere(where))

    def _on_excerpt(self, ref: str, write: Callable[[int, str], Done]) -> Callable[[str], bool]:
        def keep(body: str) -> bool:
            # Another window may have moved or split it since.
            place = self.sitting.index_of(ref)
            if place is None:
                self.app.tell(f"{ref} is gone: copy your words, then Ctrl+G", is_warning=True)
                return False
            return self.do_at(place, lambda: write(place, body))

        return keep

    def _anywhere(self, where: MemoTarget) -> Callable[[str], bool]:
        from coder.ops.coding import write_memo

        def keep(body: str) -> bool:
            study, coder = self.sitting.study, self.sitting.coder
            done = self.app.attempt(
                lambda: write_memo(study, coder, where.kind, where.target, body)
            )
            if done is not None:
                self.app.tell(done.words)
            return done is not None

        return keep

    async def _write(self, where: MemoTarget, write: Callable[[str], bool]) -> None:
        """Open the editor on something; others' memos on it stand below, as far as one may see."""
        from coder.tui.screens.memo import MemoDialog, memo_page_of

        page = self.app.attempt(lambda: memo_page_of(self.sitting.study, self.sitting.coder, where))
        if page is None:
            return

        def keep(body: str) -> bool:
            return body.strip() == page.kept.strip() or write(body)

        await self.app.push_screen(MemoDialog(f"Memo on {one_line(where.name)}", page, keep))

    def action_memos(self) -> None:
        """List this coder's memos here, and what was not kept anywhere."""
        from coder.ops.memo_tables import drafts_as_memos, place_in_words
        from coder.ops.memos import list_memos
        from coder.tui.screens.forms import ChoiceDialog

        study, coder = self.sitting.study, self.sitting.coder
        viewer = Viewer(coder.alias)
        own = list_memos(study, viewer, transcript=self.sitting.name, whose=coder.alias)
        left = {f"not kept: {place_in_words(memo)}": memo for memo in drafts_as_memos(study, coder)}
        found = left | {place_in_words(memo): memo for memo in own}
        if not found:
            key = self.app.shown_key("coding.memo")
            self.app.tell(f"no memo of yours in this transcript yet: {key} writes one")
            return

        async def chosen(name: str | None) -> None:
            if name is not None:
                await self._go_to_memo(found[name], is_kept=name not in left)

        # One line each: as wide as the dialog, less its frame and scroll bar.
        width = min(78, self.size.width * 92 // 100) - 10
        choices = [
            (name, clipped(f"{one_line(name)}  {one_line(memo.body)}", width))
            for name, memo in found.items()
        ]
        self.app.push_screen(ChoiceDialog(f"Your memos in {self.sitting.name}", choices), chosen)

    async def _go_to_memo(self, memo: SeenMemo, *, is_kept: bool) -> None:
        """Go to what a memo stands on; one that was not kept, or on no excerpt, opens at once."""
        place = self.sitting.index_of(memo.ref)
        if memo.kind == "code":
            await self._open_on_code(memo.code)
        elif memo.kind == "transcript" and memo.target == self.sitting.name:
            await self.action_transcript_memo()
        elif memo.transcript not in ("", self.sitting.name):
            screen = await self.open_at(Spot(memo.transcript, memo.ref))
            if screen is not None:
                await screen._go_to_memo(memo, is_kept=is_kept)
        elif place is None:
            self.app.tell("what it is on is gone; coder memos --unfinished has its words")
        else:
            self.go_to(place)
            is_of_this_book = False
            if memo.kind == "coding":
                book, code_set, code = memo.code.split(":")
                found = self.sitting.find(code_set, code)[1]
                is_of_this_book = book == self.sitting.book.id and found is not None
                if is_of_this_book:
                    self.point_at(code_set, code)
            if is_kept:
                return
            if memo.kind == "excerpt":
                await self.action_memo()
            elif is_of_this_book:
                await self.action_coding_memo()

    async def _open_on_code(self, full: str) -> None:
        code_id = full.rpartition(":")[2]
        for code_set, code in self.sitting.book.codes():
            if code.id == code_id:
                self.point_at(code_set.id, code.id)
                await self.action_code_memo()

    # Flags.

    def action_flag(self) -> None:
        """Put the usual flag on the current excerpt, or take it off."""
        from coder.ops.flags import DISCUSS

        if self.work_is_here():
            self.do_at(self.index, lambda: self.sitting.toggle_flag(self.index, DISCUSS))

    async def action_flags(self) -> None:
        """Choose a flag by typing, or make one."""
        from coder.ops.flags import flag_names
        from coder.tui.screens.naming import NameDialog

        current = self.sitting.work(self.index)
        if current is None or not self.work_is_here():
            return
        ref = current.unit.ref

        def keep(name: str) -> bool:
            place = self.sitting.index_of(ref)
            if place is None:
                self.app.tell(f"{ref} is gone", is_warning=True)
                return False
            return self.do_at(place, lambda: self.sitting.toggle_flag(place, name))

        on_it = ", ".join(current.flags) or "none"
        await self.app.push_screen(
            NameDialog(
                f"A flag for {ref}",
                keep,
                flag_names(self.sitting.study, self.sitting.coder),
                note=f"On it: {one_line(on_it)}. One that is on it comes off.",
            )
        )

    # History.

    def action_history(self) -> None:
        """What was done to the current excerpt."""
        from coder.ops.history import excerpt_log
        from coder.ops.history_tables import excerpt_page
        from coder.tui.screens.forms import PageDialog

        current = self.sitting.work(self.index)
        if current is None:
            return
        ref = current.unit.ref
        viewer = Viewer(self.sitting.coder.alias)
        found = self.app.attempt(lambda: excerpt_log(self.sitting.study, viewer, ref))
        if found is not None:
            self.app.push_screen(
                PageDialog(f"History of {ref}", lambda width: excerpt_page(found, width))
            )

    def action_undo(self) -> None:
        """Take back the last action, and say where that was if it does not show here."""
        self.do_to_list(lambda: self._said_where(self.sitting.undo))

    def action_redo(self) -> None:
        """Bring back what was undone, and say where that was if it does not show here."""
        self.do_to_list(lambda: self._said_where(self.sitting.redo))

    def _said_where(self, verb: Callable[[int], tuple[Done, int]]) -> tuple[Done, int]:
        from coder.ops.history import touched

        here = self.index
        before = self.sitting.work(here)
        done, place = verb(here)
        refs = touched(self.sitting.study, done.entry)
        if not refs or any(self.sitting.index_of(ref) is not None for ref in refs):
            return done, place
        names = dict.fromkeys(ref.rpartition(":")[0] for ref in refs)
        where = "not among the excerpts here"
        if self.sitting.name not in names:
            where = f"in {next(iter(names))}, not in this transcript"
        stay = self.sitting.index_of(before.unit.ref) if before else None
        return replace(done, words=f"{done.words} ({where})"), place if stay is None else stay
