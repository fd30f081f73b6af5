"""Merging codes never counts an excerpt twice: every number against one that is counted by hand."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from functools import cache
from itertools import combinations
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import CoderError
from coder.model import Code, Viewer
from coder.ops import codebook_editing as editing
from coder.ops.agreeing import agreement
from coder.ops.agreement_report import Options
from coder.ops.codebook_log import own_uses
from coder.ops.corpus import add_coder, coder_named
from coder.ops.exporting import tables_of
from coder.ops.settling import disagreements
from coder.ops.study import Study, open_study
from coder.ops.tallying import tally_codes
from tests.factories import make_study
from tests.ops.coded import book_of, say, set_of, turns

CODES = ("a", "b", "c", "d")
EXCERPTS = 6

answers = st.lists(
    st.frozensets(st.sampled_from(CODES), max_size=4), min_size=EXCERPTS, max_size=EXCERPTS
)
merges = st.lists(
    st.tuples(
        st.lists(st.sampled_from(CODES), min_size=1, max_size=3),
        st.sampled_from([*CODES, "new"]),
    ),
    min_size=1,
    max_size=3,
)


@cache
def template() -> Path:
    folder = Path(tempfile.mkdtemp())
    book = book_of(set_of("why", "multi", CODES, "count"))
    asked = {"name": "T-1", "turns": turns(["Q-WHY"] * EXCERPTS)}
    with make_study(folder, [asked], book=book) as study:
        for alias in ("AL", "RR"):
            add_coder(study, alias)
        return study.path


def merge_all(study: Study, plan: list[tuple[list[str], str]]) -> dict[str, str]:
    """Merge, as far as it is allowed; return what every code counts as, worked out by hand."""
    counts_as = {code: code for code in CODES}
    al = coder_named(study, "AL")
    for number, (sources, target) in enumerate(plan):
        heir = f"new{number}" if target == "new" else target
        into: str | Code = Code(heir, f"New {number}") if target == "new" else target
        try:
            editing.merge(study, al, sources, into)
        except CoderError:
            continue
        gone = set(sources) - {heir}
        counts_as = {code: heir if now in gone else now for code, now in counts_as.items()}
    return counts_as


@settings(deadline=None, max_examples=25)
@given(answers, answers, merges)
def test_every_count_is_of_excerpts_with_the_code_or_what_it_replaced(
    al: list[frozenset[str]], rr: list[frozenset[str]], plan: list[tuple[list[str], str]]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "test.coder"
        shutil.copy(template(), path)
        with open_study(path) as study:
            rows = [
                (alias, f"T-1:{place}", "why", code)
                for alias, said in (("AL", al), ("RR", rr))
                for place, codes in enumerate(said, start=1)
                for code in sorted(codes) or [""]
            ]
            say(study, path.parent, rows)
            counts_as = merge_all(study, plan)
            compare(study, al, rr, counts_as)


def compare(
    study: Study,
    al: list[frozenset[str]],
    rr: list[frozenset[str]],
    counts_as: dict[str, str],
) -> None:
    mine, theirs = (
        [frozenset(counts_as[code] for code in codes) for codes in said] for said in (al, rr)
    )
    agreed = [one for one, other in zip(mine, theirs, strict=True) if one == other]
    # Tally: excerpts on which both say the same, each once for each code.
    expected = Counter(code for codes in agreed for code in codes)
    counted = tally_codes(study, Viewer(), "why")
    (everything,) = counted.groups
    found = {result.key: result.n for result in everything.results}
    assert {code: n for code, n in found.items() if n} == expected
    assert set(counted.labels) >= set(expected)
    assert not {code for code, now in counts_as.items() if code != now} & set(counted.labels)
    # Agreement, code by code.
    report = agreement(study, Viewer(), options=Options(interval="none"))
    shares = {
        row.code: row.estimate.estimate
        for row in report.rows
        if row.level == "code" and row.code and row.estimate.statistic == "percent_agreement"
    }
    offered = {code.id for code in study.codebook.code_sets[0].offered}
    assert set(shares) == offered
    for code, share in shares.items():
        same = sum((code in a) == (code in b) for a, b in zip(mine, theirs, strict=True))
        assert share == same / EXCERPTS
    # Disagreements, own uses, and the exported unit table.
    refs = [f"T-1:{n}" for n, (a, b) in enumerate(zip(mine, theirs, strict=True), 1) if a != b]
    assert [row.ref for row in disagreements(study, Viewer())] == refs
    for alias, said in (("AL", mine), ("RR", theirs)):
        uses = own_uses(study, coder_named(study, alias), study.codebook)
        assert uses == Counter(code for codes in said for code in codes)
    tables = {table.name: table for table in tables_of(study, Viewer()).tables}
    units = tables["units"]
    keys = [column.key for column in units.columns]
    for row in units.rows:
        values = dict(zip(keys, row, strict=True))
        said = mine if values["coder"] == "AL" else theirs
        here = said[int(str(values["unit"]).rpartition(":")[2]) - 1]
        assert frozenset(str(values["codes_now"]).split(";")) - {""} == here


def test_settled_and_exclusive_answers_count_as_their_heirs(tmp_path: Path) -> None:
    book = book_of(set_of("why", "exclusive", CODES, "preponderance"))
    asked = {"name": "T-1", "turns": turns(["Q-WHY"] * 3)}
    with make_study(tmp_path, [asked], book=book) as study:
        rows = [("AL", "a"), ("RR", "b"), ("ZZ", "a")]
        say(study, tmp_path, [(who, f"T-1:{n}", "why", c) for who, c in rows for n in (1, 2, 3)])
        al = coder_named(study, "AL")
        assert len(disagreements(study, Viewer())) == 3
        editing.merge(study, al, ["a", "b"], Code("ab", "Either"))
        assert disagreements(study, Viewer()) == ()
        found = {r.key: r.n for r in tally_codes(study, Viewer(), "why").groups[0].results}
        assert {code: n for code, n in found.items() if n} == {"ab": 3}
        report = agreement(study, Viewer(), options=Options(interval="none"))
        percent = [
            row.estimate.estimate
            for row in report.rows
            if row.level == "code" and not row.code
            and row.estimate.statistic == "percent_agreement"
        ]  # fmt: skip
        assert percent == [1.0] * len(list(combinations("abc", 2))) + [1.0]
