"""Keys of one's own: what can be given works and is taught, what cannot is named."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coder.config import Loaded, Settings
from coder.model import Code, Codebook, CodeSet, Rollup
from coder.ops import codebook_editing as editing
from coder.ops.study import Study
from coder.tui.keymap import Room, rooms, settled, textual_key
from tests.tui.driving import app_of, codes_on, opened, press, running, said, shown, wait_for

BOOK = Codebook(
    "b", "1", "B", (CodeSet("s", "S", "multi", (Code("c", "Cause [x", key="z"),), Rollup("any")),)
)


def loaded(**keys: str) -> Loaded:
    names = {name.replace("__", "."): key for name, key in keys.items()}
    return Loaded(Settings(keys=names), {f"keys.{name}": "f, line 1" for name in names})


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("?", "question_mark"),
        ("Ctrl+R", "ctrl+r"),
        ("esc", "escape"),
        ("shift+j", "J"),
        ("F9", "f9"),
        ("slash", "slash"),
        ("PgDn", "pagedown"),
        ("ü", "ü"),
    ],
)
def test_a_key_may_be_written_as_it_is_shown(written: str, key: str) -> None:
    assert textual_key(written) == key


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("pagedwn", "did you mean pagedown?"),
        ("ctrl+i", "Ctrl+I is Tab to a terminal"),
        ("hyperspace+x", "there is no key"),
        ("two words", "there is no key"),
    ],
)
def test_a_key_that_is_none_is_refused(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        textual_key(written)


def test_keys_may_change_places() -> None:
    found = settled(loaded(coding__next_excerpt="k", coding__previous_excerpt="j"), BOOK)
    assert found.problems == ()
    assert found.keymap == {"coding.next_excerpt": "k", "coding.previous_excerpt": "j"}


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"coding__undo": "z"}, "z is the key of the code Cause [x; it keeps u"),
        ({"coding__undo": "j"}, "j is the key of coding.next_excerpt; it keeps u"),
        ({"coding__undo": "Ctrl+Q"}, "Ctrl+Q is the key of app.quit; it keeps u"),
        ({"app__help": "u"}, "u is the key of coding"),
        ({"home__order": "j"}, "j is taken: Next transcript; it keeps o"),
        ({"coding__undoo": "F9"}, "did you mean coding.undo?"),
        ({"coding__undo": "F16"}, "F16 is the key of coding.previous_turn; it keeps u"),
        ({"coding__undo": "foo"}, "there is no key foo"),
        ({"app__tour": "F9"}, "takes no key"),
    ],
)
def test_a_clash_is_named_and_the_command_keeps_its_key(keys: dict[str, str], why: str) -> None:
    found = settled(loaded(**keys), BOOK)
    assert found.keymap == {}
    assert len(found.problems) == 1
    assert "f, line 1" in found.problems[0]
    if why != "u is the key of coding":
        assert why in found.problems[0]


def test_of_two_that_ask_for_one_key_the_first_gets_it() -> None:
    found = settled(loaded(coding__undo="F9", coding__redo="F9", codebook__add="F9"), BOOK)
    assert found.keymap == {"coding.undo": "f9", "codebook.add": "f9"}
    assert "F9 is the key of coding.undo" in found.problems[0]


def test_every_screen_that_declares_commands_is_known() -> None:
    folder = Path(__file__).parents[2] / "coder" / "tui"
    declared = {
        name
        for path in folder.rglob("*.py")
        for name in re.findall(r"DECLARED = (\w+)_COMMANDS", path.read_text(encoding="utf-8"))
    }
    assert declared == {room.name.upper() for room in rooms()}


async def test_the_app_starts_with_a_clash_and_says_so(study: Study) -> None:
    async with running(
        study, loaded=loaded(coding__undo="1", coding__redo="F9", coding__join="q")
    ) as pilot:
        await wait_for(pilot, lambda: any("is the key of the code" in x for x in said(pilot)))
        assert "1 more: coder settings" in said(pilot)[0]
        await opened(pilot)
        await press(pilot, "1")
        assert codes_on(pilot, "T-1:1") == {"taught"}
        await press(pilot, "u")
        assert codes_on(pilot, "T-1:1") == set()
        await press(pilot, "f9")
        assert codes_on(pilot, "T-1:1") == {"taught"}
        await press(pilot, "question_mark", *"redo")
        await wait_for(pilot, lambda: "F9            Redo" in shown(pilot))


async def test_a_code_added_since_takes_its_key_back(study: Study) -> None:
    async with running(study, loaded=loaded(coding__redo="z")) as pilot:
        app = app_of(pilot)
        assert app.remapped == {"coding.redo": "z"}
        assert app.coder is not None
        editing.add(study, app.coder, "cause", Code("", "Luck", key="z"))
        screen = await opened(pilot)
        await wait_for(pilot, lambda: any("code Luck; it keeps U" in x for x in said(pilot)))
        assert app.remapped == {}
        await press(pilot, "z")
        assert screen.sitting.works[0].codings


async def test_keys_given_anew_work_where_the_focus_has_stayed(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await press(pilot, "j")
        assert screen.index == 1
        app_of(pilot).set_keymap({"coding.next_excerpt": "f9"})
        await press(pilot, "f9")
        assert screen.index == 2
        await press(pilot, "j")
        assert screen.index == 2


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.name))
def test_no_screen_has_two_commands_on_one_key(room: Room) -> None:
    always = rooms()[-1].commands if room.name != "app" else ()
    keys = [key for one in (*room.commands, *always) for key in one.keys.split(",") if key]
    assert len(keys) == len(set(keys))
    assert not set(keys) & set(room.fixed)


ALTGR = frozenset(
    (
        "left_square_bracket",
        "right_square_bracket",
        "left_curly_bracket",
        "right_curly_bracket",
        "backslash",
        "at",
        "number_sign",
        "vertical_line",
        "tilde",
        "circumflex_accent",
        "grave_accent",
    )
)
"""Keys that are two keys, or none, on German, French, Spanish or Scandinavian keyboards."""


@pytest.mark.parametrize("room", rooms(), ids=lambda room: str(room.name))
def test_every_command_has_a_key_on_every_keyboard(room: Room) -> None:
    for command in room.commands:
        keys = command.keys.split(",")
        plain = [key for key in keys if key.rpartition("+")[2] not in ALTGR]
        assert plain, f"{command.id} has {keys}"


def _is_on(pilot: Pilot[None], words: str) -> bool:
    return words in shown(pilot)


async def test_flags_words_and_progress_by_function_keys(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        for key, title in (
            ("f5", "all transcripts"),
            ("shift+f5", "Go to the next flagged"),
            ("shift+f6", "How far you are"),
        ):
            await press(pilot, key)
            await wait_for(pilot, partial(_is_on, pilot, title))
            await press(pilot, "escape")
            await wait_for(pilot, lambda: pilot.app.screen is screen)


async def test_shift_and_a_function_key_works_however_it_is_sent(study: Study) -> None:
    async with running(study, loaded=loaded(coding__next_excerpt="Shift+F9")) as pilot:
        screen = await opened(pilot)
        await press(pilot, "shift+f9", "f21")
        await wait_for(pilot, lambda: screen.index == 2)
        assert "Shift+F9 next" in shown(pilot), "taught as it is written on keyboards"
