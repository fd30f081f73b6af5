"""What a coder worked with last: for lists that should begin with it. Nothing of anybody else."""

from __future__ import annotations

from coder.model import Codebook, Coder
from coder.ops.study import Study
from coder.store import recents
from coder.store.codebooks import code_uid

_LOOK_BACK = 120
"""Changes of the journal: an hour or two of coding, read in a millisecond."""


def recent_codes(study: Study, coder: Coder, book: Codebook) -> tuple[str, ...]:
    """Ids of the codes of a book that this coder put on last, the newest first."""
    ids = {code_uid(book.id, code.id): code.id for _, code in book.codes()}
    found = recents.recent_codes(study.store.db, coder.id, _LOOK_BACK)
    return tuple(ids[uid] for uid in found if uid in ids)


def recent_transcripts(study: Study, coder: Coder) -> tuple[str, ...]:
    """Names of the transcripts this coder worked in last, the newest first."""
    return tuple(recents.recent_transcripts(study.store.db, coder.id, _LOOK_BACK))
