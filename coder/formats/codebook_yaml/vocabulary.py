"""The words that some fields of a codebook file choose from, and what an id or a key looks like."""

from __future__ import annotations

ID = r"[A-Za-z0-9_]+"
"""Of books, sets and codes."""

QUESTION_ID = r"[A-Za-z0-9_-]+"
"""Of questions, which markers in transcripts name."""

KEY = r"[0-9a-z]"
"""Of codes; some letters belong to the app."""

COLOR = r"#[0-9A-Fa-f]{6}"

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

STANDARD_ATTRIBUTES = (
    "role",
    "district",
    "school",
    "year",
    "wave",
    "participant",
    "transcript",
    "pseudonym",
    "grades",
    "years_teaching",
)
"""What every study knows of people and transcripts; ``--by`` takes these names for attributes."""
