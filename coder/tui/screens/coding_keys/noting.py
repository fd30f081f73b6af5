"""Memos, undo and redo."""

from __future__ import annotations

from coder.tui.commands import Command

_GROUP = "Notes"

NOTING = (
    Command(
        "coding.memo",
        "memo",
        "m",
        "Memo on the excerpt",
        "Write a note on this excerpt.",
        footer="memo",
        group=_GROUP,
    ),
    Command(
        "coding.coding_memo",
        "coding_memo",
        "M",
        "Memo on the code at the cursor",
        "Write why this code stands on this excerpt.",
        group=_GROUP,
    ),
    Command(
        "coding.undo",
        "undo",
        "u",
        "Undo",
        "Take back your last action, also one of an earlier day.",
        footer="undo",
        group=_GROUP,
    ),
    Command(
        "coding.redo",
        "redo",
        "U,ctrl+r",
        "Redo",
        "",
        group=_GROUP,
    ),
)
