"""Whatever a key refers to exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import Field, dataclass
from functools import cache
from typing import Any

from generator.locale import listed, t
from generator.model import Ask, Gap, Node, Question, Situation, Text, Tree, once
from generator.model.declared import declared, each_of, key_of
from generator.reading.diagnostics import LONGEST, Diagnostic, did_you_mean, finding, nearest
from generator.routine.steps import shared

_TARGETS = ("nodes", "situations", "gaps")


# What a gap can be about, besides steps.
_CONCERNED = ("situations", "questions")


def nothing() -> None:
    """Stand for an earlier version where there is none."""


def check(tree: Tree, earlier: Callable[[], Tree | None] = nothing) -> Iterator[Diagnostic]:
    """Report each thing that is referred to and not there, once, with all places, and the nearest that is.

    What stands in the ``earlier`` version was taken away, so nothing else is meant. An id that nothing refers
    to, when several places mean one much like it, is told where it stands.
    """
    missing: dict[str, list[Reference]] = {}
    for reference in _references(tree):
        if reference.id not in tree.ids(*reference.kinds):
            missing.setdefault(reference.id, []).append(reference)
    for reference in _concerned(tree):
        missing.setdefault(_cause(tree, reference.id), []).append(reference)
    before = earlier() if missing else None
    for id, references in missing.items():
        renamed = _renamed(tree, before, id, references) if len(references) > 1 and "/" not in id else None
        if renamed is None:
            yield from _missing(tree, before, id, references)
        else:
            said = {"id": renamed, "count": len(references), "wanted": id}
            hint, related = t("hints.did-you-mean", word=id), references[0].id.pos
            yield finding(renamed.pos, "known-target", "renamed", hint, related, **said)
    for node in tree.nodes:
        yield from _options(tree, node)
    yield from _silent(tree)


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
    listed: bool = False


def _references(tree: Tree) -> Iterator[Reference]:
    for node in tree.parts:
        cls: type = type(node)
        for f in _referring(cls):
            kinds, value = f.metadata["ref"], getattr(node, f.name)
            for id in each_of(value):
                if id:
                    yield Reference(id, kinds, key=key_of(f), listed=isinstance(value, tuple))
        for option, target in node.goto.items() if isinstance(node, Ask) else ():
            if target:
                yield Reference(target, _TARGETS, option=_label(tree, node, option))


@cache
def _referring(cls: type) -> tuple[Field[Any], ...]:
    """Return the fields of a class that refer to others."""
    return tuple(f for f in declared(cls) if f.metadata.get("ref")) if issubclass(cls, Node) else ()


def _renamed(tree: Tree, before: Tree | None, wanted: str, references: list[Reference]) -> Text | None:
    """Return the id that was most likely changed, although it is what the references mean.

    That is one much like it, or else the only one of its kind, as long as nothing refers to it and it is new.
    """
    kinds = tuple(dict.fromkeys(kind for reference in references for kind in reference.kinds))
    used = {r.id for r in _references(tree) if set(r.kinds) & set(kinds)}
    unused = [id for id in tree.ids(*kinds) if id and id not in used]
    near = nearest(wanted, tree.ids(*kinds) - {""}) or (unused[0] if len(unused) == 1 else None)
    old = before is not None and near in before.ids(*kinds)
    if near not in unused or old or not tree.is_sure_of(*kinds):
        return None
    return tree.get(near, *kinds).id


def _label(tree: Tree, node: Ask, option: str) -> str:
    question = _questions(tree).get(node.ask)
    return next((o.label for o in question.options if o.id == option), option) if question else option


def _options(tree: Tree, node: Ask) -> Iterator[Diagnostic]:
    question = _questions(tree).get(node.ask)
    options = [option.id for option in question.options] if question else []
    for option in (*node.goto, *node.own):
        if question and option not in options and all(options):
            hint = did_you_mean(option, options) or t("hints.choice", known=", ".join(options))
            yield finding(
                option.pos, "known-target", "option", hint, question.id.pos, id=option, question=node.ask
            )
    for target in node.goto.values():
        if target in tree.ids("gaps") and target and tree.get(target, Gap).facts is None:
            yield finding(target.pos, "known-target", "gap-without-facts", id=target)


def _concerned(tree: Tree) -> Iterator[Reference]:
    """Yield what gaps are about that is not there, as far as it is known what there is."""
    for gap in tree.gaps:
        for place in gap.concerns:
            if place not in _places(tree) and place.partition("/")[0] not in _without_known_steps(tree):
                yield Reference(place, _CONCERNED)
        yield from (Reference(place, _CONCERNED) for place in gap.also_at if _is_lost(tree, place))


def _is_lost(tree: Tree, place: str) -> bool:
    """Tell whether a place is in a situation that is not there."""
    situation, slash, _ = place.partition("/")
    return bool(slash) and situation not in tree.ids("situations")


def _cause(tree: Tree, place: str) -> str:
    """Return what is missing where a place is: its situation, or the step, wherever that should stand."""
    situation, _, step = place.partition("/")
    if not step or situation not in tree.ids("situations"):
        return situation
    shared = f"{tree.get(situation, Situation).same_steps_as or situation}/{step}"
    return place if shared in _places(tree) else shared


@once
def _without_known_steps(tree: Tree) -> frozenset[str]:
    """Return the situations with steps that could not be read, or that stand where there are none."""
    shared = {str(s.id): s.same_steps_as for s in tree.situations if s.same_steps_as}
    unread = {str(s.id) for s in tree.situations if not all(step.key for step in s.steps)}
    own = tree.ids("situations") - shared.keys() - unread
    return frozenset(unread | {id for id, same in shared.items() if same not in own})


def _silent(tree: Tree) -> Iterator[Diagnostic]:
    """Report where a gap is to be shown for want of a step, and there is one, or nothing like it."""
    for place in (place for gap in tree.gaps for place in gap.also_at if not _is_lost(tree, place)):
        if place not in _silent_places(tree) and place.partition("/")[0] not in _without_known_steps(tree):
            near = did_you_mean(place, _silent_places(tree))
            yield finding(place.pos, "known-target", "silent-place", near, id=place)


@once
def _places(tree: Tree) -> frozenset[str]:
    """Return everything that a gap can be about."""
    own = {f"{s.id}/{step.key}" for s in tree.situations for step in s.steps}
    others = {
        f"{s.id}/{step.key}" for s in tree.situations for step in shared(tree, s) if step.key not in s.without
    }
    return tree.ids("situations", "questions") | own | others


@once
def _silent_places(tree: Tree) -> frozenset[str]:
    """Return the questions, and each action in a situation that has no step for it."""
    taken = {
        f"{s.id}/{step.action}"
        for s in tree.situations
        for step in (*s.steps, *(step for step in shared(tree, s) if step.key not in s.without))
    }
    every = {f"{s.id}/{action.id}" for s in tree.situations for action in tree.actions}
    return tree.ids("questions") | (every - taken)


@once
def _questions(tree: Tree) -> dict[str, Question]:
    """Return the questions by their ids, the first of those that share one."""
    return {str(question.id): question for question in reversed(tree.questions)}


def _missing(tree: Tree, before: Tree | None, id: str, references: list[Reference]) -> Iterator[Diagnostic]:
    """Yield the finding, or none where what is meant may be what could not be read."""
    first = min(references, key=lambda reference: reference.id.pos)
    kinds = tuple(k for k in first.kinds if all(k in r.kinds for r in references)) or first.kinds
    gone = before is not None and id in _known(before, id, kinds)
    hint = (
        t("hints.gone", version=before.routine.version)
        if before and gone
        else _likely(tree, id, kinds, first)
    )
    if (gone or not hint) and not tree.is_sure_of(*kinds):
        return
    hint, kind = hint or _choice(tree, kinds), _kinds(id, kinds)
    if len(references) > 1:
        lines = listed([str(line) for line in sorted({reference.id.pos.line for reference in references})])
        count = len(references)
        yield finding(
            first.id.pos, "known-target", "missing", hint, id=id, kinds=kind, count=count, lines=lines
        )
    elif first.option:
        yield finding(first.id.pos, "known-target", "goto", hint, option=first.option, id=first.id)
    elif first.key:
        yield finding(first.id.pos, "known-target", "ref", hint, key_=first.key, id=first.id, kinds=kind)
    else:
        yield finding(first.id.pos, "known-target", "place", hint, id=first.id)


def _known(tree: Tree, id: str, kinds: tuple[str, ...]) -> frozenset[str]:
    return _places(tree) if _is_step(id, kinds) else tree.ids(*kinds)


def _is_step(id: str, kinds: tuple[str, ...]) -> bool:
    return kinds == _CONCERNED and "/" in id


def _kinds(id: str, kinds: tuple[str, ...]) -> str:
    """Return in words what an id could have been."""
    words = [t("kinds.step")] if _is_step(id, kinds) else [t(f"kinds.{kind}") for kind in kinds]
    return listed(words).replace(f" {t('join.and')} ", f" {t('join.or')} ")


def _likely(tree: Tree, id: str, kinds: tuple[str, ...], reference: Reference) -> str:
    """Return the hint with what was most likely meant, or an empty string."""
    if _is_step(id, kinds):
        situation, _, step = id.partition("/")
        steps = (place.partition("/") for place in _places(tree))
        near = nearest(step, (key for at, _, key in steps if at == situation and key))
        return t("hints.did-you-mean", word=f"{situation}/{near}") if near else ""
    return _as_list(tree, reference) or did_you_mean(id, tree.ids(*kinds)) or _by_label(tree, id, kinds)


def _as_list(tree: Tree, reference: Reference) -> str:
    """Return the hint with the list that a text most likely is: its words are ids or names."""
    between = rf"\s*(?:[,;/&+]|\b{t('join.and')}\b|\s)\s*"  # what people write between members of a list
    words = re.split(between, reference.id[:LONGEST], maxsplit=9) if reference.listed else []
    named = [_named(tree, word, reference.kinds) for word in words]
    return t("hints.did-you-mean", word=f"[{', '.join(named)}]") if len(named) > 1 and all(named) else ""


def _by_label(tree: Tree, id: str, kinds: tuple[str, ...]) -> str:
    """Return the hint for an id that was written as its label."""
    found = _named(tree, id, kinds)
    return t("hints.did-you-mean", word=found) if found else ""


def _named(tree: Tree, word: str, kinds: tuple[str, ...]) -> str:
    """Return the id of what has a word as its id, label or name, or an empty string."""
    nodes = (node for kind in kinds for node in getattr(tree, kind))
    names = ((node.id, getattr(node, "label", ""), getattr(node, "name", "")) for node in nodes)
    return next((str(all[0]) for all in names if word.lower() in map(str.lower, all) and word), "")


def _choice(tree: Tree, kinds: tuple[str, ...]) -> str:
    """Return the hint that lists what there is, when there is not too much of it."""
    known = list(dict.fromkeys(node.id for kind in kinds for node in getattr(tree, kind)))
    return t("hints.choice", known=", ".join(known)) if 0 < len(known) <= 8 else ""
