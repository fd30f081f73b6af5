"""Scales: coefficients that know how far apart two answers are."""

from __future__ import annotations

from coder.ops.explanations.entry import Explanation

_KAPPA = "1 - sum v_ij p_ij / sum v_ij r_i c_j"

WEIGHTED = (
    Explanation(
        "cohen_kappa_linear",
        "Weighted kappa, linear weights",
        "Cohen's kappa for a scale: a disagreement counts by how many levels apart it is.",
        f"{_KAPPA}, v_ij = |i - j| in level values",
        "Depends on the number of levels and on their values. Declared levels that nobody used"
        " between used ones still count as a step.",
        "Linear weighted kappa was .68, 95 % CI [.52, .80].",
        "Cohen 1968, Psychological Bulletin 70; Cicchetti & Allison 1971",
    ),
    Explanation(
        "cohen_kappa_quadratic",
        "Weighted kappa, quadratic weights",
        "Cohen's kappa for a scale: a disagreement counts by the square of its distance, so that"
        " near misses cost little. Close to an intraclass correlation.",
        f"{_KAPPA}, v_ij = (i - j)^2 in level values",
        "Grows with the number of levels and forgives coders who are always one level apart: look"
        " at percent agreement and at the confusion table too.",
        "Quadratic weighted kappa was .81, 95 % CI [.69, .89]; exact agreement 64 %.",
        "Cohen 1968, Psychological Bulletin 70; Fleiss & Cohen 1973",
    ),
    Explanation(
        "cohen_kappa_custom",
        "Weighted kappa, your own weights",
        "Cohen's kappa with a table of weights that says how grave each disagreement is"
        " (--weights FILE).",
        f"{_KAPPA}, v_ij from the table (0 on the diagonal; agreement weights 1 - v)",
        "Weights chosen after looking at the data can make almost any kappa: fix and publish them"
        " beforehand.",
        "Weighted kappa (weights in Appendix B) was .72, 95 % CI [.55, .84].",
        "Cohen 1968, Psychological Bulletin 70",
    ),
    Explanation(
        "gwet_ac2_linear",
        "Gwet's AC2, linear weights",
        "AC1 for a scale: a disagreement counts by how many levels apart it is.",
        "as AC1, p_e = sum w / (q (q - 1)) sum_k pi_k (1 - pi_k), w_ij = 1 - |i - j| / range",
        "As AC1: high where one level dominates. Higher than weighted kappa by construction then.",
        "Gwet's AC2 (linear) was .79, 95 % CI [.66, .88].",
        "Gwet 2014, Handbook of Inter-Rater Reliability",
    ),
    Explanation(
        "gwet_ac2_quadratic",
        "Gwet's AC2, quadratic weights",
        "AC1 for a scale: a disagreement counts by the square of its distance.",
        "as AC1, p_e = sum w / (q (q - 1)) sum_k pi_k (1 - pi_k), w_ij = 1 - (i - j)^2 / range^2",
        "As AC1, and as quadratic kappa: near misses nearly vanish.",
        "Gwet's AC2 (quadratic) was .88, 95 % CI [.80, .93].",
        "Gwet 2014, Handbook of Inter-Rater Reliability",
    ),
    Explanation(
        "gwet_ac2_custom",
        "Gwet's AC2, your own weights",
        "AC1 with a table of weights that says how grave each disagreement is (--weights FILE).",
        "as AC1, p_e = sum w / (q (q - 1)) sum_k pi_k (1 - pi_k), w from the table",
        "As AC1; and weights chosen after looking at the data can make almost any value.",
        "Gwet's AC2 (weights in Appendix B) was .80, 95 % CI [.67, .89].",
        "Gwet 2014, Handbook of Inter-Rater Reliability",
    ),
    Explanation(
        "alpha_ordinal",
        "Krippendorff's alpha, ordinal",
        "Alpha for ordered levels: a disagreement counts by how many ratings lie between the two"
        " levels, so that no numbers have to be given to them.",
        "1 - D_o / D_e, d_ck = (difference of the mid-ranks of c and k)^2",
        "The distances come from the data: the same two levels may be far apart in one study and"
        " close in another.",
        "Ordinal alpha was .79, 95 % CI [.66, .88] (3 coders, 90 units, 9 transcripts).",
        "Krippendorff 2004, Content Analysis; Hayes & Krippendorff 2007",
    ),
    Explanation(
        "alpha_interval",
        "Krippendorff's alpha, interval",
        "Alpha for numbers of which only differences mean something, such as a rating from 1 to 7"
        " or a year.",
        "1 - D_o / D_e, d_ck = (c - k)^2",
        "One wild outlier decides the value. Rubric levels are seldom equally far apart: ordinal"
        " is the safer choice.",
        "Interval alpha was .85, 95 % CI [.74, .92].",
        "Krippendorff 2004, Content Analysis; Hayes & Krippendorff 2007",
    ),
    Explanation(
        "alpha_ratio",
        "Krippendorff's alpha, ratio",
        "Alpha for amounts with a true zero, such as minutes or counts: 1 and 2 differ as much as"
        " 10 and 20.",
        "1 - D_o / D_e, d_ck = ((c - k) / (c + k))^2",
        "Zero against anything is the largest disagreement there is, 0 against 1 as bad as 0"
        " against 100. Undefined with negative values.",
        "Ratio alpha was .77, 95 % CI [.60, .88].",
        "Krippendorff 2004, Content Analysis",
    ),
    Explanation(
        "alpha_custom",
        "Krippendorff's alpha, your own distances",
        "Alpha with a table that says how far apart any two codes are (--weights FILE).",
        "1 - D_o / D_e, d_ck from the table (0 on the diagonal)",
        "Distances chosen after looking at the data can make almost any alpha: fix and publish them"
        " beforehand.",
        "Alpha (distances in Appendix B) was .75, 95 % CI [.60, .86].",
        "Krippendorff 2004, Content Analysis",
    ),
)
