"""Any sequence of actions, undos and redos equals what the remaining actions give."""

from __future__ import annotations

import csv
import itertools
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coder.errors import CoderError
from coder.model import Code, Span, Unit
from coder.ops import codebook_editing as editing
from coder.ops import coding, corpus, excerpts, history
from coder.ops.coding import Done
from coder.ops.importing import import_files
from coder.ops.loading import load_codings
from coder.ops.revisiting import confirm, to_revisit
from coder.ops.settling import settle
from coder.ops.study import Study, open_study
from coder.store import transcripts
from coder.store.codebooks import moves
from coder.store.objects import KINDS
from tests.factories import make_study, write_transcript
from tests.replaying import (
    assert_answers_are_whole,
    assert_tables_are_what_the_journal_says,
    dump,
)
from tests.rounds import close_round, open_round

CODERS = ("AL", "RR")
CODES = {
    "cause": ("taught", "effort", "unclear"),
    "support": ("open", "steps"),
    "vision": ("v0", "v3"),
}

SHORT = """INT: {Q-WHY} Why is it hard?

T1: They never had it. Some of them do not try.
"""

coders = st.sampled_from(CODERS)
actors = st.sampled_from((*CODERS, ""))
places = st.integers(0, 9)
"""Which excerpt, counted round: up to 7 of those that are there, else of all that ever were."""
codes = st.sampled_from([(s, c) for s, found in CODES.items() for c in found])
sets = st.sampled_from([*CODES, "who"])


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp())
    with make_study(folder) as study:
        for alias in CODERS:
            corpus.add_coder(study, alias)
        return study.path


class History(RuleBasedStateMachine):
    """Two people at one study, now and then closing and opening it."""

    study: Study

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "test.coder"
        shutil.copy(_template(), path)
        self.study = open_study(path)
        self.numbers = itertools.count(1)

    def teardown(self) -> None:
        if hasattr(self, "study"):
            self.study.close()
            self.folder.cleanup()

    def ref(self, place: int) -> str:
        rows = self.study.store.db.execute("SELECT ref, is_live FROM unit ORDER BY id").fetchall()
        live = [row["ref"] for row in rows if row["is_live"]]
        refs = live if live and place < 8 else [row["ref"] for row in rows]
        return str(refs[place % len(refs)])

    def units(self) -> tuple[Unit, ...]:
        """The live excerpts of the first transcript; none while its import is undone."""
        return transcripts.read_units(self.study.store.db, "T-1")

    def entries(self) -> int:
        return int(self.study.store.db.execute("SELECT count(*) FROM entry").fetchone()[0])

    def act(self, action: Callable[..., Any], *args: Any, **how: Any) -> None:
        """One action is one entry; one that changes nothing or is refused leaves no trace."""
        before, entries = self.study.store.db.serialize(), self.entries()
        try:
            done = action(self.study, *args, **how)
        except CoderError:
            assert self.study.store.db.serialize() == before
            return
        assert isinstance(done, Done)
        if done.entry:
            assert self.entries() == entries + 1
        else:
            assert self.study.store.db.serialize() == before

    def coder(self, alias: str) -> Any:
        return corpus.coder_named(self.study, alias) if alias else None

    @rule(alias=coders, place=places, code=codes)
    def press_code(self, alias: str, place: int, code: tuple[str, str]) -> None:
        self.act(coding.press_code, self.coder(alias), self.ref(place), *code)

    @rule(alias=coders, place=places, names=st.lists(codes, min_size=1, max_size=3))
    def put_codes(self, alias: str, place: int, names: list[tuple[str, str]]) -> None:
        full = [":".join(name) for name in names]
        self.act(coding.put_codes, self.coder(alias), self.ref(place), full)

    @rule(alias=coders, place=places)
    def remove(self, alias: str, place: int) -> None:
        """Take off a code that is on somewhere, perhaps on an excerpt that is gone."""
        rows = self.study.store.db.execute(
            "SELECT u.ref, s.name, k.name FROM coding g JOIN unit u ON u.id = g.unit"
            " JOIN code_set s ON s.id = g.code_set JOIN code k ON k.id = g.code"
            " JOIN coder c ON c.id = g.coder WHERE c.alias = ? ORDER BY g.id",
            (alias,),
        ).fetchall()
        if rows:
            self.act(coding.remove_code, self.coder(alias), *rows[place % len(rows)])

    @rule(alias=coders, place=places, code_set=sets)
    def nothing_applies(self, alias: str, place: int, code_set: str) -> None:
        self.act(coding.nothing_applies, self.coder(alias), self.ref(place), code_set)

    @rule(alias=coders, place=places)
    def finish(self, alias: str, place: int) -> None:
        self.act(coding.finish, self.coder(alias), self.ref(place))

    @rule(alias=coders, place=places, body=st.sampled_from(("", "first", "second")))
    def memo_on_excerpt(self, alias: str, place: int, body: str) -> None:
        self.act(coding.write_memo, self.coder(alias), "excerpt", self.ref(place), body)

    @rule(alias=coders, place=places, body=st.sampled_from(("", "because")))
    def memo_on_coding(self, alias: str, place: int, body: str) -> None:
        rows = self.study.store.db.execute("SELECT uid FROM coding ORDER BY id").fetchall()
        if rows:
            uid = rows[place % len(rows)][0]
            self.act(coding.write_memo, self.coder(alias), "coding", uid, body)

    @rule(alias=coders, place=places, at=st.floats(0.05, 0.95))
    def split(self, alias: str, place: int, at: float) -> None:
        ref = self.ref(place)
        row = self.study.store.db.execute(
            "SELECT start, stop FROM unit WHERE ref = ?", (ref,)
        ).fetchone()
        where = int(row["start"] + at * (row["stop"] - row["start"]))
        self.act(excerpts.split_excerpt, self.coder(alias), ref, where)

    @rule(alias=coders, place=places)
    def join_with_the_next(self, alias: str, place: int) -> None:
        units = self.units()
        if len(units) > 1:
            at = place % (len(units) - 1)
            first, second = units[at].ref, units[at + 1].ref
            self.act(excerpts.join_excerpts, self.coder(alias), first, second)

    @rule(alias=coders, place=places)
    def drop(self, alias: str, place: int) -> None:
        self.act(excerpts.drop_excerpt, self.coder(alias), self.ref(place))

    @rule(alias=coders, start=st.integers(0, 9), length=st.integers(1, 3))
    def add_excerpt(self, alias: str, start: int, length: int) -> None:
        span = Span(start * 40, start * 40 + length * 60)
        self.act(excerpts.add_excerpt, self.coder(alias), "T-1", span)

    @rule(place=places, code=codes, other=codes)
    def both_answer(self, place: int, code: tuple[str, str], other: tuple[str, str]) -> None:
        """So that there is something to settle."""
        for alias, said in zip(CODERS, (code, other), strict=True):
            self.act(coding.put_codes, self.coder(alias), self.ref(place), [":".join(said)])
            self.act(coding.finish, self.coder(alias), self.ref(place))

    @rule(alias=coders, place=places, code=codes)
    def settle(self, alias: str, place: int, code: tuple[str, str]) -> None:
        self.act(settle, self.coder(alias), self.ref(place), code[0], [code[1]], "we talked")

    @rule(place=places, code=codes, both=st.booleans())
    def load(self, place: int, code: tuple[str, str], both: bool) -> None:
        """Codes of one or two people in one file: done by nobody in particular, or by the one."""
        table = Path(self.folder.name) / f"load-{next(self.numbers)}.csv"
        with table.open("w", newline="", encoding="utf-8") as file:
            rows = csv.writer(file)
            rows.writerow(("excerpt", "code_set", "code", "coder"))
            for alias in CODERS[: 2 if both else 1]:
                rows.writerow((self.ref(place), *code, alias))

        def loaded(study: Study) -> Done:
            return Done(load_codings(study, table).entry, "")

        self.act(loaded)

    @rule()
    def bring_in_another_transcript(self) -> None:
        """The second one, again and again: it is there, or its import was undone."""
        path = write_transcript(Path(self.folder.name), "X-1", turns=SHORT)

        def brought_in(study: Study) -> Done:
            report = import_files(study, [path])
            newest = study.store.db.execute("SELECT uid FROM entry ORDER BY id DESC").fetchone()
            return Done(newest[0] if report.added else "", "")

        self.act(brought_in)

    @rule(place=places, more=st.integers(0, 2), members=st.sampled_from((CODERS, CODERS[:1])))
    def open_a_round(self, place: int, more: int, members: tuple[str, ...]) -> None:
        units = self.units()
        refs = {units[(place + n) % len(units)].ref for n in range(more + 1)} if units else set()
        self.act(open_round, f"R{next(self.numbers)}", members, sorted(refs))

    @rule()
    def close_the_rounds(self) -> None:
        for (name,) in self.study.store.db.execute(
            "SELECT name FROM round WHERE closed_at IS NULL"
        ).fetchall():
            self.act(close_round, name)

    @rule(
        alias=actors,
        how=st.sampled_from(("add", "change", "merge", "split", "retire", "restore", "move")),
        code=codes,
        other=codes,
    )
    def edit_the_codebook(
        self, alias: str, how: str, code: tuple[str, str], other: tuple[str, str]
    ) -> None:
        """One edit of the codebook; many are refused by the rules of the book."""
        number = next(self.numbers)
        edits: dict[str, Callable[..., Done]] = {
            "add": lambda s, c: editing.add(s, c, code[0], Code("", f"New {number}"), why="why"),
            "change": lambda s, c: editing.change(s, c, code[1], {"definition": f"{number % 3}"}),
            "merge": lambda s, c: editing.merge(s, c, [code[1]], other[1]),
            "split": lambda s, c: editing.split(
                s, c, code[1], [Code("", f"One {number}"), Code("", f"Two {number}")]
            ),
            "retire": lambda s, c: editing.retire(s, c, code[1]),
            "restore": lambda s, c: editing.restore(s, c, code[1]),
            "move": lambda s, c: editing.move(s, c, code[1], before=other[1]),
        }
        self.act(edits[how], self.coder(alias))

    @rule(alias=coders, place=places)
    def put_on_the_newest_code(self, alias: str, place: int) -> None:
        """A code that came with an edit, so that the edit is not undone from under it."""
        newest = self.study.codebook.code_sets[0].offered[-1]
        self.act(coding.put_code, self.coder(alias), self.ref(place), "cause", newest.id)

    @rule(alias=coders)
    def confirm_what_is_in_question(self, alias: str) -> None:
        refs = [row.ref for row in to_revisit(self.study, self.coder(alias))]
        if refs:
            self.act(confirm, self.coder(alias), refs)
            assert not to_revisit(self.study, self.coder(alias))

    @rule(alias=actors)
    def undo(self, alias: str) -> None:
        self.act(history.undo, self.coder(alias))

    @rule(alias=actors)
    def redo(self, alias: str) -> None:
        self.act(history.redo, self.coder(alias))

    @rule(alias=actors, times=st.integers(1, 4))
    def undo_and_redo_as_often(self, alias: str, times: int) -> None:
        """As many redos as undos lead back to where one was."""
        before = _states(self.study)
        undone = 0
        for _ in range(times):
            try:
                history.undo(self.study, self.coder(alias))
            except CoderError:
                break
            undone += 1
        for _ in range(undone):
            history.redo(self.study, self.coder(alias))
        assert _states(self.study) == before

    @rule(alias=coders, place=places, move=st.sampled_from(("code", "split", "undo", "finish")))
    def redo_after_somebody_else(self, alias: str, place: int, move: str) -> None:
        """An undo, something by the other person, perhaps on the same excerpt, and a redo."""
        other = CODERS[alias == CODERS[0]]
        self.act(history.undo, self.coder(alias))
        if move == "code":
            self.press_code(other, place, ("cause", "effort"))
        elif move == "split":
            self.split(other, place, 0.5)
        elif move == "undo":
            self.act(history.undo, self.coder(other))
        else:
            self.finish(other, place)
        self.act(history.redo, self.coder(alias))

    @rule()
    def close_and_open(self) -> None:
        before = dump(self.study)
        self.study.close()
        self.study = open_study(self.study.path)
        assert dump(self.study) == before

    @invariant()
    def the_state_is_what_the_live_actions_give(self) -> None:
        if hasattr(self, "study"):
            assert_tables_are_what_the_journal_says(self.study)

    @invariant()
    def answers_are_whole(self) -> None:
        if hasattr(self, "study"):
            assert_answers_are_whole(self.study)

    @invariant()
    def what_is_said_belongs_to_a_version_that_was_not_undone(self) -> None:
        if hasattr(self, "study"):
            db = self.study.store.db
            known = {uid for move in moves(db) for uid in move.after.values()}
            for table in ("coding", "decision", "settlement", "round"):
                rows = db.execute(
                    f"SELECT DISTINCT v.uid FROM {table} x"
                    " JOIN codebook_version v ON v.id = x.version"
                )
                assert {row[0] for row in rows} <= known
            current = set(self.study.codebook_ids.values())
            rows = db.execute(
                "SELECT v.uid FROM round r JOIN codebook_version v ON v.id = r.version"
                " WHERE r.closed_at IS NULL"
            )
            assert {row[0] for row in rows} <= current

    @invariant()
    def everybody_can_go_on_working(self) -> None:
        if hasattr(self, "study") and self.units():
            for alias in CODERS:
                coding.worksheet(self.study, self.coder(alias), "T-1")


def _states(study: Study) -> dict[tuple[str, str], Any]:
    """The present state of every object that the journal has ever named."""
    db = study.store.db
    rows = db.execute("SELECT DISTINCT object_kind, object_key FROM change").fetchall()
    return {(kind, key): KINDS[kind].read(db, key) for kind, key in rows}


TestHistory = History.TestCase
TestHistory.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
