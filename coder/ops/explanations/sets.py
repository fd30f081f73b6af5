"""Answers that are sets of codes."""

from __future__ import annotations

from coder.ops.explanations.entry import Explanation

OF_SETS = (
    Explanation(
        "alpha_jaccard",
        "Alpha with Jaccard distance",
        "Krippendorff's alpha for sets of codes: two sets are as far apart as the share of their"
        " codes that only one of them has.",
        "1 - D_o / D_e, d(A, B) = 1 - |A and B| / |A or B|; two empty sets 0",
        "Units where both applied nothing count as full agreement. Chance is drawn from whole"
        " sets, so many rare combinations make it look small.",
        "Alpha (Jaccard) was .66, 95 % CI [.52, .77].",
        "Jaccard 1912; Artstein & Poesio 2008, Computational Linguistics 34",
    ),
    Explanation(
        "alpha_masi",
        "Alpha with MASI distance",
        "As with Jaccard, but it matters too how the sets lie: one inside the other is better than"
        " sets that overlap, and that better than sets with nothing in common.",
        "d(A, B) = 1 - J M; M = 1 equal, 2/3 one within the other, 1/3 overlap, 0 apart",
        "The thirds are a convention. Some programs compute (1 - J)(1 - M) and call it MASI: say"
        " which formula.",
        "Alpha (MASI, Passonneau 2006) was .58, 95 % CI [.43, .70].",
        "Passonneau 2006, LREC",
    ),
    Explanation(
        "alpha_set_nominal",
        "Alpha on whole sets",
        "Alpha that knows only whether two sets are the same or not.",
        "1 - D_o / D_e, d(A, B) = 0 where A = B, else 1",
        "One code more or less is as bad as nothing in common. Low with many codes.",
        "Alpha on identical sets was .49, 95 % CI [.35, .62].",
        "Krippendorff 2004, Content Analysis",
    ),
    Explanation(
        "jaccard_similarity",
        "Mean Jaccard similarity",
        "How much two coders' sets of a unit have in common, on average: not corrected for chance.",
        "mean of |A and B| / |A or B|; two empty sets 1",
        "High where most units get no code at all. Report an alpha beside it.",
        "The mean Jaccard similarity was .74, 95 % CI [.66, .81].",
        "Jaccard 1912",
    ),
    Explanation(
        "masi_similarity",
        "Mean MASI similarity",
        "How much two coders' sets of a unit have in common, on average, where it also matters how"
        " they lie to each other (MASI): not corrected for chance.",
        "mean of J M; see coder explain alpha_masi",
        "High where most units get no code at all. Report an alpha beside it.",
        "The mean MASI similarity was .69, 95 % CI [.60, .77].",
        "Passonneau 2006, LREC",
    ),
)
