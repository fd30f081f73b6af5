"""Finding and moving through keys: words, flags, codes, disagreements, turns, the trail."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.pilot import Pilot

from coder.errors import StudyProblem
from coder.model import Coder, Viewer
from coder.ops import coding, corpus, desk_notes, flags
from coder.ops.importing import import_files
from coder.ops.rounds import find_round
from coder.ops.study import Study, open_study
from coder.tui.screens import placing
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.home import HomeScreen
from coder.tui.screens.searching import EverywhereDialog, SearchBar
from tests.factories import write_transcript
from tests.rounds import close_round, open_round
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
    told,
    wait_for,
)

HOSTILE = """[00:00:10] INT: {Q-WHY} Why [/ is that?

[00:00:20] T1: The [bold]task[/bold] [/ was \u202egnik\u202c odd. A task, \u6570\u5b66 task.

[00:01:00] INT: {Q-ADJUST} And then?

[00:01:10] T1: Nothing \U0001f469\u200d\U0001f3eb of that [/ kind.
"""


@pytest.fixture
def two(study: Study, tmp_path: Path) -> Study:
    """A second transcript, with words that are awkward on a screen."""
    import_files(study, [write_transcript(tmp_path, "T-2", person="P2", turns=HOSTILE)])
    return study


def al_of(study: Study, alias: str = "AL") -> Coder:
    return corpus.add_coder(study, alias)


def marked(screen: CodingScreen) -> list[str]:
    """The words that are marked in the transcript."""
    assert screen.view.transcript is not None
    return [span.of(screen.view.transcript.text) for span in screen.view.hits.spans]


def here(screen: CodingScreen) -> str:
    """What is said of where one is, in the line above."""
    return screen.said


async def searching(pilot: Pilot[None], *keys: str) -> SearchBar:
    await press(pilot, "slash")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, SearchBar))
    bar = pilot.app.screen
    assert isinstance(bar, SearchBar)
    await press(pilot, *keys)
    return bar


async def back(pilot: Pilot[None]) -> CodingScreen:
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
    return coding_screen(pilot)


# Words in this transcript.


async def test_words_are_marked_as_they_are_typed_and_enter_keeps(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await searching(pilot, *"the")
        assert len(marked(screen)) > 4
        assert {word.casefold() for word in marked(screen)} == {"the"}
        assert f"1 of {len(marked(screen))}" in shown(pilot)
        await press(pilot, "escape")
        await back(pilot)
        assert screen.index == 0
        assert marked(screen) == []
        assert app_of(pilot).sought is None
        await searching(pilot, *"the steps")
        assert marked(screen) == ["the steps"]
        assert screen.index == 1
        assert " 1 of 1" in shown(pilot)
        await press(pilot, "enter")
        await back(pilot)
        assert screen.index == 1
        assert "\u201cthe steps\u201d 1 of 1" in shown(pilot)
        # Nothing that is typed ahead is lost, or meant for the wrong screen.
        await press(pilot, "home", "slash", *"copy", "enter", "q")
        await back(pilot)
        assert marked(screen) == ["copy"]
        assert [c.code for c in screen.sitting.works[1].codings] == ["open"]
        await searching(pilot, *"zzz", "enter")
        await back(pilot)
        await told(pilot, "\u201czzz\u201d is not in this transcript")
        assert screen.index == 1


async def test_hits_go_on_and_back_and_round(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "f3")
        await told(pilot, "first look for something")
        await searching(pilot, *"they", "down", "enter")
        await back(pilot)
        assert here(screen) == "\u201cthey\u201d 2 of 2"
        assert screen.index == 1
        await press(pilot, "f3")
        await told(pilot, "round to the beginning of the transcript")
        assert screen.index == 0
        assert here(screen) == "\u201cthey\u201d 1 of 2"
        await press(pilot, "Z")
        await told(pilot, "round to the end of the transcript")
        assert screen.index == 1
        # From somewhere else the next hit is the one after that place.
        await press(pilot, "home", "X")
        assert here(screen) == "\u201cthey\u201d 1 of 2"
        await press(pilot, "j")
        bar = await searching(pilot)
        assert bar.line.value == "they"
        assert screen.index == 1
        await press(pilot, "enter")
        await back(pilot)
        await press(pilot, "escape")
        assert marked(screen) == []
        assert isinstance(pilot.app.screen, CodingScreen)


async def test_a_hit_outside_every_excerpt_is_shown(two: Study) -> None:
    from coder.ops.excerpts import drop_excerpt

    drop_excerpt(two, al_of(two), "T-1:4")
    async with running(two, size=NARROW) as pilot:
        screen = await opened(pilot)
        await searching(pilot, *"thank you", "enter")
        await back(pilot)
        assert marked(screen) == ["Thank you"]
        assert "Thank you" in shown(pilot)


# Words in all transcripts.


async def test_hits_of_all_transcripts_are_listed_and_opened(two: Study) -> None:
    async with running(two, size=NARROW) as pilot:
        await opened(pilot)
        await searching(pilot, *"[/", "tab")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, EverywhereDialog))
        dialog = pilot.app.screen
        assert isinstance(dialog, EverywhereDialog)
        await wait_for(pilot, lambda: dialog.found_for == "[/")
        text = shown(pilot)
        assert "[bold]task[/bold]" in text
        assert "\u202e" not in text
        assert dialog.listed.line_count == 4
        await press(pilot, "down", "down", "down", "enter")
        await wait_for(pilot, lambda: pilot.app.screen is not dialog)
        screen = await back(pilot)
        assert screen.sitting.name == "T-2"
        assert screen.index == 1
        assert here(screen) == "\u201c[/\u201d 4 of 4"
        await press(pilot, "backslash", *"zz", "enter")
        await wait_for(pilot, lambda: "not found" in shown(pilot))
        await press(pilot, "enter")
        assert len(pilot.app.screen_stack) == 3


# Turns and questions.


@pytest.mark.parametrize(
    "keys",
    [
        (
            "right_square_bracket",
            "left_square_bracket",
            "right_curly_bracket",
            "left_curly_bracket",
        ),
        ("f4", "shift+f4", "f7", "shift+f7"),
        ("f4", "f16", "f7", "f19"),
    ],
    ids=["brackets", "without brackets", "as most terminals send them"],
)
async def test_turns_and_questions_are_gone_through(study: Study, keys: Sequence[str]) -> None:
    next_turn, previous_turn, next_question, previous_question = keys
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, next_turn)
        chosen = screen.view.selected_span
        assert chosen is not None
        assert chosen.of(screen.sitting.transcript.text).startswith("They never had fractions")
        assert here(screen) == "turn 2 of 9"
        await press(pilot, next_turn, next_turn)
        assert here(screen) == "turn 4 of 9"
        assert screen.index == 1
        await press(pilot, previous_turn)
        assert here(screen) == "turn 3 of 9  Q-ADJUST"
        await press(pilot, next_question)
        assert here(screen) == "turn 5 of 9  Q-WHY"
        await press(pilot, previous_question, previous_question, previous_question)
        await told(pilot, "there is no marked question before this one")
        await press(pilot, "end", *[next_turn] * 3)
        await told(pilot, "there is no turn after this one")


# Flags, codes, disagreements.


async def test_flagged_excerpts_are_gone_through(study: Study) -> None:
    for ref, name in (("T-1:2", "quotable"), ("T-1:4", "[/ odd")):
        flags.put_flag(study, al_of(study), ref, name)
    flags.put_flag(study, al_of(study, "RR"), "T-1:3")
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "f6")
        await wait_for(pilot, lambda: screen.panel.has_focus)
        await press(pilot, "exclamation_mark")
        assert screen.index == 1
        assert here(screen) == "flagged: 1 of 2"
        await press(pilot, "exclamation_mark")
        assert screen.index == 3
        await press(pilot, "exclamation_mark")
        await told(pilot, "round to the first excerpt that is flagged")
        assert screen.index == 1
        await press(pilot, "at", *"odd", "enter")
        await wait_for(pilot, lambda: screen.index == 3)
        assert here(screen) == "flagged [/ odd: 1 of 1"
        await press(pilot, "f3")
        await told(pilot, "this is the only excerpt here that is flagged [/ odd")
        await press(pilot, "home", "exclamation_mark")
        assert screen.index == 3


async def test_excerpts_with_the_code_at_the_cursor_are_gone_through(study: Study) -> None:
    coding.put_code(study, al_of(study), "T-1:3", "cause", "taught")
    coding.put_code(study, al_of(study, "RR"), "T-1:2", "cause", "taught")
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "1", "asterisk")
        assert screen.index == 2
        assert here(screen) == "coded Teaching: 2 of 2"
        await press(pilot, "f3")
        assert screen.index == 0
        await press(pilot, "asterisk", "asterisk")
        assert screen.index == 0
        await press(pilot, "full_stop", "asterisk")
        await told(pilot, "nothing here is coded Earlier years")


def differ(study: Study) -> None:
    for alias, code in (("AL", "taught"), ("RR", "effort")):
        coding.put_code(study, al_of(study, alias), "T-1:3", "cause", code)


async def test_disagreements_are_gone_through(study: Study) -> None:
    differ(study)
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "home", "percent_sign")
        assert screen.index == 2
        assert here(screen) == "disagreed on: 1 of 1"
        assert "Effort" not in " ".join(said(pilot))


async def test_an_open_round_hides_disagreements_and_says_so(study: Study) -> None:
    differ(study)
    open_round(study, "R1", ("AL", "RR"), ("T-1:3",))
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "home", "percent_sign")
        await told(pilot, "the open round R1 hides others' codes")
        assert screen.index == 0
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        app_of(pilot).in_round = find_round(study, "R1")
        await opened(pilot)
        await press(pilot, "percent_sign")
        await told(pilot, "in the round R1 nobody sees another's codes")
    close_round(study, "R1")


# The trail, and the place in each transcript.


async def test_the_trail_leads_back_and_forward(two: Study) -> None:
    async with running(two, size=NARROW) as pilot:
        screen = await opened(pilot)
        await press(pilot, "ctrl+o")
        await told(pilot, "this is the beginning of your trail")
        await press(pilot, "end", "home")
        await searching(pilot, *"try", "enter")
        await back(pilot)
        assert screen.index == 2
        await press(pilot, "ctrl+o")
        assert screen.index == 0
        await press(pilot, "ctrl+o")
        assert screen.index == 3
        await press(pilot, "ctrl+n", "ctrl+n")
        assert screen.index == 2
        await press(pilot, "T", *"t-2", "enter")
        await wait_for(pilot, lambda: coding_screen(pilot).sitting.name == "T-2")
        await press(pilot, "ctrl+o")
        await wait_for(pilot, lambda: coding_screen(pilot).sitting.name == "T-1")
        assert coding_screen(pilot).index == 2
        await press(pilot, "ctrl+n")
        await wait_for(pilot, lambda: coding_screen(pilot).sitting.name == "T-2")
        await press(pilot, "escape", "up")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        assert (await opened(pilot)).sitting.name == "T-1"
        await press(pilot, "ctrl+o")
        await wait_for(pilot, lambda: coding_screen(pilot).sitting.name == "T-2")


async def test_the_place_is_there_after_a_restart(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "j", "j", "ctrl+q")
        await wait_for(pilot, lambda: not pilot.app.is_running)
    with open_study(study.path) as again:
        async with running(again) as pilot:
            screen = await opened(pilot)
            assert screen.index == 2
        async with running(again, "RR") as pilot:
            screen = await opened(pilot)
            assert screen.index == 0


async def test_the_place_is_kept_on_leaving_and_now_and_then(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        al, entry = al_of(study), study.store.newest_entry()
        await press(pilot, "j")
        assert desk_notes.left_at(study, al, "T-1") is None
        screen.keep_place()
        place = desk_notes.left_at(study, al, "T-1")
        assert place is not None
        assert place.ref == "T-1:2"
        changes = study.store.db.total_changes
        screen.keep_place()
        assert study.store.db.total_changes == changes
        await press(pilot, "j", "escape")
        await wait_for(pilot, lambda: home(pilot))
        place = desk_notes.left_at(study, al, "T-1")
        assert place is not None
        assert place.ref == "T-1:3"
        assert study.store.newest_entry() == entry

        def fail(*_: object) -> None:
            raise StudyProblem("the disk is full")

        # A place that cannot be written is told, and keeps nobody from leaving.
        await opened(pilot)
        monkeypatch.setattr(desk_notes, "leave_at", fail)
        await press(pilot, "j", "escape")
        await told(pilot, "your place is not remembered: the disk is full")
        assert home(pilot)


async def test_a_place_is_on_disk_as_soon_as_one_has_stayed_there(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written() -> str:
        found = desk_notes.left_at(study, al_of(study), "T-1")
        return found.ref if found else ""

    monkeypatch.setattr(placing, "LOOK_EVERY", 3600)
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        for _ in range(2):
            await press(pilot, "j")
            screen.look_at_place()
            assert written() == "", "a hand that goes on waits for no disk"
        screen.look_at_place()
        assert written() == "T-1:3"
        monkeypatch.setattr(placing, "KEEP_EVERY", 0)
        await press(pilot, "k")
        screen.look_at_place()
        assert written() == "T-1:2", "but not for ever"
    monkeypatch.setattr(placing, "LOOK_EVERY", 0.01)
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "j", "j")
        await wait_for(pilot, lambda: written() == "T-1:4")


async def test_a_place_that_was_split_is_found_by_the_text(study: Study) -> None:
    from coder.ops.excerpts import split_excerpt

    al = al_of(study)
    text = corpus.read_transcript(study, Viewer("AL"), "T-1").text
    desk_notes.leave_at(study, al, "T-1", "T-1:2", text.index("I show them"))
    split_excerpt(study, al, "T-1:2", text.index("Then they copy"))
    async with running(study, size=NARROW) as pilot:
        screen = await opened(pilot)
        assert screen.index == 1
