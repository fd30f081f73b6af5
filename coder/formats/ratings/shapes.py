"""What the header of a plain file says about its shape; nothing below it is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coder.errors import BadInput, UsageError
from coder.formats.ratings.columns import Head
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.titles import CLUSTER_ORDER, Role, Titles, bare, is_weak_unit, plain
from coder.formats.ratings.variables import Pair, are_coders, grid_of, pairs_for
from coder.formats.wording import did_you_mean, listed, shown

PLAIN_SHAPES = {
    "wide": "wide: a row per unit, a column per coder",
    "long": "long: a row per answer, with columns of units, coders and codes",
    "spans": "spans: a row per marked span, with columns document, coder, code, start and stop",
    "files": "a file per coder, joined on the column of units",
    "study": "the unit table of a study: a row per unit, coder, code set and pass",
}
"""Names for ``--layout``, with what is said when one is recognised."""


MOST_CODERS = 500
"""Columns of ratings in a wide file; of more, somebody has turned the table."""


@dataclass(frozen=True)
class StudyColumns:
    """What only the unit table of a study has: the status of an answer and its round."""

    status: int
    round: int | None


@dataclass(frozen=True)
class Shape:
    """Which column holds what, by place in the header.

    Args:
        name: One of `PLAIN_SHAPES`.
        unit: Names of units, or of documents for spans; None where rows have no name.
        coder: Names of coders; None in wide files and in files of one coder.
        codes: The columns of codes; in a wide file one for every coder.
        cluster: What units are nested in, if the file says so.
        code_set: Which code set an answer belongs to, if the file says so.
        span: For spans, start, stop and the length of the document, if the file says so.
        pairs: In a wide file with several variables, coder and variable of every column of codes.
        study: In the unit table of a study, its own columns.
        ignored: The columns that are not read.
        notes: What was chosen where a header could be read otherwise.
    """

    name: str
    unit: int | None
    coder: int | None
    codes: tuple[int, ...]
    cluster: int | None = None
    code_set: int | None = None
    span: tuple[int, int, int | None] | None = None
    pairs: tuple[Pair, ...] = ()
    study: StudyColumns | None = None
    ignored: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()


def shape_of(head: Head, how: HowToRead, files: int = 1) -> Shape:
    """The shape that a header, or the user, says a file has.

    Args:
        head: The table.
        how: What the user has said.
        files: How many files are read together: several may hold one coder each.

    Raises:
        BadInput: The header says too little, or two things at once.
        UsageError: An option names a column that is not there.
    """
    return _Header(head, how, files).shape()


class _Header:
    def __init__(self, head: Head, how: HowToRead, files: int) -> None:
        self.head, self.how, self.files = head, how, files
        self.titles = Titles(head.titles)
        _check_titles(head)
        self.ignored = {self._named(title, "--ignore") for title in how.ignored}
        self.notes: list[str] = []

    def shape(self) -> Shape:
        name = self.how.layout or self._recognised()
        return {
            "wide": self._wide,
            "long": self._long,
            "spans": self._spans,
            "files": self._one_coder,
            "study": self._study,
        }[name]()

    def _recognised(self) -> str:
        if {"unit", "code_set", "coder", "status", "codes"} <= set(map(plain, self.head.titles)):
            return "study"
        coder = bool(self.how.coder) or self._has("coder")
        code = bool(self.how.code) or self._has("code")
        if coder and code:
            if not (self._has("start") and self._has("stop")):
                return "long"
            if not self._has("unit"):
                return "spans"
            raise BadInput(
                f"{self.head.header}: there are units and also places in a text (start, stop)",
                "say --layout long if each row is an answer to a unit, --layout spans if it is a "
                "marked span",
            )
        if coder and len(self._found("coder")) == 1 and not self.how.coders:
            return "long"
        if self.files > 1 and self._is_one_coder():
            return "files"
        if not self.how.coders and {"code", "codes"} & set(map(plain, self.head.titles)):
            raise BadInput(
                f"{self.head.header}: a column of codes and none of coders",
                "name it with --coder-column, or give a file for each coder",
            )
        return "wide"

    # Each shape in turn.

    def _long(self) -> Shape:
        cluster = self._cluster()
        coder = self._one("coder", self.how.coder, "--coder-column")
        codes = self._code_columns({coder})
        code_set = self._optional("code_set")
        taken = {coder, code_set, *codes}
        unit = self._unit(taken, cluster)
        cluster = None if cluster == unit else cluster
        return self._made("long", unit, coder, codes, cluster, code_set)

    def _spans(self) -> Shape:
        coder = self._one("coder", self.how.coder, "--coder-column")
        codes = self._code_columns({coder})
        start, stop = self._one("start", "", ""), self._one("stop", "", "")
        length = self._optional("length")
        document = self._cluster(self.how.unit or self.how.cluster)
        if document is None:
            raise BadInput(
                f"{self.head.header}: no column of documents",
                "call it document, or name it with --unit",
            )
        return self._made("spans", document, coder, codes, None, None, (start, stop, length))

    def _one_coder(self) -> Shape:
        cluster = self._cluster()
        codes = self._code_columns(set(), cluster)
        unit = self._unit({*codes}, cluster)
        return self._made("files", unit, None, codes, None if cluster == unit else cluster)

    def _wide(self) -> Shape:
        cluster = self._cluster()
        pairs: dict[int, Pair] = {}
        titles = self.head.titles
        if self.how.coders and not set(self.how.coders) & set(titles):
            pairs = pairs_for(titles, self.how.coders)
            pairs = {at: pair for at, pair in pairs.items() if at not in self.ignored}
        if self.how.coders:
            columns = list(pairs) or [self._named(title, "--coders") for title in self.how.coders]
            unit = self._unit_of_wide({*columns}, required=False)
        else:
            unit = self._unit_of_wide(set(), required=True)
            other = {unit, cluster, *self.ignored, *self._found("cluster")}
            columns = [
                at
                for at, title in enumerate(titles)
                if title and at not in other and not self.titles.is_context(at)
            ]
        cluster = None if cluster == unit or cluster in columns else cluster
        if len(columns) < 2 and self.files == 1:
            self._refuse_wide(columns, unit, cluster)
        if len(columns) > MOST_CODERS:
            raise BadInput(
                f"{self.head.header}: {len(columns):,} columns of ratings",
                "if they are units and the rows are coders, turn the table; else name the coders "
                "with --coders",
            )
        if not self.how.coders:
            pairs = self._variables(columns)
        shape = self._made("wide", unit, None, tuple(columns), cluster)
        return replace(shape, pairs=tuple(pairs[at] for at in columns) if pairs else ())

    def _variables(self, columns: list[int]) -> dict[int, Pair]:
        """Coder and variable of every column, where the titles say which part is which."""
        titles = [self.head.titles[at] for at in columns]
        grid = None if self.how.layout else grid_of(titles)
        if grid is None:
            return {}
        named = [parts for parts in grid if are_coders(parts)]
        if len(named) != 1:
            firsts, lasts = (", ".join(part[:4]) for part in grid)
            raise BadInput(
                f"{self.head.header}: each of {firsts} stands with each of {lasts} in the titles",
                f"say which are coders (--coders {firsts.replace(', ', ',')}), or --layout wide "
                "if every column is a coder",
            )
        return pairs_for(self.head.titles, named[0])

    def _study(self) -> Shape:
        at = {plain(title): place for place, title in enumerate(self.head.titles)}
        # What a code counts as now, where the export says it: numbers are of the codes of now.
        codes = at.get("codes_now", at["codes"])
        study = StudyColumns(at["status"], at.get("round"))
        cluster = self._named(self.how.cluster, "--cluster") if self.how.cluster else None
        shape = self._made(
            "study", at["unit"], at["coder"], (codes,),
            at.get("transcript") if cluster is None else cluster, at["code_set"],
        )  # fmt: skip
        # The rest of an export is known to be there; nobody needs to hear that it is not read.
        return replace(shape, study=study, ignored=())

    # The columns.

    def _made(
        self,
        name: str,
        unit: int | None,
        coder: int | None,
        codes: tuple[int, ...],
        cluster: int | None,
        code_set: int | None = None,
        span: tuple[int, int, int | None] | None = None,
    ) -> Shape:
        used = {unit, coder, *codes, cluster, code_set, *(span or ())}
        ignored = tuple(at for at, title in enumerate(self.head.titles) if title and at not in used)
        notes = tuple(self.notes)
        return Shape(
            name, unit, coder, codes, cluster, code_set, span, ignored=ignored, notes=notes
        )

    def _found(self, role: Role) -> list[int]:
        return [at for at in self.titles.candidates(role) if at not in self.ignored]

    def _has(self, role: Role) -> bool:
        return bool(self._found(role))

    def _named(self, title: str, option: str) -> int:
        """The column that an option names: as written, or but for case and blanks."""
        titles = self.head.titles
        if title in titles:
            return titles.index(title)
        alike = [at for at, known in enumerate(titles) if known and plain(known) == plain(title)]
        if len(alike) == 1:
            return alike[0]
        hint = did_you_mean(title, titles)
        raise UsageError(
            f"{option}: {self.head.place} has no column {shown(title)}",
            hint or f"there are {', '.join(shown(t, 20) for t in titles[:12] if t)}",
        )

    def _one(self, role: Role, said: str, option: str) -> int:
        if said:
            return self._named(said, option)
        found = self._found(role)
        if len(found) == 1:
            return found[0]
        what = role.replace("_", " ")
        decide = f"say which one with {option}" if option else "rename the others"
        if found:
            raise BadInput(
                f"{self.head.header}: {self._all(found)} could all be the {what}", decide
            )
        named = f", or name it with {option}" if option else ""
        raise BadInput(f"{self.head.header}: no column of the {what}", f"call it {role}{named}")

    def _optional(self, role: Role) -> int | None:
        found = self._found(role)
        if len(found) > 1:
            what = role.replace("_", " ")
            raise BadInput(
                f"{self.head.header}: {self._all(found)} could all be the {what}",
                "leave out those that are not with --ignore",
            )
        return found[0] if found else None

    def _code_columns(self, taken: set[int], cluster: int | None = None) -> tuple[int, ...]:
        if self.how.code:
            return tuple(self._named(title, "--code-column") for title in self.how.code)
        if self._has("code"):
            return (self._one("code", "", "--code-column"),)
        # No title says it; one column that is nothing else cannot be anything but the codes.
        known = {*taken, *self._found("unit"), *self._found("cluster"), *self.ignored}
        rest = [
            at
            for at, title in enumerate(self.head.titles)
            if title and at not in known and not self.titles.is_context(at) and at != cluster
        ]
        if self.how.unit:
            rest = [at for at in rest if at != self._named(self.how.unit, "--unit")]
        elif not self._found("unit") and len(rest) > 1:
            weak = [at for at in rest if is_weak_unit(self.head.titles[at])]
            rest = [at for at in rest if at != (weak or rest)[0]]
        if len(rest) == 1:
            return (rest[0],)
        which = f": {self._all(rest)} could be" if rest else ""
        raise BadInput(
            f"{self.head.header}: no column of codes{which}",
            "name it with --code-column, or call it code",
        )

    def _cluster(self, said: str = "") -> int | None:
        said = said or self.how.cluster
        if said:
            return self._named(said, "--cluster")
        found = [at for at in self._found("cluster") if self.head.titles[at] not in self.how.coders]
        if len(found) < 2:
            return found[0] if found else None
        order = {name: place for place, name in enumerate(CLUSTER_ORDER)}
        found.sort(key=lambda at: order.get(bare(self.head.titles[at]), len(order)))
        return found[0]

    def _unit(self, taken: set[int | None], cluster: int | None) -> int:
        if self.how.unit:
            return self._named(self.how.unit, "--unit")
        found = [at for at in self._found("unit") if at not in taken]
        if not found:
            rest = [
                at
                for at, title in enumerate(self.head.titles)
                if title and at not in {*taken, cluster, *self.ignored}
            ]
            weak = [at for at in rest if is_weak_unit(self.head.titles[at])]
            plain_ones = [at for at in rest if not self.titles.is_context(at)]
            found = weak or plain_ones or ([cluster] if cluster is not None else [])
        if len(found) == 1:
            return found[0]
        if not found:
            raise BadInput(
                f"{self.head.header}: no column of units", "call it unit, or name it with --unit"
            )
        raise BadInput(
            f"{self.head.header}: {self._all(found)} could all name the units",
            "say which one with --unit",
        )

    def _unit_of_wide(self, columns: set[int], required: bool) -> int | None:
        if self.how.unit:
            return self._named(self.how.unit, "--unit")
        found = [at for at in self._found("unit") if at not in columns]
        if len(found) > 1:
            raise BadInput(
                f"{self.head.header}: {self._all(found)} could all name the units",
                "say which one with --unit",
            )
        if found:
            return found[0]
        if 0 not in columns and 0 not in self.ignored:
            return 0
        if required:
            raise BadInput(f"{self.head.header}: no column of units", "name it with --unit")
        return None

    def _is_one_coder(self) -> bool:
        if self._has("code") or self.how.code:
            return True
        filled = [at for at, title in enumerate(self.head.titles) if title]
        other = {*self._found("cluster"), *self.ignored}
        rest = [at for at in filled if at not in other and not self.titles.is_context(at)]
        return len(rest) == 2 or (len(rest) == 1 and len(filled) == 2)

    def _refuse_wide(self, columns: list[int], unit: int | None, cluster: int | None) -> None:
        titles = self.head.titles
        place = self.head.header
        taken = [
            f"{shown(titles[at])} as {what}"
            for at, what in ((unit, "the units"), (cluster, "the clusters"))
            if at is not None and titles[at]
        ]
        how = f" (read {' and '.join(taken)})" if taken else ""
        if not columns:
            raise BadInput(
                f"{place}: no column of ratings{how}",
                "use columns unit, coder, code; or unit and a column for each coder",
            )
        raise BadInput(
            f"{place}: only one column of ratings, {shown(titles[columns[0]])}{how}",
            "agreement needs two coders: name their columns with --coders, or give a second file",
        )

    def _all(self, places: list[int]) -> str:
        return listed([shown(self.head.titles[at]) for at in places[:6]]).replace(" or ", " and ")


def _check_titles(head: Head) -> None:
    seen: dict[str, int] = {}
    for title in head.titles:
        if title and title in seen:
            raise BadInput(f"{head.header}: two columns are called {shown(title)}", "rename one")
        seen[title] = 1
    if not any(head.titles):
        raise BadInput(f"{head.header}: no column has a name", "the first row names the columns")
    if all(_is_number(title) for title in head.titles if title):
        raise BadInput(
            f"{head.header}: this row holds numbers, no names of columns",
            "put a row above it: unit, and the name of each coder",
        )


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
