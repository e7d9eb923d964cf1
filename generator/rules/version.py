"""A version is the day of a revision and a number, and the newer of two comes after the older."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from generator.model import Tree
from generator.reading.diagnostics import Diagnostic, finding

_FORM = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,3})")


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report versions of another form, and a newer one that sorts before the one that it follows."""
    listed = [revision.version for revision in tree.revisions]
    versions = listed if tree.routine.version in listed else [tree.routine.version, *listed]
    for version in versions:
        if order(version) is None:
            yield finding(version.pos, "version", "form", version=version)
    for newer, older in pairwise(listed):
        later, earlier = order(newer), order(older)
        if later and earlier and later < earlier:
            yield finding(newer.pos, "version", "order", related=older.pos, version=newer, older=older)


def order(version: str) -> tuple[date, int] | None:
    """Return what versions are sorted by, or None for what is no version."""
    found = _FORM.fullmatch(version)
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None
