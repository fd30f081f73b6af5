"""Sorting codes into piles: moves, undo, other people, adoption, agreement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from coder.errors import NotAllowed, UsageError
from coder.formats.tables import to_csv, to_text
from coder.model import Coder, Viewer
from coder.ops import corpus, history
from coder.ops.adopting import adopt
from coder.ops.categories import categorize, tree_lines
from coder.ops.coding import Done
from coder.ops.scratch import put_new_code
from coder.ops.sort_agreement import sort_agreement
from coder.ops.sorting import (
    CodeSorting,
    discard,
    make_loose,
    put_into,
    remove_pile,
    rename_pile,
    sorting_by,
)
from coder.ops.sorting_tables import pairs_page, pairs_table, piles_page, piles_table, split_table
from coder.ops.study import Study, check_study
from tests.factories import make_study
from tests.replaying import assert_tables_are_what_the_journal_says, dump
from tests.rounds import open_round

AWKWARD = "=1+1 [/ [laughs] 👩‍🏫 \u202egnik\u202c"


@pytest.fixture
def al(study: Study) -> Coder:
    return corpus.add_coder(study, "AL")


@pytest.fixture
def rr(study: Study) -> Coder:
    return corpus.add_coder(study, "RR")


def piles(study: Study, coder: Coder, code_set: str = "cause") -> dict[str, list[str]]:
    found = sorting_by(study, coder, code_set)
    return {
        **{pile.name: [code.id for code in pile.codes] for pile in found.piles},
        "-": [code.id for code in found.discarded],
        "?": [code.id for code in found.loose],
    }


def test_codes_move_between_piles_discard_and_loose(study: Study, al: Coder) -> None:
    done = put_into(study, al, "cause", ["taught", "Earlier years"], "Time")
    assert done.words == "put Teaching, Earlier years into the pile Time"
    put_into(study, al, "cause", ["effort"], "Children")
    put_into(study, al, "cause", ["before"], "children", also=True)
    discard(study, al, "cause", ["unclear"])
    assert piles(study, al) == {
        "Time": ["taught", "before"],
        "Children": ["before", "effort"],
        "-": ["unclear"],
        "?": ["both", "hard"],
    }
    assert [code.id for code in sorting_by(study, al, "cause").in_several] == ["before"]
    put_into(study, al, "cause", ["before"], "Children")
    discard(study, al, "cause", ["taught"])
    make_loose(study, al, "cause", ["unclear"])
    put_into(study, al, "cause", ["taught"], "Time", also=True)
    assert piles(study, al) == {
        "Time": ["taught"],
        "Children": ["before", "effort"],
        "-": [],
        "?": ["both", "hard", "unclear"],
    }
    assert_tables_are_what_the_journal_says(study)
    assert "as the journal says" in check_study(study)[0]


def test_saying_the_same_again_is_no_action(study: Study, al: Coder) -> None:
    put_into(study, al, "cause", ["taught"], "Time")
    assert not put_into(study, al, "cause", ["taught"], " time ").entry
    assert not put_into(study, al, "cause", ["taught"], "Time", also=True).entry
    discard(study, al, "cause", ["taught"])
    assert not discard(study, al, "cause", ["taught"]).entry
    assert make_loose(study, al, "cause", ["taught"]).entry
    assert not make_loose(study, al, "cause", ["taught"]).entry


def test_piles_are_named_renamed_and_taken_away(study: Study, al: Coder) -> None:
    assert put_into(study, al, "cause", [], AWKWARD).words == f"made the pile {AWKWARD}"
    put_into(study, al, "cause", ["taught", "before"], "Time")
    put_into(study, al, "cause", ["taught"], AWKWARD, also=True)
    rename_pile(study, al, "cause", "TIME", "Years")
    with pytest.raises(UsageError, match="no pile can be called discarded"):
        rename_pile(study, al, "cause", "Years", "discarded")
    assert rename_pile(study, al, "cause", "Years", "years").entry, "another spelling is a change"
    with pytest.raises(UsageError, match=r"there is a pile =1\+1 \[/ \[laughs\]"):
        rename_pile(study, al, "cause", "years", AWKWARD)
    with pytest.raises(UsageError, match="there is no pile yeers"):
        remove_pile(study, al, "cause", "yeers")
    remove_pile(study, al, "cause", "years")
    assert piles(study, al)[AWKWARD] == ["taught"]
    assert "before" in piles(study, al)["?"]
    history.undo(study, al)
    assert piles(study, al)["years"] == ["taught", "before"]
    assert_tables_are_what_the_journal_says(study)


def test_undo_takes_back_move_by_move_and_redo_brings_back(study: Study, al: Coder) -> None:
    states = [dump_of(study, al)]
    moves: tuple[Callable[[], Done], ...] = (
        lambda: put_into(study, al, "cause", ["taught"], "Time"),
        lambda: put_into(study, al, "cause", ["taught"], "Place", also=True),
        lambda: discard(study, al, "cause", ["taught", "effort"]),
        lambda: rename_pile(study, al, "cause", "Time", "Years"),
        lambda: remove_pile(study, al, "cause", "Place"),
    )
    for move in moves:
        move()
        states.append(dump_of(study, al))
    for state in reversed(states[:-1]):
        history.undo(study, al)
        assert dump_of(study, al) == state
    for state in states[1:]:
        history.redo(study, al)
        assert dump_of(study, al) == state
    assert_tables_are_what_the_journal_says(study)


def dump_of(study: Study, coder: Coder) -> CodeSorting:
    return sorting_by(study, coder, "cause")


def test_nobody_is_in_anybodys_way(study: Study, al: Coder, rr: Coder) -> None:
    put_into(study, al, "cause", ["taught"], "Time")
    put_into(study, rr, "cause", ["taught"], "Time")
    put_into(study, rr, "cause", ["effort"], "Children")
    history.undo(study, al)
    assert piles(study, al)["?"] == ["taught", "before", "effort", "both", "hard", "unclear"]
    assert "Time" not in piles(study, al)
    assert piles(study, rr)["Time"] == ["taught"]
    with pytest.raises(UsageError, match="there is no pile Children"):
        rename_pile(study, al, "cause", "Children", "Kids")


def test_others_moves_are_not_read_in_the_log(study: Study, al: Coder, rr: Coder) -> None:
    put_into(study, rr, "cause", ["taught"], "Secret")
    history.undo(study, rr)
    words = " ".join(line.words for line in history.log(study, Viewer("AL")))
    assert "Secret" not in words
    assert "Secret" in " ".join(line.words for line in history.log(study, Viewer("RR")))
    assert "Secret" in " ".join(line.words for line in history.log(study, Viewer()))


@pytest.mark.parametrize(
    ("codes", "pile", "why"),
    [
        (["nonsense"], "Time", "there is no code nonsense in cause"),
        (["top"], "Time", "Top is a category"),
        (["taught"], " ", "a pile needs a name"),
        (["taught"], "a\x1b[2J", r"the name holds the control character U\+001B"),
        (["taught"], "Discarded", "no pile can be called Discarded"),
        (["taught"], "loose", "no pile can be called loose"),
    ],
)
def test_what_cannot_be_sorted_is_refused_and_nothing_is_left(
    study: Study, al: Coder, codes: list[str], pile: str, why: str
) -> None:
    categorize(study, al, "cause", "Top")
    before = dump(study)
    with pytest.raises(UsageError, match=why):
        put_into(study, al, "cause", codes, pile)
    assert dump(study) == before


def test_the_scratch_set_is_meant_where_none_is_named(study: Study, al: Coder) -> None:
    with pytest.raises(UsageError, match="which code set"):
        sorting_by(study, al)
    put_new_code(study, al, "T-1:1", "no fractions")
    put_into(study, al, "", ["No  Fractions"], "Time")
    assert piles(study, al, "tiny:scratch")["Time"] == ["no_fractions"]
    history.undo(study, al)
    history.undo(study, al)
    with pytest.raises(UsageError, match="which code set"):
        sorting_by(study, al)


def test_piles_become_categories(study: Study, al: Coder, rr: Coder) -> None:
    with pytest.raises(UsageError, match="AL has no codes of cause in piles"):
        adopt(study, al, "cause")
    put_into(study, al, "cause", ["taught", "before"], "Time")
    put_into(study, al, "cause", ["before", "effort"], "Children", also=True)
    put_into(study, al, "cause", [], "Empty")
    discard(study, al, "cause", ["unclear"])
    put_into(study, rr, "cause", ["taught"], "Else")
    with pytest.raises(UsageError, match=r"Earlier years \(Time, Children\).*--first"):
        adopt(study, al, "cause")
    before = piles(study, al), piles(study, rr)
    done = adopt(study, al, "cause", first=True)
    assert done.words == (
        "made AL's 2 piles categories of cause; under the first of several piles: Earlier years;"
        " 2 loose and 1 discarded codes stay where they were"
    )
    tree = [(one.depth, one.code.name) for one in tree_lines(study, Viewer(), "cause")]
    assert tree[3:] == [
        (0, "Time"),
        (1, "Teaching"),
        (1, "Earlier years"),
        (0, "Children"),
        (1, "Effort"),
    ]
    assert (piles(study, al), piles(study, rr)) == before
    assert not adopt(study, al, "cause", first=True).entry
    history.undo(study, al)
    assert not any(one.code.is_category for one in tree_lines(study, Viewer(), "cause"))
    assert_tables_are_what_the_journal_says(study)


def test_an_open_round_stops_adoption_not_sorting(study: Study, al: Coder) -> None:
    open_round(study, "R1", ["AL"], ["T-1:1"])
    assert put_into(study, al, "cause", ["taught"], "Time").entry
    with pytest.raises(NotAllowed, match="open round R1"):
        adopt(study, al, "cause")


def test_agreement_counts_what_it_rests_on_and_what_it_leaves_out(
    study: Study, al: Coder, rr: Coder
) -> None:
    with pytest.raises(UsageError, match="nobody has sorted codes of cause"):
        sort_agreement(study, "cause")
    put_into(study, al, "cause", ["taught", "before"], "Time")
    with pytest.raises(UsageError, match="only AL has sorted codes of cause"):
        sort_agreement(study, "cause")
    put_into(study, al, "cause", ["effort", "both"], "Children")
    discard(study, al, "cause", ["hard", "unclear"])
    put_into(study, rr, "cause", ["taught", "before", "effort"], "School")
    put_into(study, rr, "cause", ["both", "hard"], "Other")
    report = sort_agreement(study, "cause")
    (pair,) = report.pairs
    found = pair.agreement
    assert (pair.coders, found.things, found.in_several) == (("AL", "RR"), 4, 0)
    assert found.index == pytest.approx(0.0)
    assert (pair.discarded_by_both, pair.discarded_by_one, pair.loose) == (0, 1, 1)
    assert found.things + pair.discarded_by_both + pair.discarded_by_one + pair.loose == 6
    assert [(one.one, one.other, one.together) for one in report.split] == [
        ("taught", "effort", ("RR",)),
        ("before", "effort", ("RR",)),
        ("effort", "both", ("AL",)),
    ]
    put_into(study, rr, "cause", ["effort"], "Other", also=True)
    found = sort_agreement(study, "cause").pairs[0].agreement
    assert found.in_several == 1
    assert found.index == pytest.approx(0.4)
    assert sort_agreement(study, "tiny:cause", ["RR", "AL"]).pairs[0].coders == ("AL", "RR")


def test_tables_keep_awkward_names(study: Study, al: Coder, rr: Coder) -> None:
    for coder in (al, rr):
        put_new_code(study, coder, "T-1:1", f"{AWKWARD} one")
        put_new_code(study, coder, "T-1:1", f"{AWKWARD} two")
    codes = [f"{AWKWARD} one", f"{AWKWARD} two"]
    put_into(study, al, "", codes, AWKWARD)
    put_into(study, rr, "", codes[:1], AWKWARD)
    put_into(study, rr, "", codes[1:], "Other")
    report = sort_agreement(study)
    (pair,) = report.pairs
    assert pair.agreement.index == 0
    text = to_text(pairs_page(report)) + to_text(split_table(report, 1))
    assert "[/ [laughs]" in text
    assert "\u202e" not in text
    csv = (
        to_csv(pairs_table(report))
        + to_csv(split_table(report))
        + to_csv(piles_table(sorting_by(study, al)))
    )
    assert csv.count(",=1") == 0
    assert "'=1+1 [/ [laughs]" in csv
    assert "1  =1+1 [/ [laughs]" in piles_page(sorting_by(study, al), 80)


def test_a_reason_stands_below_the_table(study: Study, al: Coder, rr: Coder) -> None:
    for coder in (al, rr):
        put_into(study, coder, "cause", ["taught", "before"], "One")
    page = pairs_page(sort_agreement(study, "cause"))
    assert page.notes[0] == "AL and RR: not defined, both put all of them into one pile."
    assert page.rows == (("AL and RR", None, 2, 0, 0, 0, 4),)


def test_split_table_says_how_many_it_leaves_out(study: Study, al: Coder, rr: Coder) -> None:
    put_into(study, al, "cause", ["taught", "before", "effort"], "One")
    for code in ("taught", "before", "effort"):
        put_into(study, rr, "cause", [code], f"My {code}")
    report = sort_agreement(study, "cause")
    assert len(split_table(report).rows) == 3
    cut = split_table(report, 1)
    assert (len(cut.rows), cut.notes[-1]) == (1, "2 more pairs of codes: --top 3 lists all.")


class Sorters(RuleBasedStateMachine):
    """Two people sort, undo and redo in any order; each against a plain model of their own."""

    CODES = ("taught", "before", "effort")

    def __init__(self) -> None:
        super().__init__()
        self.study: Study | None = None

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.study = make_study(Path(self.folder.name), transcripts=())
        self.coders = [corpus.add_coder(self.study, alias) for alias in ("AL", "RR")]
        self.done: list[list[dict[str, list[str]]]] = [[self._now(n)] for n in (0, 1)]
        self.undone: list[list[dict[str, list[str]]]] = [[], []]

    def _now(self, who: int) -> dict[str, list[str]]:
        assert self.study is not None
        return piles(self.study, self.coders[who])

    def _did(self, who: int, entry: str) -> None:
        if entry:
            self.done[who].append(self._now(who))
            self.undone[who].clear()
        assert self._now(1 - who) == self.done[1 - who][-1], "nobody else's piles have changed"

    @rule(
        who=st.integers(0, 1),
        codes=st.lists(st.sampled_from(CODES), min_size=1, max_size=2),
        pile=st.sampled_from(["A", "B", "C"]),
        also=st.booleans(),
    )
    def put(self, who: int, codes: list[str], pile: str, also: bool) -> None:
        assert self.study is not None
        done = put_into(self.study, self.coders[who], "cause", codes, pile, also=also)
        assert all(code in self._now(who)[pile] for code in codes)
        self._did(who, done.entry)

    @rule(who=st.integers(0, 1), code=st.sampled_from(CODES), away=st.booleans())
    def take(self, who: int, code: str, away: bool) -> None:
        assert self.study is not None
        verb = discard if away else make_loose
        done = verb(self.study, self.coders[who], "cause", [code])
        assert code in self._now(who)["-" if away else "?"]
        self._did(who, done.entry)

    @rule(who=st.integers(0, 1), at=st.integers(0, 2), rename=st.booleans())
    def change_pile(self, who: int, at: int, rename: bool) -> None:
        assert self.study is not None
        names = [name for name in self._now(who) if name not in "-?"]
        if at < len(names):
            if rename:
                free = next(name for name in "ABCDE" if name not in names)
                done = rename_pile(self.study, self.coders[who], "cause", names[at], free)
            else:
                done = remove_pile(self.study, self.coders[who], "cause", names[at])
            self._did(who, done.entry)

    @precondition(lambda self: self.study is not None)
    @rule(who=st.integers(0, 1))
    def undo(self, who: int) -> None:
        assert self.study is not None
        if len(self.done[who]) > 1:
            history.undo(self.study, self.coders[who])
            self.undone[who].append(self.done[who].pop())
        assert self._now(who) == self.done[who][-1]

    @precondition(lambda self: self.study is not None)
    @rule(who=st.integers(0, 1))
    def redo(self, who: int) -> None:
        assert self.study is not None
        if self.undone[who]:
            history.redo(self.study, self.coders[who])
            self.done[who].append(self.undone[who].pop())
        assert self._now(who) == self.done[who][-1]

    def teardown(self) -> None:
        if self.study is not None:
            assert_tables_are_what_the_journal_says(self.study)
            self.study.close()
            self.folder.cleanup()


TestSorters = Sorters.TestCase
TestSorters.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
