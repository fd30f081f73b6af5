"""Layouts that teams and other programs use, tried before the plain wide and long forms."""

from __future__ import annotations

from coder.formats.ratings.layout import Layout
from coder.formats.ratings.layouts.code_columns import CodeColumns
from coder.formats.ratings.layouts.code_grid import CodeGrid
from coder.formats.ratings.layouts.counts import FourField
from coder.formats.ratings.layouts.dedoose import Dedoose
from coder.formats.ratings.layouts.maxqda import Maxqda
from coder.formats.ratings.layouts.numbered_codes import NumberedCodes
from coder.formats.ratings.layouts.nvivo import Nvivo
from coder.formats.ratings.layouts.qualcoder import QualCoder
from coder.formats.ratings.layouts.sheet_per_coder import SheetPerCoder
from coder.formats.ratings.layouts.taguette import Taguette

LAYOUTS: tuple[Layout, ...] = (
    Nvivo(),
    QualCoder(),
    Taguette(),
    Dedoose(),
    Maxqda(),
    FourField(),
    NumberedCodes(),
    CodeGrid(),
    CodeColumns(),
    SheetPerCoder(),
)
"""In the order in which they are tried: the exports of programs first, by their exact columns."""

__all__ = ["LAYOUTS"]
