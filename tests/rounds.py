"""Rounds put into a study straight through the store, until ``ops`` has a room for them."""

from __future__ import annotations

from collections.abc import Iterable

from coder.ops.coding import Done
from coder.ops.corpus import coder_named, find_unit
from coder.ops.study import Study


def open_round(study: Study, name: str, coders: Iterable[str], refs: Iterable[str]) -> Done:
    """Open a round of these coders on these units."""
    uid = study.store.new_id()
    state = {
        "name": name,
        "purpose": "reliability",
        "version": study.codebook_ids[study.codebook.id],
        "sample": {"seed": 1},
        "opened_at": study.store.clock(),
        "closed_at": None,
        "coders": sorted(coder_named(study, alias).id for alias in coders),
        "units": sorted(find_unit(study, ref).id for ref in refs),
    }
    with study.store.change("", "round") as done:
        done.put("round", uid, state)
        done.words = f"opened the round {name}"
    return Done(done.entry, done.words)


def close_round(study: Study, name: str) -> Done:
    """Close a round."""
    (uid,) = study.store.db.execute("SELECT uid FROM round WHERE name = ?", (name,)).fetchone()
    with study.store.change("", "round") as done:
        state = done.read("round", uid)
        assert state is not None
        done.put("round", uid, {**state, "closed_at": study.store.clock()})
        done.words = f"closed the round {name}"
    return Done(done.entry, done.words)


def round_number(study: Study, name: str) -> int:
    """The number by which a round is a pass."""
    row = study.store.db.execute("SELECT id FROM round WHERE name = ?", (name,)).fetchone()
    return int(row[0])
