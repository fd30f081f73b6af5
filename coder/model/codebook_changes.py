"""What differs between two versions of a codebook in plain sentences, and what that puts in doubt.

A sentence begins with what was done: "merged Home or family into Community", "changed the
definition of Effort".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from coder.model.codebook import Code, Codebook, CodeSet
from coder.model.heirs import resolved

TEXTS: Mapping[str, str] = {
    "short": "the short form",
    "definition": "the definition",
    "include": "when to use",
    "exclude": "when not to use",
    "example": "the example",
}
VALUES: Mapping[str, str] = {
    "key": "the key",
    "valence": "the valence",
    "level": "the level",
    "color": "the colour",
}
SETS: Mapping[str, str] = {
    "title": "the title",
    "applies_when": "when it applies",
    "mode": "how many codes it takes",
    "rollup": "the roll-up",
    "options": "the rules",
    "is_scratch": "the kind",
}
BOOKS: Mapping[str, str] = {
    "id": "the id",
    "title": "the title",
    "status": "the status",
    "citation": "the sources",
    "notice": "the notice",
    "protocol": "the interview questions",
    "roles": "the roles",
    "unit": "the unit",
    "options": "the general rules",
}
DEFINING_TEXTS = ("definition", "include", "exclude")
DEFINING_VALUES = ("valence", "level")
FOLLOWS_MEMBERS = ("order", "levels")
"""Rules of a set that name its codes and change when codes come and go."""


def changes(old: Codebook, new: Codebook) -> tuple[str, ...]:
    """What was done between two versions, a sentence each; none where they say the same."""
    return tuple(_changes(old, new))


def questions(old: Codebook, new: Codebook, set_id: str, code_id: str = "") -> tuple[str, ...]:
    """Why an answer given under an older version should be read again, a sentence each.

    An answer is in question where what its code means has changed (definition, when to use and
    when not, valence, level, heirs, whether it is offered), or what its code set asks.

    Args:
        old: The version it was given under.
        new: The version of now.
        set_id: The code set that was answered.
        code_id: The code that was put on; empty for an answer without one.
    """
    return tuple(dict.fromkeys(_questions(old, new, set_id, code_id)))


def _questions(old: Codebook, new: Codebook, set_id: str, code_id: str) -> Iterator[str]:
    was, now = old.code_set(set_id), new.code_set(set_id)
    if was is None:
        return
    if now is None:
        yield f"took the code set {set_id} out"
        return
    yield from _of_fields(f"the code set {set_id}", was, now, ("title", "applies_when", "mode"))
    if not code_id:
        return
    before, after = (resolved(book, frozenset((code_id,))) for book in (old, new))
    if before != after:
        yield f"merged {_name(old, code_id)} into {_listed(_names(new, after))}"
        return
    for heir in sorted(after):
        code, then = now.code(heir), was.code(heir)
        if then is None:
            continue
        if code is None:
            yield f"took {then.name} out of {set_id}"
            continue
        yield from _standing(then, code)
        yield from _reworded(then, code, DEFINING_TEXTS, DEFINING_VALUES)
        if then.codable != code.codable:
            yield _codable(code)


def _changes(old: Codebook, new: Codebook) -> Iterator[str]:
    yield from _of_fields("the codebook", old, new, tuple(BOOKS), BOOKS)
    before = {code.id: (code_set, code) for code_set, code in old.codes()}
    after = {code.id: (code_set, code) for code_set, code in new.codes()}
    for code_set in old.code_sets:
        if new.code_set(code_set.id) is None:
            yield f"took the code set {code_set.id} out"
    merged = _merges(before, after)
    yield from _merged(merged, before, after)
    heirs = {heir for pair in merged for heir in pair}
    for code_set in new.code_sets:
        was = old.code_set(code_set.id)
        if was is None:
            yield f"added the code set {code_set.id}"
        else:
            yield from _of_set(was, code_set)
        for code in code_set.codes:
            if code.id not in before:
                if code.id not in heirs:
                    kind = "the category " if code.is_category else ""
                    yield f"added {kind}{code.name} to {code_set.id}"
            else:
                yield from _of_code(*before[code.id], code_set, code)
    for code_id, (code_set, code) in before.items():
        if code_id not in after and new.code_set(code_set.id) is not None:
            yield f"took {code.name} out of {code_set.id}"


_Place = tuple[CodeSet, Code]


def _merges(
    before: Mapping[str, _Place], after: Mapping[str, _Place]
) -> dict[tuple[str, ...], list[str]]:
    """Names of codes that were replaced, by the ids of their heirs."""
    merged: dict[tuple[str, ...], list[str]] = {}
    for code_id, (_, code) in after.items():
        was = before[code_id][1] if code_id in before else None
        if code.replaced_by and (was is None or was.replaced_by != code.replaced_by):
            merged.setdefault(code.replaced_by, []).append((was or code).name)
    return merged


def _merged(
    merged: Mapping[tuple[str, ...], Sequence[str]],
    before: Mapping[str, _Place],
    after: Mapping[str, _Place],
) -> Iterator[str]:
    for heirs, names in merged.items():
        new = "" if all(heir in before for heir in heirs) else "the new code "
        into = [after[heir][1].name if heir in after else heir for heir in heirs]
        yield f"merged {_listed(names)} into {new}{_listed(into)}"


def _of_code(was_in: CodeSet, was: Code, is_in: CodeSet, code: Code) -> Iterator[str]:
    if was.name != code.name:
        yield f"renamed {was.name} to {code.name}"
    if was_in.id != is_in.id:
        yield f"moved {code.name} from {was_in.id} to {is_in.id}"
    if was.replaced_by and not code.replaced_by:
        yield f"took {code.name} apart from what had replaced it"
    if not code.replaced_by:
        yield from _standing(was, code)
    elif was.replaced_by == code.replaced_by and was.is_retired != code.is_retired:
        yield f"{'retired' if code.is_retired else 'brought back'} {code.name}"
    yield from _reworded(was, code, tuple(TEXTS), tuple(VALUES))
    if was.codable != code.codable:
        yield _codable(code)
    if was.is_category != code.is_category:
        yield f"made {code.name} a {'category' if code.is_category else 'code'}"
    if was.parent != code.parent and was_in.id == is_in.id:
        above = is_in.code(code.parent)
        where = f"below {above.name}" if above else f"to the top of {is_in.id}"
        yield f"moved {code.name} {where}"


def _standing(was: Code, code: Code) -> Iterator[str]:
    if was.is_retired != code.is_retired:
        yield f"{'retired' if code.is_retired else 'brought back'} {code.name}"


def _reworded(was: Code, code: Code, texts: Sequence[str], values: Sequence[str]) -> Iterator[str]:
    parts = [TEXTS[part] for part in texts if getattr(was, part) != getattr(code, part)]
    if parts:
        yield f"changed {_listed(parts)} of {code.name}"
    for part in values:
        then, now = getattr(was, part), getattr(code, part)
        if then != now:
            yield (f"changed {VALUES[part]} of {code.name} from {_value(then)} to {_value(now)}")


def _codable(code: Code) -> str:
    return f"{'counts' if code.codable else 'no longer counts'} {code.name} as codable"


def _of_set(was: CodeSet, code_set: CodeSet) -> Iterator[str]:
    then, now = ([code.id for code in one.codes] for one in (was, code_set))
    fields = ["title", "applies_when", "mode", "is_scratch"]
    follows = FOLLOWS_MEMBERS if set(then) != set(now) else ()
    if _rules(was.options, follows) != _rules(code_set.options, follows):
        fields.append("options")
    if (was.rollup.rule, was.rollup.labels, _rules(was.rollup.options, follows)) != (
        code_set.rollup.rule,
        code_set.rollup.labels,
        _rules(code_set.rollup.options, follows),
    ):
        fields.append("rollup")
    yield from _of_fields(f"the code set {code_set.id}", was, code_set, fields)
    both = set(then) & set(now)
    if [one for one in then if one in both] != [one for one in now if one in both]:
        yield f"put the codes of {code_set.id} in another order"


def _rules(options: Mapping[str, Any], without: Sequence[str]) -> dict[str, Any]:
    return {name: value for name, value in options.items() if name not in without}


def _of_fields(
    what: str, was: object, now: object, fields: Sequence[str], names: Mapping[str, str] = SETS
) -> Iterator[str]:
    parts = [names[name] for name in fields if getattr(was, name) != getattr(now, name)]
    if parts:
        yield f"changed {_listed(parts)} of {what}"


def _name(book: Codebook, code_id: str) -> str:
    return next((code.name for _, code in book.codes() if code.id == code_id), code_id)


def _names(book: Codebook, ids: frozenset[str]) -> list[str]:
    return [_name(book, code_id) for code_id in sorted(ids)]


def _value(value: object) -> str:
    return "none" if value in ("", None) else str(value)


def _listed(words: Sequence[str]) -> str:
    """``A, B and C``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
