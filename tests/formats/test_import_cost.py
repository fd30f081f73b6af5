"""Naming the formats must not load the libraries behind them."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("ruamel", "xlsxwriter", "python_calamine", "pandas", "numpy", "lxml", "docx")
ROOMS = (
    "appendix",
    "codebook_table.reading",
    "codebook_yaml",
    "codings_table",
    "refi_qdc",
    "sheets",
    "tables",
    "workbook",
)


def test_formats_load_their_libraries_on_use() -> None:
    imports = "; ".join(f"import coder.formats.{room}" for room in ROOMS)
    program = f"import sys; {imports}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
