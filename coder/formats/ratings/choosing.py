"""Which column of a table plays which role: by what the user says, else by its title."""

from __future__ import annotations

from coder.errors import BadInput, UsageError
from coder.formats.ratings.columns import Head
from coder.formats.ratings.options import HowToRead
from coder.formats.ratings.titles import CLUSTER_ORDER, Role, Titles, bare, is_weak_unit, plain
from coder.formats.wording import did_you_mean, listed, shown


class Chooser:
    """The columns of one table."""

    def __init__(self, head: Head, how: HowToRead, files: int) -> None:
        self.head, self.how, self.files = head, how, files
        self.titles = Titles(head.titles)
        _check_titles(head)
        self.ignored = {self.named(title, "--ignore") for title in how.ignored}
        self.notes: list[str] = []

    def found(self, role: Role) -> list[int]:
        return [at for at in self.titles.candidates(role) if at not in self.ignored]

    def has(self, role: Role) -> bool:
        return bool(self.found(role))

    def named(self, title: str, option: str) -> int:
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

    def one(self, role: Role, said: str, option: str) -> int:
        if said:
            return self.named(said, option)
        found = self.found(role)
        if len(found) == 1:
            return found[0]
        what = role.replace("_", " ")
        decide = f"say which one with {option}" if option else "rename the others"
        if found:
            raise BadInput(
                f"{self.head.header}: {self.quoted(found)} could all be the {what}", decide
            )
        named = f", or name it with {option}" if option else ""
        raise BadInput(f"{self.head.header}: no column of the {what}", f"call it {role}{named}")

    def optional(self, role: Role) -> int | None:
        found = self.found(role)
        if len(found) > 1:
            what = role.replace("_", " ")
            raise BadInput(
                f"{self.head.header}: {self.quoted(found)} could all be the {what}",
                "leave out those that are not with --ignore",
            )
        return found[0] if found else None

    def code_columns(self, taken: set[int], cluster: int | None = None) -> tuple[int, ...]:
        if self.how.code:
            return tuple(self.named(title, "--code-column") for title in self.how.code)
        if self.has("code"):
            return (self.one("code", "", "--code-column"),)
        # No title says it; one column that is nothing else cannot be anything but the codes.
        known = {*taken, *self.found("unit"), *self.found("cluster"), *self.ignored}
        rest = [
            at
            for at, title in enumerate(self.head.titles)
            if title and at not in known and not self.titles.is_context(at) and at != cluster
        ]
        if self.how.unit:
            rest = [at for at in rest if at != self.named(self.how.unit, "--unit")]
        elif not self.found("unit") and len(rest) > 1:
            weak = [at for at in rest if is_weak_unit(self.head.titles[at])]
            rest = [at for at in rest if at != (weak or rest)[0]]
        if len(rest) == 1:
            return (rest[0],)
        which = f": {self.quoted(rest)} could be" if rest else ""
        raise BadInput(
            f"{self.head.header}: no column of codes{which}",
            "name it with --code-column, or call it code",
        )

    def cluster(self, said: str = "") -> int | None:
        said = said or self.how.cluster
        if said:
            return self.named(said, "--cluster")
        found = [at for at in self.found("cluster") if self.head.titles[at] not in self.how.coders]
        if len(found) < 2:
            return found[0] if found else None
        order = {name: place for place, name in enumerate(CLUSTER_ORDER)}
        found.sort(key=lambda at: order.get(bare(self.head.titles[at]), len(order)))
        return found[0]

    def unit(self, taken: set[int | None], cluster: int | None) -> int:
        if self.how.unit:
            return self.named(self.how.unit, "--unit")
        found = [at for at in self.found("unit") if at not in taken]
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
            f"{self.head.header}: {self.quoted(found)} could all name the units",
            "say which one with --unit",
        )

    def unit_of_wide(self, columns: set[int], required: bool) -> int | None:
        if self.how.unit:
            return self.named(self.how.unit, "--unit")
        found = [at for at in self.found("unit") if at not in columns]
        if len(found) > 1:
            raise BadInput(
                f"{self.head.header}: {self.quoted(found)} could all name the units",
                "say which one with --unit",
            )
        if found:
            return found[0]
        if 0 not in columns and 0 not in self.ignored:
            return 0
        if required:
            raise BadInput(f"{self.head.header}: no column of units", "name it with --unit")
        return None

    def quoted(self, places: list[int]) -> str:
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
