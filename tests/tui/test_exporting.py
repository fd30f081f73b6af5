"""Export, backup and journal from the app: the same files as from the commands."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from coder.cli.main import run
from coder.ops.corpus import add_coder
from coder.ops.export_places import earlier_files
from coder.ops.study import Study, open_study
from coder.tui.screens.agreement import AgreementScreen
from coder.tui.screens.dialogs import FailureDialog
from coder.tui.screens.export_dialog import KINDS, ExportDialog
from coder.tui.screens.forms import ChoiceDialog, FormDialog, PageDialog
from coder.tui.screens.home import HomeScreen
from coder.tui.screens.tallies import TalliesScreen
from tests.rounds import open_round
from tests.tui.driving import home, opened, press, running, shown, told, wait_for


async def ask(pilot: Pilot[None], place: Path | str | None = None) -> ExportDialog:
    """Open the dialog, and type a folder instead of the one that stands there."""
    await press(pilot, "E")
    return await asked(pilot, place)


async def asked(pilot: Pilot[None], place: Path | str | None = None) -> ExportDialog:
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, ExportDialog))
    dialog = pilot.app.screen
    assert isinstance(dialog, ExportDialog)
    if place is not None:
        dialog.query_one(Input).value = str(place)
    return dialog


async def test_it_writes_what_the_command_writes(study: Study, tmp_path: Path) -> None:
    async with running(study) as pilot:
        dialog = await ask(pilot)
        assert dialog.query_one(Input).value == str(tmp_path / "exports")
        await press(pilot, "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
        assert "the workbook" in shown(pilot)
        assert "CSV files" in shown(pilot)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
    there = str(tmp_path / "by_command")
    assert run(["export", "--study", str(study.path), "--coder", "AL", "--to", there]) == 0
    for one, other in zip(
        sorted((tmp_path / "exports").iterdir()),
        sorted((tmp_path / "by_command").iterdir()),
        strict=True,
    ):
        assert one.name == other.name
        assert one.read_bytes() == other.read_bytes()
    about = (tmp_path / "exports" / f"{study.path.stem}-about.csv").read_text()
    assert "never a person" in about


async def test_nothing_is_replaced_without_a_yes(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    kept = folder / f"{study.path.stem}-about.csv"
    kept.write_text("mine")
    async with running(study) as pilot:
        await ask(pilot, folder)
        await press(pilot, "down", "down", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        assert f"{kept.name} is there already" in shown(pilot)
        # The first answer leaves it, and asks for another folder with what was typed.
        await press(pilot, "enter")
        dialog = await asked(pilot)
        assert dialog.query_one(Input).value == str(folder)
        assert dialog.kinds.highlighted == 2
        await press(pilot, "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await press(pilot, "escape")
        await asked(pilot)
        assert kept.read_text() == "mine"
        await press(pilot, "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await press(pilot, "down", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
    assert kept.read_text() != "mine"
    assert not list(folder.glob("*.xlsx"))
    assert len(earlier_files(study, folder, ["csv"])) > 5


async def test_what_cannot_be_a_folder_is_said_and_the_words_stay(
    study: Study, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    async with running(study) as pilot:
        await ask(pilot, tmp_path / "file")
        await press(pilot, "enter")
        await wait_for(pilot, lambda: "not a folder (name another" in shown(pilot))
        dialog = await asked(pilot, tmp_path / "file" / "in it")
        assert dialog.query_one(Input).value.endswith("in it")
        await press(pilot, "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FailureDialog))
        await press(pilot, "escape", "E")
        await asked(pilot)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


@pytest.mark.parametrize(("key", "kind"), [("R", TalliesScreen), ("K", AgreementScreen)])
async def test_keys_stay_live_and_who_went_on_is_told_in_the_corner(
    study: Study, tmp_path: Path, key: str, kind: type
) -> None:
    async with running(study) as pilot:
        await press(pilot, key)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, kind))
        await ask(pilot, tmp_path / "out")
        await press(pilot, "down", "enter", "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await told(pilot, "exported: the workbook")
        assert isinstance(pilot.app.screen, HomeScreen)
    assert [path.suffix for path in (tmp_path / "out").iterdir()] == [".xlsx"]


async def test_a_round_that_is_open_is_named_and_left_out(study: Study, tmp_path: Path) -> None:
    for alias in ("AL", "RR"):
        add_coder(study, alias)
    open_round(study, "first", ["AL", "RR"], ["T-1:1"])
    async with running(study, "AL") as pilot:
        await ask(pilot, tmp_path / "out")
        await wait_for(pilot, lambda: "hides from you" in shown(pilot))


async def test_it_is_found_from_the_coding_screen_too(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "ctrl+p", *"export the", "enter")
        await asked(pilot)


async def test_letters_are_words_while_the_filter_is_typed(study: Study) -> None:
    async with running(study) as pilot:
        await press(pilot, "slash", "E", "H", "W")
        assert home(pilot).filter_line.value == "EHW"


async def test_a_backup_is_a_whole_study_and_replaces_nothing(study: Study, tmp_path: Path) -> None:
    target = tmp_path / "copy.backup"
    async with running(study) as pilot:
        await press(pilot, "W")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, FormDialog))
        pilot.app.screen.query_one(Input).value = str(study.path)
        await press(pilot, "enter")
        await wait_for(pilot, lambda: "is already there" in shown(pilot))
        pilot.app.screen.query_one(Input).value = str(target)
        await press(pilot, "enter")
        await told(pilot, f"copied to {target}")
    with open_study(target) as copy:
        assert copy.codebook_ids == study.codebook_ids


async def test_the_journal_is_a_page(study: Study) -> None:
    async with running(study) as pilot:
        await press(pilot, "H")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
        assert "Journal, newest first" in shown(pilot)
        assert "added the coder AL" in shown(pilot)


def test_kinds_are_what_the_command_can_write() -> None:
    from coder.ops.exporting import FORMATS

    assert {name for kind in KINDS for name in kind.formats} == set(FORMATS)
