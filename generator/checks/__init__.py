"""The rules that a tree has to keep. One rule, one file; the file's name is the rule's id.

``LOCAL`` rules look at single places and hold even for a half-written tree. ``WHOLE`` rules follow
the tree from its start, so they only run when every reference in it is known to hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.checks import (
    attached,
    cited,
    coverage,
    date,
    dead_end,
    duplicate_id,
    example,
    known_citation,
    known_fact,
    known_target,
    known_word,
    loop,
    overlap,
    practised,
    reachable,
    slug,
    unused,
    url,
    wording,
)
from generator.diagnostics import Diagnostic, in_order
from generator.model import Tree
from generator.parse import parse

Check = Callable[[Tree], Iterable[Diagnostic]]

LOCAL: tuple[Check, ...] = (
    duplicate_id.check,
    slug.check,
    date.check,
    url.check,
    known_target.check,
    known_citation.check,
    known_fact.check,
    known_word.check,
    dead_end.check,
)
WHOLE: tuple[Check, ...] = (
    wording.check,
    loop.check,
    reachable.check,
    unused.check,
    attached.check,
    cited.check,
)
# Every case is followed to its end, so these need a tree without loops.
CASES: tuple[Check, ...] = (overlap.check, coverage.check)
# What an example comes to is only sure when every case has one end.
EXAMPLES: tuple[Check, ...] = (example.check, practised.check)


def check(text: str) -> tuple[Tree | None, list[Diagnostic]]:
    """Read and check a tree. Returns it with all findings; it may be used only if there are none."""
    parsed = parse(text)
    findings = list(parsed.diagnostics)
    if parsed.tree is None:
        return None, in_order(findings)
    for stage in (LOCAL, WHOLE, CASES, EXAMPLES):
        findings += [d for rule in stage for d in rule(parsed.tree)]
        if findings:
            break
    return parsed.tree, in_order(findings)
