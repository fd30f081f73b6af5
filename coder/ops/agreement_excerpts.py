"""The excerpts behind a cell of a confusion table: who said what of which words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from coder.model import Codebook, CodeSet, Viewer
from coder.ops.agreement_report import Level
from coder.ops.counting import NOT_APPLICABLE, Label
from coder.ops.finals import is_eligible
from coder.ops.heirs import resolver
from coder.ops.rounds import find_round
from coder.ops.study import Study, find_set
from coder.store import read_models
from coder.store.codebooks import set_uid
from coder.store.read_models import Answer, UnitAnswers

APPLIED = "_applied"
"""Ending of the levels that look only at units on which every coder applied something."""

MOST = 500
"""Excerpts listed at once: more than anybody reads, and quickly found in any study."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two coders are compared on: one confusion table of a report."""

    code_set: str
    """Short name, or with its book."""
    level: Level
    coders: tuple[str, str]
    code: str = ""
    """One code, or one valence, against all other answers; empty for the whole comparison."""
    round_name: str = ""


@dataclass(frozen=True, slots=True)
class ComparedExcerpt:
    """One unit that both coders finished."""

    ref: str
    transcript: str
    """Empty for a record."""
    question: str
    answers: tuple[Answer, Answer]
    """Of the first coder and the second."""
    settled: Answer | None
    words: str
    """What the participant said, in full."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The excerpts behind some cells."""

    rows: tuple[ComparedExcerpt, ...]
    """In text order; the first of them where there are very many."""
    total: int


def excerpts_behind(
    study: Study,
    viewer: Viewer,
    comparison: Comparison,
    cells: Collection[tuple[str, str]] = (),
    *,
    all_units: bool = False,
    limit: int = MOST,
) -> Behind:
    """The units that two coders gave these answers, in text order.

    The units of a comparison are those that ``agreement`` counts, so there are as many of them
    behind a cell as the number in it says.

    Args:
        study: The study.
        viewer: Who is looking; what an open round hides from them is not there.
        comparison: Which table.
        cells: Category of the first coder and of the second; none for every unit on which the
            two differ.
        all_units: Also units whose question does not feed the set.
        limit: How many to read at most; the total counts all.

    Raises:
        UsageError: An unknown set or round.
    """
    book, code_set = find_set(study, comparison.code_set)
    pass_ = 0
    if comparison.round_name:
        found = find_round(study, comparison.round_name)
        book, pass_ = study.version(study.codebook_ids[found.book]), found.number
    wanted = frozenset(cells)
    label = label_of(code_set, comparison.level, comparison.code)
    uid = set_uid(book.id, code_set.id)
    units = read_models.unit_answers(study.store.db, viewer, uid, pass_=pass_)
    kept: list[tuple[UnitAnswers, tuple[Answer, Answer], Answer | None]] = []
    for unit, answers, settled in _compared(book, code_set, units, comparison.coders, all_units):
        first, second = label(answers[0]), label(answers[1])
        if first is None or second is None:
            continue
        if (first, second) in wanted if wanted else first != second:
            kept.append((unit, answers, settled))
    words = read_models.quoted_texts(study.store.db, [unit.ref for unit, _, _ in kept[:limit]])
    rows = tuple(
        ComparedExcerpt(
            ref=unit.ref,
            transcript=unit.transcript,
            question=unit.question,
            answers=answers,
            settled=settled,
            words=words.get(unit.ref, ""),
        )
        for unit, answers, settled in kept[:limit]
    )
    return Behind(rows, len(kept))


def _compared(
    book: Codebook,
    code_set: CodeSet,
    units: Collection[UnitAnswers],
    coders: tuple[str, str],
    all_units: bool,
) -> list[tuple[UnitAnswers, tuple[Answer, Answer], Answer | None]]:
    """The units that both have finished and were asked, with their answers in codes of now."""
    current = resolver(book)
    asked = {
        question
        for question in {unit.question for unit in units}
        if all_units or is_eligible(book, code_set, question)
    }
    out = []
    for unit in units:
        said = {answer.coder: current(answer) for answer in unit.answers}
        if unit.question not in asked or not all(coder in said for coder in coders):
            continue
        first, second = (said[coder] for coder in coders)
        if first.status == second.status == NOT_APPLICABLE:
            continue
        settled = current(unit.settled) if unit.settled else None
        out.append((unit, (first, second), settled))
    return out


def label_of(code_set: CodeSet, level: Level, code: str = "") -> Label:
    """What an answer counts as at a level, as the confusion tables name it.

    Args:
        code_set: The set.
        level: The level.
        code: One category against the rest: gives ``code`` or ``not code``.

    Returns:
        A function from answers to categories; None for what is left out at that level.
    """
    whole = _whole(code_set, level, code)

    def label(answer: Answer) -> str | None:
        if level.endswith(APPLIED) and answer.status != "coded":
            return None
        return whole(answer)

    if not code:
        return label
    is_of_several = level == "code" and code_set.mode == "multi"

    def against_the_rest(answer: Answer) -> str | None:
        is_it = code in answer.codes if is_of_several else label(answer) == code
        return code if is_it else f"not {code}"

    return against_the_rest


def _whole(code_set: CodeSet, level: Level, code: str) -> Callable[[Answer], str | None]:
    base = level.removesuffix(APPLIED)
    if base == "valence":
        return lambda a: code_set.valence_of(a.codes) if a.status == "coded" else a.status
    if base == "applies":
        return lambda a: "applied" if a.status == "coded" else "nothing"
    if base == "set" or (code_set.mode == "multi" and not code):
        return lambda a: "+".join(sorted(a.codes))
    if code_set.mode == "ordinal":
        levels = {c.id: str(c.level) for c in code_set.codes if c.level is not None}
        return lambda a: next((levels[c] for c in a.codes if c in levels), None)
    return lambda a: next(iter(sorted(a.codes)), a.status)
