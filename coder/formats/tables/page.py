"""Tables for people: Markdown, and aligned text for a terminal."""

from __future__ import annotations

import re
import textwrap
import unicodedata

from coder.formats.tables.table import NUMERIC, Table, page_text

GAP = 2
"""Blank columns between two columns of text output."""

SHORTEST_TEXT, SHORTEST_LABEL = 8, 16
"""Terminal cells below which a text is never cut; the first column says what a row is about."""

_MARKDOWN = re.compile(r"([\\`*\[\]<>|#~&])|(?<![^\W_])_|_(?![^\W_])")


def to_markdown(table: Table) -> str:
    """The table as GitHub-flavoured Markdown, title above and notes below.

    Text is escaped, so that ``[laughs]`` is no link and ``|`` no column; line ends become
    ``<br>``; None is an en dash among numbers and blank elsewhere.
    """
    lines = [f"### {markdown_text(table.title)}", ""]
    lines.append(_markdown_row([markdown_text(column.title) for column in table.columns]))
    lines.append(
        _markdown_row(["---:" if column.kind in NUMERIC else "---" for column in table.columns])
    )
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        lines.append(_markdown_row([markdown_text(page_text(c, col.kind)) for col, c in cells]))
    for note in table.notes:
        lines += ["", markdown_text(note)]
    return "\n".join(lines) + "\n"


def to_text(table: Table, width: int = 80) -> str:
    """The table in aligned columns for a terminal, title above and notes below.

    Numbers are right-aligned and, like dates, never cut; percents read ``45.5%``; None is an en
    dash among numbers and blank elsewhere. Where the table is wider than ``width``, titles are
    wrapped first, then the widest texts are cut and end in ``…``. No column is ever left out: a
    table with many columns of numbers may stay wider than ``width``.

    Args:
        table: What to show.
        width: Terminal cells; a CJK character takes two.
    """
    cells = [
        [_one_line(page_text(cell, col.kind)) for col, cell in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    titles = [_one_line(column.title) for column in table.columns]
    widths = _widths(table, titles, cells, width)
    headers = [_wrapped(title, w) for title, w in zip(titles, widths, strict=True)]
    height = max((len(lines) for lines in headers), default=0)
    # Titles that take fewer lines stand on the rule, beside the last line of the others.
    above = [[""] * (height - len(lines)) + lines for lines in headers]
    out = textwrap.wrap(_one_line(table.title), width) if table.title else []
    out += [_text_row(table, [lines[i] for lines in above], widths) for i in range(height)]
    out.append("─" * (sum(widths) + GAP * (len(widths) - 1)) if widths else "")
    out += [_text_row(table, row, widths) for row in cells]
    if table.notes:
        out.append("")
    for note in table.notes:
        out += textwrap.wrap(_one_line(note), max(width, 20), subsequent_indent="  ")
    return "\n".join(line.rstrip() for line in out) + "\n"


def cell_width(text: str) -> int:
    """Terminal cells that a text takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def cut(text: str, width: int) -> str:
    """The text in at most ``width`` terminal cells, with … where something was cut."""
    if cell_width(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += _char_width(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def _char_width(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _widths(table: Table, titles: list[str], cells: list[list[str]], width: int) -> list[int]:
    """How wide each column is drawn."""
    content = [max((cell_width(row[i]) for row in cells), default=0) for i in range(len(titles))]
    words = [max((cell_width(word) for word in title.split()), default=0) for title in titles]
    natural = [max(c, cell_width(title)) for c, title in zip(content, titles, strict=True)]
    room = width - GAP * (len(titles) - 1)
    if sum(natural) <= room:
        return natural
    # Titles give way first, the longest one word by word, because nothing is lost by wrapping.
    least = [max(c, w) for c, w in zip(content, words, strict=True)]
    widths = _narrowed(natural, least, room)
    shortest = list(widths)
    for at, column in enumerate(table.columns):
        if column.kind == "text":
            shortest[at] = min(widths[at], SHORTEST_TEXT if at else SHORTEST_LABEL)
    return _narrowed(widths, shortest, room)


def _narrowed(widths: list[int], least: list[int], room: int) -> list[int]:
    """Take from whichever column has most to give until the sum fits or nothing is left."""
    narrow = list(widths)
    excess = sum(narrow) - room
    while excess > 0:
        givers = [i for i in range(len(narrow)) if narrow[i] > least[i]]
        if not givers:
            break
        widest = max(givers, key=lambda i: (narrow[i], i))
        narrow[widest] -= 1
        excess -= 1
    return narrow


def _wrapped(title: str, width: int) -> list[str]:
    """A column title over as many lines as it needs; a word that is too long is cut."""
    lines: list[str] = []
    for word in title.split():
        if lines and cell_width(f"{lines[-1]} {word}") <= width:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines.append(cut(word, width))
    return lines


def _text_row(table: Table, cells: list[str], widths: list[int]) -> str:
    parts = []
    for column, cell, width in zip(table.columns, cells, widths, strict=True):
        text = cell if column.kind in NUMERIC else cut(cell, width)
        blank = " " * (width - cell_width(text))
        parts.append(blank + text if column.kind in NUMERIC else text + blank)
    return (" " * GAP).join(parts)


def _one_line(text: str) -> str:
    """Words on one line; characters a terminal would act on are shown as �."""
    flat = " ".join(text.split())
    return "".join(char if _is_shown(char) else "\ufffd" for char in flat)


def _is_shown(char: str) -> bool:
    # Joiners and soft hyphens (Cf) belong to words; marks that turn the direction of a line do
    # not stay within their cell.
    category = unicodedata.category(char)
    if category == "Cf":
        return char not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    return category not in ("Cc", "Cs", "Zl", "Zp")


def markdown_text(text: str) -> str:
    flat = "\n".join(" ".join(line.split()) for line in text.splitlines())
    visible = "".join(char if char == "\n" or _is_shown(char) else "\ufffd" for char in flat)
    escaped = _MARKDOWN.sub(lambda found: f"\\{found.group()}", visible)
    return escaped.replace("\n", "<br>")


def _markdown_row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
