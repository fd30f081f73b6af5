"""The home screen: what there is, who codes, and how to go on."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.geometry import Region
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widgets import Input

from coder.model import Viewer
from coder.ops import coding, corpus, desk_notes, flags
from coder.ops.rounds import find_round
from coder.ops.study import Study, create_study, open_study
from coder.tui.screens.dialogs import CoderDialog, FailureDialog
from coder.tui.screens.forms import ChoiceDialog, PageDialog
from coder.tui.widgets.transcript_table import TranscriptTable
from tests.factories import make_study, small_codebook, write_transcript
from tests.tui.driving import (
    NARROW,
    app_of,
    coding_screen,
    home,
    opened,
    press,
    running,
    said,
    shown,
    wait_for,
)


def three(folder: Path) -> Study:
    """Three transcripts of three people."""
    return make_study(
        folder,
        [
            {"name": "A-1", "person": "Ada", "role": "teacher"},
            {"name": "B-1", "person": "Bea", "role": "coach", "year": "2024-25"},
            {"name": "C-1", "person": "Cyd", "role": "principal", "district": "South"},
        ],
    )


async def test_the_list_shows_people_and_everybodys_progress(sample_study: Study) -> None:
    async with running(sample_study) as pilot:
        await wait_for(pilot, lambda: "AF-T01-Y1" in shown(pilot))
        line = next(line for line in shown(pilot).splitlines() if "AF-T01-Y1" in line)
        for word in ("Ms. Okafor", "teacher", "2023-24  winter", "1,604", "7 of 7"):
            assert word in line
        assert "AL 40 of 53 excerpts" in shown(pilot)


async def test_progress_is_fresh_after_coding(study: Study) -> None:
    async with running(study) as pilot:
        await wait_for(pilot, lambda: "0 of 3" in shown(pilot))
        await opened(pilot)
        await press(pilot, "1", "enter", "escape")
        await wait_for(pilot, lambda: "1 of 3" in shown(pilot))


async def test_a_change_elsewhere_shows_in_the_list(study: Study) -> None:
    async with running(study) as pilot:
        await wait_for(pilot, lambda: "0 of 3" in shown(pilot))
        with open_study(study.path) as other:
            coding.finish(other, corpus.coder_named(other, "AL"), "T-1:1")
        await wait_for(pilot, lambda: "1 of 3" in shown(pilot))


async def test_typing_filters_and_escape_shows_all(tmp_path: Path) -> None:
    with three(tmp_path) as study:
        async with running(study) as pilot:
            await press(pilot, "slash", *"south pr")
            await wait_for(pilot, lambda: [r.name for r in home(pilot).table.rows] == ["C-1"])
            await wait_for(pilot, lambda: "1 of 3 transcripts" in shown(pilot))
            await press(pilot, *"xyz")
            await wait_for(pilot, lambda: "no transcript has all these words" in shown(pilot))
            await press(pilot, "escape")
            await wait_for(pilot, lambda: len(home(pilot).table.rows) == 3)
            await press(pilot, "slash", *"bea", "enter")
            await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 2)
            assert coding_screen(pilot).sitting.name == "B-1"


async def test_the_order_can_be_chosen(tmp_path: Path) -> None:
    with three(tmp_path) as study:
        coder = corpus.add_coder(study, "AL")
        for number in (1, 2, 3):
            coding.finish(study, coder, f"A-1:{number}")
        async with running(study) as pilot:

            def names() -> list[str]:
                return [row.name for row in home(pilot).table.rows]

            assert names() == ["A-1", "B-1", "C-1"]
            await press(pilot, "O")
            assert names() == ["C-1", "B-1", "A-1"]
            await press(pilot, "O", "o", "o")
            await wait_for(pilot, lambda: "role ▾" in shown(pilot))
            assert names() == ["B-1", "C-1", "A-1"]
            await press(pilot, "o", "o", "o", "o")
            await wait_for(pilot, lambda: "AL ▾" in shown(pilot))
            assert names() == ["B-1", "C-1", "A-1"], "what is finished comes last"


async def test_an_empty_study_says_what_to_do_next(tmp_path: Path) -> None:
    with create_study(tmp_path / "new.coder", [small_codebook()]) as study:
        async with running(study, size=NARROW) as pilot:
            await wait_for(pilot, lambda: "no transcripts yet" in shown(pilot))
            assert "drop a file on this window" in shown(pilot)
            assert "coder import FOLDER" in shown(pilot)
            await press(pilot, "enter", "j", "o")
            assert home(pilot).table.chosen_name == ""


async def test_a_study_without_a_codebook_says_so(tmp_path: Path) -> None:
    with create_study(tmp_path / "new.coder", []) as study:
        async with running(study) as pilot:
            await wait_for(pilot, lambda: "no codebook" in shown(pilot))


def is_asking(pilot: Pilot[None]) -> bool:
    """Whether the dialog has its line ready for typing."""
    return isinstance(pilot.app.screen, CoderDialog) and isinstance(pilot.app.focused, Input)


async def test_a_new_coder_is_asked_for_a_short_name(study: Study) -> None:
    async with running(study, alias="") as pilot:
        await wait_for(pilot, lambda: is_asking(pilot))
        await wait_for(pilot, lambda: "under a short name" in shown(pilot))
        await press(pilot, *"a b", "enter")
        await wait_for(pilot, lambda: "cannot be a coder's short" in shown(pilot))
        assert is_asking(pilot)
        await press(pilot, "ctrl+u", *"RR", "enter")
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 1)
        assert [coder.alias for coder in corpus.list_coders(study)] == ["RR"]
        await opened(pilot)
        assert coding_screen(pilot).sitting.coder.alias == "RR"


async def asked(study: Study, *keys: str) -> tuple[str, list[str]]:
    """Who codes after these keys at the question, and whom the study knows then."""
    async with running(study, alias="") as pilot:
        await wait_for(pilot, lambda: is_asking(pilot))
        await press(pilot, *keys)
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 1)
        coder = app_of(pilot).coder
    return coder.alias if coder else "", [one.alias for one in corpus.list_coders(study)]


async def test_letters_never_make_one_somebody_else(study: Study) -> None:
    corpus.add_coder(study, "AL", "Ana Lind")
    corpus.add_coder(study, "RR")
    assert await asked(study, *"ZOE", "enter") == ("ZOE", ["AL", "RR", "ZOE"])
    assert await asked(study, *"rr", "enter") == ("RR", ["AL", "RR", "ZOE"])
    assert await asked(study, *"lind", "enter") == ("AL", ["AL", "RR", "ZOE"])
    assert await asked(study, "down", "enter") == ("AL", ["AL", "RR", "ZOE"])
    assert await asked(study, "A", "down", "enter") == ("A", ["A", "AL", "RR", "ZOE"])


async def test_the_words_say_as_whom_enter_would_code(study: Study) -> None:
    corpus.add_coder(study, "AL")
    async with running(study, alias="") as pilot:
        await wait_for(pilot, lambda: "Go to your line" in shown(pilot))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, CoderDialog), "nobody is chosen unawares"
        assert app_of(pilot).coder is None
        await press(pilot, "down")
        assert "Enter: code as AL" in shown(pilot)
        assert "Esc only look round" in shown(pilot)
        await press(pilot, *"ZOE")
        await wait_for(pilot, lambda: "\u203a + new coder ZOE" in shown(pilot))
        assert "Enter: add the coder ZOE, and code as ZOE" in shown(pilot)
        assert [coder.alias for coder in corpus.list_coders(study)] == ["AL"]


async def test_the_question_begins_at_who_codes_now(study: Study) -> None:
    corpus.add_coder(study, "AL")
    async with running(study, alias="YOU") as pilot:
        for key in ("enter", "escape"):
            await press(pilot, "C")
            await wait_for(pilot, lambda: "\u203a \u25cf YOU" in shown(pilot))
            assert "Enter: stay YOU" in shown(pilot)
            assert "Esc stay YOU" in shown(pilot)
            await press(pilot, key)
            await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 1)
            assert app_of(pilot).coder == corpus.coder_named(study, "YOU")


async def test_a_known_coder_is_chosen_from_the_list(study: Study) -> None:
    corpus.add_coder(study, "AL", "[b]Ana[/")
    corpus.add_coder(study, "RR")
    async with running(study, alias="") as pilot:
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CoderDialog))
        await wait_for(pilot, lambda: "[b]Ana[/" in shown(pilot))
        await press(pilot, "down", "down", "enter")
        await wait_for(pilot, lambda: app_of(pilot).coder is not None)
        assert corpus.coder_named(study, "RR") == app_of(pilot).coder


async def test_the_question_begins_at_who_coded_here_last(study: Study) -> None:
    corpus.add_coder(study, "AL")
    corpus.add_coder(study, "RR")
    async with running(study, alias="YOU") as pilot:
        app = app_of(pilot)
        told: list[str] = []
        app.coder, app.likely_coder, app.once_chosen = None, lambda: "RR", told.append
        await press(pilot, "C")
        await wait_for(pilot, lambda: "Enter: code as RR" in shown(pilot))
        await press(pilot, "enter")
        await wait_for(pilot, lambda: app.coder is not None)
        assert told == ["RR"]


async def test_who_only_looks_round_is_asked_again_before_coding(study: Study) -> None:
    async with running(study, alias="") as pilot:
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CoderDialog))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 1)
        await press(pilot, "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, CoderDialog))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 1)
        assert said(pilot) == []


async def test_another_codebook_for_this_window(sample_study: Study) -> None:
    async with running(sample_study) as pilot:
        await wait_for(pilot, lambda: "AL 40 of 53 excerpts" in shown(pilot))
        await press(pilot, "b")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await press(pilot, "down", "enter")
        await wait_for(pilot, lambda: "Vision of high-quality" in shown(pilot))
        assert app_of(pilot).study.codebook.id == "mist_instructional_vision"
        screen = await opened(pilot)
        assert screen.sitting.book.id == "mist_instructional_vision"
    with open_study(sample_study.path) as study:
        assert study.codebook.id == "mist_student_views", "the study itself keeps its own"


async def test_coding_in_a_round_and_back(sample_study: Study) -> None:
    async with running(sample_study, "YOU") as pilot:
        await wait_for(pilot, lambda: "YOU 0 of 53 excerpts" in shown(pilot))
        await press(pilot, "r")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await press(pilot, "down", "enter")
        await wait_for(pilot, lambda: "round practice   YOU 0 of 5 excerpts" in shown(pilot))
        assert len(home(pilot).table.rows) == 4
        screen = await opened(pilot)
        assert [work.unit.ref for work in screen.sitting.works] == ["AF-P01-Y1:5"]
        await press(pilot, "3", "w", "enter")
        await wait_for(pilot, lambda: screen.sitting.works[0].is_finished)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: "YOU 1 of 5 excerpts" in shown(pilot))
        study = app_of(pilot).study
        assert find_round(study, "practice").finished == {"AL": 5, "YOU": 1}
        await press(pilot, "r")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
        await press(pilot, "up", "enter")
        await wait_for(pilot, lambda: "YOU 0 of 53 excerpts" in shown(pilot))
        assert study.codebook.id == "mist_student_views"


async def test_who_is_in_no_round_is_told(study: Study) -> None:
    async with running(study) as pilot:
        await press(pilot, "r")
        await wait_for(pilot, lambda: any("AL is in no open round" in note for note in said(pilot)))
        await press(pilot, "b")
        await wait_for(pilot, lambda: any("one codebook" in note for note in said(pilot)))


async def test_what_a_coder_has_in_a_transcript_stands_below_the_list(tmp_path: Path) -> None:
    with three(tmp_path) as study:
        al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
        for coder, ref in ((al, "A-1:1"), (al, "B-1:1"), (rr, "C-1:2")):
            coding.finish(study, coder, ref)
            flags.put_flag(study, coder, ref)
            coding.write_memo(study, coder, "excerpt", ref, "hm")
        desk_notes.leave_at(study, al, "B-1", "B-1:3")
        async with running(study) as pilot:
            await wait_for(pilot, lambda: "1 flag" in line_below(pilot))
            assert "Cause 1 of 2   Support 0 of 1" in line_below(pilot)
            assert "1 memo" in line_below(pilot)
            await press(pilot, "j")
            assert "you were here last, 3 of 4" in line_below(pilot)
            await press(pilot, "j")
            assert "flag" not in line_below(pilot), "nothing of another coder"
            assert "Cause 0 of 2" in line_below(pilot)


def line_below(pilot: Pilot[None]) -> str:
    """The line about the transcript at the cursor."""
    return shown(pilot).splitlines()[-2]


async def test_wide_screens_have_columns_for_each_set(tmp_path: Path) -> None:
    with three(tmp_path) as study:
        async with running(study, size=(240, 20)) as pilot:
            await wait_for(pilot, lambda: "Support" in shown(pilot).splitlines()[1])
            line = next(line for line in shown(pilot).splitlines() if "Ms. Bea" in line)
            assert line.split("0 of 3")[1].split() == ["────────", "0", "of", "2", "0", "of", "1",
                                                       "0", "of", "2"]  # fmt: skip


async def test_going_on_where_one_left_off(tmp_path: Path) -> None:
    with three(tmp_path) as study:
        async with running(study) as pilot:
            await press(pilot, "g")
            await wait_for(
                pilot, lambda: any("nothing to go on with" in one for one in said(pilot))
            )
            await press(pilot, "j")
            await opened(pilot)
            await press(pilot, "1", "enter", "escape")
            await wait_for(
                pilot, lambda: "\u2022B-1" in shown(pilot) or "here last" in shown(pilot)
            )
            await press(pilot, "home")
            await press(pilot, "g")
            await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 2)
            screen = coding_screen(pilot)
            assert screen.sitting.name == "B-1"
            assert screen.sitting.works[screen.index].unit.ref == "B-1:2"


async def test_the_cursor_is_at_the_transcript_one_comes_from(tmp_path: Path) -> None:
    with three(tmp_path) as study:
        coding.finish(study, corpus.add_coder(study, "AL"), "C-1:1")

        async def leave(pilot: Pilot[None], name: str) -> None:
            await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 2)
            assert coding_screen(pilot).sitting.name == name
            await press(pilot, "escape")
            await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 1)
            await wait_for(pilot, lambda: home(pilot).table.chosen_name == name)

        async with running(study) as pilot:
            await press(pilot, "g")
            await leave(pilot, "C-1")
            await press(pilot, "T", *"bea", "enter")
            await leave(pilot, "B-1")
            await press(pilot, "home")
            screen = await opened(pilot)
            await press(pilot, "T", *"cyd", "enter")
            await wait_for(pilot, lambda: pilot.app.screen not in (screen, home))
            await leave(pilot, "C-1")
            await press(pilot, "home", "R")
            await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 2)
            await press(pilot, "escape")
            await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 1)
            assert home(pilot).table.chosen_name == "A-1", "only transcripts move the cursor"
            await press(pilot, "T", *"bea", "enter")
            await leave(pilot, "B-1")
            await press(pilot, "g")
            await leave(pilot, "B-1")


async def test_one_column_can_be_asked(tmp_path: Path) -> None:
    with three(tmp_path) as study:
        async with running(study) as pilot:
            await press(pilot, "slash", *"role:coach")
            await wait_for(pilot, lambda: [r.name for r in home(pilot).table.rows] == ["B-1"])
            await press(pilot, *"x")
            await wait_for(pilot, lambda: "role:coach 2023" in shown(pilot))


async def paste(pilot: Pilot[None], words: str) -> None:
    """Paste as a terminal does."""
    pilot.app.post_message(events.Paste(words))
    await pilot.pause()


async def test_a_dropped_file_is_asked_about_and_imported(tmp_path: Path) -> None:
    path = write_transcript(tmp_path, "New [x] 1")
    with three(tmp_path) as study:
        async with running(study) as pilot:
            await paste(pilot, f"'{path}'\n")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
            await wait_for(pilot, lambda: "Bring New [x] 1.txt into test?" in shown(pilot))
            await press(pilot, "escape")
            await paste(pilot, str(path))
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
            await press(pilot, "enter")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog | FailureDialog))
            await wait_for(pilot, lambda: "New [x] 1" in shown(pilot))
            await press(pilot, "escape")
            await wait_for(pilot, lambda: len(home(pilot).table.rows) in (3, 4))
            await paste(pilot, "just words")
            await wait_for(
                pilot, lambda: any("no file has this name" in one for one in said(pilot))
            )


async def test_a_dropped_file_that_cannot_be_taken_says_why(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no turns here", encoding="utf-8")
    with three(tmp_path) as study:
        async with running(study) as pilot:
            await paste(pilot, path.as_uri())
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, ChoiceDialog))
            await press(pilot, "enter")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, FailureDialog))
            assert len(corpus.list_transcripts(study, Viewer("AL"))) == 3


async def test_leaving_for_another_study(tmp_path: Path) -> None:
    with three(tmp_path) as study:
        for keys, wanted in ((("S",), ""), ((), str(study.path))):
            async with running(study) as pilot:
                await press(pilot, *keys)
                if not keys:
                    await paste(pilot, str(study.path))
                await wait_for(pilot, lambda: not pilot.app.is_running or pilot.app._exit)
                assert app_of(pilot).next_study == wanted


async def test_the_list_is_there_the_first_time_its_place_is_painted(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted: list[str] = []
    paint = TranscriptTable.render_lines

    def seen(table: TranscriptTable, crop: Region) -> list[Strip]:
        strips = paint(table, crop)
        painted.append("\n".join(strip.text for strip in strips))
        return strips

    monkeypatch.setattr(TranscriptTable, "render_lines", seen)
    async with running(study) as pilot:
        await wait_for(pilot, lambda: "T-1" in shown(pilot))
    assert "T-1" in painted[0]
