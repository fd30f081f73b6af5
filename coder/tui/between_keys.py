"""What can wait is done between keys, not at them.

Python looks for cycles among its objects whenever some hundreds of new ones have come together:
at every code key for a fifth of a millisecond, at one in a hundred for 40 ms where a long
interview is open. ``coder`` lets many more come together (``cli.main``); here they are looked
through while hands rest. The study has something to do then, too (``Study.rest``).
"""

from __future__ import annotations

import gc
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coder.ops.study import Study

BREATH, REST = 0.4, 5.0
"""Seconds after the last key: for the newest objects, and for all of them."""


class BetweenKeys:
    """Knows when the last key was pressed, and what has been done since.

    Args:
        study: The study that is worked in.
    """

    def __init__(self, study: Study) -> None:
        self._study = study
        study.work_at_rest()
        self._pressed = monotonic()
        self._still_to_do = 0

    def pressed(self) -> None:
        """A key has done something."""
        self._pressed = monotonic()
        self._still_to_do = 2

    def look(self) -> None:
        """Asked again and again: do what is due, once after the last key."""
        quiet = monotonic() - self._pressed
        if self._still_to_do == 2 and quiet > BREATH:
            gc.collect(1)
            self._still_to_do = 1
        elif self._still_to_do == 1 and quiet > REST:
            gc.collect()
            self._study.rest()
            self._still_to_do = 0
