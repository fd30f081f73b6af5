"""The fields of a codebook file: which there are, what they hold, which must be there.

Schema ``codebook/1``. Every field of the shipped books is here; a field that is not listed is a
typing mistake until proven otherwise, and is refused by name. What is said of a field here is
also what editors show, through the JSON Schema that is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coder.formats.codebook_yaml import vocabulary
from coder.model import MODES, ROLLUP_RULES, VALENCES

SCHEMA = "codebook/1"

Kind = Literal["text", "id", "whole", "yes_no", "texts", "wholes", "fields", "several", "any"]
"""What a field holds.

``texts`` and ``wholes`` are lists of single values, ``fields`` is a mapping with fields of its
own, ``several`` a list of such mappings, ``any`` is kept as it stands.
"""

KIND_WORDS: Mapping[Kind, str] = {
    "text": "a text",
    "id": "an id",
    "whole": "a whole number",
    "yes_no": "true or false",
    "texts": "a list of texts, such as [teacher, coach]",
    "wholes": "a list of whole numbers, such as [0, 1, 2]",
    "fields": "fields of its own, indented below it",
    "several": "a list of entries that begin with a dash",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one kind of entry."""

    kind: Kind
    says: str
    """What it is for, in one or two sentences."""
    is_required: bool = False
    is_expected: bool = False
    """Not required, but a methodologist asks for it."""
    fields: Mapping[str, Field] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    """The words that may stand here; in a list, of each item."""
    pattern: str = ""
    """What the whole text looks like; a rule of its own complains where it does not."""


def _id(says: str) -> Field:
    return Field("id", says, is_required=True, pattern=vocabulary.ID)


def _part(says: str) -> Field:
    return Field("text", says, is_expected=True)


CODE: Mapping[str, Field] = {
    "id": _id("Names the code for good. Never used again for something else."),
    "name": Field("text", "The label that people read.", is_required=True),
    "level": Field("whole", "Rubric level, in ordinal sets only; each level once."),
    "key": Field(
        "text",
        "The key that puts the code on: a digit, or a lower-case letter that the app does not use"
        " itself. Unique in its set, letters in the whole book.",
        pattern=vocabulary.KEY,
    ),
    "valence": Field(
        "text",
        "Of the explanation or adjustment that is described, never of a person.",
        one_of=VALENCES,
    ),
    "short": _part("Brief definition: what is meant, in one line, without repeating the name."),
    "definition": _part("Full definition."),
    "include": _part("Use when: what counts as this code."),
    "exclude": _part("Do not use when: names the neighbouring code that is used instead."),
    "example": _part("An invented example that does not give the answer away by its words."),
    "codable": Field(
        "yes_no", "false for a code that says: answered, but it cannot be told what is meant."
    ),
    "replaced_by": Field(
        "texts", "Ids of its heirs. Coded data keep this code, and reads count it as these."
    ),
    "retired": Field("yes_no", "true for a code that is not offered any more and has no heirs."),
    "parent": Field("id", "Id of the code or category above it in its set."),
    "category": Field(
        "yes_no", "true for what only gathers codes below it and is never put on a unit."
    ),
    "color": Field(
        "text",
        "Colour for programs that show one, as '#1f77b4', in quotation marks.",
        pattern=vocabulary.COLOR,
    ),
}

ROLLUP: Mapping[str, Field] = {
    "rule": Field(
        "text",
        "How one person-year's final codes become one value.",
        is_required=True,
        one_of=ROLLUP_RULES,
    ),
    "labels": Field("any", "Display names for results of the rule, as result: name."),
    "order": Field("texts", "For the rule highest: every code of the set, highest first."),
    "also": Field(
        "texts", "What is printed beside it.", one_of=("mean", "median", "share_at_least_3")
    ),
    "by": Field("text", "Id of a set whose codes part the units before the rule is applied."),
    "ties": Field("text", "What happens to equally frequent codes.", one_of=("review",)),
    "empty": Field("text", "What a person-year without a value is called."),
    "show": Field("any", "What reports print of it, such as n or percent."),
    "expect_units": Field("whole", "Fewer units than this bring a warning."),
}

RELIABILITY: Mapping[str, Field] = {
    "levels": Field(
        "texts", "What agreement is computed over.", one_of=vocabulary.AGREEMENT_LEVELS
    ),
    "statistic": Field(
        "texts", "Which statistics; an empty list for none.", one_of=vocabulary.STATISTICS
    ),
}

DEPENDS_ON: Mapping[str, Field] = {
    "code_set": Field("text", "Id of the set that decides.", is_required=True),
    "in": Field("texts", "The codes of that set with which this set is asked.", is_required=True),
}

CODE_SET: Mapping[str, Field] = {
    "id": _id("Names the set for good; best unlike any set of another book and any attribute."),
    "title": Field("text", "The question that the set asks of a unit.", is_required=True),
    "mode": Field(
        "text",
        "exclusive takes one code, multi any number, ordinal one rubric level.",
        is_required=True,
        one_of=MODES,
    ),
    "scratch": Field("yes_no", "true for a set of loose codes made while reading; never asked."),
    "applies_when": Field("text", "When the set is asked of a unit at all."),
    "levels": Field("wholes", "Every level of the rubric; each has a code."),
    "order": Field("texts", "Every code of the set in the order of reports."),
    "depends_on": Field(
        "fields", "Asked only where another set has certain codes.", fields=DEPENDS_ON
    ),
    "source": Field("text", "Where its answers come from, where it is not the interviews."),
    "reliability": Field("fields", "How agreement is reported.", fields=RELIABILITY),
    "rollup": Field("fields", "How a person-year gets its value.", is_required=True, fields=ROLLUP),
    "codes": Field("several", "The answers.", is_required=True, fields=CODE),
}

QUESTION: Mapping[str, Field] = {
    "id": Field(
        "text",
        "The marker in transcripts, such as Q-WHY.",
        is_required=True,
        pattern=vocabulary.QUESTION_ID,
    ),
    "ask": Field("text", "What is asked.", is_required=True),
    "feeds": Field("texts", "Ids of the sets that its answer is coded with.", is_required=True),
}

FIGURE: Mapping[str, Field] = {
    "id": _id("Names the figure."),
    "says": Field("text", "What was published.", is_required=True),
    "about": Field("text", "What it is a share or count of."),
    "test": Field("any", "What must hold for a study to meet it."),
    "n": Field("whole", "How many there were."),
    "n_in_abstract": Field("whole", "How many there were, as an abstract says."),
    "max_count_at_n": Field("whole", "The highest count that meets it at n."),
    "counts_at_n": Field("wholes", "The counts that meet it at n."),
    "counts": Field("any", "Counts by result; derived ones are never shown as published."),
    "percent": Field("any", "Published percentages by result."),
    "differences": Field("any", "Published differences."),
    "from": Field("text", "Where it was published."),
    "caution": Field("text", "What a reader must know before comparing."),
}

REPORT: Mapping[str, Field] = {
    "id": _id("Names the report."),
    "rows": Field("any", "Attributes, sets, codes, or the roll-up of a set as set.rollup."),
    "cols": Field("any", "As rows, or rollup for that of each set in of."),
    "of": Field("texts", "Ids of the sets that are reported."),
    "show": Field("any", "What stands in the cells, such as n or percent."),
    "one_per": Field("text", "Attribute for whose every value the report is made anew."),
}

COMPOSITE: Mapping[str, Field] = {
    "id": _id("Names the composite."),
    "of": Field("texts", "Ids of the sets that are taken together.", is_required=True),
    "rule": Field("text", "How.", is_required=True, one_of=("mean",)),
    "needs": Field("whole", "How many of the sets must have a value."),
    "caution": Field("text", "What a reader must know."),
}

UNIT: Mapping[str, Field] = {
    "code": Field("text", "What is coded: excerpt, turn, or a kind of record."),
    "report": Field("text", "What is counted, such as participant_year."),
    "segment_by": Field("text", "How transcripts are cut, such as question_answer."),
}

BOOK: Mapping[str, Field] = {
    "schema": Field("text", f"The format: {SCHEMA}.", is_required=True, pattern=SCHEMA),
    "id": _id("Names the book for good."),
    "version": Field("text", "Label of this version; raised with every change.", is_required=True),
    "title": Field("text", "What the book is called.", is_required=True),
    "status": Field("text", "Such as draft, adapted or final."),
    "citation": Field("texts", "What to cite."),
    "notice": Field("text", "What everybody who uses the book must know."),
    "roles": Field("texts", "Whose words are coded."),
    "unit": Field("fields", "What is coded, counted and cut.", fields=UNIT),
    "protocol": Field(
        "several", "Questions of the interview and the sets their answers feed.", fields=QUESTION
    ),
    "general_rules": Field("texts", "Rules for all sets."),
    "composite": Field("fields", "Several sets taken together.", fields=COMPOSITE),
    "evidence": Field("texts", "Kinds of evidence that the book knows."),
    "code_sets": Field(
        "several", "The questions asked of a unit.", is_required=True, fields=CODE_SET
    ),
    "published_figures": Field(
        "several", "Figures that results may be held against.", fields=FIGURE
    ),
    "reports": Field("several", "Tables that the book is for.", fields=REPORT),
}

BOOK_OPTIONS = ("general_rules", "composite", "evidence", "published_figures", "reports")
"""Top-level fields that the model keeps in ``Codebook.options``."""

SET_OPTIONS = ("levels", "order", "depends_on", "source", "reliability")
"""Fields of a code set that the model keeps in ``CodeSet.options``."""
