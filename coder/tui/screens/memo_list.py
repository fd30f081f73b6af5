"""The list of a coder's memos, with those not kept yet, and the way to their editor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from coder.model import Coder, Viewer
from coder.ops.coding import write_memo
from coder.ops.memo_tables import drafts_as_memos, place_in_words
from coder.ops.memos import MemoTarget, SeenMemo, list_memos, memo_target
from coder.tui.screens.forms import ChoiceDialog
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from coder.tui.app import CoderApp

MOST_NAMED = 2
"""Places of memos not kept that are told one by one."""

Go = Callable[[SeenMemo, bool], Awaitable[None]]
"""Goes to a memo; and whether it was kept."""

Write = Callable[[str, str], bool]
"""Keeps words, written by somebody who had others before them; False where it cannot."""


def list_own_memos(app: CoderApp, coder: Coder, go: Go, transcript: str = "") -> None:
    """Let one of a coder's memos be chosen, and go to it.

    Args:
        app: The app.
        coder: Whose memos.
        go: Goes to the one that is chosen.
        transcript: Where the kept ones are; empty for all of the study.
    """
    study = app.study
    own = list_memos(study, Viewer(coder.alias), transcript=transcript, whose=coder.alias)
    left = {f"not kept: {place_in_words(memo)}": memo for memo in drafts_as_memos(study, coder)}
    found = left | {place_in_words(memo): memo for memo in own}
    if not found:
        where = "in this transcript" if transcript else "in this study"
        how = f"{app.shown_key('coding.memo')}{'' if transcript else ' in a transcript'}"
        app.tell(f"no memo of yours {where} yet: {how} writes one")
        return

    async def chosen(name: str | None) -> None:
        if name is not None:
            await go(found[name], name not in left)

    # One line each: as wide as the dialog, less its frame and scroll bar.
    width = min(78, app.size.width * 92 // 100) - 10
    choices = [
        (name, clipped(f"{one_line(name)}  {one_line(memo.body)}", width))
        for name, memo in found.items()
    ]
    app.push_screen(ChoiceDialog(f"Your memos in {transcript or study.name}", choices), chosen)


async def open_editor(
    app: CoderApp, coder: Coder, where: MemoTarget, write: Write | None = None
) -> None:
    """Open the editor on something; others' memos on it stand below, as far as one may see.

    Args:
        app: The app.
        coder: Who writes.
        where: On what.
        write: Keeps the words, beside what another window made of those that were there; False
            where it cannot. By default it says so.
    """
    from coder.tui.screens.memo import MemoDialog, memo_page_of

    page = app.attempt(lambda: memo_page_of(app.study, coder, where))
    if page is None:
        return

    def write_here(body: str, seen: str) -> bool:
        on = where.kind, where.target
        done = app.attempt(lambda: write_memo(app.study, coder, *on, body, seen))
        if done is not None:
            app.tell(done.words)
        return done is not None

    def keep(body: str) -> bool:
        if body.strip() == page.kept.strip():
            return True
        if not (write or write_here)(body, page.kept):
            return False
        now = app.attempt(lambda: memo_page_of(app.study, coder, where))
        if now is not None and now.kept.strip() != body.strip():
            app.tell("this memo was written in another window too: the words of both are kept")
        return True

    await app.push_screen(MemoDialog(f"Memo on {one_line(where.name)}", page, keep))


async def open_code_memo(app: CoderApp, coder: Coder, full: str) -> None:
    """Open the editor on a code itself, ``book:code``, if the codebook in use has it."""
    book, _, code = full.partition(":")
    if book != app.study.codebook.id:
        app.tell(f"{code} is of the codebook {book}: choose that one first", is_warning=True)
        return
    where = app.attempt(lambda: memo_target(app.study, coder, code))
    if where is not None:
        await open_editor(app, coder, replace(where, name=f"the code {where.name}"))


def drafts_in_words(app: CoderApp, coder: Coder) -> str:
    """Which memos of a coder were begun and not kept."""
    left = [place_in_words(memo) for memo in drafts_as_memos(app.study, coder)]
    many = "a memo was begun" if len(left) == 1 else f"{len(left)} memos were begun"
    more = len(left) - MOST_NAMED
    named = ", ".join(left[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    return f"{many} and not kept, on {named}"
