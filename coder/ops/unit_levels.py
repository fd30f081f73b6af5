"""The levels at which units are compared: valence, code, set of codes, applied or not."""

from __future__ import annotations

from coder.model import VALENCES
from coder.ops.answer_labels import has_code
from coder.ops.comparing import Comparisons
from coder.store.read_models import Answer

NOTHING = "nothing"
APPLIED = "applied"


class UnitComparisons(Comparisons):
    """All comparisons of one code set, unit by unit; arguments as for ``Comparisons``."""

    def run(self) -> None:
        """Compare at every level that the code set has; the leading one first."""
        codes = [code.id for code in self.codes]
        has_valence = any(code.valence != "none" for code in self.codes)
        is_multi = self.code_set.mode == "multi"
        if has_valence:
            self.lead("valence", self._valence_of, self._valences(), with_both=True)
        if is_multi:
            self.whole_sets("set")
            if not has_valence:
                self.whole_sets("set_applied", where_applied=True)
            for code in codes:
                self.one_category("code", code, has_code(code))
        elif self.code_set.mode == "ordinal":
            level = {code.id: str(code.level) for code in self.codes if code.level is not None}
            levels = sorted(dict.fromkeys(level.values()), key=int)

            def level_of(answer: Answer) -> str | None:
                # A blank is no level of a rubric: it leaves the weighted statistics.
                return next((level[code] for code in answer.codes if code in level), None)

            self.compare("code", level_of, levels, scale="ordinal")
        else:
            self.lead("code", code_of, codes, with_both=not has_valence)
        # Where sets have no level of their own to judge, the size of the study is judged here.
        self.compare("applies", _applies, (APPLIED, NOTHING), quiet=has_valence or not is_multi)

    def _valence_of(self, answer: Answer) -> str | None:
        if answer.status != "coded":
            return answer.status
        return self.code_set.valence_of(answer.codes)

    def _valences(self) -> list[str]:
        """The valences that a unit can have: AC1 counts impossible ones as if they could be."""
        declared = {code.valence for code in self.codes}
        if self.code_set.mode == "multi" and len(declared - {"none"}) > 1:
            declared.add("mixed")
        return [valence for valence in VALENCES if valence in declared]


def code_of(answer: Answer) -> str | None:
    """The one code of an answer, else what stands for it: ``nothing`` or ``not_applicable``."""
    return next(iter(sorted(answer.codes)), answer.status)


def _applies(answer: Answer) -> str | None:
    return APPLIED if answer.status == "coded" else NOTHING
