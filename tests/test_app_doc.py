"""docs/app.md says what the program does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from coder.cli.main import COMMANDS
from coder.config import SETTINGS, Loaded, Settings, value_in_words
from coder.tui.keymap import rooms, settled
from coder.tui.surroundings import LEAST_HEIGHT, LEAST_WIDTH

DOC = (Path(__file__).parent.parent / "docs" / "app.md").read_text(encoding="utf-8")


def test_every_setting_stands_there_with_its_sentence_and_default() -> None:
    for setting in SETTINGS:
        default = "" if setting.name == "keys" else f" `{value_in_words(setting.default)}`"
        assert f"| `{setting.name}` |{default} | {setting.words} |" in DOC


def test_the_example_of_other_keys_can_be_used() -> None:
    table = tomllib.loads(DOC.split("```toml")[1].split("```")[0])["keys"]
    known = {command.id for room in rooms() for command in room.commands}
    assert set(table) <= known
    assert settled(Loaded(Settings(keys=table)), None).problems == ()


def test_it_names_commands_and_sizes_that_are_so() -> None:
    for name in re.findall(r"`coder ([a-z][a-z-]*)", DOC):
        assert name in COMMANDS
    assert f"From {LEAST_WIDTH} columns by {LEAST_HEIGHT} rows" in DOC
