"""``coder agree`` straight from files: what is printed, said, written, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest

from tests.cli.calling import Call, environment
from tests.cli.rating_files import written

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "agreement.schema.json").read_text(encoding="utf-8")
)
CODES = ("task", "talk", "tools")


def wide_rows(coders: int, levels: tuple[str, ...]) -> list[list[str]]:
    """48 units in 8 transcripts, most of them agreed on, some answers of the third missing."""
    drawn = Random(11)
    rows = [["excerpt", "transcript", *("Ana", "Ben", "Cyd", "Dan", "Eve", "Fay")[:coders]]]
    for unit in range(48):
        first = drawn.choice(levels)
        answers = [
            first if not coder or drawn.random() < 0.8 else drawn.choice(levels)
            for coder in range(coders)
        ]
        if coders > 2 and unit % 5 == 0:
            answers[2] = ""
        rows.append([f"E{unit}", f"T{unit % 8}", *answers])
    return rows


def set_rows() -> list[list[str]]:
    """Sets of codes, some of them empty."""
    rows = [["unit", "coder", "code", "transcript"]]
    for unit in range(40):
        for number, coder in enumerate(("Ana", "Ben")):
            held = [c for k, c in enumerate(CODES) if (unit + k * (1 + number * (unit % 4))) % 3]
            rows += [[f"E{unit}", coder, code, f"T{unit % 8}"] for code in held[:2] or [""]]
    return rows


def span_rows(*, overlapping: bool = False) -> list[list[object]]:
    """Two coders' spans in six documents; Ben's begin a little later."""
    rows: list[list[object]] = [["document", "coder", "code", "start", "stop", "length"]]
    for document in range(6):
        for place in range(5):
            code, start = CODES[(document + place) % 3], place * 100
            rows.append([f"D{document}", "Ana", code, start, start + 60, 600])
            if (document + place) % 4:
                later = start + document + 1
                rows.append([f"D{document}", "Ben", code, later, later + 55, 600])
    if overlapping:
        rows.append(["D0", "Ana", "talk", 0, 60, 600])
    return rows


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("ratings")
    written(made / "two.csv", wide_rows(2, CODES))
    written(made / "three.csv", wide_rows(3, ("1", "2", "3", "4")))
    written(made / "six.csv", wide_rows(6, CODES))
    alone = [[row[0], *row[2:]] for row in wide_rows(2, CODES)]
    written(made / "alone.csv", alone)
    written(made / "yes.csv", wide_rows(2, ("0", "1")))
    written(made / "sets.csv", set_rows())
    written(made / "spans.csv", span_rows())
    written(made / "overlapping.csv", span_rows(overlapping=True))
    written(made / "same.csv", [["unit", "A", "B"], ["1", "x", "x"], ["2", "x", "x"]])
    written(
        made / "own.csv", [["", *CODES], ["task", 0, 1, 2], ["talk", 1, 0, 3], ["tools", 2, 3, 0]]
    )
    return made


@pytest.fixture(autouse=True)
def here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.delenv("CODER_STUDY", raising=False)


LINES = [
    "two.csv",
    "two.csv --by-code --confusion --disagreements",
    "two.csv --full --bands landis-koch",
    "two.csv --weights own.csv",
    "two.csv --interval bootstrap --replicates 100 --seed 3",
    "two.csv --statistic cohen_kappa --statistic gwet_ac1 --confidence 0.9",
    "three.csv --scale ordinal --by-code",
    "three.csv --scale ratio --weights linear --full",
    "six.csv --by-code",
    "six.csv --full --disagreements",
    "alone.csv",
    "alone.csv --interval analytic",
    "alone.csv --interval none",
    "yes.csv --full",
    "sets.csv --sets --confusion --disagreements",
    "spans.csv --full --bands krippendorff",
    "spans.csv --disagreements",
    "overlapping.csv",
    "same.csv",
]


@pytest.mark.parametrize("line", LINES)
class TestForms:
    def test_text_fits_80_columns(self, call: Call, line: str) -> None:
        answer = call("agree", *line.split())
        assert answer.code == 0, answer.err
        lines = answer.out.splitlines()
        assert max(map(len, lines)) <= 80
        assert answer.err.startswith("note: ")
        assert "caution" not in answer.out
        assert "…" not in answer.out

    def test_json_has_its_schema(self, call: Call, line: str) -> None:
        if "--bands" in line:
            line = line.split(" --bands")[0]
        answer = call("agree", *line.split(), "--json")
        assert answer.code == 0, answer.err
        data = json.loads(answer.out)
        jsonschema.validate(data, SCHEMA)
        assert data["rows"]
        assert data["files"] == [line.split()[0]]
        assert data["shape"]
        assert (data["disagreements"] is not None) == ("--disagreements" in line)
        for row in data["rows"]:
            if row["defined"] and row["low"] is None and row["interval"] != "none":
                assert row["why_no_interval"], row

    def test_csv_and_markdown_and_latex(self, call: Call, line: str) -> None:
        if "--bands" not in line:
            header, *rows = csv.reader(io.StringIO(call("agree", *line.split(), "--csv").out))
            assert rows
            assert {len(row) for row in rows} == {len(header)}
            assert not any("e-" in cell and cell[:1].isdigit() for row in rows for cell in row)
        assert call("agree", *line.split(), "--markdown").out.startswith("### ")
        latex = call("agree", *line.split(), "--latex").out
        assert latex.startswith("\\begin{table}")
        assert latex.count("\\begin{") == latex.count("\\end{")


def rows_of(call: Call, line: str) -> dict[str, dict[str, Any]]:
    rows = json.loads(call("agree", *line.split(), "--json").out)["rows"]
    return {row["statistic"]: row for row in rows if row["code"] is None}


def test_a_file_without_transcripts_is_as_in_the_contract(call: Call) -> None:
    row = rows_of(call, "alone.csv")["cohen_kappa"]
    assert (row["code_set"], row["code"], row["level"]) == (None, None, "unit")
    assert (row["units"], row["clusters"], row["defined"]) == (48, 1, True)
    assert row["interval"] == "transcript jackknife z, t(G-1)"
    assert row["why_no_interval"] == "one transcript only"
    assert (row["low"], row["high"], row["why_undefined"]) == (None, None, None)
    analytic = rows_of(call, "alone.csv --interval analytic")["cohen_kappa"]
    assert "assumes independent units" in str(analytic["interval"])
    assert isinstance(analytic["low"], float)
    assert "assumes independent units" in call("agree", "alone.csv").err


def test_weights_decide_what_leads(call: Call) -> None:
    rows = rows_of(call, "three.csv --scale ordinal --coders Ana,Ben")
    for weights in ("linear", "quadratic"):
        out = call("agree", "three.csv", "--coders", "Ana,Ben", "--weights", weights).out
        assert f"{weights} weights" in out
        estimate = rows[f"cohen_kappa_{weights}"]["estimate"]
        assert f"{estimate:.3f}" in out
    own = rows_of(call, "two.csv --weights own.csv")["cohen_kappa_custom"]["estimate"]
    answer = call("agree", "two.csv", "--weights", "own.csv")
    assert f"{own:.3f}" in answer.out
    assert "own.csv: disagreement weights" in answer.err


def test_declared_categories_count(call: Call) -> None:
    few = rows_of(call, "two.csv")["brennan_prediger"]["estimate"]
    many = rows_of(call, "two.csv --categories task,talk,tools,time,other")["brennan_prediger"]
    assert isinstance(few, float)
    assert isinstance(many["estimate"], float)
    assert many["estimate"] > few


def test_yes_comes_first_whatever_the_order(call: Call) -> None:
    data = json.loads(call("agree", "yes.csv", "--json").out)
    assert data["confusions"][0]["categories"] == ["1", "0"]
    ((a, b), (c, _)) = data["confusions"][0]["counts"]
    rows = {row["statistic"]: row["estimate"] for row in data["rows"]}
    assert rows["positive_agreement"] == pytest.approx(2 * a / (2 * a + b + c))


def test_pairs_of_many_coders_are_shown_on_request(call: Call) -> None:
    answer = call("agree", "six.csv")
    assert "15 pairs of coders are not shown one by one: --full shows them" in answer.err
    assert "Ana–Ben" not in answer.out
    data = json.loads(call("agree", "six.csv", "--full", "--json").out)
    assert len({tuple(row["coders"]) for row in data["rows"]}) == 16


def test_percent_agreement_with_gaps_names_its_convention(call: Call) -> None:
    rows = rows_of(call, "three.csv")
    said = call("agree", "three.csv").err
    for name in ("percent_agreement_values", "percent_agreement_pairs"):
        assert name in said
        assert rows[name]["estimate"] != rows["percent_agreement"]["estimate"]
    assert "percent_agreement_values" not in call("agree", "two.csv").err


def test_disagreements_say_where_to_look(call: Call) -> None:
    listed = json.loads(call("agree", "two.csv", "--disagreements", "--json").out)
    lines = Path("two.csv").read_text(encoding="utf-8").splitlines()
    assert listed["disagreements"]
    for one in listed["disagreements"]:
        (row,) = set(one["rows"])
        unit, cluster, *answers = lines[row - 1].split(",")
        assert (one["unit"], one["cluster"], one["answers"]) == (unit, cluster, answers)
        assert answers[0] != answers[1]
    differ = sum(1 for line in lines[1:] if len(set(line.split(",")[2:])) > 1)
    assert len(listed["disagreements"]) == differ
    table = list(csv.reader(io.StringIO(call("agree", "two.csv", "--disagreements", "--csv").out)))
    assert table[0] == ["unit", "cluster", "answer_1", "answer_2", "rows"]
    assert len(table) == differ + 1


def test_overlapping_spans_keep_their_layers(call: Call) -> None:
    data = json.loads(call("agree", "overlapping.csv", "--json").out)
    together = {row["statistic"] for row in data["rows"] if row["code"] is None}
    assert together == {"alpha_u_1995"}
    layers = {row["statistic"] for row in data["rows"] if row["code"] == "talk"}
    assert layers == {"alpha_u_1995", "bar_u_alpha"}
    assert any("are left out: document D0: spans" in note for note in data["notes"])
    whole = {
        row["statistic"] for row in json.loads(call("agree", "spans.csv", "--json").out)["rows"]
    }
    assert whole >= {"u_alpha", "cu_alpha", "coverage_cu", "ku_alpha"}


class TestThresholds:
    def test_reached(self, call: Call) -> None:
        answer = call("agree", "two.csv", "--min", "percent_agreement=0.5", "--min", "kappa_max=-1")
        assert answer.code == 0
        assert "missed" not in answer.err

    def test_missed_says_value_and_threshold(self, call: Call) -> None:
        answer = call("agree", "two.csv", "--min", "cohen_kappa=0.99", "--min-lower=gwet_ac1=.9")
        assert answer.code == 1
        missed = [line for line in answer.err.splitlines() if line.startswith("missed: ")]
        assert len(missed) == 2
        value = rows_of(call, "two.csv")["cohen_kappa"]["estimate"]
        assert missed[0] == f"missed: Ana–Ben: cohen_kappa is {value:.3f}, under 0.99"
        assert "its interval begins at" in missed[1]
        assert answer.out

    def test_exactly_reached_is_enough(self, call: Call) -> None:
        value = rows_of(call, "two.csv")["cohen_kappa"]["estimate"]
        assert call("agree", "two.csv", "--min", f"cohen_kappa={value!r}").code == 0
        assert call("agree", "two.csv", "--min", f"cohen_kappa={value + 1e-12!r}").code == 1

    def test_an_undefined_value_and_a_missing_interval_fail(self, call: Call) -> None:
        answer = call("agree", "same.csv", "--min", "cohen_kappa=-1")
        assert answer.code == 1
        assert "cohen_kappa is undefined, not -1.0: only code x was used" in answer.err
        answer = call("agree", "alone.csv", "--min-lower", "cohen_kappa=-1")
        assert answer.code == 1
        assert "has no interval" in answer.err

    def test_every_pair_has_to_reach_it(self, call: Call) -> None:
        answer = call("agree", "three.csv", "--min", "percent_agreement=0.999")
        assert answer.err.count("missed: ") == 4

    def test_what_is_asked_for_is_computed(self, call: Call) -> None:
        answer = call("agree", "two.csv", "--min", "alpha_ordinal=-1")
        assert answer.code == 0, answer.err


class TestBands:
    def test_words_stand_beside_the_interval(self, call: Call) -> None:
        out = call("agree", "two.csv", "--bands", "landis-koch").out
        table = out[out.index("In words") :]
        assert "Landis & Koch 1977" in table
        assert "a convention, not a test" in table
        assert "alpha" not in table.splitlines()[3]
        row = rows_of(call, "two.csv")["cohen_kappa"]
        assert f"{row['estimate']:.3f} [{row['low']:.2f}, {row['high']:.2f}]" in table

    def test_no_word_without_an_interval(self, call: Call) -> None:
        out = call("agree", "alone.csv", "--bands", "cicchetti").out
        assert "No word where there is no interval." in out
        assert not any(word in out for word in ("excellent", "good", "fair", "poor"))

    def test_never_unasked(self, call: Call) -> None:
        out = call("agree", "two.csv", "--full", "--by-code").out
        assert not any(word in out for word in ("substantial", "moderate", "excellent", "reliable"))


def test_convert_writes_what_reads_back_the_same(call: Call, tmp_path: Path) -> None:
    out = tmp_path / "tidy.csv"
    answer = call("agree", "three.csv", "--convert", out)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.endswith(f"wrote {out}\n")
    assert out.read_text(encoding="utf-8").startswith("unit,coder,code,transcript\n")
    before = rows_of(call, "three.csv")
    after = rows_of(call, str(out))
    assert before.keys() == after.keys()
    for name, row in before.items():
        assert row["estimate"] == pytest.approx(after[name]["estimate"], abs=1e-12)
    assert call("agree", "two.csv", "--convert", out).one_line(2)
    assert call("agree", "two.csv", "--convert", out, "--force").code == 0
    assert "Cyd" not in out.read_text(encoding="utf-8")


def test_no_study_is_needed_nor_opened(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CODER_STUDY", "/nowhere/at/all.coder")
    monkeypatch.setenv("CODER_CODER", "nobody")
    assert call("agree", "two.csv").code == 0


def test_files_are_compared_without_loading_the_store(folder: Path) -> None:
    code = (
        "import sys; from coder.cli.main import run; run(['agree', 'two.csv']); "
        "print([name for name in ('coder.store', 'coder.model', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_names_with_blanks_stay_apart_in_csv(call: Call, tmp_path: Path) -> None:
    rows = [["unit", "Coder 1", "Coder 2"], ["u1", "x", "y"], ["u2", "x", "x"]]
    path = written(tmp_path / "blanks.csv", rows)
    found = list(csv.DictReader(io.StringIO(call("agree", str(path), "--csv").out)))
    assert {row["coders"] for row in found} == {"Coder 1; Coder 2"}
    plain = list(csv.DictReader(io.StringIO(call("agree", "two.csv", "--csv").out)))
    assert {row["coders"] for row in plain} == {"Ana Ben"}
