"""Every number of the demo recomputed from the exported unit table, by other people's programs.

Only pandas reads the exported files here; nothing of the program computes anything. What the
codebook says is repeated by hand: which question feeds which set, and that absence of a code is
"nothing".
"""

from __future__ import annotations

import math
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from coder.cli.main import run
from coder.model import Viewer
from coder.ops.exporting import export
from coder.ops.study import open_study
from tests.ops import recomputed
from tests.ops.recomputed import Pair, Statistic

FEEDS = {"Q-WHY": ("attribution", "who"), "Q-ADJUST": ("adjustment", "who")}
SETS = ("attribution", "adjustment", "who")
CODERS = ("AL", "RR")
EXACT = 1e-9


Row = dict[str, str]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Plain rows: what pandas read, without its arithmetic."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in frame.to_numpy().tolist()]


@dataclass(frozen=True)
class Files:
    """The exported tables as pandas reads them."""

    folder: Path

    def table(self, name: str) -> list[Row]:
        path = self.folder / f"sample-{name}.csv"
        return rows_of(pd.read_csv(path, dtype=str, keep_default_na=False))

    def by(self, name: str, *keys: str) -> dict[tuple[str, ...], Row]:
        rows = self.table(name)
        found = {tuple(row[key] for key in keys): row for row in rows}
        assert len(found) == len(rows)
        return found


@pytest.fixture(scope="module")
def files(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("demo-numbers")
    shutil.copy(sample_file, folder / "sample.coder")
    with open_study(folder / "sample.coder") as study:
        export(study, Viewer(), folder)
    return Files(folder)


@dataclass(frozen=True)
class Answer:
    """What one coder said of one excerpt and code set."""

    status: str
    codes: frozenset[str]


def answers(files: Files, code_set: str) -> dict[str, dict[str, Answer]]:
    """By excerpt and coder, over the excerpts whose question feeds the set."""
    out: dict[str, dict[str, Answer]] = {}
    for row in files.table("units"):
        if row["code_set"] != f"mist_student_views:{code_set}":
            continue
        if code_set not in FEEDS.get(row["question"], ()):
            continue
        answer = Answer(row["status"], codes_in(row["codes"]))
        out.setdefault(row["unit"], {})[row["coder"]] = answer
    return out


def codes_in(cell: str) -> frozenset[str]:
    return frozenset(code for code in cell.split(";") if code)


def valences(files: Files) -> dict[str, str]:
    return {row["code"]: row["valence"] for row in files.table("codebook")}


def codes_of(files: Files, code_set: str) -> list[str]:
    return [row["code"] for row in files.table("codebook") if row["code_set"] == code_set]


def valence(codes: frozenset[str], of_code: dict[str, str]) -> str:
    """Productive or unproductive where that is all there is; both, or any mixed, is mixed."""
    kinds = {of_code[code] for code in codes} - {"none"}
    if not kinds:
        return "none"
    return "mixed" if len(kinds) > 1 else kinds.pop()


def pairs(files: Files, code_set: str, level: str, code: str = "") -> list[Pair]:
    """The two coders' answers as the level sees them."""
    of_code = valences(files)
    found = []
    for unit, by_coder in answers(files, code_set).items():
        if set(by_coder) != set(CODERS):
            continue
        if level.endswith("_applied") and any(a.status != "coded" for a in by_coder.values()):
            continue
        said = []
        for coder in CODERS:
            answer = by_coder[coder]
            if level.startswith("valence"):
                word = valence(answer.codes, of_code) if answer.codes else answer.status
                said.append((word == code and code) or (f"not {code}" if code else word))
            elif level == "applies":
                said.append("applied" if answer.status == "coded" else "nothing")
            elif code:
                said.append(code if code in answer.codes else f"not {code}")
            else:
                said.append("+".join(sorted(answer.codes)) or answer.status)
        found.append(Pair(unit.split(":")[0], said[0], said[1]))
    return found


def declared(files: Files, code_set: str, level: str, code: str, found: Sequence[Pair]) -> int:
    """Categories of AC1: those the codebook declares, and ``nothing`` where it was used."""
    if code or level == "applies":
        return 2
    names = {valences(files)[name] for name in codes_of(files, code_set)}
    used = {answer for pair in found for answer in (pair.first, pair.second)}
    return len(names | used)


def statistic(files: Files, row: Row, found: Sequence[Pair]) -> tuple[Statistic, str]:
    """The recomputation of a row of the agreement table, and the scale of its interval."""
    name, code = row["statistic"], row["code"]
    if name == "percent_agreement":
        return recomputed.percent, "logit"
    if name == "cohen_kappa":
        return recomputed.quiet(recomputed.kappa), "z"
    if name == "alpha_nominal":
        return recomputed.quiet(recomputed.alpha), "z"
    if name == "gwet_ac1":
        q = declared(files, row["code_set"], row["level"], code, found)
        return recomputed.ac1(q), "z"
    if name == "pooled_kappa":
        return recomputed.pooled_kappa(codes_of(files, row["code_set"])), "z"
    if name in ("alpha_jaccard", "alpha_masi"):
        distance = recomputed.masi if name == "alpha_masi" else recomputed.jaccard
        return recomputed.set_alpha(distance), "z"
    if name == "positive_agreement":
        return recomputed.specific(code), "logit"
    assert name == "negative_agreement"
    return recomputed.specific(f"not {code}"), "logit"


def number(text: str) -> float | None:
    return float(text) if text else None


def test_every_agreement_row(files: Files) -> None:
    table = files.table("agreement_full")
    with_interval = 0
    for row in table:
        found = pairs(files, row["code_set"], row["level"], row["code"])
        compute, scale = statistic(files, row, found)
        where = f"{row['code_set']} {row['level']} {row['code']} {row['statistic']}"
        assert int(row["units"]) == len(found), where
        assert int(row["clusters"]) == len({pair.transcript for pair in found}), where
        value, estimate = compute(found), number(row["estimate"])
        if math.isnan(value):
            assert estimate is None, where
            assert row["why_undefined"], where
            continue
        assert estimate == pytest.approx(value, abs=EXACT), where
        low, high = number(row["low"]), number(row["high"])
        if low is None or high is None:
            assert row["why_no_interval"], where
            ends = recomputed.jackknife(compute, found, scale)
            whole = 0.999 * (1 if scale == "logit" else 2)
            if ends is not None and "whole scale" in row["why_no_interval"]:
                assert ends[1] - ends[0] >= whole, where
            elif ends is not None:
                assert "not estimable" in row["why_no_interval"], where
        else:
            with_interval += 1
            assert (low, high) == pytest.approx(
                recomputed.jackknife(compute, found, scale), abs=EXACT
            ), where
            assert row["interval"].startswith(f"transcript jackknife {scale}, t("), where
    assert with_interval > 20
    assert {row["statistic"] for row in table} >= {
        "percent_agreement",
        "pooled_kappa",
        "alpha_masi",
        "gwet_ac1",
    }


def test_the_table_has_every_set_level_and_code(files: Files) -> None:
    table = files.table("agreement_full")
    got = {(row["code_set"], row["level"], row["code"]) for row in table}
    wanted = {(name, level, "") for name in SETS for level in ("set", "applies")}
    wanted |= {(name, "code", code) for name in SETS for code in codes_of(files, name)}
    for name in ("attribution", "adjustment"):
        wanted |= {(name, "valence", ""), (name, "valence_applied", "")}
        kinds = ("productive", "unproductive", "mixed", "none")
        wanted |= {(name, "valence", kind) for kind in kinds}
    wanted.add(("who", "set_applied", ""))
    assert got == wanted


def test_confusion_tables(files: Files) -> None:
    for name in ("attribution", "adjustment"):
        count = Counter((pair.first, pair.second) for pair in pairs(files, name, "valence"))
        table = files.by(f"confusion_{name}_valence", "answer")
        for (first,), row in table.items():
            for second, n in row.items():
                if second not in ("answer", "all") and first != "all":
                    assert int(n) == count[first, second]
        assert {a for pair in count for a in pair} <= {first for (first,) in table}
        assert int(table[("all",)]["all"]) == sum(count.values())


def test_the_workbook_holds_the_same_unit_table(files: Files) -> None:
    sheet = pd.read_excel(
        files.folder / "sample.xlsx",
        sheet_name="units",
        header=1,
        dtype=str,
        keep_default_na=False,
        engine="openpyxl",
    )
    plain = files.table("units")
    assert list(sheet.columns) == [name.replace("_", " ") for name in plain[0]]
    assert len(plain) == 114
    held = sheet.to_numpy().tolist()[: len(plain)]
    assert held == [list(row.values()) for row in plain]


# Shares.


def final_codes(files: Files, code_set: str) -> dict[str, Answer | None]:
    """The settled answer, else what both say, else the only one's; None where they differ."""
    settled = {
        (row["unit"], row["code_set"]): row["settled"].split(": ", 1)[1]
        for row in files.table("disagreements")
        if row["settled"]
    }
    out: dict[str, Answer | None] = {}
    for unit, by_coder in answers(files, code_set).items():
        words = settled.get((unit, code_set))
        if words is not None:
            codes = frozenset(() if words == "nothing" else words.split(", "))
            out[unit] = Answer("coded" if codes else "nothing", codes)
        elif len(set(by_coder.values())) == 1:
            out[unit] = next(iter(by_coder.values()))
        else:
            out[unit] = None
    return out


UNCODABLE = {"cause_unclear", "generic_support"}


def roll_up(files: Files, code_set: str, finals: Sequence[Answer | None]) -> str:
    """The valence rule, from its description in the codebook format."""
    if not finals:
        return "no data"
    if any(final is None for final in finals):
        return "unresolved"
    codes = frozenset(code for final in finals if final for code in final.codes)
    if not codes:
        return "nothing applied"
    if codes <= UNCODABLE:
        return "not codable"
    kind = valence(codes, valences(files))
    return {"unproductive": "solely unproductive", "none": "neither"}.get(kind, kind)


def people(files: Files) -> dict[str, dict[str, str]]:
    return {row["participant"]: row for row in files.table("people")}


def values(files: Files, code_set: str) -> dict[str, str]:
    """Roll-up by person; the sample has each person once."""
    who = {row["unit"]: row["participant"] for row in files.table("units")}
    finals = final_codes(files, code_set)
    return {
        person: roll_up(files, code_set, [f for unit, f in finals.items() if who[unit] == person])
        for person in people(files)
    }


def test_final_codes(files: Files) -> None:
    table = files.by("final_codes", "code_set", "unit")
    expected = {(name, unit): f for name in SETS for unit, f in final_codes(files, name).items()}
    assert set(table) == set(expected)
    for key, final in expected.items():
        assert table[key]["status"] == (final.status if final else "unresolved")
        assert codes_in(table[key]["codes"]) == (final.codes if final else frozenset())


def test_roll_ups_are_the_planned_ones(files: Files) -> None:
    assert values(files, "attribution") == {
        "T01": "mixed",
        "T03": "productive",
        "P02": "productive",
    }
    assert values(files, "adjustment") == {
        "T01": "solely unproductive",
        "T03": "productive",
        "P02": "productive",
    }
    table = files.table("person_years")
    for name in ("attribution", "adjustment"):
        assert {row["participant"]: row[name] for row in table} == values(files, name)
        asked = Counter(unit.split("-")[1] for unit in final_codes(files, name))
        assert {row["participant"]: int(row[f"{name}_units"]) for row in table} == dict(asked)


LABELS = ("productive", "mixed", "solely unproductive", "neither")
KEYS = {"solely unproductive": "unproductive"}


@pytest.mark.parametrize("name", ["attribution", "adjustment"])
@pytest.mark.parametrize("by", [("role",), ("district", "year")])
def test_every_tally_of_people(files: Files, name: str, by: tuple[str, ...]) -> None:
    table = files.table(f"{name}_by_{'_'.join(by)}")
    found, who = values(files, name), people(files)
    groups = sorted({tuple(who[person][key] for key in by) for person in found})
    assert [tuple(row[key] for key in by) for row in table][:-1] == groups
    for row, group in zip(table, [*groups, None], strict=True):
        inside = [
            value
            for person, value in found.items()
            if group is None or tuple(who[person][key] for key in by) == group
        ]
        codable = [value for value in inside if value in LABELS or value == "nothing applied"]
        for label in LABELS:
            key = KEYS.get(label, label)
            assert int(row[key]) == inside.count(label)
            share = inside.count(label) / len(codable)
            assert float(row[f"{key}_of_codable"]) == pytest.approx(share, abs=EXACT)
        assert int(row["n"]) == len(inside)
        assert int(row["codable"]) == len(codable)
        assert int(row["asked"]) == len(inside) - inside.count("no data")
        assert int(row["blank_not_codable"]) == inside.count("not codable")
        assert int(row["blank_no_data"]) == inside.count("no data")


def test_intervals_of_shares_of_people_are_wilsons(files: Files) -> None:
    rows = [row for row in files.table("shares") if row["counted"] == "person-years by roll-up"]
    rows = [row for row in rows if row["codable"] != "0"]
    assert len(rows) > 40
    for row in rows:
        assert row["interval"] == "Wilson, one person-year per person"
        n = int(row["codable"])
        hits = round(float(row["of_codable"]) * n)
        low, high = proportion_confint(hits, n, method="wilson")
        assert float(row["low"]) == pytest.approx(low, abs=EXACT)
        assert float(row["high"]) == pytest.approx(high, abs=EXACT)


def test_shares_of_excerpts_by_code_leave_out_a_school(files: Files) -> None:
    rows = {
        (row["code_set"], row["result"]): row
        for row in files.table("shares")
        if row["counted"] == "excerpts by code"
    }
    with_interval = 0
    for name in SETS:
        finals = final_codes(files, name)
        for code in codes_of(files, name):
            row = rows[name, code]
            # In the sample every transcript is one person in one school.
            asked = [(unit.split(":")[0], final) for unit, final in finals.items() if final]
            codable = [
                (place, final)
                for place, final in asked
                if not final.codes or not final.codes <= UNCODABLE
            ]
            assert int(row["n"]) == len(finals)
            assert int(row["asked"]) == len(asked)
            assert int(row["codable"]) == len(codable)
            assert int(row["count"]) == sum(code in final.codes for _, final in asked)
            share = sum(code in final.codes for _, final in asked) / len(asked)
            assert float(row["of_asked"]) == pytest.approx(share, abs=EXACT)
            flags = [(place, code in final.codes) for place, final in codable]
            value = sum(flag for _, flag in flags) / len(flags)
            assert float(row["of_codable"]) == pytest.approx(value, abs=EXACT)
            if not row["low"]:
                assert value in (0, 1) or "whole scale" in row["why"], (name, code)
                continue
            with_interval += 1
            sizes = Counter(place for place, _ in flags)
            replicates = []
            for left_out in sizes:
                rest = [flag for place, flag in flags if place != left_out]
                replicates.append(sum(rest) / len(rest))
            ends = recomputed.interval(value, replicates, list(sizes.values()), "logit")
            assert (float(row["low"]), float(row["high"])) == pytest.approx(ends, abs=EXACT)
            assert row["interval"].startswith("school jackknife logit")
    assert with_interval > 10


def test_the_cross_table(files: Files) -> None:
    attribution, adjustment = values(files, "attribution"), values(files, "adjustment")
    count = Counter((attribution[person], adjustment[person]) for person in attribution)
    table = files.table("cross_attribution_adjustment")
    assert [row["value"] for row in table] == [*LABELS, "not codable", "no data", "all"]
    for row in table[:-1]:
        for label in LABELS:
            assert int(row[KEYS.get(label, label)]) == count[row["value"], label]
        assert int(row["n"]) == sum(n for (a, _), n in count.items() if a == row["value"])
    assert int(table[-1]["n"]) == 3


def test_what_the_demo_prints(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], files: Files
) -> None:
    """Each printed line of agreement has the recomputed figures, rounded."""
    assert run(["demo", str(tmp_path), "--no-open"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "Sample study: interviews, people and coders are invented."
    for name, level, words in (
        ("attribution", "valence", "valence"),
        ("attribution", "valence_applied", "… where applied"),
        ("adjustment", "valence", "valence"),
        ("adjustment", "valence_applied", "… where applied"),
        ("who", "applies", "applied or not"),
    ):
        found = pairs(files, name, level)
        kappa = recomputed.kappa(found)
        ends = recomputed.jackknife(recomputed.kappa, found, "z")
        q = declared(files, name, level, "", found)
        parts = [
            name,
            words,
            str(len(found)),
            f"{recomputed.percent(found):.1%}",
            f"{kappa:.3f}" + (f" [{ends[0]:.2f}, {ends[1]:.2f}]" if ends else ""),
            f"{recomputed.alpha(found):.3f}",
            f"{recomputed.ac1(q)(found):.3f}",
        ]
        assert any(line.split() == " ".join(parts).split() for line in lines), parts
    shown = [line.split() for line in lines]
    assert ["productive", "1", "(100%)", "1", "(50%)", "2", "(67%)"] in shown
    assert ["solely", "unproductive", "0", "(0%)", "1", "(50%)", "1", "(33%)"] in shown
    assert any(line == f"Spreadsheet: {tmp_path / 'sample.xlsx'}" for line in lines)
    assert lines[-1] == f"Next: coder open --study {tmp_path / 'sample.coder'} --coder AL"
