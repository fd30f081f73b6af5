"""Putting codes on units: the rules behind every key of the coding screen and every command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypedDict

from coder.errors import UsageError
from coder.model import (
    Code,
    Coder,
    CodeSet,
    Coding,
    Span,
    Status,
    Transcript,
    Unit,
    Viewer,
)
from coder.ops.corpus import find_unit, read_transcript
from coder.ops.desk import Desk, desk_at, put_memo
from coder.ops.doubts import Doubts
from coder.ops.memo_words import with_words_from_elsewhere
from coder.ops.study import Study, find_active_set, find_code
from coder.segment import quoted_words
from coder.store import codings, flags, transcripts
from coder.store.answers import pass_name
from coder.store.codebooks import code_uid
from coder.store.codings import OwnWork
from coder.store.journal import Transaction
from coder.store.keys import answer_key, coding_key, memo_key


@dataclass(frozen=True, slots=True)
class Done:
    """What an action did, once it is on disk."""

    entry: str
    """Uid of the journal entry; empty where nothing had to change."""
    words: str
    """For a message: "put Current teaching on AF-T01-Y1:7"."""


@dataclass(frozen=True, slots=True)
class UnitWork:
    """One unit as one coder sees it."""

    unit: Unit
    quoted: tuple[Span, ...]
    """Its speaker's words in it: what is quoted and coded."""
    asked: tuple[str, ...]
    """Ids of the code sets that its question feeds."""
    codings: tuple[Coding, ...]
    """This coder's, of the active codebook."""
    decisions: Mapping[str, Status]
    """By set id; a set that is not there is not finished."""
    memo: str
    """This coder's memo on the unit."""
    in_question: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sets answered under an older version that meant something else, with what changed since."""
    flags: tuple[str, ...] = ()
    """Names of this coder's flags on the unit, the oldest first."""

    @property
    def is_finished(self) -> bool:
        """Whether every code set that is asked has a decision.

        A unit whose question feeds no set of the codebook needs no work.
        """
        return all(code_set in self.decisions for code_set in self.asked)

    @property
    def is_started(self) -> bool:
        """Whether anything is decided or coded, but not everything."""
        return not self.is_finished and bool(self.codings or self.decisions)


def worksheet(
    study: Study,
    coder: Coder,
    transcript: str,
    pass_: int = 0,
    *,
    text: Transcript | None = None,
) -> tuple[UnitWork, ...]:
    """Every live unit of a transcript, in text order, with this coder's work on it.

    Args:
        study: The study.
        coder: Whose work.
        transcript: Its name.
        pass_: Which pass.
        text: The transcript itself, where the caller has just read it.
    """
    text = text or read_transcript(study, Viewer(coder.alias), transcript)
    own = codings.own_work_in(study.store.db, coder.id, transcript, pass_)
    flagged = flags.own_flags_in(study.store.db, coder.id, transcript)
    doubts = Doubts(study)
    return tuple(
        _unit_work(
            doubts,
            unit,
            own,
            quoted_words(unit.span, text.turns, text.is_interviewer, unit.speaker),
            flagged.get(unit.ref, ()),
        )
        for unit in transcripts.read_units(study.store.db, transcript)
    )


def unit_work(study: Study, coder: Coder, ref: str, pass_: int = 0) -> UnitWork:
    """One unit with this coder's work on it.

    Args:
        study: The study.
        coder: Whose work.
        ref: The unit.
        pass_: Which pass.
    """
    unit = find_unit(study, ref)
    own = codings.own_work_on(study.store.db, coder.id, ref, pass_)
    flagged = flags.own_flags_on(study.store.db, coder.id, ref)
    quoted: tuple[Span, ...] = (unit.span,)
    if unit.transcript:
        turns, interviewers = transcripts.turns_of_unit(study.store.db, ref)
        quoted = quoted_words(unit.span, turns, interviewers.__contains__, unit.speaker)
    return _unit_work(Doubts(study), unit, own, quoted, flagged)


def after_coding(
    study: Study, coder: Coder, before: UnitWork, doubts: Doubts, pass_: int = 0
) -> UnitWork:
    """A unit once more after something was put on it, taken off or decided.

    Only that is read, as at every key of the app; the unit, its memo and its flags are as before.

    Args:
        study: The study.
        coder: Whose work.
        before: The unit as it was read last.
        doubts: What is in question under the codebook of now.
        pass_: Which pass.
    """
    own = codings.own_answers_on(study.store.db, coder.id, before.unit.ref, pass_)
    return replace(before, **_answers(doubts, before.unit.ref, own))


def _unit_work(
    doubts: Doubts, unit: Unit, own: OwnWork, quoted: tuple[Span, ...], flagged: Sequence[str]
) -> UnitWork:
    memo = own.memos.get(unit.ref)
    return UnitWork(
        unit=unit,
        quoted=quoted,
        asked=tuple(s.id for s in doubts.book.sets_fed_by(unit.question)),
        memo=memo.body if memo else "",
        flags=tuple(flagged),
        **_answers(doubts, unit.ref, own),
    )


class _Answers(TypedDict):
    codings: tuple[Coding, ...]
    decisions: Mapping[str, Status]
    in_question: Mapping[str, tuple[str, ...]]


def _answers(doubts: Doubts, ref: str, own: OwnWork) -> _Answers:
    """What of a unit's work is told by what is on it and decided."""
    prefix = f"{doubts.book.id}:"
    found = tuple(c for c in own.codings.get(ref, ()) if c.code_set.startswith(prefix))
    decided = [d for d in own.decisions.get(ref, ()) if d.code_set.startswith(prefix)]
    return {
        "codings": found,
        "decisions": {d.code_set.removeprefix(prefix): d.status for d in decided},
        "in_question": doubts.of_unit(decided, found),
    }


def press_code(
    study: Study, coder: Coder, ref: str, code_set: str, code: str, pass_: int = 0
) -> Done:
    """What a code's key does: put it on, or take it off if it is on already.

    It is on, too, where a code is that it took the place of. In exclusive and ordinal sets
    putting one on replaces the other. Each way is one journal entry, so one undo.
    """
    # Whether it is on must still hold when it is put on or taken off.
    with study.store.change(coder.id, "code") as done:
        desk = desk_at(study, coder, ref, pass_)
        found_set, wanted = find_code(study, code, within=code_set, book=desk.book)
        is_on = any(desk.counts_as(coding, wanted.id) for coding in desk.codings(found_set))
        press = _take_off if is_on else _put_on
        press(done, desk, found_set, wanted)
    return Done(done.entry, done.words)


def put_code(
    study: Study, coder: Coder, ref: str, code_set: str, code: str, pass_: int = 0
) -> Done:
    """Put a code on a unit; the set counts as coded from then on."""
    with study.store.change(coder.id, "code") as done:
        desk = desk_at(study, coder, ref, pass_)
        _put_on(done, desk, *find_code(study, code, within=code_set, book=desk.book))
    return Done(done.entry, done.words)


def _put_on(done: Transaction, desk: Desk, code_set: CodeSet, code: Code) -> None:
    replaced = [c.code for c in desk.codings(code_set) if c.code != code.id]
    desk.apply(done, code_set, code.id)
    done.words = f"put {code.name} on {desk.unit.ref}"
    if replaced and code_set.mode != "multi":
        old = code_set.code(replaced[0])
        done.words += f" in place of {old.name if old else replaced[0]}"


def _take_off(done: Transaction, desk: Desk, code_set: CodeSet, code: Code) -> None:
    done.kind = "uncode"
    desk.remove(done, code_set, code.id)
    done.words = f"took {code.name} off {desk.unit.ref}"


def put_codes(study: Study, coder: Coder, ref: str, names: Sequence[str], pass_: int = 0) -> Done:
    """Put several codes on a unit as one action; names may be full (``set:code``)."""
    wanted = _codes_named(study, names)
    for code_set, _ in wanted:
        together = [c.id for s, c in wanted if s.id == code_set.id]
        if code_set.mode != "multi" and len(together) > 1:
            raise UsageError(
                f"{code_set.id} takes one code, not {' and '.join(together)}",
                "choose one; nothing was put on",
            )
    with study.store.change(coder.id, "code") as done:
        desk = desk_at(study, coder, ref, pass_)
        for code_set, code in wanted:
            desk.apply(done, code_set, code.id)
        done.words = f"put {', '.join(code.name for _, code in wanted)} on {ref}"
    return Done(done.entry, done.words)


def _codes_named(study: Study, names: Sequence[str]) -> list[tuple[CodeSet, Code]]:
    """The codes that names mean, each once however often and under whichever name it is there."""
    if not names:
        raise UsageError("no code is named", "name at least one")
    found = {(s.id, c.id): (s, c) for s, c in (find_code(study, name) for name in names)}
    return list(found.values())


def remove_code(
    study: Study, coder: Coder, ref: str, code_set: str, code: str, pass_: int = 0
) -> Done:
    """Take a code off a unit; taking off the last one of a set reopens the set.

    Raises:
        UsageError: This coder has not put it there.
    """
    found_set, unwanted = find_code(study, code, within=code_set)
    with study.store.change(coder.id, "uncode") as done:
        _take_off(done, desk_at(study, coder, ref, pass_), found_set, unwanted)
    return Done(done.entry, done.words)


def remove_codes(
    study: Study, coder: Coder, ref: str, names: Sequence[str], pass_: int = 0
) -> Done:
    """Take several codes off a unit as one action; names may be full (``set:code``)."""
    unwanted = _codes_named(study, names)
    with study.store.change(coder.id, "uncode") as done:
        desk = desk_at(study, coder, ref, pass_)
        for code_set, code in unwanted:
            desk.remove(done, code_set, code.id)
        done.words = f"took {', '.join(code.name for _, code in unwanted)} off {ref}"
    return Done(done.entry, done.words)


def memo_kind(study: Study, target: str) -> str:
    """What a memo's target is: an excerpt's reference, a transcript's name, or a code."""
    if transcripts.read_unit(study.store.db, target) is not None:
        return "excerpt"
    return "transcript" if transcripts.transcript_is_live(study.store.db, target) else "code"


def nothing_applies(study: Study, coder: Coder, ref: str, code_set: str, pass_: int = 0) -> Done:
    """Finish one code set of a unit with nothing applied; codes of that set come off."""
    found = _question(study, code_set)
    with study.store.change(coder.id, "nothing") as done:
        desk = desk_at(study, coder, ref, pass_)
        desk.say_nothing(done, found, "nothing")
        done.words = f"said that nothing of {found.short_title} applies to {ref}"
    return Done(done.entry, done.words)


def not_applicable(study: Study, coder: Coder, ref: str, code_set: str, pass_: int = 0) -> Done:
    """Finish one code set of a unit as never asked there; codes of that set come off.

    For a question that was marked and then not put. An answer that fits no code is
    ``nothing_applies``.
    """
    found = _question(study, code_set)
    with study.store.change(coder.id, "not applicable") as done:
        desk = desk_at(study, coder, ref, pass_)
        desk.say_nothing(done, found, "not_applicable")
        done.words = f"said that {found.short_title} was not asked in {ref}"
    return Done(done.entry, done.words)


def _question(study: Study, name: str) -> CodeSet:
    """A code set that can be finished."""
    found = find_active_set(study, name)
    if found.is_scratch:
        raise UsageError(f"{found.short_title} asks nothing, so there is nothing to finish")
    return found


def finish(study: Study, coder: Coder, ref: str, pass_: int = 0, *, confirms: bool = False) -> Done:
    """Finish a unit: sets its question feeds are coded or nothing, the others not applicable.

    A set outside the question on which the coder has put a code counts as coded: the speaker
    answered what was not asked. What is decided already stays as it is.

    Args:
        study: The study.
        coder: Who codes.
        ref: The unit.
        pass_: Which pass.
        confirms: Also stand by answers that a newer version of the codebook puts in question.
    """
    with study.store.change(coder.id, "done") as done:
        desk = desk_at(study, coder, ref, pass_)
        confirmed = desk.confirm(done, Doubts(study, desk.book)) if confirms else []
        opened, empty = desk.finish(done)
        done.words = f"finished {ref}"
        if empty:
            # An absence is recorded here, so it is said: nobody should do it unawares.
            titles = [s.short_title for s in desk.book.code_sets if s.id in empty]
            done.words += f": nothing applied in {', '.join(titles)}"
        elif confirmed and not opened:
            done.words = f"confirmed {ref} under {desk.book.id} {desk.book.version}"
    return Done(done.entry, done.words)


def write_memo(
    study: Study,
    coder: Coder,
    target_kind: str,
    target: str,
    body: str,
    seen: str | None = None,
) -> Done:
    """Write, change or (with an empty body) remove this coder's memo on something.

    Args:
        study: The study.
        coder: Whose memo.
        target_kind: ``excerpt``, ``coding``, ``transcript`` or ``code``.
        target: The excerpt's reference, the coding's uid, the transcript's name, the code's id.
        body: The text, kept as typed but for white space at its ends.
        seen: The memo as its writer had it before them; where it says something else by now, the
            words of both are kept. None to write whatever is there.
    """
    with study.store.change(coder.id, "memo") as done:
        stands_on, key, where = _memo_place(study, coder, target_kind, target)
        uid = codings.find_memo(study.store.db, target_kind, stands_on, coder.id)
        now = done.read("memo", memo_key(key, uid)) if uid and seen is not None else None
        if now is not None:
            body = with_words_from_elsewhere(seen or "", now["body"], body)
        put_memo(study, done, coder.id, target_kind, stands_on, key, body)
        done.words = f"{'wrote' if body.strip() else 'removed'} a memo on {where}"
    return Done(done.entry, done.words)


def _memo_place(study: Study, coder: Coder, kind: str, target: str) -> tuple[str, str, str]:
    """What a memo stands on: as the memo names it, as the journal does, and in words."""
    if kind == "excerpt":
        uid = find_unit(study, target).id
        return uid, uid, target
    if kind == "transcript":
        name = read_transcript(study, Viewer(coder.alias), target).name
        return name, name, name
    if kind == "code":
        _, code = find_code(study, target)
        uid = code_uid(study.codebook.id, code.id)
        return uid, uid, code.name
    if kind == "coding":
        place = codings.find_coding(study.store.db, target)
        # What somebody else put on is not even said to be there: a round may be open.
        if place is None or place.coder != coder.id:
            raise UsageError("the code this memo stands on was taken off")
        pass_ = pass_name(study.store.db, place.pass_)
        answer = answer_key(place.unit, place.code_set, place.coder, pass_)
        return target, coding_key(answer, target), f"a code of {place.ref}"
    raise UsageError(f"a memo cannot stand on a {kind}")
