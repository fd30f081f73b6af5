"""Memos, flags, history and undo on the coding screen, through keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea

from coder.model import Viewer
from coder.ops import coding, corpus, desk_notes, flags, memos
from coder.ops.memo_tables import memo_page
from coder.ops.study import Study
from coder.tui.screens import memo
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.flagging import FlagDialog
from coder.tui.screens.forms import ChoiceDialog, PageDialog
from coder.tui.screens.memo import MemoDialog
from tests.factories import make_study
from tests.rounds import open_round
from tests.tui.driving import (
    AWKWARD,
    NARROW,
    app_of,
    coding_screen,
    opened,
    press,
    running,
    shown,
    told,
    wait_for,
    work,
)


async def editor(pilot: Pilot[None]) -> TextArea:
    """The editor of the memo dialog on top."""
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, MemoDialog))
    await wait_for(pilot, lambda: pilot.app.screen.query(TextArea))
    return pilot.app.screen.query_one(TextArea)


def bodies(pilot: Pilot[None]) -> dict[str, str]:
    """Memos by the kind of thing they stand on."""
    found = memos.list_memos(app_of(pilot).study, Viewer("AL"))
    return {one.kind: one.body for one in found}


async def test_memos_on_the_transcript_and_on_a_code(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "O", *"all of it", "escape")
        await wait_for(pilot, lambda: bodies(pilot) == {"transcript": "all of it"})
        await told(pilot, "wrote a memo on T-1")
        await press(pilot, "&", *"vague", "escape")
        await wait_for(pilot, lambda: bodies(pilot).get("code") == "vague")
        await press(pilot, "&")
        assert (await editor(pilot)).text == "vague"
        assert "Memo on the code Teaching" in shown(pilot)
        assert "AL, " in shown(pilot), "who and when"
        await press(pilot, "escape", "u")
        await wait_for(pilot, lambda: "code" not in bodies(pilot))


async def test_what_others_wrote_is_read_below_but_never_in_an_open_round(study: Study) -> None:
    rr = corpus.add_coder(study, "RR")
    corpus.add_coder(study, "AL")
    for ref in ("T-1:1", "T-1:2"):
        coding.write_memo(study, rr, "excerpt", ref, f"{AWKWARD} theirs")
    open_round(study, "first", ["AL", "RR"], ["T-1:1"])
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "m")
        assert (await editor(pilot)).text == ""
        assert "theirs" not in shown(pilot)
        assert "RR" not in shown(pilot)
        await press(pilot, "ctrl+g", "j", "m")
        assert (await editor(pilot)).text == ""
        await wait_for(pilot, lambda: "theirs" in shown(pilot) and "RR, 20" in shown(pilot))
        assert "[laughs] [/ [bold]x" in shown(pilot)


async def test_unfinished_words_come_back_and_are_dropped_or_kept(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    desk_notes.keep_draft(study, al, "excerpt", "T-1:1", f"half a thought {AWKWARD}")
    async with running(study) as pilot:
        await told(pilot, "a memo was begun and not kept")
        await opened(pilot)
        await press(pilot, "m")
        assert (await editor(pilot)).text.startswith("half a thought [laughs]")
        await wait_for(pilot, lambda: "unfinished words of " in shown(pilot))
        assert "are back; Ctrl+G drops them" in shown(pilot)
        await press(pilot, "ctrl+g")
        assert desk_notes.drafts(study, al) == ()
        assert work(pilot, "T-1:1").memo == ""
        await press(pilot, "m")
        assert (await editor(pilot)).text == ""
        await press(pilot, *"kept", "escape")
        await wait_for(pilot, lambda: work(pilot, "T-1:1").memo == "kept")
        assert desk_notes.drafts(study, al) == ()


async def test_words_are_remembered_while_typed_and_when_the_window_goes(study: Study) -> None:
    al = corpus.add_coder(study, "AL")

    def left() -> str:
        return desk_notes.draft_of(study, al, "excerpt", "T-1:1")

    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "m", *"one")
        await editor(pilot)
        await wait_for(pilot, lambda: left() == "one")
        await press(pilot, "ctrl+c", *" two")
        assert "Memo on T-1:1" in shown(pilot), "Ctrl+C ends nothing"
        await press(pilot, "ctrl+q")
        await wait_for(pilot, lambda: pilot.app._exit)
    assert left() == "one two"
    assert memos.list_memos(study, Viewer("AL")) == ()


async def test_words_are_remembered_at_once_when_another_window_gets_the_focus(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo, "SECONDS_BETWEEN", 3600)
    al = corpus.add_coder(study, "AL")
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "m", *"one")
        assert (await editor(pilot)).text == "one"
        pilot.app.post_message(events.AppBlur())
        await wait_for(pilot, lambda: desk_notes.draft_of(study, al, "excerpt", "T-1:1") == "one")
        pilot.app.post_message(events.AppFocus())
        await press(pilot, *" two")
        await wait_for(pilot, lambda: pilot.app.screen.query_one(TextArea).text == "one two")


async def test_characters_that_only_join_others_are_kept_as_typed(study: Study) -> None:
    typed = "\u0645\u06cc\u200c\u0631\u0648\u0645 \U0001f469\u200d\U0001f3eb"
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "m", *typed)
        assert (await editor(pilot)).text == typed
        await press(pilot, "escape")
        await wait_for(pilot, lambda: bodies(pilot) == {"excerpt": typed})


async def test_words_of_two_windows_on_one_memo_are_both_kept(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    coding.write_memo(study, al, "excerpt", "T-1:1", "begun")
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "m", *", here")
        assert (await editor(pilot)).text == "begun, here"
        coding.write_memo(study, al, "excerpt", "T-1:1", "begun, there")
        await press(pilot, "escape")
        await told(pilot, "in another window too")
        assert bodies(pilot) == {"excerpt": "begun, there\n\n, here"}
        await press(pilot, "u")
        await wait_for(pilot, lambda: bodies(pilot) == {"excerpt": "begun, there"})


async def test_own_memos_are_listed_and_gone_to(study: Study) -> None:
    al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
    coding.write_memo(study, al, "excerpt", "T-1:3", "third [b")
    coding.write_memo(study, rr, "excerpt", "T-1:2", "not mine")
    desk_notes.keep_draft(study, al, "transcript", "T-1", "begun")
    desk_notes.keep_draft(study, al, "excerpt", "T-1:4", "fourth")
    desk_notes.keep_draft(study, al, "excerpt", "T-9:4", "elsewhere")
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, '"')
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await wait_for(pilot, lambda: "T-1:3  third [b" in shown(pilot))
        assert "not kept: T-1  begun" in shown(pilot)
        assert "not mine" not in shown(pilot)
        await press(pilot, *"third", "enter")
        await wait_for(pilot, lambda: screen.index == 2)
        await press(pilot, '"', *"elsewhere", "enter")
        await told(pilot, "there is no transcript T-9")
        await press(pilot, '"', *"fourth", "enter")
        assert (await editor(pilot)).text == "fourth"
        assert screen.index == 3
        await press(pilot, "escape", '"', *"begun", "enter")
        await wait_for(pilot, lambda: "Memo on the transcript T-1" in shown(pilot))
        assert (await editor(pilot)).text == "begun"


async def test_a_memo_begun_in_another_transcript_opens_there(tmp_path: Path) -> None:
    with make_study(tmp_path, [{}, {"person": "P2"}]) as study:
        al = corpus.add_coder(study, "AL")
        desk_notes.keep_draft(study, al, "excerpt", "T-2:3", "elsewhere")
        desk_notes.keep_draft(study, al, "excerpt", "T-1:9", "gone")
        async with running(study) as pilot:
            await opened(pilot)
            await press(pilot, '"', *"gone", "enter")
            await told(pilot, "what it is on is gone; coder memos --unfinished has its words")
            await press(pilot, '"', *"elsewhere", "enter")
            assert (await editor(pilot)).text == "elsewhere"
            await press(pilot, *" now", "escape")
            await wait_for(pilot, lambda: work(pilot, "T-2:3").memo == "elsewhere now")
            assert coding_screen(pilot).sitting.name == "T-2"


async def test_home_names_what_was_not_kept_and_lists_all_memos(tmp_path: Path) -> None:
    with make_study(tmp_path, [{}, {"person": "P2"}]) as study:
        al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
        coding.write_memo(study, al, "excerpt", "T-1:3", "third [b")
        coding.write_memo(study, al, "code", "cause:taught", "wide")
        coding.write_memo(study, rr, "excerpt", "T-1:2", "not mine")
        desk_notes.keep_draft(study, al, "excerpt", "T-2:3", "begun")
        async with running(study) as pilot:
            await told(pilot, 'a memo was begun and not kept, on T-2:3: " lists memos')
            await press(pilot, '"')
            await wait_for(pilot, lambda: "not kept: T-2:3  begun" in shown(pilot))
            assert "T-1:3  third [b" in shown(pilot)
            assert "not mine" not in shown(pilot)
            await press(pilot, *"third", "enter")
            await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 2)
            assert coding_screen(pilot).spot.ref == "T-1:3"
            await press(pilot, "escape", '"', *"begun", "enter")
            assert (await editor(pilot)).text == "begun"
            await press(pilot, *" and kept", "escape")
            await wait_for(pilot, lambda: work(pilot, "T-2:3").memo == "begun and kept")
            await press(pilot, "escape", '"', *"wide", "enter")
            assert (await editor(pilot)).text == "wide"
            await press(pilot, *" now", "escape")
            await wait_for(pilot, lambda: bodies(pilot)["code"] == "wide now")
        for number in (1, 2, 3):
            desk_notes.keep_draft(study, rr, "excerpt", f"T-1:{number}", "half")
        async with running(study, "RR") as pilot:
            await told(pilot, "3 memos were begun and not kept, on T-1:")
            await told(pilot, " and 1 more: ")


async def test_flags_are_put_on_with_a_key_or_by_name(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "f")
        assert work(pilot, "T-1:1").flags == ("discuss",)
        await wait_for(pilot, lambda: "⚑ discuss" in shown(pilot))
        await press(pilot, "F")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FlagDialog))
        await press(pilot, *"[b]x")
        await wait_for(pilot, lambda: "\u203a + new flag: [b]x" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: "⚑ [b]x" in shown(pilot))
        await press(pilot, "F", *"a|b", "enter")
        await wait_for(pilot, lambda: "a flag is a word or two of letters" in shown(pilot))
        await press(pilot, "ctrl+u", *"[b]x")
        await wait_for(pilot, lambda: "take [b]x off T-1:1" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: work(pilot, "T-1:1").flags == ("discuss",))
        await press(pilot, "f", "u")
        await told(pilot, "undid: took the flag discuss off T-1:1")
        assert work(pilot, "T-1:1").flags == ("discuss",)


async def test_a_flag_is_found_by_its_beginning_and_those_on_it_are_marked(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "F", *"quo", "enter")
        assert work(pilot, "T-1:1").flags == ("quotable",)
        await press(pilot, "F")
        await wait_for(pilot, lambda: "\u25cf quotable  on it" in shown(pilot))
        assert "  discuss" in shown(pilot)
        assert "Enter: take quotable off T-1:1" in shown(pilot)
        await press(pilot, "down", "enter")
        assert set(work(pilot, "T-1:1").flags) == {"quotable", "discuss"}
        await press(pilot, "F", *"quo", "down", "enter")
        assert set(work(pilot, "T-1:1").flags) == {"quotable", "discuss", "quo"}


async def test_the_history_of_an_excerpt_is_a_page(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "1", "f", "u", "H")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
        await wait_for(pilot, lambda: "History of T-1:1" in shown(pilot))
        page = shown(pilot)
        assert "put Teaching on T-1:1" in page
        assert "flagged T-1:1: discuss [undone]" in page
        await press(pilot, "escape", "ctrl+c")
        await told(pilot, "Ctrl+Q quits; all that shows as coded is saved")
        assert coding_screen(pilot).index == 0


async def test_the_history_hides_others_in_an_open_round(study: Study) -> None:
    rr = corpus.add_coder(study, "RR")
    corpus.add_coder(study, "AL")
    flags.put_flag(study, rr, "T-1:1", "they say deficit")
    open_round(study, "first", ["AL", "RR"], ["T-1:1"])
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "H")
        await wait_for(pilot, lambda: "The round first is open" in shown(pilot))
        assert "deficit" not in shown(pilot)
        assert "RR" not in shown(pilot)


async def test_undo_says_where_it_was_if_that_is_not_on_screen(tmp_path: Path) -> None:
    with make_study(tmp_path, [{}, {"person": "P2"}]) as study:
        al = corpus.add_coder(study, "AL")
        coding.put_code(study, al, "T-2:3", "cause", "effort")
        async with running(study) as pilot:
            screen = await opened(pilot)
            await press(pilot, "j", "u", "u")
            await told(pilot, "undid: put Effort on T-2:3 (in T-2, not in this transcript)")
            assert screen.index == 1
            assert work(pilot, "T-2:3").codings == ()
            await press(pilot, "U", "U")
            await told(pilot, "redid: put Effort on T-2:3 (in T-2, not in this transcript)")


async def test_words_not_kept_go_with_their_excerpt_and_come_back_by_undo(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    coding.write_memo(study, al, "excerpt", "T-1:1", "kept")
    desk_notes.keep_draft(study, al, "excerpt", "T-1:2", "half [b")
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "home", "J")
        await wait_for(pilot, lambda: "joined 1 and 2" in shown(pilot))
        joined = screen.sitting.works[0].unit.ref
        await press(pilot, '"')
        await wait_for(pilot, lambda: f"not kept: {joined}  half [b" in shown(pilot))
        await press(pilot, "escape", "u", '"')
        await wait_for(pilot, lambda: "not kept: T-1:2  half [b" in shown(pilot))
        await press(pilot, "escape", "U", "m")
        assert (await editor(pilot)).text == "kept\n\nhalf [b", "the other's memo is not lost"
        await press(pilot, "escape")
        await wait_for(pilot, lambda: work(pilot, joined).memo == "kept\n\nhalf [b")
        assert desk_notes.drafts(study, al) == ()


def rows_of(pilot: Pilot[None]) -> int:
    """How high the editor's box is."""
    return pilot.app.screen.query_one("#dialog").region.height


@pytest.mark.parametrize(("size", "least", "most"), [(NARROW, 8, 16), ((120, 40), 13, 26)])
async def test_the_editor_stands_at_the_foot_and_grows_with_the_words(
    sample_study: Study, size: tuple[int, int], least: int, most: int
) -> None:
    async with running(sample_study, size=size) as pilot:
        await press(pilot, "slash", *"AF-T01-Y1", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        screen = coding_screen(pilot)
        await wait_for(pilot, lambda: screen.view.size.height > 0)
        for _ in range(6):
            await press(pilot, "j")
        await press(pilot, "m")
        words = await editor(pilot)
        await wait_for(pilot, lambda: rows_of(pilot) == least)
        dialog = pilot.app.screen.query_one("#dialog")
        await wait_for(pilot, lambda: dialog.region.bottom == size[1])
        seen = screen.view._seen_rows(screen.index)
        top = int(screen.view.scroll_offset.y)
        assert seen.start >= top, "the excerpt begins where it can be read"
        assert seen.start - top < dialog.region.y - screen.view.region.y
        words.text = "a line\n" * (least - 4)
        await wait_for(pilot, lambda: least < rows_of(pilot) < most)
        words.text = "a line\n" * 60
        await wait_for(pilot, lambda: rows_of(pilot) == most)
        await pilot.resize_terminal(100, 30)
        await wait_for(pilot, lambda: rows_of(pilot) == 20)
        words.text = ""
        await wait_for(pilot, lambda: rows_of(pilot) == 10)
        await press(pilot, "ctrl+g")


async def test_it_stands_above_what_the_end_of_a_transcript_leaves_below(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "end", "m")
        await editor(pilot)
        dialog = pilot.app.screen.query_one("#dialog")
        await wait_for(pilot, lambda: dialog.region.height == 8)
        assert dialog.region.y == 0


async def test_what_is_pasted_is_kept_as_typed(study: Study) -> None:
    words = "one\ttwo\n\n    three\tfour"
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "m")
        await editor(pilot)
        pilot.app.post_message(events.Paste(words))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: bodies(pilot) == {"excerpt": words})
        await press(pilot, "m")
        assert (await editor(pilot)).text == words
    page = memo_page(memos.list_memos(study, Viewer("AL")), 60)
    assert page.splitlines()[1:] == ["  one two", "", "      three   four"]
