"""Which column of a sheet holds the units, the coder and the clusters, and whose sheet it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from coder.errors import BadInput
from coder.formats.codings_table.table import CONTEXT_COLUMNS
from coder.formats.ratings.content import Noun
from coder.formats.ratings.layouts.answers import NOUNS
from coder.formats.ratings.layouts.tables import RatingTable, files_of, plain
from coder.formats.ratings.options import HowToRead
from coder.formats.sheets import Row, Sheet
from coder.formats.wording import shown

UNIT_NAMES = (
    *("unit", "excerpt", "ref", "reference", "item", "segment", "sentence", "statement"),
    *("utterance", "response", "post", "quotation", "passage", "paragraph", "line", "record"),
    *("unit id", "excerpt id", "item id", "segment id", "id"),
)
"""Columns of units, the surest first; without any, the first column that is nothing else."""

CODER_NAMES = (
    *("coder", "rater", "annotator", "judge", "reviewer", "observer", "evaluator", "analyst"),
    *("coded by", "rated by", "annotated by", "coder name", "rater name", "coder id", "rater id"),
)
CODE_NAMES = (
    *("code", "codes", "rating", "ratings", "label", "labels", "category", "categories"),
    *("score", "value", "annotation", "annotations", "answer", "tag", "tags", "theme"),
)
"""Columns of a long file: where one is there, each row holds a code and is no row of marks."""

CLUSTER_NAMES = ("cluster", "transcript", "document")
CONTEXT = frozenset(plain(name) for name in CONTEXT_COLUMNS) | {
    "memo",
    "memos",
    "note",
    "notes",
    "comment",
    "comments",
    "quote",
    "content",
    "timestamp",
}
"""Columns that say where a rating stands, or what somebody thought of it."""


@dataclass(frozen=True, eq=False)
class Shape:
    """What the columns of one sheet hold.

    Args:
        table: The sheet.
        unit: The column of the units.
        coder: The column of the coders; None where the whole sheet is one coder's.
        cluster: The column of the clusters, where there is one.
        codes: The columns that hold codes.
        owner: Whose sheet it is, where no column says it.
    """

    table: RatingTable
    unit: int
    coder: int | None
    cluster: int | None
    codes: tuple[int, ...]
    owner: str = ""

    @property
    def code_titles(self) -> tuple[str, ...]:
        """The columns that hold codes, as written."""
        return tuple(self.table.titles[at] for at in self.codes)

    @property
    def used(self) -> tuple[int | None, ...]:
        """Every column that is read."""
        return (self.unit, self.coder, self.cluster, *self.codes)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that are not."""
        return tuple(
            title for at, title in enumerate(self.table.titles) if title and at not in self.used
        )

    def unit_of(self, row: Row) -> str:
        """The unit of a row, which must have one."""
        return self._named(row, self.unit)

    def coder_of(self, row: Row) -> str:
        """The coder of a row: its own word, or whose sheet it is."""
        return self.owner if self.coder is None else self._named(row, self.coder)

    def cluster_of(self, row: Row) -> str:
        """What the unit of a row is nested in; nothing where no column says it."""
        return "" if self.cluster is None else self._named(row, self.cluster)

    @property
    def noun(self) -> Noun:
        """What a cluster is called."""
        at = self.cluster
        return "cluster" if at is None else NOUNS.get(self.table.names[at], "cluster")

    def _named(self, row: Row, at: int) -> str:
        if cell := self.table.cell(row, at):
            return cell
        raise BadInput(f"{self.table.place(row, at)}: the cell is blank", "fill it in every row")


def with_named_columns(tables: Sequence[RatingTable], how: HowToRead) -> list[RatingTable]:
    """The sheets that have every column the user named: the others are other sheets."""
    wanted = {plain(title) for title in (how.unit, how.coder, how.cluster, *how.code) if title}
    return [table for table in tables if wanted <= set(table.names)]


def columns_of(table: RatingTable, how: HowToRead) -> tuple[Shape, tuple[int, ...]]:
    """The columns that are known by name, and those that are left.

    Raises:
        BadInput: The user named a column that is not there.
    """
    coder = table.called(how.coder, "--coder-column") if how.coder else table.find(*CODER_NAMES)
    cluster = table.called(how.cluster, "--cluster") if how.cluster else None
    unit = table.called(how.unit, "--unit") if how.unit else table.find(*UNIT_NAMES)
    if cluster is None:
        cluster = table.find(*(n for n in CLUSTER_NAMES if unit is None or n != table.names[unit]))
    taken = {coder, cluster}
    titled = [at for at, title in enumerate(table.titles) if title]
    if unit is None:
        unit = next((at for at in titled if at not in taken), titled[0])
    ignored = {plain(title) for title in how.ignored} | CONTEXT
    left = tuple(at for at in titled if at not in {*taken, unit} and table.names[at] not in ignored)
    return Shape(table, unit, coder, cluster, ()), left


def kept_apart(
    shapes: Sequence[Shape],
    sheets: Sequence[Sheet],
    key: Callable[[Shape], frozenset[str]],
    what: str,
) -> tuple[list[Shape], list[str]]:
    """The shapes that have the same columns, each with its coder; and what was left out.

    Args:
        shapes: The sheets that look like the layout.
        sheets: All sheets of all files.
        key: The titles that must be the same.
        what: What the other sheets lack, for the note.

    Raises:
        BadInput: A whole file lacks the columns of the others.
    """
    if any(shape.coder is not None for shape in shapes):
        shapes = [shape for shape in shapes if shape.coder is not None]
    keys = [key(shape) for shape in shapes]
    most = max(keys, key=keys.count)
    kept = [shape for shape, own in zip(shapes, keys, strict=True) if own == most]
    used = {id(shape.table.sheet) for shape in kept}
    model = kept[0].table.sheet.place
    for file in files_of(sheets):
        own = [sheet for sheet in sheets if sheet.file == file]
        if any(id(sheet) in used for sheet in own):
            continue
        there = next((key(shape) for shape in shapes if shape.table.sheet.file == file), None)
        missing = sorted(most - there) if there is not None else []
        said = f"no column {shown(missing[0])}, which {model} has" if missing else f"no {what}"
        if there is not None and not missing:
            said = f"column {shown(min(there - most))}, which {model} does not have"
        raise BadInput(f"{file}: {said}", "give every file the same columns")
    notes = [
        f"sheet {shown(sheet.name)} of {sheet.file} is ignored: its columns are others"
        for sheet in sheets
        if sheet.rows and id(sheet) not in used
    ]
    return _with_owners(kept), notes


def _with_owners(shapes: Sequence[Shape]) -> list[Shape]:
    """Every sheet with the name of its coder, where no column says it."""
    files = [shape.table.sheet.file for shape in shapes]
    named: dict[str, str] = {}
    result = []
    for shape in shapes:
        sheet = shape.table.sheet
        if shape.coder is not None:
            result.append(shape)
            continue
        owner = sheet.name if files.count(sheet.file) > 1 else PurePath(sheet.file).stem
        if owner in named and len(set(files)) == len(files):
            raise BadInput(
                f"{sheet.file}: the coder would be called {shown(owner)}, as that of "
                f"{named[owner]}",
                "rename one of the files: a file is called after its coder",
            )
        named[owner] = sheet.file
        result.append(replace(shape, owner=owner))
    return result


def are_new_names(coders: Sequence[str], owners: Sequence[str]) -> bool:
    """Whether the user named all coders anew, in their order: none is another one's name."""
    if len(coders) != len(owners) or set(coders) == set(owners):
        return False
    return all(old == new or new not in owners for old, new in zip(owners, coders, strict=True))


def renamed(shapes: Sequence[Shape], coders: Sequence[str]) -> tuple[list[Shape], list[str]]:
    """Sheets of coders, called as the user says where none of the names stands in the file.

    Args:
        shapes: One for each coder, in the order given.
        coders: Names from the user: a choice among those in the file, or new ones for all.
    """
    owners = [shape.owner for shape in shapes]
    # One name that is known and one that is not is a slip of the pen, not a new name.
    if not all(owners) or set(coders) & set(owners) or not are_new_names(coders, owners):
        return list(shapes), []
    said = ", ".join(f"{new} is {old}" for new, old in zip(coders, owners, strict=True))
    pairs = zip(shapes, coders, strict=True)
    return [replace(shape, owner=name) for shape, name in pairs], [f"coders as named: {said}"]
