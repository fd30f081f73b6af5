"""One coder at one unit: the rules of coding, inside a transaction somebody else opened."""

from __future__ import annotations

from dataclasses import dataclass, field

from coder.errors import NotAllowed, UsageError
from coder.model import Code, Codebook, Coder, CodeSet, Coding, Status, Unit, resolved
from coder.ops.corpus import find_unit
from coder.ops.doubts import Doubts
from coder.ops.offering import refuse_unoffered
from coder.ops.study import Study
from coder.store import codings, rounds
from coder.store.answers import pass_name
from coder.store.codebooks import code_uid, set_uid
from coder.store.journal import Transaction
from coder.store.keys import answer_key, coding_key, memo_key


@dataclass(frozen=True, slots=True)
class Desk:
    """What the rules need to know, and the few moves they are made of."""

    study: Study
    coder: Coder
    unit: Unit
    pass_: int
    pass_name: str
    """What the pass is called in the journal."""
    book: Codebook
    version: str
    """Content id of the codebook version that new codings are made under."""
    _read: list[list[Coding]] = field(default_factory=list, init=False)
    """This coder's codings as read, until one is put on or taken off: at most one list."""

    def codings(self, code_set: CodeSet) -> list[Coding]:
        """This coder's codings of one set, in the order of the codebook."""
        if not self._read:
            db, ref = self.study.store.db, self.unit.ref
            self._read.append(codings.own_codings_on(db, self.coder.id, ref, self.pass_))
        full = f"{self.book.id}:{code_set.id}"
        return [coding for coding in self._read[0] if coding.code_set == full]

    def status(self, done: Transaction, code_set: CodeSet) -> Status | None:
        """Where the coder stands with a set; None is not finished."""
        state = done.read("decision", self._answer(code_set))
        return state["status"] if state is not None else None

    def counts_as(self, coding: Coding, code: str) -> bool:
        """Whether a coding is one of a code, or of one that the code took the place of."""
        return code == coding.code or code in resolved(self.book, frozenset((coding.code,)))

    def decide(self, done: Transaction, code_set: CodeSet, status: Status | None) -> None:
        """Record where the coder stands now, under the version of now.

        One that says the same under the same version already stays.
        """
        before = done.read("decision", self._answer(code_set))
        if before and (before["status"], before["version"]) == (status, self.version):
            return
        state = None
        if status is not None:
            state = {"status": status, "version": self.version, "at": self.study.store.clock()}
        done.put("decision", self._answer(code_set), state)

    def apply(self, done: Transaction, code_set: CodeSet, code: str, origin: str = "hand") -> str:
        """Put a code on, in place of another where the set takes one; return the coding's uid.

        Raises:
            UsageError: The code is not on offer any more.
        """
        refuse_unoffered(self.book, self._code(code_set, code))
        on = self.codings(code_set)
        if code_set.mode != "multi":
            for other in on:
                if other.code != code:
                    self.take_off(done, code_set, other)
        self.decide(done, code_set, "coded")
        same = next((c for c in on if c.code == code), None)
        if same is not None:
            return same.id
        uid = self.study.store.new_id()
        state = {
            "code": code_uid(self.book.id, code),
            "version": self.version,
            "origin": origin,
            "at": self.study.store.clock(),
        }
        done.put("coding", coding_key(self._answer(code_set), uid), state)
        self._read.clear()
        return uid

    def take_off(self, done: Transaction, code_set: CodeSet, coding: Coding) -> None:
        """Take a coding off, and the memo that stands on it with it."""
        key = coding_key(self._answer(code_set), coding.id)
        put_memo(self.study, done, self.coder.id, "coding", coding.id, key, "")
        done.put("coding", key, None)
        self._read.clear()

    def remove(self, done: Transaction, code_set: CodeSet, code: str) -> None:
        """Take a code off; taking off the last one of a set reopens the set.

        What counts as the code because it replaced others goes too.

        Raises:
            UsageError: This coder has not put it there.
        """
        on = self.codings(code_set)
        unwanted = [coding for coding in on if self.counts_as(coding, code)]
        if not unwanted:
            raise UsageError(f"{self.coder.alias} has not put {code} on {self.unit.ref}")
        for coding in unwanted:
            self.take_off(done, code_set, coding)
        self.decide(done, code_set, "coded" if len(on) > len(unwanted) else None)

    def say_nothing(self, done: Transaction, code_set: CodeSet, status: Status) -> None:
        """Finish a set without a code; what was on comes off."""
        for coding in self.codings(code_set):
            self.take_off(done, code_set, coding)
        self.decide(done, code_set, status)

    def finish(self, done: Transaction) -> tuple[list[str], list[str]]:
        """Decide every set that is open: asked ones are coded or nothing, others not applicable.

        A set outside the question on which the coder has put a code counts as coded: the speaker
        answered what was not asked. A scratch set is no question, and there is nothing to decide.

        Returns:
            Ids of the sets that were open, and of those among them in which nothing applies now.
        """
        asked = self._asked()
        opened, empty = [], []
        for code_set in self._questions():
            if self.status(done, code_set) is not None:
                continue
            opened.append(code_set.id)
            if self.codings(code_set):
                self.decide(done, code_set, "coded")
            elif code_set.id in asked:
                self.decide(done, code_set, "nothing")
                empty.append(code_set.id)
            else:
                self.decide(done, code_set, "not_applicable")
        return opened, empty

    def confirm(self, done: Transaction, doubts: Doubts) -> list[str]:
        """Decide again, with the same answer, what is in question; return the sets' ids."""
        confirmed = []
        for code_set in self.book.code_sets:
            state = done.read("decision", self._answer(code_set))
            if state is None:
                continue
            codes = [(coding.code, coding.version) for coding in self.codings(code_set)]
            if doubts.about(state["version"], code_set.id, codes):
                self.decide(done, code_set, state["status"])
                confirmed.append(code_set.id)
        return confirmed

    def leave_unasked(self, done: Transaction) -> None:
        """Decide the open sets that the unit's question does not feed; asked ones stay open."""
        asked = self._asked()
        for code_set in self._questions():
            if code_set.id in asked or self.status(done, code_set) is not None:
                continue
            self.decide(done, code_set, "coded" if self.codings(code_set) else "not_applicable")

    def note_on_coding(self, done: Transaction, code_set: CodeSet, coding: str, body: str) -> None:
        """Write, change or (with an empty body) remove this coder's memo on a coding."""
        key = coding_key(self._answer(code_set), coding)
        put_memo(self.study, done, self.coder.id, "coding", coding, key, body)
        self._read.clear()

    def note(self, done: Transaction, body: str) -> None:
        """Write, change or (with an empty body) remove this coder's memo on the unit."""
        put_memo(self.study, done, self.coder.id, "excerpt", self.unit.id, self.unit.id, body)

    def _questions(self) -> list[CodeSet]:
        return [code_set for code_set in self.book.code_sets if not code_set.is_scratch]

    def _code(self, code_set: CodeSet, code: str) -> Code:
        found = code_set.code(code)
        if found is None:
            raise UsageError(f"there is no code {code} in {code_set.id}")
        return found

    def _asked(self) -> set[str]:
        return {code_set.id for code_set in self.book.sets_fed_by(self.unit.question)}

    def _answer(self, code_set: CodeSet) -> str:
        return answer_key(
            self.unit.id, set_uid(self.book.id, code_set.id), self.coder.id, self.pass_name
        )


def desk_at(
    study: Study, coder: Coder, ref: str, pass_: int = 0, book: Codebook | None = None
) -> Desk:
    """Sit a coder down at a live unit, under a codebook of the study: by default the active one.

    Raises:
        UsageError: There is no such unit, or it was split, joined or dropped.
        NotAllowed: In a round: it is closed, the coder or the unit is not in it, or the codebook
            is not the one that it freezes.
    """
    book, version = (book, study.codebook_ids[book.id]) if book else study.active
    name = pass_name(study.store.db, pass_)
    desk = Desk(study, coder, find_unit(study, ref), pass_, name, book, version)
    if pass_:
        _check_seat(desk)
    return desk


def _check_seat(desk: Desk) -> None:
    seat = rounds.seat(desk.study.store.db, desk.pass_, desk.coder.id, desk.unit.id)
    assert seat is not None, "pass_name found the round"
    if not seat.is_open:
        raise NotAllowed(f"the round {seat.round} is closed", "its codings stay as they are")
    if not seat.has_coder:
        raise NotAllowed(f"{desk.coder.alias} does not code in the round {seat.round}")
    if not seat.has_unit:
        raise NotAllowed(f"{desk.unit.ref} is not in the round {seat.round}")
    if seat.version != desk.version:
        book = desk.study.version(seat.version)
        raise NotAllowed(
            f"the round {seat.round} is coded under {book.id} {book.version}",
            f"not under {desk.book.id} {desk.book.version}",
        )


def put_memo(
    study: Study,
    done: Transaction,
    coder: str,
    target_kind: str,
    target: str,
    target_key: str,
    body: str,
) -> None:
    """Give a coder's memo on something a body; an empty body removes it.

    Args:
        study: The study.
        done: The transaction under way.
        coder: Uid of the coder whose memo it is.
        target_kind: ``excerpt``, ``coding``, ``transcript`` or ``code``.
        target: What the memo names: a uid, or a transcript's name.
        target_key: The journal's key of the same, which a coding's memo continues.
        body: The text, kept as typed but for white space at its ends.
    """
    words = body.strip()
    uid = codings.find_memo(study.store.db, target_kind, target, coder)
    before = done.read("memo", memo_key(target_key, uid)) if uid else None
    if not words:
        if before is not None:
            done.put("memo", memo_key(target_key, uid), None)
        return
    if before is None or before["body"] != words:
        state = {
            "target_kind": target_kind,
            "target": target,
            "coder": coder,
            "body": words,
            "at": study.store.clock(),
        }
        done.put("memo", memo_key(target_key, uid or study.store.new_id()), state)
