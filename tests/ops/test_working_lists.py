"""Working lists: the wide read against a plain filter over all worksheets; the way through one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.errors import UsageError
from coder.model import Coder, Viewer, resolved
from coder.ops import codebook_editing as editing
from coder.ops import coding, flags
from coder.ops.coding import UnitWork, unit_work, worksheet
from coder.ops.corpus import add_coder, list_transcripts, read_transcript
from coder.ops.excerpts import drop_excerpt
from coder.ops.list_walking import Walk
from coder.ops.pace import Pace, minutes_left, own_pace, pace_of, set_progress, time_in_words
from coder.ops.study import Study
from coder.ops.working_lists import Listed, WorkingList, checked, in_words, read_list
from coder.store.journal import immediate
from tests.factories import make_study
from tests.rounds import close_round, open_round, round_number

TEXTS = (
    {"name": "A-1", "person": "P1", "role": "teacher"},
    {"name": "B-1", "person": "P2", "role": "coach", "year": "2024-25"},
    {"name": "C-1", "person": "P3", "role": "teacher", "district": "South"},
)
REFS = tuple(f"{text['name']}:{number}" for text in TEXTS for number in (1, 2, 3, 4))
ROUND = ("A-1:1", "A-1:2", "B-1:3")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """Three interviews, AL and RR; a round of three excerpts that is closed, one that is open."""
    folder: Path = tmp_path_factory.mktemp("lists")
    with make_study(folder, TEXTS) as study:
        al, rr = add_coder(study, "AL"), add_coder(study, "RR")
        open_round(study, "R0", ("AL", "RR"), ROUND)
        close_round(study, "R0")
        for coder in (al, rr):
            coding.put_code(study, coder, "A-1:3", "cause", "effort")
            coding.put_code(study, coder, "C-1:1", "cause", "hard")
        editing.change(study, al, "effort", {"definition": "Other words."})
        open_round(study, "R1", ("AL", "RR"), ("C-1:1", "C-1:2"))
        yield study


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(("AL", "RR")),
        st.sampled_from(("code", "support", "nothing", "finish", "flag", "quotable", "round")),
        st.sampled_from(REFS),
    ),
    max_size=10,
)


def act(study: Study, coder: Coder, verb: str, ref: str) -> None:
    if verb == "code":
        coding.put_code(study, coder, ref, "cause", "effort")
    elif verb == "support":
        coding.put_code(study, coder, ref, "support", "open")
    elif verb == "nothing":
        coding.nothing_applies(study, coder, ref, "vision")
    elif verb == "finish":
        coding.finish(study, coder, ref)
    elif verb == "round":
        coding.put_code(study, coder, "C-1:2", "support", "steps", round_number(study, "R1"))
    else:
        flags.put_flag(study, coder, ref, "discuss" if verb == "flag" else verb)


def some(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


LISTS = st.builds(
    WorkingList,
    needs=st.sampled_from(("", "open", "revisit")),
    flag=st.sampled_from((None, None, None, "", "discuss")),
    code=st.sampled_from(("", "", "", "cause:effort", "cause:hard")),
    roles=some("teacher", "coach"),
    districts=some("North", "South"),
    waves=some("winter"),
    years=some("2023-24", "2024-25"),
    questions=some("Q-WHY", "Q-ADJUST", "Q-CLOSE"),
    transcripts=some("A-1", "B-1", "C-1"),
    round=st.sampled_from(("", "", "R0", "R1")),
)


def naive(study: Study, coder: Coder, wanted: WorkingList, pass_: int) -> list[UnitWork]:
    """Every worksheet, one excerpt after the other, as the coding screen has them."""
    found = []
    rounds = {"R0": ROUND, "R1": ("C-1:1", "C-1:2")}
    for row in list_transcripts(study, Viewer(coder.alias), with_progress=False):
        text = read_transcript(study, Viewer(coder.alias), row.name)
        people = {person.id: person for person in text.participants}
        for work in worksheet(study, coder, row.name, pass_):
            person = people[work.unit.participant]
            codes = frozenset(c.code for c in work.codings)
            codes |= resolved(study.codebook, codes)
            fits = (
                (not wanted.roles or person.attributes["role"] in wanted.roles)
                and (not wanted.districts or person.attributes["district"] in wanted.districts)
                and (not wanted.waves or row.wave in wanted.waves)
                and (not wanted.years or row.year in wanted.years)
                and (not wanted.questions or work.unit.question in wanted.questions)
                and (not wanted.transcripts or row.name in wanted.transcripts)
                and (not wanted.round or work.unit.ref in rounds[wanted.round])
                and (wanted.flag is None or (wanted.flag or next(iter(work.flags), "-"))
                     in work.flags)
                and (not wanted.code or wanted.code.partition(":")[2] in codes)
                and (wanted.needs != "open" or not work.is_finished)
                and (wanted.needs != "revisit" or bool(work.in_question))
            )  # fmt: skip
            if fits:
                found.append(work)
    return found


def state_of(work: UnitWork) -> str:
    if not (work.asked or work.codings or work.decisions):
        return "not asked"
    return "finished" if work.is_finished else "started" if work.is_started else "open"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTIONS, LISTS, st.sampled_from(("AL", "RR")), st.booleans())
def test_a_list_is_what_a_plain_filter_finds(
    corpus: Study, actions: list[tuple[str, str, str]], wanted: WorkingList, who: str, inside: bool
) -> None:
    coders = {alias: add_coder(corpus, alias) for alias in ("AL", "RR")}
    pass_ = round_number(corpus, "R1") if inside else 0
    with immediate(corpus.store.db, corpus.path, keep=False):
        for alias, verb, ref in actions:
            act(corpus, coders[alias], verb, ref)
        expected = naive(corpus, coders[who], wanted, pass_)
        found = read_list(corpus, coders[who], wanted, pass_)
        assert [row.ref for row in found] == [work.unit.ref for work in expected]
        for row, work in zip(found, expected, strict=True):
            assert row.state == state_of(work)
            assert row.asked == work.asked
            assert row.decided == set(work.decisions)
        refs = REFS[::3]
        some_of_it = read_list(corpus, coders[who], wanted, pass_, refs=refs)
        assert some_of_it == tuple(row for row in found if row.ref in refs)
        # Shuffled it is the same list, and the same order for the same seed.
        shuffled = read_list(corpus, coders[who], replace(wanted, seed=3), pass_)
        assert sorted(shuffled) == sorted(found)
        assert shuffled == read_list(corpus, coders[who], replace(wanted, seed=3), pass_)


def test_shuffling_is_by_seed_and_stays_when_others_leave(corpus: Study) -> None:
    al = add_coder(corpus, "AL")
    orders = {
        seed: [row.ref for row in read_list(corpus, al, WorkingList(seed=seed))]
        for seed in range(5)
    }
    assert len({tuple(order) for order in orders.values()}) == 5
    fewer = read_list(corpus, al, WorkingList(seed=2, transcripts=("A-1", "C-1")))
    assert [row.ref for row in fewer] == [r for r in orders[2] if not r.startswith("B-1")]


def test_a_list_reads_no_transcript(corpus: Study) -> None:
    statements: list[str] = []
    al = add_coder(corpus, "AL")
    corpus.store.db.set_trace_callback(statements.append)
    try:
        read_list(corpus, al, WorkingList(needs="open", roles=("teacher",)))
    finally:
        corpus.store.db.set_trace_callback(None)
    # The books, the code sets, the excerpts: as many for a thousand interviews as for three.
    assert len(statements) == 4
    assert not [one for one in statements if "revision" in one or "turn" in one]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (WorkingList(roles=("tacher",)), "no excerpt has the role tacher (did you mean teacher?)"),
        (WorkingList(transcripts=("A-9",)), "there is no transcript A-9"),
        (WorkingList(round="R9"), "there is no round R9"),
        (WorkingList(code="efort"), "there is no code efort"),
    ],
)
def test_what_is_nowhere_is_said(corpus: Study, wanted: WorkingList, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        checked(corpus, wanted)
    assert message in str(caught.value)


def test_a_list_in_words(corpus: Study) -> None:
    known = checked(corpus, WorkingList(code="effort"))
    assert known.code == "cause:effort"
    words = {
        WorkingList(): "everything",
        WorkingList(needs="open", roles=("teacher", "coach")): "needs work, teacher/coach",
        replace(known, flag="", seed=4): "flagged, with Effort, shuffled 4",
        WorkingList(needs="revisit", round="R1", flag="discuss"): (
            "to revisit, flagged discuss, round R1"
        ),
    }
    assert {wanted: in_words(corpus.codebook, wanted) for wanted in words} == words


# The way through a list.


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Study]:
    with make_study(tmp_path, TEXTS) as study:
        yield study


def where(walk: Walk, study: Study, ref: str, step: int = 1) -> Any:
    found = walk.step(unit_work(study, walk.coder, ref).unit if ref else None, step)
    return (found.ref, found.is_round) if found else None


def test_the_way_through_a_list(fresh: Study) -> None:
    al = add_coder(fresh, "AL")
    walk = Walk(fresh, al, WorkingList(needs="open", questions=("Q-ADJUST",)))
    assert [row.ref for row in walk.rows] == ["A-1:2", "B-1:2", "C-1:2"]
    assert where(walk, fresh, "A-1:2") == ("B-1:2", False)
    assert where(walk, fresh, "B-1:2", -1) == ("A-1:2", False)
    # From an excerpt that is not in it: on from there in the text.
    assert where(walk, fresh, "A-1:3") == ("B-1:2", False)
    assert where(walk, fresh, "B-1:4", -1) == ("B-1:2", False)
    assert where(walk, fresh, "A-1:1", -1) == ("C-1:2", True)
    assert where(walk, fresh, "") == ("A-1:2", False)
    coding.finish(fresh, al, "B-1:2")
    assert len(walk) == 3
    assert walk.place_of("C-1:2") == 2
    assert where(walk, fresh, "A-1:2") == ("C-1:2", False)
    assert where(walk, fresh, "C-1:2") == ("A-1:2", True)
    assert len(walk) == 2
    drop_excerpt(fresh, al, "C-1:2")
    assert where(walk, fresh, "A-1:2") is None
    assert len(walk) == 1
    coding.finish(fresh, al, "A-1:2")
    assert where(walk, fresh, "A-1:2") is None
    assert len(walk) == 0


def test_a_shuffled_way_goes_on_from_where_it_was_left(fresh: Study) -> None:
    walk = Walk(fresh, add_coder(fresh, "AL"), WorkingList(seed=1, questions=("Q-WHY",)))
    order = [row.ref for row in walk.rows]
    walk.arrive(order[2])
    walk.arrive("B-1:4")
    assert where(walk, fresh, "B-1:4") == (order[3], False)
    assert where(walk, fresh, order[-1]) == (order[0], True)


# Pace and progress.


def test_the_pace_is_of_the_last_twenty_and_leaves_pauses_out() -> None:
    assert pace_of([]) is None
    assert pace_of([0, 60, 120, 180, 240]) is None
    assert pace_of([0, 60, 120, 180, 240, 300]) == Pace(60, 5)
    assert pace_of([300, 0, 240, 60, 180, 120]) == Pace(60, 5)
    assert pace_of([*range(0, 360, 60), 10_000, *range(10_060, 10_240, 60)]) == Pace(60, 8)
    slow_then_fast = [*range(0, 6000, 200), *range(6010, 6220, 10)]
    assert pace_of(slow_then_fast) == Pace(360, 20)
    assert pace_of([5] * 30) is None


@given(st.lists(st.integers(0, 10**6), max_size=60), st.integers(0, 500))
def test_time_left_is_never_less_than_a_minute(times: list[int], excerpts: int) -> None:
    pace = pace_of([float(time) for time in times])
    minutes = minutes_left(pace, excerpts)
    assert (minutes is None) == (pace is None or excerpts == 0)
    assert minutes is None or minutes >= 1
    if pace is not None:
        assert pace.per_hour >= 3600 / 300


def test_times_in_words() -> None:
    words = {1: "1 min", 9: "9 min", 23: "25 min", 89: "90 min", 90: "1.5 h", 240: "4 h"}
    assert {minutes: time_in_words(minutes) for minutes in words} == words


def test_own_pace_is_of_ones_own_hand(fresh: Study) -> None:
    al, rr = add_coder(fresh, "AL"), add_coder(fresh, "RR")
    minute = [0]
    fresh.store.clock = lambda: f"2030-01-01T10:{minute[0]:02}:00Z"
    for number, ref in enumerate(REFS):
        minute[0] += 3
        coding.put_code(fresh, al, ref, "cause", "taught")
        coding.finish(fresh, al, ref)
        if number % 2:
            minute[0] += 1
            coding.finish(fresh, rr, ref)
    assert own_pace(fresh, al) == Pace(3600 * 11 / (11 * 180 + 5 * 60), 11)
    assert own_pace(fresh, rr) is None
    assert own_pace(fresh, al, since="2030-01-01T10:30:00Z") is None


def test_progress_by_set(fresh: Study) -> None:
    al = add_coder(fresh, "AL")
    coding.put_code(fresh, al, "A-1:1", "cause", "taught")
    coding.finish(fresh, al, "B-1:2")
    rows: tuple[Listed, ...] = read_list(fresh, al, WorkingList())
    found = {one.code_set: (one.finished, one.asked) for one in set_progress(rows, fresh.codebook)}
    assert found == {"cause": (1, 6), "support": (1, 3), "vision": (0, 6), "who": (1, 9)}
