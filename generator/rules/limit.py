"""A limit stands once: texts name it in a slot, headings agree with it, examples are on the right side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.locale import strings
from generator.model import Action, Example, Fact, Limit, Node, Text, Tree, Value, visit
from generator.model.declared import declared, each_of
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding
from generator.reading.limits import FORMS, LEAST, SLOT, limits_of, most, slots
from generator.routine.cases import case_of, covers

# What are the document's own words, or tell how many another case had.
_NOT_OURS = ("routine", "revisions", "source", "out_of_scope", "documents", "examples")


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report limits that cannot be said, unknown slots, numbers by hand, and examples on the wrong side."""
    for limit in (limit for fact in tree.facts for limit in limits_of(fact)):
        if not LEAST <= limit.count <= most():
            yield finding(limit.pos, "limit", "count", id=limit.id, least=LEAST, most=most())
    yield from _slots(tree)
    yield from _headings(tree)
    for fact in (fact for fact in tree.facts if limits_of(fact)):
        yield from _by_hand(tree, fact)
        for value in (value for value in fact.values if value.limits):
            for example in (example for example in tree.examples if fact.id in example.facts):
                yield from _side(tree, example, fact, value)
    known = [limit.id for fact in tree.facts for limit in limits_of(fact)]
    for id in (id for example in tree.examples for id in example.counts or () if id not in known):
        yield finding(id.pos, "limit", "unknown", did_you_mean(id, known), id=id)


def _texts(node: Node) -> Iterator[Text]:
    """Yield the texts of a node itself that somebody reads."""
    for f in declared(type(node)):
        if "ref" not in f.metadata and f.name != "id":
            yield from (text for text in each_of(getattr(node, f.name)) if isinstance(text, Text))


def _slots(tree: Tree) -> Iterator[Diagnostic]:
    """Report slots that are nearly those of a limit, or have its forms; other braces are only text."""
    known = list(slots(tree))
    # The wordings of an action have slots of their own.
    for node in (node for node in tree.parts if isinstance(node, Node) and not isinstance(node, Action)):
        for text in _texts(node):
            for slot in SLOT.findall(text):
                hint = did_you_mean(slot, known)
                if hint or slot.partition("/")[2] in FORMS:
                    yield finding(text.pos, "limit", "slot", hint, slot=slot)


def _headings(tree: Tree) -> Iterator[Diagnostic]:
    """Report headings of the document that say another number of what a limit counts."""
    for limit in (limit for fact in tree.facts for limit in limits_of(fact)):
        for section in tree.source:
            found = _beside(limit).search(section.heading)
            if found and _number(found) != limit.count:
                said, at = found[0], section.heading.pos
                yield finding(
                    at, "limit", "heading", "", limit.pos, said=said, id=limit.id, count=limit.count
                )


def _by_hand(tree: Tree, fact: Fact) -> Iterator[Diagnostic]:
    """Report texts about a fact that say its number in words of their own.

    What is said beside the word for what is counted is about it everywhere, and any such number is where the
    fact is asked for or explained. Nothing else is: "two or more" can be said of anything.
    """
    about = {id(node) for part in _about(tree, fact) for node in visit(part)}
    parts = [f.name for f in declared(Tree) if f.name not in _NOT_OURS]
    for node in (node for name in parts for part in getattr(tree, name) for node in visit(part)):
        if not isinstance(node, Node):
            continue
        for text in _texts(node):
            beside = [limit for limit in limits_of(fact) if _beside(limit).search(text.written)]
            found = _said().search(text.written) if id(node) in about or beside else None
            if found:
                slot = beside[0].id if len(beside) == 1 else fact.id
                yield finding(text.pos, "limit", "by-hand", said=found[0], slot=slot)


def _about(tree: Tree, fact: Fact) -> Sequence[Node]:
    """Return the fact, the questions that settle it, the gaps at these, and the words that these explain."""
    questions = [q for q in tree.questions if any(fact.id in option.facts for option in q.options)]
    ids = {str(question.id) for question in questions}
    gaps = [gap for gap in tree.gaps if ids & {str(place) for place in gap.concerns}]
    words = [term for term in tree.terms if term.gap in [gap.id for gap in gaps]]
    return (fact, *questions, *gaps, *words)


def _phrases() -> str:
    numbers = "|".join(strings()["join"]["numbers"][LEAST:])
    said = (
        re.escape(phrase).replace(r"\{count\}", f"({numbers})") for phrase in strings()["limits"]["by-hand"]
    )
    return "|".join(said)


def _said() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_phrases()})\b", re.IGNORECASE)


def _beside(limit: Limit) -> re.Pattern[str]:
    """Return what finds a number with the word for what is counted after it, or before it and a comma."""
    thing = re.escape(limit.more)
    return re.compile(rf"\b{thing}, (?:{_phrases()})\b|\b(?:{_phrases()}) {thing}\b", re.IGNORECASE)


def _number(found: re.Match[str]) -> int:
    (word,) = filter(None, found.groups())
    return int(strings()["join"]["numbers"].index(word.lower()))


def _side(tree: Tree, example: Example, fact: Fact, value: Value) -> Iterator[Diagnostic]:
    """Report an example whose numbers and facts are on two sides of a limit, or that tells no number."""
    case, counts = case_of(tree, example), example.counts or {}
    here = [limit for limit in value.limits if covers(limit.facts or {}, case)]
    counted = [(id, limit) for limit in here for id in counts if id == limit.id]
    holds, said = value.id in example.facts[fact.id], {"id": example.id, "fact": fact.id, "value": value.id}
    if counted:
        reached = any(counts[id] >= limit.count for id, limit in counted)
        if reached != holds:
            id, limit = counted[0]
            key = "reached" if reached else "not-reached"
            yield finding(id.pos, "limit", key, "", limit.pos, **said)
    elif here and holds and not _tells(example, here):
        slot = f"{here[0].id}/count"
        yield finding(example.narrative.pos, "limit", "untold", "", None, **said, slot=slot)


def _tells(example: Example, limits: Sequence[Limit]) -> bool:
    """Tell whether the narrative takes its number from a limit."""
    named = {slot.partition("/")[0] for slot in SLOT.findall(example.narrative.written)}
    return any(limit.id in named for limit in limits)
