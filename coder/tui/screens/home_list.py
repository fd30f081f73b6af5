"""The list of the home screen: read, counted, filtered, put in order, shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import events, getters, work
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from coder.errors import CoderError
from coder.model import Coder, Viewer
from coder.ops import corpus
from coder.ops.corpus import Progress, TranscriptSummary
from coder.ops.filtering import matches
from coder.tui.messages import TranscriptPointed
from coder.tui.screens.home_words import about_transcript, advice
from coder.tui.widgets.transcript_table import Column, TranscriptTable, columns_for
from coder.tui.widgets.wrapping import one_line

if TYPE_CHECKING:
    from coder.ops.overview import Desk, Overview
    from coder.ops.rounds import Round
    from coder.tui.app import CoderApp

Order = tuple[str, Callable[[TranscriptSummary], Any]]

WAVES = ("fall", "winter", "spring")
"""As they follow each other in a school year; others come after them."""


class HomeList(Screen[None]):
    """Transcripts with everybody's progress, and what this coder has in each.

    The first frame waits for the list alone; the rest is counted in a thread and filled in.
    """

    table = getters.query_one(TranscriptTable)
    filter_line = getters.query_one(Input)
    about = getters.query_one("#about", Static)
    detail = getters.query_one("#detail", Static)
    empty = getters.query_one("#empty", Static)

    if TYPE_CHECKING:
        app: CoderApp

    def __init__(self) -> None:
        super().__init__()
        self._all: Sequence[TranscriptSummary] = ()
        self._order = 0
        self._is_reversed = False
        self._has_begun = False
        self._width_shown = 0
        self._overview: Overview | None = None
        self._columns_of: tuple[object, ...] | None = None
        self._made: list[Column] = []
        self._opened = ""
        self._coded_then = ""
        self._counted_for: Viewer | None = None
        """Whose progress was counted last in a large study, others' as far as they may see it."""
        self._is_looking = False
        self._is_late = False
        """Whether something was changed since the looking that goes on was begun."""

    def on_screen_resume(self) -> None:
        """Back from coding: the counts have changed, and one may come from another transcript."""
        if self._has_begun and self._all:
            self._opened = self.app.came_from or self._opened
            self.read()
        # Textual resumes a screen when it is first shown too, just after it was read.
        self._has_begun = True

    def study_changed(self) -> None:
        """Something was changed elsewhere."""
        self.read()

    @property
    def alias(self) -> str:
        """Who codes; empty where nobody is chosen yet."""
        return self.app.coder.alias if self.app.coder else ""

    @property
    def rows(self) -> Sequence[TranscriptSummary]:
        """Every transcript that is listed without a filter."""
        return self._all

    # Reading.

    def read(self) -> None:
        """Read the list from the study and show it."""
        is_large = self.app.study.is_large
        found = self.app.attempt(
            lambda: corpus.list_transcripts(
                self.app.study, Viewer(self.alias), with_progress=not is_large
            )
        )
        if found is not None:
            viewer, is_theirs = Viewer(self.alias), self._counted_for == Viewer(self.alias)
            if self.app.in_round is not None:
                from coder.ops.rounds import only_round

                self._counted_for = None
                found = only_round(self.app.study, found, self.app.in_round, viewer)
            elif is_large:
                # Counting takes seconds there: what was counted last stands until it is done.
                known = {row.name: row.progress for row in self._all} if is_theirs else {}
                if known:
                    found = tuple(replace(row, progress=known.get(row.name, {})) for row in found)
            self._all = found
            self.show()
            # Late enough to let the list be seen first.
            self.set_timer(0.2, self._look_closer)
            if is_large and self.app.in_round is None:
                self.set_timer(0.2, partial(self._count, viewer))

    def _look_closer(self) -> None:
        """Count what this coder has in each transcript, after the counting that goes on."""
        if not self.is_mounted:
            return
        if self._is_looking:
            self._is_late = True
        else:
            self._is_looking = True
            self._look(self.app.coder, self.app.in_round)

    @work(thread=True, group="overview")
    def _look(self, coder: Coder | None, in_round: Round | None) -> None:
        # Deferred: not needed for the first frame.
        from coder.ops.overview import overview_of

        worker = get_current_worker()
        found: Overview | CoderError
        try:
            with self.app.study.again() as study:
                found = overview_of(study, coder, in_round)
        except CoderError as error:
            found = error
        if not worker.is_cancelled:
            self.app.call_from_thread(self._looked, found, coder, in_round)

    def _looked(
        self, found: Overview | CoderError, coder: Coder | None, in_round: Round | None
    ) -> None:
        is_late, self._is_looking, self._is_late = self._is_late, False, False
        if not self._is_there:
            return
        if isinstance(found, CoderError):
            self.app.tell(str(found), is_warning=True)
        elif (coder, in_round) == (self.app.coder, self.app.in_round):
            if found != self._overview:
                self._overview = found
                self.show()
        else:
            is_late = True
        if is_late:
            self._look_closer()

    @work(thread=True, exclusive=True, group="count")
    def _count(self, viewer: Viewer) -> None:
        """Count progress in a large study on a connection of its own."""
        worker = get_current_worker()
        with self.app.study.again() as study:
            counted = corpus.transcript_progress(study, viewer)
        if not worker.is_cancelled:
            self.app.call_from_thread(self._counted, counted, viewer)

    @work(thread=True, group="check")
    def look_for_damage(self) -> None:
        """What opening a large study left out, because it reads the whole file."""
        try:
            with self.app.study.again() as study:
                study.look_for_damage()
        except CoderError as error:
            from coder.tui.screens.dialogs import FailureDialog

            self.app.call_from_thread(self.app.push_screen, FailureDialog(error))

    @property
    def _is_there(self) -> bool:
        """Whether there is a list still: at the end of the app it goes before its screen."""
        return self.is_mounted and bool(self.query(TranscriptTable))

    def _counted(self, progress: Mapping[str, Mapping[str, Progress]], viewer: Viewer) -> None:
        is_stale = self.app.in_round is not None or viewer.alias != self.alias
        if is_stale or not self._is_there:
            return
        self._counted_for = viewer
        self._all = tuple(replace(row, progress=progress.get(row.name, {})) for row in self._all)
        self.show()

    @work(thread=True, exclusive=True, group="progress")
    def show_progress(self, coder: Coder, names: Sequence[str]) -> None:
        """Show how far a coder is, and how fast; counted apart, a large study takes seconds."""
        from coder.tui.progress import study_page
        from coder.tui.screens.forms import PageDialog

        app, worker = self.app, get_current_worker()
        with app.study.again() as study:
            write = study_page(study, coder, app.in_round, names, app.opened_at)
        if not worker.is_cancelled:
            dialog = PageDialog("How far you are", write)
            app.call_from_thread(app.push_screen, dialog)

    # What is shown.

    @property
    def _desks(self) -> Mapping[str, Desk]:
        return self._overview.desks if self._overview else {}

    @property
    def last(self) -> str:
        """The transcript this coder was in last, as far as it is known yet."""
        return self.last_of(self._overview.last if self._overview else "")

    def last_of(self, coded: str) -> str:
        """The transcript opened last in this window, unless something was coded elsewhere since.

        Args:
            coded: The one in which this coder did something last.
        """
        return self._opened if self._opened and coded in ("", self._coded_then) else coded

    def opened(self, name: str) -> None:
        """Remember which transcript is being opened, and where something was coded last."""
        self._coded_then = self._overview.last if self._overview else ""
        self._opened = name

    @property
    def sets(self) -> list[tuple[str, str]]:
        """Id and title of the code sets that excerpts are asked, once it is known how far."""
        study = self.app.study
        if not study.codebook_ids or self._overview is None:
            return []
        # Deferred: not needed for the first frame.
        from coder.tui.marks import short_title

        return [(s.id, short_title(s)) for s in study.codebook.code_sets if not s.is_scratch]

    def orders(self) -> list[Order]:
        """What the list can be sorted by."""
        alias = self.alias

        def left_to_do(row: TranscriptSummary) -> tuple[int, int]:
            progress = row.progress.get(alias)
            done = progress.finished if progress else 0
            return (row.excerpts - done == 0, done - row.excerpts)

        def wave(row: TranscriptSummary) -> tuple[int, str, str]:
            known = WAVES.index(row.wave) if row.wave in WAVES else len(WAVES)
            return (known, row.wave, row.year)

        orders: list[Order] = [
            ("transcript", lambda row: row.name),
            ("people", lambda row: row.people),
            ("role", lambda row: row.roles),
            ("year", lambda row: (row.year, row.wave)),
            ("wave", wave),
            ("words", lambda row: -row.words),
        ]
        return [*orders, (alias, left_to_do)] if alias else orders

    @property
    def words(self) -> str:
        """The words of the filter."""
        return self.filter_line.value if self.filter_line.display else ""

    def show(self) -> None:
        """Show what is known, filtered and in order."""
        words = self.words
        rows = [row for row in self._all if matches(row, words)] if words else [*self._all]
        orders = self.orders()
        title, key = orders[self._order % len(orders)]
        rows.sort(key=lambda row: row.name)
        rows.sort(key=key, reverse=self._is_reversed)
        left, self.app.came_from = self.app.came_from, ""
        at = left if any(row.name == left for row in rows) else self.table.chosen_name
        self.table.show(rows, self._columns(), title, at, self.last, self._all)
        self.table.display = bool(rows)
        self.empty.display = not rows
        if not rows:
            where = self.app.in_round.name if self.app.in_round else ""
            self.empty.update(advice(bool(self._all), where, self.app.shown_key))
        self._show_about(len(rows))
        self.show_detail()

    def _columns(self) -> list[Column]:
        """The columns; the same ones until something else is known."""
        known = (self._all, self._overview, self.alias)
        if self._columns_of is None or any(
            one is not other for one, other in zip(known, self._columns_of, strict=True)
        ):
            others = sorted({alias for row in self._all for alias in row.progress})
            self._columns_of = known
            self._made = columns_for(self.alias, others, self._desks, self.sets)
        return self._made

    def show_detail(self) -> None:
        """The transcript at the cursor as this coder has it."""
        table = self.table
        row = table.rows[table.chosen] if table.rows else None
        self.detail.update(
            about_transcript(
                row,
                self._desks.get(row.name) if row else None,
                self.sets,
                alias=self.alias,
                is_last=row is not None and row.name == self.last,
                width=self.size.width,
            ),
            layout=False,
        )

    def on_transcript_pointed(self, message: TranscriptPointed) -> None:
        """The cursor moved."""
        message.stop()
        self.show_detail()

    def on_resize(self, event: events.Resize) -> None:
        """The line below the list depends on the width."""
        # A terminal that does not know its size has Textual say the same one again and again.
        if event.size.width != self._width_shown:
            self._width_shown = event.size.width
            self.call_after_refresh(self.show_detail)

    def _show_about(self, shown: int) -> None:
        """Study, how much there is, how far this coder is; the codebook where there is room."""
        study, alias = self.app.study, self.alias
        mine = [row.progress[alias] for row in self._all if alias in row.progress]
        done, total = sum(p.finished for p in mine), sum(p.total for p in mine)
        count = f"{shown} of {len(self._all)}" if shown < len(self._all) else str(shown)
        parts = [(f" {one_line(study.name)}", "bold"), (f"   {count} transcripts", "")]
        if self.app.in_round is not None:
            parts.append((f"   round {one_line(self.app.in_round.name)}", "bold $accent"))
        if alias:
            parts.append((f"   {one_line(alias)} {done} of {total} excerpts", "bold"))
        if alias and self._overview is not None and self._overview.to_revisit:
            parts.append((f"   {self._overview.to_revisit} to revisit", "bold $accent"))
        if study.codebook_ids:
            book = study.codebook
            parts.append((f"   {one_line(book.title)} {one_line(book.version)}", "$turn-margin"))
        else:
            parts.append(("   no codebook yet: coder codebook use FILE", "$warning"))
        self.about.update(Content.assemble(*parts), layout=False)

    # Filter and order.

    def action_filter(self) -> None:
        """Type words to look for."""
        self.filter_line.display = True
        self.set_focus(self.filter_line)
        self.refresh_bindings()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Filter as the words are typed; a late letter after Escape is no filter."""
        message.stop()
        if self.filter_line.display:
            self.show()
        elif message.value:
            self.filter_line.value = ""

    def action_clear(self) -> None:
        """No filter."""
        self.filter_line.value = ""
        self.filter_line.display = False
        self.set_focus(self.table)
        self.show()
        self.refresh_bindings()

    def action_order(self, step: int) -> None:
        """Another order."""
        self._order = (self._order + step) % len(self.orders())
        self.show()

    def action_reverse(self) -> None:
        """Turn the order round."""
        self._is_reversed = not self._is_reversed
        self.show()
