"""How often each code of a codebook was put on, and the codebook as an appendix with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from coder.errors import UsageError
from coder.formats.appendix import CodeUse, appendix, to_docx, to_html, to_markdown
from coder.formats.codebook_table import codes_table
from coder.formats.tables import Cell, Column, Table, to_csv
from coder.model import Codebook, Viewer, resolved
from coder.ops.study import Study, did_you_mean
from coder.store.blind import is_blind
from coder.store.code_use import coded_units

APPENDIX_FORMATS = ("md", "html", "docx", "csv")


def code_use(study: Study, viewer: Viewer, book: Codebook) -> dict[str, CodeUse]:
    """By code id, how many excerpts and transcripts have the code, whoever put it on.

    What is hidden from the viewer in an open round is not counted. What was coded with a code
    that has been replaced since counts with its heirs, each excerpt once.
    """
    excerpts: defaultdict[str, set[int]] = defaultdict(set)
    transcripts: defaultdict[str, set[int]] = defaultdict(set)
    heirs: dict[str, frozenset[str]] = {}
    for name, unit, transcript in coded_units(study.store.db, viewer, book.id):
        if name not in heirs:
            heirs[name] = resolved(book, frozenset((name,)))
        for code in heirs[name]:
            excerpts[code].add(unit)
            if transcript is not None:
                transcripts[code].add(transcript)
    return {code: CodeUse(len(found), len(transcripts[code])) for code, found in excerpts.items()}


def appendix_of(
    book: Codebook, form: str, study: Study | None = None, viewer: Viewer | None = None
) -> bytes:
    """A codebook as the appendix of a paper; the same book and study give the same bytes.

    Args:
        book: The codebook.
        form: One of ``APPENDIX_FORMATS``.
        study: Where codes are counted, if it holds the book.
        viewer: Who is looking.

    Raises:
        UsageError: There is no such format.
    """
    if form not in APPENDIX_FORMATS:
        raise UsageError(f"there is no format {form}", did_you_mean(form, APPENDIX_FORMATS))
    use, counted_in = None, ""
    if study is not None and book.id in study.codebook_ids:
        viewer = viewer or Viewer()
        use = code_use(study, viewer, book)
        counted_in = study.name
        if is_blind(study.store.db, viewer):
            who = viewer.alias or "somebody who gave no name"
            counted_in += f" without what an open round hides from {who}"
    if form == "csv":
        return to_csv(with_use(codes_table(book), book, use)).encode()
    content = appendix(book, use, counted_in)
    if form == "docx":
        return to_docx(content)
    return (to_html(content) if form == "html" else to_markdown(content)).encode()


def with_use(table: Table, book: Codebook, use: Mapping[str, CodeUse] | None) -> Table:
    """The table of codes with two columns of counts, if anything was counted."""
    if use is None:
        return table
    rows = []
    for row, (_, code) in zip(table.rows, book.codes(), strict=True):
        used = use.get(code.id, CodeUse(0, 0))
        is_counted = not (code.is_category or code.replaced_by)
        counts: tuple[Cell, Cell] = (
            (used.excerpts, used.transcripts) if is_counted else (None, None)
        )
        rows.append((*row, *counts))
    columns = (
        *table.columns,
        Column("excerpts", "Excerpts", "count"),
        Column("transcripts", "Transcripts", "count"),
    )
    return Table(table.name, table.title, columns, tuple(rows), table.notes)
