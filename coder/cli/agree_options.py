"""The options of ``coder agree``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Asked:
    """What was asked of ``coder agree``: one field per option, as typed."""

    code_sets: tuple[str, ...]
    coders: str
    interval: str
    replicates: int
    seed: int
    confidence: float
    all_units: bool
    per: str
    people: bool
    listwise: bool
    self_alias: str
    against_settled: bool
    every: bool
    by_code: bool
    confusion: bool
    disagreements: bool
    statistics: tuple[str, ...]
    minima: tuple[str, ...]
    lower_minima: tuple[str, ...]
    bands: str
    weights: str
    scale: str
    categories: str
    unit: str
    coder_column: str
    code_columns: tuple[str, ...]
    cluster: str
    sheet: str
    layout: str
    ignored: str
    sets: bool
    lengths: str
    convert: str
    force: bool
    round_name: str
    book: str
    form: str | None
    coder_alias: str
    study_file: str


def names_in(text: str) -> tuple[str, ...]:
    """Names with commas between them."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


_OUTPUT = (
    click.option(
        "--full", "every", is_flag=True, help="Every statistic with its interval, one a line."
    ),
    click.option("--by-code", is_flag=True, help="Also code by code."),
    click.option("--confusion", is_flag=True, help="Also the confusion tables."),
    click.option("--disagreements", is_flag=True, help="Also the units on which coders differ."),
    click.option(
        "--statistic",
        "statistics",
        multiple=True,
        metavar="NAME",
        help="Only this statistic; may be given again. coder explain lists them.",
    ),
    click.option(
        "--min",
        "minima",
        multiple=True,
        metavar="NAME=VALUE",
        help="End with 1 where a statistic is lower (or undefined); may be given again.",
    ),
    click.option(
        "--min-lower",
        "lower_minima",
        multiple=True,
        metavar="NAME=VALUE",
        help="The same for the lower end of its interval.",
    ),
    click.option(
        "--bands",
        default="",
        type=click.Choice(["", "landis-koch", "krippendorff", "cicchetti", "fleiss"]),
        metavar="WHOSE",
        help="Also in words, by convention: landis-koch, krippendorff, cicchetti or fleiss.",
    ),
)

_INTERVALS = (
    click.option(
        "--interval",
        default="jackknife",
        show_default=True,
        type=click.Choice(["jackknife", "bootstrap", "analytic", "none"]),
        help="How intervals are made; transcripts are left out or drawn whole.",
    ),
    click.option(
        "--replicates",
        default=1000,
        show_default=True,
        type=click.IntRange(100, 100_000),
        help="Samples of the bootstrap.",
    ),
    click.option("--seed", default=1, show_default=True, help="Seed of the bootstrap."),
    click.option(
        "--confidence",
        default=0.95,
        show_default=True,
        type=click.FloatRange(0.5, 0.999),
        help="Confidence of the intervals.",
    ),
    click.option(
        "--weights",
        default="",
        metavar="linear|quadratic|FILE",
        help="Weights that lead on a scale; or a file with a square table of your own.",
    ),
)

_FILES = (
    click.option(
        "--scale",
        default="",
        type=click.Choice(["", "nominal", "ordinal", "interval", "ratio"]),
        metavar="SCALE",
        help="Files: what the codes are: nominal (default), ordinal, interval or ratio.",
    ),
    click.option(
        "--categories",
        default="",
        metavar="1,2,3",
        help="Files: all codes that could have been given, in ascending order.",
    ),
    click.option("--unit", default="", metavar="COLUMN", help="Files: the column of units."),
    click.option(
        "--coder-column", default="", metavar="COLUMN", help="Files: the column of coders."
    ),
    click.option(
        "--code-column",
        "code_columns",
        multiple=True,
        metavar="COLUMN",
        help="Files: a column of codes; may be given again.",
    ),
    click.option(
        "--cluster",
        default="",
        metavar="COLUMN",
        help="Files: what units are nested in, such as the transcript.",
    ),
    click.option(
        "--ignore", "ignored", default="", metavar="COLUMN,...", help="Files: no ratings."
    ),
    click.option("--sheet", default="", metavar="NAME", help="Files: only this sheet."),
    click.option("--layout", default="", metavar="NAME", help="Files: their shape, not guessed."),
    click.option(
        "--sets", is_flag=True, help="Files: several rows of a coder for a unit are one answer."
    ),
    click.option("--lengths", default="", metavar="FILE", help="Spans: lengths of the documents."),
    click.option(
        "--convert", default="", metavar="OUT.csv", help="Files: write them as unit, coder, code."
    ),
    click.option("--force", is_flag=True, help="Files: --convert may replace a file."),
)

_STUDY = (
    click.option(
        "--set",
        "code_sets",
        multiple=True,
        metavar="SET",
        help="Study: only this code set; may be given again.",
    ),
    click.option(
        "--all-units",
        is_flag=True,
        help="Study: also units whose question does not feed the code set.",
    ),
    click.option(
        "--per",
        default="",
        metavar="PART",
        help="Study: also part by part: transcript, question, or an attribute such as role; round"
        " for each closed round by itself.",
    ),
    click.option("--people", is_flag=True, help="Study: also person-years, by the set's roll-up."),
    click.option(
        "--listwise", is_flag=True, help="Study: only units that all compared coders finished."
    ),
    click.option(
        "--self",
        "self_alias",
        default="",
        metavar="AL",
        help="Study: one coder's passes against each other: ordinary coding and closed rounds.",
    ),
    click.option(
        "--against-settled",
        is_flag=True,
        help="Study: coders beside the settled answers: training feedback, not agreement.",
    ),
)


def agree_options(command: F) -> F:
    """Give ``coder agree`` its options, those that every report has first."""
    coders = click.option("--coders", default="", metavar="AL,RR", help="Only these coders.")
    for option in reversed((coders, *_OUTPUT, *_INTERVALS, *_STUDY, *_FILES)):
        command = option(command)
    return command
