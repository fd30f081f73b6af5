"""The page on layouts: it names every one, and its example tables are recognised."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from coder.formats.ratings.layouts import LAYOUTS
from tests.formats.ratings.layouts.files import layout_of, workbook

PAGE = (Path(__file__).parents[4] / "docs" / "agreement_files.md").read_text(encoding="utf-8")


def example(name: str) -> list[list[str]]:
    """The first table of the section on a layout."""
    section = re.split(rf"^### .*\(`{name}`\).*$", PAGE, flags=re.MULTILINE)[1]
    first = re.search(r"^(\|.*\n)+", section, flags=re.MULTILINE)
    lines = first[0].splitlines() if first else []
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert len(rows) > 2
    return [rows[0], *rows[2:]]


@pytest.mark.parametrize("name", [layout.name for layout in LAYOUTS])
def test_every_layout_stands_in_the_overview_and_has_a_section(name: str) -> None:
    assert f"\n| `{name}` |" in PAGE
    assert re.search(rf"^### .*\(`{name}`\)", PAGE, flags=re.MULTILINE)


@pytest.mark.parametrize("name", [layout.name for layout in LAYOUTS if layout.name != "maxqda"])
def test_the_examples_are_recognised(tmp_path: Path, name: str) -> None:
    rows = example(name)
    sheets = {"AL": rows, "RR": rows} if name == "sheet-per-coder" else {"Sheet1": rows}
    assert layout_of(workbook(tmp_path / "a.xlsx", sheets)) == name
