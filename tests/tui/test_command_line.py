"""The command line in the app: every command, completed, run beside the app, shown at once."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input

from coder.cli.known_words import known
from coder.cli.main import COMMANDS
from coder.cli.output import page_width
from coder.errors import UsageError
from coder.ops import coding
from coder.ops.corpus import add_coder, list_coders
from coder.ops.rounds import find_round
from coder.ops.study import Study, backup_study
from coder.tui import subcommand
from coder.tui.completing import Completion, Known, Offer, completion, written
from coder.tui.screens.command_line import CommandLine
from coder.tui.screens.command_output import CommandOutput
from coder.tui.screens.forms import PageDialog
from coder.tui.screens.help import HelpScreen
from coder.tui.screens.home import HomeScreen
from coder.tui.subcommand import Outcome, Subcommand, words_of
from coder.tui.surroundings import LEAST_HEIGHT, LEAST_WIDTH
from coder.tui.widgets.output_view import OutputView
from tests.rounds import open_round
from tests.tui.driving import (
    AWKWARD,
    NARROW,
    app_of,
    codes_on,
    coding_screen,
    home,
    opened,
    press,
    running,
    said,
    shown,
    told,
    wait_for,
)


def is_shown(pilot: Pilot[None], kind: type[Screen[Any]]) -> bool:
    return isinstance(pilot.app.screen, kind)


async def typed(pilot: Pilot[None], words: str) -> CommandLine:
    """Open the line and type."""
    app_of(pilot).ask_commands = known
    await press(pilot, ":")
    await wait_for(pilot, lambda: is_shown(pilot, CommandLine))
    await press(pilot, *words)
    line = pilot.app.screen
    assert isinstance(line, CommandLine)
    return line


async def ran(pilot: Pilot[None], words: str) -> None:
    """Type a command and wait for its end."""
    await typed(pilot, words)
    await press(pilot, "enter")
    await wait_for(pilot, lambda: app_of(pilot).running_command is None)
    await pilot.pause()


# Words.


def test_a_line_is_read_as_a_shell_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a b.txt", "c.txt"):
        (tmp_path / name).write_text("")
    assert words_of("coder memo 'T-1:1' \"two words\"") == ("memo", "T-1:1", "two words")
    assert words_of("import *.txt") == ("import", "a b.txt", "c.txt")
    assert words_of("search '*.txt' *.csv # 1") == ("search", "*.txt", "*.csv", "#", "1")
    assert words_of("import ~/x") == ("import", os.path.expanduser("~/x"))
    assert words_of("demo x") == ("demo", "x", "--no-open")
    assert words_of("open --help") == ("open", "--help")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("memo 'T", "a quotation mark is not closed"),
        ("memo T\\", "nothing follows the backslash"),
        ("coder", "type a command"),
        ("open x.coder", "the app is open already"),
    ],
)
def test_what_cannot_be_run_is_one_line(line: str, says: str) -> None:
    with pytest.raises(UsageError, match=says) as caught:
        words_of(line)
    assert "\n" not in str(caught.value)


# Completion.


def offered(line: str) -> list[str]:
    return [offer.word for offer in completion(line, known).offers]


def test_commands_their_commands_and_options_are_offered() -> None:
    assert set(COMMANDS) - {"open"} == set(offered(""))
    assert offered("rou") == ["round"]
    assert offered("coder round ") == ["new", "list", "show", "close"]
    assert offered("round new R --")[0] == "--coders"
    assert "--coders" not in offered("round new R --coders AL,RR --")
    assert offered("codebook show --format m") == ["md"]
    about = completion("round new R --share ", known).usage
    assert about == "--share 0.25: Draw this share of the transcripts."
    assert completion("round close ", known).usage.startswith("round close ROUND: Close a round")
    assert offered("rond ") == offered("round nwe ") == []


def test_every_command_can_be_asked_what_it_takes() -> None:
    for name in COMMANDS:
        found = known([name], "")
        assert found.usage.startswith(name), name
        for offer in found.offers:
            assert known([name, offer.word], "").usage, (name, offer.word)


def test_files_are_offered_and_written_as_a_shell_wants_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my books").mkdir()
    (tmp_path / "my books" / "b.yaml").write_text("")
    (tmp_path / ".hidden").write_text("")
    assert "my books/" in offered("codebook use ")
    assert ".hidden" not in offered("codebook use ")
    assert offered("codebook use 'my b") == ["my books/"]
    assert offered("codebook use my\\ books/") == ["my books/b.yaml"]
    assert written(Offer("my books/b.yaml")) == "'my books/b.yaml' "
    assert written(Offer("my books/")) == "'my books/'"
    assert offered("codebook use nowhere/x") == []
    assert offered("codebook use 'my books/'") == ["my books/b.yaml"]


def test_what_all_offers_share_is_no_more_than_that() -> None:
    found = Completion(4, (Offer("check"), Offer("check-published")))
    assert found.shared("the ch") == "check"
    assert found.shared("the check") == ""
    assert completion("x ", lambda before, begun: Known()).offers == ()


async def test_tab_writes_words_out_and_goes_through_the_offers(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        line = await typed(pilot, "rou")
        await press(pilot, "tab")
        assert line.line.value == "round "
        await wait_for(pilot, lambda: "Close a round" in shown(pilot))
        await press(pilot, "tab", "tab")
        assert line.line.value == "round list "
        await press(pilot, "shift+tab", "shift+tab")
        assert line.line.value == "round close "
        await press(pilot, "R")
        assert line.line.value == "round close R"
        await wait_for(pilot, lambda: "round close ROUND" in shown(pilot))


async def test_names_of_the_study_are_offered(study: Study) -> None:
    for alias in ("AL", "RR"):
        add_coder(study, alias)
    open_round(study, "R1", ("AL", "RR"), ("T-1:1",))
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "j")
        line = await typed(pilot, "")

        def offers(words: str) -> list[str]:
            found = completion(words, known, line._names.offers).offers
            return [offer.word for offer in found]

        assert offers("round close ")[0] == "R1"
        assert offers("agree --round ") == ["R1"]
        assert offers("settle T-1:1 --coder ") == ["AL", "RR"]
        assert offers("code ")[:2] == ["T-1:2", "T-1:"]
        assert offers("code T-1:2 t") == ["taught"]
        assert offers("show t") == ["T-1:2", "T-1:", "T-1"]
        assert "cause" in offers("tally --of ")


# Running.


async def test_what_a_command_does_shows_at_once_and_can_be_undone(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await ran(pilot, "code T-1:1 taught")
        assert codes_on(pilot, "T-1:1") == {"taught"}
        assert coding_screen(pilot) is screen
        assert {c.code for c in screen.sitting.works[0].codings} == {"taught"}
        assert len(said(pilot)) == 1
        await press(pilot, "u")
        await wait_for(pilot, lambda: not codes_on(pilot, "T-1:1"))


async def test_the_codebook_of_a_command_is_the_one_of_the_app(study: Study) -> None:
    async with running(study) as pilot:
        screen = await opened(pilot)
        await ran(pilot, "codebook rename hard 'Too hard [/'")
        assert any(code.name == "Too hard [/" for _, code in screen.sitting.book.codes())


async def test_a_round_is_opened_listed_and_closed(study: Study) -> None:
    add_coder(study, "RR")
    async with running(study, size=NARROW) as pilot:
        await ran(pilot, "round new R1 T-1:1 T-1:2 --coders AL,RR")
        await wait_for(pilot, lambda: is_shown(pilot, CommandOutput))
        assert "opened the round R1: 2 excerpts" in shown(pilot)
        # The next command can be typed on the page.
        await ran(pilot, "coder round close R1")
        assert is_shown(pilot, CommandLine)
        assert "is not finished by AL and RR" in shown(pilot)
        await press(pilot, *" --unf", "tab", "enter")
        await wait_for(pilot, lambda: not find_round(study, "R1").is_open)
        await wait_for(pilot, lambda: not is_shown(pilot, CommandLine))
        lines = app_of(pilot).earlier_lines
        assert lines[-1] == "coder round close R1 --unfinished"
        if is_shown(pilot, CommandOutput):
            await press(pilot, "escape")
        line = await typed(pilot, "x")
        await press(pilot, "up", "up")
        assert line.line.value == "coder round close R1"
        await press(pilot, "down", "down")
        assert line.line.value == "x"


async def test_wrong_words_stay_to_be_mended(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        line = await typed(pilot, "memo 'T-1")
        await press(pilot, "enter")
        assert "a quotation mark is not closed" in shown(pilot)
        assert line.line.value == "memo 'T-1"
        assert app_of(pilot).running_command is None
        await press(pilot, "'")
        assert "not closed" not in shown(pilot)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: is_shown(pilot, HomeScreen))


SLOW = """
import sys, time
print("begun", flush=True)
try:
    time.sleep(60)
except KeyboardInterrupt:
    print("stopped", flush=True)
    sys.exit(130)
"""


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in the place of ours that takes a minute."""
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "slow.py").write_text(SLOW)
    monkeypatch.setattr(subcommand, "NAME", "slow")
    monkeypatch.setattr(
        subcommand, "environment", lambda *_: {**os.environ, "PYTHONPATH": str(tmp_path / "room")}
    )


async def test_a_command_can_be_stopped_and_left_to_run(study: Study, slow: None) -> None:
    async with running(study, size=NARROW) as pilot:
        await typed(pilot, "check")
        await press(pilot, "enter")
        await wait_for(pilot, lambda: "Esc stop it" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: is_shown(pilot, HomeScreen))
        await press(pilot, "?")
        await wait_for(pilot, lambda: is_shown(pilot, HelpScreen))
        await press(pilot, "escape", ":")
        await wait_for(pilot, lambda: "Esc stop it" in shown(pilot))
        began = time.monotonic()
        await press(pilot, "escape")
        await wait_for(pilot, lambda: "a change is made whole or not at all" in shown(pilot))
        assert time.monotonic() - began < 20
        outcome = app_of(pilot).last_outcome
        assert outcome is not None
        assert outcome.is_stopped
        assert outcome.exit_code != 0
        await press(pilot, "escape")
        await wait_for(pilot, lambda: is_shown(pilot, HomeScreen))


async def test_a_command_ends_with_the_app(study: Study, slow: None) -> None:
    async with running(study) as pilot:
        await typed(pilot, "check")
        await press(pilot, "enter")
        running_one = app_of(pilot).running_command
        assert running_one is not None
    running_one._process.wait(20)


def test_a_command_that_does_not_listen_is_ended(
    study: Study, slow: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subcommand, "SECONDS_TO_STOP", 0.0)
    monkeypatch.setattr(Subcommand, "_ask_to_stop", lambda self: None)
    outcome = Subcommand("check", study.path, "", 80).wait(lambda: False)
    assert outcome.is_stopped
    assert outcome.exit_code != 0


# What it may see.


def test_it_is_told_this_study_this_coder_and_the_width(study: Study) -> None:
    told_to_it = subcommand.environment(study.path, "AL", 77)
    assert told_to_it["CODER_STUDY"] == str(study.path.absolute())
    assert (told_to_it["CODER_CODER"], told_to_it["CODER_COLUMNS"]) == ("AL", "77")


@pytest.mark.parametrize("words", ["memos", "tally cause", "show T-1", "agree", "log --limit 3"])
def test_in_an_open_round_it_is_as_blind_as_the_app(study: Study, words: str) -> None:
    al, rr = add_coder(study, "AL"), add_coder(study, "RR")
    open_round(study, "R1", ("AL", "RR"), ("T-1:1", "T-1:2"))
    coding.finish(study, al, "T-1:3")

    def outcome() -> Outcome:
        return Subcommand(words, study.path, "AL", 100).wait(lambda: True)

    coding.put_code(study, rr, "T-1:2", "cause", "hard", 1)
    before = outcome()
    coding.put_code(study, rr, "T-1:1", "cause", "taught", 1)
    coding.finish(study, rr, "T-1:2", 1)
    coding.write_memo(study, rr, "excerpt", "T-1:1", "It is the lessons.")
    after = outcome()
    assert after == before
    assert "lessons" not in after.text


# The page.


async def test_long_output_scrolls_both_ways_and_is_never_markup(study: Study) -> None:
    rows = [f"{n:5}  {'wide ' * 40}  {AWKWARD}" for n in range(5_000)]
    words = "a sentence that is longer than a narrow window is wide " * 3
    async with running(study, size=NARROW) as pilot:
        page = CommandOutput(Outcome("tally [b", "\n".join([words, *rows, "the end"]), 3))
        await pilot.app.push_screen(page)
        await wait_for(pilot, lambda: "exit code 3" in shown(pilot))
        text = shown(pilot)
        assert "coder tally [b" in text
        # The sentence goes on in the next row, the table does not.
        assert text.splitlines()[2].startswith("   longer than")
        assert text.splitlines()[4].startswith("     0  wide")
        assert text.splitlines()[5].startswith("     1  wide")
        began = time.monotonic()
        await press(pilot, "end")
        await wait_for(pilot, lambda: "the end" in shown(pilot))
        assert time.monotonic() - began < 10
        await press(pilot, *["right"] * 30)
        await wait_for(pilot, lambda: "[laughs] [/ [bold]x[/bold]" in shown(pilot))
        assert "\x1b" not in shown(pilot)
        await press(pilot, "g")
        assert page.query_one(OutputView).top == 0
        await press(pilot, "c", "escape")
        await wait_for(pilot, lambda: is_shown(pilot, HomeScreen))
        assert pilot.app.clipboard.endswith("the end")


def test_escape_sequences_are_taken_out(study: Study, slow: None, tmp_path: Path) -> None:
    colours = "print('\\x1b[31mred\\x1b[0m \\x1b]0;title\\x07on')"
    (tmp_path / "room" / "slow.py").write_text(colours)
    assert Subcommand("x", study.path, "", 80).wait(lambda: True).lines == ["red on"]


# Where it is found.


async def test_a_colon_is_a_colon_where_words_are_typed(study: Study) -> None:
    async with running(study) as pilot:
        await press(pilot, "slash", *"role:x")
        assert home(pilot).filter_line.value == "role:x"


async def test_the_line_is_in_sight_in_the_smallest_window(study: Study) -> None:
    async with running(study, size=(LEAST_WIDTH, LEAST_HEIGHT)) as pilot:
        await typed(pilot, "codebook import x/")
        await wait_for(pilot, lambda: "coder codebook import x/" in shown(pilot))
        await press(pilot, *["backspace"] * 2, *"nowhere.csv", "enter")
        await wait_for(pilot, lambda: app_of(pilot).running_command is None)
        await wait_for(pilot, lambda: "nowhere.csv" in shown(pilot).splitlines()[-2])
        assert pilot.app.screen.query_one("#problem").display


async def test_it_opens_on_every_screen_and_on_no_dialog(study: Study) -> None:
    async with running(study) as pilot:
        for key in ("R", "K", "B", "G"):
            await press(pilot, key)
            await wait_for(pilot, lambda: not is_shown(pilot, HomeScreen))
            below = pilot.app.screen
            await press(pilot, ":")
            await wait_for(pilot, lambda: is_shown(pilot, CommandLine))
            await press(pilot, ":")
            assert pilot.app.screen.query_one(Input).value == ":"
            await press(pilot, "escape")
            await wait_for(pilot, lambda: not is_shown(pilot, CommandLine))
            assert pilot.app.screen is below
            await press(pilot, "escape")
            await wait_for(pilot, lambda: is_shown(pilot, HomeScreen))
        await press(pilot, "H")
        await wait_for(pilot, lambda: is_shown(pilot, PageDialog))
        await press(pilot, ":")
        assert is_shown(pilot, PageDialog)


async def test_the_palette_has_it_and_fills_it_in(study: Study) -> None:
    async with running(study) as pilot:
        await opened(pilot)
        await press(pilot, "ctrl+p", *"new round", "enter")
        await wait_for(pilot, lambda: is_shown(pilot, CommandLine))
        assert pilot.app.screen.query_one(Input).value == "round new "


async def test_a_backup_takes_the_place_of_the_study_when_it_is_closed(
    study: Study, tmp_path: Path
) -> None:
    target = tmp_path / "a b.backup"
    backup_study(study, target)
    async with running(study) as pilot:
        await typed(pilot, "restore nowhere.backup")
        await press(pilot, "enter")
        assert "there is no backup nowhere.backup" in shown(pilot)
        await press(pilot, "escape", ":", *f"restore '{target}'", "enter")
        await wait_for(pilot, lambda: app_of(pilot).next_study == str(study.path))
        assert app_of(pilot).meanwhile == ("restore", str(target))
    assert [coder.alias for coder in list_coders(study)] == ["AL"]


async def test_what_ended_later_is_told_and_kept(study: Study) -> None:
    async with running(study) as pilot:
        await typed(pilot, "where")
        await press(pilot, "enter", "enter")
        await told(pilot, "done: where: ")
        await press(pilot, ":", "ctrl+o")
        await wait_for(pilot, lambda: is_shown(pilot, CommandOutput))
        assert str(study.path) in shown(pilot).replace("\n", "") or "study:" in shown(pilot)


def test_its_tables_are_as_wide_as_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODER_COLUMNS", "133")
    assert page_width() == 133
