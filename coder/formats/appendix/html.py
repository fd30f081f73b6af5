"""An appendix as one self-contained page that reads, prints and is heard well."""

from __future__ import annotations

import html
import re

from coder.formats.appendix.content import INDENT, Appendix, Entry, Fact, Section
from coder.formats.codebook_yaml.vocabulary import COLOR
from coder.formats.tables import Table, page_text
from coder.formats.tables.table import NUMERIC
from coder.formats.workbook.fitting import xml_text

STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 Georgia, 'Times New Roman', serif; max-width: 48rem; margin: 2rem auto;
  padding: 0 1rem; color: #1a1a1a; background: #fff; }
h1, h2, h3, th, nav, dt { font-family: system-ui, sans-serif; line-height: 1.25; }
h2 { margin-top: 3rem; border-bottom: 2px solid currentColor; }
h3 { margin-bottom: .25rem; }
code { font-size: .9em; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .9rem; }
caption { text-align: left; font-weight: bold; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem;
  border-bottom: 1px solid #999; overflow-wrap: anywhere; }
.number { text-align: right; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
dt { font-weight: bold; font-size: .9rem; }
dd { margin: 0; overflow-wrap: anywhere; }
.swatch { display: inline-block; width: .9em; height: .9em; border: 1px solid currentColor; }
a { color: #0b57a4; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
@media (prefers-color-scheme: dark) { body { color: #e8e8e8; background: #161616; }
  a { color: #8ec5ff; } }
@media (max-width: 36rem) { dl { display: block; } dd { margin-bottom: .4rem; } }
@media print { body { max-width: none; margin: 0; font-size: 10pt; color: #000; background: #fff; }
  nav, .skip { display: none; } h2 { break-before: page; } h2:first-of-type { break-before: auto; }
  h3, caption { break-after: avoid; } tr, dl > div { break-inside: avoid; }
  thead { display: table-header-group; } @page { margin: 2cm; } }
"""


def to_html(content: Appendix) -> str:
    """The whole appendix; no script, nothing fetched, everything people wrote escaped."""
    title = _text(content.title)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        f"<title>{title}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#codes">To the codes</a>',
        "<header>",
        f"<h1>{title}</h1>",
        *_facts(content.facts),
        *(f"<p>{_text(note)}</p>" for note in content.notes),
        "</header>",
        '<nav aria-label="Code sets">',
        "<ul>",
        *(
            f'<li><a href="#set-{number}">{_text(section.title)}</a></li>'
            for number, section in enumerate(content.sections, start=1)
        ),
        "</ul>",
        "</nav>",
        '<main id="codes">',
    ]
    for number, section in enumerate(content.sections, start=1):
        lines += _section(section, number)
    return "\n".join([*lines, "</main>", "</body>", "</html>"]) + "\n"


def _section(section: Section, number: int) -> list[str]:
    lines = [f'<section aria-labelledby="set-{number}">']
    lines += [f'<h2 id="set-{number}">{_text(section.title)}</h2>', *_facts(section.facts)]
    lines += _table(section.overview)
    for entry in section.entries:
        lines += [
            f"<h3>{_swatch(entry)}{_text(entry.name)} <code>{_text(entry.code_id)}</code></h3>"
        ]
        lines += _facts(entry.facts)
    return [*lines, "</section>"]


def _table(table: Table) -> list[str]:
    heads = "".join(
        f'<th scope="col"{_side(column.kind in NUMERIC)}>{_text(column.title)}</th>'
        for column in table.columns
    )
    lines = ["<table>", f"<caption>{_text(table.title)}</caption>"]
    lines += [f"<thead><tr>{heads}</tr></thead>", "<tbody>"]
    for row in table.rows:
        cells = []
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            words = _text(page_text(cell, column.kind)).replace(INDENT, "&emsp;")
            if at == 0:
                cells.append(f'<th scope="row">{words}</th>')
            else:
                cells.append(f"<td{_side(column.kind in NUMERIC)}>{words}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return [*lines, "</tbody>", "</table>"]


def _facts(facts: tuple[Fact, ...]) -> list[str]:
    if not facts:
        return []
    rows = (f"<dt>{_text(label)}</dt><dd>{_text(text)}</dd>" for label, text in facts)
    return ["<dl>", *rows, "</dl>"]


def _swatch(entry: Entry) -> str:
    # The colour itself is also among the facts: it is never the only sign.
    if not re.fullmatch(COLOR, entry.color):
        return ""
    return f'<span class="swatch" style="background:{entry.color}" aria-hidden="true"></span> '


def _side(is_number: bool) -> str:
    return ' class="number"' if is_number else ""


def _text(text: str) -> str:
    return html.escape(xml_text(text.strip("\n"))).replace("\n", "<br>")
