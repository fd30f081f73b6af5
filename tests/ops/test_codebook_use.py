"""How often codes are put on, for whoever is looking."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from coder.errors import UsageError
from coder.formats.appendix import CodeUse
from coder.model import Code, Viewer
from coder.ops.codebook_use import APPENDIX_FORMATS, appendix_of, code_use
from coder.ops.coding import press_code
from coder.ops.corpus import add_coder
from coder.ops.library import use_codebook
from coder.ops.study import Study
from tests.factories import make_study, small_codebook
from tests.rounds import close_round, open_round


def used(study: Study, viewer: str = "") -> dict[str, CodeUse]:
    return code_use(study, Viewer(viewer), study.codebook)


def test_an_excerpt_counts_once_however_many_coders(tmp_path: Path) -> None:
    with make_study(tmp_path, [{}, {}]) as study:
        al, rr = add_coder(study, "AL"), add_coder(study, "RR")
        press_code(study, al, "T-1:1", "cause", "taught")
        press_code(study, rr, "T-1:1", "cause", "taught")
        press_code(study, rr, "T-1:3", "cause", "taught")
        press_code(study, al, "T-2:1", "cause", "taught")
        press_code(study, al, "T-2:1", "cause", "effort")
        assert used(study) == {"taught": CodeUse(3, 2), "effort": CodeUse(1, 1)}


def test_replaced_codes_count_with_their_heirs_once(study: Study) -> None:
    al, rr = add_coder(study, "AL"), add_coder(study, "RR")
    press_code(study, al, "T-1:1", "cause", "before")
    press_code(study, al, "T-1:3", "cause", "before")
    cause, *rest = small_codebook().code_sets
    codes = tuple(replace(c, replaced_by=("path",)) if c.id == "before" else c for c in cause.codes)
    cause = replace(cause, codes=(*codes, Code("path", "Path", key="6")))
    use_codebook(study, replace(small_codebook(), version="2.0.0", code_sets=(cause, *rest)))
    press_code(study, rr, "T-1:1", "cause", "path")
    assert used(study) == {"path": CodeUse(2, 1)}
    rows = appendix_of(study.codebook, "csv", study).decode().splitlines()
    assert rows[0].endswith(",excerpts,transcripts")
    assert next(row for row in rows if ",path,Path," in row).endswith(",2,1")
    assert next(row for row in rows if ",before," in row).endswith(",path,,,,,")


def test_what_a_round_hides_is_not_counted(study: Study) -> None:
    al, rr, zz = (add_coder(study, alias) for alias in ("AL", "RR", "ZZ"))
    open_round(study, "R1", ("AL", "RR"), ["T-1:1"])
    press_code(study, al, "T-1:1", "cause", "taught")
    press_code(study, rr, "T-1:1", "cause", "effort")
    press_code(study, zz, "T-1:3", "cause", "hard")
    seen = {viewer: set(used(study, viewer)) for viewer in ("AL", "RR", "ZZ", "", "QQ")}
    assert seen == {
        "AL": {"taught", "hard"},
        "RR": {"effort", "hard"},
        "ZZ": {"taught", "effort", "hard"},
        "": {"hard"},
        "QQ": {"hard"},
    }
    page = appendix_of(study.codebook, "md", study, Viewer("AL")).decode()
    assert "without what an open round hides from AL" in page
    assert (
        "hides from somebody who gave no name" in appendix_of(study.codebook, "md", study).decode()
    )
    assert "hides" not in appendix_of(study.codebook, "md", study, Viewer("ZZ")).decode()
    assert "| Effort | effort | 3 | unproductive |  | 0 | 0 |" in page
    close_round(study, "R1")
    assert set(used(study)) == {"taught", "effort", "hard"}


@pytest.mark.parametrize("form", APPENDIX_FORMATS)
def test_the_same_study_gives_the_same_bytes(study: Study, form: str) -> None:
    press_code(study, add_coder(study, "AL"), "T-1:1", "cause", "taught")
    assert appendix_of(study.codebook, form, study) == appendix_of(study.codebook, form, study)


def test_a_book_that_the_study_does_not_hold_has_no_counts(study: Study) -> None:
    other = small_codebook("other")
    assert appendix_of(other, "md", study) == appendix_of(other, "md")
    with pytest.raises(UsageError, match="there is no format pdf"):
        appendix_of(other, "pdf")
