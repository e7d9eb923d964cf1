"""What changed under a version that was put away, and nobody has answered for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from generator.diff.compare import Difference
from generator.diff.wordings import Rewording
from generator.locale import t
from generator.model import Gap, Tree, Wording
from generator.model.position import Pos
from generator.reading.diagnostics import Diagnostic, finding

LONG = 160  # letters of a text that are shown; of a longer one, those around what changed
AROUND = 40


def silent_changes(difference: Difference) -> Iterator[Diagnostic]:
    """Report duties, gaps and texts that are others than in the version of the same name.

    A duty takes a new version, and that answers for everything. So does a text, unless somebody says under
    the version that it is only put in other words.
    """
    version = difference.after.routine.version
    if difference.of_duty:
        yield finding(version.pos, "revision", "same-version", version=version)
        return
    for change in difference.gaps:
        gap = difference.after.get(change.gap.id, Gap)
        yield finding(gap.id.pos, "revision", "gap", id=gap.id, title=gap.title, count=change.cases)
    answered = {place for one in _answers(difference.after) for place in one.places}
    yield from _reworded(difference.after, [w for w in difference.wordings if w.place not in answered])


def _answers(tree: Tree) -> list[Wording]:
    version = tree.routine.version
    return [one for revision in tree.revisions if revision.version == version for one in revision.wording]


def _reworded(tree: Tree, changed: Sequence[Rewording]) -> Iterator[Diagnostic]:
    found = [_finding(tree, one) for one in sorted(changed, key=lambda one: _pos(tree, one))]
    if found:
        found[-1] = replace(found[-1], hint=t("hints.wording"), paste=_paste(tree, changed))
    yield from found


def _finding(tree: Tree, one: Rewording) -> Diagnostic:
    before, after = (text or t("changes.no-text") for text in excerpts(one.before, one.after))
    version = tree.routine.version
    return finding(_pos(tree, one), "revision", "wording", version=version, before=before, after=after)


def _pos(tree: Tree, one: Rewording) -> Pos:
    """Return where the text stands or, if it is gone with what held it, the version."""
    return one.pos if one.pos != Pos() else tree.routine.version.pos


def _paste(tree: Tree, changed: Sequence[Rewording]) -> str:
    """Return the lines that answer for the texts, to be filled in."""
    head = [] if _answers(tree) else ["    wording:"]
    places = [f"          - {one.place}" for one in changed]
    return "\n".join([*head, "      - places:", *places, "        by:", "        on:"])


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Return two texts so that the difference is seen: of long ones, what is around it."""
    if max(len(before), len(after)) <= LONG:
        return before, after
    same = _alike(before, after)
    rest = _alike(before[same:][::-1], after[same:][::-1])
    return _around(before, same, rest), _around(after, same, rest)


def _alike(one: str, other: str) -> int:
    """Return how many letters two texts begin with together."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _around(text: str, same: int, rest: int) -> str:
    start, end = max(0, same - AROUND), min(len(text), len(text) - rest + AROUND)
    start = text.rfind(" ", 0, start) + 1
    stop = text.find(" ", end)
    return f"{'… ' if start else ''}{text[start : stop if stop >= 0 else None]}{' …' if stop >= 0 else ''}"
