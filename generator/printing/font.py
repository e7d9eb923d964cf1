"""The font that documents are printed in. Apart from the form fields, so that a check starts quickly."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONT = Path(__file__).parent / "fonts" / "LiberationSans-Regular.ttf"


@cache
def glyphs() -> frozenset[int]:
    """Return the code points that the font has."""
    with TTFont(FONT) as font:
        return frozenset(font.getBestCmap())
