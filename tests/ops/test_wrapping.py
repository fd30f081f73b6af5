"""Words in lines: nothing is lost, nothing acts on the terminal."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from coder.ops.wrapping import hanging, one_line


def test_further_lines_begin_below_the_words() -> None:
    assert hanging("AL  ", "one two three four five six", 24) == [
        "AL  one two three four",
        "    five six",
    ]
    assert hanging("AL  ", "", 24) == ["AL"]


def test_what_a_terminal_acts_on_is_shown_as_a_replacement() -> None:
    assert one_line("a\x1b[2Jb\nc\u202ed") == "a\ufffd[2Jb c\ufffdd"
    assert one_line("[laughs] [/b] é 漢") == "[laughs] [/b] é 漢"
    assert one_line("می\u200cخواهم") == "می\u200cخواهم"


@given(st.text(), st.integers(20, 100))
def test_no_word_is_lost_and_no_line_too_long(words: str, width: int) -> None:
    lines = hanging("AL  ", words, width)
    assert max(map(len, lines)) <= max(width, 24)
    assert "".join("".join(lines).split()) == "AL" + "".join(one_line(words).split())
    assert not any(unicodedata.category(char) == "Cc" for line in lines for char in line)
