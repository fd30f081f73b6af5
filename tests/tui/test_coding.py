"""The coding screen through its keys, on a real study; every fact is read back from the study."""

from __future__ import annotations

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets._toast import Toast

from coder.ops import coding, corpus, excerpts, history
from coder.ops.study import Study, open_study
from coder.tui import telling
from tests.tui.driving import (
    NARROW,
    WIDE,
    app_of,
    codes_on,
    coding_screen,
    home,
    opened,
    press,
    running,
    said,
    shown,
    told,
    wait_for,
    work,
)


async def test_a_key_puts_a_code_on_disk_and_on_screen(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "1")
        assert codes_on(pilot, "T-1:1") == {"taught"}
        await wait_for(pilot, lambda: " 1+ Teaching " in shown(pilot))
        await press(pilot, "1")
        assert codes_on(pilot, "T-1:1") == set()
        await wait_for(pilot, lambda: " 1+ Teaching " not in shown(pilot))


async def test_a_multi_set_toggles_and_an_exclusive_set_replaces(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "1", "3")
        assert codes_on(pilot, "T-1:1") == {"taught", "effort"}
        await press(pilot, "j", "q", "w")
        assert codes_on(pilot, "T-1:2") == {"steps"}


async def test_a_shared_digit_goes_to_the_set_in_focus(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        assert screen.focused_set == "cause"
        await press(pilot, "tab", "tab")
        assert screen.focused_set == "vision"
        await press(pilot, "3", "2")
        assert codes_on(pilot, "T-1:1") == {"v2"}
        await press(pilot, "shift+tab", "shift+tab", "1")
        assert codes_on(pilot, "T-1:1") == {"v2", "taught"}


async def test_a_digit_of_several_sets_out_of_focus_asks_for_the_set(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "tab")
        assert screen.focused_set == "support"
        await press(pilot, "1")
        assert codes_on(pilot, "T-1:1") == set()
        await told(pilot, "1 is a key of Cause and Vision: choose the set with Tab")


async def test_code_keys_work_whatever_has_the_focus(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "f6")
        await wait_for(pilot, lambda: screen.panel.has_focus)
        await press(pilot, "1")
        assert codes_on(pilot, "T-1:1") == {"taught"}
        await press(pilot, "down", "down", "space")
        assert codes_on(pilot, "T-1:1") == {"taught", "effort"}
        await press(pilot, "escape")
        await wait_for(pilot, lambda: screen.view.has_focus)


async def test_enter_finishes_what_the_question_feeds_and_goes_on(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "1", "enter")
        done = work(pilot, "T-1:1")
        assert dict(done.decisions) == {
            "cause": "coded",
            "vision": "nothing",
            "who": "nothing",
            "support": "not_applicable",
        }
        assert done.is_finished
        assert screen.index == 1
        await press(pilot, "q", "enter", "enter", "enter")
        await told(pilot, "nothing is left to do in this transcript; Esc goes home")
        assert screen.sitting.progress == (3, 3)


async def test_nothing_applies_is_recorded_for_the_set_in_focus(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "n")
        assert dict(work(pilot, "T-1:1").decisions) == {"cause": "nothing"}
        assert screen.focused_set == "vision"
        await wait_for(pilot, lambda: "∅ Cause" in shown(pilot))


async def test_undo_and_redo_say_what_they_did_and_go_where_it_was(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "1", "j", "q", "j")
        await press(pilot, "u")
        await told(pilot, "undid: put Opens the task on T-1:2")
        assert screen.index == 1
        assert codes_on(pilot, "T-1:2") == set()
        await press(pilot, "u")
        assert codes_on(pilot, "T-1:1") == set()
        await press(pilot, "U")
        await told(pilot, "redid: put Teaching on T-1:1")
        assert codes_on(pilot, "T-1:1") == {"taught"}
        await press(pilot, "ctrl+r")
        assert codes_on(pilot, "T-1:2") == {"open"}
        await press(pilot, "U")
        await told(pilot, "AL has nothing to redo")


async def test_redo_of_a_finish_goes_on_as_enter_did(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j", "q", "enter")
        assert screen.index == 2
        await press(pilot, "u")
        assert screen.index == 1
        assert not work(pilot, "T-1:2").decisions.get("cause")
        await press(pilot, "U")
        await told(pilot, "redid: finished T-1:2")
        assert " redid: finished 2" in shown(pilot), "it stays, as after Enter"
        assert screen.index == 2, "where a hand that goes on codes the next one"
        await press(pilot, "3")
        assert codes_on(pilot, "T-1:3") == {"effort"}
        await press(pilot, "enter", "1", "enter", "u", "U")
        await told(pilot, "nothing is left to do in this transcript")


async def test_undo_and_redo_look_at_the_code_that_went_or_came(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "1", "j", "q", "w", "tab", "tab", "a")
        for key, looked_at in (
            ("u", ("who", "one")),
            ("u", ("support", "open")),
            ("U", ("support", "steps")),
            ("u", ("support", "open")),
            ("u", ("support", "open")),
            ("u", ("cause", "taught")),
        ):
            await press(pilot, key)
            assert (screen.pointed, screen.focused_set) == (looked_at, looked_at[0])
        assert screen.index == 0
        await press(pilot, "tab", "tab", "n", "u")
        assert screen.focused_set == "vision", "the set that is decided otherwise"


async def test_moving_goes_by_excerpt_and_to_what_needs_work(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        assert screen.index == 0
        await press(pilot, "j", "j", "j", "j")
        assert screen.index == 3
        await press(pilot, "k")
        assert screen.index == 2
        await press(pilot, "home")
        assert screen.index == 0
        await press(pilot, "enter", "enter", "N")
        assert screen.index == 2
        await press(pilot, "N")
        assert screen.index == 1, "round the end, past what is finished or not asked"
        await press(pilot, "P")
        assert screen.index == 2
        await press(pilot, "end")
        assert screen.index == 3


async def test_a_memo_is_written_in_an_editor_and_shown(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "m")
        await wait_for(pilot, lambda: "Memo on T-1:1" in shown(pilot))
        await press(pilot, *"one [b", "enter", *"two")
        await press(pilot, "escape")
        await wait_for(pilot, lambda: work(pilot, "T-1:1").memo == "one [b\ntwo")
        await wait_for(pilot, lambda: "✎ one [b two" in shown(pilot))
        await press(pilot, "m")
        await wait_for(pilot, lambda: "Memo on T-1:1" in shown(pilot))
        await press(pilot, *" lost", "ctrl+g")
        await wait_for(pilot, lambda: "Memo on T-1:1" not in shown(pilot))
        assert work(pilot, "T-1:1").memo == "one [b\ntwo"
        await press(pilot, "u")
        assert work(pilot, "T-1:1").memo == ""


async def test_a_memo_on_an_excerpt_that_another_window_split_is_not_lost(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "m", *"mine")
        span = screen.sitting.works[0].unit.span
        with open_study(study.path) as other:
            coder = corpus.coder_named(other, "AL")
            at = screen.sitting.transcript.text.index("That is the whole story.")
            assert at < span.stop
            excerpts.split_excerpt(other, coder, "T-1:1", at)
        await wait_for(pilot, lambda: len(screen.sitting.works) == 5)
        await press(pilot, "escape")
        await told(pilot, "T-1:1 is gone: copy your words, then Ctrl+G")
        assert "Memo on T-1:1" in shown(pilot)
        assert all(not work.memo for work in screen.sitting.works)
        await press(pilot, "ctrl+g")
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 2)


async def test_a_memo_on_a_code_needs_the_code_on_the_excerpt(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "M")
        await told(pilot, "Teaching is not on this excerpt: m writes on the excerpt")
        await press(pilot, "1", "M")
        await wait_for(pilot, lambda: "Memo on Teaching at T-1:1" in shown(pilot))
        await press(pilot, *"why", "escape")
        await wait_for(pilot, lambda: work(pilot, "T-1:1").codings[0].memo == "why")
        await wait_for(pilot, lambda: "\u270e Your memo here  why" in shown(pilot))
        assert "1+ Teaching \u270e" in shown(pilot)
        await pilot.resize_terminal(*NARROW)
        await wait_for(pilot, lambda: "1 + Teaching \u270e" in shown(pilot))
        await press(pilot, "2")
        await wait_for(pilot, lambda: "1 + Teaching \u270e" not in shown(pilot))


async def test_the_definition_follows_the_code_cursor(sample_study: Study) -> None:
    async with running(sample_study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "end")
        first = screen.pane.words
        await press(pilot, "full_stop")
        assert screen.pane.words != first
        await press(pilot, "comma")
        assert screen.pane.words == first
        await press(pilot, "home")
        assert "Current teaching" in screen.pane.words
        assert "Not when  A bare promise to try harder" in screen.pane.words


async def test_where_it_is_narrow_the_definition_is_below_and_grows(sample_study: Study) -> None:
    async with running(sample_study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await wait_for(pilot, lambda: "Use when" not in screen.pane.words)
        assert screen.pane.region.y == screen.view.region.bottom
        await press(pilot, "j", "j", "j", "j", "j", "f2")
        await wait_for(pilot, lambda: "Use when" in screen.pane.words)
        await wait_for(pilot, lambda: screen.pane.size.height == 9)
        assert not screen.pane.region.overlaps(screen.view.region)
        assert screen.view.is_current_on_screen()


async def test_an_excerpt_is_split_at_the_sentence_and_undone(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "1", "S")
        await told(pilot, "first move the cursor")
        await press(pilot, "right", "right", "S")
        refs = [w.unit.ref for w in screen.sitting.works]
        assert len(refs) == 5
        parts = [
            screen.sitting.transcript.text[w.unit.span.start : w.unit.span.stop]
            for w in screen.sitting.works[:2]
        ]
        assert parts[0].endswith("They never had fractions.")
        assert parts[1] == "That is the whole story."
        assert codes_on(pilot, refs[0]) == codes_on(pilot, refs[1]) == {"taught"}
        await press(pilot, "u")
        assert [w.unit.ref for w in screen.sitting.works] == [f"T-1:{n}" for n in range(1, 5)]


async def test_excerpts_are_joined_dropped_and_made(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "J")
        assert len(screen.sitting.works) == 3
        await press(pilot, "end", "J")
        await told(pilot, "there is no excerpt after this one")
        await press(pilot, "D")
        assert len(screen.sitting.works) == 2
        await press(pilot, "u")
        assert len(screen.sitting.works) == 3
        await press(pilot, "home", "A")
        await told(pilot, "first select words")
        await press(pilot, "right", "shift+right", "A")
        made = screen.sitting.works[screen.index].unit
        text = screen.sitting.transcript.text[made.span.start : made.span.stop]
        assert text == "They never had fractions. That is the whole story."
        assert len(screen.sitting.works) == 4


async def test_a_change_in_another_window_is_shown(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j")
        with open_study(study.path) as other:
            coder = corpus.coder_named(other, "AL")
            coding.put_code(other, coder, "T-1:1", "cause", "effort")
        await wait_for(pilot, lambda: " 3− Effort " in shown(pilot))
        assert screen.index == 1


async def test_undo_of_something_that_stands_in_another_window(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "1")
        with open_study(study.path) as other:
            history.undo(other, corpus.coder_named(other, "AL"))
        await press(pilot, "u")
        await told(pilot, "AL has nothing to undo")
        await wait_for(pilot, lambda: " 1+ Teaching " not in shown(pilot))


async def test_the_current_excerpt_is_always_one_that_can_be_seen(sample_study: Study) -> None:
    async with running(sample_study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "home")
        for _ in range(4):
            await press(pilot, "pagedown")
            assert screen.view.is_current_on_screen()
        assert screen.index > 0
        for _ in range(12):
            await press(pilot, "up")
        assert screen.view.is_current_on_screen()
        await pilot.resize_terminal(100, 40)
        await wait_for(pilot, lambda: screen.view.size.width > 60)
        assert screen.view.is_current_on_screen()


async def test_going_home_and_back_keeps_the_place(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "j", "j", "3", "escape")
        await wait_for(
            pilot, lambda: pilot.app.screen is not None and len(pilot.app.screen_stack) == 1
        )
        assert home(pilot).table.chosen_name == "T-1"
        screen = await opened(pilot)
        assert screen.index == 2


async def test_a_transcript_without_excerpts_can_be_read(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "D", "D", "D", "D")
        assert screen.sitting.works == []
        await press(pilot, "1", "enter", "n", "j", "m", "S", "J", "N", "space", "pagedown", "right")
        assert "this transcript has no excerpts" in said(pilot) or said(pilot)
        assert "They never had fractions." in shown(pilot)
        await press(pilot, "u")
        assert len(coding_screen(pilot).sitting.works) == 1


async def burst(pilot: Pilot[None], *keys: str) -> None:
    """All keys at once, as a slow line delivers them."""
    for key in keys:
        name = key if len(key) > 1 else _character_to_key(key)
        pilot.app.post_message(events.Key(name, key if len(key) == 1 else None))
    await pilot.pause()


async def test_keys_typed_faster_than_the_screen_are_done_in_order(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await burst(pilot, "1", "j", "q", "j", "3", "k", "w", "pagedown", "home")
        # Back at the first excerpt the rubric is the first set without an answer; undo looks at it.
        await burst(pilot, "2", "full_stop", "full_stop", "space", "u", "tab", "tab", "4")
        await wait_for(pilot, lambda: codes_on(pilot, "T-1:1") == {"taught", "v2", "both"})
        assert codes_on(pilot, "T-1:2") == {"steps"}
        assert codes_on(pilot, "T-1:3") == {"effort"}


async def test_keys_typed_while_a_transcript_opens_are_not_lost(study: Study) -> None:
    async with running(study) as pilot:
        await burst(pilot, "enter", "j", "q", "enter", "3")
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 2)
        await wait_for(pilot, lambda: codes_on(pilot, "T-1:3") == {"effort"})
        assert codes_on(pilot, "T-1:2") == {"open"}
        assert codes_on(pilot, "T-1:1") == set()


async def test_words_typed_before_the_editor_shows_are_the_memo_and_no_codes(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await burst(
            pilot, "m", *"1 quite 3", "escape", "u", "j", "q", "m", *"w2", "escape", "k", "5"
        )
        await wait_for(pilot, lambda: codes_on(pilot, "T-1:1") == {"hard"})
        assert work(pilot, "T-1:1").memo == "", "written, then undone"
        assert work(pilot, "T-1:2").memo == "w2"
        assert codes_on(pilot, "T-1:2") == {"open"}
        await burst(pilot, "j", "u", "u", "U")
        await wait_for(pilot, lambda: work(pilot, "T-1:2").memo == "w2")


async def test_a_question_that_was_not_put_is_not_applicable(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "1", "-")
        assert dict(work(pilot, "T-1:1").decisions) == {"cause": "not_applicable"}
        assert codes_on(pilot, "T-1:1") == set()
        assert screen.focused_set == "vision"
        await wait_for(pilot, lambda: "– Cause" in shown(pilot))


async def test_in_a_joint_interview_each_excerpt_says_whose_answer_it_is(
    sample_study: Study,
) -> None:
    async with running(sample_study) as pilot:
        await press(pilot, *["down"] * 7)
        screen = await opened(pilot)
        assert screen.sitting.name == "BC-J01-Y1"
        headings = {mark.ref: mark.heading for mark in screen.sitting.marks()}
        assert "Q-WHY \u00b7 A3 Ms. Reyes-Whitman" in headings["BC-J01-Y1:14"]
        assert "Q-WHY \u00b7 C2 Mr. Haddad" in headings["BC-J01-Y1:15"]
        await press(pilot, "home")
        await wait_for(pilot, lambda: "Q-BACKGROUND \u00b7 A3 M" in shown(pilot))

        def top() -> str:
            return shown(pilot).splitlines()[0]

        await wait_for(pilot, lambda: "  \u203a Ms. Reyes-Whitman, Mr. Haddad  " in top())
        await press(pilot, "j")
        await wait_for(pilot, lambda: "  Ms. Reyes-Whitman, \u203a Mr. Haddad  " in top())
        await pilot.resize_terminal(60, 24)
        await wait_for(pilot, lambda: "  \u203a Mr. Haddad  " in top())
        assert "Reyes" not in top()


@pytest.mark.parametrize(
    ("size", "is_defined"), [(NARROW, False), (NARROW, True), (WIDE, False), ((60, 14), False)]
)
async def test_what_is_said_covers_neither_codes_nor_definition(
    study: Study, size: tuple[int, int], is_defined: bool
) -> None:
    async with running(study, size=size) as pilot:
        screen = await opened(pilot)
        if is_defined:
            await press(pilot, "f2")
        app_of(pilot).tell("words that are long enough to be two lines in a narrow window " * 2)
        await wait_for(pilot, lambda: screen.query(Toast))
        toast = screen.query_one(Toast)
        await wait_for(pilot, lambda: toast.region.area > 0)
        for part in (screen.panel, screen.pane):
            assert not toast.region.overlaps(part.region), (toast.region, part.region)
        assert screen.view.region.contains_region(toast.region)
        assert toast.region.bottom == screen.view.region.bottom


async def test_a_key_takes_away_what_could_be_read(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        app_of(pilot).tell("just now", seconds=60)
        await told(pilot, "just now")
        await press(pilot, "j")
        assert said(pilot) == ["just now"]
        monkeypatch.setattr(telling, "SECONDS_TO_READ", 0)
        await press(pilot, "k")
        assert said(pilot) == []
        await wait_for(pilot, lambda: "just now" not in shown(pilot))
