"""What the widgets show, as plain data: no Textual here, and no study.

Screens turn what ``ops`` says into these; a widget can be tried with a handful of them.
Every sign that a colour gives is given by a character too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from coder.model import Code, Codebook, CodeSet, Span, Status, Valence, resolved
from coder.tui.widgets.wrapping import clipped, one_line

if TYPE_CHECKING:
    from coder.ops.coding import UnitWork

Tone = Literal["productive", "unproductive", "mixed", "none", "quiet"]
"""What colours a label; every tone but quiet has its own sign."""

State = Literal["finished", "started", "open", "not_asked"]

SetState = Literal["coded", "nothing", "not_applicable", "open", "not_asked"]

VALENCE_SIGNS: dict[Valence, str] = {
    "productive": "+",
    "unproductive": "\u2212",
    "mixed": "\u00b1",
    "none": "\u00b7",
}
STATE_SIGNS: dict[State, str] = {
    "finished": "\u2713",
    "started": "\u25d0",
    "open": "\u25cb",
    "not_asked": "\u2013",
}
SET_SIGNS: dict[SetState, str] = {
    "coded": "\u2713",
    "nothing": "\u2205",
    "not_applicable": "\u2013",
    "open": "\u25cb",
    "not_asked": " ",
}
REVISIT_SIGN = "\u21bb"
"""Before what changed since an excerpt was coded."""
FLAG_SIGN = "\u2691"
MEMO_SIGN = "\u270e"
MODE_WORDS = {"exclusive": "one code", "multi": "several codes", "ordinal": "one level"}


@dataclass(frozen=True, slots=True)
class Label:
    """A short note beneath an excerpt: a code, a set with nothing in it, a memo."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class ExcerptMark:
    """An excerpt as the transcript shows it."""

    ref: str
    span: Span
    state: State
    heading: str = ""
    """The question it answers; no heading row where empty."""
    labels: tuple[Label, ...] = ()

    @property
    def number(self) -> str:
        """The part of the reference that differs inside a transcript."""
        return self.ref.rpartition(":")[2]


@dataclass(frozen=True, slots=True)
class CodeItem:
    """A code as the panel lists it."""

    id: str
    key: str
    sign: str
    name: str
    tone: Tone
    is_applied: bool


@dataclass(frozen=True, slots=True)
class SetItem:
    """A code set as the panel lists it."""

    id: str
    title: str
    mode: str
    state: SetState
    codes: tuple[CodeItem, ...]


def short_title(code_set: CodeSet) -> str:
    """The title up to its explanation, fit for a label."""
    return one_line(code_set.short_title) or code_set.id


def code_label(code: Code, *, has_memo: bool = False) -> Label:
    """``1+ Current teaching``: key, sign and name say without colour what the colour says."""
    sign = VALENCE_SIGNS[code.valence]
    key = (code.key if code.is_offered else "") or " "
    memo = f" {MEMO_SIGN}" if has_memo else ""
    return Label(f"{key}{sign} {code_name(code)}{memo}".strip(), code.valence)


def code_name(code: Code) -> str:
    """A code's name in one line, which says where it can be taken off but not put on."""
    return f"{one_line(code.name)}{'' if code.is_offered else ' (retired)'}"


def applied(work: UnitWork, book: Codebook) -> Mapping[str, frozenset[str]]:
    """Code ids on a unit by the id of their set in the book; of what was replaced, its heirs."""
    found: dict[str, set[str]] = {}
    for coding in work.codings:
        found.setdefault(coding.code_set.rpartition(":")[2], set()).add(coding.code)
    return {set_id: resolved(book, frozenset(codes)) for set_id, codes in found.items()}


def set_state(work: UnitWork, set_id: str) -> SetState:
    """Where this coder stands with one code set of a unit."""
    status: Status | None = work.decisions.get(set_id)
    if status is not None:
        return status
    return "open" if set_id in work.asked else "not_asked"


def excerpt_mark(work: UnitWork, book: Codebook, whose: str = "") -> ExcerptMark:
    """How a unit looks in the transcript.

    Args:
        work: The unit with this coder's work.
        book: The codebook.
        whose: Whose answer it is, where several people were interviewed together.
    """
    on_it = applied(work, book)
    noted = resolved(book, frozenset(c.code for c in work.codings if c.memo))
    labels: list[Label] = []
    for code_set in book.code_sets:
        labels += [
            code_label(code, has_memo=code.id in noted)
            for code in code_set.codes
            if code.id in on_it.get(code_set.id, frozenset())
        ]
        decision = work.decisions.get(code_set.id)
        if decision == "nothing" or (decision == "not_applicable" and code_set.id in work.asked):
            labels.append(Label(f"{SET_SIGNS[decision]} {short_title(code_set)}", "quiet"))
    changed = [sentence for why in work.in_question.values() for sentence in why]
    if changed:
        words = clipped(one_line("; ".join(changed)), 60)
        labels.append(Label(f"{REVISIT_SIGN} {words}", "quiet"))
    labels += [Label(f"{FLAG_SIGN} {one_line(name)}", "quiet") for name in work.flags]
    if work.memo:
        labels.append(Label(f"{MEMO_SIGN} {clipped(one_line(work.memo), 60)}", "quiet"))
    return ExcerptMark(
        work.unit.ref, work.unit.span, unit_state(work), _heading(work, book, whose), tuple(labels)
    )


def unit_state(work: UnitWork) -> State:
    """Where this coder stands with a unit."""
    if not (work.asked or work.codings or work.decisions):
        return "not_asked"
    return "finished" if work.is_finished else "started" if work.is_started else "open"


def _heading(work: UnitWork, book: Codebook, whose: str) -> str:
    question = work.unit.question
    if not question:
        return one_line(whose)
    ask = next((q.ask for q in book.protocol if q.id == question), "")
    about = one_line(ask) if work.asked else "(feeds no code set of this book)"
    asked_of = f"{one_line(question)} \u00b7 {one_line(whose)}" if whose else one_line(question)
    return f"{asked_of}  {about}".strip()


def set_item(code_set: CodeSet, on_it: frozenset[str], state: SetState) -> SetItem:
    """A code set as it stands on one unit: what is offered, and what is on it."""
    return SetItem(
        code_set.id,
        short_title(code_set),
        MODE_WORDS[code_set.mode],
        state,
        tuple(
            CodeItem(
                code.id,
                code.key if code.is_offered else "",
                VALENCE_SIGNS[code.valence],
                # In front: the end of a name may not fit.
                f"{'' if code.is_offered else 'retired: '}{one_line(code.name)}",
                code.valence,
                code.id in on_it,
            )
            for code in code_set.codes
            if code.is_offered or code.id in on_it
        ),
    )


class SetItems:
    """All code sets of a book as they stand on units; each set looks the same all day long."""

    def __init__(self, book: Codebook) -> None:
        self.book = book
        self._known: dict[tuple[str, frozenset[str], SetState], SetItem] = {}

    def of(self, work: UnitWork | None) -> tuple[SetItem, ...]:
        """The sets on one unit, or on none."""
        on_it = applied(work, self.book) if work else {}
        return tuple(
            self._item(
                code_set,
                on_it.get(code_set.id, frozenset()),
                set_state(work, code_set.id) if work else "not_asked",
            )
            for code_set in self.book.code_sets
        )

    def _item(self, code_set: CodeSet, on_it: frozenset[str], state: SetState) -> SetItem:
        key = code_set.id, on_it, state
        if key not in self._known:
            self._known[key] = set_item(code_set, on_it, state)
        return self._known[key]


def first_open_set(work: UnitWork, book: Codebook) -> str:
    """The set to look at first: asked and undecided, else in question, else asked, else any."""
    asked = [s.id for s in book.code_sets if s.id in work.asked]
    undecided = [set_id for set_id in asked if set_id not in work.decisions]
    doubted = [s.id for s in book.code_sets if s.id in work.in_question]
    return next(iter([*undecided, *doubted, *asked, *(s.id for s in book.code_sets)]), "")


def keys_of(book: Codebook) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The codes behind each key as (set, code); several where sets share a digit."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code_set, code in book.codes():
        if code.key and code.is_offered:
            found.setdefault(code.key, []).append((code_set.id, code.id))
    return found
