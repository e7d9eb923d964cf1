"""Dates are written as the year, the month and the day: 2025-09-01."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.locale import t
from generator.model import Text, Tree
from generator.reading.diagnostics import Diagnostic, finding


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each date of the document that is not a date."""
    routine = tree.routine
    dates: tuple[Text | None, ...] = (
        routine.decided_on,
        routine.valid_from,
        routine.revised_on,
        routine.review_on,
    )
    dates += tuple(revision.date for revision in tree.revisions)
    dates += tuple(one.on for revision in tree.revisions for one in revision.wording)
    dates += tuple(revision.approved.on for revision in tree.revisions if revision.approved)
    for text in dates:
        if text and not _is_date(text):
            yield finding(text.pos, "date", hint=_suggestion(text), found=text)


def _suggestion(text: str) -> str:
    """Return the hint for a date in another form: 1/9 2025, 2025-9-1, or with the month's name."""
    for n, name in enumerate(t("hints.months").split(), start=1):
        text = re.sub(rf"\b{name[:3]}\w*\.?", f" {n} ", text, flags=re.IGNORECASE)
    numbers = [int(part) for part in re.findall(r"\b[0-9]{1,4}\b", text)]
    if len(numbers) != 3:
        return ""
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
    try:
        return t("hints.did-you-mean", word=date(year, month, day).isoformat())
    except ValueError:
        return ""


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
