"""Published figures and their verdicts as a table, and as lines for a screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from coder.formats.tables import Column, Table
from coder.ops.published import Finding, Verdict
from coder.ops.wrapping import hanging, one_line

VERDICTS: tuple[Verdict, ...] = ("met", "not met", "cannot be decided", "not tested")


def published_table(findings: Sequence[Finding]) -> Table:
    """One line per figure, reading and source of data."""
    return Table(
        name="published",
        title="Published figures",
        columns=(
            Column("codebook", "Codebook"),
            Column("figure", "Figure"),
            Column("source", "Source"),
            Column("says", "What the source says"),
            Column("reading", "Reading"),
            Column("data", "Data"),
            Column("computed", "Computed here"),
            Column("n", "n", "count"),
            Column("unit", "Unit"),
            Column("verdict", "Verdict"),
            Column("remarks", "Remarks"),
            Column("caution", "Caution"),
        ),
        rows=tuple(
            (
                one.figure.book.id,
                one.figure.id,
                one.figure.source,
                one.figure.says,
                one.reading,
                one.data,
                one.computed,
                one.n,
                one.unit,
                one.verdict,
                "; ".join(one.remarks),
                one.figure.caution,
            )
            for one in findings
        ),
    )


def published_page(findings: Sequence[Finding], width: int) -> str:
    """Figure by figure: the verdict, what the source says, what came out here, the caution."""
    blocks: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        blocks.setdefault((one.figure.book.id, one.figure.id), []).append(one)
    return "\n\n".join("\n".join(_block(found, width)) for found in blocks.values())


def _block(found: Sequence[Finding], width: int) -> list[str]:
    figure = found[0].figure
    verdicts = list(dict.fromkeys(one.verdict for one in found))
    lines = [f"{figure.id} ({figure.book.id})", f"  verdict  {', '.join(verdicts)}"]
    lines += hanging("  source   ", f"{figure.source}: {figure.says}", width)
    for one in found:
        if one.computed:
            count = f" [{one.n} {_plural(one.unit, one.n)}, {one.data}]" if one.unit else ""
            what = f"{one.reading}: " if one.reading else ""
            verdict = f" - {one.verdict}" if len(found) > 1 else ""
            lines += hanging("  here     ", f"{what}{one.computed}{verdict}{count}", width)
        word = "enter" if not one.computed and one.verdict == "cannot be decided" else ""
        for remark in one.remarks:
            lines += hanging(f"  {word:<9}", remark, width)
            word = ""
    if figure.caution:
        lines += hanging("  caution  ", figure.caution, width)
    return [line if line.strip() else one_line(line) for line in lines]


def _plural(noun: str, n: int | None) -> str:
    if n == 1:
        return noun
    return "people" if noun == "person" else f"{noun}s"


def summary(findings: Sequence[Finding]) -> str:
    """How many figures have which verdict; readings and data are counted one by one."""
    count = Counter(one.verdict for one in findings)
    return ", ".join(f"{count[verdict]} {verdict}" for verdict in VERDICTS if count[verdict])
