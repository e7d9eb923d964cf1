"""Dates are written as the year, the month and the day: 2025-09-01."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, finding
from generator.model import Tree


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each date of the document that is not a date."""
    routine = tree.routine
    dates = (routine.decided_on, routine.valid_from, routine.revised_on, routine.review_on)
    for text in dates:
        if text and not _is_date(text):
            yield finding(text.pos, "date", found=text)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
