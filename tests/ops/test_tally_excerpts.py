"""The excerpts behind every number of a tally are as many as it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coder.errors import UsageError
from coder.model import Viewer
from coder.ops import coding, corpus
from coder.ops.study import Study, open_study
from coder.ops.tally_excerpts import (
    Counting,
    TallyCell,
    cell_named,
    count,
    excerpts_counted,
    open_round,
    reader_of,
)
from coder.ops.tallying import Grain, Tally
from tests.factories import make_study
from tests.rounds import open_round as open_a_round


@pytest.fixture(scope="module")
def sample(sample_file: Path) -> Iterator[Study]:
    """The sample study, only to be read."""
    with open_study(sample_file) as study:
        yield study


def cells_of(found: Tally) -> Iterator[tuple[TallyCell, int]]:
    """Every number of a tally."""
    for group in found.groups:
        where = group.values or None
        for result in group.results:
            yield TallyCell("result", result.key, where), result.n
        for blank, n in group.blanks.items():
            yield TallyCell("blank", blank, where), n
        yield TallyCell("asked", "", where), group.asked
        yield TallyCell("codable", "", where), group.codable
        yield TallyCell("all", "", where), group.n


@pytest.mark.parametrize(
    ("code_set", "grain", "by"),
    [
        ("attribution", "code", ("role",)),
        ("attribution", "valence", ("wave",)),
        ("attribution", "rollup", ("role",)),
        ("adjustment", "rollup", ("district", "year")),
    ],
)
def test_behind_every_number_are_as_many(
    sample: Study, code_set: str, grain: Grain, by: tuple[str, ...]
) -> None:
    viewer = Viewer("AL")
    what = Counting(code_set, grain, by)
    found = count(reader_of(sample, viewer), what)
    seen = 0
    for cell, n in cells_of(found):
        behind = excerpts_counted(sample, viewer, what, cell)
        assert behind.n == n, cell
        if grain == "rollup":
            assert len({row.person for row in behind.rows}) == n, cell
        else:
            assert len(behind.rows) == behind.total == n, cell
        seen += n
    assert seen > 0


def test_words_choose_the_transcripts(sample: Study) -> None:
    viewer = Viewer("AL")
    whole = count(reader_of(sample, viewer), Counting("attribution", "code", ("wave",)))
    what = Counting("attribution", "code", (), "wave:winter")
    found = count(reader_of(sample, viewer, what.words), what)
    winter = next(group for group in whole.groups if group.values == ("winter",))
    assert [(r.key, r.n) for r in found.groups[-1].results if r.n] == [
        (r.key, r.n) for r in winter.results if r.n
    ]
    cell = TallyCell("all")
    assert excerpts_counted(sample, viewer, what, cell).n == found.groups[-1].n == winter.n
    people = Counting("attribution", "rollup", (), "name:AF-T01-Y1")
    counted = count(reader_of(sample, viewer, people.words), people).groups[-1]
    assert counted.n == 1, "people who speak in none of these transcripts are not without data"
    nobody = Counting("attribution", "rollup", (), "role:nobody")
    assert count(reader_of(sample, viewer, nobody.words), nobody).groups[-1].n == 0


def test_a_limit_leaves_the_totals(sample: Study) -> None:
    what = Counting("attribution", "code")
    behind = excerpts_counted(sample, Viewer("AL"), what, TallyCell("all"), limit=2)
    assert len(behind.rows) == 2 < behind.total == behind.n


def test_what_is_said_of_an_excerpt(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        for alias, code in (("AL", "taught"), ("RR", "effort")):
            coder = corpus.add_coder(study, alias)
            coding.put_code(study, coder, "T-1:1", "cause", code)
            coding.finish(study, coder, "T-1:1")
        what = Counting("cause", "code")
        (row,) = excerpts_counted(study, Viewer(), what, TallyCell("blank", "unresolved")).rows
        assert (row.ref, row.final.source) == ("T-1:1", "unresolved")
        assert [(a.coder, *a.codes) for a in row.answers] == [("AL", "taught"), ("RR", "effort")]
        assert row.words == "They never had fractions. That is the whole story."
        assert row.who.endswith("teacher, 2023-24")


def test_an_open_round_hides_others(tmp_path: Path) -> None:
    with make_study(tmp_path) as study:
        for alias, code in (("AL", "taught"), ("RR", "effort")):
            coder = corpus.add_coder(study, alias)
            coding.put_code(study, coder, "T-1:1", "cause", code)
            coding.finish(study, coder, "T-1:1")
        open_a_round(study, "r1", ("AL", "RR"), ["T-1:1"])
        viewer, what = Viewer("AL"), Counting("cause", "code")
        (row,) = excerpts_counted(study, viewer, what, TallyCell("result", "taught")).rows
        assert [a.coder for a in row.answers] == ["AL"]
        assert excerpts_counted(study, viewer, what, TallyCell("result", "effort")).n == 0
        assert open_round(study, viewer) == "r1"


def test_cells_are_named_by_key_label_or_kind(sample: Study) -> None:
    found = count(reader_of(sample, Viewer("AL")), Counting("attribution", "code"))
    key, label = next(iter(found.labels.items()))
    assert cell_named(found, label.upper()) == cell_named(found, key) == TallyCell("result", key)
    assert cell_named(found, "no data") == TallyCell("blank", "no_data")
    assert cell_named(found, "all") == TallyCell("all")
    with pytest.raises(UsageError, match="counts nothing as nonsense"):
        cell_named(found, "nonsense")
