"""Any codebook that the checker takes, for round trips through every format."""

from __future__ import annotations

from hypothesis import strategies as st

from coder.model import (
    MODES,
    RESERVED_KEYS,
    VALENCES,
    Code,
    Codebook,
    CodeSet,
    Question,
    Rollup,
)

LETTERS = [key for key in "abcdefghijklmnopqrstuvwyz" if key not in RESERVED_KEYS]
"""Without x, which belongs to the app beside rubrics."""

words = st.text(
    # What XML can hold; the other formats are tried with any character elsewhere.
    st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cs", "Cc", "Cn"])
    | st.sampled_from("\n\t =-+@'\"<&>[]|;,:#_*"),
    min_size=1,
    max_size=40,
).filter(lambda text: bool(text.strip()))
lines = words.map(lambda text: " ".join(text.split()))
"""Names and titles, which are one line."""

ids = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(
    lambda name: name not in ("nothing", "not_applicable")
)
colors = st.from_regex(r"#[0-9A-Fa-f]{6}", fullmatch=True)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """A book with categories, trees, heirs, retired codes, colours, keys and rubrics."""
    names = draw(st.lists(ids, min_size=2, max_size=9, unique=True))
    set_ids = draw(st.lists(ids, min_size=1, max_size=3, unique=True))
    letters = iter(draw(st.permutations(LETTERS)))
    parts = [names[at :: len(set_ids)] for at in range(len(set_ids))]
    sets = [
        draw(code_sets(set_id, tuple(part), names, [next(letters) for _ in part]))
        for set_id, part in zip(set_ids, parts, strict=True)
        if part
    ]
    return Codebook(
        id=draw(ids),
        version=draw(st.from_regex(r"[1-9]\.[0-9]\.[0-9]", fullmatch=True)),
        title=draw(lines),
        code_sets=tuple(sets),
        protocol=tuple(
            Question(f"Q-{number}", draw(words), (code_set.id,))
            for number, code_set in enumerate(sets[: draw(st.integers(0, 2))])
        ),
        status=draw(st.sampled_from(["", "draft"])),
        citation=tuple(draw(st.lists(words, max_size=2))),
        notice=draw(st.just("") | words),
        roles=tuple(draw(st.lists(ids, max_size=2, unique=True))),
        unit=draw(st.sampled_from([{}, {"code": "excerpt", "report": "participant_year"}])),
        options=draw(st.sampled_from([{}, {"general_rules": ["Code what is said."]}])),
    )


@st.composite
def code_sets(
    draw: st.DrawFn, set_id: str, names: tuple[str, ...], heirs: list[str], keys: list[str]
) -> CodeSet:
    """A set of these codes; the first can always be put on."""
    mode = draw(st.sampled_from(MODES))
    codes = []
    for at, name in enumerate(names):
        is_category = at > 0 and mode != "ordinal" and draw(st.booleans())
        others = [heir for heir in heirs if heir != name]
        codes.append(
            Code(
                id=name,
                name=draw(lines),
                short=draw(st.just("") | words),
                definition=draw(st.just("") | words),
                include=draw(st.just("") | words),
                exclude=draw(st.just("") | words),
                example=draw(st.just("") | words),
                key="" if is_category else draw(st.sampled_from(["", keys[at]])),
                valence="none" if is_category else draw(st.sampled_from(VALENCES)),
                codable=is_category or draw(st.booleans()),
                level=at if mode == "ordinal" else None,
                replaced_by=(
                    (draw(st.sampled_from(others)),)
                    if at > 0 and others and not is_category and draw(st.booleans())
                    else ()
                ),
                is_retired=at > 0 and draw(st.booleans()),
                # Earlier and later codes of the set; never in a circle.
                parent=draw(st.sampled_from(["", *names[:at]])),
                is_category=is_category,
                color=draw(st.just("") | colors),
            )
        )
    if draw(st.booleans()):
        codes.reverse()
    return CodeSet(
        id=set_id,
        title=draw(lines),
        mode=mode,
        codes=tuple(codes),
        rollup=draw(
            st.sampled_from(
                [
                    Rollup("count"),
                    Rollup("any", {"yes": "present"}, {"show": ["n", "percent"]}),
                    Rollup("highest", {}, {"order": [code.id for code in codes]}),
                ]
            )
        ),
        applies_when=draw(st.just("") | words),
        options=draw(st.sampled_from([{}, {"source": "survey"}])),
        is_scratch=draw(st.booleans()),
    )
