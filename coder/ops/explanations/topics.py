"""General matters behind every table of agreement."""

from __future__ import annotations

from coder.ops.explanations.entry import Explanation

TOPICS = (
    Explanation(
        "intervals",
        "How sure a coefficient is",
        "The default leaves out one transcript at a time (jackknife on Fisher's z, t distribution)"
        " because units of one interview resemble each other. It needs three transcripts.",
        "",
        "Analytic and unit-level bootstrap intervals cover 63 to 73 % where they promise 95 %; the"
        " transcript bootstrap 83 to 91 % with 5 to 12 transcripts. All hold the coders fixed.",
        "Code more transcripts rather than more units of one. Give the interval, the number of"
        " units and of transcripts, and how it was made.",
        "Simulation in docs/intervals.md; Quenouille 1956; Tukey 1958",
    ),
    Explanation(
        "undefined",
        "Why a value is n/a",
        "A coefficient that corrects for chance has no value where only one code was used: all"
        " agreement may be chance. Nothing has a value where no unit was rated by two coders.",
        "",
        "Programs that print 1 or 0 there make up a result. One coder who only ever used one code"
        " gives kappa 0 whatever the other did.",
        "Report percent agreement and that the code did not vary; a larger sample, or one drawn"
        " where the code is likely, may help. An undefined value fails --min.",
        "docs/agreement.md",
    ),
    Explanation(
        "denominators",
        "Which units count",
        "Two coders are compared on units both finished; three or more on units that at least two"
        " did. Finished with no code is an answer, not finished is none.",
        "",
        "Units of which a code set was never asked agree on 'nothing' and lift every coefficient:"
        " .76 over all excerpts, .42 where the question was asked, with the same coders.",
        "Say which units were eligible, how many each coder finished, and give agreement on whether"
        " anything applies apart from which code it is.",
        "docs/agreement.md",
    ),
    Explanation(
        "missing",
        "Ratings that are missing",
        "A coder who did not rate a unit says nothing about it; nobody's rating is filled in."
        " Units with one rating are left out by alpha; Fleiss and Gwet use them for how common"
        " codes are.",
        "",
        "With three or more coders percent agreement has three conventions: mean over units"
        " (percent_agreement), weighted by ratings (_values), by pairs (_pairs). Name yours.",
        "Say how many units each coder rated, and whether those left out differ from the others.",
        "Gwet 2014; Krippendorff 2004",
    ),
    Explanation(
        "planning",
        "How many units to code twice",
        "Enough that the interval's lower end can pass your threshold: rare codes and few"
        " transcripts decide, far more than the total.",
        "",
        "Formulas assume independent units: multiply by 1 + (units per transcript - 1) x ICC. A"
        " code on 10 % of 30 units is three uses: no coefficient knows anything from that.",
        "Draw 10 to 25 % of the units over many transcripts, at least 10 uses of every code that"
        " matters, in at least 8 transcripts; code blind; then look at the intervals.",
        "Bloch & Kraemer 1989, Biometrics 45; Donner & Eliasziw 1992, Statistics in Medicine 11",
    ),
)
