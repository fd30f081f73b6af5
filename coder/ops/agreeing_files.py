"""Agreement straight from files of ratings: what was read into statistics, without a study."""

from __future__ import annotations

from coder.errors import UsageError
from coder.formats.ratings import CountedPairs, MarkedSpans, Ratings, RatingsFile
from coder.formats.wording import shown
from coder.ops.agreement_report import AgreementReport
from coder.ops.comparing_counted import compare_counted
from coder.ops.comparing_marks import compare_spans
from coder.ops.comparing_ratings import compare_ratings
from coder.ops.comparing_sets import compare_sets
from coder.ops.file_comparison import Found
from coder.ops.file_options import FileOptions


def agreement_of_file(read: RatingsFile, wanted: FileOptions) -> AgreementReport:
    """Agreement of the coders of a file.

    Two coders are compared on the units that both rated; three or more also all together, on the
    units that at least two rated. Sets of codes are compared code by code and as sets, spans code
    by code and all together, tables counted elsewhere code by code.

    Args:
        read: What was read.
        wanted: What to compare, and how.

    Raises:
        UsageError: Fewer than two coders, a code that was not declared, an option or a statistic
            that does not fit what is in the file, or spans that overlap where they must not.
    """
    content = read.content
    found = Found()
    if isinstance(content, MarkedSpans):
        _refuse(wanted, "spans")
        compare_spans(content, wanted, read.files, found)
        noun = "document"
    elif isinstance(content, CountedPairs):
        _refuse(wanted, f"counted {content.measured_in}")
        compare_counted(content, wanted, found)
        noun = content.noun
    else:
        noun = _compare_all(content, wanted, read.files, found)
    options = wanted.options
    return AgreementReport(
        rows=tuple(found.rows),
        confusions=tuple(found.confusions),
        finished=tuple(found.finished),
        cautions=tuple(dict.fromkeys(found.cautions)),
        too_rare=found.too_rare,
        interval=options.interval,
        confidence=options.confidence,
        seed=options.seed if options.interval == "bootstrap" else None,
        weights=wanted.weights,
        noun=noun,
        files=read.files,
        shape=read.shape,
        notes=tuple(dict.fromkeys((*read.notes, *found.notes))),
        disagreements=tuple(found.disagreements) if wanted.disagreements else None,
    )


def _compare_all(
    content: tuple[Ratings, ...], wanted: FileOptions, files: tuple[str, ...], found: Found
) -> str:
    """Every variable of the file; what their units are nested in."""
    for ratings in content:
        if len(ratings.coders) < 2:
            who = f"only {ratings.coders[0]}" if ratings.coders else "nobody"
            of = f" of {shown(ratings.name)}" if ratings.name else ""
            raise UsageError(
                f"{', '.join(files)}: agreement takes two coders, {who} rated units{of}",
                "name the columns with --coders, or a second file",
            )
        if ratings.sets:
            _refuse(wanted, "sets of codes")
            compare_sets(ratings, wanted, files, found)
        else:
            compare_ratings(ratings, wanted, files, found)
    nested = {ratings.noun for ratings in content if ratings.cluster is not None}
    return nested.pop() if len(nested) == 1 else ("cluster" if nested else "transcript")


def _refuse(wanted: FileOptions, what: str) -> None:
    """Options for plain answers that would be left without effect."""
    for name, is_there in (
        (f"--scale {wanted.scale}", wanted.scale != "nominal"),
        ("--weights", bool(wanted.weights)),
        ("--categories", bool(wanted.categories)),
    ):
        if is_there and not (name == "--categories" and what == "sets of codes"):
            raise UsageError(f"{name} is not for {what}", "it is for one answer per unit")
