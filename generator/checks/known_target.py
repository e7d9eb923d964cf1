"""Whatever a key refers to exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from generator.diagnostics import Diagnostic, did_you_mean, finding
from generator.locale import listed, t
from generator.model import Ask, Gap, Node, Text, Tree, visit


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each reference to something that is not there, with the nearest that is."""
    for node in visit(tree):
        if isinstance(node, Node):
            yield from _fields(tree, node)
        if isinstance(node, Ask):
            yield from _ways_on(tree, node)
        if isinstance(node, Gap):
            yield from _places(tree, node)


def _fields(tree: Tree, node: Node) -> Iterator[Diagnostic]:
    for f in fields(node):
        kinds = f.metadata.get("ref", ())
        value = getattr(node, f.name) if kinds else None
        for id in value if isinstance(value, tuple) else (value,):
            if id and id not in tree.ids(*kinds):
                yield _unknown(tree, id, f.name.rstrip("_"), kinds)


def _ways_on(tree: Tree, node: Ask) -> Iterator[Diagnostic]:
    targets = ("nodes", "situations", "gaps")
    question = next((q for q in tree.questions if q.id == node.ask), None)
    options = [option.id for option in question.options] if question else []
    for option, target in node.goto.items():
        if question and option not in options:
            hint = did_you_mean(option, options)
            yield finding(option.pos, "known-target", "option", hint, id=option, question=node.ask)
        if target and target not in tree.ids(*targets):
            label = (
                next((o.label for o in question.options if o.id == option), option) if question else option
            )
            hint = did_you_mean(target, tree.ids(*targets))
            yield finding(target.pos, "known-target", "goto", hint, option=label, id=target)
        elif target in tree.ids("gaps") and tree.get(target, "gaps").facts is None:
            yield finding(target.pos, "known-target", "gap-without-facts", id=target)


def _places(tree: Tree, gap: Gap) -> Iterator[Diagnostic]:
    places = tree.ids("situations", "questions")
    for s in tree.situations:
        shared = [x for x in tree.situations if x.id == s.same_steps_as]
        steps = (*s.steps, *(step for x in shared for step in x.steps))
        places |= {f"{s.id}/{step.key}" for step in steps}
    for place in gap.concerns:
        if place not in places:
            yield finding(place.pos, "known-target", "place", did_you_mean(place, places), id=place)


def _unknown(tree: Tree, id: Text, key: str, kinds: tuple[str, ...]) -> Diagnostic:
    words = listed([t(f"kinds.{kind}") for kind in kinds]).replace(f" {t('join.and')} ", f" {t('join.or')} ")
    hint = did_you_mean(id, tree.ids(*kinds)) or _by_label(tree, id, kinds) or _choice(tree, kinds)
    return finding(id.pos, "known-target", "ref", hint, key_=key, id=id, kinds=words)


def _by_label(tree: Tree, id: str, kinds: tuple[str, ...]) -> str:
    """Return the hint for an id that was written as its label."""
    for kind in kinds:
        for node in getattr(tree, kind):
            if id.lower() in (getattr(node, "label", "").lower(), getattr(node, "name", "").lower()):
                return t("hints.did-you-mean", word=node.id)
    return ""


def _choice(tree: Tree, kinds: tuple[str, ...]) -> str:
    """Return the hint that lists what there is, when there is not too much of it."""
    known = list(dict.fromkeys(node.id for kind in kinds for node in getattr(tree, kind)))
    return t("hints.choice", known=", ".join(known)) if len(known) <= 8 else ""
