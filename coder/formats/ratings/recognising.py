"""The shape that a header says a plain file has; nothing below it is looked at."""

from __future__ import annotations

from dataclasses import replace

from coder.errors import BadInput
from coder.formats.ratings.choosing import Chooser
from coder.formats.ratings.columns import Head
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.shapes import Shape, StudyColumns
from coder.formats.ratings.titles import plain
from coder.formats.ratings.variables import Pair, are_coders, grid_of, pairs_for
from coder.formats.wording import shown

MOST_CODERS = 500
"""Columns of ratings in a wide file; of more, somebody has turned the table."""

UNIT_TABLE = frozenset({"unit", "code_set", "coder", "status", "codes"})
"""Columns by which the unit table of a study is known."""


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


class _Header(Chooser):
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
        if set(map(plain, self.head.titles)) >= UNIT_TABLE:
            return "study"
        coder = bool(self.how.coder) or self.has("coder")
        code = bool(self.how.code) or self.has("code")
        if coder and code:
            if not (self.has("start") and self.has("stop")):
                return "long"
            if not self.has("unit"):
                return "spans"
            raise BadInput(
                f"{self.head.header}: there are units and also places in a text (start, stop)",
                "say --layout long if each row is an answer to a unit, --layout spans if it is a "
                "marked span",
            )
        if coder and len(self.found("coder")) == 1 and not self.how.coders:
            return "long"
        if self.files > 1 and self._is_one_coder():
            return "files"
        if not self.how.coders and {"code", "codes"} & set(map(plain, self.head.titles)):
            raise BadInput(
                f"{self.head.header}: a column of codes and none of coders",
                "name it with --coder-column, or give a file for each coder"
                + (", or sheets with the same columns" if self.head.sheet else ""),
            )
        return "wide"

    # Each shape in turn.

    def _long(self) -> Shape:
        cluster = self.cluster()
        coder = self.one("coder", self.how.coder, "--coder-column")
        codes = self.code_columns({coder})
        code_set = self.optional("code_set")
        taken = {coder, code_set, *codes}
        unit = self.unit(taken, cluster)
        cluster = None if cluster == unit else cluster
        return self._made("long", unit, coder, codes, cluster, code_set)

    def _spans(self) -> Shape:
        coder = self.one("coder", self.how.coder, "--coder-column")
        codes = self.code_columns({coder})
        start, stop = self.one("start", "", ""), self.one("stop", "", "")
        length = self.optional("length")
        document = self.cluster(self.how.unit or self.how.cluster)
        if document is None:
            raise BadInput(
                f"{self.head.header}: no column of documents",
                "call it document, or name it with --unit",
            )
        return self._made("spans", document, coder, codes, None, None, (start, stop, length))

    def _one_coder(self) -> Shape:
        cluster = self.cluster()
        codes = self.code_columns(set(), cluster)
        unit = self.unit({*codes}, cluster)
        return self._made("files", unit, None, codes, None if cluster == unit else cluster)

    def _wide(self) -> Shape:
        cluster = self.cluster()
        named_set = [at for at, title in enumerate(self.head.titles) if plain(title) == "code_set"]
        code_set = named_set[0] if named_set else None
        pairs: dict[int, Pair] = {}
        titles = self.head.titles
        if self.how.coders and not set(self.how.coders) & set(titles):
            pairs = pairs_for(titles, self.how.coders)
            pairs = {at: pair for at, pair in pairs.items() if at not in self.ignored}
        if self.how.coders:
            columns = list(pairs) or [self.named(title, "--coders") for title in self.how.coders]
            unit = self.unit_of_wide({*columns}, required=False)
        else:
            unit = self.unit_of_wide(set(), required=True)
            other = {unit, cluster, code_set, *self.ignored, *self.found("cluster")}
            columns = [
                at
                for at, title in enumerate(titles)
                if title and at not in other and not self.titles.is_beside(at)
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
        code_set = None if code_set in columns else code_set
        shape = self._made("wide", unit, None, tuple(columns), cluster, code_set)
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
        if absent := sorted(UNIT_TABLE - set(at)):
            raise BadInput(
                f"{self.head.header}: no column {absent[0]}, which the unit table of a study has",
                "export it again, or leave out --layout study",
            )
        # What a code counts as now, where the export says it: numbers are of the codes of now.
        codes = at.get("codes_now", at["codes"])
        study = StudyColumns(at["status"], at.get("round"))
        cluster = self.named(self.how.cluster, "--cluster") if self.how.cluster else None
        shape = self._made(
            "study", at["unit"], at["coder"], (codes,),
            at.get("transcript") if cluster is None else cluster, at["code_set"],
        )  # fmt: skip
        # The rest of an export is known to be there; nobody needs to hear that it is not read.
        return replace(shape, study=study, ignored=())

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

    def _is_one_coder(self) -> bool:
        if self.has("code") or self.how.code:
            return True
        filled = [at for at, title in enumerate(self.head.titles) if title]
        other = {*self.found("cluster"), *self.ignored}
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
