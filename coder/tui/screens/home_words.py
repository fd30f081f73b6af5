"""What the home screen says in words: about the study, about one transcript, where it is empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from coder.ops.corpus import TranscriptSummary
from coder.ops.filtering import NAMED_FIELDS
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from coder.ops.overview import Desk

Part = tuple[str, str]


def about_transcript(
    row: TranscriptSummary | None,
    desk: Desk | None,
    sets: Sequence[tuple[str, str]],
    *,
    alias: str,
    is_last: bool,
    width: int,
) -> Content:
    """The line below the list: the transcript at the cursor as this coder has it.

    Args:
        row: The transcript; None in an empty list.
        desk: What the coder has in it; None until it is counted.
        sets: Id and title of each code set.
        alias: The coder; empty where nobody is chosen.
        is_last: Whether it is the one worked in last.
        width: Of the screen; what does not fit is left out from the end.
    """
    if row is None or not alias or desk is None:
        return Content("")
    parts: list[Part] = []
    if desk.left_at:
        here = "you were here last" if is_last else "you were here"
        parts.append((f"{here}, {desk.left_at} of {row.excerpts}", "bold"))
    elif is_last:
        parts.append(("worked in last", "bold"))
    for set_id, title in sets:
        found = (desk.sets or {}).get(set_id)
        if found is not None:
            is_done = found.finished >= found.total
            sign = "\u2713" if is_done else ""
            words = f"{clipped(title, 20)} {found.finished} of {found.total}{sign}"
            parts.append((words, "$success" if is_done else ""))
    for number, one, many in (
        (desk.to_revisit, "to revisit", "to revisit"),
        (desk.flags, "flag", "flags"),
        (desk.memos, "memo", "memos"),
        (desk.minutes, "minute", "minutes"),
    ):
        if number:
            style = "bold $accent" if one == "to revisit" else "$turn-margin"
            parts.append((f"{number} {one if number == 1 else many}", style))
    kept: list[Part] = []
    room = width - 2
    for words, style in parts:
        text = f"{'   ' if kept else ' '}{words}"
        if len(text) <= room:
            kept.append((text, style))
            room -= len(text)
    return Content.assemble(*kept)


def advice(has_transcripts: bool, where: str, key: Callable[[str], str]) -> Content:
    """What to do next where the list is empty.

    Args:
        has_transcripts: Whether the study has some that the filter hides.
        where: The round whose excerpts alone are listed, or empty.
        key: How the key of a command is written, by its id.
    """
    if has_transcripts:
        named = "  ".join(f"{name}:" for name in NAMED_FIELDS)
        return Content.assemble(
            ("no transcript has all these words\n\n", "bold"),
            (key("home.clear"), "bold $accent"),
            " shows all\n\na word is looked for everywhere, or in one column:\n\n  ",
            (named, "$accent"),
            "\n\nas in ",
            ("role:coach 2023", "bold $accent"),
        )
    if where:
        return Content.assemble(
            (f"the round {one_line(where)} has no excerpts here\n\n", "bold"),
            (key("home.round"), "bold $accent"),
            " goes back to ordinary coding",
        )
    return Content.assemble(
        ("no transcripts yet\n\n", "bold"),
        "drop a file on this window, or bring some in from the command line:\n\n  ",
        ("coder import FOLDER", "bold $accent"),
        "\n\nthis list fills by itself when they arrive",
    )
