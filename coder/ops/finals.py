"""The answer that counts for a unit: settled, agreed, single, or openly unresolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from coder.model import Codebook, CodeSet, FinalCodes
from coder.store.read_models import Answer, UnitAnswers

Source = Literal["settled", "agreed", "single", "unresolved", "unfinished"]


@dataclass(frozen=True, slots=True)
class Final:
    """A unit's final answer to one code set, and where it comes from."""

    status: Literal["coded", "nothing", "not_applicable", "unresolved", "unfinished"]
    codes: frozenset[str]
    source: Source


UNFINISHED = Final("unfinished", frozenset(), "unfinished")
UNRESOLVED = Final("unresolved", frozenset(), "unresolved")


def final_answer(answers: Sequence[Answer], settled: Answer | None) -> Final:
    """The settlement; else what all finished coders say; else the only coder's; else unresolved.

    One coder's answer is never taken by default where another's differs.
    """
    if settled is not None:
        return Final(settled.status, settled.codes, "settled")
    if not answers:
        return UNFINISHED
    said = {(answer.status, answer.codes) for answer in answers}
    if len(said) > 1:
        return UNRESOLVED
    status, codes = next(iter(said))
    return Final(status, codes, "agreed" if len(answers) > 1 else "single")


def final_codes(unit: UnitAnswers, code_set: str) -> FinalCodes | None:
    """The final codes of one unit as a noun of the model; None while nobody has finished."""
    final = final_answer(unit.answers, unit.settled)
    if final.source == "unfinished" or final.status == "unfinished":
        return None
    return FinalCodes(unit.ref, code_set, final.status, final.codes, final.source)


def is_eligible(book: Codebook, code_set: CodeSet, question: str) -> bool:
    """Whether a unit with this question is asked what the code set asks."""
    return any(s.id == code_set.id for s in book.sets_fed_by(question))
