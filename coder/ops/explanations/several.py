"""Three coders or more, and kappas put together over pairs of coders or over codes."""

from __future__ import annotations

from coder.ops.explanations.entry import Explanation

OF_SEVERAL = (
    Explanation(
        "fleiss_kappa",
        "Fleiss' kappa",
        "Agreement of any number of coders beyond chance, chance being the codes' overall shares."
        " The coders may be others for every unit. Scott's pi for two.",
        "(p_a - p_e) / (1 - p_e), p_e = sum_k pi_k^2, pi_k the mean share of code k",
        "Not Cohen's kappa for several coders (that is Conger's). Low for rare codes. With missing"
        " ratings, units with one rating still count for pi_k.",
        "Fleiss' kappa of the four coders was .66, 95 % CI [.53, .76].",
        "Fleiss 1971, Psychological Bulletin 76; missing ratings as in Gwet 2014",
    ),
    Explanation(
        "conger_kappa",
        "Conger's kappa",
        "Cohen's kappa for several coders: chance comes from how often each of them uses each"
        " code.",
        "(p_a - p_e) / (1 - p_e), p_e = mean over pairs g, h of sum_k p_gk p_hk",
        "With missing ratings it depends on who is missing. Low for rare codes.",
        "Conger's kappa of the four coders was .67, 95 % CI [.54, .77].",
        "Conger 1980, Psychological Bulletin 88",
    ),
    Explanation(
        "light_kappa",
        "Light's kappa",
        "The plain mean of Cohen's kappa over all pairs of coders.",
        "mean over pairs of kappa_gh",
        "Pairs that share few units weigh as much as others, and one undefined kappa leaves the"
        " mean undefined. It hides a coder who agrees with nobody: show the pairs.",
        "Light's kappa (mean of 6 pairs, .58 to .79) was .68, 95 % CI [.55, .78].",
        "Light 1971, Psychological Bulletin 76",
    ),
    Explanation(
        "hubert_kappa",
        "Hubert's kappa",
        "One kappa for all pairs of coders, from their mean observed and mean expected agreement.",
        "(mean p_o - mean p_e) / (1 - mean p_e) over pairs",
        "Steadier than Light's mean where a pair used few codes; it hides a coder who agrees with"
        " nobody just as well.",
        "Hubert's kappa over 6 pairs was .68, 95 % CI [.55, .78].",
        "Hubert 1977, Psychological Bulletin 84",
    ),
    Explanation(
        "pooled_kappa",
        "Pooled kappa",
        "One kappa for the codes of a set that allows several: observed and expected agreement on"
        " applies / does not apply are averaged over the codes first.",
        "(mean p_o - mean p_e) / (1 - mean p_e) over codes",
        "Frequent codes dominate it, a code that nobody used adds nothing, and a bad code hides"
        " among good ones: look code by code.",
        "Kappa pooled over 9 codes was .71, 95 % CI [.60, .80].",
        "De Vries, Elliott, Kanouse & Teleki 2008, Field Methods 20",
    ),
    Explanation(
        "mean_kappa",
        "Mean kappa over codes",
        "The plain mean of the codes' kappas.",
        "mean over codes of kappa_k",
        "A code used three times weighs as much as one used three hundred times, and one undefined"
        " kappa leaves it undefined. Pooled kappa is steadier.",
        "The mean kappa of the 9 codes was .64, 95 % CI [.50, .75]; pooled .71 [.60, .80].",
        "Common in practice; see De Vries and others 2008 for what is wrong with it",
    ),
)
