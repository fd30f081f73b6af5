"""One coder at one unit: the rules of coding, inside a transaction somebody else opened."""

from __future__ import annotations

from dataclasses import dataclass

from coder.errors import UsageError
from coder.model import Codebook, Coder, CodeSet, Coding, Status, Unit
from coder.ops.corpus import find_unit
from coder.ops.study import Study
from coder.store import codings
from coder.store.codebooks import code_uid, set_uid
from coder.store.journal import Transaction
from coder.store.objects import compound_key


@dataclass(frozen=True, slots=True)
class Desk:
    """What the rules need to know, and the few moves they are made of."""

    study: Study
    coder: Coder
    unit: Unit
    pass_: int
    book: Codebook
    version: str
    """Content id of the codebook version that new codings are made under."""

    def codings(self, code_set: CodeSet) -> list[Coding]:
        """This coder's codings of one set, in the order of the codebook."""
        own = codings.own_work_on(self.study.store.db, self.coder.id, self.unit.ref, self.pass_)
        full = f"{self.book.id}:{code_set.id}"
        return [c for c in own.codings.get(self.unit.ref, ()) if c.code_set == full]

    def status(self, done: Transaction, code_set: CodeSet) -> Status | None:
        """Where the coder stands with a set; None is not finished."""
        state = done.read("decision", self._decision_key(code_set))
        return state["status"] if state is not None else None

    def decide(self, done: Transaction, code_set: CodeSet, status: Status | None) -> None:
        """Record where the coder stands; a decision that says the same already stays."""
        if self.status(done, code_set) == status:
            return
        state = None
        if status is not None:
            state = {"status": status, "version": self.version, "at": self.study.store.clock()}
        done.put("decision", self._decision_key(code_set), state)

    def apply(self, done: Transaction, code_set: CodeSet, code: str, origin: str = "hand") -> str:
        """Put a code on, in place of another where the set takes one; return the coding's uid."""
        on = self.codings(code_set)
        if code_set.mode != "multi":
            for other in on:
                if other.code != code:
                    self.take_off(done, other)
        self.decide(done, code_set, "coded")
        same = next((c for c in on if c.code == code), None)
        if same is not None:
            return same.id
        uid = self.study.store.new_id()
        state = {
            "unit": self.unit.id,
            "code_set": set_uid(self.book.id, code_set.id),
            "code": code_uid(self.book.id, code),
            "coder": self.coder.id,
            "pass": self.pass_,
            "version": self.version,
            "origin": origin,
            "at": self.study.store.clock(),
        }
        done.put("coding", uid, state)
        return uid

    def take_off(self, done: Transaction, coding: Coding) -> None:
        """Take a coding off, and the memo that stands on it with it."""
        memo = codings.find_memo(self.study.store.db, "coding", coding.id, self.coder.id)
        if memo:
            done.put("memo", memo, None)
        done.put("coding", coding.id, None)

    def remove(self, done: Transaction, code_set: CodeSet, code: str) -> None:
        """Take a code off; taking off the last one of a set reopens the set.

        Raises:
            UsageError: This coder has not put it there.
        """
        on = self.codings(code_set)
        coding = next((c for c in on if c.code == code), None)
        if coding is None:
            raise UsageError(f"{self.coder.alias} has not put {code} on {self.unit.ref}")
        self.take_off(done, coding)
        if len(on) == 1:
            self.decide(done, code_set, None)

    def say_nothing(self, done: Transaction, code_set: CodeSet, status: Status) -> None:
        """Finish a set without a code; what was on comes off."""
        for coding in self.codings(code_set):
            self.take_off(done, coding)
        self.decide(done, code_set, status)

    def finish(self, done: Transaction) -> None:
        """Decide every set that is open: asked ones are coded or nothing, others not applicable.

        A set outside the question on which the coder has put a code counts as coded: the speaker
        answered what was not asked.
        """
        asked = {s.id for s in self.book.sets_fed_by(self.unit.question)}
        for code_set in self.book.code_sets:
            if self.codings(code_set):
                self.decide(done, code_set, "coded")
            elif self.status(done, code_set) is None:
                self.decide(done, code_set, "nothing" if code_set.id in asked else "not_applicable")

    def note(self, done: Transaction, target_kind: str, target: str, body: str) -> None:
        """Write, change or (with an empty body) remove this coder's memo on something."""
        uid = codings.find_memo(self.study.store.db, target_kind, target, self.coder.id)
        put_memo(self.study, done, self.coder, uid, target_kind, target, body)

    def _decision_key(self, code_set: CodeSet) -> str:
        return compound_key(
            self.unit.id, set_uid(self.book.id, code_set.id), self.coder.id, self.pass_
        )


def desk_at(study: Study, coder: Coder, ref: str, pass_: int = 0) -> Desk:
    """Sit a coder down at a live unit, under the active codebook.

    Raises:
        UsageError: There is no such unit, or it was split, joined or dropped.
    """
    book = study.codebook
    return Desk(study, coder, find_unit(study, ref), pass_, book, study.codebook_ids[book.id])


def put_memo(
    study: Study,
    done: Transaction,
    coder: Coder,
    uid: str,
    target_kind: str,
    target: str,
    body: str,
) -> None:
    """Give the memo with this uid (empty: a new one) a body; an empty body removes it."""
    words = body.strip()
    before = done.read("memo", uid) if uid else None
    if not words:
        if before is not None:
            done.put("memo", uid, None)
        return
    if before is None or before["body"] != words:
        state = {
            "target_kind": target_kind,
            "target": target,
            "coder": coder.id,
            "body": words,
            "at": study.store.clock(),
        }
        done.put("memo", uid or study.store.new_id(), state)
