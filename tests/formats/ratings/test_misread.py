"""Files that were once taken for something else, with a plausible number and no word about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.ratings import BadRatings, read_ratings
from tests.formats.ratings.made import only, read, workbook


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


def wide(title: str, *cells: str) -> str:
    """Two coders of six units, and a third column."""
    rows = [f"u{at},T{at % 3},{'xyz'[at % 3]},{'xyz'[at // 2]},{cells[at % len(cells)]}"
            for at in range(6)]  # fmt: skip
    return "\n".join([f"unit,transcript,Ana,Ben,{title}", *rows])


@pytest.mark.parametrize(
    "title",
    ["Agree?", "Final code", "consensus", "Same", "Ana notes", "Date coded",
     "Gender", "Page", "Bemerkung", "word count"],
)  # fmt: skip
def test_what_teams_keep_beside_their_codes_is_no_coder(tmp_path: Path, title: str) -> None:
    text = wide(title, "x", "y")
    file = read(tmp_path, text)
    assert only(file).coders == ("Ana", "Ben")
    assert f'not read: "{title}"' in " ".join(file.notes)
    assert only(read(tmp_path, text, coders=("Ana", title))).coders == ("Ana", title)


def test_a_column_without_any_code_of_the_others_is_no_coder(tmp_path: Path) -> None:
    text = wide("Site", "P1", "P2")
    with pytest.raises(BadRatings, match='"Site" shares no code with "Ana", "Ben"') as caught:
        read(tmp_path, text)
    assert "--cluster" in caught.value.hint
    assert only(read(tmp_path, text, cluster="Site")).coders == ("Ana", "Ben")
    assert only(read(tmp_path, text, coders=("Ana", "Ben", "Site"))).coders[2] == "Site"


def test_a_stranger_of_few_answers_or_among_numbers_is_only_said(tmp_path: Path) -> None:
    file = read(tmp_path, wide("Cem", "new", "", ""))
    assert any('"Cem" shares no code' in note for note in file.notes)
    numbers = wide("Height", "171", "182").translate(str.maketrans("xyz", "123"))
    assert any('"Height" shares no code' in note for note in read(tmp_path, numbers).notes)
    apart = read(tmp_path, "unit,Ana,Ben\nu1,1,01\nu2,2,02\n")
    assert any('"Ana" and "Ben" have no code in common' in note for note in apart.notes)


def test_what_a_file_was_taken_for_names_its_columns(tmp_path: Path) -> None:
    said = read(tmp_path, wide("Cem", "x", "y")).shape
    assert said == (
        'wide: a row per unit ("unit"), a column per coder ("Ana", "Ben", "Cem"); '
        'transcripts in "transcript"'
    )
    long = read(tmp_path, "excerpt,rater,label,person\nu1,AL,x,P1\nu1,RR,x,P1\n").shape
    assert long == (
        'long: a row per answer, with columns of units ("excerpt"), coders ("rater") and codes '
        '("label"); people in "person"'
    )
    many = "unit," + ",".join(f"c{at}" for at in range(11)) + "\nu1" + ",x" * 11 + "\n"
    assert '"c7" and 3 more' in read(tmp_path, many).shape


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("u1,x,y\nu2,x,x\nu3,y,x\n", "hardly names the columns"),
        ("unit,Cluster,Ben,Cem\nu1,x,y,y\nu2,x,x,y\nu3,y,x,y\n", '"Cluster" was taken for'),
        ('ID,Q1,Q2\nResponse,code,code\n"{""ImportId"":""_id""}",b,c\nR1,x,x\n', "Qualtrics"),
    ],
)
def test_a_header_that_is_not_what_it_seems_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(BadRatings, match=said):
        read(tmp_path, text)


def test_coders_may_be_called_like_codes_where_the_units_have_a_name(tmp_path: Path) -> None:
    assert only(read(tmp_path, "unit,1,2\nu1,1,2\nu2,2,2\n")).coders == ("1", "2")
    assert only(read(tmp_path, "id,x,y\nu1,x,y\nu2,y,y\n")).coders == ("x", "y")


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (('"x, y"', "x", "y"), '"x, y" counts as one code; if commas separate'),
        (('"x, y"', '"y, z"', '"x, z"'), "if commas separate"),
        (("=1+1", "x", "y"), '"=1+1" counts as a code, and looks like a formula'),
        (("#REF!", "x", "y"), "looks like an error"),
        (("2024-03-02", "x", "y"), "looks like a date"),
        (("2-Mar", "x", "y"), "looks like a date"),
    ],
)
def test_cells_that_are_hardly_one_code_are_said(
    tmp_path: Path, cells: tuple[str, ...], said: str
) -> None:
    rows = [f"u{at},{cell},{cell}" for at, cell in enumerate(cells)]
    notes = read(tmp_path, "\n".join(["unit,Ana,Ben", *rows])).notes
    assert any(said in note for note in notes)
    assert not read(tmp_path, 'unit,Ana,Ben\nu1,loss of home,a\nu2,a,"home, lost"\n').notes


def test_a_row_of_totals_is_said(tmp_path: Path) -> None:
    notes = read(tmp_path, "unit,Ana,Ben\nu1,1,1\nu2,2,1\nTotal,2,2\n").notes
    assert any(note.startswith('"Total" counts as a unit') for note in notes)


def test_numbers_that_only_go_up_are_said(tmp_path: Path) -> None:
    rows = [f"u{at},{at // 4 + 1},{at % 3 + 1},{at * 7 % 3 + 1}" for at in range(12)]
    notes = read(tmp_path, "\n".join(["unit,Batch,AL,RR", *rows])).notes
    assert any(note.startswith('"Batch" only goes up') for note in notes)
    assert not read(tmp_path, "\n".join(["unit,Int,AL,RR", *rows])).notes
    short = "\n".join(["unit,Batch,AL,RR", *rows[:9]])
    assert not any("only goes up" in note for note in read(tmp_path, short).notes)


def test_rows_without_a_code_are_counted_aloud(tmp_path: Path) -> None:
    """Units that nobody has come to yet would otherwise lift every coefficient in silence."""
    text = "unit,coder,code\nu1,AL,x\nu1,RR,x\nu2,AL,\nu2,RR,\n"
    for sets in (False, True):
        notes = read(tmp_path, text, sets=sets).notes
        assert any(note.startswith("2 rows have no code (the first is row 4)") for note in notes)
    sheet = [["unit", "code"], ["u1", "x"], ["u2", None]]
    found = read_ratings([workbook(tmp_path, {"AL": sheet, "RR": sheet})])
    assert any(note.startswith("2 rows have no code (the first is row 3)") for note in found.notes)
    assert not any(
        "no code" in note for note in read(tmp_path, "unit,coder,code\nu1,AL,x\nu1,RR,y\n").notes
    )


def test_rows_of_qualtrics_are_refused_whoever_the_coders_are(tmp_path: Path) -> None:
    text = 'ID,Q1,Q2\nResponse,code,code\n"{""ImportId"":""_id""}",b,c\nR1,x,x\n'
    with pytest.raises(BadRatings, match="Qualtrics"):
        read(tmp_path, text, coders=("Q1", "Q2"))


def test_merged_cells_get_a_hint_of_their_own(tmp_path: Path) -> None:
    two = [["", "", "loss", "", "care", ""], ["unit", "T", "AL", "RR", "AL", "RR"]]
    with pytest.raises(BadRatings, match="6 cells under 5 columns") as caught:
        read_ratings([workbook(tmp_path, {"S": [*two, ["u1", "T1", 1, 0, 1, 0]]})])
    assert "two rows name the columns" in caught.value.hint
    merged = [["transcript", "unit", "A", "B"], ["T1", "u1", "x", "y"], [None, "u2", "x", "x"]]
    with pytest.raises(BadRatings, match="row 3") as caught:
        read_ratings([workbook(tmp_path, {"S": merged})])
    assert "merged cell" in caught.value.hint
