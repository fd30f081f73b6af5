"""Files that were once taken for something else, with a plausible number and no word about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.ratings import BadRatings
from tests.formats.ratings.made import only, read


def test_columns_of_marks_called_after_numbers_are_codes(tmp_path: Path) -> None:
    """Code1, code2 with yes and no are two codes, not one code ``yes`` and one code ``no``."""
    text = "unit,coder,code1,code2\nu1,AL,Yes,No\nu1,RR,Yes,Yes\nu2,AL,No,No\nu2,RR,No,No\n"
    ratings = only(read(tmp_path, text))
    assert ratings.codes == ("code1", "code2")
    named = only(read(tmp_path, text, layout="numbered-codes"))
    assert named.codes == ("Yes", "No")


def test_marks_under_numbered_columns_need_a_coder(tmp_path: Path) -> None:
    with pytest.raises(BadRatings, match="no column says who the coder is"):
        read(tmp_path, "unit,code1,code2,code3\nu1,1,0,1\nu2,0,0,1\n")
