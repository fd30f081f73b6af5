"""The next excerpt that fits, and what a coder used last; nothing of anybody else where blind."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from coder.errors import NotAllowed, UsageError
from coder.model import Coder
from coder.ops.coding import finish, nothing_applies, put_code, put_codes, remove_code
from coder.ops.corpus import add_coder
from coder.ops.desk_notes import leave_at
from coder.ops.flags import put_flag
from coder.ops.importing import import_files
from coder.ops.loading import load_codings
from coder.ops.recents import recent_codes, recent_transcripts
from coder.ops.rounds import find_round
from coder.ops.settling import settle
from coder.ops.study import Study, open_study
from coder.ops.walking import Wanted, disagreed_in, hiding_round, next_excerpt
from tests.factories import write_transcript
from tests.rounds import close_round, open_round, round_number

ONE, TWO, THREE = "T-1:1", "T-1:2", "T-1:3"


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return add_coder(study, "RR")


@pytest.fixture
def two(study: Study, tmp_path: Path) -> Study:
    """A second transcript beside the first."""
    import_files(study, [write_transcript(tmp_path, "T-2", person="P2")])
    return study


def walk(study: Study, coder: Coder, wanted: Wanted, **options: str) -> list[str]:
    """Every excerpt that fits, one step after the other."""
    refs: list[str] = []
    after = options.pop("after", "")
    while True:
        found = next_excerpt(study, coder, wanted, after=after, **options)  # type: ignore[arg-type]
        if found is None:
            return refs
        after = found.unit.ref
        refs.append(after)


def test_what_needs_work_is_walked_through_all_transcripts(two: Study, al: Coder) -> None:
    assert walk(two, al, Wanted("open")) == [ONE, TWO, THREE, "T-2:1", "T-2:2", "T-2:3"]
    finish(two, al, TWO)
    assert walk(two, al, Wanted("open"), transcript="T-1") == [ONE, THREE]
    assert walk(two, al, Wanted("open"), after=THREE) == ["T-2:1", "T-2:2", "T-2:3"]
    found = next_excerpt(two, al, Wanted("open"), after="T-2:2")
    assert found is not None
    assert found.words == "Some just do not try."


def test_only_own_flags_and_codes_count(two: Study, al: Coder, rr: Coder) -> None:
    put_flag(two, al, TWO, "quotable")
    put_flag(two, al, "T-2:4")
    put_flag(two, rr, ONE)
    put_code(two, al, THREE, "cause", "taught")
    put_code(two, rr, ONE, "cause", "taught")
    assert walk(two, al, Wanted("flagged")) == [TWO, "T-2:4"]
    assert walk(two, al, Wanted("flagged", "quotable")) == [TWO]
    assert walk(two, al, Wanted("code", "cause:taught")) == [THREE]


def test_what_cannot_be_looked_for_is_said(two: Study, al: Coder) -> None:
    with pytest.raises(UsageError, match="there is no code tought"):
        next_excerpt(two, al, Wanted("code", "tought"))
    with pytest.raises(UsageError, match="T-9"):
        next_excerpt(two, al, Wanted("open"), transcript="T-9")
    with pytest.raises(UsageError, match="T-2:1 is not an excerpt of T-1"):
        next_excerpt(two, al, Wanted("open"), transcript="T-1", after="T-2:1")


def test_disagreements_are_those_with_oneself(study: Study, al: Coder, rr: Coder) -> None:
    zz = add_coder(study, "ZZ")
    put_code(study, al, ONE, "cause", "taught")
    put_code(study, rr, ONE, "cause", "effort")
    for coder in (al, rr):
        put_code(study, coder, TWO, "support", "open")
    put_code(study, rr, THREE, "cause", "taught")
    put_code(study, zz, THREE, "cause", "effort")
    assert disagreed_in(study, al, "T-1") == {ONE}
    assert walk(study, rr, Wanted("disagreement")) == [ONE, THREE]
    settle(study, rr, ONE, "cause", ["effort"], "talked it over")
    assert disagreed_in(study, al, "T-1") == frozenset()


def test_in_an_open_round_nobody_is_compared(study: Study, al: Coder, rr: Coder) -> None:
    put_code(study, al, TWO, "support", "open")
    put_code(study, rr, TWO, "support", "steps")
    open_round(study, "R1", ("AL", "RR"), (ONE, TWO))
    for coder, code in ((al, "taught"), (rr, "effort")):
        put_code(study, coder, ONE, "cause", code, round_number(study, "R1"))
    with pytest.raises(NotAllowed, match="in the round R1 nobody sees another's codes"):
        disagreed_in(study, al, "T-1", find_round(study, "R1"))
    assert disagreed_in(study, al, "T-1") == frozenset()
    assert hiding_round(study, al) == "R1"
    close_round(study, "R1")
    assert disagreed_in(study, al, "T-1", find_round(study, "R1")) == {ONE}
    assert disagreed_in(study, al, "T-1") == {ONE, TWO}
    assert hiding_round(study, al) == ""


def test_a_round_is_walked_through_by_its_own_excerpts(study: Study, al: Coder) -> None:
    open_round(study, "R1", ("AL",), (ONE, THREE))
    found = next_excerpt(study, al, Wanted("open"), after=ONE, in_round=find_round(study, "R1"))
    assert found is not None
    assert found.unit.ref == THREE


def test_codes_used_last_come_first_and_are_ones_own(study: Study, al: Coder, rr: Coder) -> None:
    assert recent_codes(study, al, study.codebook) == ()
    put_codes(study, al, ONE, ["taught"])
    put_codes(study, al, TWO, ["open"])
    put_codes(study, rr, ONE, ["effort"])
    put_codes(study, al, THREE, ["taught"])
    remove_code(study, al, THREE, "cause", "taught")
    assert recent_codes(study, al, study.codebook) == ("taught", "open")


def test_loading_somebody_elses_codes_shows_none_of_them(
    study: Study, al: Coder, rr: Coder, tmp_path: Path
) -> None:
    path = tmp_path / "theirs.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [("excerpt", "code_set", "code", "coder"), (ONE, "cause", "effort", "RR")]
        )
    load_codings(study, path, coder="AL")
    assert recent_codes(study, al, study.codebook) == ()
    assert recent_transcripts(study, al) == ()


def test_transcripts_worked_in_last_come_first(two: Study, al: Coder, rr: Coder) -> None:
    put_flag(two, al, "T-2:1")
    nothing_applies(two, al, ONE, "cause")
    put_flag(two, rr, "T-2:1")
    assert recent_transcripts(two, al) == ("T-1", "T-2")


def test_where_somebody_is_changes_nothing_for_another_window(study: Study, al: Coder) -> None:
    put_flag(study, al, ONE)
    assert not study.changed_elsewhere()
    with open_study(study.path) as other:
        leave_at(other, al, "T-1", TWO, 10)
        assert not study.changed_elsewhere()
        put_flag(study, al, TWO)
        leave_at(other, al, "T-1", ONE, 10)
        assert not study.changed_elsewhere(), "one's own change is not the other's"
        put_flag(other, al, TWO, "quotable")
        assert study.changed_elsewhere()
        assert not study.changed_elsewhere()
