"""An appendix as a Word document; the same book gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from coder.formats.appendix.content import Appendix, Fact
from coder.formats.tables import Table, page_text
from coder.formats.tables.table import NUMERIC
from coder.formats.workbook.fitting import xml_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - python-docx writes it as UTC and takes no zone
"""Never the clock, so that the same book gives the same bytes."""

TEXT_WIDTH = 17.2
"""Centimetres between the margins."""

WIDTHS = {"name": 3.0, "id": 2.9, "key": 1.1, "kind": 2.3, "excerpts": 1.9, "transcripts": 2.4}
"""Centimetres, by the key of the column."""

ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def to_docx(content: Appendix) -> bytes:
    """The whole appendix, with headings for the navigation pane and tables with header rows."""
    # Deferred: 150 ms, and only this format needs it.
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    about = document.core_properties
    about.title, about.author, about.comments = xml_text(content.title)[:255], "Coder", ""
    about.created = about.modified = MADE
    about.last_modified_by, about.revision, about.language = "Coder", 1, "en"
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2.2)
        section.top_margin = section.bottom_margin = Cm(2)
    document.styles["Normal"].font.size = Pt(10.5)
    document.add_heading(xml_text(content.title), 1)
    _facts(document, content.facts)
    for note in content.notes:
        document.add_paragraph(xml_text(note))
    for part in content.sections:
        document.add_heading(xml_text(part.title), 2)
        _facts(document, part.facts)
        _table(document, part.overview)
        for entry in part.entries:
            document.add_heading(xml_text(f"{entry.name} ({entry.code_id})"), 3)
            _facts(document, entry.facts)
    out = io.BytesIO()
    document.save(out)
    return _same_every_time(out.getvalue())


def _facts(document: Document, facts: tuple[Fact, ...]) -> None:
    from docx.shared import Cm, Pt

    for label, text in facts:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(2)
        line.paragraph_format.left_indent = Cm(0.5)
        line.paragraph_format.first_line_indent = Cm(-0.5)
        line.add_run(f"{xml_text(label)}: ").bold = True
        line.add_run(xml_text(text))


def _table(document: Document, table: Table) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    document.add_paragraph()
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False
    widths = [WIDTHS.get(column.key, 0.0) for column in table.columns]
    # The brief definition takes what the others leave.
    widths = [width or TEXT_WIDTH - sum(widths) for width in widths]
    for at, column in enumerate(table.columns):
        _cell(grid.rows[0].cells[at].paragraphs[0], column.title).bold = True
    # Repeated on every page, and what a screen reader takes for the header.
    properties = grid.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        cells = grid.add_row().cells
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            line = cells[at].paragraphs[0]
            _cell(line, page_text(cell, column.kind))
            if column.kind in NUMERIC:
                line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    # Word reads the width of each cell, LibreOffice that of the column.
    for column_of_cells, width in zip(grid.columns, widths, strict=True):
        column_of_cells.width = Cm(width)
    for row_of_cells in grid.rows:
        row_of_cells._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for box, width in zip(row_of_cells.cells, widths, strict=True):
            box.width = Cm(width)
    document.add_paragraph()


def _cell(line: Paragraph, text: str) -> Run:
    from docx.shared import Pt

    line.paragraph_format.space_after = Pt(0)
    run = line.add_run(xml_text(text))
    run.font.size = Pt(9)
    return run


def _same_every_time(data: bytes) -> bytes:
    """The archive with the same time on each of its files."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()
