"""Every number of the demo recomputed from the exported unit table, by other people's programs.

Only pandas reads the exported files here; nothing of the program computes anything. What the
codebook says is repeated by hand: which question feeds which set, and that absence of a code is
"nothing". Final codes and agreement come from ordinary coding, pass 0; the passes of the two closed
rounds stay beside it as the record of what was coded blind.
"""

from __future__ import annotations

import math
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from coder.cli.main import run
from coder.model import Viewer
from coder.ops.exporting import export
from coder.ops.study import open_study
from tests.ops import recomputed
from tests.ops.interviews import ROLL_UPS
from tests.ops.recomputed import Pair, Statistic

FEEDS = {"Q-WHY": ("attribution", "who"), "Q-ADJUST": ("adjustment", "who")}
SETS = ("attribution", "adjustment", "who")
CODERS = ("AL", "RR")
EXACT = 1e-9


Row = dict[str, str]
PersonYear = tuple[str, str]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Plain rows: what pandas read, without its arithmetic."""
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in frame.to_numpy().tolist()]


@dataclass(frozen=True)
class Files:
    """The exported tables as pandas reads them."""

    folder: Path

    @cache  # noqa: B019 - one export is read here
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


@cache
def answers(files: Files, code_set: str) -> dict[str, dict[str, Answer]]:
    """By excerpt and coder, over the excerpts whose question feeds the set."""
    out: dict[str, dict[str, Answer]] = {}
    for row in files.table("units"):
        if row["code_set"] != f"mist_student_views:{code_set}" or row["pass"] != "0":
            continue
        if code_set not in FEEDS.get(row["question"], ()):
            continue
        answer = Answer(row["status"], codes_in(row["codes"]))
        out.setdefault(row["unit"], {})[row["coder"]] = answer
    return out


def codes_in(cell: str) -> frozenset[str]:
    return frozenset(code for code in cell.split(";") if code)


@cache
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


@cache
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
    if name == "scott_pi":
        return recomputed.scott_pi, "z"
    if name in ("brennan_prediger", "pabak"):
        q = declared(files, row["code_set"], row["level"], code, found)
        assert name == "brennan_prediger" or q == 2
        return recomputed.uniform(q), "z"
    if name == "kappa_max":
        return recomputed.kappa_max, "none"
    if name == "mean_kappa":
        return recomputed.quiet(recomputed.mean_kappa(codes_of(files, row["code_set"]))), "z"
    yes, no = (code, f"not {code}") if code else ("applied", "nothing")
    if name in ("prevalence_index", "bias_index"):
        index = recomputed.prevalence_index if name[0] == "p" else recomputed.bias_index
        return index(yes), "z"
    assert name in ("positive_agreement", "negative_agreement")
    return recomputed.specific(yes if name[0] == "p" else no), "logit"


def test_closing_a_round_left_its_record_as_it_was(files: Files) -> None:
    """What the two coders said blind stands under the round's own pass, and once more as coding."""
    by_pass: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
    for row in files.table("units"):
        key = (row["unit"], row["coder"], row["code_set"])
        by_pass.setdefault(row["round"], {})[key] = (row["status"], row["codes"])
    assert set(by_pass) == {"", "reliability-1", "reliability-2"}, "the practice round is open"
    for name, book, excerpts in (
        ("reliability-1", "mist_student_views", 19),
        ("reliability-2", "mist_instructional_vision", 5),
    ):
        record = by_pass[name]
        assert {code_set.split(":")[0] for _, _, code_set in record} == {book}
        assert len({unit for unit, _, _ in record}) == excerpts
        assert {coder for _, coder, _ in record} == set(CODERS)
        assert {key: by_pass[""][key] for key in record} == record


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
            if scale == "none":
                continue
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
    # Of 135 excerpts five are in the open round, and no table shows what was said of them.
    assert len({row["unit"] for row in plain}) == 130
    held = sheet.to_numpy().tolist()[: len(plain)]
    assert held == [list(row.values()) for row in plain]


# Shares.


@cache
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


@cache
def people(files: Files) -> dict[PersonYear, Row]:
    return {(row["participant"], row["year"]): row for row in files.table("people")}


@cache
def speakers(files: Files) -> dict[str, PersonYear]:
    """By excerpt; the two people of a joint interview have excerpts of their own."""
    return {row["unit"]: (row["participant"], row["year"]) for row in files.table("units")}


@cache
def values(files: Files, code_set: str) -> dict[PersonYear, str]:
    """Roll-up by person and year."""
    who, finals = speakers(files), final_codes(files, code_set)
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
    for place, name in enumerate(("attribution", "adjustment")):
        found = values(files, name)
        assert found == {person: planned[place] for person, planned in ROLL_UPS.items()}
        table = files.by("person_years", "participant", "year")
        assert {person: row[name] for person, row in table.items()} == found
        asked = Counter(speakers(files)[unit] for unit in final_codes(files, name))
        assert {p: int(row[f"{name}_units"]) for p, row in table.items()} == {
            person: asked[person] for person in found
        }


LABELS = ("productive", "mixed", "solely unproductive", "neither")
KEYS = {"solely unproductive": "unproductive"}
WHOLE = 0.999
"""An interval this wide says nothing, and none is given."""


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
            share = number(row[f"{key}_of_codable"])
            if codable:
                assert share == pytest.approx(inside.count(label) / len(codable), abs=EXACT)
            else:
                assert share is None
        assert int(row["n"]) == len(inside)
        assert int(row["codable"]) == len(codable)
        assert int(row["asked"]) == len(inside) - inside.count("no data")
        assert int(row["blank_not_codable"]) == inside.count("not codable")
        assert int(row["blank_no_data"]) == inside.count("no data")


def nested_in(rows: Sequence[tuple[PersonYear, Row]]) -> tuple[str, list[str]]:
    """The highest thing of which several person-years have one: the school, else the person.

    District leaders have no school, so where one of them is in the row it is the person.
    """
    schools = [row["school"] for _, row in rows]
    if all(schools) and 1 < len(set(schools)) < len(rows):
        return "school", schools
    return "person", [person for (person, _), _ in rows]


def test_every_interval_of_a_share_of_people(files: Files) -> None:
    rows = [row for row in files.table("shares") if row["counted"] == "person-years by roll-up"]
    rows = [row for row in rows if row["code_set"] != "who" and row["codable"] != "0"]
    assert len(rows) > 60
    made: Counter[str] = Counter()
    for row in rows:
        found = values(files, row["code_set"])
        inside = [
            (person, attributes)
            for person, attributes in people(files).items()
            if all(row[key] in ("all", attributes[key]) for key in ("role", "district", "year"))
        ]
        noun, places = nested_in(inside)
        flags = [
            (place, found[person] == row["label"])
            for (person, _), place in zip(inside, places, strict=True)
            if found[person] in LABELS
        ]
        assert int(row["codable"]) == len(flags)
        method, ends = recomputed.share_interval(flags)
        made[method] += 1
        words = {
            "Wilson": f"Wilson, one person-year per {noun}",
            "jackknife": f"{noun} jackknife logit, t(",
        }
        assert row["interval"].startswith(words[method])
        if ends is None or ends[1] - ends[0] >= WHOLE:
            assert not row["low"]
            assert row["why"]
        else:
            assert (float(row["low"]), float(row["high"])) == pytest.approx(ends, abs=EXACT)
    assert min(made[method] for method in ("Wilson", "jackknife")) > 10


def test_shares_of_excerpts_by_code_leave_out_a_person(files: Files) -> None:
    rows = {
        (row["code_set"], row["result"]): row
        for row in files.table("shares")
        if row["counted"] == "excerpts by code"
    }
    who = speakers(files)
    with_interval = 0
    for name in SETS:
        finals = final_codes(files, name)
        for code in codes_of(files, name):
            row = rows[name, code]
            # Two are central-office staff and in no school, so what is left out is the person.
            asked = [(who[unit][0], final) for unit, final in finals.items() if final]
            codable = [
                (person, final)
                for person, final in asked
                if not final.codes or not final.codes <= UNCODABLE
            ]
            assert int(row["n"]) == len(finals)
            assert int(row["asked"]) == len(asked)
            assert int(row["codable"]) == len(codable)
            assert int(row["count"]) == sum(code in final.codes for _, final in asked)
            share = sum(code in final.codes for _, final in asked) / len(asked)
            assert float(row["of_asked"]) == pytest.approx(share, abs=EXACT)
            flags = [(person, code in final.codes) for person, final in codable]
            value = sum(flag for _, flag in flags) / len(flags)
            assert float(row["of_codable"]) == pytest.approx(value, abs=EXACT)
            method, ends = recomputed.share_interval(flags)
            assert method == "jackknife"
            assert row["interval"].startswith("person jackknife logit, t(")
            if ends is None or ends[1] - ends[0] >= WHOLE:
                assert not row["low"], (name, code)
                assert value in (0, 1) or "whole scale" in row["why"], (name, code)
                continue
            with_interval += 1
            assert (float(row["low"]), float(row["high"])) == pytest.approx(ends, abs=EXACT)
    assert with_interval > 20


def test_the_cross_table(files: Files) -> None:
    attribution, adjustment = values(files, "attribution"), values(files, "adjustment")
    count = Counter((attribution[person], adjustment[person]) for person in attribution)
    table = files.table("cross_attribution_adjustment")
    assert [row["value"] for row in table] == [*LABELS, "not codable", "no data", "all"]
    for row in table[:-1]:
        for label in (*LABELS, "not codable", "no data"):
            key = KEYS.get(label, label.replace(" ", "_"))
            assert int(row[key]) == count[row["value"], label]
        assert int(row["n"]) == sum(n for (a, _), n in count.items() if a == row["value"])
    assert int(table[-1]["n"]) == 13


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
    # Coach, district leader, principal, teacher, all.
    for words in (
        "productive 2 (100%) 0 (0%) 1 (33%) 2 (40%) 5 (45%)",
        "solely unproductive 0 (0%) 0 (0%) 1 (33%) 2 (40%) 3 (27%)",
        "productive 2 (100%) 0 1 (50%) 1 (17%) 4 (40%)",
        "solely unproductive 0 (0%) 0 1 (50%) 2 (33%) 3 (30%)",
    ):
        assert words.split() in shown
    assert any(line == f"Spreadsheet: {tmp_path / 'sample.xlsx'}" for line in lines)
    assert lines[-1] == f"Next: coder open --study {tmp_path / 'sample.coder'} --coder AL"
