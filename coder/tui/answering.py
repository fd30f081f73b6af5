"""Who answers, in the line above an interview: of several people the one whose excerpt it is."""

from __future__ import annotations

from rich.cells import cell_len

from coder.model import Transcript, Unit
from coder.tui.widgets.wrapping import clipped, one_line

ANSWERS_SIGN = "\u203a "
"""Before whose answer the current excerpt is."""


def people_in_line(
    transcript: Transcript, unit: Unit | None, width: int
) -> tuple[tuple[str, str], ...]:
    """The people of an interview as pieces of a line, each with the name of its look.

    Args:
        transcript: The interview.
        unit: The current excerpt; None where there is none.
        width: Cells there are; where not all fit, who answers is named and the others are not.
    """
    names = {one.id: one_line(one.pseudonym) for one in transcript.participants}
    here = names.get(unit.participant, "") if unit and len(names) > 1 else ""
    if not here:
        return ((clipped(", ".join(names.values()), max(width, 0)), "quiet"),)
    pieces: list[tuple[str, str]] = []
    for id_, name in names.items():
        is_here = unit is not None and id_ == unit.participant
        pieces += [(", ", "quiet")] if pieces else []
        pieces.append((f"{ANSWERS_SIGN}{name}", "strong") if is_here else (name, "quiet"))
    if sum(cell_len(text) for text, _ in pieces) <= width:
        return tuple(pieces)
    return ((clipped(f"{ANSWERS_SIGN}{here}", max(width, 0)), "strong"),)
