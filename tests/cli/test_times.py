"""People read the times of where they are; programs read UTC."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coder.cli.output import emit
from coder.ops import coding, corpus, flags
from coder.ops.recent import OpenedStudy, recent_table
from tests.cli.calling import Call
from tests.factories import make_study
from tests.rounds import close_round, open_round

HERE, UTC = "2031-11-27 02:13", "2031-11-26T20:43:59Z"


@pytest.fixture
def evening(tmp_path: Path, in_zone: Callable[[str], None]) -> str:
    """A study in which all was done when it was the next day already in Delhi."""
    in_zone("IST-5:30")
    with make_study(tmp_path, clock=lambda: UTC) as study:
        al = corpus.add_coder(study, "AL")
        corpus.add_coder(study, "RR")
        coding.put_code(study, al, "T-1:1", "cause", "taught")
        coding.write_memo(study, al, "excerpt", "T-1:1", "said in the evening")
        flags.put_flag(study, al, "T-1:1")
        open_round(study, "R1", ("AL", "RR"), ["T-1:2"])
        close_round(study, "R1")
        return str(study.path)


LISTS = (("log",), ("log", "--excerpt", "T-1:1"), ("memos",), ("flags",))


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_a_page_has_local_times_and_a_file_utc(
    evening: str, call: Call, words: tuple[str, ...]
) -> None:
    page = call(*words, "--coder", "AL", "--study", evening).out
    assert HERE in page
    assert "UTC" not in page
    assert UTC[:10] not in page
    for form in ("--json", "--csv", "--markdown"):
        written = call(*words, form, "--coder", "AL", "--study", evening).out
        assert UTC in written
        assert HERE[:10] not in written


def test_a_round_has_its_local_day(evening: str, call: Call) -> None:
    assert f"closed {HERE[:10]}" in call("round", "list", "--study", evening).out
    (row,) = json.loads(call("round", "list", "--json", "--study", evening).out)["rows"]
    assert (row["opened"], row["closed"]) == (UTC[:10], UTC[:10])
    assert f"was closed on {HERE[:10]}" in call("round", "close", "R1", "--study", evening).err


def test_recent_studies_have_local_times(
    in_zone: Callable[[str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    in_zone("NST3:30")
    table = recent_table([OpenedStudy(Path("/no/such.coder"), UTC, "AL")])
    emit([table], None)
    page = capsys.readouterr().out
    assert "2031-11-26 17:13" in page
    assert "UTC" not in page
    emit([table], "csv")
    assert UTC in capsys.readouterr().out
