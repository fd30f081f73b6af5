"""The newer doors to agreement tell nobody in an open round what others said of its units."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from coder.errors import CoderError, NotAllowed
from coder.model import Viewer
from coder.ops.agreeing import agreement
from coder.ops.agreement_report import Options
from coder.ops.coding import press_code
from coder.ops.corpus import add_coder, coder_named
from coder.ops.self_agreement import self_agreement
from coder.ops.settled_feedback import settled_feedback
from coder.ops.settling import disagreements, settle, settled_counts
from coder.ops.study import Study
from tests.ops.coded import book_of, coded_study, set_of, spread
from tests.rounds import close_round, open_round, round_number

TOPIC = set_of("topic", "multi", ["task", "talk", "other"], rule="any")
TEXTS = dict.fromkeys(("T-1", "T-2", "T-3"), ["Q-WHY"] * 2)
INSIDE, OUTSIDE = ["T-1:1", "T-1:2", "T-2:1"], ["T-2:2", "T-3:1", "T-3:2"]
CODERS = ("AL", "RR", "ZZ")
BLIND = ("AL", "RR", "", "QQ")
"""The coders of the round, a reader who gave no name, and one who gave a name nobody has."""

QUICK = Options(interval="none")
Door = Callable[[Study, Viewer], object]


def per(part: str) -> Door:
    def door(study: Study, viewer: Viewer) -> object:
        people, listwise = part == "role", part == "question"
        return agreement(study, viewer, options=QUICK, per=part, people=people, listwise=listwise)

    return door


DOORS: dict[str, Door] = {
    **{f"per {part}": per(part) for part in ("transcript", "question", "role", "round")},
    "the closed round": lambda s, v: (
        agreement(s, v, options=QUICK, round_name="past", people=True).rows
    ),
    "AL twice": lambda s, v: self_agreement(s, v, "AL", options=QUICK).rows,
    "RR twice": lambda s, v: self_agreement(s, v, "RR", options=QUICK).rows,
    "settled answers": settled_feedback,
    "settled answers of the round": lambda s, v: settled_feedback(s, v, round_name="past"),
    "counts": settled_counts,
    "counts of the round": lambda s, v: settled_counts(s, v, round_name="past"),
    "disagreements of the closed round": lambda s, v: disagreements(
        s, v, round_name="past", with_settled=True
    ),
}


@pytest.fixture(scope="module")
def blind(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """A closed round of all units, and an open one of AL and RR on half of them."""
    folder = tmp_path_factory.mktemp("blind")
    said = [
        *spread("AL", "topic", "task talk task other talk task", 2, "T"),
        *spread("RR", "topic", "task task talk other task talk", 2, "T"),
        *spread("ZZ", "topic", "other task talk other task task", 2, "T"),
    ]
    with coded_study(folder, book_of(TOPIC), TEXTS, said) as study:
        study.store.clock = lambda: "2030-01-01T00:00:00Z"
        refs = [*INSIDE, *OUTSIDE]
        open_round(study, "past", ["AL", "RR"], refs)
        for alias, codes in (
            ("AL", "task talk talk other talk task"),
            ("RR", "task task task other talk talk"),
        ):
            for ref, code in zip(refs, codes.split(), strict=True):
                number = round_number(study, "past")
                press_code(study, coder_named(study, alias), ref, "topic", code, number)
        study.store.clock = lambda: "2030-01-02T00:00:00Z"
        close_round(study, "past")
        settle(study, coder_named(study, "ZZ"), "T-1:2", "topic", ["talk"], "ZZ says so")
        settle(study, coder_named(study, "ZZ"), "T-3:1", "topic", ["task"], "ZZ says so")
        open_round(study, "now", ["AL", "RR"], INSIDE)
        yield study


def told(study: Study, door: Door, viewer: str) -> str:
    try:
        return repr(door(study, Viewer(viewer)))
    except CoderError as refusal:
        return str(refusal)


def others_say_something_else(study: Study, viewer: str) -> None:
    """Everybody but the viewer changes what they said of the units of the open round."""
    for alias in CODERS:
        if alias == viewer:
            continue
        coder = coder_named(study, alias)
        for ref in INSIDE:
            press_code(study, coder, ref, "topic", "other")
            number = round_number(study, "past")
            # The record of a closed round cannot be changed by hand, so its rows are.
            study.store.db.execute(
                "UPDATE coding SET code = (SELECT id FROM code WHERE name = 'other')"
                " WHERE pass = ? AND coder = (SELECT id FROM coder WHERE alias = ?)"
                " AND unit = (SELECT id FROM unit WHERE ref = ?)",
                (number, alias, ref),
            )
    if viewer != "ZZ":
        study.store.db.execute(
            "UPDATE settlement_code SET code = (SELECT id FROM code WHERE name = 'other')"
            " WHERE settlement IN (SELECT s.id FROM settlement s JOIN unit u ON u.id = s.unit"
            "  WHERE u.ref = 'T-1:2')"
        )


@contextmanager
def changed_by_others(study: Study, viewer: str) -> Iterator[None]:
    """The study after others said something else; all is undone in the end."""
    db = study.store.db
    db.execute("SAVEPOINT tried")
    others_say_something_else(study, viewer)
    yield
    db.execute("ROLLBACK TO tried")
    db.execute("RELEASE tried")


@pytest.mark.parametrize("viewer", ["AL", "RR", "QQ"])
def test_no_door_tells_what_others_said_in_the_round(blind: Study, viewer: str) -> None:
    before = {name: told(blind, door, viewer) for name, door in DOORS.items()}
    with changed_by_others(blind, viewer):
        for name, door in DOORS.items():
            assert told(blind, door, viewer) == before[name], name


def test_the_doors_are_open_to_whoever_is_not_in_the_round(blind: Study) -> None:
    before = {name: told(blind, door, "ZZ") for name, door in DOORS.items()}
    with changed_by_others(blind, "AL"):
        changed = {name for name, door in DOORS.items() if told(blind, door, "ZZ") != before[name]}
    assert changed == set(DOORS) - {"AL twice"}
    assert told(blind, settled_feedback, "ZZ") == before["settled answers"], "all is undone"


@pytest.mark.parametrize("viewer", BLIND)
def test_an_open_round_is_neither_listed_nor_compared(blind: Study, viewer: str) -> None:
    report = agreement(blind, Viewer(viewer), per="round")
    assert {row.group for row in report.rows} == {"past"}
    assert "rounds: Open, and not shown: now." in report.notes
    with pytest.raises(NotAllowed, match="the round now is open"):
        disagreements(blind, Viewer(viewer), round_name="now")
    with pytest.raises(NotAllowed, match="the round now is open"):
        settled_counts(blind, Viewer(viewer), round_name="now")


def test_all_that_is_hidden_is_refused(tmp_path: Path) -> None:
    said = [
        *spread("AL", "topic", "task talk", 2, "T"),
        *spread("RR", "topic", "task task", 2, "T"),
    ]
    with coded_study(tmp_path, book_of(TOPIC), {"T-1": ["Q-WHY"] * 2}, said) as study:
        add_coder(study, "ZZ")
        open_round(study, "past", ["AL", "RR"], ["T-1:1", "T-1:2"])
        for alias in ("AL", "RR"):
            for ref in ("T-1:1", "T-1:2"):
                coder = coder_named(study, alias)
                press_code(study, coder, ref, "topic", "talk", round_number(study, "past"))
        close_round(study, "past")
        open_round(study, "now", ["AL", "RR"], ["T-1:1", "T-1:2"])
        for part in ("role", "round", "transcript"):
            with pytest.raises(NotAllowed, match="while a round is open"):
                agreement(study, Viewer("AL"), per=part, people=True)
            assert agreement(study, Viewer("ZZ"), per=part).rows
        with pytest.raises(NotAllowed, match="while a round is open"):
            self_agreement(study, Viewer("AL"), "RR")
