"""Categories: the tree, its counts, and every place where one must not pass for a code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coder.errors import NotAllowed, UsageError
from coder.formats.tables import to_csv, to_text
from coder.model import Code, Viewer
from coder.ops import coding, corpus, history
from coder.ops.agreeing import agreement
from coder.ops.agreement_report import AgreementReport
from coder.ops.categories import categorize, tree_lines
from coder.ops.codebook_tables import codes_page, codes_table
from coder.ops.library import use_codebook
from coder.ops.loading import load_codings
from coder.ops.settling import settle
from coder.ops.study import Study
from coder.ops.tally_pages import pages
from coder.ops.tally_tables import shares_table
from coder.ops.tallying import tally, tally_codes
from tests.ops.coded import book_of, coded_study, say, set_of
from tests.replaying import assert_tables_are_what_the_journal_says
from tests.rounds import open_round


def in_tree(study: Study, name: str = "cause") -> list[tuple[int, str, int]]:
    return [(one.depth, one.code.name, one.excerpts) for one in tree_lines(study, Viewer(), name)]


def test_a_category_is_made_with_codes_below_it_and_undone(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    before = study.codebook
    done = categorize(study, al, "cause", "Time", ["taught", "Earlier years"])
    assert done.words == "put Teaching, Earlier years under the category Time"
    categorize(study, al, "cause", "School", ["time"])
    assert in_tree(study) == [
        (0, "Effort", 0),
        (0, "Both", 0),
        (0, "Hard topic", 0),
        (0, "Unclear", 0),
        (0, "School", 0),
        (1, "Time", 0),
        (2, "Teaching", 0),
        (2, "Earlier years", 0),
    ]
    assert_tables_are_what_the_journal_says(study)
    history.undo(study, al)
    history.undo(study, al)
    assert study.codebook == before
    history.redo(study, al)
    assert in_tree(study)[-3:] == [(0, "Time", 0), (1, "Teaching", 0), (1, "Earlier years", 0)]


def test_a_category_that_is_there_gets_more_codes_and_a_place(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    categorize(study, al, "cause", "Time", ["taught"])
    categorize(study, al, "cause", "Outside", [])
    done = categorize(study, al, "cause", "TIME", ["both"], under="outside")
    assert done.words == "put Both under the category Time, and that under Outside"
    assert in_tree(study)[-4:] == [
        (0, "Outside", 0),
        (1, "Time", 0),
        (2, "Teaching", 0),
        (2, "Both", 0),
    ]
    assert not categorize(study, al, "cause", "Time", ["both"]).entry, "nothing to change"


@pytest.mark.parametrize(
    ("name", "codes", "under", "why"),
    [
        ("Time", ["nonsense"], "", "there is no code nonsense in cause"),
        ("Time", ["high"], "Low", "High cannot stand below itself"),
        ("High", [], "Low", "High cannot stand below itself"),
        ("High", ["high"], "", "High cannot stand below itself"),
        ("Time", [], "Nowhere", "there is no category Nowhere"),
        ("  ", ["taught"], "", "a category needs a name"),
        ("a\x07", ["taught"], "", r"the name holds the control character U\+0007"),
    ],
)
def test_what_makes_no_tree_is_refused(
    study: Study, name: str, codes: list[str], under: str, why: str
) -> None:
    al = corpus.add_coder(study, "AL")
    categorize(study, al, "cause", "High")
    categorize(study, al, "cause", "Low", under="High")
    versions = study.codebook_ids
    if name == "Time" and under == "Low":
        name = "Low"
        under = ""
    with pytest.raises(UsageError, match=why):
        categorize(study, al, "cause", name, codes, under=under)
    assert study.codebook_ids == versions


def test_an_open_round_keeps_the_tree_as_it_is(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    open_round(study, "R1", ["AL"], ["T-1:1"])
    with pytest.raises(NotAllowed, match="the open round R1"):
        categorize(study, al, "cause", "Time", ["taught"])


def test_an_excerpt_counts_once_in_a_category_however_many_codes_it_has(study: Study) -> None:
    al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
    categorize(study, al, "cause", "Time", ["taught", "before"])
    categorize(study, al, "cause", "All", ["time", "effort"])
    coding.put_codes(study, al, "T-1:1", ["taught", "before", "effort"])
    coding.put_codes(study, rr, "T-1:1", ["before", "hard"])
    coding.put_codes(study, al, "T-1:3", ["before"])
    assert in_tree(study) == [
        (0, "Both", 0),
        (0, "Hard topic", 1),
        (0, "Unclear", 0),
        (0, "All", 2),
        (1, "Effort", 1),
        (1, "Time", 2),
        (2, "Teaching", 1),
        (2, "Earlier years", 2),
    ]
    counted = tally_codes(study, Viewer(), "cause")
    found = {cell.label: cell.n for cell in counted.groups[-1].results}
    assert found["All"] == 1, "T-1:1 is not settled"
    settle(study, al, "T-1:1", "cause", ["taught", "before"], "both")
    counted = tally_codes(study, Viewer(), "cause")
    found = {cell.label: cell.n for cell in counted.groups[-1].results}
    assert {name: n for name, n in found.items() if n} == {
        "All": 2,
        "Time": 2,
        "Teaching": 1,
        "Earlier years": 2,
    }


def test_categories_are_rows_above_their_codes_on_the_page_and_in_the_file(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    categorize(study, al, "cause", "=Time [/", ["taught"])
    coding.put_codes(study, al, "T-1:1", ["taught", "effort"])
    counted = tally_codes(study, Viewer(), "cause")
    text = "".join(to_text(page) for page in pages(counted, 80))
    lines = [line for line in text.splitlines() if "%" in line]
    assert any(line.startswith("▾ =Time [/ ") for line in lines), text
    assert any(line.startswith("· Teaching ") for line in lines), text
    assert "A category counts an excerpt once" in text
    rows = {row[3]: row for row in shares_table([counted]).rows}
    assert rows["=Time [/"][1] == "excerpts by category"
    assert rows["Teaching"][1] == "excerpts by code"
    assert "'=Time [/" in to_csv(shares_table([counted]))


def test_no_category_is_put_on_loaded_or_settled(study: Study, tmp_path: Path) -> None:
    al, rr = corpus.add_coder(study, "AL"), corpus.add_coder(study, "RR")
    categorize(study, al, "cause", "Time", ["taught"])
    with pytest.raises(UsageError, match="Time is a category"):
        coding.put_code(study, al, "T-1:1", "cause", "time")
    with pytest.raises(UsageError, match="Time is a category"):
        coding.put_codes(study, al, "T-1:1", ["effort", "time"])
    with pytest.raises(UsageError, match="Time is a category"):
        coding.press_code(study, al, "T-1:1", "cause", "time")
    coding.put_code(study, al, "T-1:1", "cause", "taught")
    coding.put_code(study, rr, "T-1:1", "cause", "effort")
    with pytest.raises(UsageError, match="Time is a category"):
        settle(study, al, "T-1:1", "cause", ["time"], "why")
    path = tmp_path / "in.csv"
    path.write_text("excerpt,code_set,code\nT-1:1,cause,time\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"in\.csv, row 2: Time is a category"):
        load_codings(study, path, coder="AL")


def test_a_retired_code_stays_and_counts_and_comes_off_but_is_not_put_on(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    coding.put_code(study, al, "T-1:1", "cause", "effort")
    book = study.codebook
    codes = tuple(replace(c, is_retired=c.id == "effort") for c in book.code_sets[0].codes)
    cause = replace(book.code_sets[0], codes=codes)
    use_codebook(study, replace(book, code_sets=(cause, *book.code_sets[1:])))
    with pytest.raises(UsageError, match="Effort is retired"):
        coding.press_code(study, al, "T-1:3", "cause", "effort")
    assert "Effort" in tally_codes(study, Viewer(), "cause").labels.values()
    assert (0, "Effort", 1) in in_tree(study)
    coding.press_code(study, al, "T-1:1", "cause", "effort")
    assert not coding.unit_work(study, al, "T-1:1").codings
    assert "Effort" not in tally_codes(study, Viewer(), "cause").labels.values()
    assert (0, "Effort", 0) not in in_tree(study)


def agreed(folder: Path, *extra: Code) -> AgreementReport:
    """Agreement of two people on the same answers, beside codes that they cannot have chosen."""
    folder.mkdir()
    one = set_of("one", "exclusive", ["a", "b", "c"])
    tags = set_of("tags", "multi", ["d", "e"])
    added = tuple(replace(code, id=f"t{code.id}") for code in extra)
    book = book_of(
        replace(one, codes=(*one.codes, *extra)), replace(tags, codes=(*tags.codes, *added))
    )
    with coded_study(folder, book, {"X": ["Q-WHY"] * 4, "Y": ["Q-WHY"] * 4}, []) as study:
        said = []
        for alias, answers in (("AL", "aabbaabc"), ("RR", "aababbbc")):
            for at, code in enumerate(answers):
                ref = f"{'XY'[at // 4]}:{at % 4 + 1}"
                said += [(alias, ref, "one", code), (alias, ref, "tags", "de"[code == "a"])]
        say(study, folder, said)
        return agreement(study, Viewer())


def test_what_nobody_can_choose_is_no_category_of_agreement(tmp_path: Path) -> None:
    plain = agreed(tmp_path / "plain")
    more = agreed(
        tmp_path / "more",
        Code("top", "Top", is_category=True),
        Code("old", "Old", is_retired=True),
        Code("gone", "Gone", replaced_by=("a",)),
    )
    assert more.rows == plain.rows
    assert more.confusions == plain.confusions
    assert len(plain.rows) > 20


def test_a_category_is_no_value_of_a_person(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    categorize(study, al, "who", "Scope", ["one", "class"])
    assert "Scope" not in tally(study, Viewer(), "who").labels.values()


def test_the_codebook_shows_what_is_a_category(study: Study) -> None:
    al = corpus.add_coder(study, "AL")
    categorize(study, al, "who", "Scope", ["one", "class"])
    table = codes_table(study.codebook)
    keys = [column.key for column in table.columns]
    rows = {row[keys.index("code")]: row for row in table.rows}
    assert rows["scope"][keys.index("category")] == "yes"
    assert not rows["one"][keys.index("category")]
    assert rows["one"][keys.index("parent")] == "scope"
    page = codes_page(study.codebook, 80)
    assert "   scope    category  Scope" in page
    assert "a    one" in page
