"""Two coders: agreement beyond chance, each with its own idea of chance."""

from __future__ import annotations

from coder.ops.explanations.entry import Explanation

BY_CHANCE = (
    Explanation(
        "cohen_kappa",
        "Cohen's kappa",
        "Agreement of two coders beyond what they would reach by chance, if each kept using the"
        " codes as often as they do but without looking. 1 perfect, 0 chance, below 0 worse.",
        "(p_o - p_e) / (1 - p_e), p_e = sum_k r_k c_k from the two coders' own frequencies",
        "Low for rare codes even where coders mostly agree; slightly higher where their frequencies"
        " differ. Nominal: near misses on a rubric count as full disagreement.",
        "Kappa was .74, 95 % CI [.58, .85] (jackknife over 12 transcripts, 120 units).",
        "Cohen 1960, Educational and Psychological Measurement 20",
    ),
    Explanation(
        "scott_pi",
        "Scott's pi",
        "Kappa with one set of frequencies for both coders: chance is what two coders would reach"
        " who draw from the average use of the codes.",
        "(p_o - p_e) / (1 - p_e), p_e = sum_k ((r_k + c_k) / 2)^2",
        "Low for rare codes, like kappa; counts different frequencies of the coders as"
        " disagreement, which kappa partly forgives.",
        "Scott's pi was .73, 95 % CI [.57, .84].",
        "Scott 1955, Public Opinion Quarterly 19",
    ),
    Explanation(
        "brennan_prediger",
        "Brennan-Prediger coefficient",
        "Agreement beyond guessing evenly among all declared codes (also called Bennett's S, and"
        " for several coders Randolph's kappa).",
        "(p_o - 1/q) / (1 - 1/q), q the number of declared codes",
        "Rises with every code that is declared and never used. For few codes, one of them common,"
        " hardly more than percent agreement.",
        "The Brennan-Prediger coefficient (8 codes) was .78, 95 % CI [.66, .87].",
        "Brennan & Prediger 1981, Educational and Psychological Measurement 41",
    ),
    Explanation(
        "pabak",
        "Prevalence- and bias-adjusted kappa",
        "For yes and no: what kappa would be if both were equally common and both coders used them"
        " as often. Percent agreement on another scale.",
        "2 p_o - 1",
        "Adjusting away that a code is rare is not neutral: 95 % of no at random gives .81. Give"
        " it with kappa and both frequencies.",
        "Kappa was .42 [.10, .66], PABAK .84 [.71, .92]; the code was used on 7 % of units.",
        "Byrt, Bishop & Carlin 1993, J. Clin. Epidemiology 46",
    ),
    Explanation(
        "gwet_ac1",
        "Gwet's AC1",
        "Agreement beyond chance, chance being small where one code dominates: coders are thought"
        " to guess only at hard units.",
        "(p_a - p_e) / (1 - p_e), p_e = sum_k pi_k (1 - pi_k) / (q - 1)",
        "With one dominant code it stays near percent agreement, so it can be high where coders do"
        " not find the rare code together. If it is over .2 above kappa, say why you chose it.",
        "Gwet's AC1 was .81, 95 % CI [.69, .89]; Cohen's kappa .55 [.30, .74].",
        "Gwet 2008, British J. of Mathematical and Statistical Psychology 61",
    ),
    Explanation(
        "alpha_nominal",
        "Krippendorff's alpha, nominal",
        "Agreement beyond chance for any number of coders and with ratings missing; chance is what"
        " two ratings drawn from all of them without replacement would do.",
        "1 - D_o / D_e = 1 - (n - 1) sum_(c<>k) o_ck / sum_(c<>k) n_c n_k, from coincidences o_ck",
        "Low for rare codes, like kappa. Units with one rating say nothing and are left out."
        " Undefined where only one code was used: 100 % agreement on one code proves nothing.",
        "Krippendorff's alpha was .74, 95 % CI [.58, .85] (jackknife over 12 transcripts).",
        "Krippendorff 1970, 2004; Hayes & Krippendorff 2007, Comm. Methods and Measures 1",
    ),
)
