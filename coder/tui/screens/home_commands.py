"""Every command of the home screen, once: keys, footer, palette and help come from here."""

from __future__ import annotations

from coder.tui.commands import Command

HOME_COMMANDS = (
    Command(
        "home.open", "open", "enter", "Open the transcript", "Go on coding it.", "code", "Home"
    ),
    Command(
        "home.filter",
        "filter",
        "slash",
        "Filter",
        "Show the transcripts that have all the words you type.",
        "filter",
        "Home",
    ),
    Command(
        "home.pick",
        "pick_transcript",
        "T",
        "Open a transcript by typing",
        "By name, person, role or district; those you were in last come first.",
        group="Home",
    ),
    Command(
        "home.order",
        "order(1)",
        "o",
        "Order by the next column",
        "Name, people, role, year, words, your progress.",
        "order",
        "Home",
    ),
    Command("home.reverse", "reverse", "O", "Turn the order round", "Last first.", group="Home"),
    Command(
        "home.coder",
        "coder",
        "C",
        "Choose who codes",
        "Another coder, or a new one.",
        "coder",
        "Home",
    ),
    Command(
        "home.book",
        "book",
        "b",
        "Code with another codebook",
        "In this window; the study has one at a time for its commands.",
        "other book",
        "Home",
    ),
    Command(
        "home.codebook",
        "codebook",
        "B",
        "Look at the codebook, or change it",
        "Its tree, what its codes say, its history.",
        "codebook",
        "Home",
    ),
    Command(
        "home.round",
        "round",
        "r",
        "Code in a round",
        "Blind, on the excerpts of an open round; or back to ordinary coding.",
        "round",
        "Home",
    ),
    Command(
        "home.sort",
        "sort",
        "G",
        "Gather the codes into piles",
        "Your own piles; nobody else's are shown.",
        group="Home",
    ),
    Command(
        "home.agreement",
        "agreement",
        "K",
        "See how far coders agree",
        "Kappa and its kin with intervals, who said what where, and the excerpts behind it.",
        "agreement",
        "Home",
    ),
    Command(
        "home.revisit",
        "revisit",
        "V",
        "Go to the first excerpt to revisit",
        "Coded before its code meant something else.",
        group="Home",
    ),
    Command(
        "home.clear",
        "clear",
        "escape",
        "Show all transcripts",
        "Take the filter away.",
        "all",
        "Home",
    ),
)
