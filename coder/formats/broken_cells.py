"""Cells of a workbook that look blank to a reader and are not.

calamine gives the same empty text for a blank cell, for an error such as #N/A, and for a formula
that nobody has computed. In a table of codings a blank cell means something, so the difference
has to be known.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree import ElementTree

_REL_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def broken_cells(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Row (from 1) and column (from 0) of error values and uncomputed formulas, by sheet name.

    Args:
        data: An .xlsx file that has been read already, so that it is known to be whole.
    """
    found: dict[str, frozenset[tuple[int, int]]] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        for sheet, part in _sheet_parts(archive, names):
            xml = archive.read(part) if part in names else b""
            # Parsing takes 2 µs a cell; a sheet of plain values, the usual one, is spared it.
            if b't="e"' in xml or b"<f" in xml:
                found[sheet] = frozenset(_broken(xml))
    return found


def _sheet_parts(archive: zipfile.ZipFile, names: set[str]) -> Iterator[tuple[str, str]]:
    book, links = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if book not in names or links not in names:
        return
    targets = {
        link.get("Id"): link.get("Target", "")
        for link in ElementTree.fromstring(archive.read(links))
    }
    for element in ElementTree.fromstring(archive.read(book)).iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_REL_ID), "")
            part = target.lstrip("/") if target.startswith("/") else join("xl", target)
            yield element.get("name", ""), normpath(part)


def _broken(xml: bytes) -> Iterator[tuple[int, int]]:
    for _, element in ElementTree.iterparse(io.BytesIO(xml)):
        if not element.tag.endswith("}c"):
            continue
        parts = {child.tag.rsplit("}", 1)[-1]: child.text for child in element}
        # A formula that gives an empty text is computed: Excel marks it t="str".
        is_waiting = "f" in parts and not parts.get("v") and element.get("t") != "str"
        if element.get("t") == "e" or is_waiting:
            place = re.fullmatch(r"([A-Z]+)(\d+)", element.get("r", ""))
            if place:
                yield int(place[2]), _column(place[1])
        element.clear()


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
