"""What is noted beside the codes: memos, flags, the history of an excerpt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coder.model import Viewer
from coder.tui.screens.finding import FindingScreen
from coder.tui.trail import Spot
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from coder.ops.coding import Done
    from coder.ops.memos import MemoTarget, SeenMemo
    from coder.tui.screens.memo_list import Write


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
            ref, lambda place, *words: self.sitting.write_coding_memo(place, uid, *words)
        )
        await self._write(where, write)

    async def action_transcript_memo(self) -> None:
        """Write on the whole transcript."""
        from coder.ops.memos import MemoTarget

        name = self.sitting.name
        where = MemoTarget("transcript", name, f"the transcript {name}")
        await self._write(where)

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
        await self._write(where)

    def _on_excerpt(self, ref: str, write: Callable[[int, str, str], Done]) -> Write:
        def keep(body: str, seen: str) -> bool:
            # Another window may have moved or split it since.
            place = self.sitting.index_of(ref)
            if place is None:
                self.app.tell(f"{ref} is gone: copy your words, then Ctrl+G", is_warning=True)
                return False
            return self.do_at(place, lambda: write(place, body, seen))

        return keep

    async def _write(self, where: MemoTarget, write: Write | None = None) -> None:
        from coder.tui.screens.memo_list import open_editor

        await open_editor(self.app, self.sitting.coder, where, write)

    def action_memos(self) -> None:
        """List this coder's memos here, and what was not kept anywhere."""
        from coder.tui.screens.memo_list import list_own_memos

        list_own_memos(self.app, self.sitting.coder, self.go_to_memo, self.sitting.name)

    async def go_to_memo(self, memo: SeenMemo, is_kept: bool) -> None:
        """Go to what a memo stands on; one that was not kept, or on no excerpt, opens at once."""
        place = self.sitting.index_of(memo.ref)
        if memo.kind == "code":
            await self._open_on_code(memo.code)
        elif memo.kind == "transcript" and memo.target == self.sitting.name:
            await self.action_transcript_memo()
        elif memo.transcript not in ("", self.sitting.name):
            screen = await self.open_at(Spot(memo.transcript, memo.ref))
            if screen is not None:
                await screen.go_to_memo(memo, is_kept)
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
        from coder.tui.screens.flagging import FlagDialog

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

        names = flag_names(self.sitting.study, self.sitting.coder)
        await self.app.push_screen(FlagDialog(ref, names, current.flags, keep))

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
