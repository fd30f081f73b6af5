"""The tallies through their keys; every number is compared with the report."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from coder.model import Viewer
from coder.ops import coding, corpus
from coder.ops.study import Study, open_study
from coder.ops.tally_excerpts import Counting, count, reader_of
from coder.ops.tallying import NOTE_WORDS, Tally
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.counted import CountedScreen
from coder.tui.screens.forms import PageDialog
from coder.tui.screens.tallies import TalliesScreen
from tests.factories import make_study
from tests.rounds import open_round
from tests.tui.driving import (
    AWKWARD,
    coding_screen,
    opened,
    press,
    running,
    shown,
    wait_for,
)


async def tallied(pilot: Pilot[None]) -> TalliesScreen:
    """Go to the tallies from where we are."""
    await press(pilot, "R")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, TalliesScreen))
    screen = pilot.app.screen
    assert isinstance(screen, TalliesScreen)
    await wait_for(pilot, lambda: screen.said is not None and not screen.is_counting)
    return screen


async def pressed(pilot: Pilot[None], screen: TalliesScreen, *keys: str) -> Tally:
    """Press keys and wait for what is counted then."""
    await press(pilot, *keys)
    await wait_for(pilot, lambda: screen.said is not None and not screen.is_counting)
    assert screen.said is not None
    assert screen.said.tally is not None, screen.said.error
    return screen.said.tally


async def behind(pilot: Pilot[None]) -> CountedScreen:
    """Open what is behind the number at the cursor."""
    await press(pilot, "enter")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CountedScreen))
    screen = pilot.app.screen
    assert isinstance(screen, CountedScreen)
    await wait_for(pilot, lambda: screen.behind is not None)
    return screen


def answered(folder: Path) -> Study:
    """Two transcripts, coded by AL."""
    study = make_study(folder, [{"person": "Ada"}, {"person": "Bea", "role": "coach"}])
    coder = corpus.add_coder(study, "AL")
    for ref, code in (("T-1:1", "taught"), ("T-1:3", "effort"), ("T-2:1", "taught"), ("T-2:3", "")):
        if code:
            coding.put_code(study, coder, ref, "cause", code)
        coding.finish(study, coder, ref)
    return study


async def test_the_numbers_are_those_of_the_command(sample_study: Study) -> None:
    viewer = Viewer("AL")
    async with running(sample_study, size=(130, 60)) as pilot:
        screen = await tallied(pilot)
        assert screen.said is not None
        seen = screen.said.tally
        for keys, what in (
            ((), Counting("attribution", "rollup")),
            (("c",), Counting("attribution", "valence")),
            (("c", "g"), Counting("attribution", "code", ("role",))),
            (("tab",), Counting("adjustment", "code", ("role",))),
        ):
            if keys:
                seen = await pressed(pilot, screen, *keys)
            wanted = count(reader_of(sample_study, viewer), what)
            assert seen is not None
            assert (seen.groups, seen.by) == (wanted.groups, wanted.by), what
            text = shown(pilot)
            first = next(one for one in wanted.groups[0].results if one.n)
            share = first.of_asked if what.grain == "code" else first.of_codable
            assert share.share is not None
            line = next(line for line in text.splitlines() if first.label in line)
            assert f"{first.n} of " in " ".join(line.split())
            assert f" {share.denominator} " in line
            assert f"{share.share:.1%}" in line
            if share.low is not None and share.high is not None:
                assert f"[{share.low:.0%}, {share.high:.0%}]" in line


async def test_the_rule_about_words_and_few_people_stand_there(sample_study: Study) -> None:
    async with running(sample_study, size=(100, 60)) as pilot:
        screen = await tallied(pilot)
        await pressed(pilot, screen, "g")
        await wait_for(pilot, lambda: "coach, 2 people !" in shown(pilot))
        assert NOTE_WORDS.split(",")[0] in " ".join(shown(pilot).split())
        await press(pilot, "n")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, PageDialog))
        await wait_for(pilot, lambda: "do not publish them" in " ".join(shown(pilot).split()))
        assert "is open: what others said of its excerpts is not" in " ".join(shown(pilot).split())


async def test_from_a_number_to_its_excerpts_and_back(tmp_path: Path) -> None:
    with answered(tmp_path) as study:
        async with running(study) as pilot:
            screen = await tallied(pilot)
            await pressed(pilot, screen, "c", "c")
            while not (screen.cell and screen.cell.key == "taught"):
                await press(pilot, "down")
            cell, place = screen.cell, screen.bars.place
            assert "taught" in str(cell)
            listed = await behind(pilot)
            assert [row.ref for row in listed.rows] == ["T-1:1", "T-2:1"]
            await wait_for(pilot, lambda: "Teaching: 2 excerpts" in shown(pilot))
            assert "Ms. Bea, coach, 2023-24" in shown(pilot)
            assert "counts as  Teaching" in shown(pilot)
            await press(pilot, "j", "enter")
            await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
            sitting = coding_screen(pilot).sitting
            assert sitting.works[coding_screen(pilot).index].unit.ref == "T-2:1"
            await press(pilot, "escape")
            await wait_for(pilot, lambda: pilot.app.screen is listed)
            assert listed.listed.place == 1
            await press(pilot, "escape")
            assert pilot.app.screen is screen
            await wait_for(pilot, lambda: screen.said is not None and not screen.is_counting)
            assert (screen.cell, screen.bars.place) == (cell, place)
            await press(pilot, "escape")
            await wait_for(pilot, lambda: len(pilot.app.screen_stack) == 1)


async def test_people_who_were_asked_nothing_are_listed_without_excerpts(tmp_path: Path) -> None:
    with answered(tmp_path) as study:
        async with running(study) as pilot:
            screen = await tallied(pilot)
            await press(pilot, "end")
            listed = await behind(pilot)
            assert len({row.person for row in listed.rows}) == 2
            assert screen.line is not None
            assert screen.line.words == "all: 2 person-years"


async def test_it_counts_again_when_something_changes(tmp_path: Path) -> None:
    with answered(tmp_path) as study:
        async with running(study) as pilot:
            screen = await tallied(pilot)
            found = await pressed(pilot, screen, "c", "c")
            (taught,) = [r for r in found.groups[-1].results if r.key == "taught"]
            assert taught.n == 2
            with open_study(study.path) as other:
                coder = corpus.coder_named(other, "AL")
                coding.put_code(other, coder, "T-1:3", "cause", "taught")
                coding.finish(other, coder, "T-1:3")
            await wait_for(pilot, lambda: "3 of 4" in shown(pilot))


async def test_the_filter_of_the_home_screen_counts_here_too(tmp_path: Path) -> None:
    people = [{"person": "Ada"}, {"person": "Bea"}, {"person": "Cyd", "role": "coach"}]
    with make_study(tmp_path, people) as study:
        async with running(study) as pilot:
            await press(pilot, "slash", *"role:teacher", "enter")
            await wait_for(pilot, lambda: "2 of 3 transcripts" in shown(pilot))
            screen = await tallied(pilot)
            assert "only role:teacher" in shown(pilot)
            assert screen.said is not None
            assert screen.said.tally is not None
            assert screen.said.tally.groups[-1].n == 2
            await press(pilot, "slash", "x")
            await wait_for(pilot, lambda: screen.words == "role:teacherx")
            await press(pilot, "escape")
            await wait_for(pilot, lambda: "all, 3 people" in shown(pilot))


async def test_from_coding_the_set_in_focus_is_counted(tmp_path: Path) -> None:
    with answered(tmp_path) as study:
        async with running(study) as pilot:
            screen = await opened(pilot)
            await press(pilot, "tab")
            focused = screen.focused_set
            counted = await tallied(pilot)
            assert counted.set_id == focused != "cause"


async def test_an_open_round_hides_and_says_so(tmp_path: Path) -> None:
    with answered(tmp_path) as study:
        rr = corpus.add_coder(study, "RR")
        coding.put_code(study, rr, "T-1:1", "cause", "effort")
        coding.finish(study, rr, "T-1:1")
        open_round(study, "first", ("AL", "RR"), ["T-1:1"])
        async with running(study) as pilot:
            screen = await tallied(pilot)
            assert "The round first is open" in screen.pane.words
            found = await pressed(pilot, screen, "c", "c")
            assert not found.groups[-1].blanks.get("unresolved")


async def test_nothing_to_count_and_nothing_to_open(study: Study) -> None:
    async with running(study) as pilot:
        screen = await tallied(pilot)
        await press(pilot, "home")
        assert screen.cell is not None
        listed = await behind(pilot)
        await wait_for(pilot, lambda: "nothing is here any more" in shown(pilot))
        await press(pilot, "enter")
        assert pilot.app.screen is listed


async def test_awkward_words_stand_as_they_are(tmp_path: Path) -> None:
    words = AWKWARD.translate(dict.fromkeys(map(ord, "\x00\x1b\t'"), " "))
    with make_study(tmp_path, [{"district": f"'{words}'"}]) as study:
        coding.finish(study, corpus.add_coder(study, "AL"), "T-1:1")
        async with running(study, size=(200, 40)) as pilot:
            screen = await tallied(pilot)
            await pressed(pilot, screen, "g", "g")
            assert "[laughs] [/ [bold]" in shown(pilot)
            await behind(pilot)
            await wait_for(pilot, lambda: "[laughs] [/ [bold]" in shown(pilot))


async def test_long_names_stand_whole_where_there_is_room(sample_study: Study) -> None:
    async with running(sample_study, size=(120, 34)) as pilot:
        screen = await tallied(pilot)
        await pressed(pilot, screen, "c", "c")
        await wait_for(pilot, lambda: "Effort, attitude or behaviour as character" in shown(pilot))
        assert "\u251c" in shown(pilot), "with bars beside them"
