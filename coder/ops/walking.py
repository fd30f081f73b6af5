"""The next excerpt that fits: one that needs work, is flagged, has a code, is disagreed on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from coder.errors import NotAllowed, UsageError
from coder.model import Codebook, Coder, Unit, Viewer, resolved
from coder.ops.coding import UnitWork, worksheet
from coder.ops.corpus import find_unit, list_transcripts, read_transcript
from coder.ops.finals import is_eligible
from coder.ops.heirs import resolver
from coder.ops.rounds import Round
from coder.ops.study import Study, find_code
from coder.store import blind, read_models
from coder.store.codebooks import set_uid

Kind = Literal["open", "flagged", "code", "disagreement"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for among excerpts."""

    kind: Kind
    name: str = ""
    """Of the flag (empty for any), or id of the code."""


@dataclass(frozen=True, slots=True)
class Found:
    """An excerpt that fits."""

    unit: Unit
    words: str
    """What is quoted of it."""


def fits(wanted: Wanted, work: UnitWork, book: Codebook) -> bool:
    """Whether an excerpt is what is looked for; of disagreements one excerpt alone says nothing."""
    if wanted.kind == "open":
        return not work.is_finished
    if wanted.kind == "flagged":
        return wanted.name in work.flags if wanted.name else bool(work.flags)
    codes = frozenset(coding.code for coding in work.codings)
    return wanted.kind == "code" and (wanted.name in codes or wanted.name in resolved(book, codes))


def disagreed_in(
    study: Study, coder: Coder, transcript: str, in_round: Round | None = None
) -> frozenset[str]:
    """References of the excerpts on which somebody who has finished differs from this coder.

    Code set by code set of the active codebook, as far as this coder may see it; what has been
    settled is no disagreement any more.

    Args:
        study: The study.
        coder: Who looks, and whose answers are compared.
        transcript: Its name.
        in_round: The round in which they code.

    Raises:
        NotAllowed: The round is open: nobody in it sees another's codes.
    """
    if in_round is not None and in_round.is_open:
        raise NotAllowed(
            f"in the round {in_round.name} nobody sees another's codes",
            "disagreements show when it is closed",
        )
    book, found = study.codebook, set()
    current = resolver(book)
    pass_ = in_round.number if in_round else 0
    for code_set in book.code_sets:
        if code_set.is_scratch:
            continue
        for row in read_models.unit_answers(
            study.store.db,
            Viewer(coder.alias),
            set_uid(book.id, code_set.id),
            pass_=pass_,
            transcript=transcript,
        ):
            answers = {a.coder: (a.status, a.codes) for a in map(current, row.answers)}
            own = answers.get(coder.alias)
            differs = own is not None and any(other != own for other in answers.values())
            is_asked = is_eligible(book, code_set, row.question)
            has_codes = any(codes for _, codes in answers.values())
            if differs and row.settled is None and (is_asked or has_codes):
                found.add(row.ref)
    return frozenset(found)


def hiding_round(study: Study, coder: Coder) -> str:
    """Name of an open round that hides others' codes from this coder, or empty."""
    return blind.blind_round(study.store.db, Viewer(coder.alias))


def next_excerpt(
    study: Study,
    coder: Coder,
    wanted: Wanted,
    *,
    transcript: str = "",
    after: str = "",
    in_round: Round | None = None,
) -> Found | None:
    """The first excerpt that fits, in text order, transcript by transcript.

    Args:
        study: The study.
        coder: Whose work is looked at; nobody else's is, but for disagreements.
        wanted: What to look for.
        transcript: Only in this one.
        after: Reference of an excerpt to begin behind.
        in_round: Among the excerpts of this round, with what was said in it.

    Raises:
        UsageError: There is no such excerpt, transcript or code.
        NotAllowed: Disagreements in an open round.
    """
    if wanted.kind == "code":
        wanted = Wanted("code", find_code(study, wanted.name)[1].id)
    behind = find_unit(study, after) if after else None
    if behind is not None and not behind.transcript:
        raise UsageError(f"{after} is a record, and records stand in no transcript")
    if behind is not None and transcript and behind.transcript != transcript:
        raise UsageError(f"{after} is not an excerpt of {transcript}", f"of {behind.transcript}")
    if transcript:
        read_transcript(study, Viewer(coder.alias), transcript)
    fitting = _fitting(study, coder, wanted, in_round)
    rows = list_transcripts(study, Viewer(coder.alias), with_progress=False)
    for name in [transcript] if transcript else [row.name for row in rows]:
        if behind is not None and name < behind.transcript:
            continue
        for work in fitting(name):
            unit = work.unit
            if behind is None or name > behind.transcript or _place(unit) > _place(behind):
                words = read_models.quoted_texts(study.store.db, [unit.ref])
                return Found(unit, words.get(unit.ref, ""))
    return None


def _place(unit: Unit) -> tuple[int, int]:
    return unit.span.start, unit.span.stop


def _fitting(
    study: Study, coder: Coder, wanted: Wanted, in_round: Round | None
) -> Callable[[str], Iterator[UnitWork]]:
    """A function that gives the excerpts of a transcript that fit."""
    pass_ = in_round.number if in_round else 0

    def fitting(name: str) -> Iterator[UnitWork]:
        disagreed: frozenset[str] = frozenset()
        if wanted.kind == "disagreement":
            disagreed = disagreed_in(study, coder, name, in_round)
            if not disagreed:
                return
        for work in worksheet(study, coder, name, pass_):
            ref = work.unit.ref
            if in_round is not None and ref not in in_round.units:
                continue
            if ref in disagreed or fits(wanted, work, study.codebook):
                yield work

    return fitting
