"""What the agreement screen says in sentences: cautions, notes, advice where it is empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual.content import Content

from coder.errors import CoderError
from coder.ops.agreement_pages import caution_lines, unfinished_lines
from coder.ops.agreement_report import AgreementReport, Level
from coder.ops.agreement_tables import legend
from coder.ops.wrapping import hanging
from coder.tui.widgets.wrapping import one_line

FILLS_BY_ITSELF = "the figures appear here by themselves as soon as there are any"


def cautions_on(report: AgreementReport, level: Level, coders: tuple[str, ...]) -> list[str]:
    """What to know before believing the figures of some coders at a level, or of the whole set."""
    whole = level.removesuffix("_applied")
    found = [
        one.text
        for one in report.cautions
        if one.level in (None, level, whole) and set(one.coders) <= set(coders)
    ]
    return list(dict.fromkeys(found))


def why_no_table(level: Level, key: Callable[[str], str]) -> str:
    """Why no table is shown of a level; ``key`` says how that of a command is written."""
    if level == "set_applied":
        before = key("agreement.previous_level")
        return f"no table here: it stands under sets of codes, of all answers ({before})"
    return "no table: nothing to count at this level"


def notes_page(report: AgreementReport, width: int) -> str:
    """Everything there is to know about a report, on one page."""
    parts = (
        ("Cautions", list(caution_lines(report))),
        ("Finished", list(unfinished_lines(report))),
        ("Notes", list(legend(report))),
    )
    lines: list[str] = []
    for title, found in parts:
        if found:
            lines += ["", title] if lines else [title]
            for words in found:
                lines += hanging("  ", words, width)
    return "\n".join(lines) or "nothing to note"


def advice_on(
    said: AgreementReport | CoderError | None, key: Callable[[str], str], *, has_sets: bool
) -> Content:
    """Why nothing is compared, and what to do; ``key`` says how that of a command is written."""
    title, *rest = _advice(said, key, has_sets)
    return Content("\n\n").join([Content(one_line(title)).stylize("bold"), *map(_plain, rest)])


def _plain(words: str) -> Content:
    return Content(one_line(words))


def _advice(
    said: AgreementReport | CoderError | None, key: Callable[[str], str], has_sets: bool
) -> Iterator[str]:
    if not has_sets:
        yield "this codebook has no code set that excerpts are asked"
        book, in_round = key("home.book"), key("agreement.round")
        yield f"{book} on the home screen chooses another codebook, {in_round} here a round"
    elif said is None:
        yield "counting \u2026"
    elif isinstance(said, CoderError):
        yield said.message
        if said.hint:
            yield said.hint
        yield FILLS_BY_ITSELF
    else:
        yield "nothing to compare yet"
        yield from dict.fromkeys(one.text for one in said.cautions)
        finish = key("coding.finish")
        yield f"two coders have to finish the same excerpts: {finish} finishes one while coding"
        yield FILLS_BY_ITSELF
        yield from unfinished_lines(said)
