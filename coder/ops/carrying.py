"""Carrying everybody's work over from excerpts that go to one that takes their place.

Every coding of every coder is copied with the origin ``boundary``, and so are memos and flags. The
decisions of the coder who moved the boundary are kept where they still make sense; everybody
else's reopen, because they have not seen the new boundary.

The new excerpt may be one that was there before (split, then joined again). What was left on it
then gives way to what stands on the excerpts that go now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coder.model import Coder, Coding, Status, Unit
from coder.ops.desk import put_memo
from coder.ops.study import Study
from coder.store import codings, flags
from coder.store.codebooks import code_uid, set_uid
from coder.store.codings import OwnWork
from coder.store.journal import Transaction
from coder.store.keys import ORDINARY_PASS, answer_key, coding_key, flag_key, settlement_key


def carry_over(
    study: Study, done: Transaction, mover: Coder, old: Sequence[Unit], new: Unit
) -> None:
    """Copy the ordinary work of all coders from excerpts to the one that takes their place."""
    db = study.store.db
    for code_set, settlement in codings.settlements_on(db, new.ref):
        done.put("settlement", settlement_key(new.id, code_set, settlement), None)
    for coder in sorted({uid for u in (*old, new) for uid in codings.coders_on(db, u.ref)}):
        _Move(study, done, coder, old, new, keeps_decisions=coder == mover.id).run()
    for coder in sorted({uid for u in (*old, new) for uid in flags.flaggers_of(db, u.ref)}):
        _carry_flags(study, done, coder, old, new)


def _carry_flags(
    study: Study, done: Transaction, coder: str, old: Sequence[Unit], new: Unit
) -> None:
    """Give the new excerpt one coder's flags on the old ones, and no others."""
    db = study.store.db
    wanted = {name for unit in old for name in flags.own_flags_on(db, coder, unit.ref)}
    for name in sorted(wanted | set(flags.own_flags_on(db, coder, new.ref))):
        key = flag_key(new.id, coder, name)
        if name not in wanted:
            done.put("flag", key, None)
        elif done.read("flag", key) is None:
            done.put("flag", key, {"at": study.store.clock()})


@dataclass(frozen=True, slots=True)
class _Move:
    """One coder's work on its way to a new excerpt."""

    study: Study
    done: Transaction
    coder: str
    old: Sequence[Unit]
    new: Unit
    keeps_decisions: bool

    def run(self) -> None:
        """Make the new excerpt hold what the old ones hold together."""
        before = [self._work_on(unit) for unit in self.old]
        left = self._work_on(self.new)
        codings_of = [w.codings.get(u.ref, ()) for w, u in zip(before, self.old, strict=True)]
        statuses = [
            {d.code_set: d.status for d in w.decisions.get(u.ref, ())}
            for w, u in zip(before, self.old, strict=True)
        ]
        left_codings = left.codings.get(self.new.ref, ())
        left_sets = [d.code_set for d in left.decisions.get(self.new.ref, ())]
        sets = {c.code_set for found in (*codings_of, left_codings) for c in found}
        for full in sorted(sets.union(left_sets, *statuses)):
            wanted = self._wanted(full, codings_of)
            self._put_codings(full, wanted or {}, left_codings)
            has_status = [found.get(full) for found in statuses]
            status = None if wanted is None else _status(bool(wanted), has_status)
            self._decide(full, status if self.keeps_decisions else None, wanted or {})
        bodies = [w.memos[u.ref].body for w, u in zip(before, self.old, strict=True) if w.memos]
        self._memo("excerpt", self.new.id, self.new.id, bodies)

    def _work_on(self, unit: Unit) -> OwnWork:
        return codings.own_work_on(self.study.store.db, self.coder, unit.ref, 0)

    def _wanted(
        self, full: str, codings_of: Sequence[Sequence[Coding]]
    ) -> dict[str, list[Coding]] | None:
        """Codings of a set by code, or None where two codes meet in a set that takes one.

        Then neither is copied, and the set stays open for the coder to decide.
        """
        wanted: dict[str, list[Coding]] = {}
        for coding in (c for found in codings_of for c in found if c.code_set == full):
            wanted.setdefault(coding.code, []).append(coding)
        if len(wanted) > 1:
            # The version they were made under still has the set when a later one has not.
            version = next(iter(wanted.values()))[0].version
            code_set = self.study.version(version).code_set(full.partition(":")[2])
            if code_set is None or code_set.mode != "multi":
                return None
        return wanted

    def _put_codings(
        self, full: str, wanted: dict[str, list[Coding]], left: Sequence[Coding]
    ) -> None:
        store, book = self.study.store, full.partition(":")[0]
        there = {c.code: c.id for c in left if c.code_set == full}
        for code in sorted(there.keys() - wanted.keys()):
            key = self._coding_key(full, there[code])
            self._memo("coding", there[code], key, [])
            self.done.put("coding", key, None)
        for code, same in sorted(wanted.items()):
            uid = there.get(code)
            if uid is None:
                uid = store.new_id()
                state = {
                    "code": code_uid(book, code),
                    "version": same[0].version,
                    "origin": "boundary",
                    "at": store.clock(),
                }
                self.done.put("coding", self._coding_key(full, uid), state)
            self._memo("coding", uid, self._coding_key(full, uid), [c.memo for c in same])

    def _decide(self, full: str, status: Status | None, wanted: dict[str, list[Coding]]) -> None:
        state = None
        if status is not None:
            put_under = next((c.version for same in wanted.values() for c in same), "")
            state = {
                "status": status,
                "version": self._version_decided_under(full) or put_under,
                "at": self.study.store.clock(),
            }
        self.done.put("decision", self._answer(full, self.new), state)

    def _version_decided_under(self, full: str) -> str:
        states = (self.done.read("decision", self._answer(full, unit)) for unit in self.old)
        return str(next((state["version"] for state in states if state is not None), ""))

    def _memo(self, kind: str, target: str, key: str, bodies: Sequence[str]) -> None:
        body = "\n\n".join(dict.fromkeys(body for body in bodies if body))
        put_memo(self.study, self.done, self.coder, kind, target, key, body)

    def _answer(self, full: str, unit: Unit) -> str:
        book, _, set_id = full.partition(":")
        return answer_key(unit.id, set_uid(book, set_id), self.coder, ORDINARY_PASS)

    def _coding_key(self, full: str, uid: str) -> str:
        return coding_key(self._answer(full, self.new), uid)


def _status(is_coded: bool, before: Sequence[Status | None]) -> Status | None:
    """Where a coder stands with what takes the place of units on which they stood so."""
    if is_coded:
        return "coded"
    if None in before:
        return None
    return "not_applicable" if set(before) == {"not_applicable"} else "nothing"
