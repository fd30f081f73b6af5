"""The reader for large files says what the careful one says, or gives way to it."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import BadInput
from coder.formats.ratings import HowToRead, Ratings, RatingsFile, quick, sources
from coder.formats.ratings.careful import SheetTable
from coder.formats.ratings.packed import Names, distinct
from coder.formats.ratings.quick import DelimitedTable
from coder.formats.ratings.reading import read_tables
from coder.formats.sheets import read_sheets
from tests.formats.ratings.made import written


def table(path: Path) -> DelimitedTable:
    return DelimitedTable(path, path.read_bytes())


def said(read: Any) -> tuple[Any, ...]:
    """Everything that a reader gives, or its complaint."""
    try:
        file: RatingsFile = read()
    except BadInput as fault:
        return str(fault), fault.hint
    assert isinstance(file.content, tuple)
    return file.files, file.shape, file.notes, [everything(ratings) for ratings in file.content]


def everything(ratings: Ratings) -> tuple[Any, ...]:
    return (
        ratings.name,
        tuple(ratings.units),
        ratings.coders,
        ratings.codes,
        ratings.unit.tolist(),
        ratings.coder.tolist(),
        ratings.code.tolist(),
        ratings.row.tolist(),
        ratings.clusters,
        None if ratings.cluster is None else ratings.cluster.tolist(),
        ratings.noun,
    )


def both(path: Path, **how: Any) -> tuple[Any, Any]:
    options = HowToRead(**how)

    def carefully() -> RatingsFile:
        return read_tables([SheetTable(read_sheets(path)[0])], options)

    return said(lambda: read_tables([table(path)], options)), said(carefully)


CELLS = st.one_of(
    st.sampled_from(["a", "b", "a ", "", " ", "NA", "1", "1,5", 'q"q', "x;y", "'=1", "\u00a0"]),
    st.text(st.sampled_from("ab A1é\u2028\x85\x01\n\r,;'\"="), max_size=4),
)
CLEAN = st.sampled_from(["a", "b", "a b", "NA", "1", "1.0", "é", "x, y", 'q "q"', "A"])
NAMES = st.one_of(st.sampled_from(["u1", "u2", "U1", "u10", "T1:1", "é"]), CELLS)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Files as programs write them and as hands spoil them."""
    is_long = draw(st.booleans())
    header = ["unit", "coder", "code", "cluster"] if is_long else ["unit", "AL", "RR", "KM"]
    is_clean = draw(st.booleans())
    cells = CLEAN if is_clean else CELLS
    rows = []
    for at in range(draw(st.integers(0, 8))):
        name = f"u{at // 2 if is_long else at}" if is_clean else draw(NAMES)
        if not is_long:
            rows.append([name, draw(cells), draw(cells | st.just("")), draw(cells)])
        elif is_clean:
            rows.append([name, ("AL", "RR")[at % 2], draw(cells | st.just("")), "T1"])
        else:
            coder = draw(st.sampled_from(["AL", "RR", "AL ", ""]))
            rows.append([name, coder, draw(cells), draw(st.sampled_from(["T1", "T2", ""]))])
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter=draw(st.sampled_from(",,;\t")),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        lineterminator=draw(st.sampled_from(["\n", "\r\n"])),
    )
    writer.writerows([header, *rows])
    text = out.getvalue()
    if text and not is_clean and draw(st.booleans()):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(['"', "\n", ",", "\r", " "])) + text[at:]
    return draw(st.sampled_from(["", "", "\ufeff"])) + text


@settings(max_examples=100, deadline=None)
@given(text=texts(), sets=st.booleans())
def test_the_same_as_the_careful_reader(
    tmp_path_factory: pytest.TempPathFactory, text: str, sets: bool
) -> None:
    path = written(tmp_path_factory.mktemp("r"), text)
    try:
        quickly, carefully = both(path, sets=sets)
    except BadInput:
        return  # a file with nothing in it, on either way
    assert quickly == carefully


PLAIN = [
    "unit,AL,RR\nu1,a,b\nu2,b,b\n",
    '"unit";"AL";"RR"\r\n"u1";"a ""x"" b";"b"\r\n"u2";"two\r\nlines";""\r\n',
    "\ufeffunit\tAL\tRR\nu1\té\tb\n\n\n",
    'unit,coder,code,text\nu1,AL,NA,"a, b"\nu1,RR,,\nu2,RR,x,-\n',
]


@pytest.mark.parametrize("text", PLAIN)
def test_ordinary_files_are_read_quickly(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    file = table(path)
    assert file.quickly({0, 1, 2}, [0]) is not None
    quickly, carefully = both(path)
    assert quickly == carefully
    assert isinstance(quickly[0], tuple)


@pytest.mark.parametrize(
    "text",
    [
        "unit,AL,RR\nu1,a\x01,b\n",
        "unit,AL,RR\n\nu1,a,b\n",
        "unit,AL,RR\nu1,a,b\nu2,a\n",
        "unit,AL,RR\nu1,a,b\ru2,b,b\n",
        'unit,AL,RR\nu1,a"a,b"b\n',
        'unit,AL,RR\nu1, "a",b\n',
        "unit,AL,RR\nu1,'=a,b\n",
        "unit,AL,RR\nu1,  ,b\n",
        "unit,AL,RR\n,,\nu1,a,b\n",
        "unit,AL,RR,\nu1,a,b,\n",
        "unit,AL,RR\nu1,\x85,b\n",
    ],
)
def test_peculiar_files_go_to_the_careful_reader(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, text)
    file = table(path)
    assert not file._plain or file.quickly({0, 1, 2}, [0]) is None
    quickly, carefully = both(path)
    assert quickly == carefully


def test_a_large_file_is_read_quickly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [f"u{n},{coder},c{n % 7},T{n % 5}\n" for n in range(10_000) for coder in ("AL", "RR")]
    text = "unit,coder,code,transcript\n" + "".join(rows)
    path = written(tmp_path, text)
    assert path.stat().st_size > sources.QUICK_FROM
    expected = said(lambda: read_tables([SheetTable(read_sheets(path)[0])], HowToRead()))

    def gave_way(*_: object) -> None:
        raise AssertionError("the careful reader was asked")

    monkeypatch.setattr(quick, "SheetTable", gave_way)
    from coder.formats.ratings import read_ratings

    assert said(lambda: read_ratings([path])) == expected


def test_a_large_file_with_a_flaw_is_read_to_its_end(tmp_path: Path) -> None:
    rows = "".join(f"u{n},a,b,\n" for n in range(3_000))
    path = written(tmp_path, "unit,AL,RR,\n" + rows)
    assert path.stat().st_size > quick.PREVIEWED
    quickly, carefully = both(path)
    assert quickly == carefully
    ((_, units, *_),) = quickly[3]
    assert len(units) == 3_000


def test_layouts_see_the_first_rows_of_a_large_file(tmp_path: Path) -> None:
    rows = "".join(f'u{n},"a\n{n}",b\n' for n in range(3_000))
    path = written(tmp_path, "unit,AL,RR\n" + rows)
    file = table(path)
    preview, whole = file.preview.rows, file.whole().rows
    assert 2 < len(preview) < len(whole) == 3_001
    assert preview == whole[: len(preview)]


@pytest.mark.parametrize("order", ["ascending", "by coder", "shuffled"])
def test_many_units_stay_packed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(quick, "FEW", 50)
    numbers = list(range(200))
    if order == "shuffled":
        numbers = [number * 79 % 200 for number in numbers]
    pairs = [(number, coder) for number in numbers for coder in ("AL", "RR")]
    if order == "by coder":
        pairs.sort(key=lambda pair: pair[1])
    rows = [f"Unit {number},{coder},{number % 3}\n" for number, coder in pairs]
    path = written(tmp_path, "unit,coder,code\n" + "".join(rows))
    file = read_tables([table(path)], HowToRead())
    assert isinstance(file.content, tuple)
    (ratings,) = file.content
    assert isinstance(ratings.units, Names)
    assert ratings.units.are_distinct()
    assert ratings.units[1] == f"Unit {numbers[1]}"
    assert list(ratings.units[1:3]) == [f"Unit {number}" for number in numbers[1:3]]
    assert both(path)[0] == both(path)[1]
    alike = written(tmp_path, "unit,coder,code\n" + "".join([*rows, "unit 7,AL,1\n"]))
    quickly, carefully = both(alike)
    assert quickly == carefully
    assert 'units that look alike count as different: "Unit 7" and "unit 7"' in quickly[2]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("aAbz019é "), max_size=12), max_size=30),
    st.sampled_from(["as they are", "sorted", "twice", "in runs"]),
)
def test_distinct_texts(words: list[str], order: str) -> None:
    import pyarrow

    if order == "sorted":
        words = sorted(words, key=lambda word: (len(word.encode()), word.encode()))
    if order == "in runs":
        words = [word for word in sorted(set(words)) for _ in range(3)]
    if order == "twice":
        words = [*dict.fromkeys(words), *dict.fromkeys(words)]
    for skipped in (0, 1):
        packed = pyarrow.array(words, type=pyarrow.string())[skipped:]
        if not len(packed):
            continue
        names, at = distinct(packed)
        assert list(names) == list(dict.fromkeys(words[skipped:]))
        assert [names[place] for place in at.tolist()] == words[skipped:]
        trimmed = all(name == name.strip() for name in names)
        assert trimmed or not names.are_trimmed()
        apart = len({name.strip().casefold() for name in names}) == len(names)
        assert (trimmed and apart) or not names.are_distinct()
        assert names.has_blank() == ("" in list(names))
