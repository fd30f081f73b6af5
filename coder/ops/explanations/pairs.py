"""Two coders: agreement as it was seen, and what describes their tables."""

from __future__ import annotations

from coder.ops.explanations.entry import Explanation

OF_PAIRS = (
    Explanation(
        "percent_agreement",
        "Percent agreement",
        "The share of units to which coders gave the same answer. With three coders or more, the"
        " mean over units of the share of pairs of coders that agree.",
        "p_o = sum_k n_kk / N; several coders: mean over u of"
        " sum_k n_uk (n_uk - 1) / (m_u (m_u - 1))",
        "Where one code is common, coders agree often without looking: two who say no to 95 % of"
        " units at random reach 90 %. Never report it alone.",
        "The coders agreed on 82 % of 120 units, 95 % CI [71, 89], kappa = .74 [.58, .85].",
        "Fleiss 1971, Psychological Bulletin 76; missing ratings as in Gwet 2014",
    ),
    Explanation(
        "percent_agreement_values",
        "Percent agreement, weighted by ratings",
        "Percent agreement of three or more coders in which a unit weighs as much as it has"
        " ratings: one minus the observed disagreement in alpha.",
        "sum_u m_u p_u / sum_u m_u over units with m_u >= 2, p_u the share of agreeing pairs",
        "Differs from the other two conventions only where ratings are missing; then units that"
        " many coders rated count more.",
        "Agreement was 80 % (weighted by ratings), 95 % CI [68, 88].",
        "Krippendorff 2004, Content Analysis; the convention of DKPro Agreement",
    ),
    Explanation(
        "percent_agreement_pairs",
        "Percent agreement, weighted by pairs",
        "Percent agreement of three or more coders in which every pair of ratings weighs the same:"
        " all agreeing pairs over all pairs.",
        "sum_u sum_k n_uk (n_uk - 1) / sum_u m_u (m_u - 1)",
        "A unit rated by six coders holds fifteen pairs, one rated by two a single one: the"
        " former decide.",
        "Of all pairs of ratings 79 % agreed, 95 % CI [66, 88].",
        "One of three conventions; see coder explain missing",
    ),
    Explanation(
        "within_one",
        "Agreement within one level",
        "The share of units whose two levels are the same or neighbours on a rubric.",
        "sum of p_ij over levels with |rank i - rank j| <= 1",
        "With three or four levels nearly everything is within one by chance, and nothing corrects"
        " for that. Undefined with two levels.",
        "The coders were within one level on 96 % of units, 95 % CI [89, 99].",
        "Common in studies of classroom rubrics; no single source",
    ),
    Explanation(
        "kappa_max",
        "Largest kappa these margins allow",
        "The kappa that would be reached if the coders agreed as often as the frequencies of their"
        " codes permit. A ceiling, not an estimate, hence without an interval.",
        "kappa with p_o replaced by sum_k min(r_k, c_k)",
        "Different frequencies are disagreement too: dividing kappa by it hides that one coder"
        " uses a code more often.",
        "Kappa was .61 [.42, .75]; the margins allowed .83 at most.",
        "Cohen 1960, Educational and Psychological Measurement 20",
    ),
    Explanation(
        "positive_agreement",
        "Positive agreement",
        "How often a coder's use of a code was met by the other: the F1 score of one against the"
        " other. Units where neither used it do not count.",
        "2a / (2a + b + c); a both used it, b and c one of them",
        "Not corrected for chance, so common codes score high. Undefined where nobody used the"
        " code.",
        "For 'press', positive agreement was .77 (18 of 24 and 23 uses), 95 % CI [.60, .88].",
        "Cicchetti & Feinstein 1990, J. Clin. Epidemiology 43; Hripcsak & Rothschild 2005",
    ),
    Explanation(
        "negative_agreement",
        "Negative agreement",
        "How often a coder's decision that a code does not apply was met by the other's. Units"
        " where both used it do not count.",
        "2d / (2d + b + c); d neither used it, b and c one of them",
        "Close to 1 for every rare code; report it beside positive agreement, never instead.",
        "Negative agreement was .95 [.90, .98], positive agreement .71 [.52, .85].",
        "Cicchetti & Feinstein 1990, J. Clin. Epidemiology 43",
    ),
    Explanation(
        "prevalence_index",
        "Prevalence index",
        "How unevenly yes and no are spread: 0 where both are equally common, 1 where all is yes,"
        " -1 where all is no. It describes the table and is no agreement.",
        "(a - d) / N",
        "Beyond .6 either way kappa turns low although coders mostly agree; AC1 and kappa then part"
        " company.",
        "The code was rare (prevalence index -.78), so we also give positive agreement.",
        "Byrt, Bishop & Carlin 1993, J. Clin. Epidemiology 46",
    ),
    Explanation(
        "bias_index",
        "Bias index",
        "By how much more often the first coder says yes than the second. It describes the table"
        " and is no agreement.",
        "(b - c) / N",
        "Kappa rises a little with bias, so a higher kappa may come from coders who differ more in"
        " how often they use a code. Beyond .1 talk about the code's limits.",
        "Ana used the code on 12 points more of the units than Ben (bias index .12).",
        "Byrt, Bishop & Carlin 1993, J. Clin. Epidemiology 46",
    ),
)
