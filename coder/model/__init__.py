"""The nouns of the design as frozen dataclasses: standard library only, no I/O."""

from coder.model.code_tree import Categories, above, tree
from coder.model.code_words import id_from, same_words, tidy
from coder.model.codebook import (
    EXCERPT_UNITS,
    MODES,
    RECORD_MARK,
    RESERVED_KEYS,
    ROLLUP_RULES,
    VALENCES,
    Code,
    Codebook,
    CodeSet,
    Mode,
    Question,
    Rollup,
    Valence,
    record_kind,
    unit_valence,
)
from coder.model.codebook_changes import changes, questions
from coder.model.coding import Coder, Coding, Decision, FinalCodes, Memo, Status, Viewer
from coder.model.heirs import resolved
from coder.model.identity import IdSource, content_id, fixed_ids, random_id
from coder.model.span import Span, merged
from coder.model.transcript import (
    Participant,
    Sentence,
    Speaker,
    Transcript,
    TranscriptDraft,
    Turn,
)
from coder.model.unit import PLANS, ExcerptDraft, Unit

__all__ = [
    "EXCERPT_UNITS",
    "MODES",
    "PLANS",
    "RECORD_MARK",
    "RESERVED_KEYS",
    "ROLLUP_RULES",
    "VALENCES",
    "Categories",
    "Code",
    "CodeSet",
    "Codebook",
    "Coder",
    "Coding",
    "Decision",
    "ExcerptDraft",
    "FinalCodes",
    "IdSource",
    "Memo",
    "Mode",
    "Participant",
    "Question",
    "Rollup",
    "Sentence",
    "Span",
    "Speaker",
    "Status",
    "Transcript",
    "TranscriptDraft",
    "Turn",
    "Unit",
    "Valence",
    "Viewer",
    "above",
    "changes",
    "content_id",
    "fixed_ids",
    "id_from",
    "merged",
    "questions",
    "random_id",
    "record_kind",
    "resolved",
    "same_words",
    "tidy",
    "tree",
    "unit_valence",
]
