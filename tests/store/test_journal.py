"""The journal's own promises: one entry a change, never rewritten, erased at most."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coder.errors import NotAllowed
from coder.ops.coding import press_code
from coder.ops.corpus import add_coder
from coder.ops.history import undo
from coder.ops.study import Study
from coder.store import Store
from coder.store.keys import (
    answer_key,
    answer_of,
    below,
    coding_key,
    first_part,
    last_part,
    memo_key,
)
from tests.factories import make_study
from tests.replaying import dump


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET words = 'nothing happened'",
        "UPDATE entry SET at = '1999-01-01T00:00:00Z'",
        "DELETE FROM entry",
        "INSERT OR REPLACE INTO entry SELECT * FROM entry",
        "REPLACE INTO entry (uid, lamport, actor, at, kind, words, format, root)"
        " SELECT uid, 99, '', '', 'x', 'nothing happened', 1, uid FROM entry LIMIT 1",
        "UPDATE change SET after = '\"other\"'",
        "UPDATE change SET before = NULL, after = NULL, object_key = 'other'",
        "UPDATE change SET before = NULL, after = NULL, position = position + 100",
        "DELETE FROM change",
        "INSERT OR REPLACE INTO change SELECT entry, position, 'x', 'x', 'x', NULL, NULL"
        " FROM change",
    ],
)
def test_entries_are_never_rewritten(study: Study, statement: str) -> None:
    before = dump(study)
    with pytest.raises(sqlite3.IntegrityError, match="journal"):
        study.store.db.execute(statement)
    assert dump(study) == before


def test_payloads_can_be_erased_and_then_not_be_undone(study: Study) -> None:
    al = add_coder(study, "AL")
    done = press_code(study, al, "T-1:1", "cause", "effort")
    study.store.db.execute(
        "UPDATE change SET before = NULL, after = NULL"
        " WHERE entry = (SELECT id FROM entry WHERE uid = ?)",
        (done.entry,),
    )
    before = dump(study)
    with pytest.raises(NotAllowed, match="its text was erased"):
        undo(study, al)
    assert dump(study) == before


def test_an_entry_says_who_when_what_before_and_after(study: Study) -> None:
    study.store.clock = lambda: "2024-05-06T07:08:09Z"
    with study.store.change("somebody", "rename") as done:
        done.put("setting", "name", {"value": "Better"})
        done.put("setting", "colour", {"value": "green"})
        done.words = "called it Better"
    entry = study.store.db.execute("SELECT * FROM entry WHERE uid = ?", (done.entry,)).fetchone()
    assert {k: entry[k] for k in ("actor", "at", "kind", "words", "undoes", "format")} == {
        "actor": "somebody",
        "at": "2024-05-06T07:08:09Z",
        "kind": "rename",
        "words": "called it Better",
        "undoes": None,
        "format": 1,
    }
    assert entry["root"] == done.entry
    changes = study.store.db.execute(
        "SELECT * FROM change WHERE entry = ? ORDER BY position", (entry["id"],)
    ).fetchall()
    assert [tuple(c)[2:] for c in changes] == [
        ("setting", "name", "value", '"test"', '"Better"'),
        ("setting", "colour", "*", None, '{"value":"green"}'),
    ]


def test_nothing_changed_is_no_entry(study: Study) -> None:
    before = dump(study)
    with study.store.change("", "rename") as done:
        done.put("setting", "name", {"value": "test"})
        done.put("setting", "never", None)
    assert done.entry == ""
    assert dump(study) == before


def test_counters_go_up_one_by_one_whatever_the_clock_says(study: Study) -> None:
    times = iter(("2030-01-01T00:00:00Z", "1999-01-01T00:00:00Z", "2010-01-01T00:00:00Z"))
    study.store.clock = lambda: next(times)
    first = _newest(study)
    for number in range(3):
        with study.store.change("", "rename") as done:
            done.put("setting", "name", {"value": str(number)})
        assert _newest(study) == first + number + 1


def _newest(study: Study) -> int:
    return int(study.store.db.execute("SELECT max(lamport) FROM entry").fetchone()[0])


def rename(study: Study, name: str) -> str:
    with study.store.change("", "rename") as done:
        done.put("setting", "name", {"value": name})
    return done.entry


def rename_and_fail(study: Study, name: str) -> None:
    with study.store.change("", "rename") as done:
        done.put("setting", "name", {"value": name})
        raise RuntimeError("failed on the way")


def rename_twice_and_fail(study: Study) -> None:
    with study.store.together():
        rename(study, "one")
        rename(study, "two")
        raise RuntimeError("failed on the way")


def test_changes_made_together_are_kept_together(study: Study) -> None:
    before = dump(study)
    with pytest.raises(RuntimeError):
        rename_twice_and_fail(study)
    assert dump(study) == before
    with study.store.together():
        first, second = rename(study, "one"), rename(study, "two")
    assert study.name == "two"
    assert first != second


def test_a_part_that_fails_takes_only_itself_back(study: Study) -> None:
    with study.store.together():
        rename(study, "one")
        with pytest.raises(RuntimeError):
            rename_and_fail(study, "two")
    assert study.name == "one"


def test_a_rehearsal_is_not_kept(study: Study) -> None:
    before = dump(study)
    with study.store.rehearsal() as done:
        done.put("setting", "name", {"value": "tried"})
        assert study.name == "tried"
    assert dump(study) == before
    with study.store.together():
        with study.store.rehearsal() as done:
            done.put("setting", "name", {"value": "tried"})
        assert study.name == "test"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """One study for all examples of a property."""
    with make_study(tmp_path_factory.mktemp("shared")) as study:
        yield study


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(metadata=st.dictionaries(st.text(), plain, max_size=4), text=st.text())
def test_whatever_people_write_comes_back(
    shared: Study, metadata: dict[str, object], text: str
) -> None:
    study = shared
    with study.store.change("", "test") as done:
        state = done.read("transcript", "T-1")
        assert state is not None
        wanted = {**state, "metadata": metadata, "wave": text}
        done.put("transcript", "T-1", wanted)
    assert done.read("transcript", "T-1") == json.loads(json.dumps(wanted))
    undo(study, None)
    assert done.read("transcript", "T-1") == state


uids = st.uuids().map(str)


@given(uids, uids, uids, st.just("0") | uids, uids, uids)
def test_keys_of_what_stands_on_something_continue_its_key(
    unit: str, code_set: str, coder: str, pass_: str, coding: str, memo: str
) -> None:
    answer = answer_key(unit, code_set, coder, pass_)
    key = coding_key(answer, coding)
    on_coding, on_unit = memo_key(key, memo), memo_key(unit, memo)
    for inner, outer in ((answer, unit), (key, answer), (on_coding, key), (on_unit, unit)):
        low, high = below(outer)
        assert low < inner < high
        assert not low < outer < high
    assert first_part(on_coding) == first_part(answer) == unit
    assert last_part(on_coding) == memo
    assert answer_of(on_coding) == answer_of(key) == answer_of(answer) == answer


@given(uids, uids)
def test_keys_of_one_unit_are_not_taken_for_another_units(unit: str, other: str) -> None:
    low, high = below(unit)
    assert (low < answer_key(other, "s", "c", "0") < high) == (unit == other)


def test_nobody_else_writes_between_what_a_change_reads_and_what_it_writes(study: Study) -> None:
    with (
        closing(sqlite3.connect(study.path, timeout=0, isolation_level=None)) as other,
        study.store.change("", "rename") as done,
    ):
        done.read("setting", "name")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        done.put("setting", "name", {"value": "mine"})
    assert study.name == "mine"


def test_two_windows_take_turns(study: Study, tmp_path: Path) -> None:
    """Reading and then writing beside another writer waits instead of failing."""
    other = Store.open(study.path)
    for number in range(5):
        for store in (study.store, other):
            with store.change("", "rename") as done:
                name = done.read("setting", "name")
                assert name is not None
                done.put("setting", "name", {"value": f"{name['value']}{number}"})
    assert study.name == "test0011223344"
    other.close()
