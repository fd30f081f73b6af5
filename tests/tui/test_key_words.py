"""Sentences that name a key name the one that works now."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

import coder.tui
from coder.config import Loaded, Settings
from coder.ops import corpus
from coder.ops.desk_notes import keep_draft
from coder.ops.study import Study
from coder.tui.key_words import filled, key_of, known_commands
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.home_words import advice
from coder.tui.tour_steps import STEPS
from tests.tui.driving import opened, press, running, shown, told, wait_for

PLACE = re.compile(r"\{([a-z]+\.[a-z_]+)\}")

FIXED = {
    "app.py",  # Binding of the tour
    "asking.py",
    "commands.py",
    "forms.py",
    "help.py",
    "keymap.py",
    "memo.py",
    "naming.py",
    "noting.py",
    "settling.py",
    "start.py",
    "tour.py",
    "tour_steps.py",
}
"""Modules that name keys of dialogs and lists, which nobody can give to something else."""


OTHERS = {"app.focus_next", "app.focus_previous"}
"""Actions of Textual, which look like ids of commands."""


def with_keys(**keys: str) -> Loaded:
    names = {name.replace("__", "."): key for name, key in keys.items()}
    return Loaded(Settings(keys=names), {f"keys.{name}": "f, line 1" for name in names})


def sentences() -> Iterator[tuple[Path, str]]:
    """Every string of the app that is no docstring."""
    for path in sorted(Path(coder.tui.__path__[0]).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            words = node.value if isinstance(node, ast.Constant) else None
            if isinstance(words, str) and id(node) not in alone:
                yield path, words


def test_what_stands_for_a_key_is_a_command() -> None:
    declared = [command.help for command in known_commands().values()]
    named = {name for words in declared for name in PLACE.findall(words)}
    named |= {name for s in STEPS for words in (s.words, s.why) for name in PLACE.findall(words)}
    assert len(named) > 20
    assert named <= known_commands().keys()
    rooms = {name.partition(".")[0] for name in known_commands()}
    spoken = {
        w for _, w in sentences() if re.fullmatch(rf"({'|'.join(rooms)})\.(?!tcss)[a-z_]+", w)
    }
    assert {"coding.memo", "home.coder", "app.quit"} <= spoken
    assert spoken - known_commands().keys() <= OTHERS


def test_no_sentence_names_a_key_by_itself() -> None:
    named = re.compile(r"\b(Enter|Esc|Escape|Tab|Space|F\d+|Ctrl\+[A-Z])\b(?! and)")
    found = [
        (path.name, words)
        for path, words in sentences()
        if path.name not in FIXED and " " in words and named.search(words)
    ]
    in_lists = {
        "All of them are marked as you type; Tab looks in all transcripts.",
        "A list with what is said around them; Enter opens the transcript there.",
        "Those that you began and did not keep come first; Enter goes to one.",
    }
    assert {words for _, words in found} <= in_lists


def test_a_key_is_written_as_the_help_has_it() -> None:
    assert key_of("coding.undo", {}) == "u"
    assert key_of("coding.redo", {"coding.redo": "f9,f10"}) == "F9"
    assert key_of("coding.memos", {}) == '"'
    assert key_of("coding.memos", {"coding.memos": "ctrl+right"}) == "Ctrl+→"
    assert filled("{coding.undo} or {what} {x", lambda name: f"<{name}>") == (
        "<coding.undo> or {what} {x"
    )


def test_an_empty_list_names_the_keys_of_now() -> None:
    def key(name: str) -> str:
        return key_of(name, {"home.round": "f9", "home.clear": "f10"})

    assert "F9 goes back" in advice(False, "R1", key).plain
    assert "F10 shows all" in advice(True, "", key).plain


@pytest.mark.parametrize(
    ("keys", "pressed", "words"),
    [
        ({"coding__memo": "F9"}, '"', "no memo of yours in this transcript yet: F9 writes one"),
        ({"coding__memo": "F9"}, "M", "is not on this excerpt: F9 writes on the excerpt"),
        ({"coding__cursor_right": "F9"}, "S", "first move the cursor (F9) to where"),
        (
            {"coding__stop_later": "F9", "coding__select_step": "F10"},
            "A",
            "then F9 or Shift+→; F10",
        ),
        ({"coding__select_excerpt": "F9"}, "E", "F9 selects it all, ( ) < > move its ends"),
        ({"coding__find": "F9"}, "f3", "first look for something: F9 words, ! a flag"),
        ({"coding__memo": "m"}, "f3", "first look for something: / words, ! a flag"),
    ],
)
async def test_messages_while_coding(
    study: Study, keys: dict[str, str], pressed: str, words: str
) -> None:
    async with running(study, loaded=with_keys(**keys)) as pilot:
        await opened(pilot)
        await press(pilot, pressed)
        await told(pilot, words)


async def help_on(pilot: Pilot[None], words: str) -> str:
    """What the help says where these words are typed."""
    await press(pilot, "?")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
    await press(pilot, *words)
    await wait_for(pilot, lambda: "End" not in shown(pilot))
    return shown(pilot)


async def test_help_palette_and_greeting(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    keep_draft(study, al, "excerpt", "T-1:1", "half")
    loaded = with_keys(coding__memos="F9", coding__resize="F10", coding__select_excerpt="F11")
    async with running(study, loaded=loaded) as pilot:
        await told(pilot, "the words come back in the editor, and F9 lists memos")
        await opened(pilot)
        page = await help_on(pilot, "makes it so")
        assert "F11 selects the excerpt, ( ) < > move its" in page
        assert "ends, F10 makes it so" in page
        await press(pilot, "escape", "ctrl+p", *"let the excerpt end")
        await wait_for(pilot, lambda: "F11 selects the excerpt" in shown(pilot))
        assert "{" not in shown(pilot)
