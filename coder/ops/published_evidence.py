"""Numbers to set beside published figures: from a study, from tables, or typed in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from coder.errors import BadInput, UsageError
from coder.formats.chosen_columns import ChosenColumns, read_chosen
from coder.model import Codebook, CodeSet, Viewer
from coder.ops.published import Evidence, Place
from coder.ops.published_figures import Figure
from coder.ops.record_counting import blank_of, counts_records, unit_noun
from coder.ops.rolling import PersonYear, Reader, rolled_up
from coder.ops.study import Study, did_you_mean

LABEL = "label"
"""A column whose words stay with a table's numbers, such as that they are an illustration."""

EVERYBODY = "people of every role are counted; --role teacher counts teachers alone"

_NOT_ASKED = {"no_data": "no data", "incomplete": "incomplete", "unresolved": "unresolved"}
_NOT_ASKED["review"] = "tied, for review"


def sets_of(figures: Iterable[Figure]) -> dict[Place, tuple[Codebook, CodeSet]]:
    """The code sets that figures are about, and those whose counts make another's n."""
    found: dict[Place, tuple[Codebook, CodeSet]] = {}
    for figure in figures:
        wanted = [figure.code_set] if figure.code_set else []
        for code_set in figure.book.code_sets:
            if figure.n_is and all(code_set.code(code) for code in figure.n_is):
                wanted.append(code_set)
        for code_set in wanted:
            found[figure.book.id, code_set.id] = figure.book, code_set
    return found


def from_study(
    study: Study,
    viewer: Viewer,
    sets: Mapping[Place, tuple[Codebook, CodeSet]],
    *,
    role: str = "",
) -> dict[Place, list[Evidence]]:
    """What a study's final codes say of some code sets.

    Args:
        study: The study.
        viewer: Who is looking; what an open round hides from them is left out.
        sets: The sets, of codebooks that the study uses.
        role: Count only people of this role.

    Raises:
        UsageError: Nobody has the role.
    """
    reader = Reader(study, viewer)
    roles = {person.attributes.get("role", "") for person in reader.people.values()}
    if role and role not in roles:
        raise UsageError(f"nobody has the role {role}", did_you_mean(role, sorted(roles - {""})))
    found: dict[Place, list[Evidence]] = {}
    for place, (book, code_set) in sets.items():
        by_record = counts_records(book, code_set)
        made = (
            _of_records(reader, study.name, book, code_set)
            if by_record
            else _of_people(reader, study.name, book, code_set, role)
        )
        if made.n or any(made.left_out.values()):
            found[place] = [made]
    return found


def _of_records(reader: Reader, name: str, book: Codebook, code_set: CodeSet) -> Evidence:
    counts: Counter[str] = Counter()
    blanks: Counter[str] = Counter()
    for found in reader.finals(book, code_set):
        blank = blank_of(code_set, found.final)
        blanks[blank] += found.units
        if not blank:
            counts.update(dict.fromkeys(found.final.codes, found.units))
    return Evidence(
        name=f"study {name}",
        unit=unit_noun(reader, book, code_set),
        counts=counts,
        not_codable=blanks["not_codable"],
        nothing=blanks["nothing"],
        left_out={word: blanks[key] for key, word in _NOT_ASKED.items()},
    )


def _of_people(reader: Reader, name: str, book: Codebook, code_set: CodeSet, role: str) -> Evidence:
    values, _ = rolled_up(reader, book, code_set)
    roles = {reader.value(person, "", "role") for person in values}
    codes: defaultdict[PersonYear, set[str]] = defaultdict(set)
    for found in reader.finals(book, code_set):
        codes[found.person] |= found.final.codes
    counts: Counter[str] = Counter()
    blanks: Counter[str] = Counter()
    people: list[tuple[tuple[str, ...], set[str]]] = []
    for person, value in values.items():
        if role and reader.value(person, "", "role") != role:
            continue
        if value.standing == "value":
            counts.update(value.values)
            people.append((value.values, codes[person]))
        else:
            blanks[value.standing] += 1
    return _with_codes(
        Evidence(
            name=f"study {name}" + (f", role {role}" if role else ""),
            unit="person-year",
            counts=counts,
            not_codable=blanks["not_codable"],
            nothing=blanks["nothing"],
            left_out={word: blanks[key] for key, word in _NOT_ASKED.items()},
            whose="" if role or len(roles) < 2 else EVERYBODY,
        ),
        code_set,
        people,
    )


def _with_codes(
    evidence: Evidence, code_set: CodeSet, people: Sequence[tuple[tuple[str, ...], set[str]]]
) -> Evidence:
    """The same with what is known of the codes behind every result."""
    valence = {code.id: code.valence for code in code_set.codes}
    any_of: Counter[str] = Counter()
    beside = 0
    for values, codes in people:
        have = {valence[code] for code in codes if code in valence}
        any_of.update(have)
        beside += "unproductive" in values and "none" in have
    return replace(evidence, any_of=any_of, beside_neutral=beside)


def from_table(
    path: Path, sets: Mapping[Place, tuple[Codebook, CodeSet]]
) -> dict[Place, list[Evidence]]:
    """What the columns of a table say that are called like code sets, a row a person or record.

    A cell holds codes with semicolons between them, or the result of a roll-up in words; a blank
    one says that nobody was asked.

    Raises:
        BadInput: No such column, or a cell that is neither code nor result.
    """
    chosen = read_chosen(path, {code_set.id for _, code_set in sets.values()}, (LABEL,))
    words = {text for _, text in chosen.columns.get(LABEL, ()) if text}
    said = words.pop() if len(words) == 1 else ""
    found: dict[Place, list[Evidence]] = {}
    for place, (book, code_set) in sets.items():
        if code_set.id in chosen.columns:
            found[place] = [_of_column(chosen, path.name, book, code_set, said)]
    return found


def _of_column(
    chosen: ChosenColumns, name: str, book: Codebook, code_set: CodeSet, words: str
) -> Evidence:
    from coder.stats.rollups import FinalUnits, roll_up

    by_record = counts_records(book, code_set)
    results = _results(code_set)
    counts: Counter[str] = Counter()
    blanks: Counter[str] = Counter()
    people: list[tuple[tuple[str, ...], set[str]]] = []
    are_codes = True
    for number, cell in chosen.columns[code_set.id]:
        parts = [part.strip() for part in cell.split(";") if part.strip()]
        known = [part for part in parts if code_set.code(part) is not None]
        if parts and known != parts:
            key = results.get(cell.casefold())
            if key is None:
                raise BadInput(
                    f'{chosen.place}, row {number}, column "{code_set.id}": {cell} is neither a'
                    f" code of {code_set.id} nor a result of its roll-up",
                    did_you_mean(cell, [*results, *(code.id for code in code_set.codes)]),
                )
            are_codes = False
            (counts if key in _values(code_set) else blanks)[key] += 1
        elif not parts:
            blanks["no_data"] += 1
        elif by_record:
            codable = [code for code in code_set.codes if code.id in known and code.codable]
            counts.update(code.id for code in codable)
            blanks["not_codable"] += not codable
        else:
            value = roll_up(code_set, [FinalUnits("coded", frozenset(known), 1)], 1)
            if value.standing == "value":
                counts.update(value.values)
                people.append((value.values, set(known)))
            else:
                blanks[value.standing] += 1
    made = Evidence(
        name=name,
        unit=book.record_kinds[0] if by_record else "person",
        counts=counts,
        not_codable=blanks["not_codable"],
        nothing=blanks["nothing"],
        left_out={"blank or no data": blanks["no_data"], "unresolved": blanks["unresolved"]},
        words=words,
    )
    return _with_codes(made, code_set, people) if are_codes and not by_record else made


def typed(
    given: Sequence[str], sets: Mapping[Place, tuple[Codebook, CodeSet]], figures: Sequence[Figure]
) -> dict[Place, list[Evidence]]:
    """Numbers as typed: ``uptake=73,36,53`` or ``attribution=productive:22,mixed:64,...``.

    Numbers without names are in the order of the figure's codes, or of the roll-up's results.

    Raises:
        UsageError: An unknown set, code or result, or something that is no number.
    """
    found: dict[Place, list[Evidence]] = {}
    for words in given:
        name, _, numbers = words.partition("=")
        place = _place(name.strip(), sets)
        book, code_set = sets[place]
        order = next(
            (list(f.percent) for f in figures if f.code_set is code_set and f.percent), None
        )
        counts = _numbers(words, numbers, code_set, order or list(_results(code_set).values()))
        if order and len(counts) < len(order):
            raise UsageError(
                f"--counts {words} has {len(counts)} numbers",
                f"{code_set.id} has {','.join(order)}",
            )
        by_record = counts_records(book, code_set)
        found[place] = [
            Evidence(
                name="--counts",
                unit=book.record_kinds[0] if by_record else "person",
                counts={k: n for k, n in counts.items() if k not in ("not_codable", "nothing")},
                not_codable=counts.get("not_codable", 0),
                nothing=counts.get("nothing", 0),
            )
        ]
    return found


def _place(name: str, sets: Mapping[Place, tuple[Codebook, CodeSet]]) -> Place:
    book, _, short = name.rpartition(":")
    fitting = [place for place in sets if place[1] == short and book in ("", place[0])]
    if len(fitting) != 1:
        known = [code_set.id for _, code_set in sets.values()]
        what = "several codebooks have" if fitting else "no published figure is about"
        hint = (
            f"say {' or '.join(map(':'.join, fitting))}" if fitting else did_you_mean(short, known)
        )
        raise UsageError(f"{what} {name or 'nothing'}", hint)
    return fitting[0]


def _numbers(words: str, numbers: str, code_set: CodeSet, order: Sequence[str]) -> dict[str, int]:
    results = _results(code_set)
    names = list(dict.fromkeys(order))
    counts: dict[str, int] = {}
    parts = [part.strip() for part in numbers.split(",")]
    for at, part in enumerate(parts):
        key, colon, number = part.rpartition(":")
        if colon:
            code = code_set.code(key.strip())
            known = code.id if code else results.get(key.strip().casefold(), "")
            if not known:
                choices = [*results, *(one.id for one in code_set.codes)]
                raise UsageError(f"{key} is no result of {code_set.id}", did_you_mean(key, choices))
        elif at < len(names):
            known = names[at]
        else:
            raise UsageError(
                f"--counts {words} has {len(parts)} numbers", f"the order is {','.join(names)}"
            )
        if not number.strip().isascii() or not number.strip().isdecimal():
            raise UsageError(
                f"--counts {words}: “{number}” is no count", "write it as uptake=10,20,30"
            )
        if known in counts:
            raise UsageError(f"--counts {words} names {known} twice", "name each result once")
        counts[known] = int(number)
    return counts


def _values(code_set: CodeSet) -> set[str]:
    """Result keys that are values and no blanks."""
    from coder.stats.rollups import result_labels

    return set(result_labels(code_set))


def _results(code_set: CodeSet) -> dict[str, str]:
    """Every word for a result of a set's roll-up, in lower case, with its key; values first."""
    from coder.stats.rollups import STANDING_LABELS, result_labels, standing_label

    labels: dict[str, str] = {}
    for key, label in result_labels(code_set).items():
        labels |= {label.casefold(): key, key.casefold(): key}
    for standing in ("not_codable", "nothing", "no_data", "unresolved"):
        for word in (standing, STANDING_LABELS[standing], standing_label(code_set, standing)):
            labels.setdefault(word.casefold(), standing)
    return labels
