"""What clusters are called: transcripts, records, persons, or several of these."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from coder.model import Viewer
from coder.ops.agreeing import agreement
from coder.ops.agreement_report import AgreementReport, Options
from coder.ops.clusters import LEFT_OUT, noun_of
from coder.ops.coding import put_code
from coder.ops.corpus import add_coder, coder_named
from coder.ops.importing import import_files
from coder.ops.records import import_records
from coder.ops.study import Study, create_study
from coder.store.read_models import Answer, Profile
from tests.factories import write_transcript
from tests.ops.coded import book_of, set_of

TOPIC = set_of("topic", "exclusive", ["task", "talk", "other"], rule="any")
AL = "task talk task other talk task task other talk other"
RR = "task talk talk other talk task other other talk task"


def profile(transcript: str = "", participant: str = "", record: str = "") -> Profile:
    said = (Answer("AL", "coded", frozenset("a")),)
    return Profile(transcript, participant, "", "Q", said, None, 1, record)


@pytest.mark.parametrize(
    ("profiles", "noun"),
    [
        ([], "transcript"),
        ([profile("T-1", "P1"), profile("T-2")], "transcript"),
        ([profile(participant="P1", record="r:1")], "person"),
        ([profile(record="r:1")], "record"),
        ([profile("T-1"), profile(record="r:1")], "cluster"),
        ([profile(participant="P1", record="r:1"), profile(record="r:2")], "cluster"),
    ],
)
def test_what_units_are_nested_in(profiles: Sequence[Profile], noun: str) -> None:
    assert noun_of(profiles) == noun
    assert noun == "transcript" or noun in LEFT_OUT


def with_records(folder: Path, participants: Sequence[str], *, interview: bool = False) -> Study:
    """A study of coded records, and perhaps one interview besides."""
    study = create_study(folder / "s.coder", [book_of(TOPIC)])
    lines = [f"{n},{who},Some words {n}." for n, who in enumerate(participants)]
    table = folder / "advice.csv"
    table.write_text("\n".join(["id,participant,text", *lines]), encoding="utf-8")
    import_records(study, table, question="Q-WHY")
    for alias, answers in (("AL", AL), ("RR", RR)):
        add_coder(study, alias)
        refs = [f"advice:{n}" for n in range(len(participants))]
        for ref, code in zip(refs, answers.split(), strict=False):
            put_code(study, coder_named(study, alias), ref, "topic", code)
    if interview:
        import_files(study, [write_transcript(folder)])
        for alias in ("AL", "RR"):
            for number in (1, 3):
                put_code(study, coder_named(study, alias), f"T-1:{number}", "topic", "task")
    return study


def texts(report: AgreementReport) -> str:
    """Everything that is said in words of the whole code set."""
    said = [caution.text for caution in report.cautions]
    for row in report.rows:
        e = row.estimate
        said += [e.interval, e.why_no_interval, e.why_undefined, e.bound]
        said.append(report.why_rare(row))
    return "\n".join(said)


@pytest.mark.parametrize("method", ["jackknife", "bootstrap"])
@pytest.mark.parametrize(
    ("participants", "noun", "clusters"),
    [([""] * 10, "record", 10), (["P1", "P2", "P3", "P4", "P5"] * 2, "person", 5)],
)
def test_records_and_persons_are_called_so_everywhere(
    tmp_path: Path, participants: list[str], noun: str, clusters: int, method: str
) -> None:
    options = Options(
        interval="bootstrap" if method == "bootstrap" else "jackknife", replicates=200
    )
    with with_records(tmp_path, participants) as study:
        report = agreement(study, Viewer(), options=options)
    said = texts(report)
    assert "transcript" not in said.replace(LEFT_OUT[noun], "")
    assert LEFT_OUT[noun] in said
    kappa = next(r.estimate for r in report.rows if r.estimate.statistic == "cohen_kappa")
    assert kappa.clusters == clusters
    assert kappa.interval.startswith(f"{noun} {method}")


def test_records_beside_interviews_are_said_to_be_mixed(tmp_path: Path) -> None:
    with with_records(tmp_path, [""] * 6, interview=True) as study:
        report = agreement(study, Viewer())
    assert LEFT_OUT["cluster"] in texts(report)
    kappa = next(r.estimate for r in report.rows if r.estimate.statistic == "cohen_kappa")
    assert (kappa.clusters, kappa.units) == (7, 8)
    assert kappa.interval.startswith("cluster jackknife")
