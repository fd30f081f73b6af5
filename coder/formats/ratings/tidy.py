"""Ratings out again, in the long form that every program reads."""

from __future__ import annotations

from collections.abc import Iterator

from coder.errors import UsageError
from coder.formats.ratings.content import CountedPairs, MarkedSpans, Ratings, RatingsFile
from coder.formats.tables import Column, Table, to_csv


def write_tidy(file: RatingsFile) -> str:
    """The ratings as CSV text, a row per answer: unit, coder, code.

    Beside these the cluster, under its own noun, and ``code_set`` where there are several; spans
    are written as document, coder, code, start, stop, length. Reading the text gives the same
    ratings, of sets of codes with ``--sets``. Codes without a rating and the order of coders are
    not in it. Texts are guarded, so that no spreadsheet program takes them for formulas.

    Raises:
        UsageError: Another program has counted already; nobody can tell the answers apart.
    """
    content = file.content
    if isinstance(content, CountedPairs):
        raise UsageError(
            "these files hold counts of agreement, no ratings, and cannot be converted",
            "export the codings themselves",
        )
    if isinstance(content, MarkedSpans):
        titles = ["document", "coder", "code", "start", "stop", "length"]
        rows = list(_spans(content))
    else:
        has_clusters = all(ratings.cluster is not None for ratings in content)
        titles = ["unit", "coder", "code"]
        titles += [content[0].noun] if has_clusters else []
        titles += ["code_set"] if len(content) > 1 else []
        rows = [
            (*answer, *((name,) if len(content) > 1 else ()))
            for ratings in content
            for name in [ratings.name]
            for answer in _answers(ratings, has_clusters)
        ]
    columns = tuple(Column(title, title) for title in titles)
    return to_csv(Table(name="ratings", title="Ratings", columns=columns, rows=tuple(rows)))


def _answers(ratings: Ratings, with_clusters: bool) -> Iterator[tuple[str, ...]]:
    """By unit, then by coder, then by code."""
    import numpy as np

    order = np.lexsort((ratings.code, ratings.coder, ratings.unit))
    units = list(ratings.units)
    for unit, coder, code in zip(
        ratings.unit[order].tolist(),
        ratings.coder[order].tolist(),
        ratings.code[order].tolist(),
        strict=True,
    ):
        answer = (units[unit], ratings.coders[coder], ratings.codes[code] if code >= 0 else "")
        if with_clusters and ratings.cluster is not None:
            yield (*answer, ratings.clusters[int(ratings.cluster[unit])])
        else:
            yield answer


def _spans(spans: MarkedSpans) -> Iterator[tuple[str, ...]]:
    """In the order of the file, and behind them who marked nothing in a document."""
    marked = set()
    for document, coder, code, start, stop in zip(
        spans.document.tolist(),
        spans.coder.tolist(),
        spans.code.tolist(),
        spans.start.tolist(),
        spans.stop.tolist(),
        strict=True,
    ):
        marked.add((document, coder))
        yield (
            spans.documents[document], spans.coders[coder], spans.codes[code],
            str(start), str(stop), str(spans.lengths[document]),
        )  # fmt: skip
    for at, (document_name, present) in enumerate(zip(spans.documents, spans.present, strict=True)):
        for place, name in enumerate(spans.coders):
            if name in present and (at, place) not in marked:
                yield document_name, name, "", "", "", str(spans.lengths[at])
