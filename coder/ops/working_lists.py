"""Working lists: the excerpts that fit some filters, to be gone through one after the other.

Only the coder's own work decides what is in a list: what others coded shows nowhere in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from coder.errors import UsageError
from coder.model import Codebook, Coder, resolved
from coder.ops.revisiting import to_revisit
from coder.ops.rounds import list_rounds
from coder.ops.study import Study, did_you_mean, find_code
from coder.store import queues
from coder.store.codebooks import code_uid

Needs = Literal["", "open", "revisit"]

State = Literal["finished", "started", "open", "not asked"]


@dataclass(frozen=True, slots=True)
class WorkingList:
    """What is wanted of the excerpts, and in which order.

    Of several values of one filter any will do; what the filters say must all hold.
    """

    needs: Needs = ""
    """``open``: something that is asked has no decision; ``revisit``: in question."""
    flag: str | None = None
    """A flag of this coder; empty for any."""
    code: str = ""
    """A code that this coder has put on, or one it took the place of: ``cause:effort``."""
    roles: tuple[str, ...] = ()
    """Of who speaks, in that year; so are districts."""
    districts: tuple[str, ...] = ()
    waves: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    transcripts: tuple[str, ...] = ()
    round: str = ""
    """Name of a round that the excerpts are in."""
    seed: int | None = None
    """Shuffled, the same way for the same seed; None for text order."""


class Listed(NamedTuple):
    """An excerpt of a list, and how far the coder is with it."""

    ref: str
    transcript: str
    question: str
    start: int
    stop: int
    asked: tuple[str, ...]
    """Ids of the code sets that its question feeds."""
    decided: frozenset[str]
    """Ids of the code sets with a decision."""
    state: State


def read_list(
    study: Study,
    coder: Coder,
    wanted: WorkingList,
    pass_: int = 0,
    *,
    refs: Sequence[str] | None = None,
) -> tuple[Listed, ...]:
    """The excerpts of a list as the study has them now, in its order.

    Args:
        study: The study; its codebook of here says what is asked.
        coder: Whose list.
        wanted: Which excerpts.
        pass_: Which pass the state, the code and what needs work are of.
        refs: Only these, if they are in the list.
    """
    db, book = study.store.db, study.codebook
    filters = queues.Filters(
        refs=None if refs is None else tuple(refs),
        transcripts=wanted.transcripts,
        attributes={"role": wanted.roles, "district": wanted.districts},
        waves=wanted.waves,
        years=wanted.years,
        questions=wanted.questions,
        round=wanted.round,
        flag=wanted.flag,
        codes=_uids_of(book, wanted.code) if wanted.code else (),
    )
    found = _standing(
        book,
        queues.set_rows(db, book.id),
        queues.standings(db, coder.id, book.id, filters, pass_),
        only_open=wanted.needs == "open",
    )
    if wanted.needs == "revisit":
        # A round is coded under the version it froze: nothing of it is in question.
        in_question = {row.ref for row in to_revisit(study, coder)} if not pass_ else set()
        found = [row for row in found if row.ref in in_question]
    if wanted.seed is not None:
        seed = wanted.seed
        found.sort(key=lambda row: _lot(seed, row.ref))
    return tuple(found)


def _lot(seed: int, ref: str) -> bytes:
    """What an excerpt drew: it keeps its place when others leave the list."""
    return hashlib.sha256(f"{seed} {ref}".encode()).digest()


def _uids_of(book: Codebook, name: str) -> tuple[str, ...]:
    """Uids of a code and of those that it took the place of."""
    wanted = name.rpartition(":")[2]
    return tuple(
        code_uid(book.id, code.id)
        for _, code in book.codes()
        if code.id == wanted or wanted in resolved(book, frozenset((code.id,)))
    )


def _standing(
    book: Codebook,
    sets: Mapping[str, str],
    rows: Sequence[queues.Standing],
    *,
    only_open: bool,
) -> list[Listed]:
    """Excerpts with their states; each kind of answer is worked out once however many have it."""
    kinds: dict[tuple[str, str, int], tuple[tuple[str, ...], frozenset[str], State, bool]] = {}
    found = []
    for ref, transcript, question, start, stop, said, is_coded in rows:
        kind = kinds.get((question, said, is_coded))
        if kind is None:
            asked = tuple(code_set.id for code_set in book.sets_fed_by(question))
            named = frozenset(sets[row] for row in said.split(",") if row in sets)
            state = _state(asked, named, is_coded=bool(is_coded))
            is_open = state in ("open", "started")
            kind = kinds[question, said, is_coded] = asked, named, state, is_open
        if kind[3] or not only_open:
            found.append(Listed(ref, transcript, question, start, stop, *kind[:3]))
    return found


def _state(asked: Sequence[str], decided: Collection[str], *, is_coded: bool) -> State:
    """Where a coder stands with an excerpt, as the coding screen shows it."""
    if not (asked or decided or is_coded):
        return "not asked"
    if all(code_set in decided for code_set in asked):
        return "finished"
    return "started" if decided or is_coded else "open"


FILTERS: tuple[tuple[str, str], ...] = (
    ("roles", "role"),
    ("districts", "district"),
    ("waves", "wave"),
    ("years", "year"),
    ("questions", "question"),
    ("transcripts", "transcript"),
)
"""Filters of many values, each with the name of what it is about."""


def list_choices(study: Study) -> Mapping[str, Sequence[str]]:
    """The values that the excerpts have for each filter of many values, by what it is about."""
    return queues.choices(study.store.db)


def checked(study: Study, wanted: WorkingList) -> WorkingList:
    """A list as somebody typed it, with its code named in full.

    Raises:
        UsageError: A value is nowhere in the study, or there is no such code or round.
    """
    known = list_choices(study)
    for name, what in FILTERS:
        for value in getattr(wanted, name):
            if value not in known[what]:
                hint = did_you_mean(value, known[what])
                raise UsageError(
                    f"no excerpt has the {what} {value}"
                    if what != "transcript"
                    else f"there is no transcript {value}",
                    hint or f"there are {', '.join(known[what][:8]) or 'none'}",
                )
    if wanted.round:
        names = [one.name for one in list_rounds(study)]
        if wanted.round not in names:
            hint = did_you_mean(wanted.round, names)
            raise UsageError(f"there is no round {wanted.round}", hint or "coder round list")
    if wanted.code:
        code_set, code = find_code(study, wanted.code)
        return replace(wanted, code=f"{code_set.id}:{code.id}")
    return wanted


def in_words(book: Codebook, wanted: WorkingList) -> str:
    """``needs work, teacher, winter``: what a list is of, in a few words."""
    parts: list[str] = []
    if wanted.needs:
        parts.append({"open": "needs work", "revisit": "to revisit"}[wanted.needs])
    if wanted.flag is not None:
        parts.append(f"flagged {wanted.flag}".strip())
    if wanted.code:
        wanted_id = wanted.code.rpartition(":")[2]
        found = next((code for _, code in book.codes() if code.id == wanted_id), None)
        parts.append(f"with {found.name if found else wanted.code}")
    parts += ["/".join(getattr(wanted, name)) for name, _ in FILTERS if getattr(wanted, name)]
    if wanted.round:
        parts.append(f"round {wanted.round}")
    if wanted.seed is not None:
        parts.append(f"shuffled {wanted.seed}")
    return ", ".join(parts) or "everything"


def count_in_words(found: Sequence[Listed]) -> str:
    """``37 excerpts in 6 transcripts``."""
    texts = len({row.transcript for row in found})
    return (
        f"{len(found)} excerpt{'s' if len(found) != 1 else ''}"
        f" in {texts} transcript{'s' if texts != 1 else ''}"
    )
