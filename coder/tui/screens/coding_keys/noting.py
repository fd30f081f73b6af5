"""Memos, flags, history, undo and redo."""

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
        "coding.transcript_memo",
        "transcript_memo",
        "O",
        "Memo on the whole transcript",
        "Write what holds for all of this interview.",
        group=_GROUP,
    ),
    Command(
        "coding.code_memo",
        "code_memo",
        "ampersand",
        "Memo on the code itself",
        "Write what you think of the code at the cursor, wherever it is put.",
        group=_GROUP,
        show_key="&",
    ),
    Command(
        "coding.memos",
        "memos",
        "quotation_mark",
        "List your memos in this transcript",
        "Those that you began and did not keep come first; Enter goes to one.",
        group=_GROUP,
        show_key='"',
    ),
    Command(
        "coding.flag",
        "flag",
        "f",
        "Flag the excerpt, or take the flag off",
        "To discuss; a flag is no code and counts in no table.",
        group=_GROUP,
    ),
    Command(
        "coding.flags",
        "flags",
        "F",
        "Choose a flag",
        "Discuss, quotable, or one of your own; again takes it off.",
        group=_GROUP,
    ),
    Command(
        "coding.history",
        "history",
        "H",
        "History of the excerpt",
        "What was done to it, by whom and when; nothing of others in an open round.",
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
