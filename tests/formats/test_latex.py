"""Tables for LaTeX: nothing in people's words is a command, a column or the end of a row."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.formats.tables import Column, Table, latex_text, to_latex

SPECIAL = "\\{}$&#_%~^<>|\"'`-[]"
COMMAND = re.compile(
    r"\\(?:[a-zA-Z]+(?:\d+)?\{\}|[{}$&#_%])|\{['`\-\[\]]\}|\$\\(?:geq|leq|times)\$|\$-\$"
)
"""What may stand in escaped words besides harmless characters."""

TABLE = Table(
    name="a_b c",
    title="50% of {x} & more",
    columns=(Column("code", "Code_1"), Column("n", "N", "count"), Column("k", "Kappa", "number")),
    rows=(("[laughs] \\\\ & so", 3, -0.25), ("#1 ~ ^2", None, 0.5)),
    notes=("100% sure",),
)


@pytest.mark.parametrize("char", SPECIAL)
def test_a_special_character_is_never_left_alone(char: str) -> None:
    escaped = latex_text(f"a{char}b")
    assert escaped != f"a{char}b"
    assert COMMAND.sub("", escaped) == "ab"


@settings(max_examples=60)
@given(st.text(alphabet=st.one_of(st.sampled_from(SPECIAL), st.characters()), max_size=40))
def test_no_words_make_a_command(words: str) -> None:
    left = COMMAND.sub("", latex_text(words).replace("\\char34{}", "").replace("--", ""))
    assert not set(left) & set('\\{}$&#_%~^<>|"`-[]'), left
    assert "\n" not in left


def test_plain_words_stay() -> None:
    words = string.ascii_letters + string.digits + " .,:;!?()/é"
    assert latex_text(words) == words


def test_a_table_is_a_float_with_one_row_a_line() -> None:
    text = to_latex(TABLE)
    assert text.count("\\begin{") == text.count("\\end{")
    body = text.split("\\begin{tabular}{lrr}\n")[1].split("\\end{tabular}")[0]
    rows = [line for line in body.splitlines() if line != "\\hline"]
    assert rows == [
        r"Code\_1 & N & Kappa \\",
        r"{[}laughs{]} \textbackslash{}\textbackslash{} \& so & 3 & $-$0.250 \\",
        r"\#1 \textasciitilde{} \textasciicircum{}2 & -- & 0.500 \\",
    ]
    assert r"\caption{50\% of \{x\} \& more}" in text
    assert r"\label{tab:a-b-c}" in text
    assert r"100\% sure\par" in text
    assert "\\usepackage" not in text
