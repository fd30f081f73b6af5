"""Codes that go against what the codebook asks: they can be put on, but never unawares.

A code contradicts its book where its set was not asked of the unit, where the book codes another
kind of unit, and where the set depends on a code that is not there. Coding it all the same is a
coder's right (people answer what was not asked); so nothing is refused here, it is said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from coder.model import Codebook, Coder, CodeSet, record_kind, resolved
from coder.ops.coding import UnitWork, unit_work
from coder.ops.study import Study, find_code

Reason = Literal["unit", "not asked", "depends"]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Why codes of a set do not belong on a unit, by the book."""

    code_set: str
    """Id of the set."""
    reason: Reason
    words: str
    """As a sentence without its stop: "Attribution was not asked here"."""
    asked_when: str = ""
    """When the set is asked, as the book has it."""


def contradictions(book: Codebook, work: UnitWork, code_set: CodeSet) -> tuple[Contradiction, ...]:
    """What speaks against putting a code of this set on a unit, as things stand on it.

    Args:
        book: The codebook.
        work: The unit with one coder's codings.
        code_set: The set of the code in question; nothing speaks against a scratch set.
    """
    if code_set.is_scratch:
        return ()
    found = []
    unit = _other_unit(book, work)
    if unit:
        found.append(Contradiction(code_set.id, "unit", unit))
    elif code_set.id not in work.asked:
        words = f"{code_set.short_title} was not asked here"
        when = " ".join(code_set.applies_when.split())
        found.append(Contradiction(code_set.id, "not asked", words, when))
    # What is on the unit is worked out only where it matters: this is asked at every code key.
    missing = _missing(book, code_set, codes_on(book, work)) if needs_of(code_set)[0] else ""
    if missing:
        found.append(Contradiction(code_set.id, "depends", missing))
    return tuple(found)


def left_hanging(book: Codebook, work: UnitWork) -> tuple[Contradiction, ...]:
    """Sets with codes on a unit that depend on a code which is not there, or not any more."""
    dependent = [one for one in book.code_sets if needs_of(one)[0]]
    if not dependent:
        return ()
    on_it = codes_on(book, work)
    found = ((one, _missing(book, one, on_it)) for one in dependent if on_it.get(one.id))
    return tuple(Contradiction(one.id, "depends", words) for one, words in found if words)


def against_the_book(
    study: Study, coder: Coder, ref: str, names: Sequence[str], pass_: int = 0
) -> tuple[Contradiction, ...]:
    """What speaks against codes that a coder has just put on a unit, and against those left there.

    Args:
        study: The study.
        coder: Who codes.
        ref: The unit.
        names: The codes just put on, as ``find_code`` takes them.
        pass_: Which pass.
    """
    book = study.codebook
    work = unit_work(study, coder, ref, pass_)
    sets = dict.fromkeys(find_code(study, name)[0].id for name in names)
    found = [
        one
        for code_set in book.code_sets
        if code_set.id in sets
        for one in contradictions(book, work, code_set)
    ]
    return tuple(dict.fromkeys([*found, *left_hanging(book, work)]))


def codes_on(book: Codebook, work: UnitWork) -> Mapping[str, frozenset[str]]:
    """Code ids on a unit by the id of their set; of what was replaced, its heirs too."""
    found: dict[str, frozenset[str]] = {}
    for coding in work.codings:
        set_id = coding.code_set.rpartition(":")[2]
        own = frozenset((coding.code,))
        found[set_id] = found.get(set_id, frozenset()) | own | resolved(book, own)
    return found


def needs_of(code_set: CodeSet) -> tuple[str, Sequence[str]]:
    """The set that this one depends on, and the codes of it of which one must be there.

    Empty where it depends on none.
    """
    needs = code_set.options.get("depends_on")
    if not isinstance(needs, Mapping):
        return "", ()
    return str(needs["code_set"]), tuple(needs.get("in", ()))


def is_met(code_set: CodeSet, codes: Mapping[str, Collection[str]]) -> bool:
    """Whether codes meet what a set depends on.

    Args:
        code_set: The set.
        codes: Code ids by the id of their set.
    """
    other, wanted = needs_of(code_set)
    return not other or not set(codes.get(other, ())).isdisjoint(wanted)


def _other_unit(book: Codebook, work: UnitWork) -> str:
    """What the book codes, where that is not what this unit is."""
    kind = record_kind(work.unit.question)
    here, coded = "", book.record_kinds
    if kind is not None:
        if kind not in coded:
            here, coded = f"a record of the kind {kind}", coded or ("excerpt",)
    elif not book.codes_excerpts:
        here = "an excerpt"
    elif book.unit.get("code") == "turn" and work.unit.plan != "turn":
        coded, turns = ("turn",), len(work.quoted)
        here = f"an excerpt of {turns} turns" if turns > 1 else ""
    return f"{book.id} codes {' and '.join(f'{one}s' for one in coded)}, this is {here}" * bool(
        here
    )


def _missing(book: Codebook, code_set: CodeSet, codes: Mapping[str, Collection[str]]) -> str:
    other, wanted = needs_of(code_set)
    needed = book.code_set(other) if other else None
    if needed is None or is_met(code_set, codes):
        return ""
    names = [code.name for code in needed.codes if code.id in wanted]
    return f"{code_set.short_title} is for {' or '.join(names) or other} in {needed.short_title}"
