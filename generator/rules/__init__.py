"""The rules that a tree has to keep. One rule, one file; the file's name is the rule's id.

``LOCAL`` rules look at single places and hold even for a half-written tree. ``WHOLE`` rules follow
the tree, so each runs only when what it leans on is known to hold. What ``UNWRITTEN`` rules find in a
draft is advice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from generator.locale import speaking
from generator.model import Example, Tree
from generator.reading.diagnostics import Diagnostic, in_order, limited
from generator.reading.parse import Parsed, parse
from generator.routine.spots import with_places
from generator.routine.unwritten import with_unwritten_ends
from generator.rules import (
    attached,
    cited,
    coverage,
    date,
    date_order,
    dead_end,
    duplicate_id,
    example,
    known_citation,
    known_fact,
    known_target,
    known_word,
    limit,
    loop,
    oneself,
    overlap,
    own_section,
    placeholder,
    practised,
    reachable,
    same_steps,
    same_way,
    see,
    slug,
    step_facts,
    term,
    text_end,
    unused,
    url,
    version,
    wording,
)

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
    placeholder.check,
)
# What a rule takes for granted: without it, a mistake there would be told again here, in other words.
_REFERENCES = ("duplicate-id", "known-target", "dead-end")
_CASES = (*_REFERENCES, "known-fact", "loop", "same-way", "reachable")
# What leaves a text unread.
_PROSE = ("empty-text", "missing-key", "type")
WHOLE: tuple[tuple[Check, tuple[str, ...]], ...] = (
    (same_steps.check, ()),
    (text_end.check, _REFERENCES),
    (version.check, _PROSE),
    (date_order.check, ("date", *_PROSE)),
    (oneself.check, _REFERENCES),
    (limit.check, ("duplicate-id", "known-fact", *_PROSE)),
    (same_way.check, _REFERENCES),
    (see.check, (*_REFERENCES, "known-fact")),
    (step_facts.check, (*_REFERENCES, "known-fact", "same-steps")),
    (wording.check, _REFERENCES),
    (loop.check, _REFERENCES),
    (own_section.check, (*_REFERENCES, "known-citation", "loop")),
    (reachable.check, (*_REFERENCES, "loop", "same-way")),
    (unused.check, _REFERENCES),
    (term.check, ("duplicate-id", *_PROSE)),
    (attached.check, (*_REFERENCES, "known-fact")),
    (cited.check, ("duplicate-id", "known-citation", "own-section")),
    (coverage.count, _CASES),
    (overlap.check, (*_CASES, "coverage")),
    (coverage.unanswered, (*_CASES, "coverage", "overlap")),
    (coverage.check, (*_CASES, "coverage", "overlap")),
    # What an example comes to is only sure when every case has one end.
    (example.check, (*_CASES, "overlap", "coverage")),
    (practised.check, (*_CASES, "overlap", "coverage", "example")),
)
# What only says that something is not there yet. None of it keeps a page from being made.
UNWRITTEN: frozenset[Check] = frozenset(
    {
        dead_end.check,
        reachable.check,
        unused.check,
        attached.check,
        cited.check,
        coverage.check,
        example.check,
        placeholder.check,
        practised.check,
    }
)


def check(
    text: str, earlier: Callable[[], Tree | None] = known_target.nothing
) -> tuple[Tree | None, list[Diagnostic]]:
    """Read and check a tree. Returns it with all findings; it may be used only if there are none.

    The ``earlier`` version is asked for if something is missing, to tell what was taken away. A draft comes
    without what is not finished: its open branches have ends that say so, and examples that come to something
    else are left out.
    """
    parsed = parse(text)
    if parsed.tree is None:
        return None, in_order(parsed.diagnostics)
    with speaking(parsed.tree.routine.language):
        found = (finding for finding, advice in _found(parsed, parsed.tree, earlier) if not advice)
        errors = in_order(limited(found))
        return parsed.tree if errors else _usable(parsed.tree), errors


def unwritten(text: str) -> list[Diagnostic]:
    """Return what is left to write in a draft without findings."""
    parsed = parse(text)
    if parsed.tree is None:
        return []
    with speaking(parsed.tree.routine.language):
        found = _found(parsed, parsed.tree, known_target.nothing)
        return in_order(limited(finding for finding, advice in found if advice))


def _found(
    parsed: Parsed, tree: Tree, earlier: Callable[[], Tree | None]
) -> Iterator[tuple[Diagnostic, bool]]:
    """Yield each finding, and whether it is advice, which stands in no other rule's way."""
    advice = UNWRITTEN if tree.routine.draft else frozenset()
    blocking = {finding.rule for finding in parsed.diagnostics}
    yield from ((finding, False) for finding in parsed.diagnostics)

    def told(rule: Check, findings: Iterable[Diagnostic]) -> Iterator[tuple[Diagnostic, bool]]:
        for finding in findings:
            if rule not in advice:
                blocking.add(finding.rule)
            yield finding, rule in advice

    for rule in LOCAL:
        of_names = rule is known_target.check
        yield from told(rule, known_target.check(tree, earlier) if of_names else rule(tree))
    # What follows from a step that was taken away is told with what still names it.
    if "known-target" in blocking and known_target.leads_everywhere(tree):
        blocking.remove("known-target")
    if advice:
        if blocking:
            return
        tree = with_unwritten_ends(tree)
    if parsed.followable and not blocking & {*_REFERENCES, "known-fact"}:
        tree = with_places(tree)
    # What could not be read is not there to be followed, unless it was only to be read by people.
    for rule, needed in WHOLE if parsed.followable else ():
        if not blocking & set(needed):
            yield from told(rule, rule(tree))


def _usable(tree: Tree) -> Tree:
    """Return a tree without findings as it can be shown."""
    if not tree.routine.draft:
        return with_places(tree)
    tree = with_places(with_unwritten_ends(tree))
    return replace(tree, examples=tuple(one for one in tree.examples if _holds(tree, one)))


def _holds(tree: Tree, one: Example) -> bool:
    return not any(True for _ in example.check(replace(tree, examples=(one,))))
