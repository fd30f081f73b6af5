"""Special shapes in which teams and other programs keep ratings, tried before the plain ones."""

from __future__ import annotations

from coder.formats.ratings.layout import Layout

LAYOUTS: tuple[Layout, ...] = ()
"""In the order in which they are tried."""

__all__ = ["LAYOUTS"]
