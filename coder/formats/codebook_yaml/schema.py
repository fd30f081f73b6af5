"""The fields of a codebook file: which there are, what they hold, which must be there.

Schema ``codebook/1``. Every field of the shipped books is here; a field that is not listed is a
typing mistake until proven otherwise, and is refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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
    is_required: bool = False
    is_expected: bool = False
    """Not required, but a methodologist asks for it."""
    fields: Mapping[str, Field] = field(default_factory=dict)
    one_of: tuple[str, ...] = ()
    """The words that may stand here; in a list, of each item."""


def _text(*, is_required: bool = False, is_expected: bool = False) -> Field:
    return Field("text", is_required, is_expected)


CODE: Mapping[str, Field] = {
    "id": Field("id", is_required=True),
    "name": _text(is_required=True),
    "level": Field("whole"),
    "key": _text(),
    "valence": Field("text", one_of=VALENCES),
    "short": _text(is_expected=True),
    "definition": _text(is_expected=True),
    "include": _text(is_expected=True),
    "exclude": _text(is_expected=True),
    "example": _text(is_expected=True),
    "codable": Field("yes_no"),
    "replaced_by": Field("texts"),
    "retired": Field("yes_no"),
    "parent": Field("id"),
    "category": Field("yes_no"),
    "color": _text(),
}

VALENCE_RESULTS = (
    "productive",
    "both",
    "unproductive",
    "none",
    "uncodable",
    "nothing",
    "empty",
    "incomplete",
    "unresolved",
)
"""Results of the ``valence`` roll-up that ``labels`` may name."""

ROLLUP: Mapping[str, Field] = {
    "rule": Field("text", is_required=True, one_of=ROLLUP_RULES),
    "labels": Field("any"),
    "order": Field("texts"),
    "also": Field("texts", one_of=("mean", "median", "share_at_least_3")),
    "by": _text(),
    "ties": Field("text", one_of=("review",)),
    "empty": _text(),
    "show": Field("any"),
    "expect_units": Field("whole"),
}

STATISTICS = (
    "percent_agreement",
    "within_one",
    "cohen_kappa",
    "cohen_kappa_linear",
    "cohen_kappa_quadratic",
    "kappa_max",
    "scott_pi",
    "fleiss_kappa",
    "conger_kappa",
    "light_kappa",
    "brennan_prediger",
    "pabak",
    "gwet_ac1",
    "gwet_ac2_linear",
    "gwet_ac2_quadratic",
    "alpha_nominal",
    "alpha_ordinal",
    "alpha_interval",
    "alpha_ratio",
    "positive_agreement",
    "negative_agreement",
    "pooled_kappa",
    "alpha_jaccard",
    "alpha_masi",
    "alpha_u_1995",
    "u_alpha",
    "bar_u_alpha",
    "cu_alpha",
    "ku_alpha",
)
"""Names of the statistics that a set may ask for."""

AGREEMENT_LEVELS = (
    "excerpt_code",
    "excerpt_valence",
    "participant",
    "lesson",
    "recommendation",
    "none",
)
"""What a set's agreement may be computed over."""

RELIABILITY: Mapping[str, Field] = {
    "levels": Field(
        "texts",
        one_of=AGREEMENT_LEVELS,
    ),
    "statistic": Field("texts", one_of=STATISTICS),
}

CODE_SET: Mapping[str, Field] = {
    "id": Field("id", is_required=True),
    "title": _text(is_required=True),
    "mode": Field("text", is_required=True, one_of=MODES),
    "scratch": Field("yes_no"),
    "applies_when": _text(),
    "levels": Field("wholes"),
    "order": Field("texts"),
    "depends_on": Field(
        "fields",
        fields={
            "code_set": _text(is_required=True),
            "in": Field("texts", is_required=True),
        },
    ),
    "source": _text(),
    "reliability": Field("fields", fields=RELIABILITY),
    "rollup": Field("fields", is_required=True, fields=ROLLUP),
    "codes": Field("several", is_required=True, fields=CODE),
}

QUESTION: Mapping[str, Field] = {
    "id": _text(is_required=True),
    "ask": _text(is_required=True),
    "feeds": Field("texts", is_required=True),
}

FIGURE: Mapping[str, Field] = {
    "id": Field("id", is_required=True),
    "says": _text(is_required=True),
    "about": _text(),
    "test": Field("any"),
    "n": Field("whole"),
    "n_in_abstract": Field("whole"),
    "max_count_at_n": Field("whole"),
    "counts_at_n": Field("wholes"),
    "counts": Field("any"),
    "percent": Field("any"),
    "differences": Field("any"),
    "from": _text(),
    "caution": _text(),
}

REPORT: Mapping[str, Field] = {
    "id": Field("id", is_required=True),
    "rows": Field("any"),
    "cols": Field("any"),
    "of": Field("texts"),
    "show": Field("any"),
    "one_per": _text(),
}

COMPOSITE: Mapping[str, Field] = {
    "id": Field("id", is_required=True),
    "of": Field("texts", is_required=True),
    "rule": Field("text", is_required=True, one_of=("mean",)),
    "needs": Field("whole"),
    "caution": _text(),
}

BOOK: Mapping[str, Field] = {
    "schema": _text(is_required=True),
    "id": Field("id", is_required=True),
    "version": _text(is_required=True),
    "title": _text(is_required=True),
    "status": _text(),
    "citation": Field("texts"),
    "notice": _text(),
    "roles": Field("texts"),
    "unit": Field("fields", fields={"code": _text(), "report": _text(), "segment_by": _text()}),
    "protocol": Field("several", fields=QUESTION),
    "general_rules": Field("texts"),
    "composite": Field("fields", fields=COMPOSITE),
    "evidence": Field("texts"),
    "code_sets": Field("several", is_required=True, fields=CODE_SET),
    "published_figures": Field("several", fields=FIGURE),
    "reports": Field("several", fields=REPORT),
}

BOOK_OPTIONS = ("general_rules", "composite", "evidence", "published_figures", "reports")
"""Top-level fields that the model keeps in ``Codebook.options``."""

SET_OPTIONS = ("levels", "order", "depends_on", "source", "reliability")
"""Fields of a code set that the model keeps in ``CodeSet.options``."""
