"""What must hold within one code set: its roll-up, its order, what it depends on."""

from __future__ import annotations

from collections.abc import Collection

from coder.formats.codebook_yaml.complaints import Complaints
from coder.formats.codebook_yaml.index import Index, id_of, is_rubric
from coder.formats.codebook_yaml.nodes import (
    Listing,
    Mapping,
    Scalar,
    fields_of,
    items_of,
    text_of,
)
from coder.formats.codebook_yaml.vocabulary import STANDARD_ATTRIBUTES, VALENCE_RESULTS
from coder.formats.wording import did_you_mean, shown


def check_set(index: Index, code_set: Mapping) -> None:
    """Complain about a roll-up that cannot be computed and about references that lead nowhere."""
    path = f"code_sets.{id_of(code_set)}"
    check_not_attribute(index.complaints, code_set, STANDARD_ATTRIBUTES)
    _check_order(index, code_set, code_set, path)
    _check_depends_on(index, code_set, f"{path}.depends_on")
    rollup = code_set.fields.get("rollup")
    if isinstance(rollup, Mapping):
        _check_rollup(index, code_set, rollup, f"{path}.rollup")
        _check_labels(index, rollup, f"{path}.rollup.labels")


def check_not_attribute(
    complaints: Complaints, code_set: Mapping, attributes: Collection[str]
) -> None:
    """Advise where a set has the name of an attribute, which ``--by`` would take instead."""
    name = code_set.fields.get("id")
    if name is not None and text_of(name) in attributes:
        complaints.advice(
            name,
            f"code_sets.{text_of(name)}.id",
            f"{shown(text_of(name))} is an attribute of people or transcripts too",
            "give the set another id: --by takes this one for the attribute",
        )


def _check_rollup(index: Index, code_set: Mapping, rollup: Mapping, path: str) -> None:
    fault = index.complaints.fault
    rule = text_of(rollup.fields.get("rule"))
    at = rollup.fields.get("rule", rollup)
    if rule in ("max", "mean") and not is_rubric(code_set):
        fault(
            at,
            f"{path}.rule",
            f"the rule {rule} needs levels, and this set is not ordinal",
            "set mode: ordinal, or take another rule such as count",
        )
    if rule == "valence":
        valences = [text_of(c.fields.get("valence")) for c in fields_of(code_set, "codes")]
        if all(valence in ("", "none") for valence in valences):
            fault(
                at,
                f"{path}.rule",
                "no code of this set has a valence to roll up",
                "give the codes a valence, or take another rule such as count",
            )
    if rule == "highest" and "order" not in rollup.fields:
        fault(
            at,
            f"{path}.order",
            "the rule highest needs the codes from highest to lowest",
            "add a line order: [...]",
        )
    _check_order(index, code_set, rollup, path)
    index.check_known(rollup.fields.get("by"), index.set_ids, f"{path}.by", "code set")
    expected = rollup.fields.get("expect_units")
    if isinstance(expected, Scalar) and isinstance(expected.value, int) and expected.value < 1:
        fault(expected, f"{path}.expect_units", "must be 1 or more", "leave it out for any number")


def _check_labels(index: Index, rollup: Mapping, path: str) -> None:
    labels = rollup.fields.get("labels")
    if labels is None:
        return
    if not isinstance(labels, Mapping):
        index.complaints.fault(
            labels, path, "must be results of the rule with their names", "result: name"
        )
        return
    for key, label in labels.fields.items():
        if not text_of(label).strip():
            index.complaints.fault(
                label, f"{path}.{key}", "is empty", "name it, or leave the line out"
            )
        if text_of(rollup.fields.get("rule")) == "valence" and key not in VALENCE_RESULTS:
            index.complaints.fault(
                labels.places[key],
                f"{path}.{key}",
                "the rule valence has no such result",
                did_you_mean(key, VALENCE_RESULTS)
                or f"its results are {', '.join(VALENCE_RESULTS)}",
            )


def _check_order(index: Index, code_set: Mapping, entry: Mapping, path: str) -> None:
    """An order names every code of the set once."""
    order = entry.fields.get("order")
    if not isinstance(order, Listing):
        return
    codes = [id_of(code) for code in fields_of(code_set, "codes")]
    index.check_known(order, codes, f"{path}.order", "code of this set called")
    named = {item.text for item in items_of(order)}
    left_out = [code for code in codes if code != "?" and code not in named]
    if left_out:
        index.complaints.fault(
            order, f"{path}.order", f"leaves out {', '.join(left_out)}", "name every code once"
        )


def _check_depends_on(index: Index, code_set: Mapping, path: str) -> None:
    depends = code_set.fields.get("depends_on")
    if not isinstance(depends, Mapping):
        return
    other = depends.fields.get("code_set")
    name = text_of(other)
    if not name or other is None:
        return
    index.check_known(other, index.set_ids, f"{path}.code_set", "code set")
    index.check_known(
        depends.fields.get("in"), index.codes_of.get(name, []), f"{path}.in", f"code of {name}"
    )
    seen = [id_of(code_set)]
    while name in index.codes_of:
        if name in seen:
            index.complaints.fault(
                other,
                f"{path}.code_set",
                f"goes in a circle: {' needs '.join([*seen, name])}",
                "a set waits for a set that does not wait for it",
            )
            return
        seen.append(name)
        following = index.sets[index.set_ids.index(name)].fields.get("depends_on")
        name = text_of(following.fields.get("code_set")) if isinstance(following, Mapping) else ""
