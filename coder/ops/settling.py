"""Disagreements, and the settled answers that a pair gives them; the originals stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from coder.errors import NotAllowed, UsageError
from coder.model import Coder, Viewer
from coder.ops.coding import Done
from coder.ops.comparable import Source, of_round, ordinary, round_named
from coder.ops.corpus import find_unit, list_coders
from coder.ops.finals import is_eligible
from coder.ops.heirs import resolver
from coder.ops.negotiating import Judged, Negotiated, negotiated, whose
from coder.ops.offering import refuse_unoffered
from coder.ops.study import Study, find_code, find_set
from coder.store import codings, read_models
from coder.store.codebooks import code_uid, set_uid
from coder.store.keys import settlement_key
from coder.store.read_models import Answer, UnitAnswers


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One unit and code set on which finished coders differ."""

    ref: str
    code_set: str
    question: str
    answers: tuple[Answer, ...]
    settled: Answer | None
    words: str
    """What the participant said, in full."""


def disagreements(
    study: Study,
    viewer: Viewer,
    code_set: str = "",
    *,
    round_name: str = "",
    with_settled: bool = False,
) -> tuple[Disagreement, ...]:
    """Every unit on which coders differ, in text order, set by set.

    Args:
        study: The study.
        viewer: Who is looking; a blind round hides what the others said.
        code_set: One set, or empty for all of the active codebook that are asked of anything;
            what somebody tagged with a code of their own is no answer to be at odds with.
        round_name: What was said in this round, under the version of its codebook; empty for
            ordinary coding.
        with_settled: Also those that have been settled.

    Raises:
        UsageError: There is no such set or round.
        NotAllowed: The round is open and this viewer may not see what others said in it.
    """
    source = _source(study, viewer, code_set, round_name)
    out: list[Disagreement] = []
    for owner, found in source.sets:
        uid = set_uid(owner.id, found.id)
        answered = read_models.unit_answers(study.store.db, viewer, uid, pass_=source.pass_)
        rows = [
            row
            for row in _as_now(answered, resolver(owner))
            if len({(a.status, a.codes) for a in row.answers}) > 1
            and (with_settled or row.settled is None)
            and (is_eligible(owner, found, row.question) or any(a.codes for a in row.answers))
        ]
        words = read_models.quoted_texts(study.store.db, [row.ref for row in rows])
        out.extend(
            Disagreement(
                ref=row.ref,
                code_set=found.id,
                question=row.question,
                answers=row.answers,
                settled=row.settled,
                words=words.get(row.ref, ""),
            )
            for row in rows
        )
    return tuple(out)


def _source(study: Study, viewer: Viewer, code_set: str, round_name: str) -> Source:
    names = [code_set] if code_set else []
    if not round_name:
        return ordinary(study, names)
    row = round_named(study, round_name)
    is_outside = viewer.alias in {coder.alias for coder in list_coders(study)} - set(row.coders)
    if not row.closed_at and not is_outside:
        raise NotAllowed(
            f"the round {row.name} is open, and blind until it is closed",
            f"coder round close {row.name}",
        )
    return of_round(study, row, names)


def settled_counts(
    study: Study, viewer: Viewer, code_set: str = "", *, round_name: str = ""
) -> tuple[Negotiated, ...]:
    """Disagreements on each set by whose answer was settled on; of sets with any.

    Arguments and errors as for ``disagreements``.
    """
    rows = disagreements(study, viewer, code_set, round_name=round_name, with_settled=True)
    by_set: dict[str, list[Judged]] = {}
    for row in rows:
        by_set.setdefault(row.code_set, []).append((row.answers, row.settled, 1))
    return tuple(negotiated(name, units) for name, units in by_set.items())


def _as_now(
    rows: Iterable[UnitAnswers], current: Callable[[Answer], Answer]
) -> Iterator[UnitAnswers]:
    """Answers with the codes of now: a code and the one that took its place do not differ."""
    for row in rows:
        settled = current(row.settled) if row.settled else None
        yield replace(row, answers=tuple(map(current, row.answers)), settled=settled)


def settle(
    study: Study, coder: Coder, ref: str, code_set: str, codes: Sequence[str], why: str
) -> Done:
    """Record the settled answer of a unit and code set; it counts in tables from then on.

    Args:
        study: The study.
        coder: Who records it.
        ref: The unit.
        code_set: The set.
        codes: The whole settled set of codes; empty for "nothing applies".
        why: The reason, for those who read it later.

    Raises:
        UsageError: An unknown code, or more than one code for an exclusive set.
        NotAllowed: Fewer than two people have finished it, or its round is open.
    """
    book, found = find_set(study, code_set)
    named = [find_code(study, name, within=found.id, book=book)[1] for name in codes]
    for code in named:
        refuse_unoffered(book, code)
    wanted = sorted({code.id for code in named})
    if found.mode != "multi" and len(wanted) > 1:
        raise UsageError(f"{found.id} takes one code, not {' and '.join(wanted)}", "choose one")
    uid = set_uid(book.id, found.id)
    with study.store.change(coder.id, "settle") as done:
        unit = find_unit(study, ref)
        name = codings.open_round_of(study.store.db, ref)
        if name:
            raise NotAllowed(f"{ref} is in the open round {name}", "close the round first")
        _two_have_answered(study, coder, ref, found.id, uid)
        settlement = codings.find_settlement(study.store.db, unit.id, uid)
        key = settlement_key(unit.id, uid, settlement or study.store.new_id())
        state = {
            "status": "coded" if wanted else "nothing",
            "coder": coder.id,
            "version": study.codebook_ids[book.id],
            "why": why.strip(),
            "at": study.store.clock(),
            "codes": sorted(code_uid(book.id, code) for code in wanted),
        }
        before = done.read("settlement", key)
        # Saying the same again at another time is no change.
        if before is None or {**before, "at": state["at"]} != state:
            done.put("settlement", key, state)
        done.words = f"settled {found.id} of {ref}: {', '.join(wanted) or 'nothing applies'}"
    return Done(done.entry, done.words)


def _two_have_answered(study: Study, coder: Coder, ref: str, set_id: str, uid: str) -> None:
    rows = read_models.unit_answers(study.store.db, Viewer(coder.alias), uid, ref=ref)
    who = [answer.coder for row in rows for answer in row.answers]
    if len(who) < 2:
        raise NotAllowed(
            f"{'only ' + who[0] if who else 'nobody'} has finished {set_id} on {ref}",
            "settling is for what two people answered",
        )


def settled_source(row: Disagreement) -> str:
    """Whose answer the settlement is: aliases of those who gave it, ``new``, or ``open``."""
    if row.settled is None:
        return "open"
    return " and ".join(whose(row.answers, row.settled)) or "new"
