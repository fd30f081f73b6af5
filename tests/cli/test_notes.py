"""memo, memos, flags in show, log of one excerpt, and codes that contradict the book."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from coder.ops.corpus import add_coder
from coder.ops.study import Study
from tests.cli.calling import Call


@pytest.fixture
def file(study: Study, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small study with two coders, alone in the current folder."""
    for alias in ("AL", "RR"):
        add_coder(study, alias)
    monkeypatch.chdir(study.path.parent)
    monkeypatch.delenv("CODER_STUDY", raising=False)
    monkeypatch.delenv("CODER_CODER", raising=False)
    return study.path


def test_a_memo_without_words_is_read(file: Path, call: Call) -> None:
    assert call("memo", "T-1:1", "look", "again", "--coder", "AL").code == 0
    assert call("memo", "T-1:1", "mine", "--coder", "RR").code == 0
    read = call("memo", "T-1:1", "--coder", "RR")
    assert [line.split(",")[0].strip() for line in read.out.splitlines() if line] == [
        "RR", "mine", "AL", "look again",
    ]  # fmt: skip
    nothing = call("memo", "T-1:2", "--coder", "AL")
    assert (nothing.code, nothing.out) == (0, "")
    assert "no memo on T-1:2" in nothing.err


def test_a_memo_on_a_code_at_an_excerpt(file: Path, call: Call) -> None:
    refused = call("memo", "T-1:1", "why", "--code", "effort", "--coder", "AL")
    assert "AL has not put effort on T-1:1" in refused.one_line(2)
    assert call("code", "T-1:1", "effort", "--coder", "AL").code == 0
    assert call("memo", "T-1:1", "why", "--code", "effort", "--coder", "AL").code == 0
    assert "why" in call("memo", "T-1:1", "--code", "effort").out
    assert "memo on effort: why" in call("show", "T-1:1", "--coder", "AL").out


def test_memos_are_listed_in_every_form(file: Path, call: Call) -> None:
    assert "no memos" in call("memos").err
    call("memo", "T-1:1", "=1+1", "--coder", "AL")
    call("memo", "T-1", "all of it", "--coder", "RR")
    call("memo", "effort", "vague", "--coder", "AL")
    text = call("memos").out
    assert all(words in text for words in ("T-1:1, AL, ", "T-1, RR, ", "code effort, AL, "))
    rows = list(csv.DictReader(io.StringIO(call("memos", "--csv").out)))
    assert [row["memo"] for row in rows] == ["all of it", "'=1+1", "vague"]
    own = csv.DictReader(io.StringIO(call("memos", "--csv", "--coder", "AL").out))
    assert [row["memo"] for row in own] == ["'=1+1", "vague", "all of it"], "one's own first"
    found = json.loads(call("memos", "--whose", "AL", "--transcript", "T-1", "--json").out)
    assert [row["unit"] for row in found["rows"]] == ["T-1:1"]
    assert call("memos", "--markdown").out.count("|") > 20
    assert "XX" in call("memos", "--whose", "XX").one_line(2)


def test_excerpts_say_where_nothing_applied(file: Path, call: Call) -> None:
    assert call("done", "T-1:1", "--coder", "AL").code == 0
    first, second, *_ = call("excerpts", "T-1", "--coder", "AL").out.splitlines()[3:]
    assert "nothing applied" in first
    assert "nothing applied" not in second
    assert "nothing applied" not in call("excerpts", "T-1", "--coder", "AL", "--json").out


def test_the_log_of_one_excerpt(file: Path, call: Call) -> None:
    call("code", "T-1:1", "effort", "--coder", "AL")
    call("flag", "T-1:2", "--coder", "AL")
    out = call("log", "--excerpt", "T-1:1").out
    assert "put Effort on T-1:1" in out
    assert "flagged" not in out
    assert len(call("log", "--excerpt", "T-1:1", "--limit", "1", "--csv").out.splitlines()) == 2
    assert "no excerpt T-1:77" in call("log", "--excerpt", "T-1:77").one_line(2)


def test_a_code_that_contradicts_the_book_is_put_on_and_said(file: Path, call: Call) -> None:
    done = call("code", "T-1:2", "effort", "--coder", "AL")
    assert done.code == 0
    assert done.err.splitlines() == ["put Effort on T-1:2", "note: Cause was not asked here"]
    assert call("code", "T-1:1", "effort", "--coder", "AL").err.splitlines() == [
        "put Effort on T-1:1"
    ]
