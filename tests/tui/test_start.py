"""The start screen: studies opened recently, those in this folder, what to do without any."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import cast

import pytest
from textual import events
from textual.pilot import Pilot

from coder.cli import opening
from coder.config import Loaded, Settings
from coder.errors import UsageError
from coder.ops.corpus import add_coder, list_coders
from coder.ops.recent import read_recent, remember
from coder.ops.study import Study, backup_study, open_study
from coder.tui import start
from coder.tui.start import StartApp
from tests.tui.driving import NARROW, press, shown, wait_for


@asynccontextmanager
async def starting(app: StartApp) -> AsyncIterator[Pilot[None]]:
    """The start screen in a narrow window."""
    async with app.run_test(size=NARROW) as pilot:
        yield cast(Pilot[None], pilot)


def told(app: StartApp, words: str) -> bool:
    """Whether a message with these words is on screen."""
    return any(words in note.message for note in app._notifications)


async def test_one_is_opened_or_forgotten(tmp_path: Path) -> None:
    file, there = tmp_path / "studies.json", tmp_path / "[b]there[b].coder"
    there.touch()
    for path in (tmp_path / "gone.coder", there):
        remember(file, path, "AL")
    app = StartApp(file)
    async with starting(app) as pilot:
        await wait_for(pilot, lambda: "[b]there[b].coder" in shown(pilot))
        assert "by AL" in shown(pilot)
        assert "gone.coder  the file is not there" in shown(pilot)
        await press(pilot, "j", "enter")
        await wait_for(pilot, lambda: told(app, "x forgets it"))
        await press(pilot, "x")
        await wait_for(pilot, lambda: "gone.coder" not in shown(pilot))
        await press(pilot, "k", "enter")
    assert app.return_value == str(there)
    assert [row.path for row in read_recent(file)] == [there]


async def test_those_in_this_folder_are_there_too_and_a_dropped_one_opens(tmp_path: Path) -> None:
    here = tmp_path / "here.coder"
    here.touch()
    app = StartApp(tmp_path / "studies.json", [here])
    async with starting(app) as pilot:
        await wait_for(pilot, lambda: "here.coder" in shown(pilot))
        assert "in this folder" in shown(pilot)
        await press(pilot, "x")
        await wait_for(pilot, lambda: told(app, "is in this folder"))
        pilot.app.post_message(events.Paste("nonsense"))
        await wait_for(pilot, lambda: told(app, "no study"))
        pilot.app.post_message(events.Paste(f"'{here}'"))
        await wait_for(pilot, lambda: app._exit)
    assert app.return_value == str(here)


async def test_without_any_it_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "studies.json"
    app = StartApp(file)
    async with starting(app) as pilot:
        await wait_for(pilot, lambda: "no study was opened yet" in shown(pilot))
        assert "coder new NAME.coder" in shown(pilot)
        await press(pilot, "enter", "j", "x", "escape")
    assert app.return_value is None


async def test_a_damaged_list_is_told(tmp_path: Path) -> None:
    file = tmp_path / "studies.json"
    file.write_text("{", encoding="utf-8")
    async with starting(StartApp(file)) as pilot:
        await wait_for(pilot, lambda: "cannot be read" in shown(pilot))


@pytest.mark.parametrize("theme", ["coder-light", "coder-contrast", "nord"])
async def test_it_has_the_colours_of_the_settings(tmp_path: Path, theme: str) -> None:
    app = StartApp(tmp_path / "studies.json", loaded=Loaded(Settings(theme=theme, animation=False)))
    async with starting(app):
        assert app.theme == theme
        assert app.animation_level == "none"


async def test_it_is_without_colours_where_none_are_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = StartApp(tmp_path / "studies.json", loaded=Loaded(Settings(theme="coder-light")))
    async with starting(app) as pilot:
        await wait_for(pilot, lambda: "no study was opened yet" in shown(pilot))
        painted = list(app.screen._compositor.render_strips())
        colours = {
            segment.style.color.get_truecolor()
            for strip in painted
            for segment in strip
            if segment.style and segment.style.color
        }
        assert all(one.red == one.green == one.blue for one in colours), colours


class Opened:
    """Stands for the app and the start screen, and remembers what was asked of them."""

    def __init__(self, answers: Sequence[str | None]) -> None:
        self.answers = list(answers)
        self.studies: list[tuple[str, str]] = []
        self.offered: list[list[Path]] = []
        self.themes: list[str] = []
        self.meanwhile: Sequence[str] = ()
        self.greetings: list[str] = []


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Opened:
    """No terminal is needed: the app ends at once, with what it is told to open next."""
    seen = Opened([])

    def run(
        study: Study,
        alias: str,
        _round: str,
        *,
        then: Callable[[str, Sequence[str]], None],
        once_shown: Callable[[], None],
        greeting: str,
        **_: object,
    ) -> int:
        seen.greetings.append(greeting)
        seen.studies.append((study.path.name, alias))
        once_shown()
        following = seen.answers.pop(0)
        if following is not None:
            then(following, seen.meanwhile)
        return 0

    class Start:
        def __init__(self, _file: Path, here: list[Path], loaded: Loaded) -> None:
            seen.offered.append(here)
            seen.themes.append(loaded.settings.theme)

        def run(self) -> str | None:
            return seen.answers.pop(0)

    monkeypatch.setattr("coder.tui.running.run", run)
    monkeypatch.setattr(start, "StartApp", Start)
    monkeypatch.setattr(opening, "recent_file", lambda: tmp_path / "state" / "studies.json")
    monkeypatch.delenv("CODER_STUDY", raising=False)
    monkeypatch.chdir(tmp_path)
    return seen


def test_studies_are_opened_in_turn_and_remembered(
    study: Study, calls: Opened, tmp_path: Path
) -> None:
    path = study.path
    # The only one here; then the same one by name; then the start screen, which is left.
    calls.answers = [str(path), "", None]
    opening.open_in_turn(coder_alias="AL")
    assert calls.studies == [(path.name, "AL"), (path.name, "")]
    assert calls.offered == [[path]]
    assert [row.path for row in read_recent(tmp_path / "state" / "studies.json")] == [path]


def test_a_backup_is_put_in_the_place_of_a_study_while_none_is_open(
    study: Study, calls: Opened, tmp_path: Path
) -> None:
    backup_study(study, tmp_path / "b.backup")
    add_coder(study, "LATE")
    study.close()
    calls.answers, calls.meanwhile = [str(study.path), None], ("restore", "b.backup")
    opening.open_in_turn()
    assert calls.greetings[0] == ""
    assert calls.greetings[1].startswith("restored from b.backup")
    with open_study(study.path) as restored:
        assert [coder.alias for coder in list_coders(restored)] == []


def test_without_a_study_here_one_is_chosen(calls: Opened) -> None:
    calls.answers = [None]
    opening.open_in_turn()
    assert calls.studies == []
    assert calls.offered == [[]]


def test_the_start_screen_reads_the_settings_and_what_was_typed_beats_them(
    calls: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = tmp_path / "settings.toml"
    mine.write_text('theme = "coder-contrast"\n', encoding="utf-8")
    monkeypatch.setenv("CODER_SETTINGS", str(mine))
    monkeypatch.delenv("TEXTUAL_THEME", raising=False)
    calls.answers = [None, None]
    opening.open_in_turn()
    opening.open_in_turn(theme="coder-light")
    assert calls.themes == ["coder-contrast", "coder-light"]
    with pytest.raises(UsageError, match="no theme coder-lihgt"):
        opening.open_in_turn(theme="coder-lihgt")


def test_a_study_that_is_named_must_be_there(calls: Opened) -> None:
    with pytest.raises(UsageError, match=r"there is no study"):
        opening.open_in_turn("nowhere.coder")
    assert calls.offered == []


def test_a_list_that_cannot_be_kept_stops_nothing(
    study: Study, calls: Opened, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "studies.json").write_text("{", encoding="utf-8")
    calls.answers = [None]
    opening.open_in_turn()
    assert len(calls.studies) == 1
    assert "note: " in capsys.readouterr().err
