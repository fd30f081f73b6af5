"""What the compared coders of a study differ on, beside their agreement."""

from __future__ import annotations

from collections.abc import Sequence

from coder.model import Viewer
from coder.ops.agreement_report import DisagreedUnit
from coder.ops.settling import disagreements
from coder.ops.study import Study
from coder.store.read_models import Answer


def disagreed_units(
    study: Study,
    viewer: Viewer,
    code_sets: Sequence[str],
    coders: Sequence[str],
    round_name: str = "",
) -> tuple[DisagreedUnit, ...]:
    """Every unit on which two of the coders differ, as they coded it, settled since or not.

    Args:
        study: The study.
        viewer: Who is looking; a blind round hides what the others said.
        code_sets: Only these; all by default.
        coders: Only these; all by default.
        round_name: What was said in this round.

    Raises:
        UsageError: There is no such set or round.
        NotAllowed: The round is open and this viewer may not see what others said in it.
    """
    found = []
    for name in code_sets or ("",):
        rows = disagreements(study, viewer, name, round_name=round_name, with_settled=True)
        for row in rows:
            answers = [one for one in row.answers if not coders or one.coder in coders]
            if len({(one.status, one.codes) for one in answers}) > 1:
                who = tuple(one.coder for one in answers)
                said = tuple(_said(one) for one in answers)
                found.append(DisagreedUnit(row.code_set, row.ref, "", who, said, ()))
    return tuple(found)


def _said(answer: Answer) -> str:
    return " + ".join(sorted(answer.codes)) or answer.status.replace("_", " ")
