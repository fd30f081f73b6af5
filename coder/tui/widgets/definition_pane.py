"""What the codebook says of one code."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style

from coder.model import Code, CodeSet
from coder.tui.marks import MEMO_SIGN, REVISIT_SIGN, VALENCE_SIGNS, short_title
from coder.tui.widgets.line_list import LineList
from coder.tui.widgets.wrapping import one_line, wrapped

PARTS = (
    ("", "definition"),
    ("Use when  ", "include"),
    ("Not when  ", "exclude"),
    ("Example  ", "example"),
)


class Piece(NamedTuple):
    """Some words in one look."""

    text: str
    style: str


class DefinitionPane(LineList, can_focus=False):
    """Definition, use, limits and example of a code, or its short form."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "definition-pane--words",
        "definition-pane--key",
        "definition-pane--name",
        "definition-pane--title",
        "definition-pane--short",
        "definition-pane--about",
        "definition-pane--productive",
        "definition-pane--unproductive",
        "definition-pane--mixed",
        "definition-pane--none",
    }

    indent = 1

    def __init__(self) -> None:
        super().__init__()
        self._paragraphs: tuple[tuple[Piece, ...], ...] = ()
        self._lines: list[tuple[Piece, ...]] = []
        self._wrapped: dict[tuple[tuple[Piece, ...], ...], list[tuple[Piece, ...]]] = {}
        """Of this width, by what is wrapped: people look at the same few codes all day."""
        self._in_words: dict[
            tuple[str, str, bool, bool], tuple[Code, tuple[tuple[Piece, ...], ...]]
        ] = {}

    def show(
        self,
        code_set: CodeSet | None,
        code: Code | None,
        *,
        is_short: bool,
        changed: Sequence[str] = (),
        memo: str = "",
    ) -> None:
        """Show a code of a set; nothing where there is none.

        Args:
            code_set: The set.
            code: The code.
            is_short: Only its short form.
            changed: What the book says otherwise since the excerpt was coded.
            memo: Of this coder on the code, on the excerpt.
        """
        paragraphs: tuple[tuple[Piece, ...], ...] = ()
        if code_set is not None and code is not None:
            paragraphs = self._described(code_set, code, is_short, is_short and bool(memo))
        of_this_excerpt = [
            (Piece(f"{title}  ", "title"), Piece(_words(words), "words"))
            for title, words in (
                (f"{REVISIT_SIGN} Since you coded this", "; ".join(changed)),
                (f"{MEMO_SIGN} Your memo here", "" if is_short else memo),
            )
            if words
        ]
        first = 0 if is_short else 1
        self.show_paragraphs((*paragraphs[:first], *of_this_excerpt, *paragraphs[first:]))

    def _described(
        self, code_set: CodeSet, code: Code, is_short: bool, has_memo: bool
    ) -> tuple[tuple[Piece, ...], ...]:
        key = code_set.id, code.id, is_short, has_memo
        known, found = self._in_words.get(key, (None, ()))
        if known is not code:
            found = tuple(describe(code_set, code, is_short=is_short, has_memo=has_memo))
            self._in_words[key] = code, found
        return found

    def show_paragraphs(self, paragraphs: tuple[tuple[Piece, ...], ...]) -> None:
        """Show words that belong to a code."""
        if paragraphs != self._paragraphs:
            self._paragraphs = paragraphs
            self.top = 0
            self._wrap()

    @property
    def words(self) -> str:
        """Everything that is shown, as plain text."""
        return "\n".join("".join(piece.text for piece in parts) for parts in self._paragraphs)

    def on_resize(self) -> None:
        """Wrap to the new width."""
        self._wrapped.clear()
        self._wrap()

    def _wrap(self) -> None:
        width = self.size.width - 2 * self.indent
        if width > 0:
            found = self._wrapped.get(self._paragraphs)
            if found is None:
                found = [line for parts in self._paragraphs for line in _rows(parts, width)]
                self._wrapped[self._paragraphs] = found
            self._lines = found
            self.refresh()

    @property
    def line_count(self) -> int:
        """Lines at this width."""
        return len(self._lines)

    @property
    def more_style(self) -> Style:
        """As a title."""
        return self.look("definition-pane--title")

    def line_key(self, number: int) -> Hashable:
        """Its words."""
        return self._lines[number]

    def paint_line(self, number: int, width: int) -> list[Segment]:
        """One line of the definition."""
        return [
            Segment(piece.text, self.look(f"definition-pane--{piece.style}"))
            for piece in self._lines[number]
        ]


def describe(
    code_set: CodeSet, code: Code, *, is_short: bool, has_memo: bool = False
) -> Iterator[tuple[Piece, ...]]:
    """A code in words, a paragraph at a time; the head may say that there is a memo on it."""
    head = (
        Piece(f"{(one_line(code.key) if code.is_offered else '') or ' '} ", "key"),
        Piece(f"{VALENCE_SIGNS[code.valence]} ", code.valence),
        Piece(_words(code.name), "name"),
        Piece(f" {MEMO_SIGN}" if has_memo else "", "title"),
    )
    if is_short:
        yield (*head, Piece(f"  {_words(code.short or code.definition)}", "words"))
        return
    about = [short_title(code_set)]
    if code.valence != "none":
        about.append(code.valence)
    if code.level is not None:
        about.append(f"level {code.level}")
    if not code.codable:
        about.append("not codable: answered, cannot tell")
    if code.is_category:
        about.append("category")
    if code.is_retired:
        about.append("retired")
    yield (*head, Piece("  " + ", ".join(about), "about"))
    if code.short:
        yield (Piece(_words(code.short), "short"),)
    for title, field in PARTS:
        words = _words(getattr(code, field))
        if words:
            yield (Piece(title, "title"), Piece(words, "words"))


def quotation(ref: str, words: str) -> tuple[Piece, ...]:
    """What was said in an excerpt, as a paragraph."""
    return (Piece(f"{_words(ref)}  ", "title"), Piece(_words(words), "words"))


def _words(text: str) -> str:
    return one_line(" ".join(text.split()))


def _rows(parts: tuple[Piece, ...], width: int) -> Iterator[tuple[Piece, ...]]:
    """The pieces of a paragraph cut into rows."""
    text = "".join(piece.text for piece in parts)
    starts = wrapped(text, width)
    for start, stop in zip(starts, [*starts[1:], len(text)], strict=True):
        row: list[Piece] = []
        place = 0
        for piece in parts:
            low, high = max(start - place, 0), min(stop - place, len(piece.text))
            if low < high:
                row.append(Piece(piece.text[low:high], piece.style))
            place += len(piece.text)
        if row:
            row[-1] = Piece(row[-1].text.rstrip(" "), row[-1].style)
        yield tuple(row)
