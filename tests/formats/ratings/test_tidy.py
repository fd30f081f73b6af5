"""The long form that ratings are written in, and that it says the same when it is read again."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coder.errors import UsageError
from coder.formats.ratings import (
    CountedPairs,
    HowToRead,
    MarkedSpans,
    Ratings,
    RatingsFile,
    read_ratings,
    write_tidy,
)
from tests.formats.ratings.made import answers, clusters, read, written

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("=+-@'\t\n\",;"), min_size=1
).filter(lambda text: bool(text.strip()))


@st.composite
def ratings(draw: st.DrawFn, name: str, sets: bool, with_clusters: bool) -> Ratings:
    coders = tuple(draw(st.lists(TEXT, min_size=2, max_size=3, unique=True)))
    units = tuple(draw(st.lists(TEXT, min_size=1, max_size=5, unique=True)))
    # No code that could be a number with a decimal comma: that one is read as a number.
    codes = tuple(draw(st.lists(TEXT.map("k".__add__), min_size=1, max_size=4, unique=True)))
    rows: list[tuple[int, int, int]] = []
    for unit in range(len(units)):
        for coder in range(len(coders)):
            answer = draw(st.sets(st.integers(0, len(codes) - 1), max_size=2 if sets else 1))
            rows += [(unit, coder, code) for code in sorted(answer) or [-1]]
    found = np.array(rows, dtype=np.int64)
    names = tuple(draw(st.lists(TEXT, min_size=1, max_size=2, unique=True)))
    cluster = np.array([draw(st.integers(0, len(names) - 1)) for _ in units], dtype=np.int64)
    return Ratings(
        name, units, coders, codes, found[:, 0], found[:, 1], found[:, 2],
        np.arange(len(rows), dtype=np.int64), sets,
        names if with_clusters else (), cluster if with_clusters else None,
        "transcript" if with_clusters else "cluster",
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(data=st.data(), sets=st.booleans(), several=st.booleans(), with_clusters=st.booleans())
def test_reading_it_back(
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
    sets: bool,
    several: bool,
    with_clusters: bool,
) -> None:
    names = ["first: one", "=second"] if several else [""]
    content = tuple(data.draw(ratings(name, sets, with_clusters)) for name in names)
    if several and with_clusters:
        # One file has one column of clusters, and a unit of two sets has one cluster only.
        content = tuple(
            Ratings(**{**vars(one), "units": tuple(f"{at}{unit}" for unit in one.units)})
            for at, one in enumerate(content)
        )
    text = write_tidy(RatingsFile(("r.csv",), "", content))
    path = written(tmp_path_factory.mktemp("r"), text)
    back = read_ratings([path], HowToRead(sets=sets, layout="long"))
    assert isinstance(back.content, tuple)
    assert len(back.content) == len(content)
    for before, after in zip(content, back.content, strict=True):
        assert sorted(map(str, answers(before))) == sorted(map(str, answers(after)))
        assert before.name == after.name
        assert tuple(before.units) == tuple(after.units)
        if with_clusters:
            assert clusters(before) == clusters(after)
            assert before.noun == after.noun


def test_the_text(tmp_path: Path) -> None:
    file = read(tmp_path, "unit,RR,AL,transcript\nu2,b,=a,T1\nu1,,a,T1\n")
    assert write_tidy(file) == (
        "unit,coder,code,transcript\nu2,RR,b,T1\nu2,AL,'=a,T1\nu1,AL,a,T1\n"
    )


def test_spans_read_back(tmp_path: Path) -> None:
    text = (
        "document,coder,code,start,stop,length\nD1,AL,a,0,10,100\nD1,RR,a,2,9,100\n"
        "D2,AL,b,4,5,50\nD2,RR,,,,50\n"
    )
    file = read(tmp_path, text)
    assert write_tidy(file) == text
    again = read(tmp_path, write_tidy(file))
    assert isinstance(again.content, MarkedSpans)
    assert isinstance(file.content, MarkedSpans)
    assert again.content.present == file.content.present


def test_counts_cannot_be_taken_apart() -> None:
    counts = CountedPairs(
        ("A", "B"), ("a",), ("f",), "document", "characters", np.zeros((1, 1, 2, 2), np.int64)
    )
    with pytest.raises(UsageError, match="cannot be converted"):
        write_tidy(RatingsFile(("x.csv",), "", counts))
