"""Ways to damage a codebook file as the program writes it, and where the damage then stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

CODE = r"^      - id: (\w+)\n"
"""The first line of a code."""

MORE = r"(?:          .*\n)*"
"""The further lines of a text of a code."""


@dataclass(frozen=True)
class Damage:
    """One way to damage a book, or one code set of it."""

    name: str
    pattern: str
    new: str
    """As ``re.sub`` takes it."""
    mark: str
    """What the complaint must point at: the last group of this pattern, else all of it."""
    words: str
    """What must be said, or advised."""
    only: str = ""
    """Pattern that the code set must have; the whole book is damaged where ``in_set`` is false."""
    never: str = ""
    """Pattern that the code set must not have."""
    in_set: bool = True
    everywhere: bool = False
    """Replace every match, not only the first."""


@dataclass(frozen=True)
class Damaged:
    """A damaged text and the place that has to be named."""

    text: str
    line: int
    column: int
    words: str


def in_book(name: str, pattern: str, new: str, mark: str, words: str) -> Damage:
    return Damage(name, pattern, new, mark, words, in_set=False)


BOOK_DAMAGE = (
    in_book("unknown format", r"^schema: .*", "schema: codebook/7", "schema: codebook/7", "format"),
    in_book("no title", r"^title: .*\n(?:  .*\n)*", "", r"^(schema): ", "missing field"),
    in_book("empty title", r"^title: .*\n(?:  .*\n)*", "title: ''\n", "^title: ('')", "is empty"),
    in_book("unknown field", "^version: ", "colour_scheme: x\nversion: ", "^colour", "unknown"),
    in_book("misspelt field", "^version: ", "verson: ", "^verson", 'did you mean "version"'),
    in_book("field twice", "^id: .*", r"\g<0>\nid: other", "^id: other", "stands twice"),
    in_book("text for a list", r"^roles: .*\n(?:  .*\n)*", "roles: all\n", "^roles: (all)", "list"),
    in_book("tab", "^code_sets:\n  - ", "code_sets:\n\t- ", "^(\t)- ", "spaces, not with tabs"),
    in_book("colon in a text", "^title: .*", "title: My views: all", "views(:) all", "quotation"),
    in_book("control character", "^title: .*", "title: My \x07 views", "\x07", "control character"),
    in_book(
        "open quotation mark",
        r'^title: (?=[^"]*\Z)',
        'title: "',
        '^title: (")',
        "opens here and is never closed",
    ),
    in_book("blank in an id", r"^id: (\w+)", r"id: the \1", r"^id: (the)", "is not an id"),
    in_book(
        "question twice",
        r"^protocol:\n(  - id: .*\n(?:    .*\n)*)",
        r"protocol:\n\1\1",
        r"^protocol:\n  - id: (?:.*\n    )+.*\n  - id: (\S)",
        "is used twice",
    ),
    in_book(
        "question feeds nobody",
        r"^    feeds: \[\w+",
        "    feeds: [nowhere",
        r"^    feeds: \[(nowhere)",
        'no code set "nowhere"',
    ),
    in_book(
        "question that marks nothing",
        r"^protocol:\n  - id: .*",
        "protocol:\n  - id: Q WHY",
        r"^  - id: (Q WHY)",
        "cannot mark a question",
    ),
    in_book(
        "report of a set that is nowhere",
        r"^    rows: \S.*",
        "    rows: nowhere.rollup",
        r"^    rows: (nowhere)",
        'no code set "nowhere"',
    ),
    in_book("set twice", r"(^code_sets:\n  - id: (\w+)\n[\s\S]*^  - id: )\w+(\n    title: )",
            r"\1\2\3", r"^code_sets:\n  - id: (\w+)\n[\s\S]*^  - id: (\1)\n", "is used twice"),
)  # fmt: skip

SET_DAMAGE = (
    Damage("set like an attribute", r"^  - id: \w+", "  - id: wave", "^  - id: (wave)",
           "is an attribute"),
    Damage("unknown mode", r"^    mode: \w+", "    mode: some", "^    mode: (some)", "not known"),
    Damage("unknown roll-up", r"^      rule: \w+", "      rule: average", "rule: (average)",
           "not known"),
    Damage("no roll-up", r"^    rollup:\n(?:      .*\n)+", "", r"^  - (id): ", "missing field"),
    Damage("no codes", r"^    codes:\n(?:      .*\n)+", "    codes: []\n", r"codes: (\[)", "empty"),
    Damage("level outside a rubric", CODE, r"\g<0>        level: 1\n", "level: (1)",
           "only ordinal sets", never="mode: ordinal"),
    Damage("max without levels", r"^      rule: \w+", "      rule: max", "rule: (max)",
           "needs levels", never="mode: ordinal"),
    Damage("valence without valences", r"^      rule: \w+", "      rule: valence",
           "rule: (valence)", "has a valence", never=r"valence: (productive|unproductive|mixed)"),
    Damage("unknown result", r"^        productive: ", "        prodctive: ",
           "^        (prodctive)", 'did you mean "productive"', only="rule: valence"),
    Damage("highest without order", r"^      rule: \w+", "      rule: highest", "rule: (highest)",
           "from highest to lowest", never=r"^      order:"),
    Damage("unknown statistic", r"^      statistic: \[\w+", "      statistic: [my_kappa",
           r"\[(my_kappa)", "not known"),
    Damage("depends on nobody", r"^    mode: .*\n",
           r"\g<0>    depends_on: {code_set: nobody, in: [x]}\n", "code_set: (nobody)",
           'no code set "nobody"', never="depends_on"),
    Damage("depends on itself", r"^  - id: (\w+)\n",
           r"\g<0>    depends_on: {code_set: \1, in: [x]}\n", r"code_set: (\w+), in: \[x",
           "goes in a circle", never="depends_on"),
    Damage("level missing", r"^        level: .*\n", "", r"^      - (id): ", "needs a level",
           only="mode: ordinal"),
    Damage("level twice", r"(^        level: (\d+)\n(?:.*\n)*?        level: )\d+", r"\1\2",
           r"^        level: (?:\d+)\n(?:.*\n)*?        level: (\d)", "is used twice",
           only="mode: ordinal"),
    Damage("level not declared", r"^        level: \d+", "        level: 99", "level: (99)",
           "not in levels", only="^    levels: "),
    Damage("level without a code", r"^    levels: \[", "    levels: [77, ", r"\[(77)",
           "no code has level 77", only="mode: ordinal"),
    Damage("code twice", r"(^      - id: (\w+)\n(?:        .*\n)+      - id: )\w+", r"\1\2",
           r"^      - id: \w+\n(?:        .*\n)+      - id: (\w)", "is used twice"),
    Damage("a status word for an id", CODE, "      - id: nothing\n", "id: (nothing)",
           "a word of its own"),
    Damage("unknown valence", r"^        valence: \w+", "        valence: good", "valence: (good)",
           "not known"),
    Damage("key twice", r"(^        key: '(.)'\n(?:.*\n)*?        key: ')[^']", r"\1\2",
           r"^        key: '.'\n(?:.*\n)*?        key: (')", "used twice in this set"),
    Damage("reserved key", r"^        key: '.'", "        key: 'j'", "key: ('j')", "is reserved"),
    Damage("capital key", r"^        key: '.'", "        key: 'Q'", "key: ('Q')", "no code key"),
    Damage("two keys", r"^        key: '.'", "        key: '12'", "key: ('12')", "no code key"),
    Damage("no name", rf"^        name: .*\n{MORE}", "", "^      - (id): ", "missing field"),
    Damage("no definition", rf"^        definition: .*\n{MORE}", "", "^      - (id): ",
           "not written yet"),
    Damage("short repeats the name", rf"(^        name: (.*)\n(?:.*\n)*?        short: ).*\n{MORE}",
           r"\1\2\n", "short: (.)", "only repeats the name"),
    Damage("exclude names nobody", rf"^        exclude: .*\n{MORE}",
           "        exclude: Whatever fits less well.\n", "exclude: (W)", "no neighbouring code"),
    Damage("replaced by nobody", CODE, r"\g<0>        replaced_by: [nobody_knows]\n",
           "(nobody_knows)", 'no code "nobody_knows"', never="replaced_by"),
    Damage("replaced by itself", CODE, r"\g<0>        replaced_by: [\1]\n", r"replaced_by: \[(\w)",
           "cannot replace itself", never="replaced_by"),
    Damage("below nobody", CODE, r"\g<0>        parent: nobody_knows\n", "(nobody_knows)",
           'no code "nobody_knows"', never="parent: "),
    Damage("below itself", CODE, r"\g<0>        parent: \1\n", r"parent: (\w)",
           "goes in a circle", never="parent: "),
    Damage("no colour", CODE, r"\g<0>        color: red\n", "color: (red)", "is no colour",
           never="color: "),
    Damage("category with a key", r"^        key: '.'\n", r"        category: true\n\g<0>",
           "^        (key)", "never put on a unit"),
    Damage("neither yes nor no", CODE, r"\g<0>        retired: perhaps\n", "retired: (perhaps)",
           "must be true or false"),
    Damage("all retired", CODE, r"\g<0>        retired: true\n", "^  - (id): ",
           "none of its codes can be put on", everywhere=True),
)  # fmt: skip


def damaged(text: str, damage: Damage) -> Damaged | None:
    """The book with this damage, or None where it has no such part."""
    for start, stop in _code_sets(text) if damage.in_set else [(0, len(text))]:
        block = text[start:stop]
        if damage.only and not re.search(damage.only, block, re.MULTILINE):
            continue
        if damage.never and re.search(damage.never, block, re.MULTILINE):
            continue
        new, count = re.subn(
            damage.pattern,
            damage.new,
            block,
            count=0 if damage.everywhere else 1,
            flags=re.MULTILINE,
        )
        if not count or new == block:
            continue
        found = re.search(damage.mark, new, re.MULTILINE)
        assert found is not None, f"{damage.name}: nothing like {damage.mark}"
        whole = text[:start] + new + text[stop:]
        at = start + found.start(found.lastindex or 0)
        before = whole[:at]
        return Damaged(whole, before.count("\n") + 1, at - before.rfind("\n"), damage.words)
    return None


def _code_sets(text: str) -> Iterator[tuple[int, int]]:
    """Where each code set begins and ends."""
    opening = re.search(r"^code_sets:\n", text, re.MULTILINE)
    assert opening is not None
    closing = re.compile(r"^\S", re.MULTILINE).search(text, opening.end())
    end = closing.start() if closing else len(text)
    starts = [m.start() for m in re.finditer(r"^  - id: ", text, re.MULTILINE)]
    inside = [at for at in starts if opening.end() <= at < end]
    yield from zip(inside, [*inside[1:], end], strict=True)
