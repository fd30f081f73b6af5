"""A codebook as the lines of a tree: sets, categories, codes at any depth. No Textual here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from coder.model import Code, Codebook, CodeSet
from coder.tui.marks import MODE_WORDS, VALENCE_SIGNS, Tone, short_title
from coder.tui.widgets.wrapping import one_line


@dataclass(frozen=True, slots=True)
class BookLine:
    """One line of the tree: a set, where ``code`` is empty, or a code."""

    code_set: str
    code: str
    depth: int
    """0 for sets, 1 for codes at the top of a set."""
    key: str
    sign: str
    name: str
    tone: Tone
    uses: int
    """On how many excerpts this coder has it."""
    is_category: bool = False
    is_gone: bool = False
    """Retired or replaced."""

    @property
    def place(self) -> tuple[str, str]:
        """Set and code: what stays the same while the book changes around it."""
        return self.code_set, self.code


def book_lines(
    book: Codebook, uses: Mapping[str, int], *, with_gone: bool = True
) -> tuple[BookLine, ...]:
    """Every set with its codes below it, children below their parents.

    Args:
        book: The codebook.
        uses: Excerpts by code id.
        with_gone: Also codes that are retired or replaced.
    """
    return tuple(
        line
        for code_set in book.code_sets
        for line in (_of_set(code_set), *_below(book, code_set, uses, "", 1, with_gone))
    )


def _of_set(code_set: CodeSet) -> BookLine:
    kind = "loose codes" if code_set.is_scratch else MODE_WORDS[code_set.mode]
    name = f"{short_title(code_set)} ({kind})"
    return BookLine(code_set.id, "", 0, "", "", name, "quiet", 0)


def _below(
    book: Codebook,
    code_set: CodeSet,
    uses: Mapping[str, int],
    parent: str,
    depth: int,
    with_gone: bool,
) -> Iterator[BookLine]:
    known = {code.id for code in code_set.codes}
    for code in code_set.codes:
        # A parent that is not there would hide what stands below it.
        if (code.parent if code.parent in known else "") != parent:
            continue
        below = tuple(_below(book, code_set, uses, code.id, depth + 1, with_gone))
        if with_gone or not _is_gone(code) or below:
            yield _of_code(book, code_set, code, uses.get(code.id, 0), depth)
        yield from below


def _of_code(book: Codebook, code_set: CodeSet, code: Code, uses: int, depth: int) -> BookLine:
    return BookLine(
        code_set=code_set.id,
        code=code.id,
        depth=depth,
        key=code.key if code.is_offered else "",
        sign=" " if code.is_category else VALENCE_SIGNS[code.valence],
        name=_name(book, code),
        tone=code.valence,
        uses=uses,
        is_category=code.is_category,
        is_gone=_is_gone(code),
    )


def _name(book: Codebook, code: Code) -> str:
    if code.replaced_by:
        return f"{one_line(code.name)} \u2192 {heirs_in_words(book, code)}"
    return f"{one_line(code.name)}{' (retired)' if code.is_retired else ''}"


def heirs_in_words(book: Codebook, code: Code) -> str:
    """Names of the codes that took a code's place."""
    names = {other.id: other.name for _, other in book.codes()}
    return one_line(" and ".join(names.get(heir, heir) for heir in code.replaced_by))


def _is_gone(code: Code) -> bool:
    return code.is_retired or bool(code.replaced_by)
