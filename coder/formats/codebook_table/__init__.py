"""Codebooks as spreadsheets: one row per code, with the parts of its set beside it."""

from coder.formats.codebook_table.reading import read_codebook_table
from coder.formats.codebook_table.writing import about_table, codes_table, left_out

__all__ = ["about_table", "codes_table", "left_out", "read_codebook_table"]
