"""Which options of ``coder agree`` go together, and which would be left without effect."""

from __future__ import annotations

from collections.abc import Sequence

from coder.cli.agree_options import Asked
from coder.errors import UsageError

OF_FILES = {
    "scale": "--scale",
    "categories": "--categories",
    "unit": "--unit",
    "coder_column": "--coder-column",
    "code_columns": "--code-column",
    "cluster": "--cluster",
    "ignored": "--ignore",
    "sheet": "--sheet",
    "layout": "--layout",
    "sets": "--sets",
    "lengths": "--lengths",
    "convert": "--convert",
    "force": "--force",
}
"""Options that say something about files."""

OF_A_STUDY = {
    "code_sets": "--set",
    "all_units": "--all-units",
    "per": "--per",
    "people": "--people",
    "listwise": "--listwise",
    "self_alias": "--self",
    "against_settled": "--against-settled",
    "round_name": "--round",
    "book": "--book",
    "coder_alias": "--coder",
    "study_file": "--study",
}
"""Options that say something about a study."""

_WITH_OUTPUT = {
    "every": "--full",
    "by_code": "--by-code",
    "confusion": "--confusion",
    "disagreements": "--disagreements",
    "statistics": "--statistic",
    "minima": "--min",
    "lower_minima": "--min-lower",
    "bands": "--bands",
    "form": "--json, --csv, --markdown or --latex",
}
"""What makes no sense when files are only converted."""


def check_together(asked: Asked, typed: Sequence[str], *, files: bool) -> None:
    """Refuse options that would be left without effect, by name.

    Args:
        asked: All options.
        typed: The fields of those that were typed, rather than left or set in the environment.
        files: Whether files are named.

    Raises:
        UsageError: Names the two that do not go together.
    """
    others, hint = (
        (OF_A_STUDY, "it is about a study; leave out the files, or this")
        if files
        else (OF_FILES, "it is about files of ratings; name one")
    )
    wrong = next((name for field, name in others.items() if field in typed), None)
    if wrong is not None:
        what = "files of ratings" if files else "a study"
        raise UsageError(f"{wrong} does not go with {what}", hint)
    _check_comparison(asked)
    for first, second, is_wrong, next_step in _pairs(asked, typed):
        if is_wrong:
            raise UsageError(f"{first} does not go with {second}", next_step)


def _check_comparison(asked: Asked) -> None:
    """Refuse options of which each is another comparison."""
    given = {
        "--self": bool(asked.self_alias),
        "--against-settled": asked.against_settled,
        "--per": bool(asked.per),
        "--people": asked.people,
        "--listwise": asked.listwise,
        "--coders": bool(asked.coders) and bool(asked.self_alias),
        "--disagreements": asked.disagreements and bool(asked.self_alias),
    }
    if asked.against_settled:
        reports = {name: bool(getattr(asked, field)) for field, name in _NOT_FOR_FEEDBACK.items()}
        given.update(reports)
    named = [name for name, is_given in given.items() if is_given]
    alone = [name for name in ("--self", "--against-settled") if given[name]]
    if alone and len(named) > 1:
        other = next(name for name in named if name != alone[0])
        raise UsageError(f"{alone[0]} and {other} are two comparisons", "ask for one at a time")


_NOT_FOR_FEEDBACK = {
    "statistics": "--statistic",
    "minima": "--min",
    "lower_minima": "--min-lower",
    "bands": "--bands",
    "disagreements": "--disagreements",
}
"""What asks for agreement, which answers beside settled ones are not."""


def _pairs(asked: Asked, typed: Sequence[str]) -> list[tuple[str, str, bool, str]]:
    """Pairs of options, whether both are there against all sense, and what to do instead."""
    no_interval = asked.interval == "none"
    interval = f"--interval {asked.interval}"
    not_drawn = asked.interval != "bootstrap"
    plain = asked.weights in ("linear", "quadratic")
    converting = next(
        (name for field, name in _WITH_OUTPUT.items() if getattr(asked, field)), "other output"
    )
    return [
        ("--replicates", interval, "replicates" in typed and not_drawn, "--interval bootstrap"),
        ("--seed", interval, "seed" in typed and not_drawn, "--interval bootstrap"),
        ("--confidence", interval, "confidence" in typed and no_interval, "choose an interval"),
        ("--min-lower", interval, bool(asked.lower_minima) and no_interval, "choose an interval"),
        ("--bands", interval, bool(asked.bands) and no_interval, "words need an interval"),
        (
            f"--weights {asked.weights}",
            "--scale nominal",
            plain and asked.scale == "nominal",
            "--scale ordinal",
        ),
        (
            f"--scale {asked.scale}",
            "--sets",
            asked.sets and asked.scale not in ("", "nominal"),
            "sets of codes have no order",
        ),
        ("--force", "a report", asked.force and not asked.convert, "it is for --convert"),
        (
            "--convert",
            converting,
            bool(asked.convert) and any(getattr(asked, field) for field in _WITH_OUTPUT),
            "convert first, then ask for a report",
        ),
        (
            "--bands",
            f"--{asked.form}",
            bool(asked.bands) and asked.form in ("csv", "json"),
            "words are for reading: --markdown or --latex",
        ),
    ]
