"""The agreement screen through its keys; every number is compared with the report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coder.model import Code, Codebook, CodeSet, Question, Rollup, Viewer
from coder.ops import coding, corpus
from coder.ops.agreeing import agreement
from coder.ops.settling import Disagreement, disagreements, settle
from coder.ops.study import Study, open_study
from coder.tui.app import CoderApp
from coder.tui.screens.agreement import AgreementScreen
from coder.tui.screens.agreement_commands import AGREEMENT_COMMANDS, EXCERPT_COMMANDS
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.compared import ComparedScreen
from coder.tui.screens.forms import ChoiceDialog, PageDialog
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.home import HomeScreen
from coder.tui.screens.settling import SettleDialog
from tests.factories import make_study
from tests.rounds import close_round, open_round
from tests.tui.driving import NARROW, opened, press, running, shown, told, wait_for

CAUSES: Mapping[str, tuple[str, str, str]] = {
    "T-1:1": ("taught", "taught", "taught"),
    "T-1:3": ("taught", "effort", "taught"),
    "T-2:1": ("effort", "effort", ""),
    "T-2:3": ("", "hard", "hard"),
}
"""What AL, RR and KIM say; KIM comes last to be left off."""


def answer(study: Study, alias: str, ref: str, codes: str, pass_: int = 0) -> None:
    coder = corpus.add_coder(study, alias)
    if codes:
        coding.put_codes(study, coder, ref, codes.split(), pass_)
    coding.finish(study, coder, ref, pass_)


def answered(folder: Path, coders: int = 2) -> Study:
    """Two transcripts that these coders have finished."""
    study = make_study(folder, [{}, {}])
    for ref, said in CAUSES.items():
        for alias, code in list(zip(("AL", "RR", "KIM"), said, strict=True))[:coders]:
            answer(study, alias, ref, f"cause:{code}" if code else "")
    return study


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Study]:
    with answered(tmp_path) as study:
        yield study


async def compared(pilot: Pilot[None], *, is_empty: bool = False) -> AgreementScreen:
    """Go to the agreement screen from where we are."""
    await press(pilot, "K")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, AgreementScreen))
    screen = agreement_screen(pilot)
    if not is_empty:
        await wait_for(pilot, lambda: screen.bars.size.height > 0 and screen.table.cell)
    return screen


def agreement_screen(pilot: Pilot[None]) -> AgreementScreen:
    screen = pilot.app.screen
    assert isinstance(screen, AgreementScreen), screen
    return screen


async def listed(pilot: Pilot[None], key: str = "enter") -> ComparedScreen:
    """Open what is behind."""
    await press(pilot, key)
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, ComparedScreen))
    screen = pilot.app.screen
    assert isinstance(screen, ComparedScreen)
    await wait_for(pilot, lambda: screen.listed.line_count)
    return screen


async def settling(pilot: Pilot[None]) -> SettleDialog:
    """Open the form that settles."""
    await press(pilot, "s")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, SettleDialog))
    screen = pilot.app.screen
    assert isinstance(screen, SettleDialog)
    return screen


# The numbers.


@pytest.mark.parametrize("size", [NARROW, (240, 70)])
async def test_the_numbers_are_those_of_the_command(
    sample_study: Study, size: tuple[int, int]
) -> None:
    report = agreement(sample_study, Viewer("AL"), ["attribution"])
    whole = {
        r.estimate.statistic: r.estimate for r in report.rows if r.level == "valence" and not r.code
    }
    async with running(sample_study, size=size) as pilot:
        screen = await compared(pilot)
        text = shown(pilot)
        kappa = whole["cohen_kappa"]
        assert kappa.low is not None
        assert f"{kappa.estimate:.3f} [{kappa.low:.2f}, {kappa.high:.2f}]" in text
        assert f"{whole['percent_agreement'].estimate:.1%}" in text
        assert "Attribution  valence  AL–RR" in text
        assert "10 units, 3 transcripts" in text
        for words in ("AL ↓", "RR →", "productive", "nothing"):
            assert words in text
        # On a low screen the codes stand below the figures of the whole set.
        assert ("too rare" in text) == (size != NARROW)
        (confusion,) = [c for c in report.confusions if c.level == "valence" and not c.code]
        grid = screen.table.grid
        for i, row in enumerate(grid.rows):
            for j, column in enumerate(grid.columns):
                at = [confusion.categories.index(name) for name in (row, column)]
                assert grid.cells[i][j].text == str(confusion.counts[at[0]][at[1]])


async def test_why_there_is_no_value_or_interval_is_said_at_the_cursor(
    sample_study: Study,
) -> None:
    async with running(sample_study, size=NARROW) as pilot:
        screen = await compared(pilot)
        await press(pilot, "2")
        await wait_for(pilot, lambda: screen.report and screen.set_id == "adjustment")
        assert "Caution  RR never used none." in screen.pane.words
        while screen.level != "applies":
            await press(pilot, "l")
        await press(pilot, "full_stop")
        assert "no interval, all units agree, so nothing varies" in screen.pane.words
        await press(pilot, "c")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
        await wait_for(pilot, lambda: "AL has finished 19 of 25 units asked" in shown(pilot))
        assert "Only 3 transcripts" in shown(pilot)


async def test_n_a_has_its_reason(tmp_path: Path) -> None:
    with make_study(tmp_path, [{}, {}]) as study:
        for alias in ("AL", "RR"):
            for ref in ("T-1:1", "T-2:1"):
                answer(study, alias, ref, "v2")
        async with running(study) as pilot:
            screen = await compared(pilot)
            await press(pilot, "3")
            await wait_for(pilot, lambda: "n/a" in shown(pilot))
            for _ in range(3):
                await press(pilot, "full_stop")
            assert screen.bars.figure is not None
            assert "n/a, " in screen.pane.words


async def test_sets_levels_and_statistics_are_chosen_by_keys(sample_study: Study) -> None:
    async with running(sample_study) as pilot:
        screen = await compared(pilot)
        seen = []
        for _ in range(4):
            seen.append(screen.level)
            await press(pilot, "l")
        assert seen == ["valence", "valence_applied", "set", "applies"]
        await press(pilot, "L", "L")
        await wait_for(pilot, lambda: "sets of codes" in shown(pilot))
        for words in ("only AL", "only RR", "neither", "used by nobody: fixed_ability"):
            assert words in shown(pilot)
        await press(pilot, "t")
        await wait_for(pilot, lambda: "AL RR both  percent agreement" in shown(pilot))
        await press(pilot, "tab")
        await wait_for(pilot, lambda: "▶2 Adjustment" in shown(pilot) and screen.report)
        await press(pilot, "shift+tab", "shift+tab")
        await wait_for(pilot, lambda: screen.set_id == "who" and screen.report)
        await press(pilot, "1")
        await wait_for(pilot, lambda: "▶1 Attribution" in shown(pilot))
        assert screen.level == "set", "each set keeps the level as far as it has it"


async def test_three_coders_are_compared_two_by_two_and_together(tmp_path: Path) -> None:
    with answered(tmp_path, coders=3) as study:
        async with running(study) as pilot:
            screen = await compared(pilot)
            assert screen.coders == ("AL", "KIM")
            await press(pilot, "p")
            assert screen.coders == ("AL", "RR")
            await press(pilot, "P", "P")
            await wait_for(pilot, lambda: "coder by coder" in shown(pilot))
            assert "all 3" in shown(pilot)
            assert "fleiss kappa" in shown(pilot)
            await press(pilot, "d")
            assert isinstance(pilot.app.screen, AgreementScreen), "a pair is chosen first"
            await press(pilot, "right", "enter")
            assert screen.coders == ("AL", "RR")
            await wait_for(pilot, lambda: "RR →" in shown(pilot))


async def test_a_round_is_chosen_and_an_open_one_is_refused_in_words(pair: Study) -> None:
    open_round(pair, "first", ["AL", "RR"], ["T-1:1"])
    for alias in ("AL", "RR"):
        answer(pair, alias, "T-1:1", "cause:before v1", 1)
    async with running(pair, size=NARROW) as pilot:
        screen = await compared(pilot)
        await press(pilot, "r")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await wait_for(pilot, lambda: "first: reliability, 1 excerpts, tiny, open" in shown(pilot))
        await press(pilot, "down", "enter")
        await wait_for(pilot, lambda: "not shown to you while a round is open" in shown(pilot))
        assert "close the round first" in shown(pilot)
        assert "excerpts" not in shown(pilot).splitlines()[-1]
        await press(pilot, "enter", "d", "c", "t", "f6", "down")
        assert pilot.app.screen is screen
        close_round(pair, "first")
        screen.study_changed()
        await wait_for(pilot, lambda: "round first" in shown(pilot) and "1 unit," in shown(pilot))


async def test_units_of_an_open_round_are_left_out_and_it_says_so(pair: Study) -> None:
    open_round(pair, "blind", ["AL", "RR"], ["T-1:3"])
    async with running(pair) as pilot:
        screen = await compared(pilot)
        await wait_for(pilot, lambda: "3 units, 2 transcripts" in shown(pilot))
        assert "Units of an open round are left out" in screen.pane.words
        assert "T-1:3" not in [row.ref for row in (await listed(pilot, "d")).rows]


# What is behind a cell.


async def test_from_a_cell_to_its_excerpt_and_back_to_the_same_cell(pair: Study) -> None:
    async with running(pair, size=NARROW) as pilot:
        screen = await compared(pilot)
        assert screen.table.cell is not None
        assert screen.table.cell.pair == ("productive", "unproductive"), "the first confusion"
        behind = await listed(pilot)
        text = shown(pilot)
        assert "T-1:3  Q-WHY" in text
        assert "Some just do not try." in text
        assert "AL  Teaching" in text
        assert "RR  Effort" in text
        await press(pilot, "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        coding_screen = pilot.app.screen
        assert isinstance(coding_screen, CodingScreen)
        await wait_for(pilot, lambda: coding_screen.index == 2)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: pilot.app.screen is behind)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: pilot.app.screen is screen)
        assert screen.table.cell is not None
        assert screen.table.cell.pair == ("productive", "unproductive")
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


async def test_an_empty_cell_says_so_and_cells_are_moved_between(pair: Study) -> None:
    async with running(pair) as pilot:
        screen = await compared(pilot)
        await press(pilot, "up", "up", "left", "left", "left", "left")
        assert (screen.table.row, screen.table.column) == (0, 0)
        await press(pilot, "end")
        await press(pilot, *["right"] * 9, "pagedown")
        grid = screen.table.grid
        assert (screen.table.row, screen.table.column) == (
            len(grid.rows) - 1,
            len(grid.columns) - 1,
        )
        await press(pilot, "j", "k", "left")
        assert screen.table.cell is not None
        assert screen.table.cell.text == "0"
        await press(pilot, "enter")
        await told(pilot, "no excerpt is in this cell")


async def test_a_code_of_the_figures_leads_to_where_the_two_differ_on_it(pair: Study) -> None:
    async with running(pair) as pilot:
        screen = await compared(pilot)
        while screen.level != "set":
            await press(pilot, "l")
        await press(pilot, "f6")
        while not (screen.bars.figure and screen.bars.figure.code == "taught"):
            await press(pilot, "down")
        assert "taught: used on 2 units only; read the counts" in screen.pane.words
        behind = await listed(pilot)
        assert [row.ref for row in behind.rows] == ["T-1:3"]
        assert "AL and RR differ on taught" in shown(pilot)
        await press(pilot, "escape", "escape")
        assert pilot.app.screen is screen, "out of the figures first"
        assert screen.table.has_focus


async def test_mouse_points_opens_and_chooses(pair: Study) -> None:
    async with running(pair) as pilot:
        screen = await compared(pilot)
        await pilot.click("HeatTable", offset=(20, 3))
        assert screen.table.row == 0
        await pilot.click("IntervalBars", offset=(5, 3))
        assert screen.bars.place == 3
        screen.table.show(screen.table.grid, 0, 0)
        await pilot.click("HeatTable", offset=(20, 3), times=2)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ComparedScreen))
        await wait_for(pilot, lambda: "T-1:1" in shown(pilot))
        await pilot.click("ExcerptList", offset=(4, 1), times=2)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))


# Settling.


async def test_an_answer_is_settled_undone_and_done_again(pair: Study) -> None:
    async with running(pair, size=NARROW) as pilot:
        await compared(pilot)
        await listed(pilot)
        await settling(pilot)
        await press(pilot, "ctrl+s")
        await wait_for(pilot, lambda: "choose the codes that apply" in shown(pilot))
        await press(pilot, "1", "tab", *"it is", "ctrl+s")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ComparedScreen))
        await told(pilot, "settled cause of T-1:3: taught")
        await wait_for(pilot, lambda: "settled  Teaching" in shown(pilot))
        (row,) = [r for r in all_differing(pair) if r.ref == "T-1:3"]
        assert row.settled is not None
        assert row.settled.codes == {"taught"}
        await press(pilot, "u")
        await told(pilot, "undid: settled cause of T-1:3: taught")
        await wait_for(pilot, lambda: "settled  Teaching" not in shown(pilot))
        await press(pilot, "U")
        await wait_for(pilot, lambda: "settled  Teaching" in shown(pilot))
        await settling(pilot)
        await wait_for(pilot, lambda: "[x] 1 + Teaching" in shown(pilot))
        await press(pilot, "end", *["down"] * 9, "space", "enter", *"neither", "enter")
        await wait_for(pilot, lambda: "settled  nothing" in shown(pilot))


def all_differing(study: Study) -> list[Disagreement]:
    return list(disagreements(study, Viewer("AL"), "cause", with_settled=True))


async def test_a_reason_is_asked_for_and_words_are_not_lost(pair: Study) -> None:
    async with running(pair) as pilot:
        await compared(pilot)
        await listed(pilot)
        await settling(pilot)
        await press(pilot, "down", "space", "enter", "enter")
        await wait_for(pilot, lambda: "write why" in shown(pilot))
        await press(pilot, *"a b", "escape")
        await wait_for(pilot, lambda: "not kept yet" in shown(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ComparedScreen))
        assert [row.settled for row in all_differing(pair)] == [None, None]


async def test_what_the_study_refuses_is_said_in_the_form(pair: Study) -> None:
    async with running(pair) as pilot:
        await compared(pilot)
        await listed(pilot)
        await settling(pilot)
        open_round(pair, "late", ["AL", "RR"], ["T-1:3"])
        await press(pilot, "1", "enter", *"why", "enter")
        await wait_for(pilot, lambda: "T-1:3 is in the open round late" in shown(pilot))


# Live.


async def test_another_window_is_noticed_and_the_cursor_stays(pair: Study) -> None:
    async with running(pair) as pilot:
        screen = await compared(pilot)
        await press(pilot, "down")
        cell, figure = screen.table.cell, screen.bars.figure
        assert cell is not None
        assert "4 units, 2 transcripts" in shown(pilot)
        with open_study(pair.path) as other:
            for alias in ("AL", "RR"):
                answer(other, alias, "T-1:4", "cause:hard")
                answer(other, alias, "T-2:2", "cause:both")
            coder = corpus.coder_named(other, "RR")
            coding.remove_codes(other, coder, "T-2:1", ["cause:effort"])
            coding.put_codes(other, coder, "T-2:1", ["cause:taught"])
            coding.finish(other, coder, "T-2:1")
        await wait_for(pilot, lambda: screen.table.cell and screen.table.cell.about != cell.about)
        assert screen.table.cell is not None
        assert screen.table.cell.pair == cell.pair
        assert screen.bars.figure is not None
        assert figure is not None
        assert screen.bars.figure.label == figure.label
        behind = await listed(pilot, "d")
        with open_study(pair.path) as other:
            settle(other, corpus.coder_named(other, "RR"), "T-1:3", "cause", ["effort"], "so")
        await wait_for(pilot, lambda: "settled  Effort" in shown(pilot))
        assert behind.row is not None


async def test_what_is_coded_in_this_window_counts_on_return(pair: Study) -> None:
    async with running(pair) as pilot:
        screen = await compared(pilot)
        await listed(pilot)
        await press(pilot, "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
        coding_screen = pilot.app.screen
        assert isinstance(coding_screen, CodingScreen)
        await wait_for(pilot, lambda: coding_screen.panel.line_count > 0)
        await press(pilot, "1", "3", "enter", "escape")
        await wait_for(pilot, lambda: "nothing is here any more" in shown(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: screen.table.cell and screen.table.cell.text == "0")


# Where there is nothing.


async def test_nothing_to_compare_says_what_to_do(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        screen = await compared(pilot, is_empty=True)
        await wait_for(pilot, lambda: "agreement takes two coders" in shown(pilot))
        assert "coder load brings in somebody else's codings" in shown(pilot)
        corpus.add_coder(study, "RR")
        answer(study, "AL", "T-1:1", "cause:taught")
        screen.study_changed()
        await wait_for(pilot, lambda: "only AL has finished units" in shown(pilot))
        assert "two coders have to finish the same excerpts" in shown(pilot)
        await press(pilot, "enter", "d", "t", "p", "f6", "down", "l", "full_stop")
        assert pilot.app.screen is screen
        answer(study, "RR", "T-1:1", "cause:effort")
        screen.study_changed()
        await wait_for(pilot, lambda: "1 unit, 1 transcript" in shown(pilot))


async def test_a_study_without_codebook_says_so(tmp_path: Path) -> None:
    from coder.ops.study import create_study

    with create_study(tmp_path / "bare.coder", []) as study:
        async with running(study) as pilot:
            await press(pilot, "K")
            await told(pilot, "no codebook yet")


async def test_a_reader_who_is_nobody_looks_and_is_asked_before_settling(pair: Study) -> None:
    async with running(pair, alias="") as pilot:
        await wait_for(pilot, lambda: "Who is coding?" in shown(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await compared(pilot)
        await listed(pilot)
        await press(pilot, "u")
        await told(pilot, "first choose who you are")
        await press(pilot, "s")
        await wait_for(pilot, lambda: "Who is coding?" in shown(pilot))
        await press(pilot, "down", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, SettleDialog))


async def test_cautions_of_several_pairs_stand_under_their_names(tmp_path: Path) -> None:
    with answered(tmp_path, 3) as study:
        async with running(study, size=(120, 60)) as pilot:
            await compared(pilot)
            await press(pilot, "c")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
            for who in ("AL–KIM", "AL–RR", "KIM–RR"):
                await wait_for(pilot, lambda who=who: f"Cautions about {who}" in shown(pilot))  # type: ignore[misc]


# Everywhere.


async def test_it_is_reached_from_coding_the_palette_and_helps(pair: Study) -> None:
    async with running(pair, size=(120, 60)) as pilot:
        await opened(pilot)
        await press(pilot, "tab")
        screen = await compared(pilot, is_empty=True)
        assert screen.set_id == "vision"
        await wait_for(pilot, lambda: "no table: nothing to count" in shown(pilot))
        assert "n/a, no unit was finished by both coders" in screen.pane.words
        await press(pilot, "question_mark")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
        await wait_for(pilot, lambda: "Another statistic code by code" in shown(pilot))
        for command in AGREEMENT_COMMANDS:
            assert command.title in shown(pilot)
        await press(pilot, "escape", "1")
        await wait_for(pilot, lambda: screen.table.cell and screen.set_id == "cause")
        await press(pilot, "ctrl+p", *"excerpts behind")
        await wait_for(pilot, lambda: "Show the excerpts behind the cell" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ComparedScreen))
        await press(pilot, "question_mark")
        await wait_for(pilot, lambda: "Settle the answer" in shown(pilot))
        for command in EXCERPT_COMMANDS:
            assert command.title in shown(pilot)


HOSTILE = "[laughs] [/ [bold]x[/bold] 数学 שלום"


def hostile_book() -> Codebook:
    """Names that have broken terminal programs, and more codes than fit on any screen."""
    codes = tuple(Code(f"topic_{n}", f"{HOSTILE} {n}") for n in range(26))
    many = CodeSet("many", f"Many {HOSTILE}", "exclusive", codes, Rollup("any"))
    few = CodeSet("few", "Few", "exclusive", (Code("a", "A"), Code("b", "B")), Rollup("any"))
    asked = (Question("Q-WHY", "Why", ("many", "few")),)
    return Codebook(id="hostile", version="1.0.0", title="H", code_sets=(many, few), protocol=asked)


async def test_many_categories_scroll_and_awkward_words_stay_words(tmp_path: Path) -> None:
    turns = "[00:00:10] INT: {Q-WHY} Why?\n\n[00:00:20] T1: " + HOSTILE + "\n"
    given = [{"turns": turns}] * 13
    with make_study(tmp_path, given, book=hostile_book(), plan="answer") as study:
        for number in range(1, 14):
            answer(study, "AL", f"T-{number}:1", f"topic_{2 * number - 2} a")
            answer(study, "RR", f"T-{number}:1", f"topic_{2 * number - 1} b")
        async with running(study, size=NARROW) as pilot:
            screen = await compared(pilot)
            assert len(screen.table.grid.rows) == 26
            await press(pilot, *["pagedown"] * 3, *["right"] * 26)
            text = shown(pilot)
            assert "of 26" in text
            assert "topic_25" in text
            assert "▸" in text
            await press(pilot, "2")
            await wait_for(pilot, lambda: screen.report and "topic_25" not in shown(pilot))
            await press(pilot, "1", "up", *["left"] * 2, *["f6"] * 2)
            await listed(pilot, "d")
            text = shown(pilot)
            assert HOSTILE[:26] in text
            await settling(pilot)
            await wait_for(pilot, lambda: "[laughs] [/ [bold]x" in shown(pilot))
            assert "\x1b" not in shown(pilot)


async def test_every_shade_has_a_character_and_every_number_stands_in_its_cell(
    pair: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = CoderApp(pair, corpus.coder_named(pair, "AL"))
    app.theme = "coder-contrast"
    async with app.run_test(size=NARROW) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen))
        await compared(pilot)
        line = next(line for line in shown(pilot).splitlines() if line.startswith("› productive"))
        assert "█   1" in line
        assert "█▸  1" in line


async def test_the_figure_at_the_cursor_is_explained(sample_study: Study) -> None:
    async with running(sample_study) as pilot:
        screen = await compared(pilot)
        await press(pilot, "full_stop")
        await wait_for(pilot, lambda: screen.bars.figure and "kappa" in screen.bars.figure.label)
        await press(pilot, "x")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
        await wait_for(pilot, lambda: "What is cohen kappa?" in shown(pilot))
        assert "cohen_kappa: " in shown(pilot)
        await press(pilot, "escape")
        # Of every figure there is, by its name or by that of the statistic code by code.
        for _ in screen.bars.figures:
            await press(pilot, "full_stop", "x")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
            await press(pilot, "escape")
