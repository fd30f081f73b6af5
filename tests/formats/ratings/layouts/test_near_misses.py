"""Which headers belong to which layout, and that plain wide and long files belong to none."""

from __future__ import annotations

from pathlib import Path

import pytest

from coder.formats.ratings.layouts import LAYOUTS
from tests.formats.ratings.layouts.files import layout_of, text, workbook

PLAIN = {
    "wide": "unit,AL,RR\nu1,x,y\n",
    "wide, no and yes": "unit,AL,RR\nu1,0,1\nu2,1,1\n",
    "wide, three coders by number": "unit,coder 1,coder 2,coder 3\nu1,0,1,1\n",
    "wide, coders with a first name": "unit,coder_AL,coder_RR\nu1,0,1\n",
    "wide, two coders with a code each": "unit,Code 1,Code 2\nu1,x,y\n",
    "wide with clusters": "unit,cluster,AL,RR\nu1,T1,1,0\n",
    "wide, four coders called by letter": "unit,a,b,c,d\nu1,1,2,3,4\n",
    "wide, a code each": "unit,AL: loss,RR: loss\nu1,1,0\n",
    "wide, complete, no marks": "unit,q1_AL,q1_RR,q2_AL,q2_RR\nu1,3,2,1,4\n",
    "long": "unit,coder,code\nu1,AL,x\n",
    "long with clusters": "unit,cluster,coder,code\nu1,T1,AL,x\n",
    "long with a code set": "excerpt,code_set,code,coder,memo\nu1,s,x,AL,\n",
    "long, codes 0 and 1": "unit,coder,code\nu1,AL,1\nu1,RR,0\n",
    "long, rating and a flag": "unit,coder,rating,sure,seen\nu1,AL,3,1,0\n",
    "long, several variables": "unit,coder,attribution,adjustment\nu1,AL,home,none\n",
    "long, one variable by its name": "unit,coder,loss\nu1,AL,1\nu1,RR,0\n",
    "long, one code column numbered": "unit,coder,Code 1\nu1,AL,x\n",
    "spans": "document,coder,code,start,stop,length\nd,AL,x,0,5,90\n",
    "spans with positions": "document,coder,code,pos0,pos1\nd,AL,x,0,5\n",
    "counts without a code": "unit,a,b,c,d\nu1,1,2,3,4\n",
    "Taguette and a coder": "id,document,tag,content,coder\n1,d,x,text,AL\n",
}


@pytest.mark.parametrize("content", PLAIN.values(), ids=PLAIN.keys())
def test_plain_files_are_left_to_the_plain_readers(tmp_path: Path, content: str) -> None:
    assert layout_of(text(tmp_path / "a.csv", content)) == ""


@pytest.mark.parametrize(
    "content",
    ["unit,code\nu1,x\n", "unit,rating\nu1,1\n", "unit,loss\nu1,1\n", "unit,code,memo\nu1,x,\n"],
)
def test_two_plain_files_are_left_to_the_plain_reader(tmp_path: Path, content: str) -> None:
    assert layout_of(text(tmp_path / "AL.csv", content), text(tmp_path / "RR.csv", content)) == ""


def test_plain_workbooks_are_left_to_the_plain_reader(tmp_path: Path) -> None:
    long = [["unit", "coder", "code"], ["u1", "AL", "x"]]
    wide = [["unit", "AL", "RR"], ["u1", "x", "y"]]
    path = workbook(tmp_path / "a.xlsx", {"one": long, "two": long})
    assert layout_of(path) == ""
    path = workbook(tmp_path / "b.xlsx", {"one": wide, "two": wide, "three": [["x"]]})
    assert layout_of(path) == ""
    path = workbook(tmp_path / "c.xlsx", {"one": long, "codes": [["code", "is"], ["x", "y"]]})
    assert layout_of(path) == ""


def test_layouts_have_names_and_say_what_they_are() -> None:
    names = [layout.name for layout in LAYOUTS]
    assert names == sorted(set(names), key=names.index)
    assert all(layout.says and not layout.says.endswith(".") for layout in LAYOUTS)
    assert all(name == name.lower() and " " not in name for name in names)
