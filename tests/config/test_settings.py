"""Settings files: the nearest wins, key by key; mistakes are named with file and line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from coder.config import (
    SETTINGS,
    Settings,
    example_file,
    from_environment,
    is_remembered,
    load,
    remember,
)


def written(folder: Path, text: str, name: str = "settings.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_gives_the_defaults_and_makes_nothing(tmp_path: Path) -> None:
    loaded = load([tmp_path / "a" / "settings.toml"])
    assert loaded.settings == Settings()
    assert loaded.origin("theme") == "default"
    assert list(tmp_path.iterdir()) == []


def test_the_nearest_file_wins_key_by_key_and_what_is_typed_beats_it(tmp_path: Path) -> None:
    far = written(tmp_path, 'theme = "coder-light"\ncoder = "AL"\nblink = false\n[keys]\na.b = "x"')
    near = written(tmp_path, 'coder = "RR"\n\n[keys]\n"a.c" = "y"\n', "coder.toml")
    loaded = load([far, near], {"theme": ("nord", "--theme")})
    assert loaded.settings == Settings(
        theme="nord", coder="RR", blink=False, keys={"a.b": "x", "a.c": "y"}
    )
    assert loaded.origin("theme") == "--theme"
    assert loaded.origin("coder") == f"{near}, line 1"
    assert loaded.origin("blink") == f"{far}, line 3"
    assert loaded.origin("keys.a.b") == f"{far}, line 5"
    assert loaded.origin("keys.a.c") == f"{near}, line 4"
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('x = 1\ntheem = "nord"', "line 2: there is no setting theem (did you mean theme?)"),
        ("blink = 1", "line 1: blink must be true or false, not 1"),
        ("theme = true", "line 1: theme must be words in quotes, not true"),
        ('definition = "full"', 'line 1: definition must be short or long, not "full"'),
        ("keys = 3", "line 1: keys must be a table"),
        ("[keys]\na.b = 7", "line 2: a.b needs a key in quotes, not 7"),
        ("theme = \n", "not used: Invalid value (at line 1"),
    ],
)
def test_a_mistake_is_named_and_the_rest_counts(tmp_path: Path, text: str, problem: str) -> None:
    broken = written(tmp_path, text)
    fine = written(tmp_path, 'coder = "AL"', "coder.toml")
    loaded = load([broken, fine])
    assert any(problem in one and str(broken) in one for one in loaded.problems)
    assert loaded.settings == Settings(coder="AL")


def test_a_file_that_cannot_be_read_as_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"\xff\xfe\x00")
    assert str(path) in load([path]).problems[0]


def test_the_example_has_every_setting_with_its_sentence_and_changes_nothing(
    tmp_path: Path,
) -> None:
    text = example_file()
    assert tomllib.loads(text) == {"keys": {}}
    flat = " ".join(text.replace("#", " ").split())
    for setting in SETTINGS:
        assert setting.words in flat
        assert setting.name in text
    uncommented = text.replace("# theme", "theme").replace("# blink", "blink")
    uncommented = uncommented.replace('# "coding.next', '"coding.next')
    loaded = load([written(tmp_path, uncommented)])
    assert loaded.problems == ()
    assert loaded.settings == Settings(keys={"coding.next_excerpt": "j,down"})


def test_variables_beat_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", "nord")
    monkeypatch.delenv("CODER_CODER", raising=False)
    loaded = load([written(tmp_path, 'theme = "coder-light"')], from_environment())
    assert (loaded.settings.theme, loaded.origin("theme")) == ("nord", "$TEXTUAL_THEME")


def test_what_is_remembered_is_kept_beside_what_was(tmp_path: Path) -> None:
    path = tmp_path / "state" / "state.json"
    assert not is_remembered(path, "tour")
    remember(path, "tour")
    remember(path, "other")
    assert is_remembered(path, "tour")
    assert is_remembered(path, "other")
    assert [one.name for one in path.parent.iterdir()] == ["state.json"]
    path.write_text("{broken", encoding="utf-8")
    assert not is_remembered(path, "tour")
