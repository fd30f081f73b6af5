"""Finding words, flagged excerpts, codes, disagreements, transcripts."""

from __future__ import annotations

from coder.tui.commands import Command

_GROUP = "Find"

FINDING = (
    Command(
        "coding.find",
        "find",
        "slash",
        "Find words in this transcript",
        "All of them are marked as you type; Tab looks in all transcripts.",
        footer="find",
        group=_GROUP,
    ),
    Command(
        "coding.find_everywhere",
        "find_everywhere",
        "backslash,f5",
        "Find words in all transcripts",
        "A list with what is said around them; Enter opens the transcript there.",
        group=_GROUP,
    ),
    Command(
        "coding.next_flagged",
        "next_flagged",
        "exclamation_mark",
        "Next flagged excerpt",
        "With any of your flags, or with the one that {coding.choose_flag} chose.",
        group=_GROUP,
    ),
    Command(
        "coding.choose_flag",
        "choose_flag",
        "at,shift+f5",
        "Choose which flag to go to",
        "And go to the next excerpt that has it.",
        group=_GROUP,
    ),
    Command(
        "coding.next_with_code",
        "next_with_code",
        "asterisk",
        "Next excerpt with the code at the cursor",
        "To see what else you put it on.",
        group=_GROUP,
    ),
    Command(
        "coding.next_disagreement",
        "next_disagreement",
        "percent_sign",
        "Next excerpt that somebody coded otherwise",
        "Where both of you have finished a code set; never in an open round.",
        group=_GROUP,
    ),
    Command(
        "coding.next_sought",
        "next_sought(1)",
        "f3,X",
        "Next of what you looked for last",
        "Words, a flag, a code or disagreements; round the end and back.",
        group=_GROUP,
    ),
    Command(
        "coding.previous_sought",
        "next_sought(-1)",
        "shift+f3,Z",
        "Previous of what you looked for last",
        "",
        group=_GROUP,
    ),
    Command(
        "coding.pick_code",
        "pick_code",
        "plus",
        "Find a code by typing and put it on",
        "By its name, its key or words of its definition; those you used last come first.",
        footer="code",
        group=_GROUP,
    ),
    Command(
        "coding.pick_transcript",
        "pick_transcript",
        "T",
        "Open another transcript by typing",
        "By name, person, role or district; those you were in last come first.",
        group=_GROUP,
    ),
)
