"""Tables for LaTeX: plain tabular, no package needed, every character of people's words escaped."""

from __future__ import annotations

import unicodedata

from coder.formats.tables.table import NUMERIC, Kind, Table, page_text

_ESCAPED = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\char34{}",
    "'": r"{'}",
    "`": r"{`}",
    "-": "{-}",
    "[": "{[}",
    "]": "{]}",
    "–": "--",
    "—": "---",
    "…": r"\ldots{}",
    "·": r"\textperiodcentered{}",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "−": r"$-$",
    "×": r"$\times$",
}
"""What would be taken for a command, joined into a ligature, or end a row or an option.

In curly brackets, because ``[`` after ``\\\\`` is its option and two hyphens become a dash.
"""


def to_latex(table: Table) -> str:
    """The table as a LaTeX ``table`` float with a ``tabular``; title as caption, notes below.

    Needs no package; numbers are right-aligned, None is an en dash among numbers and blank
    elsewhere. What LaTeX cannot print (control characters) becomes a question mark.
    """
    places = "".join("r" if column.kind in NUMERIC else "l" for column in table.columns)
    lines = [
        r"\begin{table}[htbp]",
        r"\centering",
        rf"\caption{{{latex_text(table.title)}}}",
        rf"\label{{tab:{_label(table.name)}}}",
        rf"\begin{{tabular}}{{{places or 'l'}}}",
        r"\hline",
        _row([latex_text(column.title) for column in table.columns]),
        r"\hline",
    ]
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        lines.append(_row([_cell(page_text(c, col.kind), col.kind) for col, c in cells]))
    lines += [r"\hline", r"\end{tabular}"]
    if table.notes:
        lines += ["", r"\smallskip", r"\begin{minipage}{\linewidth}\footnotesize"]
        lines += [rf"{latex_text(note)}\par" for note in table.notes]
        lines.append(r"\end{minipage}")
    lines.append(r"\end{table}")
    return "\n".join(lines) + "\n"


def _cell(text: str, kind: Kind) -> str:
    if kind in NUMERIC and text[:1] == "-" and text[1:2].isdigit():
        return f"$-${latex_text(text[1:])}"
    return latex_text(text)


def latex_text(text: str) -> str:
    """Words as LaTeX prints them and never runs them; on one line."""
    flat = " ".join(text.split())
    return "".join(_ESCAPED.get(char) or (char if _is_printed(char) else "?") for char in flat)


def _is_printed(char: str) -> bool:
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _label(name: str) -> str:
    """A name that is safe inside ``\\label``."""
    return "".join(char if char.isascii() and char.isalnum() else "-" for char in name)


def _row(cells: list[str]) -> str:
    return " & ".join(cells) + r" \\"
