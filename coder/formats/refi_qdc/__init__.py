"""Codebooks in the exchange format of qualitative analysis programs (REFI-QDA, ``.qdc``)."""

from coder.formats.refi_qdc.reading import read_qdc
from coder.formats.refi_qdc.writing import qdc_bytes

__all__ = ["qdc_bytes", "read_qdc"]
