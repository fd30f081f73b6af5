"""coder settings, and what coder where says of settings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.calling import Call


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the user's settings would be; nothing is there yet."""
    path = tmp_path / "own" / "settings.toml"
    monkeypatch.setenv("CODER_SETTINGS", str(path))
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    return path


def test_it_says_what_holds_and_where_it_comes_from(
    sample: Path, settings_file: Path, call: Call
) -> None:
    settings_file.parent.mkdir()
    settings_file.write_text('theme = "coder-light"\ncoder = "AL"\n')
    (sample.parent / "coder.toml").write_text('coder = "RR"\n[keys]\n"coding.undo" = "Ctrl+U"\n')
    answer = call("settings", "--json")
    assert (answer.code, answer.err) == (0, "")
    rows = {row["name"]: row for row in json.loads(answer.out)["rows"]}
    assert rows["theme"]["value"] == '"coder-light"'
    assert rows["theme"]["origin"] == f"{settings_file}, line 1"
    assert rows["coder"]["value"] == '"RR"'
    assert rows["coder"]["origin"].endswith("coder.toml, line 1")
    assert rows["keys.coding.undo"]["origin"].endswith("coder.toml, line 3")
    assert rows["blink"]["origin"] == "default"


def test_the_keys_are_a_plain_list(sample: Path, settings_file: Path, call: Call) -> None:
    (sample.parent / "coder.toml").write_text('[keys]\n"coding.undo" = "Ctrl+U"\n')
    answer = call("settings", "--keys", "--csv")
    assert answer.code == 0
    assert "coding.undo,Ctrl+U,coding,Undo" in answer.out
    assert "app.quit,Ctrl+Q,app,Quit" in answer.out


def test_what_cannot_be_used_is_named_and_fails(
    sample: Path, settings_file: Path, call: Call
) -> None:
    (sample.parent / "coder.toml").write_text(
        'theme = "coder-ligt"\n[keys]\n"coding.undo" = "z"\n"coding.redoo" = "R"\n'
    )
    answer = call("settings")
    assert answer.code == 1
    lines = answer.err.splitlines()
    assert any(
        "line 1: there is no theme coder-ligt (did you mean coder-light?)" in x for x in lines
    )
    assert any("line 3" in x and "the key of the code Special education" in x for x in lines)
    assert any("did you mean coding.redo?" in x for x in lines)
    assert "coding.undo" not in answer.out


def test_paths_and_the_example(sample: Path, settings_file: Path, call: Call) -> None:
    answer = call("settings", "--path")
    assert answer.out.splitlines() == [str(settings_file), str(sample.parent / "coder.toml")]
    assert "# theme" in call("settings", "--example").out
    assert f"settings: {settings_file} (not there)" in call("where").out
    assert not settings_file.parent.exists()
