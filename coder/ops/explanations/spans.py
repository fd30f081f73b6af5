"""Free spans of text."""

from __future__ import annotations

from coder.ops.explanations.entry import Explanation

_2016 = "Krippendorff, Mathet, Bouvry & Widloecher 2016, Quality & Quantity 50"

OF_SPANS = (
    Explanation(
        "alpha_u_1995",
        "Krippendorff's alpha_U (1995)",
        "Agreement on where spans begin and end, code by code: overlapping spans differ by the"
        " squares of their boundaries' distances, a span that nobody met by its whole length.",
        "1 - sum_c D_o / sum_c D_e, d^2 = (b_g - b_h)^2 + (e_g - e_h)^2",
        "Squares make long spans decide. It can fall far below -1. Two spans against one over the"
        " same text count as a grave disagreement.",
        "Alpha_U was .73, 95 % CI [.55, .91] (jackknife over 12 documents).",
        "Krippendorff 1995, Sociological Methodology 25; restated 2004",
    ),
    Explanation(
        "u_alpha",
        "u-alpha",
        "Agreement on every place of the text: its code, or that it has none. Needs one code per"
        " place and coder.",
        "1 - (l - tr O) / (l - tr E), from lengths of text two coders share",
        "Blank text counts as agreement. Where one span ends and the next of the same code begins"
        " is not seen: alpha_U sees it.",
        "u-alpha was .62, 95 % CI [.48, .73].",
        _2016,
    ),
    Explanation(
        "bar_u_alpha",
        "|u-alpha",
        "Agreement on what is worth marking at all: marked or blank, whatever the code. Of one"
        " code: this code or anything else.",
        "1 - (l_0 - O_00) / (E_0. - E_00), row 0 the blanks",
        "High where little is marked and coders leave the same text alone.",
        "Agreement on what to mark (|u-alpha) was .70, 95 % CI [.57, .80].",
        _2016,
    ),
    Explanation(
        "cu_alpha",
        "cu-alpha",
        "Agreement on the codes of text that two coders both marked; what only one marked is left"
        " out.",
        "u-alpha over the rows and columns of codes alone",
        "Rests on the share of text that both marked: coders who hardly mark the same text can"
        " score 1. Always give its coverage.",
        "On text both marked (41 % of all text), cu-alpha was .88, 95 % CI [.76, .94].",
        _2016,
    ),
    Explanation(
        "ku_alpha",
        "(k)u-alpha",
        "Agreement on one code, of text that two coders marked: where one marked it, did the other"
        " mark it too, or something else?",
        "1 - e_k (l_k - O_kk) / (l_k (e_k - E_kk))",
        "Rests on text that others marked as well; see its coverage. Unstable for rare codes.",
        "For 'press', (k)u-alpha was .81, 95 % CI [.60, .92], coverage 35 %.",
        _2016,
    ),
    Explanation(
        "coverage_cu",
        "Coverage of cu-alpha",
        "The share of all text that cu-alpha looks at: marked by two coders.",
        "length marked by two coders / length of all text",
        "A share of text, no agreement on codes. Low coverage means that cu-alpha says little.",
        "Two coders marked the same 41 % of the text, 95 % CI [30, 53].",
        _2016,
    ),
    Explanation(
        "coverage_ku",
        "Coverage of (k)u-alpha",
        "The share of the text marked with a code that another coder marked too, with any code.",
        "text marked k and also marked by another / text marked k",
        "A share of text, no agreement on codes.",
        "Of the text marked 'press', 35 % was marked by the other coder too.",
        _2016,
    ),
)
