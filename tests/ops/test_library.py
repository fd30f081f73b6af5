"""Codebooks on the shelf, in files, and in use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coder.errors import BadInput, UsageError
from coder.model import Code, Codebook, Coder, CodeSet, Viewer
from coder.ops.coding import press_code, put_code, unit_work
from coder.ops.corpus import add_coder
from coder.ops.history import log, undo
from coder.ops.library import list_codebooks, load_codebook, shelf, use_codebook
from coder.ops.study import Study, open_study
from tests.factories import small_codebook


def second_version() -> Codebook:
    """The tiny book with ``before`` replaced by a new code, and another label."""
    book = small_codebook(version="2.0.0")
    cause, *rest = book.code_sets
    codes = tuple(replace(c, replaced_by=("path",)) if c.id == "before" else c for c in cause.codes)
    new: CodeSet = replace(cause, codes=(*codes, Code("path", "Path to here", key="6")))
    return replace(book, code_sets=(new, *rest))


@pytest.fixture
def al(study: Study) -> Coder:
    return add_coder(study, "AL")


def test_the_shelf() -> None:
    assert "mist_student_views" in shelf()
    assert load_codebook("mist_student_views").id == "mist_student_views"


def test_a_codebook_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(shelf()["mist_student_views_brief"].read_text(encoding="utf-8"))
    assert load_codebook(str(path)) == load_codebook("mist_student_views_brief")


def test_a_codebook_that_is_nowhere(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no codebook mist_student_view") as refusal:
        load_codebook("mist_student_view")
    assert "did you mean mist_student_views" in refusal.value.hint
    with pytest.raises((UsageError, BadInput), match=r"none\.yaml"):
        load_codebook(str(tmp_path / "none.yaml"))


def test_using_a_new_version(study: Study, al: Coder) -> None:
    press_code(study, al, "T-1:1", "cause", "before")
    old = study.codebook_ids["tiny"]
    done = use_codebook(study, second_version())
    assert done.words == "made tiny 2.0.0 the active codebook"
    (line,) = list_codebooks(study, Viewer())
    assert (line.id, line.version, line.sets, line.codes, line.is_active) == (
        "tiny",
        "2.0.0",
        4,
        17,
        True,
    )
    put_code(study, al, "T-1:1", "cause", "path")
    versions = {c.code: c.version for c in unit_work(study, al, "T-1:1").codings}
    assert versions == {"before": old, "path": study.codebook_ids["tiny"]}
    assert study.version(old) == small_codebook()
    with open_study(study.path) as window:
        assert window.codebook == second_version()


def test_using_what_is_in_use_changes_nothing(study: Study) -> None:
    before = study.store.db.serialize()
    assert use_codebook(study, small_codebook()).entry == ""
    assert use_codebook(study, small_codebook(version="another label")).entry == ""
    assert study.store.db.serialize() == before


def test_a_second_book_beside_the_first(study: Study) -> None:
    use_codebook(study, small_codebook("other"))
    lines = list_codebooks(study, Viewer())
    assert [(line.id, line.is_active) for line in lines] == [("tiny", False), ("other", True)]
    undo(study, None)
    assert [line.id for line in list_codebooks(study, Viewer())] == ["tiny"]
    assert log(study, Viewer(), 1)[0].words == "undid: made other 1.0.0 the active codebook"


def test_codings_keep_the_version_they_were_made_under(study: Study, al: Coder) -> None:
    press_code(study, al, "T-1:1", "cause", "effort")
    before = unit_work(study, al, "T-1:1").codings
    use_codebook(study, second_version())
    assert unit_work(study, al, "T-1:1").codings == before
