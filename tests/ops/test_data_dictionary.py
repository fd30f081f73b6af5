"""Every column of every exported table is explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.tables import Column, Table
from coder.model import Viewer
from coder.ops.data_dictionary import meaning
from coder.ops.exporting import tables_of
from coder.ops.study import open_study
from tests.ops.coded import book_of, coded_study, set_of, spread


@pytest.fixture(scope="module")
def tables(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Table]:
    folder = tmp_path_factory.mktemp("dictionary")
    copy = folder / "sample.coder"
    copy.write_bytes(sample_file.read_bytes())
    with open_study(copy) as study:
        found = list(tables_of(study, Viewer()).tables)
    sets = (
        set_of("vision", "ordinal", ["v0", "v1", "v3"], rule="mean", also=["share_at_least_3"]),
        set_of("topic", "exclusive", ["task", "talk"], rule="preponderance"),
        set_of("phase", "exclusive", ["x", "y"], rule="count"),
    )
    said = [
        one
        for alias in ("AL", "RR", "TT")
        for name, words in (("vision", "v0 v1"), ("topic", "task talk"), ("phase", "x y"))
        for one in spread(alias, name, words, 2, "T")
    ]
    with coded_study(folder, book_of(*sets), {"T-1": ["Q-WHY"] * 2}, said) as study:
        return found + list(tables_of(study, Viewer()).tables)


def columns(tables: list[Table]) -> list[tuple[Table, Column]]:
    return [
        (table, column)
        for table in tables
        if table.name != "data_dictionary"
        for column in table.columns
    ]


def test_every_column_has_a_sentence(tables: list[Table]) -> None:
    for table, column in columns(tables):
        text = meaning(table, column)
        where = f"{table.name}.{column.key}"
        assert text.endswith("."), where
        assert text.rstrip(".").casefold() != column.title.casefold(), where
        assert len(text.split()) >= 2, where


def test_no_column_takes_another_tables_meaning(tables: list[Table]) -> None:
    def of(table: str, key: str) -> str:
        return next(
            meaning(one, column)
            for one, column in columns(tables)
            if (one.name, column.key) == (table, key)
        )

    assert of("codebook", "level") == "Rubric level."
    assert "What is compared" in of("agreement_full", "level")
    assert of("transcripts", "words") == "Words of all turns."
    assert of("disagreements", "words") == "What the participant said."
    assert of("cross_attribution_adjustment", "productive") == (
        "Person-years whose adjustment is productive."
    )
    assert of("confusion_attribution_valence", "none") == "Units that RR answered with none."
    assert of("attribution_by_role", "unproductive") == (
        "Person-years whose value of attribution is solely unproductive."
    )
    assert of("person_years", "attribution") == (
        "Value of attribution by its roll-up rule, or why there is none."
    )
    assert "header" in of("people", "school")
    assert of("transcripts", "finished_AL").startswith("Excerpts that AL has finished")


def test_the_dictionary_lists_every_column_once(tables: list[Table]) -> None:
    for dictionary in (table for table in tables if table.name == "data_dictionary"):
        listed = [row[:2] for row in dictionary.rows]
        assert len(set(listed)) == len(listed)
    expected = {(table.name, column.key) for table, column in columns(tables)}
    got = {row[:2] for t in tables if t.name == "data_dictionary" for row in t.rows}
    assert got == expected
