"""Small dialogs: who codes, and what failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from coder.errors import CoderError
from coder.model import Coder
from coder.tui.screens.offering import Offer, OfferDialog
from coder.tui.widgets.key_line import KeyLine
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult


class CoderDialog(OfferDialog):
    """Asks who codes: somebody the study knows, or a new short name.

    Args:
        coders: Those the study has.
        current: Who codes now; None for nobody yet.
        likely: Short name of who coded here last; empty where that is not known.
        keep: Takes the short name, before the next key is read; False where it will not do.
        problem_with: Says why there cannot be a new coder of this name; empty where there can.
    """

    PLACEHOLDER = "type a short name or a name"

    def __init__(
        self,
        coders: Sequence[Coder],
        current: Coder | None,
        likely: str,
        keep: Callable[[str], bool],
        problem_with: Callable[[str], str],
    ) -> None:
        now = current.alias if current else ""
        offers = [Offer(coder.alias, coder.name, coder.alias == now) for coder in coders]
        super().__init__("Who is coding?", offers, keep)
        self._now = now
        self._likely = now or likely
        self._problem_with = problem_with
        close = f"stay {one_line(now)}" if now else "only look round"
        self._bindings.key_to_bindings["escape"] = [
            Binding("escape", "close", close, id="pick.close", priority=True)
        ]

    def begin_at(self, typed: str) -> int:
        """At who codes now, or did last, until something is typed; at nobody where none did.

        Whoever presses Enter without having read would code as somebody else.
        """
        names = [one.name for one in self._offers]
        if typed:
            return 0
        return names.index(self._likely) if self._likely in names else -1

    def fitting(self, typed: str) -> list[Offer]:
        """Those whose short name, or a part of whose name, begins like this."""
        wanted = typed.casefold()

        def rank(one: Offer) -> int:
            name, alias = one.about.casefold(), one.name.casefold()
            fits = (alias == wanted, alias.startswith(wanted), f" {name}".find(f" {wanted}") >= 0)
            return fits.index(True) if any(fits) else len(fits)

        return sorted((one for one in self._offers if rank(one) < 3), key=rank)

    def words_if_none(self) -> Content:
        """Before there is anybody, or before one of them is chosen."""
        if self._offers:
            return Content("Go to your line with \u2193, or type your short name or a new one.")
        return Content("Your codes are kept under a short name, such as your initials.")

    def new_in_words(self, name: str) -> str:
        """The line for somebody new."""
        return f"new coder {name}"

    def done_in_words(self, one: Offer) -> str:
        """As whom Enter would code."""
        if one.is_new:
            return f"add the coder {one.name}, and code as {one.name}"
        return f"stay {one.name}" if one.is_on else f"code as {one.name}"

    def problem_with(self, name: str) -> str:
        """Why this cannot be a short name."""
        return self._problem_with(name)


class FailureDialog(ModalScreen[None]):
    """Says what failed and what to do next; the words can be selected and copied.

    Args:
        error: What the study said.
    """

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter", "close", "close", id="failure.close"),
        Binding("c", "copy", "copy the words", id="failure.copy"),
    ]

    def __init__(self, error: CoderError) -> None:
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """What is wrong, and the next step."""
        with Vertical(id="dialog"):
            yield Static("That did not work", id="title", markup=False)
            yield Static(self._error.message, classes="problem", markup=False)
            if self._error.hint:
                yield Static(self._error.hint, classes="note", markup=False)
            yield KeyLine()

    def action_close(self) -> None:
        """Go on."""
        self.dismiss()

    def action_copy(self) -> None:
        """Put the words on the clipboard, where the terminal allows it."""
        self.app.copy_to_clipboard(str(self._error))
