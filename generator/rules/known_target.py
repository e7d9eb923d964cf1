"""Whatever a key refers to exists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

from generator.locale import listed, t
from generator.model import Ask, Gap, Node, Question, Text, Tree, once, visit
from generator.reading.diagnostics import Diagnostic, did_you_mean, finding, nearest
from generator.routine.steps import shared

_TARGETS = ("nodes", "situations", "gaps")


def check(tree: Tree) -> Iterator[Diagnostic]:
    """Report each reference to something that is not there, with the nearest that is.

    An id that nothing refers to, when several places mean one much like it, is told once, where it stands.
    """
    wrong: dict[str, list[Reference]] = {}
    for reference in _references(tree):
        if reference.id not in tree.ids(*reference.kinds):
            wrong.setdefault(reference.id, []).append(reference)
    for id, references in wrong.items():
        renamed = _renamed(tree, id, references) if len(references) > 1 else None
        if renamed is None:
            yield from (d for d in (_unknown(tree, reference) for reference in references) if d)
        else:
            said = {"id": renamed, "count": len(references), "wanted": id}
            hint, related = t("hints.did-you-mean", word=id), references[0].id.pos
            yield finding(renamed.pos, "known-target", "renamed", hint, related, **said)
    for node in tree.nodes:
        yield from _options(tree, node)
    for gap in tree.gaps:
        yield from _concerned(tree, gap)


def leads_everywhere(tree: Tree) -> bool:
    """Tell whether all that is missing are places that gaps are about: the tree can be followed without."""
    exist = all(reference.id in tree.ids(*reference.kinds) for reference in _references(tree))
    return exist and not any(True for node in tree.nodes for _ in _options(tree, node))


@dataclass(frozen=True)
class Reference:
    """An id where it is referred to, what it can be, and how to tell of it: by key or option."""

    id: Text
    kinds: tuple[str, ...]
    key: str = ""
    option: str = ""


def _references(tree: Tree) -> Iterator[Reference]:
    for node in visit(tree):
        for f in fields(node) if isinstance(node, Node) else ():
            kinds = f.metadata.get("ref", ())
            value = getattr(node, f.name) if kinds else None
            for id in value if isinstance(value, tuple) else (value,):
                if id:
                    yield Reference(id, kinds, key=f.name.rstrip("_"))
        for option, target in node.goto.items() if isinstance(node, Ask) else ():
            if target:
                yield Reference(target, _TARGETS, option=_label(tree, node, option))


def _renamed(tree: Tree, wanted: str, references: list[Reference]) -> Text | None:
    """Return the id that was most likely changed, although it is what the references mean.

    That is one much like it, or else the only one of its kind, as long as nothing refers to it.
    """
    kinds = tuple(dict.fromkeys(kind for reference in references for kind in reference.kinds))
    used = {r.id for r in _references(tree) if set(r.kinds) & set(kinds)}
    unused = [id for id in tree.ids(*kinds) if id and id not in used]
    near = nearest(wanted, tree.ids(*kinds) - {""}) or (unused[0] if len(unused) == 1 else None)
    if near not in unused or not tree.is_sure_of(*kinds):
        return None
    found: Text = tree.get(near, *kinds).id
    return found


def _label(tree: Tree, node: Ask, option: str) -> str:
    question = _questions(tree).get(node.ask)
    return next((o.label for o in question.options if o.id == option), option) if question else option


def _options(tree: Tree, node: Ask) -> Iterator[Diagnostic]:
    question = _questions(tree).get(node.ask)
    options = [option.id for option in question.options] if question else []
    for option, target in node.goto.items():
        if question and option not in options and all(options):
            hint = did_you_mean(option, options) or t("hints.choice", known=", ".join(options))
            yield finding(
                option.pos, "known-target", "option", hint, question.id.pos, id=option, question=node.ask
            )
        if target in tree.ids("gaps") and target and tree.get(target, Gap).facts is None:
            yield finding(target.pos, "known-target", "gap-without-facts", id=target)


def _concerned(tree: Tree, gap: Gap) -> Iterator[Diagnostic]:
    for place in gap.concerns:
        if place not in _places(tree):
            yield finding(place.pos, "known-target", "place", did_you_mean(place, _places(tree)), id=place)


@once
def _places(tree: Tree) -> frozenset[str]:
    """Return everything that a gap can be about."""
    own = {f"{s.id}/{step.key}" for s in tree.situations for step in s.steps}
    others = {
        f"{s.id}/{step.key}" for s in tree.situations for step in shared(tree, s) if step.key not in s.without
    }
    return tree.ids("situations", "questions") | own | others


@once
def _questions(tree: Tree) -> dict[str, Question]:
    """Return the questions by their ids, the first of those that share one."""
    return {str(question.id): question for question in reversed(tree.questions)}


def _unknown(tree: Tree, reference: Reference) -> Diagnostic | None:
    """Return the finding, or None where what is meant may be what could not be read."""
    id, kinds = reference.id, reference.kinds
    hint = did_you_mean(id, tree.ids(*kinds)) or _by_label(tree, id, kinds)
    if not hint and not tree.is_sure_of(*kinds):
        return None
    hint = hint or _choice(tree, kinds)
    if reference.option:
        return finding(id.pos, "known-target", "goto", hint, option=reference.option, id=id)
    words = listed([t(f"kinds.{kind}") for kind in kinds]).replace(f" {t('join.and')} ", f" {t('join.or')} ")
    return finding(id.pos, "known-target", "ref", hint, key_=reference.key, id=id, kinds=words)


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
    return t("hints.choice", known=", ".join(known)) if 0 < len(known) <= 8 else ""
