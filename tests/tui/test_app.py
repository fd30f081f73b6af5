"""What holds for every screen: awkward words, commands, help, errors, themes, start-up."""

from __future__ import annotations

import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import cast

import pytest
from textual.color import Color
from textual.command import CommandList
from textual.screen import Screen
from textual.theme import Theme

from coder.errors import NotAllowed, StudyProblem
from coder.model import RESERVED_KEYS, Code, Codebook, CodeSet, Rollup
from coder.ops.importing import import_files
from coder.ops.study import Study, create_study
from coder.tui.app import CoderApp
from coder.tui.app_commands import APP_COMMANDS
from coder.tui.commands import Command
from coder.tui.providers import CommandProvider
from coder.tui.running import run
from coder.tui.screens.codebook import CodebookScreen
from coder.tui.screens.codebook_commands import CODEBOOK_COMMANDS
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.coding_keys import CODING_COMMANDS
from coder.tui.screens.dialogs import FailureDialog
from coder.tui.screens.forms import ChoiceDialog
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.home_commands import HOME_COMMANDS
from coder.tui.screens.sorting import SortingScreen
from coder.tui.screens.sorting_commands import SORTING_COMMANDS
from coder.tui.themes import THEMES, variable_defaults
from tests.tui.driving import (
    AWKWARD,
    NARROW,
    app_of,
    codes_on,
    opened,
    press,
    running,
    said,
    shown,
    told,
    wait_for,
)

AWKWARD_HEADER = """---
transcript: X
study: odd
protocol: odd/1
date: 2024-02-06
wave: winter
year: 2023-24
participants:
  - {id: P1, speaker: T1, pseudonym: "Ms. [b]P1", role: teacher, district: "[/north", school: H}
interviewers:
  - {id: R2, speaker: INT}
redaction: {state: done, by: R5, date: 2024-02-19}
---

"""
EVERY_COMMAND = (
    *CODING_COMMANDS,
    *CODEBOOK_COMMANDS,
    *HOME_COMMANDS,
    *SORTING_COMMANDS,
    *APP_COMMANDS,
)


def awkward_book() -> Codebook:
    """A codebook whose every word is awkward."""
    codes = tuple(
        Code(f"c{n}", f"{AWKWARD} {n}", AWKWARD, AWKWARD, AWKWARD, AWKWARD, AWKWARD, key=str(n))
        for n in (1, 2)
    )
    return Codebook("odd", "1", AWKWARD, (CodeSet("s", AWKWARD, "multi", codes, Rollup("any")),))


@pytest.mark.parametrize("size", [NARROW, (160, 50)])
async def test_awkward_words_go_through_every_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    safe = AWKWARD.replace("\x1b", "").replace("\x00", "").replace("\t", " ")
    turns = f"[00:00:10] INT: {{Q-[x]}} {safe}\n\n[00:00:20] T1: {safe} [/ and [b]more.\n"
    (tmp_path / "X.txt").write_text(AWKWARD_HEADER + turns, encoding="utf-8")
    with create_study(tmp_path / "odd.coder", [awkward_book()]) as study:
        import_files(study, [tmp_path / "X.txt"])
        async with running(study, size=size) as pilot:
            await wait_for(pilot, lambda: "Ms. [b]P1" in shown(pilot))
            await press(pilot, "slash", *"[/north")
            await wait_for(pilot, lambda: "Ms. [b]P1" in shown(pilot))
            await press(pilot, "escape")
            screen = await opened(pilot)
            await press(pilot, "1")
            await wait_for(pilot, lambda: screen.sitting.works[0].codings)
            await press(pilot, "f2", "u")
            await told(pilot, "[laughs] [/ [bold]x[/bold]")
            await press(pilot, "M", "question_mark")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
            await press(pilot, "escape", "ctrl+p", *"laughs")
            await wait_for(pilot, lambda: "Code: [laughs] [/" in shown(pilot))
            assert "\x1b" not in shown(pilot)


async def test_every_command_is_in_the_help_of_its_screen(study: Study) -> None:
    async with running(study, size=(120, 240)) as pilot:
        screen = await opened(pilot)
        await press(pilot, "f1")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await wait_for(pilot, lambda: "Code keys" in shown(pilot) or "Codes" in shown(pilot))
        text = shown(pilot)
        for command in chain(CODING_COMMANDS, APP_COMMANDS):
            assert command.title in text
        for _, code in screen.sitting.book.codes():
            assert code.name in text


async def test_the_help_of_a_list_has_the_keys_of_the_list(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await press(pilot, "question_mark", *"next transcript")
        await wait_for(pilot, lambda: "Next transcript" in shown(pilot))
        assert "\u2193  j" in shown(pilot)
        await press(pilot, *(["backspace"] * 15), "?")
        await wait_for(pilot, lambda: not isinstance(pilot.app.screen, HelpScreen))


async def test_the_palette_has_the_commands_and_the_codes(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        provider = CommandProvider(cast(Screen[object], screen))
        texts = [text for text, _, _ in provider._entries()]
        for command in chain(CODING_COMMANDS, APP_COMMANDS):
            is_there = any(text.startswith(command.title) for text in texts)
            assert is_there == (command.id != "app.palette")
        await press(pilot, "ctrl+p", *"effort")
        await wait_for(pilot, lambda: "Code: Effort" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: codes_on(pilot, "T-1:1") == {"effort"})


async def test_the_palette_puts_words_before_letters_and_says_where_nothing_fits(
    study: Study,
) -> None:
    async with running(study) as pilot:
        await press(pilot, "ctrl+p", *"export")
        palette = pilot.app.screen
        listed = palette.query_one(CommandList)
        await wait_for(pilot, lambda: "Export the tables" in shown(pilot))
        await wait_for(pilot, lambda: listed.option_count == 1)
        assert "revisit" not in shown(pilot)
        await press(pilot, *"zz")
        await wait_for(pilot, lambda: "no command has these words" in shown(pilot))
        await press(pilot, *["backspace"] * 8, "K")
        await wait_for(
            pilot, lambda: "See how far coders agree" in str(listed.get_option_at_index(0).prompt)
        )


async def test_a_choice_that_nothing_fits_says_so(study: Study) -> None:
    async with running(study) as pilot:
        pilot.app.push_screen(ChoiceDialog("Which round?", [("a", "first"), ("b", "second")]))
        await wait_for(pilot, lambda: "first" in shown(pilot))
        assert "none has these words" not in shown(pilot)
        await press(pilot, *"third")
        await wait_for(pilot, lambda: "none has these words" in shown(pilot))


def test_commands_have_their_own_ids_and_keys() -> None:
    ids = [command.id for command in EVERY_COMMAND]
    assert len(ids) == len(set(ids))
    for screen in (CODING_COMMANDS, HOME_COMMANDS, SORTING_COMMANDS):
        keys = [key for command in (*screen, *APP_COMMANDS) for key in command.keys.split(",")]
        keys = [key for key in keys if key]
        assert len(keys) == len(set(keys))


def test_no_command_takes_a_key_that_a_codebook_may_use() -> None:
    taken = {key for command in CODING_COMMANDS for key in command.keys.split(",")}
    letters = {key for key in taken if len(key) == 1 and (key.islower() or key.isdigit())}
    assert letters <= RESERVED_KEYS
    assert not taken & {f"ctrl+{key}" for key in "imhsab"}


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=lambda c: cast(Command, c).id)
def test_every_command_has_an_action(command: Command) -> None:
    name = "action_" + command.action.partition("(")[0]
    from coder.tui.screens.home import HomeScreen

    owners = (CodingScreen, CodebookScreen, HomeScreen, SortingScreen, CoderApp)
    assert any(hasattr(owner, name) for owner in owners)


async def test_a_refusal_is_told_and_a_failure_opens_a_dialog(study: Study) -> None:
    async with running(study) as pilot:
        app = app_of(pilot)

        def refuse() -> None:
            raise NotAllowed("not [now", "later")

        def fail() -> None:
            raise StudyProblem("the [disk is full", "make room")

        assert app.attempt(refuse) is None
        await wait_for(pilot, lambda: said(pilot) == ["not [now (later)"])
        app.attempt(fail)
        await wait_for(pilot, lambda: isinstance(app.screen, FailureDialog))
        await wait_for(pilot, lambda: "the [disk is full" in shown(pilot))
        assert "make room" in shown(pilot)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: len(app.screen_stack) == 1)


async def test_a_fault_of_the_program_is_not_hidden(study: Study) -> None:
    async with running(study) as pilot:

        def break_down() -> None:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            app_of(pilot).attempt(break_down)


async def test_themes_go_round_and_foreign_ones_work(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        app = app_of(pilot)
        for theme in ("coder-light", "coder-contrast", "coder-dark"):
            await press(pilot, "f8")
            assert app.theme == theme
        app.theme = "nord"
        await press(pilot, "1")
        await wait_for(pilot, lambda: " 1+ Teaching " in shown(pilot))


def test_our_themes_name_the_same_colours() -> None:
    names = [set(theme.variables) for theme in THEMES]
    assert all(some == names[0] for some in names)
    assert set(variable_defaults(True)) == set(variable_defaults(False)) == names[0]


def contrast(one: str, other: str) -> float:
    """How far apart two colours are in lightness, after WCAG 2: 4.5 can be read."""
    light = []
    for colour in (one, other):
        parts = [part / 255 for part in Color.parse(colour).rgb]
        red, green, blue = (
            p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
        )
        light.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(light) + 0.05) / (min(light) + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: cast(Theme, theme).name)
def test_every_colour_can_be_read_where_it_is_used(theme: Theme) -> None:
    named = theme.variables
    grounds = [str(theme.background), str(theme.surface), named["excerpt-current"]]
    for tone in ("productive", "unproductive", "mixed", "neutral"):
        assert contrast(named[tone], named[f"{tone}-ground"]) >= 4.5
        for ground in grounds:
            assert contrast(named[f"{tone}-sign"], ground) >= 4.5
    for colour in (named["turn-interviewer"], named["turn-margin"], str(theme.accent)):
        for ground in grounds:
            assert contrast(colour, ground) >= 4.5, (colour, ground)
    assert contrast(str(theme.foreground), named["excerpt-sentence"]) >= 4.5


async def test_without_colour_every_sign_is_still_there(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "1", "3", "j", "n")
        await wait_for(pilot, lambda: "∅ Support" in shown(pilot))
        for sign in (" 1+ Teaching ", " 3− Effort ", "◐", "✓", "┃", "▶ ", "› "):
            assert sign in shown(pilot)
        assert app_of(pilot).no_color


def test_an_unknown_coder_is_refused_before_the_app_starts(study: Study) -> None:
    with pytest.raises(Exception, match="there is no coder XX"):
        run(study, "XX")


def test_the_first_screen_imports_nothing_heavy() -> None:
    """Start-up is a feature: the ratio to an empty app was 1.2 when this was written."""
    code = "import coder.tui.app, coder.tui.screens.home, sys; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(out.stdout.split())
    heavy = {"pandas", "numpy", "spacy", "sklearn", "scipy", "ruamel", "pydantic"}
    late = {
        "coder.tui.screens.coding",
        "coder.tui.screens.dialogs",
        "coder.tui.screens.help",
        "coder.tui.providers",
        "coder.tui.keymap",
        "coder.tui.tour",
        "coder.tui.greeting",
        "tomllib",
        "coder.tui.widgets.transcript_page",
        "textual.widgets._text_area",
        "textual.widgets._data_table",
        "textual.widgets._markdown",
    }
    assert not loaded & (heavy | late)


async def test_a_remapped_key_works_and_is_taught(study: Study) -> None:
    async with running(study, size=(120, 240)) as pilot:
        app_of(pilot).set_keymap({"coding.next_excerpt": "J", "coding.join": "ctrl+j"})
        screen = await opened(pilot)
        await press(pilot, "J")
        assert screen.index == 1
        assert len(screen.sitting.works) == 4
        await wait_for(pilot, lambda: " J next " in shown(pilot))
        await press(pilot, "f1")
        await wait_for(pilot, lambda: "Ctrl+J        Join the excerpt" in shown(pilot))
