"""Reading a codebook: its tree, what it says of the line at the cursor, its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from textual import getters, work
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from coder.model import Code, Codebook, Coder, CodeSet, Viewer
from coder.ops import codebook_log, revisiting
from coder.tui.book_lines import book_lines, heirs_in_words
from coder.tui.marks import MODE_WORDS
from coder.tui.messages import CodePointed
from coder.tui.widgets.book_tree import BookTree
from coder.tui.widgets.definition_pane import DefinitionPane, Piece, describe
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from coder.ops.study import Study
    from coder.tui.app import CoderApp


class CodebookReadingScreen(Screen[None]):
    """The active codebook as a tree; what is done with it is its child's business.

    Args:
        place: Set and code to begin at; by default the first code.
    """

    tree_of_codes = getters.query_one(BookTree)
    pane = getters.query_one(DefinitionPane)
    about = getters.query_one("#about", Static)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self, place: tuple[str, str] = ("", "")) -> None:
        super().__init__()
        self._place = place
        self._uses: Mapping[str, int] = {}
        self._waiting: Mapping[str, int] = {}
        self.shows_gone = True

    @property
    def book(self) -> Codebook:
        """The active codebook as it is now."""
        return self.app.study.codebook

    def compose(self) -> ComposeResult:
        """A line about the book, the tree, the definition, the keys."""
        yield Static(id="about", markup=False)
        with Horizontal(id="desk"):
            yield BookTree()
            yield DefinitionPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin where one came from."""
        self.tree_of_codes.cursor = 1
        self.read(self._place)

    def study_changed(self) -> None:
        """Something was changed elsewhere."""
        self.read()

    def read(self, place: tuple[str, str] | None = None) -> None:
        """Read the book and its uses from the study, and show them.

        Args:
            place: Set and code to go to; None for where the cursor is.
        """
        if self.app.study.is_large:
            self._count()
        else:
            self._uses, self._waiting = _counts(self.app.study, self.app.coder)
        self._show(place)

    @work(thread=True, exclusive=True, group="count")
    def _count(self) -> None:
        """Count in a large study on a connection of its own: what was counted last stands."""
        worker = get_current_worker()
        with self.app.study.again() as study:
            counted = _counts(study, self.app.coder)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._counted, *counted)

    def _counted(self, uses: Mapping[str, int], waiting: Mapping[str, int]) -> None:
        self._uses, self._waiting = uses, waiting
        if self.is_mounted:
            self._show(None)

    def _show(self, place: tuple[str, str] | None) -> None:
        current = self.tree_of_codes.current
        place = place or (current.place if current else ("", ""))
        lines = book_lines(self.book, self._uses, with_gone=self.shows_gone)
        self.tree_of_codes.show(lines, place)
        self._show_definition()
        self._show_about()

    @property
    def code_set(self) -> CodeSet | None:
        """The set at the cursor, or around the code there."""
        current = self.tree_of_codes.current
        return self.book.code_set(current.code_set) if current else None

    @property
    def code(self) -> Code | None:
        """The code at the cursor."""
        current, found = self.tree_of_codes.current, self.code_set
        return found.code(current.code) if current and found and current.code else None

    def _show_about(self) -> None:
        coder, book = self.app.coder, self.book
        alias = coder.alias if coder else ""
        parts = [
            (f" {one_line(book.id)} {one_line(book.version)}", "bold"),
            (f"   {one_line(alias)}" if alias else "   nobody is coding", "bold"),
        ]
        words = revisiting.count_in_words(self._waiting, alias=alias)
        if alias and words:
            parts.append((f"   {words}", "bold $accent"))
        # Last, because it may be long: what does not fit is left out.
        parts.append((f"   {one_line(book.title)}", "$turn-margin"))
        self.about.update(Content.assemble(*parts), layout=False)

    def _show_definition(self) -> None:
        found, code = self.code_set, self.code
        paragraphs: Iterator[tuple[Piece, ...]] = iter(())
        if found is not None and code is not None:
            paragraphs = self._about_code(found, code)
        elif found is not None:
            paragraphs = self._about_set(found)
        self.pane.show_paragraphs(tuple(paragraphs))

    def _about_code(self, code_set: CodeSet, code: Code) -> Iterator[tuple[Piece, ...]]:
        yield from describe(code_set, code, is_short=False)
        if code.replaced_by:
            heirs = heirs_in_words(self.book, code)
            yield (Piece("Counts as  ", "title"), Piece(heirs, "words"))
        count = self._uses.get(code.id, 0)
        uses = f"on {count} of your excerpts" if count else "on none of your excerpts"
        if not code.is_category and not code.replaced_by:
            yield (Piece("Uses  ", "title"), Piece(uses, "words"))
        yield (Piece("Id  ", "title"), Piece(code.id, "about"))

    def _about_set(self, code_set: CodeSet) -> Iterator[tuple[Piece, ...]]:
        yield (Piece(one_line(code_set.title), "name"),)
        kind = f"{MODE_WORDS[code_set.mode]}; rolls up by {code_set.rollup.rule}"
        yield (Piece(kind, "about"),)
        if code_set.applies_when:
            words = one_line(" ".join(code_set.applies_when.split()))
            yield (Piece("Applies when  ", "title"), Piece(words, "words"))
        fed = [q.id for q in self.book.protocol if code_set.id in q.feeds]
        if fed:
            yield (Piece("Fed by  ", "title"), Piece(one_line(", ".join(fed)), "words"))
        yield (Piece("Id  ", "title"), Piece(code_set.id, "about"))

    # Moving.

    def on_code_pointed(self, message: CodePointed) -> None:
        """A line was clicked."""
        message.stop()
        self.tree_of_codes.show(self.tree_of_codes.lines, (message.code_set, message.code))
        self._show_definition()

    def action_step(self, step: int) -> None:
        """Some lines on."""
        self.tree_of_codes.point(self.tree_of_codes.cursor + step)
        self._show_definition()

    def action_ends(self, place: int) -> None:
        """To the first (0) or last (1) line."""
        self.tree_of_codes.point(place * len(self.tree_of_codes.lines))
        self._show_definition()

    def action_next_set(self, step: int) -> None:
        """To the head of another set, round the end and back."""
        lines, at = self.tree_of_codes.lines, self.tree_of_codes.cursor
        heads = [number for number, line in enumerate(lines) if not line.code]
        ahead = [n for n in heads if (n - at) * step > 0]
        self.tree_of_codes.point((ahead or heads)[0 if step > 0 else -1])
        self._show_definition()

    def action_gone(self) -> None:
        """With or without codes that are retired or replaced."""
        self.shows_gone = not self.shows_gone
        self.read()
        self.app.tell(f"retired codes are {'shown' if self.shows_gone else 'hidden'}")

    def action_log(self) -> None:
        """The versions of the book."""
        from coder.tui.screens.forms import PageDialog

        lines = codebook_log.codebook_log(self.app.study, Viewer())
        title = f"History of {self.book.title}"
        self.app.push_screen(PageDialog(title, lambda width: codebook_log.log_page(lines, width)))

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.dismiss()


def _counts(study: Study, coder: Coder | None) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How often this coder has each code, and how many excerpts each coder has to revisit."""
    viewer = Viewer(coder.alias if coder else "")
    uses = codebook_log.own_uses(study, coder, study.codebook)
    return uses, revisiting.count_to_revisit(study, viewer)
