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
        packed: A pyarrow array of strings.
    """

    def __init__(self, packed: Any) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Names: ...
    def __getitem__(self, at: int | slice) -> str | Names:
        if isinstance(at, slice):
            return Names(self._packed[at])
        text: str = self._packed[int(at)].as_py()
        return text

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), FEW):
            yield from self._packed[start : start + FEW].to_pylist()

    def take(self, kept: IntColumn) -> Names:
        """Some of them, in this order."""
        return Names(_taken(self._packed, kept))

    def are_trimmed(self) -> bool:
        """Whether none has blanks around it."""
        import pyarrow.compute as compute

        return bool(compute.utf8_trim_whitespace(self._packed).equals(self._packed))

    def are_distinct(self) -> bool:
        """Whether surely none differs from another only in blanks around it or in case."""
        import pyarrow.compute as compute

        if not self.are_trimmed():
            return False
        lower = compute.utf8_lower(self._packed)
        if lower.equals(self._packed) or compute.utf8_upper(self._packed).equals(self._packed):
            return True
        return bool(compute.count_distinct(lower).as_py() == len(self))


def distinct(packed: Any) -> tuple[Any, IntColumn]:
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
            return packed, at
        return _taken(packed, np.flatnonzero(heads)), at
    half, odd = divmod(len(packed), 2)
    if not odd and half and packed[:half].equals(packed[half:]):
        texts, at = distinct(packed[:half])
        return texts, np.concatenate([at, at])
    found = packed.dictionary_encode()
    return found.dictionary, positions(found.indices)


def positions(indices: Any) -> IntColumn:
    """The places that a dictionary array holds.

    Not by ``to_numpy``, which imports pandas.
    """
    import numpy as np

    found = np.frombuffer(
        indices.buffers()[1], np.int32, count=len(indices), offset=4 * indices.offset
    )
    return found.astype(np.int64)


def _taken(packed: Any, kept: IntColumn) -> Any:
    """The texts at these places. Not from an array of numpy's: that imports pandas."""
    import pyarrow

    where = pyarrow.py_buffer(kept)
    return packed.take(pyarrow.Array.from_buffers(pyarrow.int64(), len(kept), [None, where]))


def lengths(packed: Any) -> IntColumn:
    """Bytes of every text."""
    import numpy as np

    return np.diff(_begins(packed)).astype(np.int64)


def _begins(packed: Any) -> NDArray[np.int32]:
    import numpy as np

    return np.frombuffer(
        packed.buffers()[1], np.int32, count=len(packed) + 1, offset=4 * packed.offset
    )


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
    padded[: end - first] = np.frombuffer(packed.buffers()[2], np.uint8)[first:end]
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
    return ~same
