"""Pickers by typing: codes and transcripts, through keys; nothing of anybody else in them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.content import Content
from textual.pilot import Pilot

from coder.model import Code, Codebook, CodeSet, Question, Rollup
from coder.ops import coding, corpus
from coder.ops.importing import import_files
from coder.ops.study import Study, create_study
from coder.tui.app import CoderApp
from coder.tui.screens.coding import CodingScreen
from coder.tui.screens.home import HomeScreen
from coder.tui.screens.pick_dialog import shortened
from coder.tui.screens.pickers import CodePicker, TranscriptPicker
from tests.factories import small_codebook, write_transcript
from tests.rounds import open_round, round_number
from tests.tui.driving import (
    AWKWARD,
    NARROW,
    WIDE,
    codes_on,
    coding_screen,
    opened,
    press,
    running,
    shown,
    wait_for,
)


def large_book() -> Codebook:
    """Three hundred codes, with and without keys, of awkward names too."""
    codes = tuple(
        Code(
            f"c{n}",
            f"{AWKWARD} {n}" if n % 50 == 7 else f"Way of helping number {n}",
            short=f"They do thing {n}.",
            definition=f"Somebody says that {n} is what they do. " * 5,
            key=str(n) if n < 10 else "",
        )
        for n in range(300)
    )
    one = CodeSet("ways", "Ways of helping", "multi", codes, Rollup("any"))
    return Codebook("large", "1", "Large", (one,), protocol=(Question("Q-WHY", "?", ("ways",)),))


@pytest.fixture
def large(tmp_path: Path) -> Study:
    """A study with a codebook of 300 codes."""
    study = create_study(tmp_path / "large.coder", [large_book()])
    import_files(study, [write_transcript(tmp_path)])
    return study


async def picker(pilot: Pilot[None], *keys: str) -> CodePicker:
    await press(pilot, "plus")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodePicker))
    screen = pilot.app.screen
    assert isinstance(screen, CodePicker)
    await press(pilot, *keys)
    return screen


async def back(pilot: Pilot[None]) -> CodingScreen:
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CodingScreen))
    return coding_screen(pilot)


def listed(dialog: CodePicker | TranscriptPicker, number: int) -> str:
    return "".join(text for text, _ in dialog.parts(number, 100))


async def test_a_code_is_found_by_name_id_key_and_definition(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        dialog = await picker(pilot, *"teach")
        assert "1+ Teaching" in listed(dialog, 0)
        await press(pilot, "enter")
        await back(pilot)
        assert codes_on(pilot, "T-1:1") == {"taught"}
        await wait_for(pilot, lambda: " 1+ Teaching " in shown(pilot))
        # Shows steps is of a set that was not asked here: Space says that it is meant.
        for typed, code, yes in (("w", "steps", ["space"]), ("eyr", "before", [])):
            await picker(pilot, *typed, "enter")
            await back(pilot)
            await press(pilot, *yes)
            assert code in codes_on(pilot, "T-1:1")


@pytest.mark.parametrize("size", [NARROW, (120, 34)])
async def test_what_does_not_fit_in_the_picker_ends_with_an_ellipsis(
    sample_study: Study, size: tuple[int, int]
) -> None:
    async with running(sample_study, size=size) as pilot:
        await opened(pilot)
        dialog = await picker(pilot, *"current")
        await wait_for(pilot, lambda: "Attribution: " in shown(pilot))
        await wait_for(pilot, lambda: (size == NARROW) == ("\u2026 " in last_words(pilot)))
        line = next(row for row in shown(pilot).splitlines() if "\u203a \u25e6 1+" in row)
        assert ("Attribution" in line) == (size == NARROW)
        assert "\u2026" not in line.partition("\u203a \u25e6 1+")[2]
        assert dialog.listed.line_count


def last_words(pilot: Pilot[None]) -> str:
    """The line about the code at the cursor, where there is one line of it."""
    return next(row for row in shown(pilot).splitlines() if "Attribution: " in row)


@pytest.mark.parametrize(
    ("rows", "left"), [(1, "one two\u2026"), (2, "one two three four\u2026"), (3, "")]
)
def test_words_are_shortened_to_rows(rows: int, left: str) -> None:
    words = "one two three four five six"
    assert shortened(Content(words), 11, rows).plain == (left or words)


async def test_enter_takes_off_what_is_on_and_tab_only_looks(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        await press(pilot, "1")
        dialog = await picker(pilot, *"teaching")
        assert "●" in listed(dialog, 0)
        await press(pilot, "enter")
        screen = await back(pilot)
        assert codes_on(pilot, "T-1:1") == set()
        await picker(pilot, *"effort", "tab")
        await back(pilot)
        assert codes_on(pilot, "T-1:1") == set()
        assert screen.pointed == ("cause", "effort")
        await press(pilot, "space")
        assert codes_on(pilot, "T-1:1") == {"effort"}


async def test_letters_typed_ahead_are_all_read_before_enter(large: Study) -> None:
    with large:
        async with running(large, size=NARROW) as pilot:
            await opened(pilot)
            await press(pilot, "plus", *"number 217", "enter", "j")
            screen = await back(pilot)
            assert codes_on(pilot, "T-1:1") == {"c217"}
            assert screen.index == 1


async def test_any_of_300_codes_is_found_and_the_excerpt_stays_in_sight(large: Study) -> None:
    with large:
        async with running(large, size=NARROW) as pilot:
            screen = await opened(pilot)
            dialog = await picker(pilot)
            assert "300 of 300 codes" in shown(pilot)
            assert "They never had fractions." in below(pilot, dialog)
            await press(pilot, "escape")
            # At the end of the text nothing is left to scroll: it stands above instead.
            await press(pilot, "end")
            dialog = await picker(pilot)
            await wait_for(pilot, lambda: dialog.query_one("#picker").region.y == 0)
            assert "No. Thank you." in below(pilot, dialog)
            assert screen.index == 3
            await press(pilot, *"gnik")
            assert dialog.listed.line_count == 6
            assert "\x1b" not in shown(pilot)
            assert "\u202e" not in shown(pilot)
            await press(pilot, "pagedown", "up", "enter")
            await back(pilot)
            await wait_for(pilot, lambda: "was not asked here" in shown(pilot))
            await press(pilot, "space")
            assert codes_on(pilot, "T-1:4") == {"c207"}


def below(pilot: Pilot[None], dialog: CodePicker) -> str:
    """What of the coding screen is seen beside the dialog."""
    box = dialog.query_one("#picker").region
    strips = pilot.app.screen_stack[-2]._compositor.render_strips()
    rows = [strip for row, strip in enumerate(strips) if not box.y <= row < box.bottom]
    return "\n".join("".join(segment.text for segment in strip) for strip in rows)


async def test_codes_used_last_come_first_and_nobody_elses(study: Study) -> None:
    for alias, ref, code in (("RR", "T-1:1", "hard"), ("AL", "T-1:2", "steps")):
        found = next(s.id for s, c in study.codebook.codes() if c.id == code)
        coding.put_code(study, corpus.add_coder(study, alias), ref, found, code)
    open_round(study, "R1", ("AL", "RR"), ("T-1:3",))
    rr = corpus.coder_named(study, "RR")
    coding.put_code(study, rr, "T-1:3", "cause", "both", round_number(study, "R1"))
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        dialog = await picker(pilot)
        assert "Shows steps" in listed(dialog, 0)
        assert [n for n in range(dialog.listed.line_count) if "◦" in listed(dialog, n)] == [0]
        assert "Teaching" in listed(dialog, 1)


async def test_a_code_is_no_markup(tmp_path: Path) -> None:
    book = small_codebook()
    odd = Code("odd", AWKWARD, short=AWKWARD, key="z")
    sets = (replace(book.code_sets[0], title="[/ set", codes=(odd,)), *book.code_sets[1:])
    with create_study(tmp_path / "odd.coder", [replace(book, code_sets=sets)]) as study:
        import_files(study, [write_transcript(tmp_path)])
        async with running(study, size=WIDE) as pilot:
            screen = await opened(pilot)
            dialog = await picker(pilot, *"] [/")
            assert "[laughs] [/" in shown(pilot)
            assert "[/ set: [laughs] [/" in shown(pilot)
            # Where it is wide, all of the text stays free.
            assert dialog.query_one("#picker").region.x >= screen.view.region.right
            await press(pilot, "enter")
            await back(pilot)
            assert codes_on(pilot, "T-1:1") == {"odd"}


# Transcripts.


@pytest.fixture
def many(study: Study, tmp_path: Path) -> Study:
    """Transcripts of a teacher, a principal and somebody with an odd district."""
    write = write_transcript
    import_files(
        study,
        [
            write(tmp_path, "T-2", person="P2", role="principal", district="South"),
            write(tmp_path, "X-30", person="P3", district='"[/ north"'),
        ],
    )
    return study


async def transcripts(pilot: Pilot[None], *keys: str) -> TranscriptPicker:
    await press(pilot, "T")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, TranscriptPicker))
    screen = pilot.app.screen
    assert isinstance(screen, TranscriptPicker)
    await press(pilot, *keys)
    return screen


async def test_a_transcript_is_found_by_name_person_role_and_district(many: Study) -> None:
    async with running(many, size=NARROW) as pilot:
        await opened(pilot)
        for typed, name in (("x3", "X-30"), ("prin", "T-2"), ("p1", "T-1"), ("[/", "X-30")):
            await transcripts(pilot, *typed, "enter")
            await wait_for(
                pilot,
                lambda name=name: (
                    isinstance(pilot.app.screen, CodingScreen)  # type: ignore[misc]
                    and coding_screen(pilot).sitting.name == name
                ),
            )
        dialog = await transcripts(pilot)
        assert "[/ north" in shown(pilot)
        # The one left last stands first.
        assert [listed(dialog, n).split()[1] for n in range(3)] == ["T-1", "T-2", "X-30"]
        await press(pilot, "escape")
        await back(pilot)


async def test_the_picker_opens_from_the_list_too_and_begins_with_what_was_coded(
    many: Study,
) -> None:
    coding.put_code(many, corpus.add_coder(many, "AL"), "X-30:1", "cause", "taught")
    async with running(many, size=NARROW) as pilot:
        dialog = await transcripts(pilot)
        assert "X-30" in listed(dialog, 0)
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        await press(pilot, "slash", "T")
        assert isinstance(pilot.app.screen, HomeScreen)
        await press(pilot, "escape", "T", "enter")
        screen = await back(pilot)
        assert screen.sitting.name == "X-30"


async def test_who_is_not_known_yet_is_asked_before_a_transcript_opens(many: Study) -> None:
    app = CoderApp(many)
    corpus.add_coder(many, "AL")
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await wait_for(pilot, lambda: "Who is coding?" in shown(pilot))
        await press(pilot, "escape")
        await wait_for(pilot, lambda: isinstance(app.screen, HomeScreen))
        await transcripts(pilot, *"t-2", "enter")
        await wait_for(pilot, lambda: "Who is coding?" in shown(pilot))
        await press(pilot, "down", "enter")
        screen = await back(pilot)
        assert screen.sitting.name == "T-2"


async def test_a_picker_with_nothing_in_it_says_what_else_to_type(study: Study) -> None:
    async with running(study, size=NARROW) as pilot:
        await opened(pilot)
        await picker(pilot, *"qqq[/")
        await wait_for(pilot, lambda: "No code has these words: type fewer" in shown(pilot))
        await press(pilot, "escape")
        await back(pilot)
        await transcripts(pilot, *"qqq")
        await wait_for(pilot, lambda: "No transcript is called that: type fewer" in shown(pilot))
        await press(pilot, *["backspace"] * 3)
        await wait_for(pilot, lambda: "No transcript is called that" not in shown(pilot))
