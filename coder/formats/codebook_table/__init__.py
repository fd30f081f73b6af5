"""Codebooks as spreadsheets: one row per code, with the parts of its set beside it.

Reading them is ``coder.formats.codebook_table.reading``, which loads more than a table on the
screen needs.
"""

from coder.formats.codebook_table.writing import about_table, codes_table, left_out

__all__ = ["about_table", "codes_table", "left_out"]
