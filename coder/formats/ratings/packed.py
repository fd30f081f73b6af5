"""Texts that stay packed as pyarrow has read them, and which of them are the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    IntColumn = NDArray[np.int64]

FEW = 10_000
"""Texts that are decoded at once; of more, each is decoded when it is asked for."""

LONGEST_KEY = 64
"""Bytes up to which texts are compared as a row of numbers."""


PIECE = 32 * 1024
"""Texts that are compared at a time."""


class Names(Sequence[str]):
    """Texts that stay packed; each is decoded when somebody asks for it.

    Args:
        packed: A pyarrow array of strings without nulls.
        where: The places in it of the texts that are meant; None for all.
    """

    def __init__(self, packed: Any, where: IntColumn | None = None) -> None:
        self._packed, self._where = packed, where

    def __len__(self) -> int:
        return len(self._packed if self._where is None else self._where)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Names: ...
    def __getitem__(self, at: int | slice) -> str | Names:
        import numpy as np

        if isinstance(at, slice):
            return self.take(np.arange(len(self))[at])
        text: str = self._packed[int(at if self._where is None else self._where[at])].as_py()
        return text

    def __iter__(self) -> Iterator[str]:
        texts: list[str] = self._packed.to_pylist()
        return iter(texts) if self._where is None else (texts[at] for at in self._where.tolist())

    def take(self, kept: IntColumn) -> Names:
        """Some of them, in this order."""
        return Names(self._packed, kept if self._where is None else self._where[kept])

    def has_blank(self) -> bool:
        """Whether one of them is empty."""
        import numpy as np

        begins = _begins(self._packed)
        blank = begins[1:] == begins[:-1]
        return bool(np.any(blank if self._where is None else blank[self._where]))

    def are_trimmed(self) -> bool:
        """Whether surely none has blanks around it."""
        import numpy as np

        raw, begins = _raw(self._packed), _begins(self._packed)
        if not len(raw) or (raw.min() > 32 and raw.max() < 127):
            return True
        begins, ends = begins[:-1], begins[1:]
        if self._where is not None:
            begins, ends = begins[self._where], ends[self._where]
        filled = ends > begins
        edges = raw[np.concatenate([begins[filled], ends[filled] - 1]) - self._packed_begin()]
        # Beyond ASCII are other blanks, so there one has to look.
        return bool(((edges > 32) & (edges < 127)).all())

    def are_distinct(self) -> bool:
        """Whether surely none differs from another only in blanks around it or in case."""
        import numpy as np
        import pyarrow

        raw = _raw(self._packed)
        if not self.are_trimmed() or (raw > 126).any():
            return False
        upper = (raw >= ord("A")) & (raw <= ord("Z"))
        if not upper.any() or not ((raw >= ord("a")) & (raw <= ord("z"))).any():
            return True
        begins = _begins(self._packed) - self._packed_begin()
        lower = pyarrow.Array.from_buffers(
            pyarrow.string(),
            len(self._packed),
            [None, pyarrow.py_buffer(begins), pyarrow.py_buffer(raw + upper * np.uint8(32))],
        )
        return len(distinct(lower)[0]) == len(self)

    def _packed_begin(self) -> int:
        return int(_begins(self._packed)[0])


def distinct(packed: Any) -> tuple[Names, IntColumn]:
    """The distinct texts of an array in order of first appearance, and the place of each text.

    Names of units mostly stand in ascending order, once or in a run of rows, perhaps again for
    every coder: then neighbours need only be compared. Else pyarrow looks each of them up.

    Args:
        packed: A pyarrow array of strings without nulls.
    """
    import numpy as np

    if (heads := _heads_of_runs(packed)) is not None:
        at = np.cumsum(heads, dtype=np.int64) - 1
        if at[-1] + 1 == len(packed):
            return Names(packed), at
        return Names(packed, np.flatnonzero(heads)), at
    half, odd = divmod(len(packed), 2)
    if not odd and half and packed[:half].equals(packed[half:]):
        texts, at = distinct(packed[:half])
        return texts, np.concatenate([at, at])
    found = packed.dictionary_encode()
    return Names(found.dictionary), positions(found.indices)


def positions(indices: Any) -> IntColumn:
    """The places that a dictionary array holds.

    Not by ``to_numpy``, which imports pandas.
    """
    import numpy as np

    found = np.frombuffer(
        indices.buffers()[1], np.int32, count=len(indices), offset=4 * indices.offset
    )
    return found.astype(np.int64)


def _begins(packed: Any) -> NDArray[np.int32]:
    import numpy as np

    return np.frombuffer(
        packed.buffers()[1], np.int32, count=len(packed) + 1, offset=4 * packed.offset
    )


def _raw(packed: Any) -> NDArray[np.uint8]:
    """The bytes of all texts, one behind the other."""
    import numpy as np

    begins = _begins(packed)
    return np.frombuffer(packed.buffers()[2] or b"", np.uint8)[int(begins[0]) : int(begins[-1])]


def _heads_of_runs(packed: Any) -> NDArray[np.bool_] | None:
    """Which texts differ from the one before; None unless they ascend, shorter ones first."""
    import numpy as np

    heads = np.ones(len(packed), dtype=bool)
    # In pieces that stay in the processor's cache; each begins with the last text of the one
    # before.
    for start in range(0, max(len(packed) - 1, 1), PIECE):
        piece = packed[start : start + PIECE + 1]
        differs = _differ_from_one_before(piece)
        if differs is None:
            return None
        heads[start + 1 : start + len(piece)] = differs
    return heads if len(packed) else None


def _differ_from_one_before(packed: Any) -> NDArray[np.bool_] | None:
    """For all texts but the first; None where one is less than the one before it."""
    import numpy as np

    begins = _begins(packed)
    size = np.diff(begins)
    longest = int(size.max(initial=0))
    if longest > LONGEST_KEY or (size[1:] < size[:-1]).any():
        return None
    first, end = int(begins[0]), int(begins[-1])
    padded = np.zeros(end - first + longest + 8, dtype=np.uint8)
    padded[: end - first] = _raw(packed)
    # Eight bytes from every place on, most significant first: they compare like the texts.
    from_here = np.ndarray((end - first + longest + 1,), ">u8", padded, strides=(1,))
    masks = np.array([(1 << 64) - (1 << 8 * (8 - kept)) for kept in range(9)], dtype=np.uint64)
    same = size[1:] == size[:-1]
    for word in range(0, longest, 8):
        key = from_here[begins[:-1] - first + word].astype(np.uint64)
        key &= masks[np.clip(size - word, 0, 8)]
        if (same & (key[1:] < key[:-1])).any():
            return None
        same &= key[1:] == key[:-1]
    differs: NDArray[np.bool_] = ~same
    return differs
