"""Widgets on their own: plain data in, no study."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.app import App, ComposeResult
from textual.widget import Widget

from coder.model import (
    Code,
    CodeSet,
    Participant,
    Rollup,
    Sentence,
    Span,
    Speaker,
    Transcript,
    Turn,
)
from coder.tui.marks import CodeItem, ExcerptMark, Label, SetItem
from coder.tui.widgets.code_panel import CodePanel
from coder.tui.widgets.definition_pane import DefinitionPane
from coder.tui.widgets.transcript_margin import clock, flow
from coder.tui.widgets.transcript_view import TranscriptView
from tests.tui.driving import AWKWARD, shown, wait_for

W = TypeVar("W", bound=Widget)


class Alone(App[None], Generic[W]):
    """An app with nothing but one widget."""

    def __init__(self, widget: W) -> None:
        super().__init__()
        self.widget = widget

    def compose(self) -> ComposeResult:
        yield self.widget


def transcript(*answers: str, seconds: float | None = 75) -> Transcript:
    """A question and an answer for each of the answers."""
    text = ""
    turns: list[Turn] = []
    sentences: list[Sentence] = []
    for said in (part for answer in answers for part in ("Why?", answer)):
        speaker = "INT" if said == "Why?" else "T1"
        start = len(text)
        text += f"{speaker}: {said}"
        words = Span(start + len(speaker) + 2, len(text))
        turns.append(Turn(len(turns) + 1, speaker, Span(start, len(text)), words, seconds))
        sentences.append(Sentence(len(sentences) + 1, words))
        text += "\n\n"
    return Transcript(
        name="X",
        revision="r",
        text=text,
        turns=tuple(turns),
        sentences=tuple(sentences),
        speakers={"T1": Speaker("T1", "P1", False), "INT": Speaker("INT", "R1", True)},
        participants=(Participant("P1", AWKWARD, "2024", {}),),
        year="2024",
        wave="",
        date="",
    )


def marks(of: Transcript, **changes: object) -> list[ExcerptMark]:
    """A mark for each question with its answer."""
    return [
        ExcerptMark(
            f"X:{n + 1}",
            Span(of.turns[2 * n].span.start, of.turns[2 * n + 1].span.stop),
            "open",
            "Q-WHY  Why",
        )
        for n in range(len(of.turns) // 2)
    ]


async def test_the_transcript_shows_names_times_numbers_and_labels() -> None:
    view = TranscriptView()
    async with Alone(view).run_test(size=(100, 20)) as pilot:
        given = transcript("Because [laughs] they never had it.", "No.")
        view.show(given, marks(given))
        await wait_for(pilot, lambda: "they never had it" in shown(pilot))
        lines = shown(pilot).splitlines()
        assert lines[0].startswith(" 1 ┃ Q-WHY  Why")
        assert lines[1].startswith(" ○ ┃ INT")
        assert "01:15" in lines[1]
        assert "Because [laughs] they never had it." in lines[2]
        assert lines[3].startswith("   ┗")
        assert lines[4].startswith(" 2 │ Q-WHY")
        labels = (Label("1+ [b]Teaching", "productive"), Label("∅ Who", "quiet"))
        view.remark(0, ExcerptMark("X:1", view.marks[0].span, "finished", "Q-WHY  Why", labels))
        await wait_for(pilot, lambda: " 1+ [b]Teaching " in shown(pilot))
        assert shown(pilot).splitlines()[1].startswith(" ✓ ┃")


async def test_the_transcript_without_times_or_excerpts() -> None:
    view = TranscriptView()
    async with Alone(view).run_test(size=(40, 10)) as pilot:
        view.show(transcript("One.", seconds=None), [])
        await wait_for(pilot, lambda: "T1  One." in shown(pilot))
        view.choose(3)
        view.move_cursor(1)
        view.scroll_pages(1)
        assert view.current_mark is None


async def test_awkward_words_stay_in_their_cells() -> None:
    view = TranscriptView()
    async with Alone(view).run_test(size=(60, 20)) as pilot:
        given = transcript(AWKWARD, AWKWARD * 3)
        view.show(given, marks(given))
        await wait_for(pilot, lambda: "数学" in shown(pilot))
        for y in range(20):
            # All but the cell of the scroll bar.
            assert view.render_line(y).cell_length == 59
        text = shown(pilot)
        assert "[laughs] [/ [bold]x[/bold]" in text
        assert "\x1b" not in text
        assert "\x00" not in text
        assert "\u202e" not in text
        view.move_cursor(1)
        view.move_cursor(1)
        for y in range(20):
            # All but the cell of the scroll bar.
            assert view.render_line(y).cell_length == 59


async def test_a_sentence_can_be_selected_across_excerpts() -> None:
    view = TranscriptView()
    async with Alone(view).run_test(size=(60, 20)) as pilot:
        given = transcript("One.", "Two.")
        view.show(given, marks(given))
        await pilot.pause()
        view.move_cursor(1)
        assert view.selected_span == given.turns[1].words, "begins at the answer"
        view.extend(1)
        view.extend(1)
        assert view.selected_span == Span(given.turns[1].words.start, given.turns[3].words.stop)
        assert view.current == 0, "the one that was looked at"
        assert view.leave_selection()
        assert view.selected_span is None


async def test_only_the_rows_of_an_excerpt_are_painted_again() -> None:
    view = TranscriptView()
    async with Alone(view).run_test(size=(60, 40)) as pilot:
        given = transcript("One.", "Two.", "Three.")
        view.show(given, marks(given))
        await wait_for(pilot, lambda: "Three." in shown(pilot))
        kept = {y: view.render_line(y) for y in range(12)}
        view.remark(1, ExcerptMark("X:2", view.marks[1].span, "finished", "Q-WHY  Why"))
        changed = {y for y in range(12) if view.render_line(y) is not kept[y]}
        first = view._layout.rows_of_excerpt(1) if view._layout else range(0)
        assert changed == {first[0], first[1], first[-1]}


async def test_a_text_that_gets_shorter_leaves_no_row_behind() -> None:
    view = TranscriptView()
    async with Alone(view).run_test(size=(60, 40)) as pilot:
        given = transcript("One.", "Two.")
        view.show(given, marks(given))
        await wait_for(pilot, lambda: "Two." in shown(pilot))
        span = view.marks[0].span
        long = tuple(Label(f"{n} {'a long name ' * 3}", "productive") for n in range(3))
        view.remark(0, ExcerptMark("X:1", span, "started", "Q-WHY  Why", long))
        await wait_for(pilot, lambda: "2 a long name" in shown(pilot))
        rows = len(view._layout or ())
        view._exchange_repaint_regions()
        view.remark(0, ExcerptMark("X:1", span, "started", "Q-WHY  Why", long[:1]))
        assert len(view._layout or ()) < rows < view.size.height
        painted = {y for region in view._exchange_repaint_regions() for y in region.line_range}
        assert rows - 1 in painted


async def test_an_excerpt_inside_another_takes_no_rows_that_show_nothing_new() -> None:
    view = TranscriptView()
    async with Alone(view).run_test(size=(100, 40)) as pilot:
        given = transcript("One two three four.")
        (outer,) = marks(given)
        start = given.text.index("two")
        inner = ExcerptMark("X:2", Span(start, start + 9), "open", "Q-WHY  Why")
        view.show(given, [outer, inner], 1)
        await wait_for(pilot, lambda: "two three" in shown(pilot))
        assert [line[:6].rstrip() for line in shown(pilot).splitlines()][:6] == [
            " 1 │",
            " ○ │",
            "   │",
            " 2 ┃│",
            "   │",
            "   └",
        ]
        assert shown(pilot).count("Q-WHY") == 1
        label = Label("1+ Teaching", "productive")
        view.remark(1, ExcerptMark("X:2", inner.span, "started", inner.heading, (label,)))
        await wait_for(pilot, lambda: " 1+ Teaching " in shown(pilot))
        assert " ◐ ┗│" in shown(pilot)


def items(*, applied: str = "") -> tuple[SetItem, ...]:
    """Two sets of five codes."""
    return tuple(
        SetItem(
            set_id,
            f"Set {set_id}",
            "several",
            "open",
            tuple(
                CodeItem(
                    f"{set_id}{n}",
                    str(n),
                    "+",
                    f"[b]Code {n}",
                    "productive",
                    f"{set_id}{n}" == applied,
                )
                for n in range(5)
            ),
        )
        for set_id in "ab"
    )


async def test_the_panel_marks_focus_cursor_and_what_is_applied() -> None:
    panel = CodePanel()
    async with Alone(panel).run_test(size=(40, 20)) as pilot:
        panel.show(items(applied="a1"), "a", ("a", "a0"))
        await wait_for(pilot, lambda: "▶ Set a" in shown(pilot))
        assert "› 0 + [b]Code 0" in shown(pilot)
        assert " ●1 + [b]Code 1" in shown(pilot)
        assert "  Set b" in shown(pilot)


async def test_the_panel_folds_what_is_not_in_use_where_there_is_no_room() -> None:
    panel = CodePanel()
    async with Alone(panel).run_test(size=(30, 8)) as pilot:
        panel.show(items(applied="b1"), "a", ("a", "a4"))
        await wait_for(pilot, lambda: "▸ Set b" in shown(pilot))
        assert " 1 ○" in shown(pilot)
        panel.show(items(applied="b1"), "b", ("b", "b4"))
        await wait_for(pilot, lambda: "▸ Set a" in shown(pilot))
        assert "› 4 + [b]Code 4" in shown(pilot)


async def test_a_definition_says_what_the_book_says() -> None:
    pane = DefinitionPane()
    code = Code(
        "c",
        "[b]Name",
        short=AWKWARD,
        definition="What it is.",
        include="When [/ so.",
        exclude="Not then.",
        example="Like this.",
        key="1",
        valence="mixed",
        codable=False,
    )
    book_set = CodeSet("s", "Set - a question", "multi", (code,), Rollup("any"))
    async with Alone(pane).run_test(size=(50, 20)) as pilot:
        pane.show(book_set, code, is_short=False)
        await wait_for(pilot, lambda: "Example  Like this." in shown(pilot))
        assert "1 ± [b]Name  Set, mixed, not codable" in shown(pilot)
        assert "Use when  When [/ so." in shown(pilot)
        pane.show(book_set, code, is_short=True)
        await wait_for(pilot, lambda: "What it is." not in shown(pilot))
        pane.show(None, None, is_short=True)
        assert pane.words == ""


def test_a_clock_has_hours_only_where_there_are() -> None:
    assert [clock(s) for s in (None, 0, 75.9, 3675)] == ["", "00:00", "01:15", "1:01:15"]


def test_labels_flow_over_rows() -> None:
    assert flow([], 10) == [[]]
    assert flow([4, 5, 3], 10) == [[0, 1], [2]]
    assert flow([20, 3], 10) == [[0], [1]]
