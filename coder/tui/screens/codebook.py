"""The codebook screen: read the active codebook as a tree, and change it while people code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from textual import work
from textual.binding import BindingType

from coder.errors import CoderError, UsageError
from coder.model import Code, Coder, CodeSet
from coder.model.codebook_edits import neighbour
from coder.ops import codebook_editing as editing
from coder.ops import history
from coder.ops.codebook_editing import Edited
from coder.ops.revisiting import count_in_words
from coder.tui.commands import bindings
from coder.tui.marks import short_title
from coder.tui.screens.code_forms import WHY, all_fields, level_of, new_code, new_fields
from coder.tui.screens.codebook_commands import CODEBOOK_COMMANDS
from coder.tui.screens.codebook_reading import CodebookReadingScreen
from coder.tui.screens.forms import ChoiceDialog, Field, FormDialog
from coder.tui.widgets.wrapping import one_line

NEW = "\0new"
"""The choice of a new code, which can be no id."""


class CodebookScreen(CodebookReadingScreen):
    """Every change is a new version on disk, and undo takes it back.

    What cannot be is said in the form it was typed in, and the words stay there.
    """

    CSS_PATH = ["../panels.tcss", "codebook.tcss"]  # noqa: RUF012 - Textual says list
    AUTO_FOCUS = "BookTree"
    DECLARED = CODEBOOK_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(CODEBOOK_COMMANDS)
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - theirs

    # Who, and on what.

    def _editor(self) -> Coder | None:
        """Who edits; says what to do where nobody is chosen."""
        if self.app.coder is None:
            key = self.app.shown_key("codebook.coder")
            self.app.tell(f"first choose who you are: {key}", is_warning=True)
        return self.app.coder

    def _standing_code(self) -> Code | None:
        """The code at the cursor, where it was not replaced."""
        code = self.code
        if code is None:
            self.app.tell("the cursor is not on a code", is_warning=True)
        elif code.replaced_by:
            self.app.tell(f"{one_line(code.name)} was replaced: only undo brings it back")
        else:
            return code
        return None

    def _show_done(self, done: Edited, place: tuple[str, str] | None = None) -> None:
        parts = [done.words, count_in_words(done.to_revisit), *done.notes]
        words = "; ".join(part for part in parts if part)
        self.app.tell(words, is_warning=bool(done.notes), seconds=10 if done.notes else 4)
        self.read(place)

    def _do(
        self, edit: Callable[[], Edited], place: Callable[[Edited], tuple[str, str]] | None = None
    ) -> str:
        """Do an edit from a form; give what is wrong with it, or nothing."""
        try:
            done = edit()
        except CoderError as error:
            return str(error)
        self._show_done(done, place(done) if place else None)
        return ""

    async def _ask(
        self,
        title: str,
        fields: Sequence[Field],
        keep: Callable[[Mapping[str, str]], str],
        note: str = "",
    ) -> None:
        await self.app.push_screen(FormDialog(title, fields, keep, note))

    # Changes.

    async def action_add(self) -> None:
        """A new code, behind the one at the cursor and below the same parent."""
        coder, found, beside = self._editor(), self.code_set, self.code
        if coder is None or found is None:
            return
        # At a category, inside it: that is what the eye expects of a tree.
        parent = (beside.id if beside.is_category else beside.parent) if beside else ""
        after = beside.id if beside and not beside.is_category else ""

        def keep(answers: Mapping[str, str]) -> str:
            try:
                code = new_code(answers, parent)
            except UsageError as error:
                return str(error)
            why = answers["why"]
            return self._do(
                lambda: editing.add(self.app.study, coder, found.id, code, after=after, why=why),
                lambda done: (found.id, done.new_codes[0].id) if done.new_codes else ("", ""),
            )

        await self._ask(f"A new code of {short_title(found)}", new_fields(found), keep)

    async def action_rename(self) -> None:
        """Another name for the code at the cursor."""
        coder, code = self._editor(), self._standing_code()
        if coder is None or code is None:
            return

        def keep(answers: Mapping[str, str]) -> str:
            parts = {"name": answers["name"]}
            return self._change(coder, code, parts, answers["why"])

        fields = (Field("name", "Name", code.name), WHY)
        await self._ask(f"Rename {code.name}", fields, keep)

    async def action_edit(self) -> None:
        """All that the codebook says of the code at the cursor."""
        coder, code, found = self._editor(), self._standing_code(), self.code_set
        if coder is None or code is None or found is None:
            return

        def keep(answers: Mapping[str, str]) -> str:
            parts: dict[str, Any] = {k: v for k, v in answers.items() if k not in ("why", "level")}
            if "valence" in parts:
                parts["valence"] = parts["valence"].strip() or "none"
            try:
                parts |= level_of(answers)
            except UsageError as error:
                return str(error)
            return self._change(coder, code, parts, answers["why"])

        await self._ask(f"{code.name} ({code.id})", all_fields(found, code), keep)

    def _change(self, coder: Coder, code: Code, parts: Mapping[str, Any], why: str) -> str:
        return self._do(lambda: editing.change(self.app.study, coder, code.id, parts, why=why))

    def action_move(self, step: int) -> None:
        """The code at the cursor, one place up or down among those below the same parent."""
        coder, code, found = self._editor(), self._standing_code(), self.code_set
        if coder is None or code is None or found is None:
            return
        beside = neighbour(found, code.id, step)
        if not beside:
            self.app.tell(f"{one_line(code.name)} is at the {'top' if step < 0 else 'bottom'}")
            return
        where = {"before": beside} if step < 0 else {"after": beside}
        done = self.app.attempt(lambda: editing.move(self.app.study, coder, code.id, **where))
        if done is not None:
            self._show_done(done)

    def action_merge(self) -> None:
        """The code at the cursor into another of its set, or into a new one with another."""
        coder, code, found = self._editor(), self._standing_code(), self.code_set
        if coder is None or code is None or found is None:
            return
        if code.is_category:
            self.app.tell(f"{one_line(code.name)} is a category: nothing is coded with it")
            return
        others = [(one.id, f"{one.key or ' '} {one.name}") for one in found.offered]
        others = [pair for pair in others if pair[0] != code.id]
        choices = [*others, (NEW, "+ a new code")]

        async def chosen(target: str | None) -> None:
            if target is not None:
                await self._merge_into(coder, found, code, target)

        title = f"Merge {code.name} into"
        self.app.push_screen(ChoiceDialog(title, choices), chosen)

    async def _merge_into(self, coder: Coder, found: CodeSet, code: Code, target: str) -> None:
        heir = found.code(target)

        def keep(answers: Mapping[str, str]) -> str:
            into: str | Code = target
            if heir is None:
                try:
                    into = new_code(answers, "")
                except UsageError as error:
                    return str(error)
            return self._do(
                lambda: editing.merge(self.app.study, coder, [code.id], into, why=answers["why"]),
                lambda done: (found.id, done.new_codes[0].id if done.new_codes else target),
            )

        if heir is None:
            fields = new_fields(found)
            await self._ask(f"Merge {code.name} into a new code", fields, keep)
        else:
            note = "What was coded with it counts as the other from now on; undo takes it back."
            if heir.valence != code.valence:
                was, will_be = (
                    editing.valence_in_words(code.valence),
                    editing.valence_in_words(heir.valence),
                )
                note = f"{note} It is {was}, the other {will_be}."
            await self._ask(f"Merge {code.name} into {heir.name}", (WHY,), keep, note)

    async def action_split(self) -> None:
        """The code at the cursor into new ones, that its coders choose between."""
        coder, code, found = self._editor(), self._standing_code(), self.code_set
        if coder is None or code is None or found is None:
            return

        def keep(answers: Mapping[str, str]) -> str:
            names = [line.strip() for line in answers["names"].splitlines() if line.strip()]
            parts = [Code("", name) for name in names]
            return self._do(
                lambda: editing.split(self.app.study, coder, code.id, parts, why=answers["why"]),
                lambda done: (found.id, done.new_codes[0].id),
            )

        fields = (Field("names", "Names of the new codes, one a line", is_long=True), WHY)
        note = (
            "It is retired. What was coded with it counts on as it is, until its coders have gone "
            "through their excerpts to revisit and chosen."
        )
        await self._ask(f"Split {code.name}", fields, keep, note)

    async def action_retire(self) -> None:
        """Retire the code at the cursor, or offer it again."""
        coder, code = self._editor(), self._standing_code()
        if coder is None or code is None:
            return
        verb = editing.restore if code.is_retired else editing.retire
        title = f"Offer {code.name} again" if code.is_retired else f"Retire {code.name}"
        note = "" if code.is_retired else "What was coded with it stays and counts."

        def keep(answers: Mapping[str, str]) -> str:
            return self._do(lambda: verb(self.app.study, coder, code.id, why=answers["why"]))

        await self._ask(title, (WHY,), keep, note)

    # Undo and redo, of changes of the codebook only: what else would come back is not in sight.

    def action_undo(self) -> None:
        """Take back the last change of the codebook."""
        self._take_back("undo", history.next_undo, history.undo)

    def action_redo(self) -> None:
        """Bring back what was undone."""
        self._take_back("redo", history.next_redo, history.redo)

    def _take_back(
        self,
        verb: str,
        look: Callable[[Any, Coder], history.Next | None],
        take: Callable[[Any, Coder], Any],
    ) -> None:
        coder = self._editor()
        if coder is None:
            return
        ahead = look(self.app.study, coder)
        if ahead is not None and ahead.kind != "codebook":
            self.app.tell(
                f"“{ahead.words}” comes before a change of the codebook: {verb} it where you code",
                is_warning=True,
            )
            return
        done = self.app.attempt(lambda: take(self.app.study, coder))
        if done is not None:
            self.app.tell(done.words)
            self.read()

    @work(exclusive=True, group="coder")
    async def action_coder(self) -> None:
        """Choose who edits and codes."""
        if any(hasattr(screen, "sitting") for screen in self.app.screen_stack):
            # A transcript is open below, and is coded by who opened it.
            self.app.tell("go home first: a transcript is open", is_warning=True)
        elif await self.app.choose_coder():
            self.read()
