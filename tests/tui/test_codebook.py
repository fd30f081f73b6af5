"""The codebook screen and the queue of excerpts to revisit, through keys."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from coder.model import Code, Codebook, CodeSet, Rollup, Viewer
from coder.ops import codebook_editing as editing
from coder.ops import coding, corpus
from coder.ops.codebook_log import codebook_log
from coder.ops.revisiting import to_revisit
from coder.ops.study import Study, open_study
from coder.tui.book_lines import book_lines
from coder.tui.screens.codebook import CodebookScreen
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.forms import ChoiceDialog, FormDialog, PageDialog
from coder.tui.screens.home import HomeScreen
from tests.factories import make_study, small_codebook
from tests.tui.driving import (
    AWKWARD,
    NARROW,
    WIDE,
    app_of,
    codes_on,
    coding_screen,
    opened,
    press,
    running,
    shown,
    told,
    wait_for,
)


async def book_screen(pilot: Pilot[None]) -> CodebookScreen:
    """Open the codebook from where one is."""
    await press(pilot, "B")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodebookScreen))
    screen = cast(CodebookScreen, pilot.app.screen)
    await wait_for(pilot, lambda: screen.query("BookTree") and screen.tree_of_codes.lines)
    return screen


async def form(pilot: Pilot[None], key: str) -> FormDialog:
    """Press a key that opens a form."""
    await press(pilot, key)
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, FormDialog))
    dialog = cast(FormDialog, pilot.app.screen)
    await wait_for(pilot, lambda: dialog.focused is not None)
    return dialog


async def at_code(pilot: Pilot[None], code: str) -> CodebookScreen:
    """Move the cursor of the codebook screen to a code, by keys."""
    screen = cast(CodebookScreen, pilot.app.screen)
    place = [line.code for line in screen.tree_of_codes.lines].index(code)
    await press(pilot, "home", *["j"] * place)
    await wait_for(pilot, lambda: screen.code is not None and screen.code.id == code)
    return screen


def is_back(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, CodebookScreen)


def codes(study: Study, set_id: str = "cause") -> list[str]:
    found = study.codebook.code_set(set_id)
    assert found is not None
    return [code.id for code in found.codes]


# Reading.


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_tree_shows_sets_codes_and_own_uses(study: Study, size: tuple[int, int]) -> None:
    al = corpus.add_coder(study, "AL")
    for ref in ("T-1:1", "T-1:3"):
        coding.put_code(study, al, ref, "cause", "effort")
    async with running(study, size=size) as pilot:
        await book_screen(pilot)
        await wait_for(pilot, lambda: "Cause (several codes)" in shown(pilot))
        line = next(line for line in shown(pilot).splitlines() if " 3 \u2212 Effort" in line)
        assert "2" in line.partition("Effort")[2]
        await at_code(pilot, "effort")
        await wait_for(pilot, lambda: "on 2 of your excerpts" in shown(pilot))
        await press(pilot, "tab")
        await wait_for(pilot, lambda: "Fed by  Q-ADJUST" in shown(pilot))
        await press(pilot, "shift+tab", "end")
        await wait_for(pilot, lambda: "on none of your excerpts" in shown(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


def test_the_tree_has_any_depth() -> None:
    tree = CodeSet(
        "s",
        "S",
        "multi",
        (
            Code("c", "C", parent="b"),
            Code("a", "A", is_category=True),
            Code("b", "B", is_category=True, parent="a"),
            Code("lost", "Lost", parent="nowhere"),
            Code("old", "Old", is_retired=True),
            Code("was", "Was", replaced_by=("c",), parent="a"),
        ),
        Rollup("any"),
    )
    book = Codebook("x", "1", "X", (tree,))
    lines = book_lines(book, {"c": 3})
    assert [(line.code, line.depth) for line in lines] == [
        ("", 0), ("a", 1), ("b", 2), ("c", 3), ("was", 2), ("lost", 1), ("old", 1),
    ]  # fmt: skip
    assert lines[3].uses == 3
    assert lines[4].name == "Was \u2192 C"
    assert lines[6].name == "Old (retired)"
    assert [line.code for line in book_lines(book, {}, with_gone=False)] == [
        "", "a", "b", "c", "lost",
    ]  # fmt: skip


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_awkward_words_are_shown_as_they_are(tmp_path: Path, size: tuple[int, int]) -> None:
    made = tuple(
        Code(f"c{n}", f"{AWKWARD} {n}", AWKWARD, AWKWARD, AWKWARD, AWKWARD, AWKWARD, key=str(n))
        for n in (1, 2, 3)
    )
    book = Codebook("odd", "1", AWKWARD, (CodeSet("s", AWKWARD, "multi", made, Rollup("any")),))
    with make_study(tmp_path, book=book) as study:
        al = corpus.add_coder(study, "AL")
        coding.put_code(study, al, "T-1:1", "s", "c1")
        async with running(study, size=size) as pilot:
            await book_screen(pilot)
            await wait_for(pilot, lambda: "[laughs] [/ [bold]x" in shown(pilot))
            for key in ("a", "r", "e", "s"):
                await form(pilot, key)
                await press(pilot, "escape")
                await wait_for(pilot, lambda: is_back(pilot))
            await press(pilot, "m")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
            await wait_for(pilot, lambda: "2 [laughs] [/ [bold]x" in shown(pilot))
            await press(pilot, "enter")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, FormDialog))
            await press(pilot, *"[/b]", "enter")
            await wait_for(pilot, lambda: is_back(pilot))
            await told(pilot, "merged [laughs] [/ [bold]x")
            await press(pilot, "l")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
            await wait_for(pilot, lambda: "why: [/b]" in shown(pilot))
            await press(pilot, "escape", "escape")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
            await wait_for(pilot, lambda: "1 to revisit" in shown(pilot))
            await press(pilot, "V")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
            await wait_for(pilot, lambda: "\u21bb" in shown(pilot))


# Changing.


async def test_a_code_is_added_behind_the_one_at_the_cursor(study: Study) -> None:
    async with running(study) as pilot:
        await book_screen(pilot)
        await at_code(pilot, "taught")
        dialog = await form(pilot, "a")
        await press(pilot, *"Home", "tab", "1", "enter")
        await wait_for(pilot, lambda: "the key 1 is taken by Teaching" in shown(pilot))
        assert pilot.app.screen is dialog
        await press(pilot, "backspace", "7", "ctrl+s")
        await wait_for(pilot, lambda: is_back(pilot))
        await told(pilot, "added Home to cause (tiny 1.1.0)")
        assert codes(study)[:2] == ["taught", "home"]
        screen = cast(CodebookScreen, pilot.app.screen)
        assert screen.code is not None
        assert (screen.code.id, screen.code.key) == ("home", "7")
        await press(pilot, "u")
        await wait_for(pilot, lambda: "home" not in codes(study))
        await press(pilot, "U")
        await wait_for(pilot, lambda: "home" in codes(study))
    with open_study(study.path) as again:
        assert "home" in codes(again)


async def test_a_level_is_asked_for_in_a_rubric(study: Study) -> None:
    async with running(study) as pilot:
        await book_screen(pilot)
        await at_code(pilot, "v4")
        await form(pilot, "a")
        await press(pilot, *"Best", "tab", *"high", "enter")
        await wait_for(pilot, lambda: "is no level" in shown(pilot))
        await press(pilot, *["backspace"] * 4, "5", "enter")
        await wait_for(pilot, lambda: is_back(pilot))
        assert codes(study, "vision")[-1] == "best"


async def test_a_code_is_renamed_and_reworded(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    coding.put_code(study, al, "T-1:1", "cause", "effort")
    async with running(study) as pilot:
        await book_screen(pilot)
        await at_code(pilot, "effort")
        await form(pilot, "r")
        await press(pilot, *["backspace"] * 6, *"Trying", "tab", *"clearer", "enter")
        await wait_for(pilot, lambda: is_back(pilot))
        await told(pilot, "renamed Effort to Trying")
        dialog = await form(pilot, "e")
        await press(pilot, "tab", "tab")
        await wait_for(pilot, lambda: isinstance(dialog.focused, TextArea))
        await press(pilot, *"One", "enter", *"two", "ctrl+s")
        await wait_for(pilot, lambda: is_back(pilot))
        await told(pilot, "changed the definition of Trying")
        await told(pilot, "1 excerpt to revisit (AL)")
        await wait_for(pilot, lambda: "1 excerpt to revisit" in shown(pilot).splitlines()[0])
        found = study.codebook.code_sets[0].code("effort")
        assert found is not None
        assert (found.name, found.definition) == ("Trying", "One\ntwo")
        assert codebook_log(study, Viewer())[1].why == "clearer"


async def test_a_long_form_begins_at_its_first_label(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await book_screen(pilot)
        await form(pilot, "e")
        await wait_for(pilot, lambda: "Definition" in shown(pilot))
        await wait_for(
            pilot, lambda: any("\u2502  Name " in row for row in shown(pilot).splitlines())
        )
        await press(pilot, *["tab"] * 8)
        await wait_for(pilot, lambda: "Why (for the history" in shown(pilot))


async def test_words_that_would_be_lost_are_asked_for_twice(study: Study) -> None:
    async with running(study) as pilot:
        await book_screen(pilot)
        dialog = await form(pilot, "r")
        await press(pilot, "x", "escape")
        await wait_for(pilot, lambda: "not kept yet" in shown(pilot))
        assert pilot.app.screen is dialog
        await press(pilot, "escape")
        await wait_for(pilot, lambda: is_back(pilot))
        assert study.codebook == small_codebook()
        await form(pilot, "r")
        await press(pilot, "escape")
        await wait_for(pilot, lambda: is_back(pilot))


async def test_codes_move_among_their_siblings(study: Study) -> None:
    async with running(study) as pilot:
        await book_screen(pilot)
        await at_code(pilot, "effort")
        await press(pilot, "K")
        await wait_for(pilot, lambda: codes(study)[:3] == ["taught", "effort", "before"])
        await press(pilot, "K", "K")
        await told(pilot, "Effort is at the top")
        await press(pilot, "J")
        await wait_for(pilot, lambda: codes(study)[:2] == ["taught", "effort"])
        screen = cast(CodebookScreen, pilot.app.screen)
        assert screen.code is not None
        assert screen.code.id == "effort"


async def test_codes_are_merged_into_one_that_is_there_or_a_new_one(study: Study) -> None:
    async with running(study) as pilot:
        await book_screen(pilot)
        await at_code(pilot, "taught")
        await press(pilot, "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await press(pilot, *"earl", "enter")
        await wait_for(pilot, lambda: "Merge Teaching into Earlier years" in shown(pilot))
        await press(pilot, *"same", "enter")
        await wait_for(pilot, lambda: "Teaching \u2192 Earlier years" in shown(pilot))
        await at_code(pilot, "taught")
        await press(pilot, "r")
        await told(pilot, "Teaching was replaced: only undo brings it back")
        await at_code(pilot, "hard")
        await press(pilot, "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await press(pilot, *"new code", "enter")
        await wait_for(pilot, lambda: "into a new code" in shown(pilot))
        await press(pilot, *"Topic", "enter")
        await wait_for(pilot, lambda: is_back(pilot) and "topic" in codes(study))
        screen = cast(CodebookScreen, pilot.app.screen)
        assert screen.code is not None
        assert (screen.code.id, screen.code.key) == ("topic", "5")
        await press(pilot, "h")
        await wait_for(pilot, lambda: "\u2192" not in shown(pilot))


async def test_merging_codes_of_different_valence_says_so_before_and_after(study: Study) -> None:
    async with running(study) as pilot:
        await book_screen(pilot)
        await at_code(pilot, "effort")
        await press(pilot, "m")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await press(pilot, *"teach", "enter")
        await wait_for(pilot, lambda: "It is unproductive, the other productive." in shown(pilot))
        await press(pilot, "ctrl+s")
        await told(pilot, "Effort was unproductive: Teaching is productive, and so they count now")


async def test_a_code_is_split_retired_and_restored(study: Study) -> None:
    async with running(study) as pilot:
        await book_screen(pilot)
        await at_code(pilot, "effort")
        await form(pilot, "s")
        await press(pilot, *"Trying", "ctrl+s")
        await wait_for(pilot, lambda: "two codes or more" in shown(pilot))
        await press(pilot, "enter", *"Caring", "ctrl+s")
        await wait_for(pilot, lambda: is_back(pilot))
        await told(pilot, "split Effort into Trying and Caring (tiny 2.0.0)")
        assert codes(study)[2:5] == ["effort", "trying", "caring"]
        await at_code(pilot, "effort")
        await form(pilot, "d")
        await press(pilot, "enter")
        await told(pilot, "brought back Effort")
        await wait_for(pilot, lambda: is_back(pilot))
        await at_code(pilot, "one")
        for key in ("one", "class"):
            await at_code(pilot, key)
            await form(pilot, "d")
            await press(pilot, "enter")
            await pilot.pause()
        await wait_for(pilot, lambda: "no code left that can be put on" in shown(pilot))


async def test_undo_takes_back_changes_of_the_codebook_only(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    editing.retire(study, al, "both")
    coding.put_code(study, al, "T-1:1", "cause", "effort")
    async with running(study) as pilot:
        await book_screen(pilot)
        await press(pilot, "u")
        await told(pilot, "undo it where you code")
        assert codes_on(pilot, "T-1:1") == {"effort"}
        coding.remove_code(study, al, "T-1:1", "cause", "effort")
        await press(pilot, "U")
        await told(pilot, "AL has nothing to redo")


async def test_nobody_edits_without_a_name(study: Study) -> None:
    async with running(study, alias="") as pilot:
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 2)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await book_screen(pilot)
        await wait_for(pilot, lambda: "nobody is coding" in shown(pilot))
        await press(pilot, "a")
        await told(pilot, "first choose who you are: C")
        await press(pilot, "C")
        await wait_for(pilot, lambda: bool(pilot.app.screen.query(Input)))
        await press(pilot, *"ZZ", "enter")
        await wait_for(pilot, lambda: is_back(pilot) and app_of(pilot).coder is not None)
        await form(pilot, "r")


async def test_a_change_elsewhere_shows_in_the_tree(study: Study) -> None:
    async with running(study) as pilot:
        await book_screen(pilot)
        with open_study(study.path) as other:
            editing.retire(other, corpus.coder_named(other, "AL"), "effort")
        await wait_for(pilot, lambda: "Effort (retired)" in shown(pilot))


# What the coding screen makes of it.


async def test_the_coding_screen_offers_only_what_is_offered(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    coding.put_codes(study, al, "T-1:1", ["effort", "taught"])
    editing.retire(study, al, "effort")
    editing.merge(study, al, ["taught"], "before")
    async with running(study) as pilot:
        screen = await opened(pilot)
        (cause, *_) = screen.panel.items
        assert [(code.id, code.is_applied) for code in cause.codes] == [
            ("before", True), ("effort", True), ("both", False), ("hard", False),
            ("unclear", False),
        ]  # fmt: skip
        assert "retired: Effort" in shown(pilot)
        assert "Effort (retired)" in shown(pilot)
        # The key of a retired code takes it off, and never goes to another set instead.
        await press(pilot, "shift+tab", "shift+tab")
        await wait_for(pilot, lambda: screen.focused_set == "cause")
        await press(pilot, "3")
        await wait_for(pilot, lambda: codes_on(pilot, "T-1:1") == {"taught"})
        await press(pilot, "3")
        await told(pilot, "Effort is retired")
        assert codes_on(pilot, "T-1:1") == {"taught"}
        await press(pilot, "1")
        await wait_for(pilot, lambda: codes_on(pilot, "T-1:1") == set())
        await press(pilot, "1")
        await told(pilot, "Teaching was replaced by Earlier years (put on before)")
        await press(pilot, "u")
        await wait_for(pilot, lambda: codes_on(pilot, "T-1:1") == {"taught"})
        # The heir's key takes off what counts as it.
        await wait_for(pilot, lambda: screen.focused_set == "cause")
        await press(pilot, "2")
        await wait_for(pilot, lambda: codes_on(pilot, "T-1:1") == set())


async def test_the_coding_screen_follows_an_edit_made_over_it(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "1")
        book = await book_screen(pilot)
        await wait_for(pilot, lambda: book.code is not None and book.code.id == "taught")
        await form(pilot, "r")
        await press(pilot, *" well", "enter")
        await wait_for(pilot, lambda: is_back(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: pilot.app.screen is screen)
        await wait_for(pilot, lambda: "1+ Teaching well" in shown(pilot))


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_the_queue_of_excerpts_to_revisit(tmp_path: Path, size: tuple[int, int]) -> None:
    with make_study(tmp_path, [{"name": "A-1"}, {"name": "B-1", "person": "P2"}]) as study:
        al = corpus.add_coder(study, "AL")
        for ref in ("A-1:1", "A-1:3", "B-1:3"):
            coding.put_code(study, al, ref, "cause", "effort")
        editing.change(study, al, "effort", {"definition": "Other words."})
        async with running(study, size=size) as pilot:
            await wait_for(pilot, lambda: "3 to revisit" in shown(pilot))
            await press(pilot, "V")
            await wait_for(pilot, lambda: at(pilot) == "A-1:1")
            await wait_for(pilot, lambda: "\u21bb" in shown(pilot))
            assert "Since you coded this" in coding_screen(pilot).pane.words
            await press(pilot, "V")
            await wait_for(pilot, lambda: at(pilot) == "A-1:3")
            await told(pilot, "since this was coded: changed the definition of Effort")
            await press(pilot, "V")
            await wait_for(pilot, lambda: at(pilot) == "B-1:3")
            await press(pilot, "Y")
            await wait_for(pilot, lambda: at(pilot) == "A-1:3")
            # Code it otherwise, then stand by the others.
            await press(pilot, "3", "1")
            await wait_for(pilot, lambda: refs(study, "AL") == ["A-1:1", "B-1:3"])
            await press(pilot, "Y")
            await wait_for(pilot, lambda: at(pilot) == "A-1:1")
            await press(pilot, "enter")
            await told(pilot, "1 more to revisit in other transcripts: V goes on")
            await press(pilot, "V")
            await wait_for(pilot, lambda: at(pilot) == "B-1:3")
            await press(pilot, "V")
            await told(pilot, "this is the last excerpt to revisit")
            await press(pilot, "enter")
            await told(pilot, "nothing is left to revisit")
            assert refs(study, "AL") == []
            assert codes_on(pilot, "B-1:3") == {"effort"}
            await press(pilot, "u")
            await wait_for(pilot, lambda: refs(study, "AL") == ["B-1:3"])
            await press(pilot, "escape")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
            await wait_for(pilot, lambda: "1 to revisit" in shown(pilot))


def at(pilot: Pilot[None]) -> str:
    """Reference of the current excerpt."""
    screen = pilot.app.screen
    if not isinstance(screen, CodingScreen) or not screen.is_mounted or not screen.query("#desk"):
        return ""
    current = screen.sitting.work(screen.index)
    return current.unit.ref if current else ""


def refs(study: Study, alias: str) -> list[str]:
    return [row.ref for row in to_revisit(study, corpus.coder_named(study, alias))]
