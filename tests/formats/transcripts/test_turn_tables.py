"""Tables with one row a turn: rows become turns of a canonical body."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coder.formats.base import Notes
from coder.formats.transcripts import is_for_import, read_transcript
from coder.formats.transcripts.turns import read_turns
from tests.formats.transcripts.interviews import HEADER, lines_of, refusal, write

TABLE = """\
turn,start,speaker,text
1,00:00:12,INT,{Q-WHY} Why is that?
2,00:00:17.5,T1,"Because, [laughs] ""it"" is.
  And so on."
3,75,Ms. Okafor,One more thing.
"""


def table(folder: Path, content: str, name: str = "X-1.csv") -> Path:
    write(folder, HEADER, "X-1.yaml")
    return write(folder, content, name)


def test_rows_are_turns(tmp_path: Path) -> None:
    draft = read_transcript(table(tmp_path, TABLE))
    assert draft.text == (
        "[00:00:12] INT: {Q-WHY} Why is that?\n\n"
        '[00:00:17] T1: Because, [laughs] "it" is.\n  And so on.\n\n'
        "[00:01:15] T1: One more thing.\n"
    )
    assert [turn.number for turn in draft.turns] == [1, 2, 3]
    assert [turn.seconds for turn in draft.turns] == [12, 17.5, 75]
    assert draft.turns[0].question == "Q-WHY"
    assert draft.turns[0].words.of(draft.text) == "Why is that?"
    assert draft.source_format == "turn table"


def test_rows_with_one_number_are_one_turn(tmp_path: Path) -> None:
    rows = "turn,speaker,text\n1,INT,Why\n1,INT,is that?\n2,T1,Because.\n2,T1,I think.\n"
    draft = read_transcript(table(tmp_path, rows))
    assert draft.text == "INT: Why is that?\n\nT1: Because. I think.\n"
    assert [turn.seconds for turn in draft.turns] == [None, None]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators(tmp_path: Path, separator: str) -> None:
    rows = separator.join(("speaker", "text")) + "\n" + separator.join(("T1", "Yes.")) + "\n"
    name = "X-1.tsv" if separator == "\t" else "X-1.csv"
    assert read_transcript(table(tmp_path, rows, name)).text == "T1: Yes.\n"


def test_what_spreadsheets_put_before_formulas_is_taken_off(tmp_path: Path) -> None:
    draft = read_transcript(table(tmp_path, "speaker,text\nT1,'=1+1 is what they wrote\n"))
    assert draft.turns[0].words.of(draft.text) == "=1+1 is what they wrote"


def test_other_columns_are_named(tmp_path: Path) -> None:
    draft = read_transcript(table(tmp_path, "speaker,text,mood\nT1,Yes.,glad\n"))
    assert any('column "mood" is ignored' in note for note in draft.notes)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("speaker,text\n", "X-1.csv: a row of column names and no turns"),
        ("speaker,words spoken\nT1,a\n", "row 1 names no column text"),
        ("speakr,text\nT1,a\n", 'row 1 names no column speaker (is it "speakr"?)'),
        ("speaker,text\n,a\n", "row 2: nobody is named"),
        ("speaker,text\nT1,\n", "row 2: the turn has no words"),
        ("speaker,text\nT2,a\n", 'row 2: the speaker "T2" is not in the header'),
        ("speaker,text\nINT,{Q-WHY}\n", "row 2: a marker and no words"),
        ("speaker,text\nT1,a,b\n", "row 2: 3 cells under 2 columns"),
        ("start,speaker,text\n12:99,T1,a\n", 'row 2: "12:99" is not a time'),
        ("start,speaker,text\nnoon,T1,a\n", 'row 2: "noon" is not a time'),
        ("turn,speaker,text\n1,T1,a\n1,INT,b\n", 'row 3: turn "1" has two speakers'),
        ('speaker,text\nT1,"a\n', "row 2: a quotation mark"),
    ],
)
def test_faults(tmp_path: Path, content: str, expected: str) -> None:
    assert expected in refusal(table(tmp_path, content))


def test_a_table_without_a_header_beside_it_is_no_interview(tmp_path: Path) -> None:
    path = write(tmp_path, TABLE, "X-1.csv")
    assert not is_for_import(path)
    assert "there is no header" in refusal(path)
    write(tmp_path, HEADER, "X-1.yaml")
    assert is_for_import(path)


WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    said=st.lists(WORDS.filter(lambda w: w.strip() and not w.startswith(("{", "'"))), min_size=1)
)
def test_words_stay_character_for_character(tmp_path: Path, said: list[str]) -> None:
    import unicodedata

    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("speaker", "text"))
    rows.writerows(("T1" if n % 2 else "INT", words) for n, words in enumerate(said))
    draft = read_transcript(table(tmp_path, out.getvalue()))
    composed = [unicodedata.normalize("NFC", words).strip() for words in said]
    assert [turn.words.of(draft.text) for turn in draft.turns] == composed
    lines = lines_of(draft.text)
    again = read_turns(draft.text, draft.speakers, tmp_path / "X-1.txt", lines, Notes())
    assert [turn.words for turn in again] == [turn.words for turn in draft.turns]
